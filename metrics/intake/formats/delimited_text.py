"""Text files with columns (.csv, .tsv): every cell keeps the text that was typed."""

import csv
import re
from collections import Counter
from io import StringIO
from itertools import chain, islice
from pathlib import Path

from metrics.core.errors import UnreadableError
from metrics.intake.formats import FileFormat, recommended_suffixes
from metrics.intake.formats.contents import (
    FileContents,
    SheetContents,
    TextContents,
    pad_rows,
)
from metrics.intake.formats.limits import LONGEST_TEXT, Budget
from metrics.intake.formats.shared.charset import other_readings
from metrics.intake.formats.shared.damaged_rows import refuse_damaged_rows
from metrics.intake.formats.submitted_file import SubmittedFile, copy_text

# In order of preference for ties: the comma is also a decimal sign.
SEPARATORS = (";", "\t", ",", "|")
SEPARATOR_LINE = re.compile(r'"?sep=(?P<separator>[^\w\s"]|\t)"?\r?\n', re.IGNORECASE)
SAMPLE_ROWS, SAMPLE_LETTERS = 200, 500_000
FEWEST_HEADINGS = 2
CERTAIN_ENCODINGS = {"utf-8", "utf-16", "utf-32"}


def read_separated(file: SubmittedFile) -> FileContents:
    text = file.text
    csv.field_size_limit(LONGEST_TEXT)
    if "\0" in text:
        raise UnreadableError("zero_letter")
    declared = SEPARATOR_LINE.match(text)  # Excel writes `sep=;` into the first line
    separator = declared["separator"] if declared else find_separator(text)
    rows = parse_rows(text, separator)
    refuse_longer_rows(rows)
    refuse_other_separator(rows, separator)
    refuse_damaged_rows(rows)
    if declared:
        rows[0].clear()
    filled = sum(cell is not None for row in rows for cell in row)
    Budget().charge(1, len(rows), max(map(len, rows), default=0), filled)
    pad_rows(rows)
    contents = FileContents([SheetContents(Path(file.name).stem, rows)])
    if file.encoding not in CERTAIN_ENCODINGS:
        contents.remarks.append("encoding_guessed")
        others = sorted(other_readings(chain.from_iterable(rows), file.encoding))
        contents.left_out = [TextContents("part", cell) for cell in others]
    return contents


def find_separator(text: str) -> str:
    """The separator that splits most lines into the same number of columns, and into most."""
    scores = {separator: evenness(text, separator) for separator in SEPARATORS}
    best = max(scores, key=lambda separator: scores[separator])
    if not scores[best]:
        raise UnreadableError("no_columns", readable=recommended_suffixes())
    return best


def evenness(text: str, separator: str) -> int:
    lines = StringIO(text[:SAMPLE_LETTERS], newline="")
    sample = islice(csv.reader(lines, delimiter=separator), SAMPLE_ROWS)
    widths = Counter(len(row) for row in sample if len(row) > 1)
    return max((width * count for width, count in widths.items()), default=0)


def parse_rows(text: str, separator: str) -> list[list[str | None]]:
    """Parse the rows; UnreadableError where a quotation mark may have swallowed some of them."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[str | None]] = []
    line, columns = 1, 2
    try:
        for row in reader:
            columns = max(columns, len(row))
            if reader.line_num > line and holds_rows(row, separator, columns):
                raise open_quotation_error(line)
            rows.append([cell or None for cell in row])
            line = reader.line_num + 1
    except csv.Error as error:
        if "field larger" in str(error):
            raise UnreadableError("long_cell", letters=LONGEST_TEXT) from error
        raise open_quotation_error(line) from error
    return rows


def refuse_longer_rows(rows: list[list[str | None]]) -> None:
    """UnreadableError where a row has more filled cells than the first row of its table."""
    width = 0
    for number, row in enumerate(rows, 1):
        filled = sum(cell is not None for cell in row)
        if not filled:
            width = 0
        elif not width and filled >= FEWEST_HEADINGS:
            width = len(row)
        elif width and any(row[width:]):
            raise UnreadableError("shifted_cells", cells=len(row), row=number, headings=width)


def refuse_other_separator(rows: list[list[str | None]], separator: str) -> None:
    """UnreadableError where a row is one text that another separator divides like the headings."""
    width = max(map(len, rows), default=0)
    for number, row in enumerate(rows, 1):
        texts = [cell for cell in row if cell is not None]
        if width <= FEWEST_HEADINGS or len(texts) != 1:
            continue
        others = [other for other in SEPARATORS if other != separator]
        if any(len(re.split(rf"{re.escape(other)}(?!\s)", texts[0])) >= width for other in others):
            raise UnreadableError("separated_otherwise", row=number)


def holds_rows(row: list[str], separator: str, columns: int) -> bool:
    """Whether a cell of several lines holds a line with as many separators as a row has."""
    lines = (line for cell in row if "\n" in cell for line in cell.splitlines()[1:])
    return any(line.count(separator) >= columns - 1 for line in lines)


def open_quotation_error(line: int) -> UnreadableError:
    return UnreadableError("quotation_mark", line=line)


CSV = FileFormat(
    "csv", (".csv", ".tsv", ".tab", ".txt"), "text",
    lambda _: True, read_separated, order=9, accepts_any_text=True, copy=copy_text,
)  # fmt: skip
