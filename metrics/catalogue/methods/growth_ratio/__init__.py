"""Actual against required growth: the method of Statistics Canada and Open SDG, after Eurostat."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from metrics.catalogue.definitions import (
    Direction,
    DirectionOnly,
    GrowthPerYear,
    LevelByDate,
    Words,
)
from metrics.catalogue.methods import (
    Judged,
    Method,
    num,
    reaches,
    refusing,
    verdict,
    wanted,
    wanted_line,
)
from metrics.catalogue.methods.growth_ratio.formulas import (
    BEST,
    INSTEAD_OF_ZERO,
    LIMIT_EXPONENT,
    RATE_HIGH,
    RATE_MIDDLE,
    RATIO_HIGH,
    RATIO_MIDDLE,
    category_of,
    formula_with_target,
    formula_without_target,
    growth_rate,
    limit_scaling,
    nearness,
    progress_with_target,
    progress_without_target,
    score_with_target,
    score_without_target,
)
from metrics.catalogue.methods.level_by_date import of_level, refuse_after, since_the_date
from metrics.catalogue.methods.yearly_growth import is_small
from metrics.core.series_window import Window, enough, from_baseline, refuse, series
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
    """What is asked of a series: a rate of growth a year, and where that leads."""

    rate: float
    expected: float  # at the latest period
    until: float  # end of the path, in years on the axis
    formula: str = ""
    met: bool = False
    zero: bool = False  # the target is zero
    flat: bool = False  # the baseline had met it: no path leads there


@refusing
def judge(
    points: Sequence[Point],
    target: LevelByDate | GrowthPerYear | DirectionOnly,
    direction: Direction,
    on: date,
) -> Verdict:
    """A level or growth a year against the rate it requires, a direction against fixed rates."""
    window = from_baseline(series(points), target.baseline, needed=1)
    if isinstance(target, LevelByDate):
        return _of_level(window, target, wanted(target.value, window.base.value, direction), on)
    window = of_one_sign(enough(window, 2))
    if isinstance(target, GrowthPerYear):
        return _of_rate(window, target.percent / 100, direction)
    return _of_direction(window, target.limit, wanted(0, 0, direction))


def start_of(window: Window) -> float:
    return window.base.value or INSTEAD_OF_ZERO


def of_one_sign(window: Window) -> Window:
    """The model is exponential: it holds for values of one sign only. It may end at zero."""
    if start_of(window) * window.last.value < 0:
        refuse("mixed_signs")
    return window


def _of_level(window: Window, target: LevelByDate, sign: int, on: date) -> Verdict:
    if window.last.period.end >= target.by.end:
        return _past(window, target, sign)
    level = target.value or INSTEAD_OF_ZERO
    met = reaches(window.last.value, level, sign)
    if met and not _has_ratio(window, level):
        return _past(window, target, sign)
    if not met:
        refuse_after(target, on)
    return _against(of_one_sign(enough(window, 2)), _asked(window, target, sign, met=met), sign)


def _past(window: Window, target: LevelByDate, sign: int) -> Verdict:
    """The date has come, or nothing but the level can be judged: no rate is required any more."""
    judged = since_the_date(window, target, sign)
    met = judged.status in {Status.ACHIEVED, Status.ACHIEVED_LATE}
    category = "target_achieved" if met else "target_not_achieved"
    found = of_level(window, target, sign, replace(judged, category=category))
    return replace(found, score=BEST if met else None)


def _has_ratio(window: Window, level: float) -> bool:
    start = start_of(window)
    return window.years > 0 and start * window.last.value >= 0 and start * level >= 0


def _asked(window: Window, target: LevelByDate, sign: int, *, met: bool) -> TargetRate:
    level, start = target.value or INSTEAD_OF_ZERO, start_of(window)
    if start * level < 0:
        refuse("mixed_signs")
    years = window.base.period.years_until(target.by)
    rate = growth_rate(start, level, years)
    formula = f"({num(level)} / {num(start)})^(1/{num(years)}) − 1"
    ahead = reaches(window.base.value, level, sign)
    expected = level if ahead else start * (1 + rate) ** window.years
    return TargetRate(rate, expected, target.by.midpoint, formula, met, target.value == 0, ahead)


def _of_rate(window: Window, rate: float, direction: Direction) -> Verdict:
    asked = TargetRate(
        rate, start_of(window) * (1 + rate) ** window.years, window.last.period.midpoint
    )
    return _against(window, asked, wanted(rate, 0, Direction.NONE if rate else direction))


def _against(window: Window, asked: TargetRate, sign: int) -> Verdict:
    growth = progress_without_target(window.base.value, window.last.value, window.years, sign)
    ratio = progress_with_target(growth, asked.rate)
    category = "target_achieved" if asked.met else category_of(ratio, RATIO_HIGH, RATIO_MIDDLE)
    score = BEST if asked.met else score_with_target(ratio)
    formula = "the target is met" if asked.met else formula_with_target(ratio)
    return verdict(
        window,
        Judged(STATUS[category], category, notes=tuple(_said(window, asked))),
        [
            *_growth_lines(window, growth, sign),
            *_ratio_lines(window, asked, growth),
            ArithmeticStep("score", formula, score),
        ],
        expected_value=asked.expected,
        gap=sign * (window.last.value - asked.expected),
        score=score,
        path=tuple(_path(window, asked)),
    )


def _of_direction(window: Window, limit: float | None, sign: int) -> Verdict:
    """Only a limit that lies in the wanted direction counts."""
    base, last = window.base.value, window.last.value
    limit = limit if limit is not None and reaches(limit, base, sign) else None
    growth = progress_without_target(base, last, window.years, sign)
    scaling = limit_scaling(base, limit)
    category = category_of(growth, RATE_HIGH * scaling, RATE_MIDDLE * scaling)
    score = score_without_target(growth, scaling)
    return verdict(
        window,
        Judged(STATUS[category], category, notes=tuple(_said(window))),
        [
            *_growth_lines(window, growth, sign),
            *_scaling_lines(base, limit, scaling),
            ArithmeticStep("score", formula_without_target(growth, scaling), score),
        ],
        gap=sign * (last - base),
        score=score,
    )


def _said(window: Window, asked: TargetRate | None = None) -> Iterator[str]:
    if window.base.value == 0 or (asked and asked.zero):
        yield "zero_replaced"
    if asked and asked.rate == 0:
        yield "no_growth_required"
    if is_small(window):
        yield "small_base_beside"


def _growth_lines(window: Window, growth: float, sign: int) -> Iterator[ArithmeticStep]:
    base, last, years = start_of(window), window.last.value, window.years
    yield wanted_line(sign)
    yield ArithmeticStep(
        "years since the baseline", f"{window.base.period} to {window.last.period}", years
    )
    turned = "−" if sign * base < 0 else ""
    formula = f"{turned}(({num(last)} / {num(base)})^(1/{num(years)}) − 1)"
    yield ArithmeticStep("growth a year in the wanted direction", formula, growth)


def _ratio_lines(window: Window, asked: TargetRate, growth: float) -> Iterator[ArithmeticStep]:
    yield ArithmeticStep("growth required a year", asked.formula, asked.rate)
    yield ArithmeticStep("path", _path_formula(window, asked), asked.expected)
    ratio = progress_with_target(growth, asked.rate)
    yield ArithmeticStep("progress", f"{num(growth)} / |{num(asked.rate)}|", ratio)
    yield ArithmeticStep("thresholds", "on track from, acceleration needed from", "0.95, 0.60, 0")


def _path_formula(window: Window, asked: TargetRate) -> str:
    if asked.flat:
        return "the target, which the baseline had met"
    return f"{num(start_of(window))} × (1 + ({num(asked.rate)}))^{num(window.years)}"


def _scaling_lines(base: float, limit: float | None, scaling: float) -> Iterator[ArithmeticStep]:
    if limit is not None:
        near = nearness(base, limit)[1] if scaling < 1 else "0"
        yield ArithmeticStep(
            "scaling near the natural limit", f"1 − ({near})^{LIMIT_EXPONENT}", scaling
        )
    yield ArithmeticStep(
        "substantial progress from", f"{RATE_HIGH} × {num(scaling)}", RATE_HIGH * scaling
    )
    yield ArithmeticStep(
        "moderate progress from", f"{RATE_MIDDLE} × {num(scaling)}", RATE_MIDDLE * scaling
    )


def _path(window: Window, asked: TargetRate) -> Iterator[tuple[float, float]]:
    """One point a year from the baseline on."""
    start, time = start_of(window), window.base.period.midpoint
    if asked.flat:
        yield from ((time, asked.expected), (asked.until, asked.expected))
        return
    for years in range(round(asked.until - time) + 1):
        yield time + years, start * (1 + asked.rate) ** years


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
