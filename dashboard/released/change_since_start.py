"""How far the latest figure of a series is from its first year, as a release holds it."""

import pandas as pd

from dashboard.data import Release
from dashboard.released.compared_series import (
    NOT_RELEASED,
    ZERO_BASE,
    changes_of_series,
    why_not_compared,
)
from dashboard.released.series import AssessedSeries
from dashboard.rows_by_key import Record
from metrics.core.tables import STEP


def change_since_first_year(series: AssessedSeries, release: Release | None) -> Record | None:
    """The released change of the latest figure on the first year that it is comparable with."""
    latest = series.last_known
    if release is None or latest is None:
        return None
    changes = (
        row
        for row in release.period_changes.rows_of(*series.table_key)
        if row["base_period"] != row["period"] == latest["period"]
    )
    return min(changes, key=lambda row: str(row["base_period"]), default=None)


def first_figure(series: AssessedSeries) -> Record | None:
    """The earliest period with a figure; None if it is the latest one too."""
    known = [row for row in series.rows if not pd.isna(row["value"])]
    return known[0] if len(known) > 1 else None


def why_not_compared_with(series: AssessedSeries, first: Record, release: Release | None) -> str:
    """The key of why the latest figure is not compared with an earlier one.

    Empty for a step and for a base of zero, which are comparable but have no change.
    """
    latest = series.last_known
    if latest is None or series.component == STEP:
        return ""
    rows = {str(row["period"]): row for row in series.rows}
    why = why_not_compared(latest, first, rows)
    if why == NOT_RELEASED and not changes_of_series(series, release):
        return ""
    return "" if why == ZERO_BASE else why
