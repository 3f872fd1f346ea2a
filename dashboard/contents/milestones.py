"""Steps that goals have agreed on, such as a law in force: which one a State has, since when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from dashboard.released.series import AssessedSeries
from dashboard.rows_by_key import Record
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.definitions.indicators import Kind
from metrics.catalogue.definitions.targets import StepTarget, day_due
from metrics.core.period import ReferencePeriod
from metrics.core.verdicts import REACHED


@dataclass(frozen=True)
class StateMilestone:
    """The latest known step of a State on one ladder."""

    series: AssessedSeries
    goals: tuple[str, ...]  # the codes of the goals that agreed on a step of it
    step: Record  # the row of the latest period that has one
    day: str  # since when the step holds, as it was reported; else empty
    period: str  # the first period in which the release has the step
    is_reached: bool  # the step that the goals agreed on
    due: date | None  # the day by which they agreed on it

    @property
    def year(self) -> float:
        """When the step was reached, on an axis of years."""
        if self.day:
            return day_as_year(date.fromisoformat(self.day))
        return ReferencePeriod.parse(self.period).midpoint


def day_as_year(day: date) -> float:
    return day.year + (day.month - 1) / 12 + (day.day - 1) / 366


def milestones_of(goals: Iterable[tuple[Goal, Iterable[AssessedSeries]]]) -> list[StateMilestone]:
    """Every ladder once, with all goals that agreed on a step of it."""
    found: dict[str, StateMilestone] = {}
    for goal, followed in goals:
        for milestone in milestones_of_goal(goal, followed):
            name = milestone.series.name
            known = found.get(name)
            served = (*known.goals, *milestone.goals) if known else milestone.goals
            found[name] = replace(known or milestone, goals=served)
    return list(found.values())


def milestones_of_goal(goal: Goal, followed: Iterable[AssessedSeries]) -> Iterator[StateMilestone]:
    for series in followed:
        official, step = series.official, series.last_known
        is_ladder = series.indicator.kind is Kind.MILESTONE
        if not is_ladder or official is None or step is None:
            continue
        asked = official.asked
        due = day_due(asked, series.area) if isinstance(asked, StepTarget) else None
        yield StateMilestone(
            series, (goal.code,), step, str(step["since"]), first_period_of_step(series, step),
            official.status in REACHED, due,
        )  # fmt: skip


def first_period_of_step(series: AssessedSeries, step: Record) -> str:
    """The first of the latest periods without another step between."""
    first = step
    for row in reversed(series.rows):
        if pd.isna(row["value"]):
            continue
        if row["value"] != step["value"]:
            break
        first = row
    return str(first["period"])
