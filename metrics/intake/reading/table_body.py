"""The filled rows of a table as columns, each cell with its address."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import compress
from typing import Self

from metrics.core.cells import column_letters
from metrics.intake.reading.layout import SheetTable, TableColumn, filled_rows
from metrics.intake.reading.merged_cells import blocks_over_rows
from metrics.intake.reading.numbers import cell_text


class TableBody:
    """Columns of equal length; `numbers` are the row numbers on the sheet, from 0.

    The content of a merged cell is repeated in all its rows, with the address of its first cell.
    """

    def __init__(
        self,
        table: SheetTable,
        numbers: list[int],
        columns: dict[int, list[object]],
        merged: dict[int, list[int]],
    ) -> None:
        self.table = table
        self.numbers = numbers
        self._columns = columns
        self._merged = merged  # columns with merged cells: the row in which each cell begins

    @classmethod
    def from_table(cls, table: SheetTable) -> Self:
        """Take the rows in which any column with a known heading is filled."""
        rows = filled_rows(table.sheet.rows[table.first : table.last])
        numbers = [table.first + number for number, _ in rows]
        whole: Sequence[Sequence[object]] = [*zip(*(row for _, row in rows), strict=True)]
        indices = [column.index for column in table.columns if column.heading and whole]
        body = cls(table, numbers, {index: list(whole[index]) for index in indices}, {})
        cells = zip(*body._columns.values(), strict=True)
        filled = [
            row.count(None) < len(indices) and number not in table.repeats
            for number, row in zip(numbers, cells, strict=True)
        ]
        body._spread_merged_cells()
        return body.select_rows(filled) if indices else cls(table, [], {}, {})

    def _spread_merged_cells(self) -> None:
        """Merged cells with values are left alone: their own rule asks for each row's value."""
        table = self.table
        values = {column.index for column in table.columns_of("value")}
        for index, cells in self._columns.items():
            for block in blocks_over_rows(table.sheet, index, table.first, table.last):
                first = bisect_left(self.numbers, block.top)
                is_filled = self.numbers[first : first + 1] == [block.top]
                if is_filled and index not in values:
                    end = bisect_left(self.numbers, block.bottom + 1)
                    cells[first:end] = [cells[first]] * (end - first)
                    origins = self._merged.setdefault(index, list(self.numbers))
                    origins[first:end] = [block.top] * (end - first)

    def select_rows(self, kept: Sequence[bool]) -> Self:
        if all(kept):
            return self
        columns = {index: list(compress(cells, kept)) for index, cells in self._columns.items()}
        merged = {index: list(compress(rows, kept)) for index, rows in self._merged.items()}
        return type(self)(self.table, list(compress(self.numbers, kept)), columns, merged)

    def __len__(self) -> int:
        return len(self.numbers)

    def cells(self, column: TableColumn | None) -> list[object]:
        return self._columns.get(column.index, []) if column else [None] * len(self)

    def texts(self, column: TableColumn | None) -> list[str]:
        """The cells as text; all empty if the table has no such column."""
        if column is None:
            return [""] * len(self)
        return [cell if type(cell) is str else cell_text(cell) for cell in self.cells(column)]

    def filled(self, *roles: str) -> list[bool]:
        """Whether each row holds anything in the columns of these roles."""
        columns = [column for role in roles for column in self.table.columns_of(role)]
        if not columns:
            return [False] * len(self)
        rows = zip(*map(self.cells, columns), strict=True)
        return [row.count(None) < len(columns) for row in rows]

    def addresses(self, column: TableColumn | None) -> list[str]:
        """The address of each cell of a column: C17."""
        if column is None:
            return [""] * len(self)
        letters = column_letters(column.index + 1)
        rows = self._merged.get(column.index, self.numbers)
        return [f"{letters}{number + 1}" for number in rows]
