"""Extrapolate the last five years to the date: the weather symbols of Destatis."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from metrics.catalogue.definitions.base import Words
from metrics.catalogue.definitions.indicators import Direction
from metrics.catalogue.definitions.targets import DirectionOnly, KeepAt, LevelByDate
from metrics.catalogue.methods import (
    ROUNDING,
    Classification,
    Method,
    answer_refusals,
    build_verdict,
    difference_step,
    direction_step,
    period_step,
    reaches_level,
    rounded_difference,
    status_of_direction,
    wanted_sign,
)
from metrics.catalogue.methods.level_by_date import (
    assess_since_date,
    level_verdict,
    refuse_after_target_date,
)
from metrics.core.series_window import Window, latest_window, observed_window
from metrics.core.verdicts import CalculationStep, Point, Status, Verdict, calculation_step

POINTS, FEWEST_POINTS = 6, 4
SUN_BELOW, CLOUD_ABOVE = 0.05, 0.20  # shares of the gap that remains
STATUS = {
    "sun": Status.ON_TRACK,
    "sun_cloud": Status.BEHIND,
    "cloud": Status.BEHIND,
    "thunderstorm": Status.MOVING_AWAY,
}


def average_change(values: Sequence[tuple[float, float]]) -> float:
    """Mean annual change between the first and the last of (year, value), in units a year.

    The mean of yearly changes is the whole change by the years elapsed, so that years without a
    value count. ValueError for fewer than two points.
    """
    if len(values) < 2:  # noqa: PLR2004
        raise ValueError(f"{values!r} has no change; two points are needed")
    (start, first), (end, last) = values[0], values[-1]
    return rounded_difference(last, first) / (end - start)


def miss_share(value: float, target: float, projected: float, sign: int) -> float:
    """The share of the remaining gap that the projection misses; negative if it overshoots.

    `sign` is 1 if more is better, else −1. ZeroDivisionError if no gap remains.
    """
    return sign * (target - projected) / abs(target - value)


def symbol_by_date(share: float, change: float) -> str:
    """For a level by a date, from the share missed and the change in the desired direction."""
    if change <= 0:
        return "thunderstorm"
    if share < SUN_BELOW - ROUNDING:
        return "sun"
    return "sun_cloud" if share <= CLOUD_ABOVE + ROUNDING else "cloud"


def symbol_of_held_level(change: float, *, met: bool) -> str:
    """For a level to be kept every year, or one reached before its date."""
    if met:
        return "sun" if change >= 0 else "sun_cloud"
    return "cloud" if change > 0 else "thunderstorm"


def symbol_of_direction(change: float, last_change: float) -> str:
    """For a direction alone: the mean change of five years first, then the last change."""
    if change > 0:
        return "sun" if last_change > 0 else "sun_cloud"
    return "cloud" if last_change > 0 else "thunderstorm"


@answer_refusals
def assess(
    points: Sequence[Point],
    target: LevelByDate | KeepAt | DirectionOnly,
    direction: Direction,
    on: date,
) -> Verdict:
    """Uses the last six points, at least four; the baseline is not used."""
    everything = observed_window(points)
    if isinstance(target, LevelByDate):
        sign = wanted_sign(target.value, everything.base.value, direction)
        return _assess_level_by_date(everything, target, sign, on)
    sign = wanted_sign(0, 0, direction)
    window = latest_window(everything, POINTS, FEWEST_POINTS)
    if isinstance(target, KeepAt):
        return _assess_held_level(window, target.value, sign)
    return _assess_direction(window, sign)


def _assess_level_by_date(everything: Window, target: LevelByDate, sign: int, on: date) -> Verdict:
    if everything.last.period.end >= target.by.end:
        return _assess_at_date(everything, target, sign)
    window = latest_window(everything, POINTS, FEWEST_POINTS)
    if reaches_level(window.last.value, target.value, sign):
        return _assess_held_level(window, target.value, sign)
    refuse_after_target_date(target, on)
    return _assess_projection(window, target, sign)


def _assess_at_date(everything: Window, target: LevelByDate, sign: int) -> Verdict:
    """In the year of the date there is still a symbol, as published; afterwards none."""
    window = latest_window(everything, POINTS, needed=1)
    assessed = assess_since_date(everything, target, sign)
    found = level_verdict(everything, target, sign, assessed)
    if everything.last.period.end > target.by.end or len(window.points) < FEWEST_POINTS:
        return found
    held = _assess_held_level(window, target.value, sign)
    reason = level_verdict(window, target, sign, assessed).reason  # of the values used only
    return replace(held, status=assessed.status, reason=reason)


def _assess_projection(window: Window, target: LevelByDate, sign: int) -> Verdict:
    value, change = window.last.value, _change(window)
    years = window.last.period.years_until(target.by)
    projected = value + change * years
    share = miss_share(value, target.value, projected, sign)
    symbol = symbol_by_date(share, sign * change)
    lines = [
        *_change_steps(window, sign),
        period_step("years_to_the_date", years, window.last.period, target.by),
        calculation_step(
            "projected", projected, "projection", value=value, change=change, years=years
        ),
        calculation_step(
            "missed_share_of_the_gap",
            share,
            "missed_share" + ("_turned" if sign < 0 else ""),
            target=target.value,
            projected=projected,
            value=value,
        ),
        calculation_step(
            "thresholds", None, "sun_and_cloud", sun_below=SUN_BELOW, cloud_above=CLOUD_ABOVE
        ),
    ]
    path = ((window.last.period.midpoint, value), (target.by.midpoint, projected))
    gap = sign * (projected - target.value)
    return build_verdict(
        window,
        Classification(STATUS[symbol], symbol),
        lines,
        expected_value=target.value,
        gap=gap,
        path=path,
    )


def _assess_held_level(window: Window, level: float, sign: int) -> Verdict:
    change, value = _change(window), window.last.value
    met = reaches_level(value, level, sign)
    symbol = symbol_of_held_level(sign * change, met=met)
    gap = difference_step("value_less_level", value, level)
    assessed = Classification(Status.ACHIEVED if met else STATUS[symbol], symbol)
    lines = [*_change_steps(window, sign), gap]
    return build_verdict(window, assessed, lines, expected_value=level, gap=sign * (value - level))


def _assess_direction(window: Window, sign: int) -> Verdict:
    last, before = window.last.value, window.points[-2].value
    last_change = rounded_difference(last, before)
    change = sign * _change(window)
    assessed = Classification(
        status_of_direction(change), symbol_of_direction(change, sign * last_change)
    )
    last_step = calculation_step("last_change", last_change, "difference", value=last, less=before)
    lines = [*_change_steps(window, sign), last_step]
    return build_verdict(window, assessed, lines)


def _change(window: Window) -> float:
    return average_change([(point.period.midpoint, point.value) for point in window.points])


def _change_steps(window: Window, sign: int) -> list[CalculationStep]:
    mean = calculation_step(
        "mean_change_a_year",
        _change(window),
        "difference_by_years",
        value=window.last.value,
        less=window.base.value,
        years=window.years,
    )
    return [direction_step(sign), mean]


METHOD = Method(
    name="projected_gap",
    title=Words(en="Projection of the last five years"),
    source=Words(
        en="Destatis, indicators of the German sustainability strategy: "
        "https://dns-indikatoren.de/en/status/"
    ),
    rules=frozenset({"level_by_date", "keep_at", "direction_only"}),
    assess=assess,
    uses_baseline=False,
)
