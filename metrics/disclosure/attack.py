"""What an attacker can work out of a release: intervals of withheld values by integer programming.

The attacker knows every relation, every value that is shown, that no value is negative, that counts
are whole, and which counts are not zero. Each Member State knows its own cells besides. Source:
Handbook on Statistical Disclosure Control (sdcTools/HandbookSDC at eef4a18), chapter 4.2.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from metrics.errors import DisclosureError

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]

# Below this a number is the rounding of floating point; solvers work to 1e-7.
EPSILON = 1e-6
DIRECTIONS = 4
NODES = 1_000  # of branch and bound: a limit in time would not give the same release again
NOBODY = -1
ENOUGH = 16  # one cell in so many, of those that are connected, is in doubt: time to make cuts

Pace = Literal["exact", "careful", "hasty"]
EXACT: Pace = "exact"  # to both ends of every interval
CAREFUL: Pace = "careful"  # until tables are found that show as much as is wanted
HASTY: Pace = (
    "hasty"  # until enough is in doubt; of what states know only where the public does not
)


@dataclass(frozen=True)
class System:
    """Relations as `matrix @ values == constants`: a row a relation, a column a cell."""

    matrix: csr_array
    constants: Floats
    values: Floats
    unnamed: Flags  # a rest that no table shows: always unknown, never protected
    floors: Floats  # what everybody knows each value to be at least
    counted: Flags  # in whole things
    owner: Places  # the state that knows the cell whatever is shown, or NOBODY

    def of(self, cells: Places, constants: Floats) -> "System":
        """Some of the cells, with all relations that touch them."""
        matrix = self.matrix[:, cells]
        rows = np.flatnonzero(np.diff(matrix.indptr))
        return System(
            matrix[rows], constants[rows], self.values[cells], self.unnamed[cells],
            self.floors[cells], self.counted[cells], self.owner[cells],
        )  # fmt: skip

    def part(self, cells: Places) -> "System":
        """The cells of a block; its relations must touch no others."""
        return self.of(cells, self.constants)

    def seen_by_attacker(self, hidden: Flags) -> "System":
        """What remains to be worked out: hidden cells only, what is shown moved to the right."""
        unknown = hidden | self.unnamed
        constants = self.constants - self.matrix @ np.where(unknown, 0.0, self.values)
        return self.of(np.flatnonzero(unknown), constants)


def blocks(system: System) -> Iterator[Places]:
    """Cells that no relation connects with the others."""
    matrix = abs(system.matrix)
    _, labels = connected_components(matrix.T @ matrix, directed=False)
    order = np.argsort(labels, kind="stable")
    return iter(np.split(order, np.flatnonzero(np.diff(labels[order])) + 1))


class Wanted(NamedTuple):
    """When enough is open of a cell: its interval is so wide, and ends so far above its value."""

    width: Floats
    above: Floats
    private: Flags  # open to the other states too

    def of(self, cells: Places) -> "Wanted":
        return Wanted(self.width[cells], self.above[cells], self.private[cells])


class Doubt(NamedTuple):
    """A cell of which too much is known, and to which state; NOBODY is the public."""

    cell: int
    state: int


class Known(NamedTuple):
    """Of each cell the least and the largest value to the public, and all that is in doubt."""

    low: Floats
    high: Floats
    doubts: list[Doubt]


def known(
    system: System, hidden: Flags, wanted: Wanted, tried: list[Floats], pace: "Pace"
) -> Known:
    """The smallest and the largest value that each hidden cell can have; NaN for the others.

    `tried` holds differences from the true table that were found before, and is given those found
    now: they are as good under every pattern that hides what they change.
    """
    shown = ~(hidden | system.unnamed)
    before = np.array(tried).reshape(len(tried), len(shown))
    before = before[~before[:, shown].any(axis=1)]
    low, high = np.full((2, len(system.values)), np.nan)
    doubts: list[Doubt] = []
    unknown = np.flatnonzero(~shown)
    rest = system.seen_by_attacker(hidden)
    for cells in blocks(rest):
        if not rest.unnamed[cells].all():
            places = unknown[cells]
            search = Search(rest.part(cells), wanted.of(places), pace)
            search.start(before[before[:, places].any(axis=1)][:, places])
            search.run()
            tried += [drawn(each, places, len(shown)) for each in search.found]
            low[places], high[places] = search.low[0], search.high[0]
            doubts += [Doubt(int(places[cell]), state) for cell, state in search.doubts]
    low[~hidden], high[~hidden] = np.nan, np.nan
    return Known(low, high, doubts)


def drawn(difference: Floats, places: Places, size: int) -> Floats:
    found = np.zeros(size)
    found[places] = difference
    return found


def intervals(system: System, hidden: Flags) -> Floats:
    """The exact intervals that the public can work out."""
    size = len(system.values)
    nothing = Wanted(np.zeros(size), np.zeros(size), np.zeros(size, dtype=bool))
    found = known(system, hidden, nothing, [], EXACT)
    return np.column_stack([found.low, found.high])


class Search:
    """Tables in keeping with what is shown, and the range of each cell over those found so far.

    The first row is what the public can tell apart, each further one what a state can that knows
    its own cells: to it only tables count that leave these as they are.
    """

    def __init__(self, system: System, wanted: Wanted, pace: Pace) -> None:
        self.system, self.wanted, self.pace = system, wanted, pace
        owners = system.owner[system.owner != NOBODY]
        self.states = np.unique(owners if wanted.private.any() else owners[:0])
        self.knows = np.vstack([system.owner == each for each in (NOBODY - 1, *self.states)])
        self.low = np.tile(system.values, (len(self.knows), 1))
        self.high = self.low.copy()
        self.found: list[Floats] = []  # as differences from the true table
        self.doubts: list[Doubt] = []

    def start(self, differences: Floats) -> None:
        for each in differences:
            self.add(self.system.values + each)
        self.found.clear()

    def run(self) -> None:
        """The public first; then many states at once, and each by itself where doubt is left."""
        public, states = slice(0, 1), slice(1, None)
        self.at_random(public, self.knows[0], DIRECTIONS)
        self.one_by_one(0, every=self.pace is EXACT)
        if self.doubts and self.pace is HASTY:
            return
        for several in self.halves():
            self.at_random(states, several, 1)
        for attacker in range(1, len(self.knows)):
            self.one_by_one(attacker)

    def halves(self) -> Iterator[Flags]:
        """The cells of every second state, of every second two, and so on, and of the others.

        What leaves those as they are counts for each of these states. Any two states are parted.
        """
        numbers = np.arange(len(self.states))
        for bit in range(len(self.states).bit_length()):
            for side in (0, 1):
                yield self.knows[1:][numbers >> bit & 1 == side].any(axis=0)

    def one_by_one(self, attacker: int, *, every: bool = False) -> None:
        for cell in np.flatnonzero(~self.system.unnamed & (every | ~self.shows()[attacker])):
            if self.pace is HASTY and len(self.doubts) * ENOUGH >= len(self.knows[0]):
                return
            if every or not self.shows()[attacker, cell]:
                self.ends_of(int(cell), attacker)
            if not self.shows()[attacker, cell]:
                state = NOBODY if attacker == 0 else int(self.states[attacker - 1])
                self.doubts.append(Doubt(int(cell), state))

    def shows(self) -> Flags:
        """Whether enough is open: a row an attacker, a column a cell."""
        wide = self.high - self.low >= self.wanted.width - EPSILON
        far = self.high - self.system.values >= self.wanted.above - EPSILON
        beside = self.knows | ~self.wanted.private
        beside[0] = False
        return np.asarray((wide & far) | beside | self.system.unnamed)

    def add(self, table: Floats | None) -> None:
        if table is None:
            return
        moved = abs(table - self.system.values) > EPSILON
        self.found.append(np.where(moved, table - self.system.values, 0.0))
        blind = ~(self.knows & moved).any(axis=1)
        self.low[blind] = np.minimum(self.low[blind], table)
        self.high[blind] = np.maximum(self.high[blind], table)

    def at_random(self, attackers: slice, fixed: Flags, directions: int) -> None:
        """Extreme tables in a few directions: most cells differ in them, so few need their own."""
        size = len(self.system.values)
        for direction in np.random.default_rng(size).uniform(-1, 1, (directions, size)):
            open_ = ~self.shows()[attackers].all(axis=0) & ~fixed
            for sign in (1, -1) if open_.any() else ():
                cost = np.where(open_, sign * direction, direction / 10)
                self.add(table(self.system, cost, fixed))

    def ends_of(self, cell: int, attacker: int) -> None:
        cost = np.zeros(len(self.system.values))
        cost[cell] = 1.0
        for sign in (1.0, -1.0):
            self.add(table(self.system, sign * cost, self.knows[attacker]))


def table(system: System, cost: Floats, fixed: Flags) -> Floats | None:
    """The table of least cost that keeps all relations and the fixed cells, counts whole.

    None where none is found within the limit: who protects must then take it that there is none.
    Most linear programmes of tables have a whole solution: only the others are solved again.
    """
    found = programme(system, cost, fixed, np.zeros_like(system.counted))
    if found is not None and (abs(found - np.round(found)) > EPSILON)[system.counted].any():
        found = programme(system, cost, fixed, system.counted)
    return None if found is None else np.where(system.counted, np.round(found), found)


def programme(system: System, cost: Floats, fixed: Flags, whole: Flags) -> Floats | None:
    found = milp(
        cost,
        constraints=LinearConstraint(system.matrix, system.constants, system.constants),
        integrality=whole.astype(int),
        bounds=Bounds(
            np.where(fixed, system.values, system.floors),
            np.where(fixed, system.values, limits(system)),
        ),
        options={"node_limit": NODES},
    )
    return None if found.x is None else np.asarray(found.x)


def limits(system: System) -> Floats:
    """Ten times the sum of all values for infinity: no interval is without end."""
    return np.full(len(system.values), 10 * (1 + system.values.sum()))


def leverage(
    system: System, hidden: Flags, doubt: Doubt, signs: tuple[float, ...] = (1.0, -1.0)
) -> Floats:
    """How far each cell of the system, if it were hidden, would loosen what is known of one cell.

    From the multipliers of the attacker's two programmes: whatever else is hidden, the interval of
    the cell is never wider than the sum of the leverages of the hidden cells (Fischetti and
    Salazar). A state's own cells loosen nothing of what it knows.
    """
    own = (system.owner == doubt.state) & (doubt.state != NOBODY)
    unknown = np.flatnonzero((hidden & ~own) | system.unnamed)
    rows = np.flatnonzero(np.diff(system.matrix[:, unknown].indptr))
    reduced = system.seen_by_attacker(hidden & ~own)
    place = int(np.flatnonzero(unknown == doubt.cell)[0])
    total = np.zeros(len(system.values))
    for sign in signs:
        weights = np.zeros(system.matrix.shape[0])
        weights[rows] = multipliers(reduced, place, sign)
        total += _slack(system, doubt.cell, sign, weights)
    return np.where(own, 0.0, total)


def multipliers(system: System, cell: int, sign: float) -> Floats:
    """Of the relations, where a cell is smallest (1) or largest (-1): proof that it ends there."""
    cost = np.zeros(len(system.values))
    cost[cell] = sign
    bounds = list(zip(system.floors, limits(system), strict=True))
    found = linprog(cost, A_eq=system.matrix.toarray(), b_eq=system.constants, bounds=bounds)
    if found.x is None:
        raise DisclosureError(
            f"no table fits what is shown ({found.message!r}); see docs/confidentiality.md"
        )
    return np.asarray(found.eqlin.marginals, dtype=float)


def _slack(system: System, cell: int, sign: float, weights: Floats) -> Floats:
    weights = -(system.matrix.T @ weights)
    weights[cell] += sign
    # The programme minimises sign * x: a fall of the objective comes from falls and rises of cells.
    fall, rise = np.maximum(weights, 0.0), np.maximum(-weights, 0.0)
    fall, rise = np.where(fall > EPSILON, fall, 0.0), np.where(rise > EPSILON, rise, 0.0)
    room = np.maximum(limits(system) - system.values, 0.0)
    return np.asarray(fall * (system.values - system.floors) + rise * room)
