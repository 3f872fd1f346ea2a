"""How far the latest figure of a series is from its first year, as a release holds it."""

from collections.abc import Mapping

import pandas as pd

from dashboard.data import SERIES_COLUMNS, Release, records
from dashboard.keyed_rows import Record
from dashboard.released.series import AssessedSeries
from metrics.core.load_once import load_once
from metrics.core.series import codes_of_rows, format_codes

CHANGE_COLUMNS = ("base_period", "period", "change", "limit")


def change_since_first_year(series: AssessedSeries, release: Release | None) -> Record | None:
    """The released change of the latest figure on the first year that it is comparable with."""
    latest = series.last_known
    if release is None or latest is None:
        return None
    key = series.indicator.code, series.component, series.area, format_codes(series.codes)
    change = _changes_since_first_year(release).get(key)
    return change if change is not None and change["period"] == latest["period"] else None


# A release never changes; those that are open are few.
@load_once(maxsize=8)
def _changes_since_first_year(release: Release) -> Mapping[tuple[str, ...], Record]:
    """Indicator, component, area and codes → the change of the last year on the first one."""
    table = release.stored.table("period_changes")
    changes = table[table["base_period"] != table["period"]]
    changes = changes.assign(series=codes_of_rows(changes))
    by_series = changes.groupby(list(SERIES_COLUMNS), sort=False)["period"]
    latest = changes[changes["period"] == by_series.transform("max")]
    first = latest.sort_values("base_period").drop_duplicates(list(SERIES_COLUMNS))
    rows = records(first[[*SERIES_COLUMNS, *CHANGE_COLUMNS]])
    return {tuple(row[name] for name in SERIES_COLUMNS): row for row in rows}


def first_figure(series: AssessedSeries) -> Record | None:
    """The earliest period with a figure; None if it is the latest one too."""
    known = [row for row in series.rows if not pd.isna(row["value"])]
    return known[0] if len(known) > 1 else None
