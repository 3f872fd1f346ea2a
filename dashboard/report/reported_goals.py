"""A goal with what the page of it shows by default, read once for its part of a report."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from dashboard.addresses.selection import Selection, choose
from dashboard.context import PageContext
from dashboard.released.goal_statuses import mark_of_series, statuses_in_states
from dashboard.released.series import AssessedSeries, leads_goal
from dashboard.texts import Text
from metrics.catalogue.definitions.goals import Goal


@dataclass(frozen=True)
class ReportedGoal:
    """A goal with what the page of it shows by default."""

    goal: Goal
    selection: Selection

    @classmethod
    def read(cls, goal: Goal, context: PageContext) -> "ReportedGoal":
        bare = context.with_changes(goal=goal.code, area="", framework="", status="")
        return cls(goal, choose(bare))

    @property
    def text(self) -> Text:
        return self.selection.text

    @property
    def context(self) -> PageContext:
        return self.selection.context

    @property
    def series(self) -> AssessedSeries | None:
        return self.selection.series

    @property
    def title(self) -> str:
        return f"{self.goal.code} {self.goal.name(self.text.language)}"

    @cached_property
    def marks(self) -> Mapping[str, str]:
        """State → the mark of its status, as on the scoreboard where the series leads the goal."""
        series, release = self.series, self.context.release
        if series is None or release is None:
            return {}
        if leads_goal(self.goal, series):
            return {own.area: own.mark for own in statuses_in_states(self.goal.code, release)}
        return {area: mark_of_series(own) for area, own in self.selection.in_states.items()}
