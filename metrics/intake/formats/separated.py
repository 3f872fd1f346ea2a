"""Text files with columns (.csv, .tsv): every cell is the text that was typed."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from itertools import islice
from pathlib import Path

from metrics.core.errors import UnreadableError
from metrics.intake.formats import Contents, Page, evened
from metrics.intake.formats.charset import decoded
from metrics.intake.formats.limits import LONGEST_TEXT, Budget
from metrics.intake.formats.recognise import refuse_markup

# In this order where two explain a file equally well: a comma is also a decimal sign.
SEPARATORS = (";", "\t", ",", "|")
SAID = re.compile(r'"?sep=(?P<separator>[^\w\s"]|\t)"?\r?\n', re.IGNORECASE)
SAMPLE = 200
CERTAIN = {"utf-8", "utf-16", "utf-32"}


def read(path: Path, name: str) -> Contents:
    text, encoding = decoded(path.read_bytes())
    refuse_markup(text)
    separator, skipped = said(text) or (separator_of(text), 0)
    rows = rows_of(text, separator)
    for row in rows[:skipped]:
        row.clear()
    filled = sum(cell is not None for row in rows for cell in row)
    Budget().charge("it", len(rows), max(map(len, rows), default=0), filled)
    evened(rows)
    page = Page(Path(name).stem, rows)
    return Contents("csv", [page], remarks=["encoding_guessed"] * (encoding not in CERTAIN))


def said(text: str) -> tuple[str, int] | None:
    """Excel writes `sep=;` in the first line."""
    match = SAID.match(text)
    return (match["separator"], 1) if match else None


def separator_of(text: str) -> str:
    """The one that cuts most lines into the same number of columns, and into most columns."""
    found = {separator: evenness(text, separator) for separator in SEPARATORS}
    best = max(found, key=lambda separator: found[separator])
    if not found[best]:
        lines = len(text.splitlines())
        raise UnreadableError(f"is text without columns: no semicolon, comma or tab divides its "
                              f"{lines} lines; send .xlsx, .ods or .csv")  # fmt: skip
    return best


def evenness(text: str, separator: str) -> int:
    widths = Counter(len(row) for row in sample(text, separator) if len(row) > 1)
    return max((width * count for width, count in widths.items()), default=0)


def sample(text: str, separator: str) -> list[list[str]]:
    return list(islice(reading(text[:500_000], separator), SAMPLE))


def reading(text: str, separator: str) -> Iterator[list[str]]:
    csv.field_size_limit(LONGEST_TEXT)
    return csv.reader(StringIO(text, newline=""), delimiter=separator)


def rows_of(text: str, separator: str) -> list[list[str | None]]:
    try:
        return [[cell or None for cell in row] for row in reading(text, separator)]
    except csv.Error as wrong:
        raise UnreadableError(
            f"is not in order as a text file with columns ({wrong}); "
            "open it in a spreadsheet program and save it again"
        ) from wrong
