"""The equations between the values of a table, as one sparse system."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Indices = npt.NDArray[np.intp]

# Smaller differences are rounding errors; solvers work to 1e-7.
EPSILON = 1e-6
NO_OWNER = -1


@dataclass(frozen=True)
class ConstraintSystem:
    """Relations as `matrix @ values == constants`: one row per relation, one column per cell."""

    matrix: csr_array
    constants: Floats
    values: Floats
    always_unknown: Flags  # slacks, and earlier figures that no release shows
    floors: Floats  # lower bounds that are known to everybody
    counted: Flags  # values that are whole numbers
    owner: Indices  # the State that knows its own cell in any case, or NO_OWNER

    def restricted_to(self, cells: Indices, constants: Floats) -> "ConstraintSystem":
        """Keep some of the cells, and all relations that contain any of them."""
        matrix = self.matrix[:, cells]
        rows = np.flatnonzero(np.diff(matrix.indptr))
        return ConstraintSystem(
            matrix[rows], constants[rows], self.values[cells], self.always_unknown[cells],
            self.floors[cells], self.counted[cells], self.owner[cells],
        )  # fmt: skip

    def part(self, cells: Indices) -> "ConstraintSystem":
        """The cells of a block; its relations must contain no other cells."""
        return self.restricted_to(cells, self.constants)

    def attacker_view(self, hidden: Flags) -> "ConstraintSystem":
        """Keep the unknown cells; values that are shown become part of the constants."""
        unknown = hidden | self.always_unknown
        constants = self.constants - self.matrix @ np.where(unknown, 0.0, self.values)
        return self.restricted_to(np.flatnonzero(unknown), constants)


def blocks(system: ConstraintSystem) -> Iterator[Indices]:
    """Groups of cells that are connected by relations."""
    matrix = abs(system.matrix)
    _, labels = connected_components(matrix.T @ matrix, directed=False)
    order = np.argsort(labels, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(labels[order])) + 1)
    return (cells for cells in groups if len(cells))


def upper_bounds(system: ConstraintSystem) -> Floats:
    """Ten times the sum of all values instead of infinity, so that every interval is finite."""
    return np.full(len(system.values), 10 * (1 + system.values.sum()))
