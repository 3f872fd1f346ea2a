"""What a format reader returns: cells and texts in types that `reader_answers` can write as JSON.

A cell is None, a text, a number, a truth value, a date, or a dictionary of one key: `percent`,
`error`, `formula`, `disguised` or `marked`.
"""

from dataclasses import dataclass, field
from typing import Any

AUTHOR_PROPERTIES = {"creator", "lastModifiedBy"}  # which a program fills in by itself


@dataclass
class SheetContents:
    """Becomes a `workbook.Sheet`."""

    name: str
    rows: list[list[Any]]
    visible: bool = True
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)  # `MergedCells`


@dataclass
class TextContents:
    """Becomes a `workbook.TextFragment`."""

    kind: str
    text: str
    sheet: str = ""
    cell: str = ""


@dataclass
class DisplayContents:
    """Becomes a `workbook.CellDisplay`."""

    kind: str
    sheet: str
    row: int
    column: int
    text: str = ""


@dataclass
class FileContents:
    """Becomes a `workbook.Workbook`."""

    sheets: list[SheetContents]
    texts: list[TextContents] = field(default_factory=list)  # as they are in the clean copy
    stamp: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    format: str = ""  # the name of the `FileFormat` by which it was read
    left_out: list[TextContents] = field(default_factory=list)  # texts that the copy does not hold
    is_unusual: bool = False  # written as no common program does: two readers may differ on it
    displays: list[DisplayContents] = field(default_factory=list)  # not in the clean copy
    # By sheet and number of a conditional format, the cells to which it applies.
    applied: dict[str, dict[int, str]] = field(default_factory=dict)


def pad_rows(rows: list[list[Any]], height: int = 0, width: int = 0) -> None:
    """Pad to at least so many rows and columns, with all rows of one length.

    Rows without content are one list, as there may be a million of them.
    """
    width = max([width, *map(len, rows)])
    blank: list[Any] = [None] * width
    rows[:] = [row + blank[len(row) :] if row else blank for row in rows]
    rows.extend(blank for _ in range(height - len(rows)))
