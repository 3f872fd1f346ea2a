"""Was everything in the workbook placed? `metrics.intake.reading` names what was not."""

import pandas as pd

from metrics.core.series import written
from metrics.intake.findings import Severity, ValidationContext
from metrics.intake.rules import rule


def odd(case: ValidationContext, name: str) -> pd.DataFrame:
    """What the reading noted under this name."""
    oddities = case.reading.oddities
    return oddities[oddities["rule"] == name].drop(columns="rule")


def at(cells: pd.DataFrame, column: str, **said: pd.Series) -> pd.DataFrame:
    """The cells of a column beside the values; a value's own where the layout has no such."""
    own = cells[f"{column}_cell"]
    places = {"sheet": cells["sheet"], "cell": own.where(own != "", cells["cell"])}
    return pd.DataFrame(places).assign(**said)


def with_series(keys: pd.DataFrame) -> pd.DataFrame:
    """Add the series of each key and its period, in codes: ICSE_VICTIMS[sex=F;age=Y4T8] 2025."""
    rows = [{str(name): str(code) for name, code in row.items()} for row in keys.to_dict("records")]
    series = [
        f"{written(row['indicator'], row['component'], row)} {row['period']}".rstrip()
        for row in rows
    ]
    return keys.assign(series=pd.Series(series, keys.index, dtype="str"))


def remarked(case: ValidationContext, *remarks: str) -> pd.DataFrame:
    """What was left unread in the file as a whole: one row a remark that was made."""
    found = [each for each in case.reading.workbook.remarks if each in remarks]
    return pd.DataFrame({"sheet": "", "cell": "", "detail": found}, dtype="str")


@rule(Severity.NOTE)
def text_outside_table(case: ValidationContext) -> pd.DataFrame:
    """A number beside the table may be a figure that was meant to count."""
    return _outside(case, numbers=False)


@rule(Severity.WARNING)
def number_outside_table(case: ValidationContext) -> pd.DataFrame:
    return _outside(case, numbers=True)


def _outside(case: ValidationContext, *, numbers: bool) -> pd.DataFrame:
    found = odd(case, "text_outside_table")
    detail = found.get("detail", pd.Series("", found.index))
    return found[(detail == "number") == numbers]


@rule(Severity.NOTE)
def part_ignored(case: ValidationContext) -> pd.DataFrame:
    """Whatever else the reader of the file remarked: pictures, pivot tables, embedded files."""
    read_or_said = {"macros", "external_links", "hidden_sheets", "encoding_guessed"}
    others = set(case.reading.workbook.remarks) - read_or_said
    return remarked(case, *others)


@rule(Severity.NOTE)
def author_not_kept(case: ValidationContext) -> pd.DataFrame:
    author = ("creator", "lastModifiedBy")
    named = any(
        each.kind == "property" and each.cell in author and each.text.strip()
        for each in case.reading.workbook.snippets
    )
    return pd.DataFrame({"sheet": [""], "cell": [""]} if named else {"sheet": [], "cell": []})
