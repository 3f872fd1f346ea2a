"""CSV: every column as released, with the release named on every row."""

import pandas as pd

from metrics.catalogue.codelists import codelist
from metrics.core.schemas import is_text
from metrics.release.exports import Export, ExportContext

# A spreadsheet program runs a cell that begins with one of these as a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(table: pd.DataFrame, context: ExportContext) -> bytes:
    """Write UTF-8 with a header. An absent value is empty, and `absent` gives the reason."""
    harmless = escape_formulas(table)
    if {"value", "observation_status"} <= {*table} and "absent" not in table:
        harmless = harmless.assign(absent=reasons_for_absence(table, context.language))
    complete = harmless.assign(**context.release)[[*context.release, *harmless.columns]]
    line_end = "\r\n" if context.for_spreadsheet else "\n"
    text = complete.to_csv(index=False, lineterminator=line_end)
    # Without the byte order mark Excel misreads Greek.
    return text.encode("utf-8-sig" if context.for_spreadsheet else "utf-8")


def reasons_for_absence(values: pd.DataFrame, language: str) -> pd.Series:
    """Why each value is absent, in words; empty beside a value, zeros included."""
    statuses = codelist("observation_status")
    names = {code: status.name(language) for code, status in statuses.items()}
    return values["observation_status"].map(names).where(values["value"].isna(), "")


def escape_formulas(table: pd.DataFrame) -> pd.DataFrame:
    """Put an apostrophe before every text that a spreadsheet program would run as a formula."""
    texts = {str(name): table[name].astype("str") for name in table if is_text(table[name])}
    runs = {name: text.str.startswith(FORMULA) for name, text in texts.items()}
    return table.assign(**{name: table[name].mask(runs[name], "'" + texts[name]) for name in texts})


CSV = Export("csv", ".csv", "text/csv; charset=utf-8", write_csv)
