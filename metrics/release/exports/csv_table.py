"""CSV: every column as released, with the release named on every row."""

import pandas as pd

from metrics.core.schemas import is_text
from metrics.release.exports import Export, ExportContext

# A spreadsheet program runs a cell that begins with one of these as a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_csv(table: pd.DataFrame, context: ExportContext) -> bytes:
    """Write UTF-8 with a header."""
    line_end = "\r\n" if context.for_spreadsheet else "\n"
    text = escape_formulas(table).to_csv(index=False, lineterminator=line_end)
    # Without the byte order mark Excel misreads Greek.
    return text.encode("utf-8-sig" if context.for_spreadsheet else "utf-8")


def escape_formulas(table: pd.DataFrame) -> pd.DataFrame:
    """Put an apostrophe before every text that a spreadsheet program would run as a formula."""
    texts = {str(name): table[name].astype("str") for name in table if is_text(table[name])}
    runs = {name: text.str.startswith(FORMULA_STARTS) for name, text in texts.items()}
    return table.assign(**{name: table[name].mask(runs[name], "'" + texts[name]) for name in texts})


CSV = Export("csv", ".csv", "text/csv; charset=utf-8", write_csv)
