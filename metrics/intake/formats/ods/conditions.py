"""Conditional formats of OpenDocument: the cells that they may show otherwise than they are."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from metrics.core.cells import positions_within, row_and_column
from metrics.intake.formats.contents import SheetContents
from metrics.intake.formats.ods.formulas import as_in_excel
from metrics.intake.formats.ods.styles import CellLook
from metrics.intake.formats.shared.formula_results import (
    Calculation,
    Position,
    SharedFormula,
)

FORMULA_CONDITION = re.compile(r"formula-is\((?P<formula>.*)\)", re.DOTALL)
COMPARISON = re.compile(r"(?P<sign><=|>=|!=|<|>|=)(?P<limit>.+)", re.DOTALL)
SIGNS = {"!=": "<>"}


class SheetCondition(NamedTuple):
    """A condition of a sheet, as it is written, with the look of the cells that meet it."""

    sheet: str
    ranges: str
    value: str
    look: CellLook

    def positions(self, contents: SheetContents, book: Calculation) -> Iterator[Position]:
        """The filled cells for which the condition holds, or may hold."""
        rows = contents.rows
        width = max(map(len, rows), default=0)
        first = row_and_column(self.ranges.replace("$", "").split(maxsplit=1)[0].split(":")[0])
        for row, column in positions_within(self.ranges, len(rows), width):
            if column < len(rows[row]) and rows[row][column] is not None:
                moved = row - first[0], column - first[1]
                if self._may_hold((row, column), moved, book):
                    yield row, column

    def _may_hold(self, position: Position, moved: Position, book: Calculation) -> bool:
        if formula := FORMULA_CONDITION.fullmatch(self.value):
            own = SharedFormula(as_in_excel(formula["formula"]), *moved)
            return book.applies(own, self.sheet)
        comparison = COMPARISON.fullmatch(self.value)
        if comparison is None:
            return True
        sign = SIGNS.get(comparison["sign"], comparison["sign"])
        limit = SharedFormula(as_in_excel(comparison["limit"]), *moved)
        return book.compares((self.sheet.casefold(), *position), sign, limit)


def looks_of_cells(
    conditions: list[SheetCondition], sheets: Mapping[str, SheetContents], book: Calculation
) -> Iterator[tuple[SheetContents, Position, CellLook]]:
    """How conditional formats make cells look, one after the other."""
    for own in conditions:
        if (contents := sheets.get(own.sheet)) is not None:
            for position in [*own.positions(contents, book)]:
                yield contents, position, own.look
