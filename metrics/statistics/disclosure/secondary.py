"""Which further values must be withheld so that no withheld one can be worked out.

Secondary suppression by integer programming: the least sum of values that protects every hidden
cell, found with cuts from the attacker's own programmes (Fischetti and Salazar; Handbook on
Statistical Disclosure Control, sdcTools/HandbookSDC at eef4a18, chapter 4.2).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, vstack

from metrics.statistics.disclosure.attack import (
    CAREFUL,
    FAST,
    AlternativeTable,
    Exposure,
    Leverage,
    ProtectionLevels,
    known,
)
from metrics.statistics.disclosure.constraint_system import (
    EPSILON,
    NOBODY,
    ConstraintSystem,
    Flags,
    Floats,
    Places,
    blocks,
)

# Branch and bound stops there with the best pattern found: a limit in nodes, not in time, so that
# building again gives the same release.
NODES = 10_000
ROUNDS = 100
PATIENCE = 1


@dataclass(frozen=True)
class SuppressionProblem:
    """A system with what must be protected in it, cell by cell."""

    system: ConstraintSystem
    primary: Flags
    may_hide: Flags  # cells that can be withheld: not those that an earlier release has shown
    above: Floats  # protection level: how far above its value a cell must seem possible
    width: (
        Floats  # how wide the interval of a hidden cell must be: 1 where whole things are counted
    )

    @property
    def wanted(self) -> ProtectionLevels:
        """Nothing at all is known that is primary, not even to the other states."""
        return ProtectionLevels(
            self.width, self.above, self.primary & (self.system.owner != NOBODY)
        )

    @property
    def most(self) -> Flags:
        """All that can be withheld."""
        return np.asarray(self.primary | self.may_hide)

    def part(self, cells: Places) -> "SuppressionProblem":
        return SuppressionProblem(
            self.system.part(cells), self.primary[cells], self.may_hide[cells],
            self.above[cells], self.width[cells],
        )  # fmt: skip


@dataclass(frozen=True)
class Cuts:
    """What a pattern of hidden cells must satisfy: `matrix @ hidden >= lower`."""

    matrix: csr_array
    lower: Floats


class Pattern(NamedTuple):
    """Cells to withhold, and tables that show what an attacker cannot know of them."""

    hidden: Flags
    found: list[AlternativeTable]


def pattern(case: SuppressionProblem) -> Pattern:
    """The primary cells, and those that must be withheld to protect them. Block by block."""
    hidden, found = case.primary.copy(), list[AlternativeTable]()
    for cells in blocks(case.system):
        if case.primary[cells].any():
            part = pattern_of_block(case.part(cells))
            hidden[cells] = part.hidden
            found += [each.at(cells) for each in part.found]
    return Pattern(hidden, found)


def pattern_of_block(case: SuppressionProblem) -> Pattern:
    """The least pattern that protects all; or all that it can, where that cannot be."""
    found = protecting(case)
    if found is None:
        found = protecting(case, frozenset(doubtful(case, case.most)))
    return found or Pattern(case.most, [])


def protecting(case: SuppressionProblem, lost: frozenset[Exposure] = frozenset()) -> Pattern | None:
    """Solve, attack, cut, until nothing is worked out but what nothing protects any more.

    After a while what was withheld once stays withheld: from then on each round ends nearer.
    """
    cuts, kept = [pairs(case), triples(case)], case.primary
    tried: list[AlternativeTable] = []
    for count in range(ROUNDS):
        hidden = cheapest(case, cuts, kept)
        if hidden is None:
            return None
        found = known(case.system, hidden, case.wanted, tried, CAREFUL if lost else FAST)
        tried += found.found
        doubts = [each for each in found.doubts if each not in lost]
        if not doubts:
            return Pattern(hidden, tried)
        cuts.append(cutting(case, hidden, one_each(doubts)))
        kept = hidden if count >= PATIENCE else kept
    return None


def cheapest(case: SuppressionProblem, cuts: Sequence[Cuts], kept: Flags) -> Flags | None:
    """The pattern of least cost that satisfies all cuts; None where there is none."""
    found = milp(
        costs(case.system.values),
        constraints=LinearConstraint(
            vstack([each.matrix for each in cuts], format="csr"),
            np.concatenate([each.lower for each in cuts]),
        ),
        integrality=np.ones(len(case.primary), dtype=int),
        bounds=Bounds(kept.astype(float), case.most.astype(float)),
        options={"node_limit": NODES, "mip_rel_gap": 0.0},
    )
    return None if found.x is None else np.asarray(found.x > 1 / 2)


def costs(values: Floats) -> Floats:
    """What it costs to hide each cell: its value.

    A zero is often known to be one, and so protects little: it costs more than all others
    together, and is hidden only where nothing else helps.
    """
    return np.where(values > 0, values, 1 + values.sum())


def pairs(case: SuppressionProblem) -> Cuts:
    """In no relation may a hidden cell stand alone: for each cell, another of the relation."""
    return stacked(
        case,
        [
            (cells, np.where(cells == cell, -1.0, 1.0), 0.0)
            for cells in whole(case)
            for cell in cells
        ],
    )


def triples(case: SuppressionProblem) -> Cuts:
    """A state's figure needs those of two other states beside it, or their total.

    Each state knows its own: with two of them withheld each would know the other.
    """
    owner, private = case.system.owner, case.wanted.private
    rows = []
    for cells in whole(case):
        if len(set(owner[cells]) - {NOBODY}) > 1:
            weights = np.where(owner[cells] == NOBODY, 2.0, 1.0)
            own = cells[private[cells]]
            rows += [(cells, np.where(cells == cell, 0.0, weights), 2.0) for cell in own]
    return stacked(case, rows)


def whole(case: SuppressionProblem) -> list[Places]:
    """The cells that can be hidden in each relation that has no rest."""
    matrix = case.system.matrix
    closed = abs(matrix) @ case.system.unnamed.astype(float) == 0
    columns = matrix.indices.astype(np.intp)
    rows = [columns[start:end] for start, end in pairwise(matrix.indptr)]
    return [cells[case.most[cells]] for cells, full in zip(rows, closed, strict=True) if full]


def stacked(case: SuppressionProblem, rows: Sequence[tuple[Places, Floats, float]]) -> Cuts:
    """One cut for each: its cells, their weights, what these must come to, if they can."""
    rows = [row for row in rows if row[1][row[1] > 0].sum() + min(row[1]) >= row[2]]
    starts = np.cumsum([0, *(len(cells) for cells, _, _ in rows)])
    columns = np.concatenate([np.zeros(0, dtype=np.intp), *(cells for cells, _, _ in rows)])
    entries = np.concatenate([np.zeros(0), *(weights for _, weights, _ in rows)])
    matrix = csr_array((entries, columns, starts), shape=(len(rows), len(case.primary)))
    return Cuts(matrix, np.array([lower for _, _, lower in rows], dtype=float))


def doubtful(case: SuppressionProblem, hidden: Flags) -> list[Exposure]:
    """Hidden cells whose interval is too narrow, or ends too little above the value; to whom."""
    return known(case.system, hidden, case.wanted, [], CAREFUL).doubts


def one_each(doubts: Sequence[Exposure]) -> list[Exposure]:
    """What protects a cell from one state often does from others."""
    return list({each.cell: each for each in doubts}.values())


def beyond_help(case: SuppressionProblem, cells: Flags) -> Flags:
    """Which of these cells' blocks hold something that stays known whatever is withheld."""
    found = np.zeros(len(cells), dtype=bool)
    for block in blocks(case.system):
        if cells[block].any():
            part = case.part(block)
            found[block[[each.cell for each in doubtful(part, part.most)]]] = True
    return found


