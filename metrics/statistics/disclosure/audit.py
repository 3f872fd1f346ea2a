"""Audit a release: attack it, and assess the interval of each suppressed value."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from metrics.catalogue.definitions.collections import DisclosurePolicy
from metrics.core.tables import KEY
from metrics.statistics.aggregation.rates import Indicators
from metrics.statistics.disclosure.attack import CAREFUL, AlternativeTable, attack_system
from metrics.statistics.disclosure.attack import EXACT as EXACT_ENDS
from metrics.statistics.disclosure.constraint_system import EPSILON, NO_OWNER, Flags
from metrics.statistics.disclosure.equations import REVISED, Equations, build_equations, is_counted
from metrics.statistics.disclosure.primary import (
    is_sensitive,
    protection_levels,
    protection_of_sums,
)
from metrics.statistics.disclosure.secondary import (
    SuppressionProblem,
    is_too_narrow,
    is_unprotectable,
)

PROTECTED, EXACT, NARROW = "protected", "exact", "too_narrow"
KNOWN_TO_STATE = "known_to_state"  # a State that knows its own figures can infer it
SHOWN_BEFORE = "shown_before"  # an earlier release showed it, which cannot be undone
# Earlier releases expose it, although this release suppresses everything that it can.
KNOWN_BEFORE = "known_before"
ACCEPTED = (PROTECTED, SHOWN_BEFORE, KNOWN_BEFORE)
# Required width of the interval of a value that is not a count, as a share of the value.
OPEN_SHARE = 0.01


def audit_release(
    values: pd.DataFrame,
    disclosed: pd.DataFrame,
    policy: DisclosurePolicy,
    indicators: Indicators,
    released: Sequence[pd.DataFrame] = (),
) -> pd.DataFrame:
    """The interval, the required protection and the verdict of each suppressed additive value.

    `values` is the table before disclosure control and `disclosed`, row for row, the one after it.
    Columns: the key, `value low high above width primary verdict`; `low` and `high` are the least
    and the largest value consistent with this release and all earlier ones.
    """
    system = build_equations(values, indicators, released)
    problem = suppression_problem(system, policy, indicators)
    rows = system.cells["row"].to_numpy()
    withheld = disclosed["value"].isna().to_numpy()[rows] | (rows == REVISED)
    return audit_system(system, problem, withheld)


def audit_system(
    system: Equations,
    problem: SuppressionProblem,
    withheld: Flags,
    tables: Sequence[AlternativeTable] | None = None,
) -> pd.DataFrame:
    """Audit a system of equations, given which of its cells are suppressed.

    Alternative `tables` are checked first. With them, the search for a cell ends as soon as it is
    proved to be protected, so `low` and `high` may lie within its interval; without them, they are
    its ends.
    """
    size = len(system.cells)
    hidden = extend_to_slacks(withheld & ~system.shown_before, len(problem.primary), fill=False)
    effort = EXACT_ENDS if tables is None else CAREFUL
    attack = attack_system(problem.system, hidden, problem.required, tables or [], effort)
    verdict = pd.Series(PROTECTED, range(size))
    verdict[[exposure.cell for exposure in attack.exposures]] = KNOWN_TO_STATE
    verdict[is_too_narrow(problem, attack.low, attack.high)[:size]] = NARROW
    verdict[(attack.high - attack.low < EPSILON)[:size]] = EXACT
    verdict[system.shown_before] = SHOWN_BEFORE
    failed = withheld & ~verdict.isin([PROTECTED, SHOWN_BEFORE]).to_numpy()
    if failed.any() and system.shown_before.any():
        verdict[failed & is_known_before(system, problem, failed)] = KNOWN_BEFORE
    return system.cells[[*KEY, "value", "row"]].assign(
        low=attack.low[:size], high=attack.high[:size], above=problem.above[:size],
        width=problem.width[:size], primary=problem.primary[:size], verdict=verdict,
    )[withheld].set_index("row")  # fmt: skip


def is_known_before(system: Equations, problem: SuppressionProblem, failed: Flags) -> Flags:
    """Cells that no suppression can protect any more, except those that arithmetic alone discloses.

    Arithmetic alone: without the knowledge of a State, and without knowing that counts are whole
    numbers and not zero.
    """
    size = len(problem.primary)
    plain = replace(
        problem.system, floors=np.zeros(size), counted=np.zeros(size, dtype=bool),
        owner=np.full(size, NO_OWNER),
    )  # fmt: skip
    simple = replace(
        problem, system=plain, above=np.zeros(size), width=np.minimum(problem.width, 2 * EPSILON)
    )
    cells = extend_to_slacks(failed, size, fill=False)
    outright = is_unprotectable(simple, cells)[: len(failed)]
    is_revised = (system.cells["row"] == REVISED).to_numpy()
    return is_unprotectable(problem, cells)[: len(failed)] & (is_revised | ~outright)


def suppression_problem(
    system: Equations, policy: DisclosurePolicy, indicators: Indicators
) -> SuppressionProblem:
    """Determine the protection that the policy requires in a system: see `SuppressionProblem`.

    A figure that was revised since an earlier release is protected if it is primary; otherwise it
    is treated as always unknown.
    """
    size, cells = len(system.system.values), system.cells
    is_revised = (cells["row"] == REVISED).to_numpy()
    sums = protection_of_sums(cells[~is_revised], policy, indicators).reindex(
        cells.index, fill_value=0.0
    )
    above = np.maximum(protection_levels(cells, policy), sums.to_numpy())
    primary = is_sensitive(cells, policy, indicators).to_numpy() | (sums > 0).to_numpy()
    primary &= ~system.shown_before
    # 1 for counts, a share of the value for other values.
    width = (OPEN_SHARE * cells["value"].abs()).where(~is_counted(cells), 1.0).to_numpy()
    always_unknown = system.system.always_unknown | extend_to_slacks(
        is_revised & ~primary & ~system.shown_before, size, fill=False
    )
    return SuppressionProblem(
        system=replace(system.system, always_unknown=always_unknown),
        primary=extend_to_slacks(primary, size, fill=False),
        may_hide=extend_to_slacks(~system.shown_before & ~is_revised, size, fill=False),
        above=extend_to_slacks(above, size, 0.0),
        width=extend_to_slacks(width, size, 0.0),
    )


def extend_to_slacks(flags: npt.NDArray[Any], size: int, fill: float) -> npt.NDArray[Any]:
    """Extend an array over cells to the slack columns, which follow the cells in the system."""
    return np.concatenate([flags, np.full(size - len(flags), fill, dtype=flags.dtype)])
