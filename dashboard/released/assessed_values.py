"""What a verdict compares: the value that it assesses, and what is expected of it."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard.released.assessments import Assessment
from dashboard.released.series import AssessedSeries
from dashboard.released.table_views import compare_with_path
from dashboard.rounding import Comparison


def assessed_row(series: AssessedSeries) -> Mapping[str, Any]:
    """The row of the period of the verdict or, where that has no value, the latest with one."""
    official = series.official
    assessed = series.row_in(official.verdict.period) if official else None
    return assessed if assessed and not pd.isna(assessed["value"]) else series.last_known or {}


def compared_values(series: AssessedSeries, assessment: Assessment | None) -> Comparison | None:
    """The value of a verdict beside the one that is expected; None without both."""
    verdict = assessment.verdict if assessment else None
    if verdict is None or verdict.value is None or verdict.expected_value is None:
        return None
    return compare_with_path(series, verdict.value, verdict.expected_value)
