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
    Indices,
    blocks,
    upper_bounds,
)
from metrics.statistics.disclosure.linear_programs import LinearPrograms

DIRECTIONS = 4
EXPOSED_SHARE = 16  # stop to make cuts when one connected cell in so many is exposed
NO_BLOCK = -1  # instead of the number of a block

Effort = Literal["exact", "careful", "fast"]
EXACT: Effort = "exact"  # to both ends of every interval
CAREFUL: Effort = "careful"  # until tables are found that prove the required protection
FAST: Effort = "fast"  # until enough is exposed; States only where nothing is exposed to the public


class ProtectionLevels(NamedTuple):
    """When enough is open of a cell: its interval is so wide, and ends so far above its value."""

    width: Floats
    above: Floats
    private: Flags  # open to the other states too

    def part(self, cells: Indices) -> "ProtectionLevels":
        return ProtectionLevels(self.width[cells], self.above[cells], self.private[cells])


class Exposure(NamedTuple):
    """A cell of which too much is known, and to which state; NOBODY is the public."""

    cell: int
    state: int


class AlternativeTable(NamedTuple):
    """A table that keeps all relations: the cells that differ from the true one, and by how much.

    It holds under every pattern that hides these cells.
    """

    cells: Indices
    by: Floats

    def renumbered(self, cells: Indices) -> "AlternativeTable":
        """Replace its cell numbers, which are positions in `cells`, by the numbers in `cells`."""
        return AlternativeTable(cells[self.cells], self.by)


class AttackResult(NamedTuple):
    """Least and largest value of each cell to the public, all exposures, all tables found."""

    low: Floats
    high: Floats
    exposures: list[Exposure]
    tables: list[AlternativeTable]


def attack_system(
    system: ConstraintSystem,
    hidden: Flags,
    required: ProtectionLevels,
    known_tables: Sequence[AlternativeTable],
    effort: Effort,
) -> AttackResult:
    """The smallest and the largest value that each hidden cell can have; NaN for the others.

    `known_tables` holds tables that were found before, under this pattern or another.
    """
    low, high = np.full((2, len(system.values)), np.nan)
    exposures: list[Exposure] = []
    tables: list[AlternativeTable] = []
    unknown = np.flatnonzero(hidden | system.unnamed)
    rest = system.attacker_view(hidden)
    parts = [unknown[cells] for cells in blocks(rest)]
    usable = tables_by_block(parts, known_tables, len(low))
    for cells, numbers in zip(blocks(rest), parts, strict=True):
        if not rest.unnamed[cells].all():
            search = BlockAttack(rest.part(cells), required.part(numbers), effort)
            search.start(usable.get(int(numbers[0]), []), numbers)
            search.run()
            tables += [table.renumbered(numbers) for table in search.tables]
            low[numbers], high[numbers] = search.low[0], search.high[0]
            exposures += [Exposure(int(numbers[cell]), state) for cell, state in search.exposures]
    low[~hidden], high[~hidden] = np.nan, np.nan
    return AttackResult(low, high, exposures, tables)


def tables_by_block(
    parts: Sequence[Indices], tables: Iterable[AlternativeTable], size: int
) -> dict[int, list[AlternativeTable]]:
    """Sort the tables that differ within one part only by the first cell of that part."""
    part_of = np.full(size, NO_BLOCK)
    for cells in parts:
        part_of[cells] = cells[0]
    usable: dict[int, list[AlternativeTable]] = {}
    for table in tables:
        first = part_of[table.cells]
        if first[0] != NO_BLOCK and (first == first[0]).all():
            usable.setdefault(int(first[0]), []).append(table)
    return usable


def exact_intervals(system: ConstraintSystem, hidden: Flags) -> Floats:
    """The exact intervals that the public can work out."""
    size = len(system.values)
    nothing = ProtectionLevels(np.zeros(size), np.zeros(size), np.zeros(size, dtype=bool))
    found = attack_system(system, hidden, nothing, [], EXACT)
    return np.column_stack([found.low, found.high])


