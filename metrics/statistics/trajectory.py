"""The expected value on the path to a target in every period, and the gap to it."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from metrics.core.period import ReferencePeriod
from metrics.core.schemas import TARGETED_SERIES, conform_table
from metrics.core.series_window import is_suppressed
from metrics.core.verdict_codes import Reason
from metrics.core.verdicts import Point, Verdict
from metrics.statistics.assessment.basis import AssessmentBasis
from metrics.statistics.assessment.case_verdicts import points_of_target
from metrics.statistics.assessment.cases import AssessmentCase
from metrics.statistics.assessment.reasons import has_reason
from metrics.statistics.assessment.relative_gaps import add_relative_gaps
from metrics.statistics.assessment.value_limits import is_gap_limited

PERIOD_CELLS = ("method", "period", "time", "value", "expected_value", "gap")


def trajectory(basis: AssessmentBasis) -> pd.DataFrame:
    """One row for each period of every series with a target, by the official method.

    `time` is the midpoint of the period in years. `expected_value` is the value of the official
    verdict's path at that time, and `gap` is how far the figure is from it, in its unit: positive
    is better. For the period of the verdict both are taken from the verdict; for other full years
    they are interpolated on its path. They are NaN if a verdict has no path (milestones, no
    verdict), before the path starts and after it ends, and for part-year periods. A missing year
    has a row without a value, so that no line of a chart crosses it.

    All periods have one path, that of the day of the release: from the baseline to the target. It
    does not depend on what was known in an earlier year. With a path calculated back from the
    latest figure, there is a gap in the period of the verdict only: other States reported for the
    other periods.
    """
    rows = [
        (*case.key, case.method, *cells)
        for case in basis.official
        for cells in _cells(case, basis.verdicts[case], points_of_target(case, basis.histories))
    ]
    table = pd.DataFrame(rows, columns=[*TARGETED_SERIES, *PERIOD_CELLS])
    return conform_table("trajectory", add_relative_gaps(table, basis.cases))


def _cells(
    case: AssessmentCase, verdict: Verdict, points: Sequence[Point]
) -> Iterator[tuple[str, float, float, float, float]]:
    """Period, time, value, expected value and gap, in the order of time."""
    sign = case.indicator.direction.sign_of_gap
    ordered = sorted((*points, *_fill_missing_years(points)), key=lambda point: point.period)
    for point in ordered:
        value = np.nan if is_suppressed(point) else point.value
        expected, gap = np.nan, np.nan
        if verdict.path and str(point.period) == verdict.period:
            expected, gap = _number(verdict.expected_value), _number(verdict.gap)
        elif verdict.path and point.period.is_full_year:
            expected = value_on_path(verdict, point.period)
            gap = sign * (value - expected)
        if is_gap_limited(verdict, point, points) or _is_of_other_areas(verdict, point):
            gap = np.nan
        yield str(point.period), point.period.midpoint, value, expected, gap


def _is_of_other_areas(verdict: Verdict, point: Point) -> bool:
    """Whether a figure was reported by other States than those of a path calculated back."""
    return has_reason(verdict, Reason.MATCHED_PANEL) and str(point.period) != verdict.period


def _fill_missing_years(points: Sequence[Point]) -> list[Point]:
    """A point without a value for each year missing between the first and the last."""
    years = {point.period.year for point in points if point.period.is_full_year}
    between = range(min(years, default=0), max(years, default=0))
    return [Point(ReferencePeriod(year), np.nan) for year in between if year not in years]


def value_on_path(verdict: Verdict, period: ReferencePeriod) -> float:
    """Linear interpolation on the path; NaN before its start and after its end."""
    times, heights = zip(*verdict.path, strict=True)
    return float(np.interp(period.midpoint, times, heights, left=np.nan, right=np.nan))


def _number(value: float | None) -> float:
    return np.nan if value is None else value
