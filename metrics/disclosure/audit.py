"""Plays the attacker against a release: what can be worked out of each withheld value."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from metrics.aggregation.rates import Indicators
from metrics.definitions import DisclosurePolicy
from metrics.disclosure.attack import EPSILON, Flags, Floats, Wanted, intervals
from metrics.disclosure.equations import Equations, equations
from metrics.disclosure.sensitivity import protection_levels, sensitive
from metrics.disclosure.suppression import PAIR, Case, two_ones
from metrics.tables import KEY

PROTECTED, EXACT, TOO_NARROW = "protected", "exact", "too_narrow"
KNOWN_TO_ONE = "known_to_one"  # two counts of one, the only hidden cells of a relation
SHOWN_BEFORE = "shown_before"  # by an earlier release: nothing can take that back
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
    known = equations(values, indicators, released)
    case = case_of(known, values, policy, indicators)
    rows = known.cells["row"].to_numpy()
    return audited(known, case, shown["value"].isna().to_numpy()[rows], exact=True)


def audited(known: Equations, case: Case, withheld: Flags, *, exact: bool = False) -> pd.DataFrame:
    """The audit of a system whose cells are withheld or not.

    Unless `exact`, the search for a cell ends once it is shown to be protected, and `low` and
    `high` lie within its interval; that of a cell which is not protected is always exact.
    """
    hidden = drawn_out(withheld & ~known.shown_before, len(case.primary), fill=False)
    wanted = None if exact else Wanted(case.width, case.above)
    low, high = intervals(case.system, hidden, wanted).T[:, : len(known.cells)]
    table = known.cells[[*KEY, "value", "row"]].assign(
        low=low, high=high, above=case.above[: len(low)], width=case.width[: len(low)]
    )
    verdicts = {
        SHOWN_BEFORE: known.shown_before,
        EXACT: high - low < EPSILON,
        TOO_NARROW: (high - low < table["width"] - EPSILON)
        | (high - table["value"] < table["above"] - EPSILON),
        KNOWN_TO_ONE: known_to_one(case, hidden)[: len(low)],
    }
    verdict = np.select(list(verdicts.values()), list(verdicts), PROTECTED)
    return table.assign(verdict=verdict)[withheld].set_index("row")


def known_to_one(case: Case, hidden: Flags) -> Flags:
    """Counts of one that are alone with another in a relation (the handbook's standard PS2)."""
    matrix = abs(case.system.matrix)
    others = matrix @ (hidden | case.system.unnamed).astype(float)
    rows = (others == PAIR) & two_ones(case.system.matrix, hidden & case.single)
    return np.asarray((matrix.T @ rows.astype(float) > 0) & hidden & case.single)


def case_of(
    known: Equations, values: pd.DataFrame, policy: DisclosurePolicy, indicators: Indicators
) -> Case:
    """What must be protected in a system, by the policy: see `suppression.Case`."""
    rows = values.loc[known.cells["row"]]
    people = rows["indicator"].map({code: each.counts_people for code, each in indicators.items()})
    width = widths(rows)
    above = protection_levels(rows, policy)
    primary = with_tight_wholes(
        known, sensitive(rows, policy, indicators).to_numpy(), Wanted(width, above)
    )
    size, limits = len(known.system.values), ceilings_of(known, primary)
    # A cell without room, such as 0 of 0, is known whether it is shown or not.
    may_hide = ~known.shown_before & (limits >= width)
    return Case(
        system=replace(known.system, ceilings=drawn_out(limits, size, np.inf)),
        primary=drawn_out(primary & ~known.shown_before, size, fill=False),
        may_hide=drawn_out(may_hide, size, fill=False),
        above=drawn_out(above, size, 0.0),
        width=drawn_out(width, size, 0.0),
        single=drawn_out(people.to_numpy(dtype=bool) & (rows["value"] == 1), size, fill=False),
    )


def drawn_out(flags: npt.NDArray[Any], size: int, fill: float) -> npt.NDArray[Any]:
    """What is said of the cells, drawn out to the rests that stand after them in the system."""
    return np.concatenate([flags, np.full(size - len(flags), fill, dtype=flags.dtype)])


def with_tight_wholes(known: Equations, primary: Flags, wanted: Wanted) -> Flags:
    """A withheld part of a whole that leaves it too little room, as 0 of 0: the whole goes too."""
    values, found = known.cells["value"].to_numpy(), primary.copy()
    part, whole = known.ceilings["part"].to_numpy(), known.ceilings["whole"].to_numpy()
    needed = np.maximum(wanted.width[part], values[part] + wanted.above[part])
    for _ in range(PAIR):  # a numerator's whole may itself be a part
        found[whole[(values[whole] < needed) & found[part]]] = True
    return found


def without_ceilings_of(known: Equations, case: Case, weak: Flags) -> Case:
    """The case again, with the wholes withheld that keep weak cells and those beside them low."""
    size, matrix = len(known.cells), abs(case.system.matrix)
    beside = np.asarray(matrix.T @ (matrix @ drawn_out(weak, len(case.primary), 0.0)) > 0)[:size]
    primary = case.primary[:size].copy()
    primary[known.ceilings.loc[beside[known.ceilings["part"].to_numpy()], "whole"]] = True
    limits = drawn_out(ceilings_of(known, primary), len(case.primary), np.inf)
    may_hide = ~known.shown_before & (limits[:size] >= case.width[:size])
    return replace(
        case,
        primary=drawn_out(primary & ~known.shown_before, len(case.primary), fill=False),
        may_hide=drawn_out(may_hide, len(case.primary), fill=False),
        system=replace(case.system, ceilings=limits),
    )


def ceilings_of(known: Equations, primary: Flags) -> Floats:
    """The least of each cell's wholes. The attacker is taken to know one unless it is primary.

    One that its part exceeds, by mistake or by rounding, is no ceiling.
    """
    values = known.cells["value"].to_numpy()
    part, whole = known.ceilings["part"].to_numpy(), known.ceilings["whole"].to_numpy()
    holds = ~primary[whole] & (values[whole] >= values[part])
    limit = pd.Series(values[whole[holds]], part[holds], dtype=float)
    least = limit.groupby(level=0).min().reindex(range(len(primary)))
    return least.fillna(np.inf).to_numpy()


def widths(rows: pd.DataFrame) -> Floats:
    """At least one other whole number must be possible; of a magnitude, a share of itself."""
    fraction = rows["value"] % 1 != 0
    magnitude = fraction.groupby(rows["indicator"], sort=False).transform("any")
    return (OPEN_SHARE * rows["value"].abs()).where(magnitude, 1.0).to_numpy()
