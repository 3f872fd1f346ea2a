"""A level to be reached by a date: the latest value against the agreed path."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from math import ceil, exp, inf, log

import numpy as np

from metrics.catalogue.codelists.groups import MONTHS, last_day
from metrics.catalogue.definitions.base import Words
from metrics.catalogue.definitions.indicators import Direction
from metrics.catalogue.definitions.targets import LevelByDate
from metrics.catalogue.methods import (
    Classification,
    Method,
    answer_refusals,
    assess_against_path,
    build_verdict,
    difference_step,
    reaches_level,
    wanted_sign,
)
from metrics.core.series_window import (
    Window,
    observed_window,
    refuse,
    require_points,
    window_from_baseline,
)
from metrics.core.verdict_codes import Reason
from metrics.core.verdicts import CalculationStep, Point, Status, Verdict, calculation_step


@dataclass(frozen=True)
class TargetPath:
    """Values agreed for points in time (in years), with straight lines or curves between them."""

    times: tuple[float, ...]
    values: tuple[float, ...]
    compound: bool = False  # equal growth each year; requires values of one sign

    def at(self, time: float) -> float:
        """The value required at a time; constant before the first and after the last point."""
        scaled = float(np.interp(time, self.times, self._scaled))
        return self.values[0] * exp(scaled) if self.compound else scaled

    def time_of_value(self, value: float) -> float | None:
        """When the path reaches a value: at its start for a worse one, never if it turns."""
        order = 1 if self._scaled[-1] > self._scaled[0] else -1
        rising = [order * value for value in self._scaled]
        if np.any(np.diff(rising) <= 0):
            return None
        return float(np.interp(order * self._scale(value), rising, self.times))

    @property
    def points_to_draw(self) -> tuple[tuple[float, float], ...]:
        """The points to draw; for a curve one for each year."""
        if not self.compound:
            return tuple(zip(self.times, self.values, strict=True))
        years = np.linspace(self.times[0], self.times[-1], ceil(self.times[-1] - self.times[0]) + 1)
        return tuple((float(time), self.at(time)) for time in years)

    @property
    def _scaled(self) -> tuple[float, ...]:
        return tuple(map(self._scale, self.values))

    def _scale(self, value: float) -> float:
        """On this scale equal growth makes equal steps; growth never leads to or across zero."""
        if not self.compound:
            return value
        ratio = value / self.values[0]
        return log(ratio) if ratio > 0 else -inf


def path_to_target(target: LevelByDate, base: Point) -> TargetPath:
    """The path from the baseline through the agreed milestones to the target.

    NoVerdictError if the path is compound but baseline and target differ in sign.
    """
    agreed = target.agreed_path if target.trajectory == "table" else ()
    knots = {milestone.period.midpoint: milestone.value for milestone in agreed}
    knots.setdefault(target.by.midpoint, target.value)
    if base.period.midpoint < min(knots):
        knots[base.period.midpoint] = base.value
    compound = target.trajectory == "compound"
    if compound:
        _refuse_other_signs(base.value, target.value)
    times = sorted(knots)
    return TargetPath(tuple(times), tuple(knots[time] for time in times), compound)


def _refuse_other_signs(base: float, target: float) -> None:
    if base == 0:
        refuse(Reason.ZERO_BASELINE)
    if target == 0:
        refuse(Reason.ZERO_TARGET)
    if base * target < 0:
        refuse(Reason.MIXED_SIGNS)


@answer_refusals
def assess(points: Sequence[Point], target: LevelByDate, direction: Direction, on: date) -> Verdict:
    """The latest value meets the level or, before the date, is compared with the path."""
    window = window_from_baseline(observed_window(points), target.baseline, needed=1)
    sign = wanted_sign(target.value, window.base.value, direction)
    if window.last.period.end >= target.by.end:
        return level_verdict(window, target, sign, assess_since_date(window, target, sign))
    if reaches_level(window.last.value, target.value, sign):
        return level_verdict(window, target, sign, Classification(Status.ACHIEVED, "met"))
    refuse_after_target_date(target, on)
    if reaches_level(window.base.value, target.value, sign):
        # Such a path would lead away from the desired direction: a loss would count as progress.
        away = Classification(
            Status.MOVING_AWAY, "worse_than_baseline", notes=(Reason.BASELINE_MET_TARGET,)
        )
        return level_verdict(window, target, sign, away)
    return _assess_before_date(require_points(window, 2), target, sign)


def _assess_before_date(window: Window, target: LevelByDate, sign: int) -> Verdict:
    path = path_to_target(target, window.base)
    expected = path.at(window.last.period.midpoint)
    passed = path.time_of_value(window.last.value)
    late = None if passed is None else MONTHS * (window.last.period.midpoint - passed)
    return build_verdict(
        window,
        assess_against_path(window, expected, sign, late),
        [*_path_steps(path, window), *_steps_to_target(window.last, expected, passed, late)],
        expected_value=expected,
        gap=sign * (window.last.value - expected),
        path=path.points_to_draw,
    )


def _path_steps(path: TargetPath, window: Window) -> Iterator[CalculationStep]:
    for time, value in zip(path.times, path.values, strict=True):
        formula = "compound_path" if path.compound else "linear_path"
        yield calculation_step("path", value, formula, time=time)
    last = window.last.period
    yield calculation_step("middle_of_the_latest_period", last.midpoint, "period", period=str(last))


def _steps_to_target(
    last: Point, expected: float, passed: float | None, late: float | None
) -> Iterator[CalculationStep]:
    yield CalculationStep("value_asked_for", expected, "on_path")
    yield difference_step("value_less_value_asked_for", last.value, expected)
    if passed is not None:
        yield CalculationStep("time_at_which_the_path_passes_the_value", passed, "not_before_path")
        yield calculation_step(
            "months_late", late, "months_between", time=last.period.midpoint, passed=passed
        )


def refuse_after_target_date(target: LevelByDate, on: date) -> None:
    """Nothing is extrapolated to a date that has passed."""
    if on > last_day(target.by):
        refuse(Reason.TARGET_DATE_PASSED, CalculationStep("date", str(target.by), "end_of"))


def assess_since_date(window: Window, target: LevelByDate, sign: int) -> Classification:
    """Met in time, met late, or not met; a level that was met and lost is not met."""
    met = [reaches_level(point.value, target.value, sign) for point in window.points]
    run = len(list(takewhile(bool, reversed(met))))
    if not run:
        lost = (Reason.MET_THEN_LOST,) if any(met) else ()
        return Classification(Status.NOT_ACHIEVED, "not_met", notes=lost)
    first = window.points[-run].period
    if first.end <= target.by.end:
        return Classification(Status.ACHIEVED, "met")
    if run == len(met) or window.points[-run - 1].period.end < target.by.end:
        # Nothing was observed at the date itself: it was met by then, or later.
        return Classification(Status.ACHIEVED, "met", notes=(Reason.DATE_NOT_OBSERVED,))
    return Classification(Status.ACHIEVED_LATE, "met_late", MONTHS * (first.end - target.by.end))


def level_verdict(
    window: Window, target: LevelByDate, sign: int, assessed: Classification
) -> Verdict:
    """A verdict against the level itself, not against the path."""
    gap = window.last.value - target.value
    lines = [
        calculation_step(
            "level", target.value, f"at_{'least' if sign > 0 else 'most'}_by", by=str(target.by)
        ),
        difference_step("value_less_level", window.last.value, target.value),
        CalculationStep("months_late", assessed.months_late),
    ]
    ends = (window.base.period.midpoint, max(window.last.period, target.by).midpoint)
    return build_verdict(
        window,
        assessed,
        lines,
        expected_value=target.value,
        gap=sign * gap,
        path=tuple((time, target.value) for time in ends),
    )


METHOD = Method(
    name="level_by_date",
    title=Words(en="Level against the agreed path"),
    source=Words(
        en="The Commission compares values observed each year with those projected along the "
        "Digital Decade trajectories; the path is linear unless the goal names another"
    ),
    rules=frozenset({"level_by_date"}),
    assess=assess,
)
