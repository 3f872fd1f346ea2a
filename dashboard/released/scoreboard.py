"""The scoreboard: the status of every goal in one area, and in each Member State beside it."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from dashboard.context import PageContext
from dashboard.data import Release
from dashboard.keyed_rows import Record
from dashboard.released.assessments import SHOWN_STATUSES
from dashboard.released.series import (
    AssessedSeries,
    leads_goal,
    series_anywhere,
    series_of_goal,
    series_with_figure,
)
from metrics.catalogue.codelists import member_states
from metrics.catalogue.codelists.statuses import SUPPRESSED_KEY, absence_key
from metrics.catalogue.definitions.frameworks import Framework
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.loader import catalogue
from metrics.core.load_once import load_once
from metrics.core.period import parse_periods
from metrics.core.tables import EU
from metrics.core.verdict_codes import Reason
from metrics.core.verdicts import Status, split_reasons
from metrics.release.official_statuses import NOT_CURRENT, current_status, official_status

# How a goal without a status of today is marked: its verdict is older than the latest round, its
# figures are suppressed, or there are none.
SUPPRESSED, NO_FIGURE = "suppressed", "no_figure"
SCOREBOARD_MARKS = (*map(str, SHOWN_STATUSES), NOT_CURRENT, SUPPRESSED, NO_FIGURE)
ABSENCES = {Reason.SUPPRESSED: SUPPRESSED, Reason.NO_VALUE: NO_FIGURE, Reason.MISSING: NO_FIGURE}


@dataclass(frozen=True)
class GoalStatus:
    """The status of the headline series of a goal in one area, as the scoreboard marks it."""

    area: str
    mark: str
    status: str = Status.NOT_ASSESSED
    period: str = ""  # that the verdict is about

    @property
    def last(self) -> str:
        """The last verdict where that is not current; else empty."""
        return self.status if self.mark == NOT_CURRENT else ""


@dataclass(frozen=True)
class ScoreboardRow:
    """One goal: its status and figure in the area of the page, and its status in each State.

    The figure is that of the headline series or, where this has none in the area, of another.
    """

    goal: Goal
    own: GoalStatus
    series: AssessedSeries | None
    states: tuple[GoalStatus, ...]

    def states_with(self, mark: str) -> int:
        """In how many Member States the goal has a mark."""
        return sum(state.mark == mark for state in self.states)

    @property
    def is_of_other_series(self) -> bool:
        """Whether the figure is not that of the series which gives the goal its status."""
        return self.series is not None and not leads_goal(self.goal, self.series)


@dataclass(frozen=True)
class Scoreboard:
    """The rows of the goals that are shown, and how many goals of all have which mark."""

    area: str  # empty for whatever area has a figure
    rows: tuple[ScoreboardRow, ...]

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many goals have each mark in the area."""
        return Counter(row.own.mark for row in self.rows)

    @property
    def with_figure(self) -> int:
        """How many goals have a figure in the area."""
        return len(self.rows) - self.counts.get(NO_FIGURE, 0)

    def with_mark(self, mark: str) -> tuple[ScoreboardRow, ...]:
        """The goals that have a mark in the area, as `counts` counts them; all without a mark."""
        return tuple(row for row in self.rows if mark in {"", row.own.mark})

    def with_mark_in_states(self, mark: str) -> tuple[ScoreboardRow, ...]:
        """The goals that have a mark in Member States, and another one in the area."""
        if mark in {"", NO_FIGURE}:
            return ()
        return tuple(row for row in self.rows if mark != row.own.mark and row.states_with(mark))

    @cached_property
    def every_mark(self) -> frozenset[str]:
        """The marks of the area and of the Member States."""
        in_states = (state.mark for row in self.rows for state in row.states)
        return frozenset({*self.counts, *in_states})


def read_scoreboard(context: PageContext) -> Scoreboard:
    """The goals of the chosen framework in the chosen area, by default in the Union."""
    framework, area = context.view.framework, context.view.area or context.first_area
    goals = [goal for goal in context.definitions.goals.values()
             if framework in {"", goal.framework}]  # fmt: skip
    if context.release is None:
        return Scoreboard(area, ())
    rows = (read_row(goal.code, area, context.release) for goal in in_order(goals, context))
    return Scoreboard(area, tuple(rows))


