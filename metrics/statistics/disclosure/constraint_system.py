"""The equations that tie the values of a table together, as one sparse system."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Indices = npt.NDArray[np.intp]

# Below this a number is the rounding of floating point; solvers work to 1e-7.
EPSILON = 1e-6
NOBODY = -1


@dataclass(frozen=True)
class ConstraintSystem:
    """Relations as `matrix @ values == constants`: one row per relation, one column per cell."""

    matrix: csr_array
    constants: Floats
    values: Floats
    unnamed: Flags  # a rest that no table shows: always unknown, never protected
    floors: Floats  # what everybody knows each value to be at least
    counted: Flags  # in whole things
    owner: Indices  # the state that knows the cell whatever is shown, or NOBODY

    def restricted_to(self, cells: Indices, constants: Floats) -> "ConstraintSystem":
        """Keep some of the cells, and all relations that touch them."""
        matrix = self.matrix[:, cells]
        rows = np.flatnonzero(np.diff(matrix.indptr))
        return ConstraintSystem(
            matrix[rows], constants[rows], self.values[cells], self.unnamed[cells],
            self.floors[cells], self.counted[cells], self.owner[cells],
        )  # fmt: skip

    def part(self, cells: Indices) -> "ConstraintSystem":
        """The cells of a block; its relations must touch no others."""
        return self.restricted_to(cells, self.constants)

    def attacker_view(self, hidden: Flags) -> "ConstraintSystem":
        """Keep the hidden cells only; what is shown becomes part of the constants."""
        unknown = hidden | self.unnamed
        constants = self.constants - self.matrix @ np.where(unknown, 0.0, self.values)
        return self.restricted_to(np.flatnonzero(unknown), constants)


def blocks(system: ConstraintSystem) -> Iterator[Indices]:
    """Cells that no relation connects with the others."""
    matrix = abs(system.matrix)
    _, labels = connected_components(matrix.T @ matrix, directed=False)
    order = np.argsort(labels, kind="stable")
    found = np.split(order, np.flatnonzero(np.diff(labels[order])) + 1)
    return (cells for cells in found if len(cells))


def upper_bounds(system: ConstraintSystem) -> Floats:
    """Ten times the sum of all values stands for infinity, so that every interval is finite."""
    return np.full(len(system.values), 10 * (1 + system.values.sum()))
