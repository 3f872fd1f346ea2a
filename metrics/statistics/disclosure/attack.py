"""Find what an attacker can infer from a release: the interval of each suppressed value.

By integer programming. The attacker knows every relation, every value that is shown, that no value
is negative, that counts are whole, and which counts are not zero. Each Member State knows its own
cells as well. Source: Handbook on Statistical Disclosure Control (sdcTools/HandbookSDC at eef4a18),
chapter 4.2.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

import numpy as np

from metrics.statistics.disclosure.constraint_system import (
    EPSILON,
    NO_OWNER,
    ConstraintSystem,
    Flags,
    Floats,
    Indices,
    blocks,
    upper_bounds,
)
from metrics.statistics.disclosure.linear_programs import LinearPrograms

DIRECTIONS = 4
EXPOSED_SHARE = 16  # stop the attack and add cuts once 1 in 16 cells of a block is exposed
TABLES_AT_ONCE = 256  # checked together; more would only need more memory
NO_BLOCK = -1  # in place of a block number

Effort = Literal["exact", "careful", "fast"]
EXACT: Effort = "exact"  # find both ends of every interval
CAREFUL: Effort = "careful"  # stop at tables that prove the required protection
FAST: Effort = "fast"  # stop once enough is exposed; try States only if the public learns nothing


class ProtectionLevels(NamedTuple):
    """The required protection: the interval's width, and how far it ends above the value."""

    width: Floats
    above: Floats
    private: Flags  # protected from the other States too

    def part(self, cells: Indices) -> "ProtectionLevels":
        return ProtectionLevels(self.width[cells], self.above[cells], self.private[cells])


class Exposure(NamedTuple):
    """A cell that is not protected enough, and who can infer it: a State, or the public."""

    cell: int
    state: int


class AlternativeTable(NamedTuple):
    """A table that satisfies all relations, as the cells in which it differs from the true one.

    It is possible under every pattern that hides these cells.
    """

    cells: Indices
    by: Floats

    def renumbered(self, cells: Indices) -> "AlternativeTable":
        """Translate its cell numbers, which are positions in `cells`, to the numbers in `cells`."""
        return AlternativeTable(cells[self.cells], self.by)


class AttackResult(NamedTuple):
    """The interval of each cell for the public, all exposures, and all tables found."""

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
    """The smallest and the largest possible value of each hidden cell; NaN for other cells.

    `known_tables` holds tables that were found before, under this pattern or another.
    """
    low, high = np.full((2, len(system.values)), np.nan)
    exposures: list[Exposure] = []
    tables: list[AlternativeTable] = []
    unknown = np.flatnonzero(hidden | system.always_unknown)
    view = system.attacker_view(hidden)
    parts = [unknown[cells] for cells in blocks(view)]
    usable = tables_by_block(parts, known_tables, len(low))
    for cells, numbers in zip(blocks(view), parts, strict=True):
        if not view.always_unknown[cells].all():
            search = BlockAttack(view.part(cells), required.part(numbers), effort)
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
    """Group the tables that differ within one block only, by the first cell of the block."""
    part_of = np.full(size, NO_BLOCK)
    for cells in parts:
        part_of[cells] = cells[0]
    usable: dict[int, list[AlternativeTable]] = {}
    for table in tables:
        first = part_of[table.cells]
        if first[0] != NO_BLOCK and (first == first[0]).all():
            usable.setdefault(int(first[0]), []).append(table)
    return usable


