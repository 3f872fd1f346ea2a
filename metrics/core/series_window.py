"""Which points of a series may be held against one another, and the reason where none may."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import isnan
from typing import NoReturn

from metrics.core.period import ReferencePeriod
from metrics.core.tables import BREAK, FORECAST, FREE, NORMAL, NOT_APPLICABLE, WITHHELD
from metrics.core.verdicts import ArithmeticStep, Point

SMALLEST, LARGEST = 1e-100, 1e100  # beyond, powers of it are infinite or nothing
# What must be said beside a verdict that rests on a value of such a status.
QUALIFIED = {
    "P": "provisional",
    "E": "estimated",
    "I": "estimated",
    "U": "low_reliability",
    "V": "unvalidated",
    "D": "definition_differs",
    "S": "special_event",
}


class NoVerdictError(Exception):
    """A rule forbids a verdict. `reason` is a key of `metrics/catalogue/methods/reasons.yaml`."""

    def __init__(self, reason: str, *lines: ArithmeticStep) -> None:
        super().__init__(reason)
        self.reason = reason
        self.lines = lines


def refuse(reason: str, *lines: ArithmeticStep) -> NoReturn:
    """No verdict: a rule forbids it."""
    raise NoVerdictError(reason, *lines)


@dataclass(frozen=True)
class Window:
    """Comparable observed points in order, the first being the baseline. Never empty."""

    points: tuple[Point, ...]
    breaks: tuple[ReferencePeriod, ...] = ()  # periods that cannot be compared with earlier ones
    hidden: tuple[ReferencePeriod, ...] = ()  # periods whose value is suppressed
    parts: bool = False  # parts of a year were left out
    notes: tuple[str, ...] = ()
    any_length: bool = False  # states of affairs, not quantities

    @property
    def base(self) -> Point:
        return self.points[0]

    @property
    def last(self) -> Point:
        return self.points[-1]

    @property
    def years(self) -> float:
        """Elapsed, so that a year without a value still counts as a year."""
        return years_between(self.base, self.last)

    @property
    def qualifications(self) -> tuple[str, ...]:
        """What must be said beside a verdict on it."""
        gap = any(years_between(*pair) > 1 for pair in pairwise(self.points))
        return (*self.notes, "years_missing") if gap and not self.any_length else self.notes


def years_between(first: Point, last: Point) -> float:
    return first.period.years_until(last.period)


def is_suppressed(point: Point) -> bool:
    confidential = point.confidentiality_status not in {FREE, ""}
    return confidential or WITHHELD in point.observation_status


def is_observed(point: Point) -> bool:
    absent = isnan(point.value) or is_suppressed(point)
    return not absent and FORECAST not in point.observation_status


def series(points: Iterable[Point], *, any_length: bool = False) -> Window:
    """All that was observed over periods of one length; NoVerdictError where that is nothing."""
    ordered = _one_per_period(points)
    compared = ordered if any_length else _of_one_length(ordered)
    observed = tuple(filter(is_observed, compared))
    if not observed or _says_why(compared[-1]):
        refuse(_why_absent(compared))
    parts = len(compared) < len(ordered)
    return Window(
        observed,
        tuple(each.period for each in compared if BREAK in each.observation_status),
        tuple(each.period for each in compared if is_suppressed(each)),
        parts,
        tuple(_notes(observed, ordered, parts=parts)),
        any_length,
    )


def from_baseline(window: Window, baseline: ReferencePeriod | None, needed: int = 2) -> Window:
    """The window from an agreed baseline on, or else from its first point."""
    narrowed = window if baseline is None else _from(window, baseline)
    return unbroken(enough(narrowed, needed))


def _from(window: Window, baseline: ReferencePeriod) -> Window:
    """From the baseline agreed; where it has no value the first later one stands in."""
    if baseline in window.hidden:
        refuse("suppressed")
    kept = tuple(each for each in window.points if each.period >= baseline)
    if not kept:
        refuse("no_baseline")
    notes = () if kept[0].period == baseline else ("baseline_moved",)
    return replace(window, points=kept, notes=(*notes, *window.notes))


def latest(window: Window, longest: int, needed: int) -> Window:
    """The last few points of a window."""
    return unbroken(enough(replace(window, points=window.points[-longest:]), needed))


def enough(window: Window, needed: int) -> Window:
    if len(window.points) >= needed:
        return window
    refuse(
        "partial_year" if window.parts else "too_few_points",
        ArithmeticStep("points needed", "", needed),
        ArithmeticStep("points observed", "", len(window.points)),
    )


def unbroken(window: Window) -> Window:
    """The window itself, unless the series breaks after its first point."""
    inside = [each for each in window.breaks if window.base.period < each <= window.last.period]
    if inside:
        refuse("break_in_series", ArithmeticStep("break", "in", str(inside[-1])))
    return window


def _one_per_period(points: Iterable[Point]) -> list[Point]:
    """In order; NoVerdictError where one period has two values: neither may be preferred."""
    found: dict[ReferencePeriod, Point] = {}
    for point in in_order(points):
        if not (isnan(point.value) or point.value == 0 or SMALLEST <= abs(point.value) <= LARGEST):
            refuse("not_finite", ArithmeticStep("no finite value", "in", str(point.period)))
        other = found.get(point.period)
        found[point.period] = _of_two(other, point) if other else point
    return [found[period] for period in sorted(found)]


def in_order(points: Iterable[Point]) -> list[Point]:
    """By period, in whichever order they came; of two of one period the more telling last."""
    return sorted(points, key=_telling)


def _telling(point: Point) -> tuple[ReferencePeriod, bool, bool, bool, str, str, str]:
    """Of two rows the one that withholds counts, then the one that has a value."""
    not_applicable = NOT_APPLICABLE in point.observation_status
    rank = is_suppressed(point), is_observed(point), not_applicable
    return point.period, *rank, point.observation_status, point.since, repr(point.value)


def _of_two(other: Point, point: Point) -> Point:
    """What either row says of one value holds: a break, an estimate."""
    if not (is_observed(other) and is_observed(point)):
        return point
    if other.value != point.value:
        refuse("two_values", ArithmeticStep("two values", "in", str(point.period)))
    letters = dict.fromkeys(other.observation_status + point.observation_status)
    return replace(point, observation_status="".join(letters).replace(NORMAL, "") or NORMAL)


def _of_one_length(ordered: Sequence[Point]) -> list[Point]:
    """Full years where there are any; else the part of the year that was observed last."""
    full = [each for each in ordered if each.period.is_full_year]
    observed = list(filter(is_observed, ordered))
    if any(map(is_observed, full)) or not observed:
        return full or list(ordered)
    return [each for each in ordered if _part(each) == _part(observed[-1])]


def _part(point: Point) -> tuple[int, int]:
    return point.period.first_month, point.period.months


def _says_why(point: Point) -> bool:
    return is_suppressed(point) or NOT_APPLICABLE in point.observation_status


def _why_absent(compared: Sequence[Point]) -> str:
    if not compared:
        return "no_value"
    if is_suppressed(compared[-1]):
        return "suppressed"
    if NOT_APPLICABLE in compared[-1].observation_status:
        return "not_applicable"
    return "suppressed" if any(map(is_suppressed, compared)) else "missing"


def _notes(observed: Sequence[Point], ordered: Sequence[Point], *, parts: bool) -> Iterable[str]:
    last = observed[-1]
    if parts and ordered[-1].period > last.period:
        yield "part_left_out"
    elif ordered[-1].period > last.period:
        yield "latest_missing"
    yield from dict.fromkeys(
        QUALIFIED[letter] for letter in last.observation_status if letter in QUALIFIED
    )
