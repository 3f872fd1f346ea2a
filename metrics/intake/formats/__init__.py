"""Opens a stranger's file, one module per format; only in the process that `unpack` starts.

Nothing here imports pandas, pydantic or `metrics.intake.workbook`: the process must start fast.
What is found goes back as JSON, so a cell is what JSON can say, a date, or one of `Special`'s
two kinds as a dictionary of one key.
"""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Page:
    """What becomes a `model.Sheet`."""

    name: str
    rows: list[list[Any]]
    visible: bool = True
    hidden_rows: list[int] = field(default_factory=list)


@dataclass
class Note:
    """What becomes a `model.Snippet`."""

    kind: str
    text: str
    sheet: str = ""
    cell: str = ""


def evened(rows: list[list[Any]], height: int = 0, width: int = 0) -> None:
    """Make room for so many rows and columns at least, and all rows of one length."""
    width = max([width, *map(len, rows)])
    rows.extend([] for _ in range(height - len(rows)))
    for row in rows:
        row.extend([None] * (width - len(row)))


@dataclass
class Contents:
    """What becomes a `model.Workbook`."""

    format: str
    pages: list[Page]
    notes: list[Note] = field(default_factory=list)
    stamp: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
