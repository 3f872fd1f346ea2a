"""What an attacker can work out of a release: intervals of withheld values by integer programming.

The attacker knows every relation, every value that is shown, that no value is negative, that counts
are whole, and which counts are not zero. Each Member State knows its own cells besides. Source:
Handbook on Statistical Disclosure Control (sdcTools/HandbookSDC at eef4a18), chapter 4.2.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

import numpy as np

from metrics.statistics.disclosure.constraint_system import (
    EPSILON,
    NOBODY,
    ConstraintSystem,
    Flags,
    Floats,
    Places,
    blocks,
    limits,
)
from metrics.statistics.disclosure.linear_programs import LinearPrograms

DIRECTIONS = 4
ENOUGH = 16  # one cell in so many, of those that are connected, is in doubt: time to make cuts
SHOWN = -1  # instead of the number of a block

Pace = Literal["exact", "careful", "hasty"]
EXACT: Pace = "exact"  # to both ends of every interval
CAREFUL: Pace = "careful"  # until tables are found that show as much as is wanted
FAST: Pace = "hasty"  # until enough is in doubt; of what states know only where the public does not


class ProtectionLevels(NamedTuple):
    """When enough is open of a cell: its interval is so wide, and ends so far above its value."""

    width: Floats
    above: Floats
    private: Flags  # open to the other states too

    def of(self, cells: Places) -> "ProtectionLevels":
        return ProtectionLevels(self.width[cells], self.above[cells], self.private[cells])


class Exposure(NamedTuple):
    """A cell of which too much is known, and to which state; NOBODY is the public."""

    cell: int
    state: int


class AlternativeTable(NamedTuple):
    """Of another table, in keeping with all relations, from the true one: where, and by how much.

    It counts under every pattern that hides these places.
    """

    places: Places
    by: Floats

    def at(self, cells: Places) -> "AlternativeTable":
        """Its places, which are numbers among these cells, as numbers of the cells themselves."""
        return AlternativeTable(cells[self.places], self.by)


class Known(NamedTuple):
    """Of each cell the least and the largest value to the public, all doubts, all tables found."""

    low: Floats
    high: Floats
    doubts: list[Exposure]
    found: list[AlternativeTable]


def known(
    system: ConstraintSystem,
    hidden: Flags,
    wanted: ProtectionLevels,
    tried: Sequence[AlternativeTable],
    pace: "Pace",
) -> Known:
    """The smallest and the largest value that each hidden cell can have; NaN for the others.

    `tried` holds differences that were found before, under this pattern or another.
    """
    low, high = np.full((2, len(system.values)), np.nan)
    doubts: list[Exposure] = []
    found: list[AlternativeTable] = []
    unknown = np.flatnonzero(hidden | system.unnamed)
    rest = system.seen_by_attacker(hidden)
    parts = [unknown[cells] for cells in blocks(rest)]
    usable = sorted_into(parts, tried, len(low))
    for cells, places in zip(blocks(rest), parts, strict=True):
        if not rest.unnamed[cells].all():
            search = Search(rest.part(cells), wanted.of(places), pace)
            search.start(usable.get(int(places[0]), []), places)
            search.run()
            found += [each.at(places) for each in search.found]
            low[places], high[places] = search.low[0], search.high[0]
            doubts += [Exposure(int(places[cell]), state) for cell, state in search.doubts]
    low[~hidden], high[~hidden] = np.nan, np.nan
    return Known(low, high, doubts, found)


def sorted_into(
    parts: Sequence[Places], tried: Iterable[AlternativeTable], size: int
) -> dict[int, list[AlternativeTable]]:
    """The differences that lie within one of the parts, by the first cell of the part."""
    part_of = np.full(size, SHOWN)
    for places in parts:
        part_of[places] = places[0]
    sorted_: dict[int, list[AlternativeTable]] = {}
    for each in tried:
        first = part_of[each.places]
        if first[0] != SHOWN and (first == first[0]).all():
            sorted_.setdefault(int(first[0]), []).append(each)
    return sorted_


def intervals(system: ConstraintSystem, hidden: Flags) -> Floats:
    """The exact intervals that the public can work out."""
    size = len(system.values)
    nothing = ProtectionLevels(np.zeros(size), np.zeros(size), np.zeros(size, dtype=bool))
    found = known(system, hidden, nothing, [], EXACT)
    return np.column_stack([found.low, found.high])


class Search:
    """Tables in keeping with what is shown, and the range of each cell over those found so far.

    The first row is what the public can tell apart, each further one what a state can that knows
    its own cells: to it only tables count that leave these as they are.
    """

    def __init__(self, system: ConstraintSystem, wanted: ProtectionLevels, pace: Pace) -> None:
        self.system, self.wanted, self.pace = system, wanted, pace
        owners = system.owner[system.owner != NOBODY]
        self.states = np.unique(owners if wanted.private.any() else owners[:0])
        self.knows = np.vstack([system.owner == each for each in (NOBODY - 1, *self.states)])
        self.low = np.tile(system.values, (len(self.knows), 1))
        self.high = self.low.copy()
        self.programmes = LinearPrograms(system)
        self.found: list[AlternativeTable] = []
        self.doubts: list[Exposure] = []

    def start(self, differences: Iterable[AlternativeTable], places: Places) -> None:
        """With tables that were found before, as far as they keep all relations here."""
        for each in differences:
            table = self.system.values.copy()
            table[np.searchsorted(places, each.places)] += each.by
            if self.fits(table):
                self.add(table)
        self.found.clear()

    def fits(self, table: Floats) -> bool:
        off = abs(self.system.matrix @ table - self.system.constants)
        return bool((off < EPSILON).all() and (table >= self.system.floors - EPSILON).all())

    def run(self) -> None:
        """The public first; then many states at once, and each by itself where doubt is left."""
        public, states = slice(0, 1), slice(1, None)
        self.at_random(public, self.knows[0], DIRECTIONS)
        self.one_by_one(0, every=self.pace is EXACT)
        if self.doubts and self.pace is FAST:
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
            if self.pace is FAST and len(self.doubts) * ENOUGH >= len(self.knows[0]):
                return
            if every or not self.shows()[attacker, cell]:
                self.ends_of(int(cell), attacker)
            if not self.shows()[attacker, cell]:
                state = NOBODY if attacker == 0 else int(self.states[attacker - 1])
                self.doubts.append(Exposure(int(cell), state))

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
        places = np.flatnonzero(moved)
        if len(places):
            self.found.append(AlternativeTable(places, (table - self.system.values)[places]))
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
                self.add(self.programmes.table(cost, fixed))

    def ends_of(self, cell: int, attacker: int) -> None:
        cost = np.zeros(len(self.system.values))
        cost[cell] = 1.0
        for sign in (1.0, -1.0):
            self.add(self.programmes.table(sign * cost, self.knows[attacker]))


class Leverage:
    """How far each cell, if it were hidden, would loosen what somebody knows of another.

    From the multipliers of the attacker's two programmes: whatever else is hidden, the interval of
    the cell is never wider than the sum of the leverages of the hidden cells (Fischetti and
    Salazar). A state's own cells loosen nothing of what it knows.
    """

    def __init__(self, system: ConstraintSystem, hidden: Flags, state: int) -> None:
        self.system = system
        self.own = (system.owner == state) & (state != NOBODY)
        self.unknown = np.flatnonzero((hidden & ~self.own) | system.unnamed)
        self.rows = np.flatnonzero(np.diff(system.matrix[:, self.unknown].indptr))
        self.programmes = LinearPrograms(system.seen_by_attacker(hidden & ~self.own))

    def on(self, cell: int, signs: tuple[float, ...] = (1.0, -1.0)) -> Floats:
        """On the lower end of the cell's interval (1), on the upper (-1), or on both."""
        total = sum((self._slack(cell, sign) for sign in signs), np.zeros(len(self.own)))
        return np.where(self.own, 0.0, total)

    def _slack(self, cell: int, sign: float) -> Floats:
        system = self.system
        multipliers = np.zeros(system.matrix.shape[0])
        cost = np.where(self.unknown == cell, sign, 0.0)
        multipliers[self.rows] = self.programmes.multipliers(cost)
        weights = -(system.matrix.T @ multipliers)
        weights[cell] += sign
        # The programme minimises sign * x: it falls with falls and rises of cells.
        fall, rise = np.maximum(weights, 0.0), np.maximum(-weights, 0.0)
        fall, rise = np.where(fall > EPSILON, fall, 0.0), np.where(rise > EPSILON, rise, 0.0)
        room = np.maximum(limits(system) - system.values, 0.0)
        return np.asarray(fall * (system.values - system.floors) + rise * room)
