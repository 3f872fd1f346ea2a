"""Tables of least cost that keep all relations of a system: programmes solved by HiGHS.

The solver keeps the last table, from which the next programme, of another cost, starts.
"""

from functools import cached_property

import numpy as np
import numpy.typing as npt
from highspy import Highs, HighsLp, MatrixFormat, SolutionStatus

from metrics.core.errors import DisclosureError
from metrics.statistics.disclosure.constraint_system import (
    EPSILON,
    ConstraintSystem,
    Flags,
    Floats,
    limits,
)

NODES = 1_000  # of branch and bound: a limit in time would not give the same release again
OPTIONS = {"output_flag": False, "threads": 1, "mip_max_nodes": NODES}


class LinearPrograms:
    def __init__(self, system: ConstraintSystem) -> None:
        self.system = system
        self.linear = solver(system)

    @cached_property
    def integer(self) -> Highs:
        """A second solver: a search for whole numbers would forget where the first one stands."""
        counted = self.system.counted.astype(np.uint8)
        found = solver(self.system)
        found.changeColsIntegrality(len(counted), columns(self.system), counted)
        return found

    def table(self, cost: Floats, fixed: Flags) -> Floats | None:
        """The table of least cost that keeps all relations and the fixed cells, counts whole.

        None where none is found within the limit: who protects must then take it that there is
        none. Most linear programmes of tables have a whole solution: only the others are solved
        again.
        """
        counted = self.system.counted
        found = self._least(self.linear, cost, fixed)
        if found is not None and (abs(found - np.round(found)) > EPSILON)[counted].any():
            found = self._least(self.integer, cost, fixed)
        return None if found is None else np.where(counted, np.round(found), found)

    def multipliers(self, cost: Floats) -> Floats:
        """Of the relations, in the table of least cost: proof that no other costs less."""
        if self._least(self.linear, cost, np.zeros_like(self.system.counted)) is None:
            raise DisclosureError(
                f"no table fits what is shown ({self.linear.getModelStatus()}); "
                "see docs/confidentiality.md"
            )
        return np.array(self.linear.getSolution().row_dual)

    def _least(self, solver: Highs, cost: Floats, fixed: Flags) -> Floats | None:
        system, cells = self.system, columns(self.system)
        low = np.where(fixed, system.values, system.floors)
        high = np.where(fixed, system.values, limits(system))
        solver.changeColsBounds(len(cells), cells, low, high)
        solver.changeColsCost(len(cells), cells, cost)
        solver.run()
        feasible = SolutionStatus.kSolutionStatusFeasible
        if solver.getInfo().primal_solution_status != feasible:
            return None
        return np.array(solver.getSolution().col_value)


def columns(system: ConstraintSystem) -> npt.NDArray[np.int32]:
    return np.arange(len(system.values), dtype=np.int32)


def solver(system: ConstraintSystem) -> Highs:
    found = Highs()
    for name, value in OPTIONS.items():
        found.setOptionValue(name, value)
    found.passModel(model(system))
    return found


def model(system: ConstraintSystem) -> HighsLp:
    matrix = system.matrix.tocsc()
    programme = HighsLp()
    programme.num_row_, programme.num_col_ = matrix.shape
    programme.col_cost_ = np.zeros(matrix.shape[1])
    programme.col_lower_, programme.col_upper_ = system.floors, limits(system)
    programme.row_lower_ = programme.row_upper_ = system.constants
    programme.a_matrix_.format_ = MatrixFormat.kColwise
    programme.a_matrix_.start_ = matrix.indptr
    programme.a_matrix_.index_ = matrix.indices
    programme.a_matrix_.value_ = matrix.data
    return programme
