"""Actual against required growth: the method of Statistics Canada and Open SDG, after Eurostat."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import inf

from metrics.definitions import Direction, DirectionOnly, GrowthPerYear, LevelByDate, Words
from metrics.methods import (
    ROUNDING,
    Judged,
    Method,
    num,
    reaches,
    refusing,
    verdict,
    wanted,
    wanted_line,
    years_of,
)
from metrics.methods.level_by_date import of_level, since_the_date
from metrics.methods.yearly_growth import is_small
from metrics.model import Line, Point, Status, Verdict
from metrics.points import Window, enough, from_baseline, refuse, series

# With a target: shares of the required rate. Without: growth a year, scaled near a natural limit.
RATIO_HIGH, RATIO_MIDDLE = 0.95, 0.60
RATE_HIGH, RATE_MIDDLE = 0.015, 0.005
LIMIT_EXPONENT = 4.44
INSTEAD_OF_ZERO = 0.001  # the publisher's replacement of a baseline or target of zero
BEST = 5.0
# The score is piecewise linear: from where on, slope, intercept; slopes as the publisher rounds.
SCORE_WITH_TARGET = ((RATIO_MIDDLE, 7.1429, -4.2857), (-inf, 4.1667, -2.5))
SCORE_WITHOUT = ((RATE_HIGH, 500, -5), (RATE_MIDDLE, 250, -1.25), (0, 500, -2.5), (-inf, 125, -2.5))

STATUS = {
    "target_achieved": Status.ACHIEVED,
    "substantial_progress": Status.ON_TRACK,
    "moderate_progress": Status.BEHIND,
    "limited_progress": Status.BEHIND,
    "deterioration": Status.MOVING_AWAY,
}


def growth_rate(start: float, end: float, years: float) -> float:
    """Compound annual growth rate (0.015 is 1.5 % a year) between values of one sign.

    A start of zero is replaced by 0.001. ValueError where the signs differ or no year lies
    between. Source: Open SDG, progress methodology, "Methodology".
    """
    start = start or INSTEAD_OF_ZERO
    if start * end < 0 or years <= 0:
        raise ValueError(f"no growth rate from {start:g} to {end:g} in {years:g} years")
    return float((end / start) ** (1 / years) - 1)


def progress_without_target(start: float, end: float, years: float, sign: int) -> float:
    """Growth a year in the wanted direction: `sign` is 1 where more is wanted, else −1.

    Negative values grow away from zero, so that their growth is turned round.
    """
    return sign * (-1 if start < 0 else 1) * growth_rate(start, end, years)


def progress_with_target(growth: float, required: float) -> float:
    """R: growth in the wanted direction over the size of the growth required; 1 is just enough.

    The required rate counts by its size alone: where the baseline is better than the target its
    sign would turn the ratio round, and a loss would look like progress. Where no growth is
    required, any growth is infinitely enough and any loss infinitely too little.
    """
    if required == 0:
        return growth * inf if growth else 0.0
    return growth / abs(required)


def limit_scaling(start: float, limit: float | None) -> float:
    """C, from 0 at a natural limit to 1 far from it: near it, less growth is possible.

    A start above the limit approaches a minimum from above; equal relative distances count
    alike. Source: Open SDG, progress methodology, "Indicators without quantitative targets".
    """
    if limit is None or abs(start) >= 2 * abs(limit):
        return 1.0
    return float(1 - _nearness(start, limit)[0] ** LIMIT_EXPONENT)


def _nearness(start: float, limit: float) -> tuple[float, str]:
    """1 at the limit, with its formula; a limit of zero is never near."""
    start, limit = abs(start), abs(limit)
    if start <= limit:
        return start / limit, f"{num(start)} / {num(limit)}"
    return 2 - start / limit, f"2 − {num(start)} / {num(limit)}"


def category_of(progress: float, high: float, middle: float) -> str:
    """The publisher's category: at a threshold it is met, whatever binary numbers make of it."""
    thresholds = ("substantial_progress", high), ("moderate_progress", middle)
    for category, threshold in (*thresholds, ("limited_progress", 0.0)):
        if progress >= threshold - ROUNDING:
            return category
    return "deterioration"


def score_with_target(ratio: float) -> float:
    """From −5 at −60 % over 0 at 60 % to 5 at 130 %; the publisher's code rounds the slopes."""
    return _scored(ratio, SCORE_WITH_TARGET)[0]


def score_without_target(rate: float, scaling: float = 1.0) -> float:
    """−5 at −2 %, −2.5 at 0, 0 at 0.5 % C, 2.5 at 1.5 % C, 5 at 2 % C; a loss is not scaled."""
    return _scored(_scaled(rate, scaling), SCORE_WITHOUT)[0]


def _scaled(rate: float, scaling: float) -> float:
    """What is kept at its natural limit is beyond all thresholds."""
    if rate < -ROUNDING:
        return rate
    return rate / scaling if scaling else inf


