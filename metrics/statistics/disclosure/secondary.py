"""Secondary suppression: which further values to suppress to protect the primary ones.

By integer programming: the smallest sum of suppressed values that protects every hidden cell,
found with cuts from the attacker's own linear programs (Fischetti and Salazar; Handbook on
Statistical Disclosure Control, sdcTools/HandbookSDC at eef4a18, chapter 4.2).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
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
    NO_OWNER,
    ConstraintSystem,
    Flags,
    Floats,
    Indices,
    blocks,
)

# At this limit branch and bound stops with the best pattern found. It is a number of nodes, not a
# time, so that another build gives the same release.
PATTERN_NODES = 10_000
ROUNDS = 100
PATIENCE = 1


@dataclass(frozen=True)
class SuppressionProblem:
    """A system of equations with the protection that each cell requires."""

    system: ConstraintSystem
    primary: Flags
    may_hide: Flags  # not if an earlier release has shown the cell
    above: Floats  # upper protection level: how far the interval must extend above the value
    width: Floats  # required width of a hidden cell's interval: 1 for counts

    @property
    def required(self) -> ProtectionLevels:
        """Protection levels; primary cells are protected from other States as well."""
        return ProtectionLevels(
            self.width, self.above, self.primary & (self.system.owner != NO_OWNER)
        )

    @property
    def hideable(self) -> Flags:
        """Cells that may be suppressed."""
        return np.asarray(self.primary | self.may_hide)

    def part(self, cells: Indices) -> "SuppressionProblem":
        return SuppressionProblem(
            self.system.part(cells), self.primary[cells], self.may_hide[cells],
            self.above[cells], self.width[cells],
        )  # fmt: skip


@dataclass(frozen=True)
class Cuts:
    """Constraints on a pattern of hidden cells: `matrix @ hidden >= lower`."""

    matrix: csr_array
    lower: Floats


class Pattern(NamedTuple):
    """Cells to suppress, and alternative tables that prove their protection."""

    hidden: Flags
    tables: list[AlternativeTable]


SolveBlock = Callable[[SuppressionProblem], Pattern]


def find_pattern(problem: SuppressionProblem, solve_block: SolveBlock | None = None) -> Pattern:
    """The primary cells, and further cells that protect them, block by block.

    A block is independent of others, so `solve_block` may return its pattern of an earlier build.
    """
    solve_block = solve_block or pattern_of_block
    hidden, tables = problem.primary.copy(), list[AlternativeTable]()
    for cells in blocks(problem.system):
        if problem.primary[cells].any():
            part = narrow_pattern(problem.part(cells), solve_block)
            hidden[cells] = part.hidden
            tables += [table.renumbered(cells) for table in part.tables]
    return Pattern(hidden, tables)


def narrow_pattern(problem: SuppressionProblem, solve_block: SolveBlock) -> Pattern:
    """Solve again, choosing only among the suppressed cells, until all of them are needed.

    So the same figures have the same pattern in the next release, in which cells that were shown
    can no longer be suppressed.
    """
    pattern = solve_block(problem)
    while (pattern.hidden != problem.hideable).any():
        problem = replace(problem, may_hide=problem.may_hide & pattern.hidden)
        pattern = solve_block(problem)
    return pattern


def pattern_of_block(problem: SuppressionProblem) -> Pattern:
    """The cheapest pattern that protects all cells, or all that can be protected."""
    pattern = search_pattern(problem)
    if pattern is None:
        pattern = search_pattern(problem, frozenset(find_exposures(problem, problem.hideable)))
    return pattern or Pattern(problem.hideable, [])


def search_pattern(
    problem: SuppressionProblem, hopeless: frozenset[Exposure] = frozenset()
) -> Pattern | None:
    """Solve, attack and add cuts until only the `hopeless` cells are exposed.

    After the first rounds, suppressed cells stay suppressed, so that the search terminates.
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
            # Possible tables differ only in unknown cells.
            unknown = hidden | problem.system.always_unknown
            return Pattern(hidden, [table for table in tables if unknown[table.cells].all()])
        cuts.append(violated_cuts(problem, hidden, one_exposure_per_cell(exposures)))
        always_hidden = hidden if count >= PATIENCE else always_hidden
    return None


def cheapest_pattern(
    problem: SuppressionProblem, cuts: Sequence[Cuts], always_hidden: Flags
) -> Flags | None:
    """The pattern of least cost that satisfies all cuts; None if there is none."""
    solution = milp(
        suppression_costs(problem.system.values),
        constraints=LinearConstraint(
            vstack([cut.matrix for cut in cuts], format="csr"),
            np.concatenate([cut.lower for cut in cuts]),
        ),
        integrality=np.ones(len(problem.primary), dtype=int),
        bounds=Bounds(always_hidden.astype(float), problem.hideable.astype(float)),
        options={"node_limit": PATTERN_NODES, "mip_rel_gap": 0.0},
    )
    return None if solution.x is None else np.asarray(solution.x > 1 / 2)


