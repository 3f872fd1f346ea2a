"""Only a direction was agreed: the change since the baseline decides, the last is said beside."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from metrics.catalogue.definitions import Direction, DirectionOnly, Words
from metrics.catalogue.methods import (
    SIGN,
    Judged,
    Method,
    difference,
    num,
    refusing,
    verdict,
    wanted_line,
)
from metrics.core.series_window import Window, from_baseline, refuse, series
from metrics.core.verdicts import ArithmeticStep, Point, Status, Verdict


@refusing
def judge(
    points: Sequence[Point], target: DirectionOnly, direction: Direction, on: date
) -> Verdict:
    """Differences only, so that zero and negative values are judged like all others."""
    del on  # no date was agreed
    sign = SIGN[direction]
    if not sign:
        refuse("no_direction")
    window = from_baseline(series(points), target.baseline)
    change = sign * difference(window.last.value, window.base.value)
    last_change = sign * difference(window.last.value, window.points[-2].value)
    return verdict(
        window,
        replace(_of(change), notes=("last_change_adverse",) if last_change < 0 < change else ()),
        [wanted_line(sign), *_lines(window)],
        expected_value=window.base.value,
        gap=change,
        path=tuple(
            (each.period.midpoint, window.base.value) for each in (window.base, window.last)
        ),
    )


def _of(change: float) -> Judged:
    if change > 0:
        return Judged(Status.ON_TRACK, "right_direction")
    if change < 0:
        return Judged(Status.MOVING_AWAY, "wrong_direction")
    return Judged(Status.BEHIND, "no_change")


def _lines(window: Window) -> list[ArithmeticStep]:
    base, before, last = window.base.value, window.points[-2].value, window.last.value
    change = last - base
    return [
        ArithmeticStep("change since the baseline", f"{num(last)} − {num(base)}", change),
        ArithmeticStep(
            "change a year", f"{num(change)} / {num(window.years)} years", change / window.years
        ),
        ArithmeticStep("last change", f"{num(last)} − {num(before)}", last - before),
    ]


METHOD = Method(
    name="direction_only",
    title=Words(en="Direction", fi="Suunta", el="Κατεύθυνση"),
    source="After the indicators with a directional target of the German sustainability strategy "
    "(Destatis, https://dns-indikatoren.de/en/status/); sign of the change since the baseline",
    rules=frozenset({"direction_only"}),
    judge=judge,
)
