"""Rows of a series with other cells."""

from collections.abc import Sequence
from typing import Any

from dashboard.rows_by_key import Record


def with_cells(rows: Sequence[Record], **cells: Any) -> list[Record]:
    """The rows with these cells: one for all rows, or a list with one for each."""
    columns = {name: cell if isinstance(cell, list) else [cell] * len(rows)
               for name, cell in cells.items()}  # fmt: skip
    return [
        {**row, **{name: column[at] for name, column in columns.items()}}
        for at, row in enumerate(rows)
    ]
