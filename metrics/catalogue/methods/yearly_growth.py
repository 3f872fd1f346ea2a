"""At least so many per cent a year: assessed by the compounded path."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from math import log

from metrics.catalogue.codelists.groups import MONTHS
from metrics.catalogue.definitions.base import Words
from metrics.catalogue.definitions.indicators import Direction
from metrics.catalogue.definitions.targets import GrowthPerYear
from metrics.catalogue.materiality import materiality
from metrics.catalogue.methods import (
    Method,
    answer_refusals,
    assess_against_path,
    build_verdict,
    difference_step,
    period_step,
    reaches_level,
)
from metrics.core.series_window import (
    Window,
    observed_window,
    refuse,
    window_from_baseline,
    years_between,
)
from metrics.core.verdict_codes import Reason, Step
from metrics.core.verdicts import CalculationStep, PlainValue, Point, Verdict, calculation_step


def required_value(base: float, percent: float, years: float) -> float:
    """The value on the path: `base` grown by `percent` (10.0 is 10 %) a year for `years`."""
    return float(base * (1 + percent / 100) ** years)


def growth_per_year(start: float, end: float, years: float) -> float:
    """Compound growth in per cent a year between two positive values `years` apart."""
    return float(100 * ((end / start) ** (1 / years) - 1))


def months_late(base: float, value: float, percent: float, years: float) -> float | None:
    """How long ago the path passed `value`, in months; negative if it has not yet.

    At most the time since the baseline, where the path begins. None if the path is constant or the
    value is not positive.
    """
    factor = 1 + percent / 100
    if value <= 0 or factor <= 0 or factor == 1:
        return None
    return MONTHS * (years - max(0.0, log(value / base) / log(factor)))


@answer_refusals
def assess(
    points: Sequence[Point], target: GrowthPerYear, direction: Direction, on: date
) -> Verdict:
    """`percent` is the yearly growth required; the path decides, whatever the day `on`."""
    del on  # yearly growth has no end date
    sign = _sign(target.percent, direction)
    window = require_growth(window_from_baseline(observed_window(points), target.baseline))
    base, last = window.base.value, window.last.value
    expected = required_value(base, target.percent, window.years)
    late = months_late(base, last, target.percent, window.years)
    return build_verdict(
        window,
        assess_against_path(window, expected, sign, late),
        _growth_steps(window, target.percent, sign),
        expected_value=expected,
        gap=sign * (last - expected),
        path=tuple(_growth_path(window, target.percent)),
    )


def require_growth(window: Window) -> Window:
    """The window itself, unless growth on its baseline is meaningless."""
    if window.base.value == 0:
        refuse(Reason.ZERO_BASELINE)
    if any(point.value < 0 for point in window.points):
        refuse(Reason.NEGATIVE_VALUE)
    if has_small_base(window):
        refuse(
            Reason.SMALL_BASE,
            CalculationStep("smallest_baseline_that_is_assessed", materiality().smallest_base),
            calculation_step("change", window.last.value, "from_value", value=window.base.value),
        )
    return window


def has_small_base(window: Window) -> bool:
    """Whether the baseline is a small count."""
    return holds_counts(window) and abs(window.base.value) < materiality().smallest_base


def holds_counts(window: Window) -> bool:
    """Whether the values are counts, which are whole numbers."""
    return all(point.value == int(point.value) for point in window.points)


def _sign(percent: float, direction: Direction) -> int:
    sign = (percent > 0) - (percent < 0) or direction.sign
    if not sign:
        refuse(Reason.NO_DIRECTION)
    return sign


def _growth_steps(window: Window, percent: float, sign: int) -> Iterator[CalculationStep]:
    yield CalculationStep(Step.GROWTH_ASKED, percent)
    yield from _yearly_steps(window, percent, sign)
    yield from _compound_steps(window, percent)


def _yearly_steps(window: Window, percent: float, sign: int) -> Iterator[CalculationStep]:
    met = missed = 0
    are_counts = holds_counts(window)
    for first, second in pairwise(window.points):
        if first.value == 0 or (are_counts and first.value < materiality().smallest_base):
            yield calculation_step(
                "growth_a_year_not_assessed",
                None,
                "period_on_value",
                period=str(second.period),
                value=first.value,
            )
            continue
        years = years_between(first, second)
        growth = growth_per_year(first.value, second.value, years)
        enough = reaches_level(second.value, required_value(first.value, percent, years), sign)
        met, missed = met + enough, missed + (not enough)
        yield _growth_step(first, second, years, growth)
    bound = "at_least_percent" if sign > 0 else "at_most_percent"
    yield calculation_step(Step.YEARS_MET, met, bound, percent=percent)
    yield CalculationStep(Step.YEARS_MISSED, missed)


def _growth_step(first: Point, second: Point, years: float, growth: float) -> CalculationStep:
    ends: dict[str, PlainValue] = {
        "period": str(second.period),
        "value": second.value,
        "base": first.value,
    }
    key = Step.GROWTH_OF_YEAR
    if years == 1:
        return CalculationStep(key, growth, "growth_of_year", ends)
    return CalculationStep(key, growth, "growth_of_years", {**ends, "years": years})


def _compound_steps(window: Window, percent: float) -> Iterator[CalculationStep]:
    base, last, years = window.base.value, window.last.value, window.years
    factor, expected = 1 + percent / 100, required_value(base, percent, years)
    yield period_step("years_since_the_baseline", years, window.base.period, window.last.period)
    yield calculation_step("path", expected, "power", base=base, factor=factor, years=years)
    yield difference_step("value_less_path", last, expected)
    yield CalculationStep(
        "value_less_path_added_up_over_the_observed_periods",
        _sum_of_gaps(window, percent),
        "sum_of_gaps",
    )
    late = months_late(base, last, percent, years)
    if late is None:
        yield CalculationStep("months_late")
        return
    yield calculation_step(
        "months_late", late, "months_of_growth", years=years, value=last, base=base, factor=factor
    )


def _sum_of_gaps(window: Window, percent: float) -> float:
    return sum(
        point.value - required_value(window.base.value, percent, years_between(window.base, point))
        for point in window.points
    )


def _growth_path(window: Window, percent: float) -> Iterator[tuple[float, float]]:
    """One point for each year, up to the year after the latest."""
    for years in range(round(window.years) + 2):
        yield (
            window.base.period.midpoint + years,
            required_value(window.base.value, percent, years),
        )


METHOD = Method(
    name="yearly_growth",
    title=Words(en="Growth each year and on the compounded path"),
    source=Words(
        en="Global Alliance against Child Sexual Abuse Online, operational goal of at least 10 % "
        "yearly (declaration of 5 December 2012, in the words of the form that Finland filled in)"
    ),
    rules=frozenset({"growth_per_year"}),
    assess=assess,
)
