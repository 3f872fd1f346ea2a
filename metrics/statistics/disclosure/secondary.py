"""Which further values must be withheld so that no withheld one can be worked out.

Secondary suppression by integer programming: the least sum of values that protects every hidden
cell, found with cuts from the attacker's own linear programs (Fischetti and Salazar; Handbook on
Statistical Disclosure Control, sdcTools/HandbookSDC at eef4a18, chapter 4.2).
"""

from collections.abc import Callable, Iterator, Sequence
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
    attack_system,
)
from metrics.statistics.disclosure.constraint_system import (
    EPSILON,
    NOBODY,
    ConstraintSystem,
    Flags,
    Floats,
    Indices,
    blocks,
)

# Branch and bound stops there with the best pattern found: a limit in nodes, not in time, so that
# building again gives the same release.
PATTERN_NODES = 10_000
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
    def required(self) -> ProtectionLevels:
        """Levels of every cell; primary cells are protected from other States as well."""
        return ProtectionLevels(
            self.width, self.above, self.primary & (self.system.owner != NOBODY)
        )

    @property
    def hideable(self) -> Flags:
        """Cells that can be withheld."""
        return np.asarray(self.primary | self.may_hide)

    def part(self, cells: Indices) -> "SuppressionProblem":
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
    """Cells to withhold, and tables that prove what an attacker cannot know of them."""

    hidden: Flags
    tables: list[AlternativeTable]


SolveBlock = Callable[[SuppressionProblem], Pattern]


def find_pattern(problem: SuppressionProblem, solve_block: SolveBlock | None = None) -> Pattern:
    """The primary cells, and those that must be withheld to protect them, block by block.

    A block rests on nothing outside it: `solve_block` may take its pattern from an earlier build.
    """
    solve_block = solve_block or pattern_of_block
    hidden, tables = problem.primary.copy(), list[AlternativeTable]()
    for cells in blocks(problem.system):
        if problem.primary[cells].any():
            part = solve_block(problem.part(cells))
            hidden[cells] = part.hidden
            tables += [table.renumbered(cells) for table in part.tables]
    return Pattern(hidden, tables)


def pattern_of_block(problem: SuppressionProblem) -> Pattern:
    """The cheapest pattern that protects all cells, or all but those that nothing protects."""
    found = search_pattern(problem)
    if found is None:
        found = search_pattern(problem, frozenset(find_exposures(problem, problem.hideable)))
    return found or Pattern(problem.hideable, [])


def search_pattern(
    problem: SuppressionProblem, hopeless: frozenset[Exposure] = frozenset()
) -> Pattern | None:
    """Solve, attack and add cuts until only `hopeless` cells, which nothing protects, are exposed.

    After the first rounds cells that were withheld stay withheld, so that the search ends.
    """
    cuts, always_hidden = [pair_cuts(problem), triple_cuts(problem)], problem.primary
    tables: list[AlternativeTable] = []
    for count in range(ROUNDS):
        hidden = cheapest_pattern(problem, cuts, always_hidden)
        if hidden is None:
            return None
        attack = attack_system(
            problem.system, hidden, problem.required, tables, CAREFUL if hopeless else FAST
        )
        tables += attack.tables
        exposures = [exposure for exposure in attack.exposures if exposure not in hopeless]
        if not exposures:
            return Pattern(hidden, _tables_within(tables, hidden | problem.system.unnamed))
        cuts.append(violated_cuts(problem, hidden, one_exposure_per_cell(exposures)))
        always_hidden = hidden if count >= PATIENCE else always_hidden
    return None


def _tables_within(tables: Sequence[AlternativeTable], unknown: Flags) -> list[AlternativeTable]:
    """The tables that hold under a pattern, because they differ in unknown cells only."""
    return [table for table in tables if unknown[table.cells].all()]


def cheapest_pattern(
    problem: SuppressionProblem, cuts: Sequence[Cuts], always_hidden: Flags
) -> Flags | None:
    """The pattern of least cost that satisfies all cuts; None where there is none."""
    found = milp(
        suppression_costs(problem.system.values),
        constraints=LinearConstraint(
            vstack([cut.matrix for cut in cuts], format="csr"),
            np.concatenate([cut.lower for cut in cuts]),
        ),
        integrality=np.ones(len(problem.primary), dtype=int),
        bounds=Bounds(always_hidden.astype(float), problem.hideable.astype(float)),
        options={"node_limit": PATTERN_NODES, "mip_rel_gap": 0.0},
    )
    return None if found.x is None else np.asarray(found.x > 1 / 2)


def suppression_costs(values: Floats) -> Floats:
    """What it costs to hide each cell: its value.

    A zero is often known to be one, and so protects little: it costs more than all others
    together, and is hidden only where nothing else helps.
    """
    return np.where(values > 0, values, 1 + values.sum())


