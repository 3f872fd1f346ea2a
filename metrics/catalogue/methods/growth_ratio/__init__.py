"""Actual against required growth: the method of Statistics Canada and Open SDG, after Eurostat."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from metrics.catalogue.definitions.base import Words
from metrics.catalogue.definitions.indicators import Direction
from metrics.catalogue.definitions.targets import DirectionOnly, GrowthPerYear, LevelByDate
from metrics.catalogue.methods import (
    Classification,
    Method,
    answer_refusals,
    build_verdict,
    direction_step,
    period_step,
    reaches_level,
    status_of_direction,
    wanted_sign,
)
from metrics.catalogue.methods.growth_ratio.formulas import (
    BEST,
    INSTEAD_OF_ZERO,
    LIMIT_EXPONENT,
    RATE_HIGH,
    RATE_MIDDLE,
    RATIO_HIGH,
    RATIO_MIDDLE,
    formula_of_scaling,
    growth_rate,
    limit_scaling,
    progress_category,
    progress_with_target,
    progress_without_target,
    score_with_target,
    score_without_target,
    step_with_target,
    step_without_target,
)
from metrics.catalogue.methods.level_by_date import (
    assess_since_date,
    level_verdict,
    refuse_after_target_date,
)
from metrics.catalogue.methods.yearly_growth import has_small_base
from metrics.core.series_window import (
    Window,
    observed_window,
    refuse,
    require_points,
    window_from_baseline,
)
from metrics.core.verdict_codes import Reason
from metrics.core.verdicts import REACHED, CalculationStep, Point, Status, Verdict, calculation_step

STATUS = {
    "target_achieved": Status.ACHIEVED,
    "substantial_progress": Status.ON_TRACK,
    "moderate_progress": Status.BEHIND,
    "limited_progress": Status.BEHIND,
    "deterioration": Status.MOVING_AWAY,
}


@dataclass(frozen=True)
class TargetRate:
    """The yearly growth that a target requires, and the path that follows from it."""

    rate: float
    expected: float  # expected value at the latest period
    until: float  # end of the path, in years on the axis
    to_level: Mapping[str, float] = field(default_factory=dict)  # what the rate was computed of
    met: bool = False
    zero: bool = False  # the target is zero
    flat: bool = False  # the baseline met the target: there is no path


@answer_refusals
def assess(
    points: Sequence[Point],
    target: LevelByDate | GrowthPerYear | DirectionOnly,
    direction: Direction,
    on: date,
) -> Verdict:
    """A level or yearly growth against its required rate, a direction against fixed rates."""
    window = window_from_baseline(observed_window(points), target.baseline, needed=1)
    if isinstance(target, LevelByDate):
        return _assess_level(
            window, target, wanted_sign(target.value, window.base.value, direction), on
        )
    window = require_one_sign(require_points(window, 2))
    if isinstance(target, GrowthPerYear):
        return _assess_rate(window, target.percent / 100, direction)
    return _assess_direction(window, target.limit, wanted_sign(0, 0, direction))


def start_value(window: Window) -> float:
    return window.base.value or INSTEAD_OF_ZERO


def require_one_sign(window: Window) -> Window:
    """The exponential model holds for values of one sign only; it may end at zero."""
    if start_value(window) * window.last.value < 0:
        refuse(Reason.MIXED_SIGNS)
    return window


def _assess_level(window: Window, target: LevelByDate, sign: int, on: date) -> Verdict:
    if window.last.period.end >= target.by.end:
        return _assess_past_date(window, target, sign)
    level = target.value or INSTEAD_OF_ZERO
    met = reaches_level(window.last.value, level, sign)
    if met and not _has_ratio(window, level):
        return _assess_past_date(window, target, sign)
    if not met:
        refuse_after_target_date(target, on)
    return _assess_against_rate(
        require_one_sign(require_points(window, 2)),
        _target_rate(window, target, sign, met=met),
        sign,
    )


def _assess_past_date(window: Window, target: LevelByDate, sign: int) -> Verdict:
    """If the date has passed, or only the level can be assessed, no rate is required."""
    assessed = assess_since_date(window, target, sign)
    met = assessed.status in REACHED
    category = "target_achieved" if met else "target_not_achieved"
    found = level_verdict(window, target, sign, replace(assessed, category=category))
    return replace(found, score=BEST if met else None)


def _has_ratio(window: Window, level: float) -> bool:
    start = start_value(window)
    return window.years > 0 and start * window.last.value >= 0 and start * level >= 0


def _target_rate(window: Window, target: LevelByDate, sign: int, *, met: bool) -> TargetRate:
    level, start = target.value or INSTEAD_OF_ZERO, start_value(window)
    if start * level < 0:
        refuse(Reason.MIXED_SIGNS)
    years = window.base.period.years_until(target.by)
    rate = growth_rate(start, level, years)
    to_level = {"level": level, "start": start, "years": years}
    ahead = reaches_level(window.base.value, level, sign)
    expected = level if ahead else start * (1 + rate) ** window.years
    return TargetRate(rate, expected, target.by.midpoint, to_level, met, target.value == 0, ahead)


def _assess_rate(window: Window, rate: float, direction: Direction) -> Verdict:
    target_rate = TargetRate(
        rate, start_value(window) * (1 + rate) ** window.years, window.last.period.midpoint
    )
    return _assess_against_rate(
        window, target_rate, wanted_sign(rate, 0, Direction.NONE if rate else direction)
    )


def _assess_against_rate(window: Window, target_rate: TargetRate, sign: int) -> Verdict:
    growth = progress_without_target(window.base.value, window.last.value, window.years, sign)
    ratio = progress_with_target(growth, target_rate.rate)
    category = (
        "target_achieved" if target_rate.met else progress_category(ratio, RATIO_HIGH, RATIO_MIDDLE)
    )
    score = BEST if target_rate.met else score_with_target(ratio)
    scored = (
        CalculationStep("score", score, "target_met")
        if target_rate.met
        else step_with_target(ratio, score)
    )
    return build_verdict(
        window,
        Classification(STATUS[category], category, notes=tuple(_ratio_notes(window, target_rate))),
        [
            *_growth_steps(window, growth, sign),
            *_ratio_steps(window, target_rate, growth),
            scored,
        ],
        expected_value=target_rate.expected,
        gap=sign * (window.last.value - target_rate.expected),
        score=score,
        path=tuple(_ratio_path(window, target_rate)),
    )


def _assess_direction(window: Window, limit: float | None, sign: int) -> Verdict:
    """A limit counts only if it lies in the desired direction."""
    base, last = window.base.value, window.last.value
    limit = limit if limit is not None and reaches_level(limit, base, sign) else None
    growth = progress_without_target(base, last, window.years, sign)
    scaling = limit_scaling(base, limit)
    category = progress_category(growth, RATE_HIGH * scaling, RATE_MIDDLE * scaling)
    score = score_without_target(growth, scaling)
    # A slow movement is still one in the desired direction: no rate was agreed.
    is_slow = STATUS[category] is Status.BEHIND
    status = status_of_direction(sign * (last - base)) if is_slow else STATUS[category]
    return build_verdict(
        window,
        Classification(status, category, notes=tuple(_ratio_notes(window))),
        [
            *_growth_steps(window, growth, sign),
            *_scaling_steps(base, limit, scaling),
            step_without_target(growth, scaling, score),
        ],
        gap=sign * (last - base),
        score=score,
    )


def _ratio_notes(window: Window, target_rate: TargetRate | None = None) -> Iterator[str]:
    if window.base.value == 0 or (target_rate and target_rate.zero):
        yield Reason.ZERO_REPLACED
    if target_rate and target_rate.rate == 0:
        yield Reason.NO_GROWTH_REQUIRED
    if has_small_base(window):
        yield Reason.SMALL_BASE_BESIDE


def _growth_steps(window: Window, growth: float, sign: int) -> Iterator[CalculationStep]:
    base, last, years = start_value(window), window.last.value, window.years
    yield direction_step(sign)
    yield period_step("years_since_the_baseline", years, window.base.period, window.last.period)
    yield calculation_step(
        "growth_a_year_in_the_wanted_direction",
        growth,
        "growth_rate" + ("_turned" if sign * base < 0 else ""),
        value=last,
        base=base,
        years=years,
    )


def _ratio_steps(
    window: Window, target_rate: TargetRate, growth: float
) -> Iterator[CalculationStep]:
    rate = target_rate.rate
    formula = "rate_to_level" if target_rate.to_level else ""
    yield CalculationStep("growth_required_a_year", rate, formula, target_rate.to_level)
    yield _path_step(window, target_rate)
    ratio = progress_with_target(growth, rate)
    yield calculation_step("progress", ratio, "ratio_of_rates", growth=growth, required=rate)
    yield calculation_step("thresholds", None, "of_ratio", high=RATIO_HIGH, middle=RATIO_MIDDLE)


def _path_step(window: Window, target_rate: TargetRate) -> CalculationStep:
    if target_rate.flat:
        return CalculationStep("path", target_rate.expected, "target_met_at_baseline")
    return calculation_step(
        "path",
        target_rate.expected,
        "power_of_rate",
        base=start_value(window),
        rate=target_rate.rate,
        years=window.years,
    )


def _scaling_steps(base: float, limit: float | None, scaling: float) -> Iterator[CalculationStep]:
    if limit is not None:
        yield calculation_step(
            "scaling_near_the_natural_limit",
            scaling,
            formula_of_scaling(base, limit, scaling),
            start=abs(base),
            limit=abs(limit),
            exponent=LIMIT_EXPONENT,
        )
    for key, rate in (("substantial", RATE_HIGH), ("moderate", RATE_MIDDLE)):
        yield calculation_step(
            f"{key}_progress_from", rate * scaling, "product", value=rate, times=scaling
        )


def _ratio_path(window: Window, target_rate: TargetRate) -> Iterator[tuple[float, float]]:
    """One point for each year from the baseline on."""
    start, time = start_value(window), window.base.period.midpoint
    if target_rate.flat:
        yield from ((time, target_rate.expected), (target_rate.until, target_rate.expected))
        return
    for years in range(round(target_rate.until - time) + 1):
        yield time + years, start * (1 + target_rate.rate) ** years


METHOD = Method(
    name="growth_ratio",
    title=Words(en="Actual against required growth"),
    source=Words(
        en="Statistics Canada and Open SDG, after Eurostat: "
        "https://open-sdg.readthedocs.io/en/latest/progress-methodology/"
    ),
    rules=frozenset({"level_by_date", "growth_per_year", "direction_only"}),
    assess=assess,
)
