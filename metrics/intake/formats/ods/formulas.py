"""Compare the results in an OpenDocument sheet with their formulas, as in Excel workbooks."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from metrics.intake.formats.shared.formula_results import Position, is_simple, outdated_results
from metrics.intake.formats.shared.known_texts import known_formula

# OpenFormula writes [.B1] and [.B1:.B3] for B1 and B1:B3, and semicolons between arguments.
PREFIX = re.compile(r"(?:of|oooc|msoxl):(?==)")
CELLS_REFERRED_TO = re.compile(r"\[\.(\$?[A-Z]{1,3}\$?\d{1,7})(?::\.(\$?[A-Z]{1,3}\$?\d{1,7}))?\]")
# Programs that calculate what they write; a library leaves that to them.
CALCULATING = re.compile(
    r"office|calligra|gnumeric|collabora|excel|onlyoffice|google", re.IGNORECASE
)

Rows = Sequence[list[Any]]


class FormulaResult(NamedTuple):
    """A formula of OpenDocument, and the number that is stored as its result."""

    formula: str
    number: float


Results = Mapping[Position, FormulaResult]  # of one sheet


def drop_outdated(rows: Rows, results: Results) -> None:
    """Put the formula in place of each result that is not that of its formula."""
    simple = {
        position: (formula, result.number)
        for position, result in results.items()
        if is_simple(formula := as_in_excel(result.formula))
    }
    _put_formulas(rows, results, [*outdated_results(rows, simple)])


def drop_uncalculated(sheets: Iterator[tuple[Rows, Results]], generator: str) -> None:
    """Put the formulas in place of results that are all 0 and that no program calculated."""
    own = [*sheets]
    numbers = [result.number for _, results in own for result in results.values()]
    if not any(numbers) and not CALCULATING.search(generator):
        for rows, results in own:
            _put_formulas(rows, results, [*results])


def _put_formulas(rows: Rows, results: Results, positions: Sequence[Position]) -> None:
    for row, column in positions:
        rows[row][column] = {"formula": known_formula(results[row, column].formula)}


def as_in_excel(formula: str) -> str:
    """`=SUM(B1:B3,C1)` for `of:=SUM([.B1:.B3];[.C1])`."""
    plain = CELLS_REFERRED_TO.sub(_reference, PREFIX.sub("", formula, count=1))
    return plain.replace(";", ",")


def _reference(match: re.Match[str]) -> str:
    return ":".join(filter(None, match.groups()))
