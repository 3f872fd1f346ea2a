"""A step to be reached by a day: met, met late, not yet due or overdue."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile

from metrics.catalogue.codelists.groups import MONTHS, last_day
from metrics.catalogue.definitions.base import Words
from metrics.catalogue.definitions.indicators import Direction
from metrics.catalogue.definitions.targets import MilestoneByDate
from metrics.catalogue.methods import Classification, Method, answer_refusals, build_verdict
from metrics.core.series_window import Window, observed_window
from metrics.core.verdict_codes import Reason, Step
from metrics.core.verdicts import CalculationStep, Point, Status, Verdict, calculation_step

DAYS_IN_MONTH = 365.25 / MONTHS


@dataclass(frozen=True)
class DayReached:
    """When a step was reached, as far as reported."""

    day: date | None  # the exact day, if reported
    no_later_than: date
    not_before: date | None = None  # the last observation in which it was not reached

    @property
    def step(self) -> CalculationStep:
        formula = "as_stated" if self.day else "at_the_latest"
        return CalculationStep("day_reached", str(self.day or self.no_later_than), formula)

    def is_in_time(self, by: date) -> bool:
        return (self.day or self.no_later_than) <= by

    def is_certainly_late(self, by: date) -> bool:
        return self.not_before is not None and self.not_before >= by


@answer_refusals
def assess(
    points: Sequence[Point], target: MilestoneByDate, direction: Direction, on: date
) -> Verdict:
    """Values are steps counted from the one required: 0 or more has reached it."""
    del direction  # ladders always go up
    window = observed_window(points, any_length=True)
    has_reached = [point.value >= 0 and not _is_ahead(point, on) for point in window.points]
    reached = when_reached(window, has_reached)
    assessed = assess_by_day(reached, target.by, on)
    lost = (Reason.MET_THEN_LOST,) if reached is None and any(has_reached) else ()
    ahead = (Reason.DAY_AHEAD,) if _is_ahead(window.last, on) else ()
    return build_verdict(
        window,
        replace(assessed, notes=(*assessed.notes, *lost, *ahead)),
        milestone_steps(assessed, target.by, on, reached),
        expected_value=0.0,
        gap=window.last.value,
    )


def when_reached(window: Window, has_reached: Sequence[bool]) -> DayReached | None:
    """When the current run of periods at the step began; None if the step is not reached now."""
    run = len(list(takewhile(bool, reversed(has_reached))))
    if not run:
        return None
    held = window.points[-run:]
    stated = [(day_reached(point), point.value) for point in held if point.since]
    exact = [day for day, value in stated if value == 0]
    before = window.points[-run - 1] if run < len(has_reached) else None
    return DayReached(
        min(exact, default=None),
        min([last_day(held[0].period), *(day for day, _ in stated)]),
        last_day(before.period) if before else None,
    )


def assess_by_day(reached: DayReached | None, by: date | None, on: date) -> Classification:
    """Met, met late, not yet due or overdue; without a day: met or not yet met."""
    if reached is None:
        return _assess_not_reached(by, on)
    if by is None or reached.is_in_time(by):
        return Classification(Status.ACHIEVED, "met")
    if reached.day:
        return Classification(Status.ACHIEVED_LATE, "met_late", months_between(by, reached.day))
    if reached.is_certainly_late(by):
        return Classification(Status.ACHIEVED_LATE, "met_late", notes=(Reason.DAY_NOT_STATED,))
    return Classification(Status.ACHIEVED, "met", notes=(Reason.DAY_NOT_STATED,))


def _assess_not_reached(by: date | None, on: date) -> Classification:
    if by is None:
        return Classification(Status.NOT_YET_MET, "not_yet_met")
    if on <= by:
        return Classification(Status.NOT_YET_DUE, "not_yet_due")
    return Classification(Status.NOT_ACHIEVED, "overdue", months_between(by, on))


def milestone_steps(
    assessed: Classification, by: date | None, on: date, reached: DayReached | None
) -> list[CalculationStep]:
    return [
        CalculationStep(Step.DAY_AGREED, str(by) if by else "none"),
        reached.step if reached else CalculationStep("day_reached", "not_reached"),
        CalculationStep("day_of_the_release", str(on)),
        _months_late_step(assessed.months_late),
    ]


def _months_late_step(months: float | None) -> CalculationStep:
    if months is None:
        return CalculationStep("months_late")
    days = round(months * DAYS_IN_MONTH)
    return calculation_step(
        "months_late", months, "days_by_month", days=days, days_in_month=DAYS_IN_MONTH
    )


def months_between(first: date, second: date) -> float:
    return (second - first).days / DAYS_IN_MONTH


def day_reached(point: Point) -> date:
    return date.fromisoformat(point.since)


def _is_ahead(point: Point, on: date) -> bool:
    """Whether the step is announced for a future day: not reached yet."""
    return bool(point.since) and point.value >= 0 and day_reached(point) > on


METHOD = Method(
    name="milestone_by_date",
    title=Words(en="Milestone by a date"),
    source=Words(
        en="Binary indicators of Open SDG (https://open-sdg.readthedocs.io/en/latest/"
        "progress-methodology/) and Eustat: achieved or not achieved; with the day, in time or late"
    ),
    rules=frozenset({"milestone_by_date", "all_areas_by_date"}),
    assess=assess,
    union_method="all_areas_by_date",
)
