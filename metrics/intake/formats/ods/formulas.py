"""Compare the results in an OpenDocument sheet with their formulas, as in Excel workbooks."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from metrics.intake.formats.shared.formula_results import (
    Calculation,
    FormulaCheck,
    Position,
    SharedFormula,
    SheetValues,
)
from metrics.intake.formats.shared.known_texts import known_formula

# OpenFormula writes [.B1] and [.B1:.B3] for B1 and B1:B3, and semicolons between arguments.
PREFIX = re.compile(r"(?:of|oooc|msoxl):(?==)")
CELLS_REFERRED_TO = re.compile(
    r"\[(?:\$?(?P<sheet>'(?:[^']|'')+'|[^\W\d]\w*))?\.(?P<first>\$?[A-Z]{1,3}\$?\d{1,7})"
    r"(?::\.(?P<last>\$?[A-Z]{1,3}\$?\d{1,7}))?\]"
)
QUOTED_PART = re.compile(r'("(?:[^"]|"")*")')
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


def calculation_of(sheets: Sequence[tuple[str, Rows, Results]]) -> Calculation:
    """The formulas of the document over the values that are stored beside them."""
    values = {
        name: SheetValues(
            rows,
            {
                position: SharedFormula(as_in_excel(result.formula))
                for position, result in results.items()
            },
        )
        for name, rows, results in sheets
    }
    return Calculation(values)


def drop_outdated(
    sheets: Sequence[tuple[str, Rows, Results]], book: Calculation
) -> list[tuple[str, Position, FormulaCheck]]:
    """Put the formula in place of each result that is not its own; all that was found."""
    found = {name: [*book.checks(name)] for name, _, _ in sheets}  # of all, before any is changed
    for name, rows, results in sheets:
        _put_formulas(rows, results, [at for at, check in found[name] if check.kind == "outdated"])
    return [(name, *own) for name, checks in found.items() for own in checks]


def drop_uncalculated(sheets: Sequence[tuple[str, Rows, Results]], generator: str) -> None:
    """Put the formulas in place of results that are all 0 and that no program calculated."""
    numbers = [result.number for _, _, results in sheets for result in results.values()]
    if not any(numbers) and not CALCULATING.search(generator):
        for _, rows, results in sheets:
            _put_formulas(rows, results, [*results])


def _put_formulas(rows: Rows, results: Results, positions: Sequence[Position]) -> None:
    for row, column in positions:
        rows[row][column] = {"formula": known_formula(results[row, column].formula)}


def as_in_excel(formula: str) -> str:
    """`=SUM(B1:B3,Data!C1)` for `of:=SUM([.B1:.B3];[$Data.C1])`."""
    parts = QUOTED_PART.split(PREFIX.sub("", formula, count=1))
    return "".join(
        part if part.startswith('"') else CELLS_REFERRED_TO.sub(_reference, part).replace(";", ",")
        for part in parts
    )


def _reference(match: re.Match[str]) -> str:
    sheet = f"{match['sheet']}!" if match["sheet"] else ""
    return sheet + ":".join(filter(None, (match["first"], match["last"])))
