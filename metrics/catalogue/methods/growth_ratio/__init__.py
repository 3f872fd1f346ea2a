"""Actual against required growth: the method of Statistics Canada and Open SDG, after Eurostat."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
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
    format_number,
    reaches_level,
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
    formula_with_target,
    formula_without_target,
    growth_rate,
    limit_scaling,
    nearness_to_limit,
    progress_category,
    progress_with_target,
    progress_without_target,
    score_with_target,
    score_without_target,
)
from metrics.catalogue.methods.level_by_date import (
    judge_since_date,
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
from metrics.core.verdicts import ArithmeticStep, Point, Status, Verdict

STATUS = {
    "target_achieved": Status.ACHIEVED,
    "substantial_progress": Status.ON_TRACK,
    "moderate_progress": Status.BEHIND,
    "limited_progress": Status.BEHIND,
    "deterioration": Status.MOVING_AWAY,
}


@dataclass(frozen=True)
class TargetRate:
    """The rate of growth that a target requires a year, and the path that it makes."""

    rate: float
    expected: float  # expected value at the latest period
    until: float  # end of the path, in years on the axis
    formula: str = ""
    met: bool = False
    zero: bool = False  # the target is zero
    flat: bool = False  # the baseline met the target: there is no path


@answer_refusals
def judge(
    points: Sequence[Point],
    target: LevelByDate | GrowthPerYear | DirectionOnly,
    direction: Direction,
    on: date,
) -> Verdict:
    """A level or yearly growth against its required rate, a direction against fixed rates."""
    window = window_from_baseline(observed_window(points), target.baseline, needed=1)
    if isinstance(target, LevelByDate):
        return _judge_level(
            window, target, wanted_sign(target.value, window.base.value, direction), on
        )
    window = require_one_sign(require_points(window, 2))
    if isinstance(target, GrowthPerYear):
        return _judge_rate(window, target.percent / 100, direction)
    return _judge_direction(window, target.limit, wanted_sign(0, 0, direction))


def start_value(window: Window) -> float:
    return window.base.value or INSTEAD_OF_ZERO


def require_one_sign(window: Window) -> Window:
    """The exponential model holds for values of one sign only; it may end at zero."""
    if start_value(window) * window.last.value < 0:
        refuse(Reason.MIXED_SIGNS)
    return window


def _judge_level(window: Window, target: LevelByDate, sign: int, on: date) -> Verdict:
    if window.last.period.end >= target.by.end:
        return _judge_past_date(window, target, sign)
    level = target.value or INSTEAD_OF_ZERO
    met = reaches_level(window.last.value, level, sign)
    if met and not _has_ratio(window, level):
        return _judge_past_date(window, target, sign)
    if not met:
        refuse_after_target_date(target, on)
    return _judge_against_rate(
        require_one_sign(require_points(window, 2)),
        _target_rate(window, target, sign, met=met),
        sign,
    )


def _judge_past_date(window: Window, target: LevelByDate, sign: int) -> Verdict:
    """If the date has passed, or only the level can be judged, no rate is required."""
    judged = judge_since_date(window, target, sign)
    met = judged.status in {Status.ACHIEVED, Status.ACHIEVED_LATE}
    category = "target_achieved" if met else "target_not_achieved"
    found = level_verdict(window, target, sign, replace(judged, category=category))
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
    formula = f"({format_number(level)} / {format_number(start)})^(1/{format_number(years)}) − 1"
    ahead = reaches_level(window.base.value, level, sign)
    expected = level if ahead else start * (1 + rate) ** window.years
    return TargetRate(rate, expected, target.by.midpoint, formula, met, target.value == 0, ahead)


def _judge_rate(window: Window, rate: float, direction: Direction) -> Verdict:
    target_rate = TargetRate(
        rate, start_value(window) * (1 + rate) ** window.years, window.last.period.midpoint
    )
    return _judge_against_rate(
        window, target_rate, wanted_sign(rate, 0, Direction.NONE if rate else direction)
    )


def _judge_against_rate(window: Window, target_rate: TargetRate, sign: int) -> Verdict:
    growth = progress_without_target(window.base.value, window.last.value, window.years, sign)
    ratio = progress_with_target(growth, target_rate.rate)
    category = (
        "target_achieved" if target_rate.met else progress_category(ratio, RATIO_HIGH, RATIO_MIDDLE)
    )
    score = BEST if target_rate.met else score_with_target(ratio)
    formula = "the target is met" if target_rate.met else formula_with_target(ratio)
    return build_verdict(
        window,
        Classification(STATUS[category], category, notes=tuple(_ratio_notes(window, target_rate))),
        [
            *_growth_steps(window, growth, sign),
            *_ratio_steps(window, target_rate, growth),
            ArithmeticStep("score", formula, score),
        ],
        expected_value=target_rate.expected,
        gap=sign * (window.last.value - target_rate.expected),
        score=score,
        path=tuple(_ratio_path(window, target_rate)),
    )


def _judge_direction(window: Window, limit: float | None, sign: int) -> Verdict:
    """A limit counts only if it lies in the wanted direction."""
    base, last = window.base.value, window.last.value
    limit = limit if limit is not None and reaches_level(limit, base, sign) else None
    growth = progress_without_target(base, last, window.years, sign)
    scaling = limit_scaling(base, limit)
    category = progress_category(growth, RATE_HIGH * scaling, RATE_MIDDLE * scaling)
    score = score_without_target(growth, scaling)
    return build_verdict(
        window,
        Classification(STATUS[category], category, notes=tuple(_ratio_notes(window))),
        [
            *_growth_steps(window, growth, sign),
            *_scaling_steps(base, limit, scaling),
            ArithmeticStep("score", formula_without_target(growth, scaling), score),
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


def _growth_steps(window: Window, growth: float, sign: int) -> Iterator[ArithmeticStep]:
    base, last, years = start_value(window), window.last.value, window.years
    yield direction_step(sign)
    yield ArithmeticStep(
        "years since the baseline", f"{window.base.period} to {window.last.period}", years
    )
    turned = "−" if sign * base < 0 else ""
    formula = (
        f"{turned}(({format_number(last)} / {format_number(base)})^(1/{format_number(years)}) − 1)"
    )
    yield ArithmeticStep("growth a year in the wanted direction", formula, growth)


def _ratio_steps(
    window: Window, target_rate: TargetRate, growth: float
) -> Iterator[ArithmeticStep]:
    yield ArithmeticStep("growth required a year", target_rate.formula, target_rate.rate)
    yield ArithmeticStep("path", _path_formula(window, target_rate), target_rate.expected)
    ratio = progress_with_target(growth, target_rate.rate)
    yield ArithmeticStep(
        "progress", f"{format_number(growth)} / |{format_number(target_rate.rate)}|", ratio
    )
    yield ArithmeticStep("thresholds", "on track from, acceleration needed from", "0.95, 0.60, 0")


def _path_formula(window: Window, target_rate: TargetRate) -> str:
    if target_rate.flat:
        return "the target, which the baseline had met"
    start, rate = format_number(start_value(window)), format_number(target_rate.rate)
    return f"{start} × (1 + ({rate}))^{format_number(window.years)}"


def _scaling_steps(base: float, limit: float | None, scaling: float) -> Iterator[ArithmeticStep]:
    if limit is not None:
        near = nearness_to_limit(base, limit)[1] if scaling < 1 else "0"
        yield ArithmeticStep(
            "scaling near the natural limit", f"1 − ({near})^{LIMIT_EXPONENT}", scaling
        )
    yield ArithmeticStep(
        "substantial progress from", f"{RATE_HIGH} × {format_number(scaling)}", RATE_HIGH * scaling
    )
    yield ArithmeticStep(
        "moderate progress from", f"{RATE_MIDDLE} × {format_number(scaling)}", RATE_MIDDLE * scaling
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
    title=Words(
        en="Actual against required growth",
        fi="Toteutunut ja tarvittava kasvu",
        el="Πραγματική και απαιτούμενη αύξηση",
    ),
    source="Statistics Canada and Open SDG, after Eurostat: "
    "https://open-sdg.readthedocs.io/en/latest/progress-methodology/",
    rules=frozenset({"level_by_date", "growth_per_year", "direction_only"}),
    judge=judge,
)
