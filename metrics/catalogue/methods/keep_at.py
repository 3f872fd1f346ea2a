"""A level to be kept in every period, zero included: assessed by the latest period."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from metrics.catalogue.definitions.base import Words
from metrics.catalogue.definitions.indicators import Direction
from metrics.catalogue.definitions.targets import KeepAt
from metrics.catalogue.methods import (
    Classification,
    Method,
    answer_refusals,
    build_verdict,
    difference_step,
    reaches_level,
)
from metrics.core.series_window import Window, observed_window, window_from_baseline
from metrics.core.verdict_codes import Reason
from metrics.core.verdicts import CalculationStep, Point, Status, Verdict, calculation_step

BOUND = {1: "at_least", -1: "at_most", 0: "exactly"}


@answer_refusals
def assess(points: Sequence[Point], target: KeepAt, direction: Direction, on: date) -> Verdict:
    """At least the level if more is better, at most if less is, else exactly the level."""
    del on  # every period is due
    sign = direction.sign
    everything = observed_window(points)
    window = window_from_baseline(_since_break(everything), target.baseline, needed=1)
    cut = len(window.points) < len(everything.points) and everything.breaks
    notes = (Reason.BREAK_BEFORE,) if cut else ()
    gap = window.last.value - target.value
    return build_verdict(
        window,
        replace(_classify_level(window, target.value, sign), notes=notes),
        _level_steps(window, target.value, sign),
        expected_value=target.value,
        gap=sign * gap if sign else -abs(gap),
        path=((window.base.period.midpoint, target.value),
              (window.last.period.midpoint, target.value)),
    )  # fmt: skip


def _since_break(window: Window) -> Window:
    """Drop values before a break: they cannot be compared with the level."""
    first = max((period for period in window.breaks if period <= window.last.period), default=None)
    kept = tuple(point for point in window.points if first is None or point.period >= first)
    return replace(window, points=kept, breaks=())


def _classify_level(window: Window, level: float, sign: int) -> Classification:
    if reaches_level(window.last.value, level, sign):
        return Classification(Status.ACHIEVED, "kept")
    before = window.points[-2].value if len(window.points) > 1 else window.last.value
    if abs(window.last.value - level) > abs(before - level):
        return Classification(Status.MOVING_AWAY, "not_kept_moving_away")
    return Classification(Status.NOT_ACHIEVED, "not_kept")


def _level_steps(window: Window, level: float, sign: int) -> list[CalculationStep]:
    kept = sum(reaches_level(point.value, level, sign) for point in window.points)
    return [
        CalculationStep("level_to_be_kept", level, BOUND[sign]),
        difference_step("value_less_level", window.last.value, level),
        calculation_step("periods_kept", kept, "of_observed", number=len(window.points)),
    ]


METHOD = Method(
    name="keep_at",
    title=Words(en="Level kept in every period"),
    source=Words(
        en="After the constant targets of the German sustainability indicators (Destatis, "
        "https://dns-indikatoren.de/en/status/): the value last reached decides"
    ),
    rules=frozenset({"keep_at"}),
    assess=assess,
    rests_on_latest=True,
)
