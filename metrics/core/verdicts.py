"""What a method is given and what it returns: the points of a series, and a verdict."""

from dataclasses import dataclass
from enum import StrEnum

from metrics.core.period import ReferencePeriod
from metrics.core.tables import FREE, NORMAL


class Status(StrEnum):
    """The verdict in words that all methods share; `category` keeps the method's own."""

    ACHIEVED = "achieved"
    ACHIEVED_LATE = "achieved_late"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    MOVING_AWAY = "moving_away"
    NOT_YET_DUE = "not_yet_due"
    NOT_ACHIEVED = "not_achieved"  # its date has passed
    NOT_ASSESSED = "not_assessed"


@dataclass(frozen=True)
class Point:
    """One value of one series: what a method is given to judge."""

    period: ReferencePeriod
    value: float  # NaN where there is none
    observation_status: str = NORMAL
    confidentiality_status: str = FREE
    since: str = ""  # the day a milestone was reached


@dataclass(frozen=True)
class ArithmeticStep:
    """One line of the arithmetic, as a reader would do it by hand."""

    label: str
    formula: str
    value: float | str | None


@dataclass(frozen=True)
class Verdict:
    """What a method makes of a series and a target, with its whole arithmetic."""

    status: Status
    category: str = ""  # in the method's own words
    reason: str = ""  # why there is no verdict, or what must be said beside it
    period: str = ""  # the latest period that was judged
    value: float | None = None
    baseline_period: str = ""
    baseline_value: float | None = None
    expected_value: float | None = None  # where the path stands at that period
    gap: float | None = None  # value - expected, in units; positive is better
    months_late: float | None = None
    score: float | None = None
    path: tuple[tuple[float, float], ...] = ()  # (year on the axis, value) to draw
    arithmetic: tuple[ArithmeticStep, ...] = ()
