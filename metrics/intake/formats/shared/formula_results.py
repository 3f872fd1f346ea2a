"""Compare stored results with simple formulas: sums, differences, products and quotients.

A program that changes a file without calculating it leaves old results. No other formulas are
evaluated, and none over texts, dates, other sheets or too many cells.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from math import isclose, isfinite
from typing import Any

from metrics.core.cells import column_number

Position = tuple[int, int]
CELL_OF_FORMULA = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
SIMPLE = re.compile(r"=[-+*/(),:$. 0-9A-Z]{1,200}")
FORMULA_TOKEN = re.compile(
    r" *(SUM\(|\$?[A-Z]{1,3}\$?[1-9][0-9]{0,6}(?![0-9A-Z(.])|[0-9]+(?:\.[0-9]+)?(?![0-9A-Z.])"
    r"|[-+*/(),:]) *"
)
MOST_SUMMANDS = 2_000_000  # of a sheet, that are added up to compare its formulas
PRECISION = 1e-9


class NotEvaluatedError(Exception):
    """A formula that is not simple, or of cells that are no numbers."""


def outdated_results(
    rows: Sequence[Sequence[Any]], results: Mapping[Position, tuple[str, float]]
) -> Iterator[Position]:
    """The cells whose stored result is not that of their formula."""
    left = MOST_SUMMANDS
    for position, (formula, result) in results.items():
        sums = Formula(rows, position, left)
        try:
            value = sums.evaluate(formula)
        except (NotEvaluatedError, RecursionError, ZeroDivisionError, OverflowError):
            continue
        finally:
            left = sums.left
        if isfinite(value) and not isclose(value, result, rel_tol=PRECISION, abs_tol=PRECISION):
            yield position


def is_simple(formula: str) -> bool:
    return SIMPLE.fullmatch(formula) is not None


class Formula:
    """One formula over the cells of its sheet; `left` is how many more may be looked at."""

    def __init__(self, rows: Sequence[Sequence[Any]], own: Position, left: int) -> None:
        self.rows, self.own, self.left = rows, own, left
        self.tokens: list[str] = []

    def evaluate(self, formula: str) -> float:
        text, at = formula.removeprefix("="), 0
        while at < len(text):
            token = FORMULA_TOKEN.match(text, at)
            if token is None:
                raise NotEvaluatedError
            self.tokens.append(token[1])
            at = token.end()
        self.tokens.reverse()
        value = self.sum_of_terms()
        if self.tokens:
            raise NotEvaluatedError
        return value

    def next_is(self, *signs: str) -> str:
        """Take the next token if it is one of these; empty otherwise."""
        return self.tokens.pop() if self.tokens and self.tokens[-1] in signs else ""

    def sum_of_terms(self) -> float:
        value = self.product()
        while sign := self.next_is("+", "-"):
            value += self.product() if sign == "+" else -self.product()
        return value

    def product(self) -> float:
        value = self.factor()
        while sign := self.next_is("*", "/"):
            value = value * self.factor() if sign == "*" else value / self.factor()
        return value

    def factor(self) -> float:
        if self.next_is("-"):
            return -self.factor()
        if not self.tokens:
            raise NotEvaluatedError
        part = self.tokens.pop()
        if part == "(":
            return self.until_closed(self.sum_of_terms())
        if part == "SUM(":
            value = self.summand()
            while self.next_is(","):
                value += self.summand()
            return self.until_closed(value)
        if CELL_OF_FORMULA.fullmatch(part):
            return self.number_at(position_of(part))
        try:
            return float(part)
        except ValueError as error:
            raise NotEvaluatedError from error

    def until_closed(self, value: float) -> float:
        if not self.next_is(")"):
            raise NotEvaluatedError
        return value

    def summand(self) -> float:
        """A range of cells, of which texts count as nothing, or any expression."""
        is_range = len(self.tokens) > 2 and self.tokens[-2] == ":"  # noqa: PLR2004
        if not is_range:
            return self.sum_of_terms()
        first, _, last = (self.tokens.pop() for _ in range(3))
        if not (CELL_OF_FORMULA.fullmatch(first) and CELL_OF_FORMULA.fullmatch(last)):
            raise NotEvaluatedError
        (top, left), (bottom, right) = position_of(first), position_of(last)
        rows = range(top, min(bottom + 1, len(self.rows)))
        cells = ((row, column) for row in rows for column in range(left, right + 1))
        return sum(self.number_at(cell, may_be_text=True) for cell in cells)

    def number_at(self, position: Position, *, may_be_text: bool = False) -> float:
        self.left -= 1
        row, column = position
        if self.left < 0 or position == self.own:
            raise NotEvaluatedError
        value = (
            self.rows[row][column]
            if row < len(self.rows) and column < len(self.rows[row])
            else None
        )
        if value is None or (may_be_text and isinstance(value, str)):
            return 0
        if isinstance(value, bool) or not isinstance(value, float):
            raise NotEvaluatedError
        return value


def position_of(reference: str) -> Position:
    match = CELL_OF_FORMULA.fullmatch(reference)
    if match is None:
        raise NotEvaluatedError
    return int(match[2]) - 1, column_number(match[1]) - 1