def pair_cuts(problem: SuppressionProblem) -> Cuts:
    """No hidden cell may be alone in a relation: each needs another one of the relation."""
    return stack_cuts(
        problem,
        [
            (cells, np.where(cells == cell, -1.0, 1.0), 0.0)
            for cells in closed_relations(problem)
            for cell in cells
        ],
    )


def triple_cuts(problem: SuppressionProblem) -> Cuts:
    """A State's hidden figure needs those of two other States, or their total, hidden with it.

    Each State knows its own: with two figures withheld each would know the other's.
    """
    owner, private = problem.system.owner, problem.required.private
    rows = []
    for cells in closed_relations(problem):
        if len(set(owner[cells]) - {NOBODY}) > 1:
            weights = np.where(owner[cells] == NOBODY, 2.0, 1.0)
            own = cells[private[cells]]
            rows += [(cells, np.where(cells == cell, 0.0, weights), 2.0) for cell in own]
    return stack_cuts(problem, rows)


def closed_relations(problem: SuppressionProblem) -> list[Indices]:
    """The cells that can be hidden in each relation without a rest."""
    matrix = problem.system.matrix
    closed = abs(matrix) @ problem.system.unnamed.astype(float) == 0
    columns = matrix.indices.astype(np.intp)
    rows = [columns[start:end] for start, end in pairwise(matrix.indptr)]
    return [
        cells[problem.hideable[cells]] for cells, full in zip(rows, closed, strict=True) if full
    ]


def stack_cuts(problem: SuppressionProblem, rows: Sequence[tuple[Indices, Floats, float]]) -> Cuts:
    """One cut per row of cells, weights and lower bound, where the bound can be reached at all."""
    rows = [row for row in rows if row[1][row[1] > 0].sum() + min(row[1]) >= row[2]]
    starts = np.cumsum([0, *(len(cells) for cells, _, _ in rows)])
    columns = np.concatenate([np.zeros(0, dtype=np.intp), *(cells for cells, _, _ in rows)])
    entries = np.concatenate([np.zeros(0), *(weights for _, weights, _ in rows)])
    matrix = csr_array((entries, columns, starts), shape=(len(rows), len(problem.primary)))
    return Cuts(matrix, np.array([lower for _, _, lower in rows], dtype=float))


def find_exposures(problem: SuppressionProblem, hidden: Flags) -> list[Exposure]:
    """Hidden cells whose interval is too narrow or ends too low, and who knows that."""
    return attack_system(problem.system, hidden, problem.required, [], CAREFUL).exposures


def one_exposure_per_cell(exposures: Sequence[Exposure]) -> list[Exposure]:
    """What protects a cell from one State often protects it from others."""
    return list({exposure.cell: exposure for exposure in exposures}.values())


def is_unprotectable(problem: SuppressionProblem, cells: Flags) -> Flags:
    """Cells that stay exposed whatever is withheld, in the blocks of `cells`."""
    found = np.zeros(len(cells), dtype=bool)
    for block in blocks(problem.system):
        if cells[block].any():
            part = problem.part(block)
            exposed = [exposure.cell for exposure in find_exposures(part, part.hideable)]
            found[block[exposed]] = True
    return found


def is_too_narrow(problem: SuppressionProblem, low: Floats, high: Floats) -> Flags:
    near = high - problem.system.values < problem.above - EPSILON
    return np.asarray((high - low < problem.width - EPSILON) | near)


def violated_cuts(
    problem: SuppressionProblem, hidden: Flags, exposures: Sequence[Exposure]
) -> Cuts:
    """Cuts that forbid this pattern: more must be hidden of what gives exposed cells away."""
    levers = {
        state: Leverage(problem.system, hidden, state)
        for state in {exposure.state for exposure in exposures}
    }
    rows = [
        row
        for exposure in exposures
        for row in _cuts_for_cell(problem, hidden, exposure.cell, levers[exposure.state])
    ]
    weights = np.array(rows)
    matrix = csr_array(np.where(problem.system.unnamed, 0.0, weights))
    return Cuts(matrix, -np.asarray(weights[:, problem.system.unnamed].sum(axis=1)))


def _cuts_for_cell(
    problem: SuppressionProblem, hidden: Flags, cell: int, lever: Leverage
) -> Iterator[Floats]:
    """`leverage @ hidden >= need`, where the cell is hidden at all: in width, and upwards.

    Then that anything more must be hidden: whole numbers, and the search's own limits, can leave a
    cell in doubt to which the first two see no objection.
    """
    needs = {(1.0, -1.0): problem.width[cell], (-1.0,): problem.above[cell]}
    for signs, need in needs.items():
        if need > 0:
            loosened = np.minimum(lever.leverage_on(cell, signs), need)
            loosened[cell] -= need
            yield loosened
    further = np.where(hidden, 0.0, 1.0)
    further[cell] = -1.0
    yield np.where(problem.system.unnamed, 0.0, further)
