"""A level to be kept in every period, zero included: the latest period decides."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from metrics.catalogue.definitions import Direction, KeepAt, Words
from metrics.catalogue.methods import SIGN, Judged, Method, num, reaches, refusing, verdict
from metrics.core.series_window import Window, from_baseline, series
from metrics.core.verdicts import ArithmeticStep, Point, Status, Verdict

BOUND = {1: "at least", -1: "at most", 0: "exactly"}


@refusing
def judge(points: Sequence[Point], target: KeepAt, direction: Direction, on: date) -> Verdict:
    """At least the level where more is better, at most where less is, else exactly it."""
    del on  # every period is due
    sign = SIGN[direction]
    everything = series(points)
    window = from_baseline(_after_break(everything), target.baseline, needed=1)
    cut = len(window.points) < len(everything.points) and everything.breaks
    gap = window.last.value - target.value
    return verdict(
        window,
        replace(_kept(window, target.value, sign), notes=("break_before",) if cut else ()),
        _lines(window, target.value, sign),
        expected_value=target.value,
        gap=sign * gap if sign else -abs(gap),
        path=((window.base.period.midpoint, target.value),
              (window.last.period.midpoint, target.value)),
    )  # fmt: skip


def _after_break(window: Window) -> Window:
    """Values before a break are no part of it: a level can be held against the others alone."""
    first = max((each for each in window.breaks if each <= window.last.period), default=None)
    kept = tuple(each for each in window.points if first is None or each.period >= first)
    return Window(kept, hidden=window.hidden, parts=window.parts, notes=window.notes)


def _kept(window: Window, level: float, sign: int) -> Judged:
    if reaches(window.last.value, level, sign):
        return Judged(Status.ACHIEVED, "kept")
    before = window.points[-2].value if len(window.points) > 1 else window.last.value
    if abs(window.last.value - level) > abs(before - level):
        return Judged(Status.MOVING_AWAY, "not_kept_moving_away")
    return Judged(Status.NOT_ACHIEVED, "not_kept")


def _lines(window: Window, level: float, sign: int) -> list[ArithmeticStep]:
    kept = sum(reaches(each.value, level, sign) for each in window.points)
    gap = window.last.value - level
    return [
        ArithmeticStep("level to be kept", BOUND[sign], level),
        ArithmeticStep("value − level", f"{num(window.last.value)} − {num(level)}", gap),
        ArithmeticStep("periods kept", f"of {len(window.points)} observed", kept),
    ]


METHOD = Method(
    name="keep_at",
    title=Words(
        en="Level kept in every period",
        fi="Taso säilytetty joka kaudella",
        el="Επίπεδο που διατηρείται σε κάθε περίοδο",
    ),
    source="After the constant targets of the German sustainability indicators (Destatis, "
    "https://dns-indikatoren.de/en/status/): the value last reached decides",
    rules=frozenset({"keep_at"}),
    judge=judge,
)
