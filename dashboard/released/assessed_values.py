"""What a verdict compares: the value that it assesses, and what is expected of it."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard.released.assessments import Assessment
from dashboard.released.series import AssessedSeries
from dashboard.released.table_views import compare_with_path
from dashboard.rounding import Comparison
from metrics.core.verdict_codes import Reason

# Why there is no status, whatever earlier figures there are: the absence of the latest one.
ABSENCES_OF_LATEST = frozenset({Reason.SUPPRESSED, Reason.NOT_APPLICABLE})


def assessed_row(series: AssessedSeries) -> Mapping[str, Any]:
    """The row of the period of the verdict or, where that has no value, the latest with one."""
    official = series.official
    assessed = series.row_in(official.verdict.period) if official else None
    return assessed if assessed and not pd.isna(assessed["value"]) else series.last_known or {}


def absent_latest(series: AssessedSeries) -> Mapping[str, Any] | None:
    """The row after the last figure, if its absence leaves the series without a status."""
    official, row = series.official, series.last_row
    if official is None or row is None or series.last_known is None or official.override:
        return None
    is_decisive = ABSENCES_OF_LATEST & {*official.verdict.reasons}
    return row if is_decisive and pd.isna(row["value"]) else None


def compared_values(series: AssessedSeries, assessment: Assessment | None) -> Comparison | None:
    """The value of a verdict beside the one that is expected; None without both."""
    verdict = assessment.verdict if assessment else None
    if verdict is None or verdict.value is None or verdict.expected_value is None:
        return None
    return compare_with_path(series, verdict.value, verdict.expected_value)
