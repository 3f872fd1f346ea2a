"""Calculate formulas from the values in a workbook, and compare them with the stored results.

A program that changes a file without calculating it leaves old results. Formulas are evaluated
within bounds of time and depth; one that is not understood is named as not verified.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
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
)

Position = tuple[int, int]
Place = tuple[str, int, int]  # the folded name of a sheet, row and column
MOST_STEPS = 1_500_000  # parts of formulas and cells of ranges that are looked at in one file
DEEPEST = 40  # formulas that refer to one another
PRECISION = 1e-9
FAILED = (OverflowError, ValueError, TypeError)  # of functions with other arguments than theirs


class VolatileError(NotEvaluatedError):
    """A formula whose result changes with the time or by chance."""


class CircularError(NotEvaluatedError):
    """A formula that refers to its own cell, at once or by others."""


KINDS = {VolatileError: "volatile", CircularError: "circular"}


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


class Verdict(NamedTuple):
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
        self.known: dict[Place, Scalar | Exception] = {}
        self.entered: list[Place] = []
        self.left = MOST_STEPS

    def verdicts(self, sheet: str) -> Iterator[tuple[Position, Verdict]]:
        """The formulas of a sheet that give another result, change, or were not verified."""
        own = self.sheets[sheet.casefold()]
        for position in own.formulas:
            verdict = self._verdict(sheet.casefold(), own, position)
            if verdict is not None:
                yield position, verdict

    def _verdict(self, sheet: str, own: SheetValues, position: Position) -> Verdict | None:
        try:
            stored = own.stored(*position)
        except (NotEvaluatedError, CellError):
            return None
        if stored is None:
            return None
        try:
            computed = self.value_at((sheet, *position))
        except NotEvaluatedError as error:
            return Verdict(KINDS.get(type(error), "unchecked"))
        except CellError as error:
            computed = str(error)
        return self._compared(stored, computed)

    def _compared(self, stored: Scalar, computed: Scalar) -> Verdict | None:
        if fits(stored, computed):
            return None
        if self.is_rounding:
            return Verdict("unchecked")
        if not isinstance(stored, float):
            return Verdict("outdated_text")
        return Verdict("outdated", f"{stored:.15g}", as_shown(computed))

    def value_at(self, place: Place) -> Scalar:
        """The value of a cell: what its formula gives, or what is stored where it has none."""
        if place[0] not in self.sheets:
            raise NotEvaluatedError
        sheet = self.sheets[place[0]]
        formula = sheet.formulas.get(place[1:])
        if formula is None:
            return sheet.stored(*place[1:])
        if place not in self.known:
            if place in self.entered:
                raise CircularError
            if len(self.entered) >= DEEPEST:
                return sheet.stored(*place[1:])
            self.known[place] = self._outcome(place, formula)
        known = self.known[place]
        if not isinstance(known, Exception):
            return known
        if self.entered and type(known) is NotEvaluatedError:
            return sheet.stored(*place[1:])
        raise known

    def _outcome(self, place: Place, formula: SharedFormula) -> Scalar | Exception:
        self.entered.append(place)
        try:
            value = self.evaluate(formula, place[0])
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
        return _Evaluation(self, sheet, formula).of(tree)

    def applies(self, formula: SharedFormula, sheet: str) -> bool:
        """Whether a condition holds; one that is not understood may always hold."""
        try:
            return as_truth(self.evaluate(formula, sheet.casefold()))
        except CellError:
            return False
        except (NotEvaluatedError, *FAILED):
            return True

    def compares(self, place: Place, sign: str, limit: SharedFormula) -> bool:
        """Whether the value of a cell stands so to a limit, or may."""
        try:
            value = self.value_at(place)
            return as_truth(calculate(sign, value, self.evaluate(limit, place[0])))
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

    def of(self, node: Node) -> Scalar:
        self.book.spend(1)
        kind = node[0]
        if kind == "value":
            value: Scalar = node[1]
            return value
        if kind == "cell":
            return self.book.value_at(self._place(node[1], node[2]))
        if kind == "operation":
            return calculate(node[1], self.of(node[2]), self.of(node[3]))
        return self._call(node[1], node[2]) if kind == "call" else self._not_evaluated()

    @staticmethod
    def _not_evaluated() -> Scalar:
        raise NotEvaluatedError

    def _place(self, sheet: str, corner: Corner) -> Place:
        return sheet or self.sheet, *corner.moved(self.rows, self.columns)

    def _call(self, name: str, arguments: Sequence[Node]) -> Scalar:
        if name in CHOOSING:
            chosen: Scalar = CHOOSING[name](self, *arguments)
            return chosen
        if name in OF_NUMBERS:
            return OF_NUMBERS[name]([number for own in arguments for number in self._numbers(own)])
        if name not in OF_VALUES:
            raise NotEvaluatedError
        return OF_VALUES[name](*map(self.of, arguments))

    def _numbers(self, node: Node) -> Iterator[float]:
        """The numbers of an argument; texts in cells count as nothing."""
        if node[0] not in {"cell", "range"}:
            yield as_number(self.of(node))
            return
        for place in self._places(node):
            value = self.book.value_at(place)
            if isinstance(value, float):
                yield value

    def _places(self, node: Node) -> Iterator[Place]:
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
        return self.of(then if as_truth(self.of(condition)) else other)

    def unless_error(self, value: Node, other: Node) -> Scalar:
        try:
            return self.of(value)
        except CellError:
            return self.of(other)

    def is_error(self, value: Node) -> Scalar:
        try:
            self.of(value)
        except CellError:
            return True
        return False

    def all_hold(self, *conditions: Node) -> Scalar:
        truths = [as_truth(self.of(own)) for own in conditions]  # each, as an error counts
        return all(truths)

    def any_holds(self, *conditions: Node) -> Scalar:
        truths = [as_truth(self.of(own)) for own in conditions]
        return any(truths)

    def filled(self, *arguments: Node) -> Scalar:
        """How many cells of ranges are not empty."""
        if any(own[0] not in {"cell", "range"} for own in arguments):
            raise NotEvaluatedError
        places = [place for own in arguments for place in self._places(own)]
        return float(sum(self.book.value_at(place) is not None for place in places))


# These evaluate their own arguments, as not all of them may be needed.
CHOOSING: Mapping[str, Any] = {
    "IF": _Evaluation.choose, "IFERROR": _Evaluation.unless_error, "ISERROR": _Evaluation.is_error,
    "AND": _Evaluation.all_hold, "OR": _Evaluation.any_holds, "COUNTA": _Evaluation.filled,
}  # fmt: skip


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
