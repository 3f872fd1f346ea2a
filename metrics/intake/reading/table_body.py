"""The filled rows of a table, column by column, each cell with its address."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, compress
from typing import Self

from metrics.core.cells import column_letters
from metrics.intake.reading.layout import Column, Table
from metrics.intake.reading.numbers import as_typed


class Body:
    """Columns of equal length; `numbers` are the rows on the sheet, counted from 0."""

    def __init__(self, table: Table, numbers: list[int], columns: dict[int, list[object]]) -> None:
        self.table = table
        self.numbers = numbers
        self._columns = columns

    @classmethod
    def of(cls, table: Table) -> Self:
        rows = table.sheet.rows[table.first : table.last]
        whole: Sequence[Sequence[object]] = [*zip(*rows, strict=True)]
        indices = [column.index for column in table.columns if column.heading and whole]
        numbers = list(range(table.first, table.last))
        body = cls(table, numbers, {index: list(whole[index]) for index in indices})
        cells = zip(*body._columns.values(), strict=True)
        filled = [each.count(None) < len(indices) for each in cells]
        for row in table.repeats:
            filled[row - table.first] = False
        return body.where(filled) if indices else cls(table, [], {})

    def where(self, kept: Sequence[bool]) -> Self:
        """Only some of the rows."""
        if all(kept):
            return self
        columns = {index: list(compress(cells, kept)) for index, cells in self._columns.items()}
        return type(self)(self.table, list(compress(self.numbers, kept)), columns)

    def __len__(self) -> int:
        return len(self.numbers)

    def cells(self, column: Column | None) -> list[object]:
        return self._columns.get(column.index, []) if column else [None] * len(self)

    def texts(self, column: Column | None) -> list[str]:
        """As typed; empty throughout where the table has no such column."""
        if column is None:
            return [""] * len(self)
        return [cell if type(cell) is str else as_typed(cell) for cell in self.cells(column)]

    def filled(self, *roles: str) -> list[bool]:
        """Whether a row says anything in the columns of these roles."""
        cells = [self.cells(column) for role in roles for column in self.table.of(role)]
        if not cells:
            return [False] * len(self)
        return [each.count(None) < len(cells) for each in zip(*cells, strict=True)]

    def places(self, column: Column | None) -> list[str]:
        """The address of each cell of a column: C17."""
        if column is None:
            return [""] * len(self)
        letters = column_letters(column.index + 1)
        return [f"{letters}{number + 1}" for number in self.numbers]

    def column(self, column: Column | None) -> tuple[list[object], list[str]]:
        """Cells and addresses of a column."""
        return self.cells(column), self.places(column)

    def merged(self, column: Column | None) -> tuple[list[object], list[str]]:
        """Cells and addresses of a column in which one text may stand for the rows below it."""
        cells, places = self.column(column)
        if None not in cells or column is None:
            return cells, places
        pairs = zip(cells, places, strict=True)
        filled: Iterator[tuple[object, str]] = accumulate(
            pairs, lambda above, own: above if own[0] is None else own
        )
        cells, places = map(list, zip(*filled, strict=True))
        return cells, places
