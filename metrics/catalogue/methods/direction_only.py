"""An agreed direction without a level: assessed by the change since the baseline."""

from collections.abc import Sequence
from datetime import date

from metrics.catalogue.definitions.base import Words
from metrics.catalogue.definitions.indicators import Direction
from metrics.catalogue.definitions.targets import DirectionOnly
from metrics.catalogue.methods import (
    Classification,
    Method,
    answer_refusals,
    build_verdict,
    difference_step,
    direction_step,
    rounded_difference,
    status_of_direction,
)
from metrics.core.series_window import Window, observed_window, refuse, window_from_baseline
from metrics.core.verdict_codes import Reason
from metrics.core.verdicts import CalculationStep, Point, Verdict, calculation_step


@answer_refusals
def assess(
    points: Sequence[Point], target: DirectionOnly, direction: Direction, on: date
) -> Verdict:
    """Uses differences only, so that zero and negative values are assessed like all others."""
    del on  # no date was agreed
    sign = direction.sign
    if not sign:
        refuse(Reason.NO_DIRECTION)
    window = window_from_baseline(observed_window(points), target.baseline)
    change = sign * rounded_difference(window.last.value, window.base.value)
    last_change = sign * rounded_difference(window.last.value, window.points[-2].value)
    return build_verdict(
        window,
        Classification(
            status_of_direction(change),
            _category_of_change(change),
            notes=(Reason.LAST_CHANGE_ADVERSE,) if last_change < 0 < change else (),
        ),
        [direction_step(sign), *_change_steps(window)],
        expected_value=window.base.value,
        gap=change,
        path=tuple(
            (point.period.midpoint, window.base.value) for point in (window.base, window.last)
        ),
    )


def _category_of_change(change: float) -> str:
    if change > 0:
        return "right_direction"
    return "wrong_direction" if change < 0 else "no_change"


def _change_steps(window: Window) -> list[CalculationStep]:
    base, before, last = window.base.value, window.points[-2].value, window.last.value
    change = last - base
    return [
        difference_step("change_since_the_baseline", last, base),
        calculation_step(
            "change_a_year", change / window.years, "by_years", change=change, years=window.years
        ),
        difference_step("last_change", last, before),
    ]


METHOD = Method(
    name="direction_only",
    title=Words(en="Direction"),
    source=Words(
        en="After the indicators with a directional target of the German sustainability strategy "
        "(Destatis, https://dns-indikatoren.de/en/status/); sign of the change since the baseline"
    ),
    rules=frozenset({"direction_only"}),
    assess=assess,
)
