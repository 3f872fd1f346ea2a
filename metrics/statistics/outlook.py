"""If the recent trend continues: a line through the last years with its interval. No forecast."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import exp

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from statsmodels.regression.linear_model import OLS, RegressionResults

from metrics.catalogue.definitions import (
    DirectionOnly,
    GrowthPerYear,
    Indicator,
    KeepAt,
    LevelByDate,
)
from metrics.catalogue.loader import Catalogue
from metrics.catalogue.methods import reaches, wanted
from metrics.core.series_window import NoVerdictError, Window, enough, refuse, series
from metrics.core.tables import BREAKDOWNS, EU, TOTAL
from metrics.core.verdicts import Point
from metrics.statistics.assessment.cases import AssessmentCase, cases_on
from metrics.statistics.assessment.histories import Histories, histories
from metrics.statistics.assessment.judging import carried_back, panels

Numbers = NDArray[np.float64]
# Below five points the t interval is so wide that it says nothing, above ten the oldest years
# are no recent trend any more.
FEWEST_POINTS, MOST_POINTS = 5, 10
OUTSIDE = 0.05  # the share of new values that should fall outside the interval
COLUMNS = (
    "goal", "target", "indicator", *BREAKDOWNS, "area",
    "reason", "points", "change_a_year", "path", "meets", "meets_in",
)  # fmt: skip


@dataclass(frozen=True)
class Ahead:
    """Where the trend stands in a year to come, with the interval for a new value."""

    time: float  # middle of the period, in years
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Trend:
    """A straight line by least squares, or one through the logarithms of positive values."""

    points: int
    change_a_year: float  # in units; in per cent for the logarithms
    ahead: tuple[Ahead, ...]


def outlook(values: pd.DataFrame, catalogue: Catalogue, on: date) -> pd.DataFrame:
    """One row for each target with a level or a direction and each area: trend or reason for none.

    `path` is JSON: [year on the axis, value, low, high] for each year ahead. `meets` is
    `on_this_trend` with the first such year in `meets_in`, `beyond_horizon`, `not_on_this_trend`,
    or empty where the target is no level.
    """
    cases = [case for case in cases_on(catalogue, on) if case.official and has_trend(case)]
    found = histories(values, {case.indicator.code for case in cases})
    return pd.DataFrame([_row(case, found) for case in cases], columns=list(COLUMNS))


def has_trend(case: AssessmentCase) -> bool:
    quantity = isinstance(case.target, LevelByDate | KeepAt | GrowthPerYear | DirectionOnly)
    return quantity and case.indicator.role != "context"


def trend(window: Window, *, compound: bool = False) -> Trend:
    """The line through the last five to ten points, carried on for half as many years.

    The interval is that of Student's t for a new observation around a fitted line. NoVerdictError
    for fewer than five points or, where growth is compound, for values that are not positive.
    """
    points = _recent(window)
    times = np.array([each.period.midpoint for each in points])
    values = np.array([each.value for each in points])
    if compound:
        values = np.log(_positive(values))
    fitted = OLS(values, _design(times, times[-1])).fit()
    slope = float(fitted.params[1])
    ahead = _ahead(fitted, times[-1] + np.arange(1, len(points) // 2 + 1), times[-1])
    if compound:
        slope, ahead = float(100 * np.expm1(slope)), [_exponential(each) for each in ahead]
    return Trend(len(points), slope, tuple(ahead))


def _ahead(fitted: RegressionResults, years: Numbers, origin: float) -> list[Ahead]:
    expected = fitted.get_prediction(_design(years, origin))
    interval = expected.conf_int(obs=True, alpha=OUTSIDE)
    table = np.column_stack([years, expected.predicted_mean, interval])
    return [Ahead(*row) for row in table.tolist()]


def _exponential(each: Ahead) -> Ahead:
    return Ahead(each.time, exp(each.value), exp(each.low), exp(each.high))


def _positive(values: Numbers) -> Numbers:
    if np.any(values <= 0):
        refuse("negative_value" if np.any(values < 0) else "zero_baseline")
    return values


def _recent(window: Window) -> Sequence[Point]:
    """Since the last break, where there was one: values before it belong to another line."""
    last_break = max((each for each in window.breaks if each <= window.last.period), default=None)
    points = tuple(each for each in window.points if not last_break or each.period >= last_break)
    recent = Window(points[-MOST_POINTS:], parts=window.parts)
    return enough(recent, FEWEST_POINTS).points


def _design(times: Numbers, origin: float) -> Numbers:
    """Years from the latest point: numbers near 2000 would cost the fit its precision."""
    return np.column_stack([np.ones(len(times)), times - origin])


def bounded(ahead: Sequence[Ahead], indicator: Indicator, window: Window) -> tuple[Ahead, ...]:
    """No count falls below zero, no share rises above 100 %."""
    low = 0.0 if min(each.value for each in window.points) >= 0 else -np.inf
    high = 100.0 if indicator.unit == "PC" else np.inf
    return tuple(
        Ahead(each.time, *np.clip([each.value, each.low, each.high], low, high).tolist())
        for each in ahead
    )


def meets(found: Trend, level: float, sign: int) -> tuple[str, float | None]:
    """Whether the trend reaches a level, and in which year, as far as it may be carried on."""
    for each in found.ahead:
        if reaches(each.value, level, sign):
            return "on_this_trend", each.time
    towards = sign * found.change_a_year > 0
    return ("beyond_horizon" if towards else "not_on_this_trend"), None


def _row(case: AssessmentCase, found: Histories) -> list[object]:
    codes = (case.codes.get(by, TOTAL) for by in BREAKDOWNS)
    place = [case.goal, case.target.id, case.indicator.code, *codes, case.area]
    try:
        return [*place, *_told(case, found)]
    except NoVerdictError as none:
        return [*place, none.reason, 0, np.nan, "[]", "", ""]


def _told(case: AssessmentCase, found: Histories) -> Iterator[object]:
    window = series(_same_states(case, found))
    line = trend(window, compound=isinstance(case.target, GrowthPerYear))
    ahead = bounded(line.ahead, case.indicator, window)
    how, when = _target(case, line, window)
    yield from ("", line.points, line.change_a_year)
    yield json.dumps([[each.time, each.value, each.low, each.high] for each in ahead])
    yield from (how, "" if when is None else str(int(when)))


def _target(case: AssessmentCase, line: Trend, window: Window) -> tuple[str, float | None]:
    target = case.target
    if not isinstance(target, LevelByDate | KeepAt):
        return "", None
    sign = wanted(target.value, window.base.value, case.indicator.direction)
    if reaches(window.last.value, target.value, sign):
        return "met", None
    return meets(line, target.value, sign)


def _same_states(case: AssessmentCase, found: Histories) -> Sequence[Point]:
    """For the Union, figures of the same states in all years, or carried back by their growth."""
    points = case.points(found)
    if case.area == EU and points and len(set(panels(case, found).values())) > 1:
        return carried_back(case, found)[0]
    return points