def suppression_costs(values: Floats) -> Floats:
    """The cost of hiding each cell: its value.

    Zeros are often known, so hiding them gives little protection. A zero therefore costs more than
    all other cells together, and is hidden only if nothing else protects a cell.
    """
    return np.where(values > 0, values, 1 + values.sum())


def pair_cuts(problem: SuppressionProblem) -> Cuts:
    """No hidden cell may be alone in a relation: another cell must be hidden too."""
    return stack_cuts(
        problem,
        [
            (cells, np.where(cells == cell, -1.0, 1.0), 0.0)
            for cells in closed_relations(problem)
            for cell in cells
        ],
    )


def triple_cuts(problem: SuppressionProblem) -> Cuts:
    """If the figure of a State is hidden, hide those of two other States, or their total.

    Each State knows its own figure. If only two were suppressed, each could infer the other.
    """
    owner, private = problem.system.owner, problem.required.private
    rows = []
    for cells in closed_relations(problem):
        if len(set(owner[cells]) - {NO_OWNER}) > 1:
            weights = np.where(owner[cells] == NO_OWNER, 2.0, 1.0)
            own = cells[private[cells]]
            rows += [(cells, np.where(cells == cell, 0.0, weights), 2.0) for cell in own]
    return stack_cuts(problem, rows)


def closed_relations(problem: SuppressionProblem) -> list[Indices]:
    """The cells that may be hidden in each relation without a slack."""
    matrix = problem.system.matrix
    closed = abs(matrix) @ problem.system.always_unknown.astype(float) == 0
    columns = matrix.indices.astype(np.intp)
    rows = [columns[start:end] for start, end in pairwise(matrix.indptr)]
    return [
        cells[problem.hideable[cells]] for cells, full in zip(rows, closed, strict=True) if full
    ]


def stack_cuts(problem: SuppressionProblem, rows: Sequence[tuple[Indices, Floats, float]]) -> Cuts:
    """Make a cut from each row of cells, weights and lower bound; omit bounds out of reach."""
    rows = [row for row in rows if row[1][row[1] > 0].sum() + min(row[1]) >= row[2]]
    starts = np.cumsum([0, *(len(cells) for cells, _, _ in rows)])
    columns = np.concatenate([np.zeros(0, dtype=np.intp), *(cells for cells, _, _ in rows)])
    entries = np.concatenate([np.zeros(0), *(weights for _, weights, _ in rows)])
    matrix = csr_array((entries, columns, starts), shape=(len(rows), len(problem.primary)))
    return Cuts(matrix, np.array([lower for _, _, lower in rows], dtype=float))


def find_exposures(problem: SuppressionProblem, hidden: Flags) -> list[Exposure]:
    """Hidden cells whose interval is too narrow or ends too low, and who can infer them."""
    return attack_system(problem.system, hidden, problem.required, [], CAREFUL).exposures


def one_exposure_per_cell(exposures: Sequence[Exposure]) -> list[Exposure]:
    """Keep one exposure of each cell: protection from one State often protects from others too."""
    return list({exposure.cell: exposure for exposure in exposures}.values())


def is_unprotectable(problem: SuppressionProblem, cells: Flags) -> Flags:
    """Cells that are exposed whatever is suppressed, within the blocks of `cells`."""
    exposed_cells = np.zeros(len(cells), dtype=bool)
    for block in blocks(problem.system):
        if cells[block].any():
            part = problem.part(block)
            exposed = [exposure.cell for exposure in find_exposures(part, part.hideable)]
            exposed_cells[block[exposed]] = True
    return exposed_cells


def is_too_narrow(problem: SuppressionProblem, low: Floats, high: Floats) -> Flags:
    near = high - problem.system.values < problem.above - EPSILON
    return np.asarray((high - low < problem.width - EPSILON) | near)


def violated_cuts(
    problem: SuppressionProblem, hidden: Flags, exposures: Sequence[Exposure]
) -> Cuts:
    """Cuts that exclude this pattern: more of the cells that expose its cells must be hidden."""
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
    matrix = csr_array(np.where(problem.system.always_unknown, 0.0, weights))
    return Cuts(matrix, -np.asarray(weights[:, problem.system.always_unknown].sum(axis=1)))


def _cuts_for_cell(
    problem: SuppressionProblem, hidden: Flags, cell: int, lever: Leverage
) -> Iterator[Floats]:
    """`leverage @ hidden >= need`, if the cell is hidden: for its width and its upper end.

    A third cut requires any further cell to be hidden, because integrality, or the limits of the
    search, can leave a cell exposed although the first two cuts are satisfied.
    """
    needs = {(1.0, -1.0): problem.width[cell], (-1.0,): problem.above[cell]}
    for signs, need in needs.items():
        if need > 0:
            loosened = np.minimum(lever.leverage_on(cell, signs), need)
            loosened[cell] -= need
            yield loosened
    further = np.where(hidden, 0.0, 1.0)
    further[cell] = -1.0
    yield np.where(problem.system.always_unknown, 0.0, further)
