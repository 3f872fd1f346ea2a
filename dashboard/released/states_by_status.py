"""Which Member States have which status in one series, as of the chosen period."""

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard.data import Release
from dashboard.released.goal_statuses import (
    NO_FIGURE,
    SCOREBOARD_MARKS,
    goal_status,
    mark_of_series,
    statuses_in_states,
)
from dashboard.released.series import AssessedSeries, is_headline_anywhere
from metrics.catalogue.codelists.statuses import absence_key
from metrics.catalogue.definitions.goals import Goal


def states_by_status(
    in_states: Mapping[str, AssessedSeries], marks_of_goal: Mapping[str, str] | None = None
) -> dict[str, list[AssessedSeries]]:
    """Mark → the States that have it, in protocol order; the marks as on the scoreboard.

    The series that leads a goal has the marks of the goal.
    """
    found: dict[str, list[AssessedSeries]] = {mark: [] for mark in SCOREBOARD_MARKS}
    marks = marks_of_goal or {}
    for area, series in in_states.items():
        found[marks.get(area) or mark_of_series(series)].append(series)
    return {mark: states for mark, states in found.items() if states}


def marks_of_goal(
    goal: Goal | None, series: AssessedSeries, release: Release | None, period: str = ""
) -> dict[str, str]:
    """State → the mark of the goal that the series leads; empty for any other series.

    As of a period; of today without one.
    """
    if goal is None or release is None or not is_headline_anywhere(goal, series):
        return {}
    return {state.area: state.mark for state in statuses_in_states(goal.code, release, period)}


def mark_in_goal(
    goal: Goal | None, series: AssessedSeries, release: Release | None, period: str = ""
) -> str:
    """The mark of the goal in the area if the series leads it; else that of the series.

    As of a period, as the series is; of today without one.
    """
    if goal is None or release is None or not is_headline_anywhere(goal, series):
        return mark_of_series(series)
    return goal_status(goal, series.area, release, period).mark


def absences_in(by_area: Mapping[str, AssessedSeries], period: str) -> dict[str, str]:
    """Area without a figure of a period → the key of the reason, in the order of the areas."""
    rows = {area: series.row_in(period) or {} for area, series in by_area.items()}
    return {area: absence_key(row) for area, row in rows.items() if pd.isna(row.get("value"))}


def have_figures(marks: Mapping[str, Sequence[AssessedSeries]]) -> bool:
    """Whether any State has more than no figure."""
    return bool(marks.keys() - {NO_FIGURE})
