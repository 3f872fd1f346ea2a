"""Which Member States have which status in one series, as of the chosen period."""

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard.data import Release
from dashboard.released.assessments import Assessment
from dashboard.released.scoreboard import (
    NO_FIGURE,
    SCOREBOARD_MARKS,
    GoalStatus,
    goal_status,
    mark_of_status,
    status_without_verdict,
    statuses_in_states,
)
from dashboard.released.series import AssessedSeries, is_headline_anywhere
from metrics.catalogue.codelists.statuses import absence_key
from metrics.catalogue.definitions.goals import Goal
from metrics.core.verdict_codes import Reason
from metrics.core.verdicts import Status


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
    goal: Goal | None, series: AssessedSeries, release: Release | None
) -> dict[str, str]:
    """State → the mark of the goal that the series leads; empty for any other series."""
    if goal is None or release is None or not is_headline_anywhere(goal, series):
        return {}
    return {state.area: state.mark for state in statuses_in_states(goal.code, release)}


def mark_in_goal(goal: Goal | None, series: AssessedSeries, release: Release | None) -> str:
    """The mark of the goal in the area if the series leads it; else that of the series."""
    if goal is None or release is None or not is_headline_anywhere(goal, series):
        return mark_of_series(series)
    return goal_status(goal, series.area, release).mark


def mark_of_series(series: AssessedSeries) -> str:
    """The status of a series; an old verdict and an absence are marks of their own."""
    official = series.official
    if official is None:
        return status_without_verdict(series).mark
    reasons = official.verdict.reasons
    is_without_figures = official.status == Status.NOT_ASSESSED and series.last_known is None
    if is_without_figures and Reason.NOT_BOUND in reasons:
        return NO_FIGURE
    return mark_of_status(official.status, reasons)


def status_of_series(series: AssessedSeries) -> GoalStatus:
    """As every page, file and slide names it: an old verdict is not current, and stands second."""
    status = str(series.status)
    return GoalStatus(series.area, mark_of_series(series), status, series.status_period)


def status_of_assessment(area: str, assessment: Assessment) -> GoalStatus:
    """The same of one method's verdict."""
    mark = mark_of_status(assessment.status, assessment.verdict.reasons)
    return GoalStatus(area, mark, assessment.status, assessment.verdict.period)


def absences_in(by_area: Mapping[str, AssessedSeries], period: str) -> dict[str, str]:
    """Area without a figure of a period → the key of the reason, in the order of the areas."""
    rows = {area: series.row_in(period) or {} for area, series in by_area.items()}
    return {area: absence_key(row) for area, row in rows.items() if pd.isna(row.get("value"))}


def have_figures(marks: Mapping[str, Sequence[AssessedSeries]]) -> bool:
    """Whether any State has more than no figure."""
    return bool(marks.keys() - {NO_FIGURE})
