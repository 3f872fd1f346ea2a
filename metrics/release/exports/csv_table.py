"""CSV: every column as released, with the release in every row."""

import pandas as pd

from metrics.core.schemas import is_text
from metrics.release.exports import Export, ExportContext

# A spreadsheet program runs a cell that begins with one of these as a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
PLAIN_NUMBER = r"[-+]?\d[\d.,\s]*%?"  # not run as a formula


def write_csv(table: pd.DataFrame, context: ExportContext) -> bytes:
    """Write UTF-8 with a header."""
    line_end = "\r\n" if context.for_spreadsheet else "\n"
    text = escape_formulas(table).to_csv(index=False, lineterminator=line_end)
    # Without the byte order mark Excel misreads Greek.
    return text.encode("utf-8-sig" if context.for_spreadsheet else "utf-8")


def escape_formulas(table: pd.DataFrame) -> pd.DataFrame:
    """Put an apostrophe before every text that a spreadsheet program would run as a formula."""
    plain = table.astype(dict.fromkeys(table.select_dtypes("category"), "str"))
    texts = {str(name): plain[name].astype("str") for name in plain if is_text(plain[name])}
    runs = {
        name: text.str.startswith(FORMULA_STARTS) & ~text.str.fullmatch(PLAIN_NUMBER)
        for name, text in texts.items()
    }
    return plain.assign(**{name: plain[name].mask(runs[name], "'" + texts[name]) for name in texts})


CSV = Export("csv", ".csv", "text/csv; charset=utf-8", write_csv)