def in_order(goals: Iterable[Goal], context: PageContext) -> list[Goal]:
    """Goals in the order of the frameworks of the collection and of their documents."""
    frameworks = list(context.definitions.frameworks)
    return sorted(goals, key=lambda goal: (frameworks.index(goal.framework), goal.order))


def rows_by_framework(
    rows: Iterable[ScoreboardRow], frameworks: Mapping[str, Framework]
) -> Iterator[tuple[Framework, list[ScoreboardRow]]]:
    for code, own in groupby(rows, key=lambda row: row.goal.framework):
        yield frameworks[code], list(own)


# A release never changes: room for the goals of an open release in the Union and each State.
@load_once(maxsize=1024)
def read_row(code: str, area: str, release: Release) -> ScoreboardRow:
    goal = catalogue().goals[code]
    series = series_with_figure(goal, area or EU, release)
    if not area and (series is None or series.last_known is None):
        series = newest_anywhere(goal, release) or series
    own = goal_status(goal, series.area if series else area or EU, release)
    if own.mark == NO_FIGURE and series is not None:
        own = status_without_verdict(series)
    return ScoreboardRow(goal, own, series, statuses_in_states(code, release))


def newest_anywhere(goal: Goal, release: Release) -> AssessedSeries | None:
    """The headline series with the newest value; else another, with a verdict if any has one."""
    found = series_anywhere(goal, release)
    leading = [series for series in found if leads_goal(goal, series)]
    assessed = [series for series in found if series.status is not Status.NOT_ASSESSED]
    first = leading or assessed or found
    periods = [str(series.last_known["period"]) for series in first if series.last_known]
    parsed = parse_periods(periods)
    newest = max(periods, key=parsed.__getitem__, default="")
    return first[periods.index(newest)] if periods else None


@load_once(maxsize=512)
def statuses_in_states(code: str, release: Release) -> tuple[GoalStatus, ...]:
    goal = catalogue().goals[code]
    return tuple(goal_status(goal, state, release) for state in member_states())


def status_without_verdict(series: AssessedSeries) -> GoalStatus:
    """Why a series without a verdict has no status: not assessed, suppressed, or no figure."""
    if series.last_known is not None:
        return GoalStatus(series.area, Status.NOT_ASSESSED)
    row = series.last_row
    is_withheld = row is not None and absence_key(row) == SUPPRESSED_KEY
    return GoalStatus(series.area, SUPPRESSED if is_withheld else NO_FIGURE)


def goal_status(goal: Goal, area: str, release: Release) -> GoalStatus:
    """The status of a goal in an area, from the released assessment of its headline series."""
    assessments = release.assessments.rows_of(goal.code, area)
    official = (row for row in assessments
                if row["official"] and row["target"] in goal.headline_targets)  # fmt: skip
    row = next(official, None)
    assessed = GoalStatus(area, NO_FIGURE) if row is None else status_of_row(area, row)
    is_unbound = row is not None and Reason.NOT_BOUND in split_reasons(row["reason"])
    if assessed.mark == NO_FIGURE and has_figure(goal, area, release):  # of another series
        return GoalStatus(area, Status.NOT_ASSESSED)
    if is_unbound and not has_figure(goal, area, release):
        return GoalStatus(area, NO_FIGURE)
    return assessed


def has_figure(goal: Goal, area: str, release: Release) -> bool:
    """Whether a series that follows up the goal has a figure for the area, which a page shows."""
    is_named = any(area in release.areas_of.get(code, ()) for code in goal.indicators)
    return is_named and any(series.last_known for series in series_of_goal(goal, area, release))


def status_of_row(area: str, row: Record) -> GoalStatus:
    """The reviewer's status or else the computed one; an age or absence is a mark of its own."""
    status = Status(official_status(row))
    mark = mark_of_status(status, split_reasons(row["reason"]))
    return GoalStatus(area, mark, str(status), str(row["period"]))


def mark_of_status(status: str, reasons: Collection[str]) -> str:
    """The mark of a status with its reasons: why there is none, or whether it is an old one."""
    if status == Status.NOT_ASSESSED:
        absence = next((ABSENCES[reason] for reason in ABSENCES if reason in reasons), None)
        return str(absence or status)
    return current_status(status, reasons)
