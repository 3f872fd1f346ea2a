"""Controlled rounding, an alternative to suppression: the rounded table still adds up.

Source: Handbook on Statistical Disclosure Control (sdcTools/HandbookSDC at eef4a18), chapter 5.
"""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack

from metrics.core.errors import DisclosureError
from metrics.statistics.disclosure.constraint_system import ConstraintSystem, Flags, Floats, blocks

ROUNDING_NODES = 2_000


def round_system(system: ConstraintSystem, base: int, chosen: Flags | None = None) -> Floats:
    """Round every cell to an adjacent multiple of the base, so that all relations remain valid.

    With `chosen`, only blocks that contain a chosen cell are rounded. Rounding is zero-restricted:
    multiples of the base are unchanged. If there is no such table, cells may be rounded to the next
    multiple but one; DisclosureError if there is no such table either.
    """
    rounded = system.values.copy()
    for cells in blocks(system):
        if chosen is None or chosen[cells].any():
            rounded[cells] = _round_block(system.part(cells), base)
    return rounded


def _round_block(system: ConstraintSystem, base: int) -> Floats:
    for further in (0, 1):
        table = _nearest_table(system, base, further)
        if table is not None:
            return table
    raise DisclosureError("no_rounded_table", base=base, n=len(system.values))


def _nearest_table(system: ConstraintSystem, base: int, further: int) -> Floats | None:
    """The feasible table with the smallest sum of changes, or None."""
    # Variables: the multiple of each cell, then its distance from the value, as the larger of two
    # linear functions.
    unit, size = base * eye_array(len(system.values)), len(system.values)
    change = eye_array(size)
    sums = hstack([base * system.matrix, csr_array(system.matrix.shape)], format="csr")
    solution = milp(
        np.concatenate([np.zeros(size), np.where(system.always_unknown, 0.0, 1.0)]),
        constraints=[
            LinearConstraint(sums, system.constants, system.constants),
            LinearConstraint(hstack([unit, change], format="csr"), system.values),
            LinearConstraint(hstack([-unit, change], format="csr"), -system.values),
        ],
        integrality=np.repeat([1, 0], size),
        bounds=Bounds(*_multiples(system, base, further)),
        options={"node_limit": ROUNDING_NODES},
    )
    return None if solution.x is None else base * np.abs(np.round(solution.x[:size]))


def _multiples(system: ConstraintSystem, base: int, further: int) -> tuple[Floats, Floats]:
    """The smallest and the largest multiple allowed for each cell; no limit for slacks."""
    lowest = np.maximum(np.floor(system.values / base) - further, 0.0)
    highest = np.ceil(system.values / base) + further
    free = np.full_like(lowest, np.inf)
    return (
        np.concatenate([np.where(system.always_unknown, 0.0, lowest), np.zeros_like(lowest)]),
        np.concatenate([np.where(system.always_unknown, free, highest), free]),
    )
