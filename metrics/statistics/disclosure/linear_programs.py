"""Solve linear programs over the tables that satisfy a system, with HiGHS.

The solver starts each program from the last solution, because only the cost changes.
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
    upper_bounds,
)

PROGRAM_NODES = 1_000  # of branch and bound: a time limit would not be reproducible
OPTIONS = {"output_flag": False, "threads": 1, "mip_max_nodes": PROGRAM_NODES}


class LinearPrograms:
    def __init__(self, system: ConstraintSystem) -> None:
        self.system = system
        self.linear = make_solver(system)

    @cached_property
    def integer(self) -> Highs:
        """A second solver for whole numbers, because the first would lose its starting point."""
        counted = self.system.counted.astype(np.uint8)
        solver = make_solver(self.system)
        solver.changeColsIntegrality(len(counted), column_numbers(self.system), counted)
        return solver

    def least_table(self, cost: Floats, fixed: Flags) -> Floats | None:
        """The table of least cost that satisfies all relations, with fixed cells and whole counts.

        None if none is found within the limit; the caller must then assume that there is none. Most
        linear programs over tables have a whole-number solution: only the others are solved again.
        """
        counted = self.system.counted
        table = self._solve(self.linear, cost, fixed)
        if table is not None and (abs(table - np.round(table)) > EPSILON)[counted].any():
            table = self._solve(self.integer, cost, fixed)
        return None if table is None else np.where(counted, np.round(table), table)

    def multipliers(self, cost: Floats) -> Floats:
        """Dual values of the relations in the table of least cost."""
        if self._solve(self.linear, cost, np.zeros_like(self.system.counted)) is None:
            raise DisclosureError("no_table_fits", status=str(self.linear.getModelStatus()))
        return np.array(self.linear.getSolution().row_dual)

    def _solve(self, solver: Highs, cost: Floats, fixed: Flags) -> Floats | None:
        system, cells = self.system, column_numbers(self.system)
        low = np.where(fixed, system.values, system.floors)
        high = np.where(fixed, system.values, upper_bounds(system))
        solver.changeColsBounds(len(cells), cells, low, high)
        solver.changeColsCost(len(cells), cells, cost)
        solver.run()
        feasible = SolutionStatus.kSolutionStatusFeasible
        if solver.getInfo().primal_solution_status != feasible:
            return None
        return np.array(solver.getSolution().col_value)


def column_numbers(system: ConstraintSystem) -> npt.NDArray[np.int32]:
    return np.arange(len(system.values), dtype=np.int32)


def make_solver(system: ConstraintSystem) -> Highs:
    solver = Highs()
    for name, value in OPTIONS.items():
        solver.setOptionValue(name, value)
    solver.passModel(make_model(system))
    return solver


def make_model(system: ConstraintSystem) -> HighsLp:
    matrix = system.matrix.tocsc()
    program = HighsLp()
    program.num_row_, program.num_col_ = matrix.shape
    program.col_cost_ = np.zeros(matrix.shape[1])
    program.col_lower_, program.col_upper_ = system.floors, upper_bounds(system)
    program.row_lower_ = program.row_upper_ = system.constants
    program.a_matrix_.format_ = MatrixFormat.kColwise
    program.a_matrix_.start_ = matrix.indptr
    program.a_matrix_.index_ = matrix.indices
    program.a_matrix_.value_ = matrix.data
    return program
