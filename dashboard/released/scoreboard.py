"""The scoreboard: the status of every goal in one area, and in each Member State beside it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from dashboard.context import PageContext
from dashboard.data import Release
from dashboard.released.goal_figures import series_with_figure
from dashboard.released.goal_statuses import (
    NO_FIGURE,
    GoalStatus,
    goal_status,
    status_without_verdict,
    statuses_in_states,
)
from dashboard.released.series import (
    AssessedSeries,
    leads_goal,
    series_anywhere,
)
from metrics.catalogue.definitions.frameworks import Framework
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.loader import catalogue
from metrics.core.load_once import load_once
from metrics.core.period import parse_periods
from metrics.core.tables import EU
from metrics.core.verdicts import Status


@dataclass(frozen=True)
class ScoreboardRow:
    """One goal: its status and figure in the area of the page, and its status in each State.

    The figure is that of the headline series or, where this has none in the area, of another.
    """

    goal: Goal
    own: GoalStatus
    series: AssessedSeries | None
    states: tuple[GoalStatus, ...]
    period: str = ""  # as of which it is; empty for today

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

    @property
    def period(self) -> str:
        """As of which the rows are; empty for today."""
        return self.rows[0].period if self.rows else ""

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
    """The goals of the chosen framework in the chosen area, by default in the Union.

    As of the chosen period, if there is one.
    """
    framework, area = context.view.framework, context.view.area or context.first_area
    goals = [goal for goal in context.definitions.goals.values()
             if framework in {"", goal.framework}]  # fmt: skip
    if context.release is None:
        return Scoreboard(area, ())
    period, listed = context.view.period, in_order(goals, context)
    rows = (read_row(goal.code, area, context.release, period) for goal in listed)
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
def read_row(code: str, area: str, release: Release, period: str = "") -> ScoreboardRow:
    """A goal in an area as of a period; in its newest state without one."""
    goal = catalogue().goals[code]
    series = series_with_figure(goal, area or EU, release, period)
    if not area and (series is None or series.last_known is None):
        series = newest_anywhere(goal, release, period) or series
    own = goal_status(goal, series.area if series else area or EU, release, period)
    if own.mark == NO_FIGURE and series is not None:
        own = status_without_verdict(series)
    return ScoreboardRow(goal, own, series, statuses_in_states(code, release, period), period)


def newest_anywhere(goal: Goal, release: Release, period: str) -> AssessedSeries | None:
    """The headline series with the newest value; else another, with a verdict if any has one."""
    by_then = (series.as_of(period) for series in series_anywhere(goal, release))
    found = [series for series in by_then if series.last_known]
    leading = [series for series in found if leads_goal(goal, series)]
    assessed = [series for series in found if series.status is not Status.NOT_ASSESSED]
    first = leading or assessed or found
    periods = [str(series.last_known["period"]) for series in first if series.last_known]
    parsed = parse_periods(periods)
    newest = max(periods, key=parsed.__getitem__, default="")
    return first[periods.index(newest)] if periods else None
