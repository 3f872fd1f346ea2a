"""Methods of assessment: one module each, chosen by name in a goal's file."""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, wraps
from math import isclose, isnan
from typing import Any, TypedDict, TypeVar, Unpack

from pydantic import TypeAdapter, ValidationError

from metrics.catalogue.codelists.groups import last_day
from metrics.catalogue.definitions.base import Words
from metrics.catalogue.definitions.indicators import Direction, Indicator
from metrics.catalogue.definitions.targets import Target
from metrics.catalogue.materiality import materiality
from metrics.core.definition_errors import describe_errors
from metrics.core.discover import discover, index_by_name
from metrics.core.error_origins import name_faulty_part
from metrics.core.errors import DefinitionError, UnknownNameError
from metrics.core.period import ReferencePeriod
from metrics.core.series_window import NoVerdictError, Window, is_suppressed, order_points, refuse
from metrics.core.status_by_rule import name_by_rule
from metrics.core.tables import EU, NORMAL
from metrics.core.verdict_codes import Reason, Step
from metrics.core.verdicts import (
    CalculationStep,
    Point,
    Status,
    Verdict,
    calculation_step,
    join_reasons,
    split_reasons,
)
from metrics.messages import messages, readable

T = TypeVar("T")
Assess = Callable[[Sequence[Point], Any, Direction, date], Verdict]
AssessAll = Callable[[Mapping[str, Sequence[Point]], Indicator], dict[str, Verdict]]

# The rule of a target, by the first of these fields that it has.
RULE_OF = {"percent": "growth_per_year", "step": "milestone_by_date", "by": "level_by_date",
           "value": "keep_at"}  # fmt: skip
EMPTY_TARGET = {"id": "bare", "indicator": "BARE", "method": "bare",
        "source": {"document": "bare", "paragraph": ""}}  # fmt: skip
ROUNDING = 1e-9  # so that 5 % is not below 5 %, and 1,015 is 1.5 % more than 1,000


@dataclass(frozen=True)
class Method:
    """A published method to assess a series against a target.

    `assess(points, target, direction, on)` takes the points of one series in any order, the target
    (of `metrics.catalogue.definitions.targets`), the desired direction, and the day of the release.
    How a method is used follows from what it declares here, never from its name.

    A method with `assess_all` compares States: `assess_all(series, indicator)` takes the points of
    each of them. A method for milestones takes either the steps of a State, counted from the step
    required, or the number of States that have reached it; if it assesses only one of the two, it
    names its counterpart for the other.
    """

    name: str
    title: Words
    source: Words  # where the formula and its thresholds are published
    rules: frozenset[str]  # the target rules it can assess
    assess: Assess
    assess_all: AssessAll | None = None
    uses_baseline: bool = True  # False if it assesses the latest few values, whatever the baseline
    rests_on_latest: bool = False  # True if a value is compared with a level, not an earlier value
    union_method: str = ""  # counterpart for the Union, if this one assesses a State
    state_method: str = ""  # counterpart for a State, if this one assesses the Union

    def __post_init__(self) -> None:
        self.title.keep_key(f"methods/{self.name}/title")
        self.source.keep_key(f"methods/{self.name}/source")

    @property
    def compares_states(self) -> bool:
        return self.assess_all is not None

    def name_for(self, area: str) -> str:
        """The method that assesses an area: this one, or its counterpart."""
        return (self.union_method if area == EU else self.state_method) or self.name


@dataclass(frozen=True)
class Classification:
    """The result of a method, without its calculation."""

    status: Status
    category: str
    months_late: float | None = None
    notes: tuple[str, ...] = ()


@cache
def methods() -> dict[str, Method]:
    """Every method of the folder by name; DefinitionError if two have the same name."""
    return index_by_name(discover(sys.modules[__name__], Method), "methods")


def reason_sentences(reason: str, language: str = "en") -> list[str]:
    """The sentences behind `Verdict.reason`, which holds keys separated by `;`."""
    sentences = messages(language, "reasons")
    codes = split_reasons(reason)
    return [sentences.get(code, readable(code)).format(**_thresholds()) for code in codes]


def _thresholds() -> dict[str, str]:
    """The numbers that sentences on reasons name."""
    smallest_base = materiality().smallest_base
    return {
        "smallest_base": format_number(smallest_base),
        "share_of_one_case": format_number(100 / smallest_base),
        "fewest_years": format_number(materiality().fewest_years),
    }


def category_name(method: str, category: str, language: str = "en") -> str:
    """What a method calls a verdict; the key in readable form if no text names it."""
    return messages(language, "categories").get(f"{method}.{category}") or readable(category)


def assess_series(
    method: str,
    values: Mapping[Any, float] | Sequence[Point],
    direction: str = "up",
    on: date | None = None,
    **target: object,
) -> Verdict:
    """Assess a series by one method, independently of any catalogue.

    `values` are numbers by reference period, {2017: 96, "2024-Q1": 12.5}, NaN for a missing one; or
    points, if statuses matter. `direction` is up, down or none. `target` has the fields of a
    target in `metrics.catalogue.definitions.targets`: value and by (a level by a period), value (a
    level to be kept), percent (yearly growth), step and by (a milestone; values are steps counted
    from the one required), or none of these (a direction); and baseline, limit, trajectory if
    agreed.
    `on` is the day of the verdict; default: the day after the latest period. UnknownNameError for
    an unknown method, DefinitionError for invalid fields, ValueError for an invalid period.

    >>> series = {2015: 14.5, 2023: 10.2}
    >>> assess_series("growth_ratio", series, "down", value=7.25, by=2030).category
    'substantial_progress'
    """
    if method not in methods():
        raise UnknownNameError.with_hint("a_method", method, known=methods())
    points, typed_target = parse_points(values), parse_target(target)
    if typed_target.rule not in methods()[method].rules:
        return no_verdict(Reason.OTHER_RULE, points)
    assessed_on = on or max((day_after(point.period) for point in points), default=date.max)
    with name_faulty_part(f"method {method}"):
        assessed = methods()[method].assess(points, typed_target, Direction(direction), assessed_on)
    return name_by_rule(assessed, typed_target.rule)


