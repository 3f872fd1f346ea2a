"""Plays the attacker against a release: what can be worked out of each withheld value."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from metrics.catalogue.definitions import DisclosurePolicy
from metrics.core.tables import KEY
from metrics.statistics.aggregation.rates import Indicators
from metrics.statistics.disclosure.attack import CAREFUL, AlternativeTable, known
from metrics.statistics.disclosure.attack import EXACT as EXACT_ENDS
from metrics.statistics.disclosure.constraint_system import EPSILON, NOBODY, Flags, Floats
from metrics.statistics.disclosure.equations import GONE, Equations, counted, equations
from metrics.statistics.disclosure.primary import levels_of_sums, protection_levels, sensitive
from metrics.statistics.disclosure.secondary import SuppressionProblem, beyond_help, too_narrow

PROTECTED, EXACT, TOO_NARROW = "protected", "exact", "too_narrow"
KNOWN_TO_STATE = "known_to_state"  # one that knows its own figures
SHOWN_BEFORE = "shown_before"  # by an earlier release: nothing can take that back
# What is out narrows it down, or tells it to a state, although everything is withheld that can be.
KNOWN_BEFORE = "known_before"
ACCEPTED = (PROTECTED, SHOWN_BEFORE, KNOWN_BEFORE)
# A magnitude, which is not counted in whole things, must stay open by this share of itself.
OPEN_SHARE = 0.01


def audit(
    values: pd.DataFrame,
    shown: pd.DataFrame,
    policy: DisclosurePolicy,
    indicators: Indicators,
    released: Sequence[pd.DataFrame] = (),
) -> pd.DataFrame:
    """The interval of each withheld value that stands in a sum, what was asked of it, the verdict.

    `values` is the table before disclosure control and `shown`, row for row, the one after it.
    Columns: the key, `value low high above width verdict`; `low` and `high` are the least and the
    largest value in keeping with all that is shown, here and in the releases before.
    """
    system = equations(values, indicators, released)
    case = case_of(system, policy, indicators)
    rows = system.cells["row"].to_numpy()
    withheld = shown["value"].isna().to_numpy()[rows] | (rows == GONE)
    return audited(system, case, withheld)


def audited(
    system: Equations,
    case: SuppressionProblem,
    withheld: Flags,
    tables: Sequence[AlternativeTable] | None = None,
) -> pd.DataFrame:
    """The audit of a system whose cells are withheld or not.

    With other `tables` at hand, each of which is checked, the search for a cell ends once it is
    shown to be protected, and `low` and `high` lie within its interval; else they are its ends.
    """
    size = len(system.cells)
    hidden = drawn_out(withheld & ~system.shown_before, len(case.primary), fill=False)
    pace = EXACT_ENDS if tables is None else CAREFUL
    found = known(case.system, hidden, case.wanted, tables or [], pace)
    verdict = pd.Series(PROTECTED, range(size))
    verdict[[each.cell for each in found.doubts]] = KNOWN_TO_STATE
    verdict[too_narrow(case, found.low, found.high)[:size]] = TOO_NARROW
    verdict[(found.high - found.low < EPSILON)[:size]] = EXACT
    verdict[system.shown_before] = SHOWN_BEFORE
    failed = withheld & ~verdict.isin([PROTECTED, SHOWN_BEFORE]).to_numpy()
    if failed.any() and system.shown_before.any():
        verdict[failed & known_before(system, case, failed)] = KNOWN_BEFORE
    return system.cells[[*KEY, "value", "row"]].assign(
        low=found.low[:size], high=found.high[:size], above=case.above[:size],
        width=case.width[:size], primary=case.primary[:size], verdict=verdict,
    )[withheld].set_index("row")  # fmt: skip


def known_before(system: Equations, case: SuppressionProblem, failed: Flags) -> Flags:
    """Cells that nothing protects any more, except those that are given away outright.

    Outright is what follows by arithmetic alone, without what a state or a good guess adds.
    """
    size = len(case.primary)
    plain = replace(
        case.system, floors=np.zeros(size), counted=np.zeros(size, dtype=bool),
        owner=np.full(size, NOBODY),
    )  # fmt: skip
    simple = replace(
        case, system=plain, above=np.zeros(size), width=np.minimum(case.width, 2 * EPSILON)
    )
    cells = drawn_out(failed, size, fill=False)
    outright = beyond_help(simple, cells)[: len(failed)]
    gone = (system.cells["row"] == GONE).to_numpy()
    return beyond_help(case, cells)[: len(failed)] & (gone | ~outright)


def case_of(
    system: Equations, policy: DisclosurePolicy, indicators: Indicators
) -> SuppressionProblem:
    """What must be protected in a system, by the policy: see `suppression.Case`.

    A figure that has since been revised is protected if it is primary, and else known to nobody.
    """
    size, cells = len(system.system.values), system.cells
    gone = (cells["row"] == GONE).to_numpy()
    sums = levels_of_sums(cells[~gone], policy, indicators).reindex(cells.index, fill_value=0.0)
    above = np.maximum(protection_levels(cells, policy), sums.to_numpy())
    primary = sensitive(cells, policy, indicators).to_numpy() | (sums > 0).to_numpy()
    primary &= ~system.shown_before
    unnamed = system.system.unnamed | drawn_out(
        gone & ~primary & ~system.shown_before, size, fill=False
    )
    return SuppressionProblem(
        system=replace(system.system, unnamed=unnamed),
        primary=drawn_out(primary, size, fill=False),
        may_hide=drawn_out(~system.shown_before & ~gone, size, fill=False),
        above=drawn_out(above, size, 0.0),
        width=drawn_out(widths(cells), size, 0.0),
    )


def drawn_out(flags: npt.NDArray[Any], size: int, fill: float) -> npt.NDArray[Any]:
    """What is said of the cells, drawn out to the rests that stand after them in the system."""
    return np.concatenate([flags, np.full(size - len(flags), fill, dtype=flags.dtype)])


def widths(rows: pd.DataFrame) -> Floats:
    """At least one other whole number must be possible; of a magnitude, a share of itself."""
    return (OPEN_SHARE * rows["value"].abs()).where(~counted(rows), 1.0).to_numpy()
