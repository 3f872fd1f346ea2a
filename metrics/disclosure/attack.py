"""What an attacker can work out of a release: intervals of withheld values by linear programming.

The attacker knows every relation, every value that is shown, that no value is negative, and the
ceiling of each. Source: Handbook on Statistical Disclosure Control (sdcTools/HandbookSDC at
eef4a18), chapter 4.2.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from metrics.errors import DisclosureError

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]

# Below this a number is the rounding of floating point.
EPSILON = 1e-7
DIRECTIONS = 6


@dataclass(frozen=True)
class System:
    """Relations as `matrix @ values == constants`: a row a relation, a column a cell."""

    matrix: csr_array
    constants: Floats
    values: Floats
    ceilings: Floats  # infinite where there is none
    unnamed: Flags  # a rest that no table shows: always unknown, never protected

    def part(self, cells: Places) -> "System":
        """The cells of a block with all relations that touch them; the others must touch none."""
        matrix = self.matrix[:, cells]
        rows = np.flatnonzero(np.diff(matrix.indptr))
        return System(
            matrix[rows], self.constants[rows], self.values[cells],
            self.ceilings[cells], self.unnamed[cells],
        )  # fmt: skip

    def seen_by_attacker(self, hidden: Flags) -> "System":
        """What remains to be worked out: hidden cells only, what is shown moved to the right."""
        unknown = np.flatnonzero(hidden | self.unnamed)
        shown = np.where(hidden | self.unnamed, 0.0, self.values)
        constants = self.constants - self.matrix @ shown
        matrix = self.matrix[:, unknown]
        rows = np.flatnonzero(np.diff(matrix.indptr))
        return System(
            matrix[rows], constants[rows], self.values[unknown],
            self.ceilings[unknown], self.unnamed[unknown],
        )  # fmt: skip


def blocks(system: System) -> Iterator[Places]:
    """Cells that no relation connects with the others."""
    matrix = abs(system.matrix)
    _, labels = connected_components(matrix.T @ matrix, directed=False)
    order = np.argsort(labels, kind="stable")
    return iter(np.split(order, np.flatnonzero(np.diff(labels[order])) + 1))


class Wanted(NamedTuple):
    """When enough is known of a cell: its interval is so wide, and ends so far above its value."""

    width: Floats
    above: Floats


def intervals(system: System, hidden: Flags, wanted: Wanted | None = None) -> Floats:
    """The smallest and the largest value that each hidden cell can have; NaN for the others.

    Where something is `wanted`, the search for a cell ends once tables have been found that show
    that much: its interval is then at least as wide as stated. Otherwise the ends are exact.
    """
    found = np.full((len(system.values), 2), np.nan)
    unknown = np.flatnonzero(hidden | system.unnamed)
    rest = system.seen_by_attacker(hidden)
    for cells in blocks(rest):
        asked = wanted and Wanted(*(each[unknown[cells]] for each in wanted))
        found[unknown[cells]] = _intervals(rest.part(cells), asked)
    found[~hidden] = np.nan
    return found


def _intervals(system: System, wanted: Wanted | None) -> Floats:
    """Of a block of which nothing is shown."""
    search = Search(system)
    if wanted:
        search.at_random(wanted)
    for cell in np.flatnonzero(~system.unnamed):
        if not (wanted and search.shows(wanted)[cell]):
            search.ends_of(int(cell))
    return np.column_stack([search.low, search.high])


class Search:
    """Tables in keeping with what is shown, and the range of each cell over those found so far."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.low, self.high = system.values.copy(), system.values.copy()

    def shows(self, wanted: Wanted) -> Flags:
        wide = self.high - self.low >= wanted.width - EPSILON
        return np.asarray(wide & (self.high - self.system.values >= wanted.above - EPSILON))

    def add(self, table: Floats) -> None:
        self.low, self.high = np.minimum(self.low, table), np.maximum(self.high, table)

    def at_random(self, wanted: Wanted) -> None:
        """Extreme tables in a few directions: most cells differ in them, so few need their own."""
        directions = np.random.default_rng(len(self.low)).uniform(
            -1, 1, (DIRECTIONS, len(self.low))
        )
        for direction in directions:
            open_ = ~self.shows(wanted) & ~self.system.unnamed
            if open_.any():
                self.add(programme(self.system, np.where(open_, direction, direction / 10)).table)
                self.add(programme(self.system, np.where(open_, -direction, direction / 10)).table)

    def ends_of(self, cell: int) -> None:
        """Both ends of one cell's interval; an end that a found table has at its limit is known."""
        if self.low[cell] > EPSILON:
            self.add(extreme(self.system, cell, 1.0).table)
        if self.high[cell] < self.system.ceilings[cell]:
            self.add(extreme(self.system, cell, -1.0).table)


class Extreme(NamedTuple):
    table: Floats
    multipliers: Floats  # of the relations: what proves that no table goes further


def extreme(system: System, cell: int, sign: float) -> Extreme:
    """The table, in keeping with all relations, in which a cell is smallest (1) or largest (-1)."""
    cost = np.zeros(len(system.values))
    cost[cell] = sign
    return programme(system, cost)


def programme(system: System, cost: Floats) -> Extreme:
    bounds = [(0.0, limit) for limit in limits(system)]
    found = linprog(cost, A_eq=system.matrix.toarray(), b_eq=system.constants, bounds=bounds)
    if found.x is None:
        raise DisclosureError(
            f"no table fits what is shown ({found.message!r}); see docs/confidentiality.md"
        )
    return Extreme(found.x, np.asarray(found.eqlin.marginals, dtype=float))


def limits(system: System) -> Floats:
    """Ceilings, with ten times the sum of all values for infinity: no interval is without end."""
    return np.asarray(np.minimum(system.ceilings, 10 * (1 + system.values.sum())))


def leverage(
    system: System, hidden: Flags, cell: int, signs: tuple[float, ...] = (1.0, -1.0)
) -> Floats:
    """How far each cell of the system, if it were hidden, would loosen what is known of one cell.

    From the multipliers of the attacker's two programmes: whatever else is hidden, the interval of
    `cell` is never wider than the sum of the leverages of the hidden cells (Fischetti and Salazar).
    """
    unknown = np.flatnonzero(hidden | system.unnamed)
    rest = system.matrix[:, unknown]
    rows = np.flatnonzero(np.diff(rest.indptr))
    reduced = system.seen_by_attacker(hidden)
    place = int(np.flatnonzero(unknown == cell)[0])
    total = np.zeros(len(system.values))
    for sign in signs:
        multipliers = np.zeros(system.matrix.shape[0])
        multipliers[rows] = extreme(reduced, place, sign).multipliers
        total += _slack(system, cell, sign, multipliers)
    return total


def _slack(system: System, cell: int, sign: float, multipliers: Floats) -> Floats:
    weights = -(system.matrix.T @ multipliers)
    weights[cell] += sign
    # The programme minimises sign * x: a fall of the objective comes from falls and rises of cells.
    fall, rise = np.maximum(weights, 0.0), np.maximum(-weights, 0.0)
    fall, rise = np.where(fall > EPSILON, fall, 0.0), np.where(rise > EPSILON, rise, 0.0)
    room = np.maximum(limits(system) - system.values, 0.0)
    return np.asarray(fall * system.values + rise * room)
