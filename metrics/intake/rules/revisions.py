"""What changed since the previous vintage? Large changes must be explained."""

from typing import Literal

import numpy as np
import pandas as pd

from metrics.core.keys import is_among
from metrics.core.tables import FREE, KEY, STEP, WITHOUT_VALUE
from metrics.intake.findings import Severity, ValidationContext, plain_digits
from metrics.intake.rules import rule
from metrics.intake.rules.structure import add_series, are_misunderstood, locate_cells
from metrics.intake.rules.values import SECRET, SMALLEST_CHANGE, sound_observations

SERIES_OF_ANY_AREA = [name for name in KEY if name not in {"area", "period"}]
FACTOR = 2  # a count that doubled or halved is more often an error than a late report


def join_previous(context: ValidationContext, how: Literal["inner", "right"]) -> pd.DataFrame:
    """Join the previous vintage's value (`_was`) to each value; no rows if there is none.

    An unchanged figure is compared with its value before its last change, which its remark may now
    explain.
    """
    cells = sound_observations(context)
    if context.previous is None or context.previous.empty:
        return cells.iloc[:0].assign(value_was=np.nan, sheet_was="")
    cells = cells[(cells["component"] != STEP) & (cells["indicator"] != "")]
    before = _previous_values(context.previous, context.changed)
    before = before[before["component"] != STEP]
    joined = cells.merge(before, on=list(KEY), how=how, suffixes=("", "_was"))
    now, was = joined["value"], joined["value_was"]
    unchanged = (now == was) | (now.isna() & was.isna())
    return joined.assign(value_was=was.mask(unchanged, joined["value_before"]))


def _previous_values(previous: pd.DataFrame, changed: pd.DataFrame | None) -> pd.DataFrame:
    before = previous[[*KEY, "value", "sheet"]].drop_duplicates(list(KEY))
    if changed is None:
        return before.assign(value_before=before["value"])
    return before.merge(changed, on=list(KEY), how="outer")


@rule(Severity.WARNING)
def large_revision(context: ValidationContext) -> pd.DataFrame:
    cells = join_previous(context, "inner")
    if cells.empty:
        return cells
    low, high = cells[["value", "value_was"]].min(axis=1), cells[["value", "value_was"]].max(axis=1)
    both = cells["value"].notna() & cells["value_was"].notna()
    offends = both & (high >= FACTOR * low) & (high - low >= SMALLEST_CHANGE)
    was = cells["value_was"].map(plain_digits)
    return cells.assign(was=was).loc[offends, ["sheet", "cell", "typed", "was"]]


@rule(Severity.WARNING)
def confidentiality_lost(context: ValidationContext) -> pd.DataFrame:
    """A figure without a mark that the previous vintage had, whether its value changed or not."""
    cells = context.reading.observations
    if context.previous is None or "confidentiality_status" not in context.previous:
        return cells.iloc[:0]
    before = context.previous[[*KEY, "confidentiality_status"]].drop_duplicates(list(KEY))
    before = before[before["confidentiality_status"].isin(SECRET)]
    free = cells[cells["value"].notna() & (cells["confidentiality_status"] == FREE)]
    found = free.merge(before, on=list(KEY), suffixes=("", "_was"))
    return locate_cells(
        found, "confidentiality_status", nearest=found["confidentiality_status_was"]
    )


@rule(Severity.WARNING)
def value_withdrawn(context: ValidationContext) -> pd.DataFrame:
    """A figure of the previous vintage whose cell is now empty without a status, or is gone.

    One of a series whose area or period was not understood may be there.
    """
    cells = join_previous(context, "right")
    if cells.empty:
        return cells
    own = context.reading.observations
    unclear = own[are_misunderstood(own) & (own["form"] != "empty")]
    cells = cells[~is_among(cells, unclear, SERIES_OF_ANY_AREA)]
    cells = cells[cells["value"].isna() & cells["value_was"].notna()]
    has_reason = cells["observation_status"].isin(WITHOUT_VALUE)
    cells = cells[(cells["form"].fillna("empty") == "empty") & ~has_reason]
    was = cells["value_was"].map(plain_digits)
    sheet = cells["sheet"].fillna(cells["sheet_was"])
    return add_series(cells.assign(was=was, sheet=sheet))[["sheet", "cell", "was", "series"]]
