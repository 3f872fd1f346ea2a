"""Extrapolate recent trends by a straight line with a prediction interval. Not a forecast."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import stdtrit

from metrics.catalogue.definitions.indicators import Indicator
from metrics.catalogue.definitions.targets import DirectionOnly, GrowthPerYear, KeepAt, LevelByDate
from metrics.catalogue.methods import reaches_level, wanted_sign
from metrics.core.schemas import columns_of, conform_table
from metrics.core.series_window import (
    NoVerdictError,
    Window,
    observed_window,
    refuse,
    require_points,
)
from metrics.core.tables import EU
from metrics.core.verdict_codes import Reason
from metrics.core.verdicts import Point
from metrics.statistics.assessment.basis import AssessmentBasis
from metrics.statistics.assessment.cases import AssessmentCase
from metrics.statistics.assessment.histories import Histories
from metrics.statistics.assessment.matched_panel import backcast, panels

Numbers = NDArray[np.float64]
# With fewer than five points the t interval is too wide to be useful; with more than ten the
# oldest years are no longer a recent trend.
FEWEST_POINTS, MOST_POINTS = 5, 10
OUTSIDE = 0.05  # share of new values expected outside the interval


@dataclass(frozen=True)
class YearAhead:
    """The trend in a future year, with the prediction interval."""

    time: float  # midpoint of the period, in years
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Trend:
    """A straight line by least squares, or one through the logarithms of positive values."""

    points: int
    change_a_year: float  # in units, or in per cent for a line through logarithms
    ahead: tuple[YearAhead, ...]


@dataclass(frozen=True)
class Line:
    """A least-squares line; times are measured from their mean."""

    points: int
    mean_time: float
    mean_value: float
    slope: float
    deviation: float  # residual; degrees of freedom: points less two
    spread: float  # sum of the squared distances of the times from their mean


def outlook(basis: AssessmentBasis) -> pd.DataFrame:
    """One row for each target with a level or direction and each area: a trend, or a reason.

    `path` is JSON: [year on the axis, value, low, high] for each year ahead. `meets` is
    `on_this_trend` with the first such year in `meets_in`, `beyond_horizon`, `not_on_this_trend`,
    or empty if the target is not a level.
    """
    rows = [
        (*case.key, *_outlook_cells(case, basis.histories))
        for case in basis.official
        if has_trend(case)
    ]
    return conform_table("outlook", pd.DataFrame(rows, columns=columns_of("outlook")))


def has_trend(case: AssessmentCase) -> bool:
    quantity = isinstance(case.target, LevelByDate | KeepAt | GrowthPerYear | DirectionOnly)
    return quantity and case.indicator.role != "context"


def trend(window: Window, *, compound: bool = False) -> Trend:
    """The line through the last five to ten points, extrapolated for half as many years.

    The interval is Student's t prediction interval of a fitted line. NoVerdictError for fewer than
    five points or, with compound growth, for values that are not positive.
    """
    points = _recent_points(window)
    if any(point.limit for point in points):
        refuse(Reason.LIMIT_UNDECIDED)
    times = np.array([point.period.midpoint for point in points])
    values = np.array([point.value for point in points])
    if compound:
        values = np.log(_require_positive(values))
    line = fit_line(times, values)
    years = times[-1] + np.arange(1, len(points) // 2 + 1)
    slope, ahead = line.slope, predict(line, years)
    if compound:
        slope = float(100 * np.expm1(slope))
        ahead = [
            YearAhead(year.time, exp(year.value), exp(year.low), exp(year.high)) for year in ahead
        ]
    return Trend(len(points), slope, tuple(ahead))


def fit_line(times: Numbers, values: Numbers) -> Line:
    """The line with the least sum of squared residuals."""
    from_mean = times - times.mean()
    spread = float(from_mean @ from_mean)
    slope = float(from_mean @ (values - values.mean())) / spread
    residuals = values - values.mean() - slope * from_mean
    deviation = float(np.sqrt(residuals @ residuals / (len(times) - 2)))
    return Line(len(times), float(times.mean()), float(values.mean()), slope, deviation, spread)


def predict(line: Line, years: Numbers) -> list[YearAhead]:
    """The line in future years, with Student's t prediction interval for one new value."""
    distance = years - line.mean_time
    values = line.mean_value + line.slope * distance
    error = line.deviation * np.sqrt(1 + 1 / line.points + distance**2 / line.spread)
    half_width = float(stdtrit(line.points - 2, 1 - OUTSIDE / 2)) * error
    table = np.column_stack([years, values, values - half_width, values + half_width])
    return [YearAhead(*row) for row in table.tolist()]


def _require_positive(values: Numbers) -> Numbers:
    if np.any(values <= 0):
        refuse(Reason.NEGATIVE_VALUE if np.any(values < 0) else Reason.ZERO_BASELINE)
    return values


def _recent_points(window: Window) -> Sequence[Point]:
    """The points since the last break: earlier values are not comparable."""
    breaks = [period for period in window.breaks if period <= window.last.period]
    last_break = max(breaks, default=window.base.period)
    points = tuple(point for point in window.points if point.period >= last_break)
    recent = Window(points[-MOST_POINTS:], parts=window.parts)
    return require_points(recent, FEWEST_POINTS).points


def clip_to_possible(
    ahead: Sequence[YearAhead], indicator: Indicator, window: Window
) -> tuple[YearAhead, ...]:
    """Clip to possible values: counts are at least zero, shares at most 100 %."""
    low = 0.0 if min(point.value for point in window.points) >= 0 else -np.inf
    high = 100.0 if indicator.unit == "PC" else np.inf
    return tuple(
        YearAhead(year.time, *np.clip([year.value, year.low, year.high], low, high).tolist())
        for year in ahead
    )


def year_of_reaching(fitted: Trend, level: float, sign: int) -> tuple[str, float | None]:
    """Whether and in which year the trend reaches a level within the extrapolated years."""
    for year in fitted.ahead:
        if reaches_level(year.value, level, sign):
            return "on_this_trend", year.time
    is_towards = sign * fitted.change_a_year > 0
    return ("beyond_horizon" if is_towards else "not_on_this_trend"), None


def _outlook_cells(case: AssessmentCase, histories: Histories) -> Iterator[object]:
    """Reason, number of points, change a year, path, and whether and when the target is met."""
    try:
        window = observed_window(_points_of_same_states(case, histories))
        fitted = trend(window, compound=isinstance(case.target, GrowthPerYear))
        ahead = clip_to_possible(fitted.ahead, case.indicator, window)
        result, year_met = _compare_with_target(case, fitted, window)
    except NoVerdictError as none:
        yield from (none.reason, 0, np.nan, "[]", "", "")
        return
    yield from ("", fitted.points, fitted.change_a_year)
    yield json.dumps([[year.time, year.value, year.low, year.high] for year in ahead])
    yield from (result, "" if year_met is None else str(int(year_met)))


def _compare_with_target(
    case: AssessmentCase, fitted: Trend, window: Window
) -> tuple[str, float | None]:
    target = case.target
    if not isinstance(target, LevelByDate | KeepAt):
        return "", None
    sign = wanted_sign(target.value, window.base.value, case.indicator.direction)
    if reaches_level(window.last.value, target.value, sign):
        return "met", None
    return year_of_reaching(fitted, target.value, sign)


def _points_of_same_states(case: AssessmentCase, histories: Histories) -> Sequence[Point]:
    """For the Union: figures of the same States in all years, calculated back if necessary."""
    points = case.points(histories)
    if case.area == EU and points and len(set(panels(case, histories).values())) > 1:
        return backcast(case, histories)[0]
    return points