def too_narrow(case: SuppressionProblem, low: Floats, high: Floats) -> Flags:
    near = high - case.system.values < case.above - EPSILON
    return np.asarray((high - low < case.width - EPSILON) | near)


def cutting(case: SuppressionProblem, hidden: Flags, doubts: Sequence[Exposure]) -> Cuts:
    """Cuts that forbid the pattern: more must be hidden of what gives the weak cells away."""
    levers = {
        state: Leverage(case.system, hidden, state) for state in {each.state for each in doubts}
    }
    rows = [row for each in doubts for row in _cuts(case, hidden, each.cell, levers[each.state])]
    weights = np.array(rows)
    matrix = csr_array(np.where(case.system.unnamed, 0.0, weights))
    return Cuts(matrix, -np.asarray(weights[:, case.system.unnamed].sum(axis=1)))


def _cuts(case: SuppressionProblem, hidden: Flags, cell: int, lever: Leverage) -> Iterator[Floats]:
    """`leverage @ hidden >= need`, where the cell is hidden at all: in width, and upwards.

    Then that anything more must be hidden: whole numbers, and the search's own limits, can leave a
    cell in doubt to which the first two see no objection.
    """
    needs = {(1.0, -1.0): case.width[cell], (-1.0,): case.above[cell]}
    for signs, need in needs.items():
        if need > 0:
            loosened = np.minimum(lever.on(cell, signs), need)
            loosened[cell] -= need
            yield loosened
    further = np.where(hidden, 0.0, 1.0)
    further[cell] = -1.0
    yield np.where(case.system.unnamed, 0.0, further)
