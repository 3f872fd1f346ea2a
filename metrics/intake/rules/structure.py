"""Report what `metrics.intake.reading` could not read, and what lies outside tables."""

from collections.abc import Collection
from typing import Literal, get_args

import pandas as pd

from metrics.core.series import format_series
from metrics.intake.findings import Severity, ValidationContext
from metrics.intake.issue_names import IssueName
from metrics.intake.rules import remember_result, rule

# Remarks of readers that have a rule of their own; `part_ignored` reports all others.
FileRemark = Literal[
    "macros", "images", "embedded_files", "unlisted_parts", "stray_bytes", "external_links",
    "hidden_sheets", "encoding_guessed",
]  # fmt: skip
TEXT_FORMATS = ("csv",)
THOUSAND = 1_000
AUTHOR_PROPERTIES = ("creator", "lastModifiedBy")


def read_issues(context: ValidationContext, name: IssueName) -> pd.DataFrame:
    """The issues of `metrics.intake.reading` for the rule of this name."""
    issues = _issues_by_rule(context)
    return issues.get(name, issues[""])


@remember_result
def _issues_by_rule(context: ValidationContext) -> dict[str, pd.DataFrame]:
    """The issues for each rule that has any; none under the empty name."""
    issues, named = context.reading.issues.drop(columns="rule"), context.reading.issues["rule"]
    by_rule = {str(name): own for name, own in issues.groupby(named, sort=False)}
    return {"": issues.iloc[:0]} | by_rule


def locate_cells(cells: pd.DataFrame, column: str, **values: pd.Series) -> pd.DataFrame:
    """Sheet and cell of each row's entry in a column, or of its value without such a column."""
    own = cells[f"{column}_cell"]
    located = {"sheet": cells["sheet"], "cell": own.where(own != "", cells["cell"])}
    return pd.DataFrame(located).assign(**values)


def are_misunderstood(cells: pd.DataFrame) -> pd.Series:
    """Which rows name an area or a period that was not understood; another rule asks for it."""
    is_open = (cells[["area", "period"]] == "").to_numpy()
    is_named = (cells[["area_cell", "period_cell"]] != "").to_numpy()
    return pd.Series((is_open & is_named).any(axis=1), cells.index)


def add_series(keys: pd.DataFrame) -> pd.DataFrame:
    """Name the series and period of each key in codes: ICSE_VICTIMS[sex=F;age=Y4T8] 2025."""
    rows = [{str(name): str(code) for name, code in row.items()} for row in keys.to_dict("records")]
    series = [
        f"{format_series(row['indicator'], row['component'], row)} {row['period']}".rstrip()
        for row in rows
    ]
    return keys.assign(series=pd.Series(series, keys.index, dtype="str"))


def name_steps(
    context: ValidationContext, indicators: pd.Series, positions: pd.Series
) -> pd.Series:
    """The code of the step at each position of the ladder of its indicator."""
    ladders = {code: indicator.ladder for code, indicator in context.indicators.items()}
    steps = [
        ladder[int(position)] if int(position) < len(ladder) else f"{position:g}"
        for indicator, position in zip(indicators, positions, strict=True)
        for ladder in [ladders.get(indicator, ())]
    ]
    return pd.Series(steps, indicators.index, dtype="str")


def file_remarks(context: ValidationContext, *remarks: FileRemark) -> pd.DataFrame:
    """One row for each remark of this kind from the reader of the file."""
    return _remark_rows(context, remarks)


def _remark_rows(context: ValidationContext, remarks: Collection[str]) -> pd.DataFrame:
    found_remarks = [remark for remark in context.reading.workbook.remarks if remark in remarks]
    return pd.DataFrame({"sheet": "", "cell": "", "detail": found_remarks}, dtype="str")


@rule(Severity.NOTE)
def text_outside_table(context: ValidationContext) -> pd.DataFrame:
    """Texts outside tables; numbers are reported by their own rule."""
    return _texts_outside_tables(context, numbers=False)


@rule(Severity.WARNING)
def number_outside_table(context: ValidationContext) -> pd.DataFrame:
    return _texts_outside_tables(context, numbers=True)


def _texts_outside_tables(context: ValidationContext, *, numbers: bool) -> pd.DataFrame:
    issues = read_issues(context, "text_outside_table")
    detail = issues.get("detail", pd.Series("", issues.index))
    return issues[(detail == "number") == numbers]


@rule(Severity.WARNING)
def name_of_row_changed(context: ValidationContext) -> pd.DataFrame:
    """Rows with a value whose visible name is not that of the indicator of their key."""
    return read_issues(context, "name_of_row_changed").rename(columns={"expected": "indicator"})


@rule(Severity.NOTE)
def part_ignored(context: ValidationContext) -> pd.DataFrame:
    """Other parts that were not read: pivot tables, charts, connections."""
    others = {*context.reading.workbook.remarks}.difference(get_args(FileRemark))
    return _remark_rows(context, others)


@rule(Severity.NOTE)
def author_not_kept(context: ValidationContext) -> pd.DataFrame:
    named = any(
        fragment.kind == "property" and fragment.cell in AUTHOR_PROPERTIES and fragment.text.strip()
        for fragment in context.reading.workbook.text_fragments
    )
    return pd.DataFrame({"sheet": [""], "cell": [""]} if named else {"sheet": [], "cell": []})


@rule(Severity.ERROR)
def digits_in_remark(context: ValidationContext) -> pd.DataFrame:
    """Three digits alone as a remark in a text file: the rest of a number with a comma in it."""
    cells = context.reading.observations
    if context.reading.workbook.format not in TEXT_FORMATS:
        return cells.iloc[:0]
    offends = cells["remark"].str.fullmatch(r"\s*\d{3}\s*") & (cells["value"].abs() < THOUSAND)
    if not offends.any():
        return cells.iloc[:0]
    found = locate_cells(cells[offends], "remark", typed=cells.loc[offends, "typed"])
    return found.assign(rest=cells.loc[offends, "remark"])
