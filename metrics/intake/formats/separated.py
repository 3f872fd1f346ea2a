"""Text files with columns (.csv, .tsv): every cell keeps the text that was typed."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from itertools import islice
from pathlib import Path

from metrics.core.errors import UnreadableError
from metrics.intake.formats import FileFormat, recommended_suffixes
from metrics.intake.formats.contents import FileContents, SheetContents, pad_rows
from metrics.intake.formats.limits import LONGEST_TEXT, Budget
from metrics.intake.formats.submitted_file import SubmittedFile, copy_text

# In order of preference for ties: the comma is also a decimal sign.
SEPARATORS = (";", "\t", ",", "|")
SEPARATOR_LINE = re.compile(r'"?sep=(?P<separator>[^\w\s"]|\t)"?\r?\n', re.IGNORECASE)
SAMPLE_ROWS, SAMPLE_LETTERS = 200, 500_000
CERTAIN_ENCODINGS = {"utf-8", "utf-16", "utf-32"}


def read_separated(file: SubmittedFile) -> FileContents:
    text = file.text
    if "\0" in text:
        raise UnreadableError("holds a letter of the value zero; save it again as UTF-8")
    declared = SEPARATOR_LINE.match(text)  # Excel writes `sep=;` into the first line
    rows = parse_rows(text, declared["separator"] if declared else find_separator(text))
    if declared:
        rows[0].clear()
    filled = sum(cell is not None for row in rows for cell in row)
    Budget().charge("it", len(rows), max(map(len, rows), default=0), filled)
    pad_rows(rows)
    remarks = [] if file.encoding in CERTAIN_ENCODINGS else ["encoding_guessed"]
    return FileContents([SheetContents(Path(file.name).stem, rows)], remarks=remarks)


def find_separator(text: str) -> str:
    """The separator that splits most lines into the same number of columns, and into most."""
    scores = {separator: evenness(text, separator) for separator in SEPARATORS}
    best = max(scores, key=lambda separator: scores[separator])
    if not scores[best]:
        lines = len(text.splitlines())
        raise UnreadableError(f"is text without columns: no semicolon, comma or tab divides its "
                              f"{lines} lines; send {recommended_suffixes()}")  # fmt: skip
    return best


def evenness(text: str, separator: str) -> int:
    sample = islice(csv_reader(text[:SAMPLE_LETTERS], separator), SAMPLE_ROWS)
    widths = Counter(len(row) for row in sample if len(row) > 1)
    return max((width * count for width, count in widths.items()), default=0)


def csv_reader(text: str, separator: str) -> Iterator[list[str]]:
    csv.field_size_limit(LONGEST_TEXT)
    return csv.reader(StringIO(text, newline=""), delimiter=separator)


def parse_rows(text: str, separator: str) -> list[list[str | None]]:
    try:
        return [[cell or None for cell in row] for row in csv_reader(text, separator)]
    except csv.Error as error:
        raise UnreadableError(
            f"is not in order as a text file with columns ({error}); "
            "open it in a spreadsheet program and save it again"
        ) from error


CSV = FileFormat(
    "csv", "a text file with columns (.csv)", (".csv", ".tsv", ".tab", ".txt"), "text",
    lambda _: True, read_separated, order=9, accepts_any_text=True, copy=copy_text,
)  # fmt: skip
