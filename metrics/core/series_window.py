"""Select the points of a series that can be compared, or give the reason why none can."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import isnan
from typing import NoReturn

from metrics.core.period import ReferencePeriod
from metrics.core.tables import (
    BREAK,
    FORECAST,
    FREE,
    NORMAL,
    NOT_APPLICABLE,
    SPECIAL_EVENT,
    WITHHELD,
)
from metrics.core.verdict_codes import Reason
from metrics.core.verdicts import CalculationStep, Point

SMALLEST, LARGEST = 1e-100, 1e100  # beyond it, powers overflow or vanish
# The note on a verdict that depends on a value with this status.
QUALIFIED = {
    "P": Reason.PROVISIONAL,
    "E": Reason.ESTIMATED,
    "I": Reason.ESTIMATED,
    "U": Reason.LOW_RELIABILITY,
    "V": Reason.UNVALIDATED,
    "G": Reason.EXPERIMENTAL,
    "N": Reason.NOT_SIGNIFICANT,
    "J": Reason.DEROGATION,
    "D": Reason.DEFINITION_DIFFERS,
    "S": Reason.SPECIAL_EVENT,
}


class NoVerdictError(Exception):
    """A method gives no verdict; `reason` is a key of the messages on reasons."""

    def __init__(self, reason: str, *lines: CalculationStep) -> None:
        super().__init__(reason)
        self.reason = str(reason)
        self.lines = lines


def refuse(reason: str, *lines: CalculationStep) -> NoReturn:
    """Raise NoVerdictError with a reason and the calculation steps that show it."""
    raise NoVerdictError(reason, *lines)


@dataclass(frozen=True)
class Window:
    """Comparable observed points in order; the first is the baseline. Never empty."""

    points: tuple[Point, ...]
    breaks: tuple[ReferencePeriod, ...] = ()  # periods that cannot be compared with earlier ones
    hidden: tuple[ReferencePeriod, ...] = ()  # periods whose value is suppressed
    parts: bool = False  # parts of a year were left out
    notes: tuple[str, ...] = ()
    any_length: bool = False  # steps reached, not quantities
    left_out: tuple[Point, ...] = ()  # values of a special event, compared with no other

    @property
    def base(self) -> Point:
        return self.points[0]

    @property
    def last(self) -> Point:
        return self.points[-1]

    @property
    def years(self) -> float:
        """Elapsed years; a year without a value counts too."""
        return years_between(self.base, self.last)

    @property
    def qualifications(self) -> tuple[str, ...]:
        """The notes that qualify a verdict on this window."""
        known = sorted((*self.points, *self.left_out), key=lambda point: point.period)
        between = [point for point in known if self.base.period <= point.period <= self.last.period]
        gap = any(years_between(*pair) > 1 for pair in pairwise(between))
        missing = (Reason.YEARS_MISSING,) if gap and not self.any_length else ()
        special = (Reason.SPECIAL_LEFT_OUT,) if self.left_out else ()
        return (*self.notes, *special, *missing)


def years_between(first: Point, last: Point) -> float:
    return first.period.years_until(last.period)


def is_suppressed(point: Point) -> bool:
    confidential = point.confidentiality_status not in {FREE, ""}
    return confidential or WITHHELD in point.observation_status


def is_observed(point: Point) -> bool:
    absent = isnan(point.value) or is_suppressed(point)
    return not absent and FORECAST not in point.observation_status


def is_special(point: Point) -> bool:
    """Whether a quantity is that of a special event, which is compared with no other."""
    return is_observed(point) and SPECIAL_EVENT in point.observation_status


def observed_window(points: Iterable[Point], *, any_length: bool = False) -> Window:
    """Keep comparable points over periods of one length; NoVerdictError if there are none.

    Steps reached may be of any length, and a step that was reached in a special year is reached.
    """
    ordered = _one_per_period(points)
    compared = ordered if any_length else _keep_one_length(ordered)
    left_out = () if any_length else tuple(filter(is_special, compared))
    observed = tuple(point for point in compared if is_observed(point) and point not in left_out)
    if left_out and not observed:
        refuse(Reason.SPECIAL_LEFT_OUT)
    if not observed or _explains_absence(compared[-1]):
        refuse(_reason_of_absence(compared))
    parts = len(compared) < len(ordered)
    return Window(
        observed,
        tuple(point.period for point in compared if BREAK in point.observation_status),
        tuple(point.period for point in compared if is_suppressed(point)),
        parts,
        tuple(_qualifying_notes(observed, ordered, parts=parts)),
        any_length,
        left_out,
    )


def window_from_baseline(
    window: Window, baseline: ReferencePeriod | None, needed: int = 2
) -> Window:
    """Cut the window at the agreed baseline, if any, and check that it is comparable."""
    narrowed = window if baseline is None else _cut_at_baseline(window, baseline)
    return require_unbroken(require_points(narrowed, needed))


def _cut_at_baseline(window: Window, baseline: ReferencePeriod) -> Window:
    """Start at the agreed baseline or, if it has no value, at the first later one."""
    if baseline in window.hidden:
        refuse(Reason.SUPPRESSED)
    kept = tuple(point for point in window.points if point.period >= baseline)
    if not kept:
        refuse(Reason.NO_BASELINE)
    notes = () if kept[0].period == baseline else (Reason.BASELINE_MOVED,)
    left_out = tuple(point for point in window.left_out if point.period >= baseline)
    return replace(window, points=kept, notes=(*notes, *window.notes), left_out=left_out)


def latest_window(window: Window, longest: int, needed: int) -> Window:
    """Keep the last few points, and check that they are comparable."""
    latest = require_points(replace(window, points=window.points[-longest:]), needed)
    left_out = tuple(point for point in window.left_out if point.period > latest.base.period)
    return require_unbroken(replace(latest, left_out=left_out))


def require_points(window: Window, needed: int) -> Window:
    if len(window.points) >= needed:
        return window
    few = Reason.SPECIAL_LEFT_OUT if window.left_out else Reason.TOO_FEW_POINTS
    refuse(
        Reason.PARTIAL_YEAR if window.parts else few,
        CalculationStep("points_needed", needed),
        CalculationStep("points_observed", len(window.points)),
    )


def require_unbroken(window: Window) -> Window:
    """The window itself; NoVerdictError if the series breaks after its first point."""
    inside = [
        period for period in window.breaks if window.base.period < period <= window.last.period
    ]
    if inside:
        refuse(Reason.BREAK_IN_SERIES, CalculationStep("break", str(inside[-1])))
    return window


def _one_per_period(points: Iterable[Point]) -> list[Point]:
    """Merge the rows of each period; NoVerdictError if two of them differ in value."""
    found: dict[ReferencePeriod, Point] = {}
    for point in order_points(points):
        if not (isnan(point.value) or point.value == 0 or SMALLEST <= abs(point.value) <= LARGEST):
            refuse(Reason.NOT_FINITE, CalculationStep("no_finite_value", str(point.period)))
        other = found.get(point.period)
        found[point.period] = _merge_points(other, point) if other else point
    return [found[period] for period in sorted(found)]


def order_points(points: Iterable[Point]) -> list[Point]:
    """Sort by period, and within a period by precedence: see `_sort_key`."""
    return sorted(points, key=_sort_key)


def _sort_key(point: Point) -> tuple[ReferencePeriod, bool, bool, bool, str, str, str]:
    """Sort suppressed rows last in a period, preceded by observed and not-applicable ones."""
    not_applicable = NOT_APPLICABLE in point.observation_status
    rank = is_suppressed(point), is_observed(point), not_applicable
    return point.period, *rank, point.observation_status, point.since, repr(point.value)


def _merge_points(other: Point, point: Point) -> Point:
    """Combine the statuses of two rows with the same value, such as break and estimate."""
    if not (is_observed(other) and is_observed(point)):
        return point
    if other.value != point.value:
        refuse(Reason.TWO_VALUES, CalculationStep("two_values", str(point.period)))
    letters = dict.fromkeys(other.observation_status + point.observation_status)
    status = "".join(letters).replace(NORMAL, "") or NORMAL
    return replace(point, observation_status=status, limit=point.limit or other.limit)


def _keep_one_length(ordered: Sequence[Point]) -> list[Point]:
    """Keep full years if any was observed; else the part of the year observed last."""
    full = [point for point in ordered if point.period.is_full_year]
    observed = list(filter(is_observed, ordered))
    if any(map(is_observed, full)) or not observed:
        return full or list(ordered)
    return [point for point in ordered if _part_of_year(point) == _part_of_year(observed[-1])]


def _part_of_year(point: Point) -> tuple[int, int]:
    return point.period.first_month, point.period.months


def _explains_absence(point: Point) -> bool:
    return is_suppressed(point) or NOT_APPLICABLE in point.observation_status


def _reason_of_absence(compared: Sequence[Point]) -> str:
    if not compared:
        return Reason.NO_VALUE
    if is_suppressed(compared[-1]):
        return Reason.SUPPRESSED
    if NOT_APPLICABLE in compared[-1].observation_status:
        return Reason.NOT_APPLICABLE
    return Reason.SUPPRESSED if any(map(is_suppressed, compared)) else Reason.MISSING


def _qualifying_notes(
    observed: Sequence[Point], ordered: Sequence[Point], *, parts: bool
) -> Iterable[str]:
    last = observed[-1]
    if parts and ordered[-1].period > last.period:
        yield Reason.PART_LEFT_OUT
    elif ordered[-1].period > last.period and not is_special(ordered[-1]):
        yield Reason.LATEST_MISSING
    yield from dict.fromkeys(
        QUALIFIED[letter] for letter in last.observation_status if letter in QUALIFIED
    )