class BlockAttack:
    """Possible tables of one block, and the range of each cell over those found so far.

    In `low` and `high` the first row is for the public, each further one for a State that knows its
    own cells: only tables that leave these cells unchanged count for it.
    """

    def __init__(
        self, system: ConstraintSystem, required: ProtectionLevels, effort: Effort
    ) -> None:
        self.system, self.required, self.effort = system, required, effort
        owners = system.owner[system.owner != NO_OWNER]
        self.states = np.unique(owners if required.private.any() else owners[:0])
        self.knows = np.vstack([system.owner == state for state in (NO_OWNER - 1, *self.states)])
        self.low = np.tile(system.values, (len(self.knows), 1))
        self.high = self.low.copy()
        self.programs = LinearPrograms(system)
        self.tables: list[AlternativeTable] = []
        self.exposures: list[Exposure] = []

    def start(self, known_tables: Sequence[AlternativeTable], cells: Indices) -> None:
        """Use tables found earlier if they satisfy all relations of this system."""
        for first in range(0, len(known_tables), TABLES_AT_ONCE):
            some = known_tables[first : first + TABLES_AT_ONCE]
            tables = np.tile(self.system.values, (len(some), 1))
            for table, known in zip(tables, some, strict=True):
                table[np.searchsorted(cells, known.cells)] += known.by
            self.widen_ranges(tables[self.fit(tables)])

    def fit(self, tables: Floats) -> Flags:
        """Which tables, one per row, satisfy all relations."""
        off = abs(self.system.matrix @ tables.T - self.system.constants[:, np.newaxis])
        at_least = (tables >= self.system.floors - EPSILON).all(axis=1)
        return np.asarray((off < EPSILON).all(axis=0) & at_least)

    def widen_ranges(self, tables: Floats) -> None:
        """Count possible tables, one per row, for all attackers whose own cells they keep."""
        moved = abs(tables - self.system.values) > EPSILON
        for known, low, high in zip(self.knows, self.low, self.high, strict=True):
            possible = tables[~moved[:, known].any(axis=1)]
            low[:] = possible.min(axis=0, initial=np.inf).clip(max=low)
            high[:] = possible.max(axis=0, initial=-np.inf).clip(min=high)

    def run(self) -> None:
        """Attack as the public, then as many States at once, then as each State for the rest."""
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

        A table that leaves these cells unchanged counts for each of these States. Any two States
        are separated by one of the halves.
        """
        numbers = np.arange(len(self.states))
        for bit in range(len(self.states).bit_length()):
            for side in (0, 1):
                yield self.knows[1:][numbers >> bit & 1 == side].any(axis=0)

    def attack_cells(self, attacker: int, *, every: bool = False) -> None:
        for cell in np.flatnonzero(
            ~self.system.always_unknown & (every | ~self.is_protected()[attacker])
        ):
            if self.effort is FAST and len(self.exposures) * EXPOSED_SHARE >= len(self.knows[0]):
                return
            if every or not self.is_protected()[attacker, cell]:
                self.find_ends(int(cell), attacker)
            if not self.is_protected()[attacker, cell]:
                state = NO_OWNER if attacker == 0 else int(self.states[attacker - 1])
                self.exposures.append(Exposure(int(cell), state))

    def is_protected(self) -> Flags:
        """Whether protection is sufficient: one row per attacker, one column per cell."""
        wide_enough = self.high - self.low >= self.required.width - EPSILON
        high_enough = self.high - self.system.values >= self.required.above - EPSILON
        not_required = self.knows | ~self.required.private
        not_required[0] = False
        return np.asarray((wide_enough & high_enough) | not_required | self.system.always_unknown)

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
        """Find extreme tables in random directions: they prove most cells at once."""
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
    """By how much hiding each cell would widen somebody's interval of another cell.

    From the dual values of the attacker's two linear programs: whatever else is hidden, the
    interval of the cell is never wider than the sum of the leverages of the hidden cells (Fischetti
    and Salazar). Hiding a State's own cells does not widen its intervals.
    """

    def __init__(self, system: ConstraintSystem, hidden: Flags, state: int) -> None:
        self.system = system
        self.own = (system.owner == state) & (state != NO_OWNER)
        self.unknown = np.flatnonzero((hidden & ~self.own) | system.always_unknown)
        self.rows = np.flatnonzero(np.diff(system.matrix[:, self.unknown].indptr))
        self.programs = LinearPrograms(system.attacker_view(hidden & ~self.own))

    def leverage_on(self, cell: int, signs: tuple[float, ...] = (1.0, -1.0)) -> Floats:
        """The leverage on the lower end of the cell's interval (1), the upper (-1), or both."""
        total = sum((self._slack(cell, sign) for sign in signs), np.zeros(len(self.own)))
        return np.where(self.own, 0.0, total)

    def _slack(self, cell: int, sign: float) -> Floats:
        system = self.system
        multipliers = np.zeros(system.matrix.shape[0])
        cost = np.where(self.unknown == cell, sign, 0.0)
        multipliers[self.rows] = self.programs.multipliers(cost)
        weights = -(system.matrix.T @ multipliers)
        weights[cell] += sign
        # The program minimises sign * x, which decreases with the falls and rises of cells.
        fall, rise = np.maximum(weights, 0.0), np.maximum(-weights, 0.0)
        fall, rise = np.where(fall > EPSILON, fall, 0.0), np.where(rise > EPSILON, rise, 0.0)
        room = np.maximum(upper_bounds(system) - system.values, 0.0)
        return np.asarray(fall * (system.values - system.floors) + rise * room)
