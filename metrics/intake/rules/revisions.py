"""What changed against the vintage before? A large change is to be explained."""

from typing import Literal

import numpy as np
import pandas as pd

from metrics.core.tables import KEY, STEP
from metrics.intake.findings import Severity, ValidationContext
from metrics.intake.rules import rule
from metrics.intake.rules.structure import with_series
from metrics.intake.rules.values import WITHOUT_VALUE, sound

# A count that doubled or halved is more often a wrong cell than a late report; below ten cases
# any change is a large factor and means little.
FACTOR = 2
SMALLEST_CHANGE = 10


def joined(case: ValidationContext, how: Literal["inner", "right"]) -> pd.DataFrame:
    """The new values beside those of the vintage before (`_was`); empty where there is none.

    A figure sent again as it is stands beside what it was before: its remark explains that change.
    """
    cells = sound(case)
    if case.previous is None or case.previous.empty:
        return cells.iloc[:0].assign(value_was=np.nan, sheet_was="")
    cells = cells[(cells["component"] != STEP) & (cells["indicator"] != "")]
    before = _before(case.previous, case.changed)
    before = before[before["component"] != STEP]
    beside = cells.merge(before, on=list(KEY), how=how, suffixes=("", "_was"))
    now, was = beside["value"], beside["value_was"]
    again = (now == was) | (now.isna() & was.isna())
    return beside.assign(value_was=was.mask(again, beside["value_before"]))


def _before(previous: pd.DataFrame, changed: pd.DataFrame | None) -> pd.DataFrame:
    before = previous[[*KEY, "value", "sheet"]].drop_duplicates(list(KEY))
    if changed is None:
        return before.assign(value_before=before["value"])
    return before.merge(changed, on=list(KEY), how="outer")


@rule(Severity.WARNING)
def large_revision(case: ValidationContext) -> pd.DataFrame:
    cells = joined(case, "inner")
    low, high = cells[["value", "value_was"]].min(axis=1), cells[["value", "value_was"]].max(axis=1)
    both = cells["value"].notna() & cells["value_was"].notna()
    offends = both & (high >= FACTOR * low) & (high - low >= SMALLEST_CHANGE)
    was = cells["value_was"].map("{:.10g}".format)
    return cells.assign(was=was).loc[offends, ["sheet", "cell", "typed", "was"]]


@rule(Severity.WARNING)
def value_withdrawn(case: ValidationContext) -> pd.DataFrame:
    """A figure of the vintage before that the new one leaves empty without a status, or has not."""
    cells = joined(case, "right")
    cells = cells[cells["value"].isna() & cells["value_was"].notna()]
    said = cells["observation_status"].isin(WITHOUT_VALUE)
    cells = cells[(cells["form"].fillna("empty") == "empty") & ~said]
    was = cells["value_was"].map("{:.10g}".format)
    sheet = cells["sheet"].fillna(cells["sheet_was"])
    return with_series(cells.assign(was=was, sheet=sheet))[["sheet", "cell", "was", "series"]]
