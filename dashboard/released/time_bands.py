"""The time band of a median: a change within one band is no change."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard.released.series import AssessedSeries
from metrics.catalogue.codelists.bands import Band, band_of
from metrics.core.period import ReferencePeriod
from metrics.core.tables import MEDIAN


def band_of_median(row: Mapping[str, Any]) -> Band:
    return band_of(row["value"], row.get("limit", ""))


def is_in_band_of(series: AssessedSeries, before: str, period: str) -> bool:
    """Whether a median of two periods lies in one time band, within which no change counts."""
    if series.component != MEDIAN or before == period:
        return False
    first, last = series.row_in(before), series.row_in(period)
    if first is None or last is None:
        return False
    if pd.isna(first["value"]) or pd.isna(last["value"]):
        return False
    return band_of_median(first) == band_of_median(last)


def is_in_band_of_year_before(series: AssessedSeries, period: str) -> bool:
    return is_in_band_of(series, str(ReferencePeriod.parse(period).year_before), period)