class BlockAttack:
    """Tables in keeping with what is shown, and the range of each cell over those found so far.

    The first row is what the public can distinguish, each further one what a State can that knows
    its own cells: only tables that leave these as they are count for it.
    """

    def __init__(
        self, system: ConstraintSystem, required: ProtectionLevels, effort: Effort
    ) -> None:
        self.system, self.required, self.effort = system, required, effort
        owners = system.owner[system.owner != NOBODY]
        self.states = np.unique(owners if required.private.any() else owners[:0])
        self.knows = np.vstack([system.owner == state for state in (NOBODY - 1, *self.states)])
        self.low = np.tile(system.values, (len(self.knows), 1))
        self.high = self.low.copy()
        self.programs = LinearPrograms(system)
        self.tables: list[AlternativeTable] = []
        self.exposures: list[Exposure] = []

    def start(self, known_tables: Iterable[AlternativeTable], cells: Indices) -> None:
        """Use tables that were found before, as far as they keep all relations here."""
        for known in known_tables:
            table = self.system.values.copy()
            table[np.searchsorted(cells, known.cells)] += known.by
            if self.fits(table):
                self.add(table)
        self.tables.clear()

    def fits(self, table: Floats) -> bool:
        off = abs(self.system.matrix @ table - self.system.constants)
        return bool((off < EPSILON).all() and (table >= self.system.floors - EPSILON).all())

    def run(self) -> None:
        """The public first; then many States at once, then each State for cells still unproved."""
        public, states = slice(0, 1), slice(1, None)
        self.try_random_directions(public, self.knows[0], DIRECTIONS)
        self.attack_cells(0, every=self.effort is EXACT)
        if self.exposures and self.effort is FAST:
            return
        for several in self.iterate_halves():
            self.try_random_directions(states, several, 1)
        for attacker in range(1, len(self.knows)):
            self.attack_cells(attacker)

    def iterate_halves(self) -> Iterator[Flags]:
        """Yield the cells of every second State, every second pair and so on, and complements.

        A table that leaves these cells as they are counts for each of these States. Any two States
        are separated by one of the halves.
        """
        numbers = np.arange(len(self.states))
        for bit in range(len(self.states).bit_length()):
            for side in (0, 1):
                yield self.knows[1:][numbers >> bit & 1 == side].any(axis=0)

    def attack_cells(self, attacker: int, *, every: bool = False) -> None:
        for cell in np.flatnonzero(~self.system.unnamed & (every | ~self.is_protected()[attacker])):
            if self.effort is FAST and len(self.exposures) * EXPOSED_SHARE >= len(self.knows[0]):
                return
            if every or not self.is_protected()[attacker, cell]:
                self.find_ends(int(cell), attacker)
            if not self.is_protected()[attacker, cell]:
                state = NOBODY if attacker == 0 else int(self.states[attacker - 1])
                self.exposures.append(Exposure(int(cell), state))

    def is_protected(self) -> Flags:
        """Whether enough is open: one row per attacker, one column per cell."""
        wide_enough = self.high - self.low >= self.required.width - EPSILON
        high_enough = self.high - self.system.values >= self.required.above - EPSILON
        not_required = self.knows | ~self.required.private
        not_required[0] = False
        return np.asarray((wide_enough & high_enough) | not_required | self.system.unnamed)

    def add(self, table: Floats | None) -> None:
        if table is None:
            return
        moved = abs(table - self.system.values) > EPSILON
        cells = np.flatnonzero(moved)
        if len(cells):
            self.tables.append(AlternativeTable(cells, (table - self.system.values)[cells]))
        blind = ~(self.knows & moved).any(axis=1)
        self.low[blind] = np.minimum(self.low[blind], table)
        self.high[blind] = np.maximum(self.high[blind], table)

    def try_random_directions(self, attackers: slice, fixed: Flags, directions: int) -> None:
        """Extreme tables in a few directions: most cells differ in them, so few need their own."""
        size = len(self.system.values)
        for direction in np.random.default_rng(size).uniform(-1, 1, (directions, size)):
            open_ = ~self.is_protected()[attackers].all(axis=0) & ~fixed
            for sign in (1, -1) if open_.any() else ():
                cost = np.where(open_, sign * direction, direction / 10)
                self.add(self.programs.least_table(cost, fixed))

    def find_ends(self, cell: int, attacker: int) -> None:
        cost = np.zeros(len(self.system.values))
        cost[cell] = 1.0
        for sign in (1.0, -1.0):
            self.add(self.programs.least_table(sign * cost, self.knows[attacker]))


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
        self.programs = LinearPrograms(system.attacker_view(hidden & ~self.own))

    def leverage_on(self, cell: int, signs: tuple[float, ...] = (1.0, -1.0)) -> Floats:
        """On the lower end of the cell's interval (1), on the upper (-1), or on both."""
        total = sum((self._slack(cell, sign) for sign in signs), np.zeros(len(self.own)))
        return np.where(self.own, 0.0, total)

    def _slack(self, cell: int, sign: float) -> Floats:
        system = self.system
        multipliers = np.zeros(system.matrix.shape[0])
        cost = np.where(self.unknown == cell, sign, 0.0)
        multipliers[self.rows] = self.programs.multipliers(cost)
        weights = -(system.matrix.T @ multipliers)
        weights[cell] += sign
        # The programme minimises sign * x: it falls with falls and rises of cells.
        fall, rise = np.maximum(weights, 0.0), np.maximum(-weights, 0.0)
        fall, rise = np.where(fall > EPSILON, fall, 0.0), np.where(rise > EPSILON, rise, 0.0)
        room = np.maximum(upper_bounds(system) - system.values, 0.0)
        return np.asarray(fall * (system.values - system.floors) + rise * room)