def _scored(
    progress: float, pieces: Sequence[tuple[float, float, float]], shown: str = ""
) -> tuple[float, str]:
    _, slope, intercept = next(each for each in pieces if progress >= each[0] - ROUNDING)
    score = min(max(slope * progress + intercept, -BEST), BEST)
    return score, f"{slope:g} × {shown or num(progress)} − {-intercept:g}, from −5 to 5"


@dataclass(frozen=True)
class Asked:
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
    if not met and years_of(on) >= target.by.end:
        refuse("target_date_passed", Line("date", "the end of", str(target.by)))
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


def _asked(window: Window, target: LevelByDate, sign: int, *, met: bool) -> Asked:
    level, start = target.value or INSTEAD_OF_ZERO, start_of(window)
    if start * level < 0:
        refuse("mixed_signs")
    years = window.base.period.years_until(target.by)
    rate = growth_rate(start, level, years)
    formula = f"({num(level)} / {num(start)})^(1/{num(years)}) − 1"
    ahead = reaches(window.base.value, level, sign)
    expected = level if ahead else start * (1 + rate) ** window.years
    return Asked(rate, expected, target.by.midpoint, formula, met, target.value == 0, ahead)


def _of_rate(window: Window, rate: float, direction: Direction) -> Verdict:
    asked = Asked(rate, start_of(window) * (1 + rate) ** window.years, window.last.period.midpoint)
    return _against(window, asked, wanted(rate, 0, Direction.NONE if rate else direction))


def _against(window: Window, asked: Asked, sign: int) -> Verdict:
    growth = progress_without_target(window.base.value, window.last.value, window.years, sign)
    ratio = progress_with_target(growth, asked.rate)
    category = "target_achieved" if asked.met else category_of(ratio, RATIO_HIGH, RATIO_MIDDLE)
    score, formula = _scored(ratio, SCORE_WITH_TARGET)
    score, formula = (BEST, "the target is met") if asked.met else (score, formula)
    return verdict(
        window,
        Judged(STATUS[category], category, notes=tuple(_said(window, asked))),
        [
            *_growth_lines(window, growth, sign),
            *_ratio_lines(window, asked, growth),
            Line("score", formula, score),
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
    scaled = _scaled(growth, scaling)
    shown = "" if scaled == growth else f"{num(growth)} / {num(scaling)}"
    score, formula = _scored(scaled, SCORE_WITHOUT, shown)
    return verdict(
        window,
        Judged(STATUS[category], category, notes=tuple(_said(window))),
        [
            *_growth_lines(window, growth, sign),
            *_scaling_lines(base, limit, scaling),
            Line("score", formula, score),
        ],
        gap=sign * (last - base),
        score=score,
    )


def _said(window: Window, asked: Asked | None = None) -> Iterator[str]:
    if window.base.value == 0 or (asked and asked.zero):
        yield "zero_replaced"
    if asked and asked.rate == 0:
        yield "no_growth_required"
    if is_small(window):
        yield "small_base_beside"


def _growth_lines(window: Window, growth: float, sign: int) -> Iterator[Line]:
    base, last, years = start_of(window), window.last.value, window.years
    yield wanted_line(sign)
    yield Line("years since the baseline", f"{window.base.period} to {window.last.period}", years)
    turned = "−" if sign * base < 0 else ""
    formula = f"{turned}(({num(last)} / {num(base)})^(1/{num(years)}) − 1)"
    yield Line("growth a year in the wanted direction", formula, growth)


def _ratio_lines(window: Window, asked: Asked, growth: float) -> Iterator[Line]:
    yield Line("growth required a year", asked.formula, asked.rate)
    yield Line("path", _path_formula(window, asked), asked.expected)
    ratio = progress_with_target(growth, asked.rate)
    yield Line("progress", f"{num(growth)} / |{num(asked.rate)}|", ratio)
    yield Line("thresholds", "on track from, acceleration needed from", "0.95, 0.60, 0")


def _path_formula(window: Window, asked: Asked) -> str:
    if asked.flat:
        return "the target, which the baseline had met"
    return f"{num(start_of(window))} × (1 + ({num(asked.rate)}))^{num(window.years)}"


def _scaling_lines(base: float, limit: float | None, scaling: float) -> Iterator[Line]:
    if limit is not None:
        near = _nearness(base, limit)[1] if scaling < 1 else "0"
        yield Line("scaling near the natural limit", f"1 − ({near})^{LIMIT_EXPONENT}", scaling)
    yield Line("substantial progress from", f"{RATE_HIGH} × {num(scaling)}", RATE_HIGH * scaling)
    yield Line("moderate progress from", f"{RATE_MIDDLE} × {num(scaling)}", RATE_MIDDLE * scaling)


def _path(window: Window, asked: Asked) -> Iterator[tuple[float, float]]:
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
