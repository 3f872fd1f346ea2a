"""Two-way tables drawn with their totals, as systems of equations; `P` marks a primary cell."""

import re
from collections.abc import Mapping, Sequence

import numpy as np
from scipy.sparse import csr_array

from metrics.statistics.disclosure.attack import EXACT, ProtectionLevels, attack_system
from metrics.statistics.disclosure.constraint_system import (
    NO_OWNER,
    ConstraintSystem,
    Flags,
    Floats,
)
from metrics.statistics.disclosure.secondary import SuppressionProblem, find_pattern


def system(sums: Sequence[Mapping[str, int]], values: Mapping[str, float]) -> ConstraintSystem:
    """Named cells and sums that are zero: `{"total": 1, "a": -1, "b": -1}`."""
    names = list(values)
    matrix = np.array([[terms.get(name, 0) for name in names] for terms in sums], dtype=float)
    return count_system(matrix, np.array(list(values.values()), dtype=float))


def count_system(matrix: Floats, values: Floats) -> ConstraintSystem:
    """A system of counts of which only is known that none is negative."""
    size, none = len(values), np.zeros(len(values), dtype=bool)
    return ConstraintSystem(
        csr_array(matrix), np.zeros(len(matrix)), values, none, np.zeros(size), ~none,
        np.full(size, NO_OWNER),
    )  # fmt: skip


def grid(drawn: str) -> tuple[ConstraintSystem, Flags]:
    """Rows under one another; the last row and the last column are totals."""
    rows = [line.split("|") for line in drawn.strip().splitlines()]
    number = re.compile(r"\d+")
    values = np.array([[float(number.findall(cell)[0]) for cell in row] for row in rows])
    primary = np.array([["P" in cell for cell in row] for row in rows])
    return _two_way(values), primary.ravel()


def _two_way(values: Floats) -> ConstraintSystem:
    height, width = values.shape
    names = np.arange(values.size).reshape(values.shape)
    lines = [*names, *names.T]
    matrix = np.zeros((height + width, values.size))
    for row, line in enumerate(lines):
        matrix[row, line[:-1]], matrix[row, line[-1]] = -1.0, 1.0
    return count_system(matrix, values.ravel())


def suppression_problem(
    drawn: ConstraintSystem, primary: Flags, *, above: float = 0.0
) -> SuppressionProblem:
    size = len(drawn.values)
    ones = np.ones(size)
    return SuppressionProblem(
        drawn, primary, np.ones(size, dtype=bool), np.where(primary, above, 0.0), ones
    )


def hidden(drawn: ConstraintSystem, *cells: int) -> Flags:
    return np.isin(np.arange(len(drawn.values)), cells)


def hidden_cells(problem: SuppressionProblem) -> Flags:
    return find_pattern(problem).hidden


def exact_intervals(system: ConstraintSystem, hidden: Flags) -> Floats:
    """The exact intervals that the public can infer."""
    size = len(system.values)
    nothing = ProtectionLevels(np.zeros(size), np.zeros(size), np.zeros(size, dtype=bool))
    found = attack_system(system, hidden, nothing, [], EXACT)
    return np.column_stack([found.low, found.high])