def parse_target(fields: Mapping[str, object]) -> Target:
    """A target from the fields that `assess_series` takes."""
    rule = next((rule for field, rule in RULE_OF.items() if field in fields), "direction_only")
    try:
        target: Target = TypeAdapter(Target).validate_python(
            EMPTY_TARGET | {"rule": rule, **fields}
        )
    except ValidationError as wrong:
        raise DefinitionError.of_faults(describe_errors("target", wrong)) from wrong
    return target


def parse_points(values: Mapping[Any, float] | Sequence[Point]) -> Sequence[Point]:
    if not isinstance(values, Mapping):
        return values
    return [Point(ReferencePeriod.parse(period), value) for period, value in values.items()]


def answer_refusals(
    assess: Callable[[Sequence[Point], T, Direction, date], Verdict],
) -> Callable[[Sequence[Point], T, Direction, date], Verdict]:
    """Make the decorated assess return a verdict with the reason if it refuses to assess."""

    @wraps(assess)
    def assessed(points: Sequence[Point], target: T, direction: Direction, on: date) -> Verdict:
        try:
            return assess(points, target, direction, on)
        except NoVerdictError as none:
            return no_verdict(none.reason, points, none.lines)

    return assessed


def no_verdict(
    reason: str, points: Sequence[Point], lines: Iterable[CalculationStep] = ()
) -> Verdict:
    """A verdict without status; its calculation shows the points that could not be assessed."""
    given = map(given_value, order_points(points))
    return Verdict(Status.NOT_ASSESSED, reason=str(reason), arithmetic=(*given, *lines))


class VerdictFields(TypedDict, total=False):
    """Fields of a verdict that only some methods set."""

    expected_value: float | None
    gap: float
    score: float | None
    path: tuple[tuple[float, float], ...]


def build_verdict(
    window: Window,
    assessed: Classification,
    lines: Iterable[CalculationStep],
    **fields: Unpack[VerdictFields],
) -> Verdict:
    """Build a verdict on a window: points first in the calculation, qualifications as reason."""
    return Verdict(
        assessed.status,
        assessed.category,
        join_reasons(*assessed.notes, *window.qualifications),
        str(window.last.period),
        window.last.value,
        str(window.base.period),
        window.base.value,
        months_late=assessed.months_late,
        arithmetic=(*map(given_value, window.points), *map(_left_out, window.left_out), *lines),
        **fields,
    )


def given_value(point: Point) -> CalculationStep:
    absent = isnan(point.value) or is_suppressed(point)
    value, period = None if absent else point.value, str(point.period)
    if point.observation_status in {NORMAL, ""}:
        return calculation_step(Step.VALUE, value, "period", period=period)
    status = point.observation_status
    return calculation_step(Step.VALUE, value, "period_with_status", period=period, status=status)


def _left_out(point: Point) -> CalculationStep:
    return calculation_step(
        "left_out_special_event", point.value, "period", period=str(point.period)
    )


def reaches_level(value: float, level: float, sign: int) -> bool:
    """Whether the level is met in the desired direction, ignoring floating-point noise."""
    beyond = rounded_difference(value, level)
    return sign * beyond >= 0 if sign else beyond == 0


def rounded_difference(value: float, other: float) -> float:
    """The first less the other, without floating-point noise: 0 for 0.1 + 0.2 and 0.3."""
    return 0.0 if isclose(value, other, rel_tol=ROUNDING, abs_tol=1e-12) else value - other


def direction_step(sign: int) -> CalculationStep:
    return CalculationStep("wanted_direction", {1: "↑", -1: "↓"}.get(sign, "="))


def difference_step(key: str, value: float, less: float) -> CalculationStep:
    """A step that subtracts one value from another."""
    return calculation_step(key, value - less, "difference", value=value, less=less)


def period_step(
    key: str, years: float, start: ReferencePeriod, end: ReferencePeriod
) -> CalculationStep:
    """A step that counts the years between two periods."""
    return calculation_step(key, years, "from_to", start=str(start), end=str(end))


def assess_against_path(
    window: Window, expected: float, sign: int, late: float | None
) -> Classification:
    """On the path, off the path, or worse than the baseline."""
    if reaches_level(window.last.value, expected, sign):
        return Classification(Status.ON_TRACK, "on_path", late)
    if reaches_level(window.last.value, window.base.value, sign):
        return Classification(Status.BEHIND, "off_path", late)
    return Classification(Status.MOVING_AWAY, "worse_than_baseline", late)


def status_of_direction(change: float) -> Status:
    """Of a change in the desired direction; one of nothing is behind until it is weighed."""
    if not change:
        return Status.BEHIND
    return Status.ON_TRACK if change > 0 else Status.MOVING_AWAY


def wanted_sign(level: float, base: float, direction: Direction) -> int:
    """1 if more is better, −1 if less is; by default the sign from baseline to target."""
    sign = direction.sign or (level > base) - (level < base)
    if not sign:
        refuse(Reason.NO_DIRECTION)
    return sign


def day_after(period: ReferencePeriod) -> date:
    return last_day(period) + timedelta(days=1)


def format_number(value: float) -> str:
    """A number in a formula: short, but never rounded so far that it misleads."""
    return f"{value:.10g}"
