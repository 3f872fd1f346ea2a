"""Which further values must be withheld so that no withheld one can be worked out.

Secondary suppression by integer programming: the least sum of values that protects every hidden
cell, found with cuts from the attacker's own programmes (Fischetti and Salazar; Handbook on
Statistical Disclosure Control, sdcTools/HandbookSDC at eef4a18, chapter 4.2).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, vstack

from metrics.disclosure.attack import (
    EPSILON,
    Flags,
    Floats,
    Places,
    System,
    Wanted,
    blocks,
    intervals,
    leverage,
)

# Branch and bound stops there with the best pattern found: a limit in nodes, not in time, so that
# building again gives the same release.
NODES = 10_000
ROUNDS = 50
PAIR = 2
CUTS = 40  # for so many cells at a time


@dataclass(frozen=True)
class Case:
    """A system with what must be protected in it, cell by cell."""

    system: System
    primary: Flags
    may_hide: Flags  # cells that can be withheld: not those that an earlier release has shown
    above: Floats  # protection level: how far above its value a cell must seem possible
    width: (
        Floats  # how wide the interval of a hidden cell must be: 1 where whole things are counted
    )
    single: Flags  # counts of one, whose one contributor knows it

    def part(self, cells: Places) -> "Case":
        return Case(
            self.system.part(cells), self.primary[cells], self.may_hide[cells],
            self.above[cells], self.width[cells], self.single[cells],
        )  # fmt: skip


@dataclass(frozen=True)
class Cuts:
    """What a pattern of hidden cells must satisfy: `matrix @ hidden >= lower`."""

    matrix: csr_array
    lower: Floats


def hidden_cells(case: Case) -> Flags:
    """The primary cells, and those that must be withheld to protect them. Block by block."""
    hidden = case.primary.copy()
    for cells in blocks(case.system):
        if case.primary[cells].any():
            hidden[cells] = hidden_in_block(case.part(cells))
    return hidden


def hidden_in_block(case: Case) -> Flags:
    """Solve, attack, cut, until nothing is worked out; at worst everything is withheld."""
    cuts = [pairs(case), singles(case)]
    for _ in range(ROUNDS):
        hidden = cheapest(case, cuts)
        if hidden is None:
            break
        weak = unprotected(case, hidden)
        if not weak.any():
            return hidden
        cuts.append(cutting(case, hidden, weak))
    return case.primary | case.may_hide


def cheapest(case: Case, cuts: Sequence[Cuts]) -> Flags | None:
    """The pattern of least cost that satisfies all cuts; None where there is none."""
    can = case.primary | case.may_hide
    found = milp(
        costs(case.system.values),
        constraints=LinearConstraint(
            vstack([each.matrix for each in cuts], format="csr"),
            np.concatenate([each.lower for each in cuts]),
        ),
        integrality=np.ones(len(can), dtype=int),
        bounds=Bounds(case.primary.astype(float), can.astype(float)),
        options={"node_limit": NODES, "mip_rel_gap": 0.0},
    )
    return None if found.x is None else np.asarray(found.x > 1 / 2)


def costs(values: Floats) -> Floats:
    """What it costs to hide each cell: its value.

    A zero is often known to be one, and so protects little: it costs more than all others
    together, and is hidden only where nothing else helps.
    """
    return np.where(values > 0, values, 1 + values.sum())


def pairs(case: Case) -> Cuts:
    """In no relation may a hidden cell stand alone: for each cell, another of the relation."""
    rows = [
        np.where(np.arange(len(cells)) == one, -1.0, 1.0)
        for cells in whole(case)
        for one in range(len(cells))
    ]
    places = [cells for cells in whole(case) for _ in cells]
    return stacked(case, places, rows, [0.0] * len(rows))


def singles(case: Case) -> Cuts:
    """Two counts of one may not be the only hidden parts of a relation: each would know the other.

    The handbook's minimum standard PS2. A total of one and its only part are the same one.
    """
    alone = two_ones(case.system.matrix, case.single)[without_rest(case)]
    others = [
        cells[~case.single[cells]] for cells, two in zip(whole(case), alone, strict=True) if two
    ]
    return stacked(case, others, [np.ones(len(cells)) for cells in others], [1.0] * len(others))


def two_ones(matrix: csr_array, ones: Flags) -> Flags:
    """Relations that have just two of these cells, on the same side."""
    return np.asarray((abs(matrix) @ ones.astype(float) == PAIR) & (abs(matrix @ ones) == PAIR))


def without_rest(case: Case) -> Flags:
    return np.asarray(abs(case.system.matrix) @ case.system.unnamed.astype(float) == 0)


def whole(case: Case) -> list[Places]:
    """The cells that can be hidden in each relation that has no rest."""
    matrix = case.system.matrix
    columns = matrix.indices.astype(np.intp)
    rows = [columns[start:end] for start, end in pairwise(matrix.indptr)]
    can = case.primary | case.may_hide
    closed = without_rest(case)
    return [cells[can[cells]] for cells, full in zip(rows, closed, strict=True) if full]


def stacked(
    case: Case, places: Sequence[Places], weights: Sequence[Floats], lower: Sequence[float]
) -> Cuts:
    starts = np.cumsum([0, *map(len, places)])
    columns = np.concatenate([*places, np.zeros(0, dtype=np.intp)])
    entries = np.concatenate([*weights, np.zeros(0)])
    shape = (len(places), len(case.system.values))
    return Cuts(csr_array((entries, columns, starts), shape=shape), np.asarray(lower, dtype=float))


def unprotected(case: Case, hidden: Flags) -> Flags:
    """Hidden cells whose interval is too narrow, or ends too little above the value."""
    low, high = intervals(case.system, hidden, Wanted(case.width, case.above)).T
    narrow = high - low < case.width - EPSILON
    near = high - case.system.values < case.above - EPSILON
    return np.asarray(hidden & (narrow | near))


def cutting(case: Case, hidden: Flags, weak: Flags) -> Cuts:
    """Cuts that forbid the pattern: more must be hidden of what gives the weak cells away."""
    rows = [row for cell in np.flatnonzero(weak)[:CUTS] for row in _cuts(case, hidden, int(cell))]
    weights = np.array(rows)
    matrix = csr_array(np.where(case.system.unnamed, 0.0, weights))
    return Cuts(matrix, -np.asarray(weights[:, case.system.unnamed].sum(axis=1)))


def _cuts(case: Case, hidden: Flags, cell: int) -> Iterator[Floats]:
    """`leverage @ hidden >= need`, where the cell is hidden at all: in width, and upwards."""
    needs = {(1.0, -1.0): case.width[cell], (-1.0,): case.above[cell]}
    for signs, need in needs.items():
        if need > 0:
            loosened = np.minimum(leverage(case.system, hidden, cell, signs), need)
            loosened[cell] -= need
            yield loosened
