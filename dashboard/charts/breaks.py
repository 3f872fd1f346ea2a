"""Breaks in a series: where each is, and from which of them on the series is assessed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dashboard.charts.marks import remark_in_chart
from dashboard.charts.specification import Break
from dashboard.released.series import AssessedSeries
from dashboard.rows_by_key import Record
from dashboard.texts import Text
from metrics.core.period import ReferencePeriod
from metrics.core.tables import BREAK
from metrics.core.verdict_codes import Reason

HALF_YEAR = 0.5  # from the middle of a period to its beginning


def breaks_of(series: AssessedSeries, rows: Sequence[Record], text: Text) -> Iterator[Break]:
    """A break lies before each value that is not comparable with those before it."""
    for row in rows:
        if row["observation_status"] != BREAK:
            continue
        period = str(row["period"])
        yield Break(
            ReferencePeriod.parse(period).midpoint - HALF_YEAR,
            period,
            break_label(row, series, text),
            remark_in_chart(row, text),
        )


def break_label(row: Mapping[str, Any], series: AssessedSeries, text: Text) -> str:
    """`break in 2024` or, where a segment begins that is assessed, also that it does."""
    official = series.official
    is_start = official is not None and official.verdict.baseline_period == row["period"]
    rebased = official is not None and Reason.REBASED_AFTER_BREAK in official.verdict.reasons
    key = "chart.segment" if rebased and is_start else "chart.break_in"
    return text(key, period=text.period(row["period"]))
