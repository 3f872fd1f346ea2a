"""Calculate formulas from the values in a workbook, and compare them with the stored results.

A program that changes a file without calculating it leaves old results. Formulas are evaluated
within bounds of time and depth; one that is not understood is named as not verified.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain
from math import isclose
from typing import Any, NamedTuple

from metrics.intake.formats.shared.formula_functions import (
    OF_NUMBERS,
    OF_VALUES,
    CellError,
    Scalar,
    as_number,
    as_truth,
    calculate,
)
from metrics.intake.formats.shared.formula_parser import (
    Corner,
    Node,
    NotEvaluatedError,
    is_volatile,
    parse_formula,
    reads_texts,
    references_in,
)

Position = tuple[int, int]
SheetCell = tuple[str, int, int]  # the folded name of a sheet, row and column
MOST_STEPS = 1_500_000  # parts of formulas and cells of ranges that are looked at in one file
MOST_REFERENCES = 40  # formulas that refer to one another
PRECISION = 1e-9
FAILED = (OverflowError, ValueError, TypeError)  # of functions with other arguments than theirs


class VolatileError(NotEvaluatedError):
    """A formula whose result changes with the time or by chance."""


class CircularError(NotEvaluatedError):
    """A formula that refers to its own cell, at once or by others."""


KINDS_OF_DOUBT = {VolatileError: "volatile", CircularError: "circular"}


class SharedFormula(NamedTuple):
    """A formula with the distance to the cell for which it was written."""

    text: str
    rows: int = 0
    columns: int = 0


@dataclass(frozen=True)
class SheetValues:
    """The values of a sheet as stored, its formulas, and the cells with errors."""

    rows: Sequence[Sequence[Any]]
    formulas: Mapping[Position, SharedFormula] = field(default_factory=dict)
    errors: Mapping[Position, str] = field(default_factory=dict)

    def stored(self, row: int, column: int) -> Scalar:
        """A value as it is stored; NotEvaluatedError for a day and any other value."""
        if (row, column) in self.errors:
            raise CellError(self.errors[row, column])
        cells = self.rows[row] if row < len(self.rows) else ()
        value = cells[column] if column < len(cells) else None
        if isinstance(value, dict) and "percent" in value:
            return float(value["percent"].removesuffix("%")) / 100
        if isinstance(value, dict) and "disguised" in value:
            with suppress(ValueError):
                return float(value["disguised"])
        if value is None or isinstance(value, (float, str, bool)):
            return value
        raise NotEvaluatedError


class FormulaCheck(NamedTuple):
    """What is found of the result of a formula: its kind, what is stored, and what it gives."""

    kind: str  # as of `DisplayContents`
    stored: str = ""
    computed: str = ""

    @property
    def text(self) -> str:
        return f"{self.stored} {self.computed}".strip()


class Calculation:
    """Evaluates the formulas of a workbook; each cell once."""

    def __init__(self, sheets: Mapping[str, SheetValues], *, is_rounding: bool = False) -> None:
        self.sheets = {name.casefold(): own for name, own in sheets.items()}
        self.is_rounding = is_rounding  # the program calculates with the numbers as displayed
        self.trees: dict[str, Node | None] = {}
        self.known: dict[SheetCell, Scalar | Exception] = {}
        self.without_number: dict[SheetCell, bool] = {}
        self.entered: list[SheetCell] = []
        self.left = MOST_STEPS

    def checks(self, sheet: str) -> Iterator[tuple[Position, FormulaCheck]]:
        """The formulas of a sheet that give another result, change, or were not verified."""
        own = self.sheets[sheet.casefold()]
        for position in own.formulas:
            check = self._check(sheet.casefold(), own, position)
            if check is not None:
                yield position, check

    def _check(self, sheet: str, own: SheetValues, position: Position) -> FormulaCheck | None:
        try:
            stored = own.stored(*position)
        except (NotEvaluatedError, CellError):
            return None
        if stored is None:
            return None
        cell = (sheet, *position)
        try:
            computed = self.value_at(cell)
        except NotEvaluatedError as error:
            if doubt := KINDS_OF_DOUBT.get(type(error)):
                return FormulaCheck(doubt)
            return self._zero_of_nothing(cell, stored) or FormulaCheck("unchecked")
        except CellError as error:
            computed = str(error)
        return self._compared(stored, computed) or self._zero_of_nothing(cell, stored)

    def _zero_of_nothing(self, cell: SheetCell, stored: Scalar) -> FormulaCheck | None:
        is_zero = isinstance(stored, float) and stored == 0
        return FormulaCheck("zero_of_nothing") if is_zero and self._has_no_number(cell) else None

    def _has_no_number(self, cell: SheetCell, depth: int = 0) -> bool:
        """Whether a formula refers to cells, at once or by others, and none of them has a number.

        Of a formula that counts or compares texts, all of them must be empty.
        """
        if cell not in self.without_number:
            self.without_number[cell] = False  # of a formula that leads to itself
            with suppress(NotEvaluatedError, CellError):
                behind = self._values_behind(cell, depth)
                self.without_number[cell] = all(map(is_no_number, behind))
        return self.without_number[cell]

    def _values_behind(self, cell: SheetCell, depth: int) -> Iterator[Scalar]:
        """The values of the cells to which a formula refers; NotEvaluatedError for none."""
        formula = self.sheets[cell[0]].formulas[cell[1:]]
        tree = self._tree(formula.text)
        references = [*references_in(tree)]
        if depth > MOST_REFERENCES or not references:
            raise NotEvaluatedError
        evaluation = _Evaluation(self, cell[0], formula)
        for referred in chain.from_iterable(map(evaluation.cells_of, references)):
            sheet = self.sheets[referred[0]]
            if referred[1:] in sheet.formulas:
                yield None if self._has_no_number(referred, depth + 1) else 0.0
                continue
            value = sheet.stored(*referred[1:])
            yield bool(value) if isinstance(value, str) and reads_texts(tree) else value

    def _compared(self, stored: Scalar, computed: Scalar) -> FormulaCheck | None:
        if fits(stored, computed):
            return None
        if self.is_rounding:
            return FormulaCheck("unchecked")
        if not isinstance(stored, float):
            return FormulaCheck("outdated_text")
        return FormulaCheck("outdated", f"{stored:.15g}", as_shown(computed))

    def value_at(self, cell: SheetCell) -> Scalar:
        """The value of a cell: what its formula gives, or what is stored where it has none."""
        if cell[0] not in self.sheets:
            raise NotEvaluatedError
        sheet = self.sheets[cell[0]]
        formula = sheet.formulas.get(cell[1:])
        if formula is None:
            return sheet.stored(*cell[1:])
        if cell not in self.known:
            if cell in self.entered:
                raise CircularError
            if len(self.entered) >= MOST_REFERENCES:
                return sheet.stored(*cell[1:])
            self.known[cell] = self._outcome(cell, formula)
        known = self.known[cell]
        if not isinstance(known, Exception):
            return known
        if self.entered and type(known) is NotEvaluatedError:
            return sheet.stored(*cell[1:])
        raise known

    def _outcome(self, cell: SheetCell, formula: SharedFormula) -> Scalar | Exception:
        self.entered.append(cell)
        try:
            value = self.evaluate(formula, cell[0])
        except (NotEvaluatedError, CellError) as error:
            return error
        except (*FAILED, RecursionError):
            return NotEvaluatedError()
        else:
            return 0.0 if value is None else value
        finally:
            self.entered.pop()

    def evaluate(self, formula: SharedFormula, sheet: str) -> Scalar:
        """What a formula gives on a sheet."""
        tree = self._tree(formula.text)
        return _Evaluation(self, sheet, formula).value_of(tree)

    def applies(self, formula: SharedFormula, sheet: str) -> bool:
        """Whether a condition holds; one that is not understood may always hold."""
        try:
            return as_truth(self.evaluate(formula, sheet.casefold()))
        except CellError:
            return False
        except (NotEvaluatedError, *FAILED):
            return True

    def compares(self, cell: SheetCell, sign: str, limit: SharedFormula) -> bool:
        """Whether the value of a cell stands so to a limit, or may."""
        try:
            value = self.value_at(cell)
            return as_truth(calculate(sign, value, self.evaluate(limit, cell[0])))
        except CellError:
            return False
        except (NotEvaluatedError, *FAILED):
            return True

    def _tree(self, text: str) -> Node:
        if is_volatile(text):
            raise VolatileError
        if text not in self.trees:
            self.spend(len(text) // 4)
            try:
                self.trees[text] = parse_formula(text) if text else None
            except NotEvaluatedError:
                self.trees[text] = None
        tree = self.trees[text]
        if tree is None:
            raise NotEvaluatedError
        return tree

    def spend(self, steps: int) -> None:
        self.left -= steps
        if self.left < 0:
            raise NotEvaluatedError


class _Evaluation:
    """One formula, moved to its cell."""

    def __init__(self, book: Calculation, sheet: str, formula: SharedFormula) -> None:
        self.book, self.sheet = book, sheet
        self.rows, self.columns = formula.rows, formula.columns

    def value_of(self, node: Node) -> Scalar:
        self.book.spend(1)
        kind = node[0]
        if kind == "value":
            value: Scalar = node[1]
            return value
        if kind == "cell":
            return self.book.value_at(self._place(node[1], node[2]))
        if kind == "operation":
            return calculate(node[1], self.value_of(node[2]), self.value_of(node[3]))
        return self._call(node[1], node[2]) if kind == "call" else self._not_evaluated()

    @staticmethod
    def _not_evaluated() -> Scalar:
        raise NotEvaluatedError

    def _place(self, sheet: str, corner: Corner) -> SheetCell:
        return sheet or self.sheet, *corner.moved(self.rows, self.columns)

    def _call(self, name: str, arguments: Sequence[Node]) -> Scalar:
        if name in CHOOSING:
            chosen: Scalar = CHOOSING[name](self, *arguments)
            return chosen
        if name in OF_NUMBERS:
            return OF_NUMBERS[name]([number for own in arguments for number in self._numbers(own)])
        if name not in OF_VALUES:
            raise NotEvaluatedError
        return OF_VALUES[name](*map(self.value_of, arguments))

    def _numbers(self, node: Node) -> Iterator[float]:
        """The numbers of an argument; texts in cells count as nothing."""
        if node[0] not in {"cell", "range"}:
            yield as_number(self.value_of(node))
            return
        for cell in self.cells_of(node):
            value = self.book.value_at(cell)
            if isinstance(value, float):
                yield value

    def cells_of(self, node: Node) -> Iterator[SheetCell]:
        """The cells of a reference, as far as the sheet reaches."""
        sheet, top, left = self._place(node[1], node[2])
        _, bottom, right = self._place(node[1], node[-1])
        if sheet not in self.book.sheets:
            raise NotEvaluatedError
        rows = range(min(top, bottom), max(top, bottom) + 1)
        height = len(self.book.sheets[sheet].rows)
        width = max(map(len, self.book.sheets[sheet].rows), default=0)
        for row in rows[: max(height - rows.start, 0)]:
            for column in range(min(left, right), min(max(left, right) + 1, width)):
                self.book.spend(1)
                yield sheet, row, column

    def choose(self, condition: Node, then: Node, other: Node = ("value", False)) -> Scalar:
        return self.value_of(then if as_truth(self.value_of(condition)) else other)

    def unless_error(self, value: Node, other: Node) -> Scalar:
        try:
            return self.value_of(value)
        except CellError:
            return self.value_of(other)

    def is_error(self, value: Node) -> Scalar:
        try:
            self.value_of(value)
        except CellError:
            return True
        return False

    def all_hold(self, *conditions: Node) -> Scalar:
        truths = [as_truth(self.value_of(own)) for own in conditions]  # each, as an error counts
        return all(truths)

    def any_holds(self, *conditions: Node) -> Scalar:
        truths = [as_truth(self.value_of(own)) for own in conditions]
        return any(truths)

    def filled(self, *arguments: Node) -> Scalar:
        """How many cells of ranges are not empty."""
        if any(own[0] not in {"cell", "range"} for own in arguments):
            raise NotEvaluatedError
        places = [cell for own in arguments for cell in self.cells_of(own)]
        return float(sum(self.book.value_at(cell) is not None for cell in places))


# These evaluate their own arguments, as not all of them may be needed.
CHOOSING: Mapping[str, Any] = {
    "IF": _Evaluation.choose, "IFERROR": _Evaluation.unless_error, "ISERROR": _Evaluation.is_error,
    "AND": _Evaluation.all_hold, "OR": _Evaluation.any_holds, "COUNTA": _Evaluation.filled,
}  # fmt: skip


def is_no_number(value: Scalar) -> bool:
    return value is None or isinstance(value, str)


def fits(stored: Scalar, computed: Scalar) -> bool:
    if isinstance(stored, float) and isinstance(computed, float):
        return isclose(stored, computed, rel_tol=PRECISION, abs_tol=PRECISION)
    if isinstance(stored, str) and computed == 0:
        return not stored  # the text of an empty cell
    return type(stored) is type(computed) and stored == computed


def as_shown(value: Scalar) -> str:
    """A number or an error in a finding; a text may be about a person, and is not repeated."""
    if isinstance(value, float):
        return f"{value:.15g}"
    is_error = isinstance(value, str) and value.startswith("#")
    return str(value) if is_error else "…"
