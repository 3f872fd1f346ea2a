"""The status of a goal beside that of one of its series, where the two differ."""

from dashboard.addresses.selection import Selection
from dashboard.released.goal_statuses import goal_status, mark_of_series
from dashboard.released.scoreboard import read_row
from dashboard.released.series import AssessedSeries


def status_of_goal(series: AssessedSeries, selection: Selection) -> str:
    """`Status of this series; the goal: Not assessed.`: empty where they have one status."""
    text, mark = selection.text, mark_of_goal(series, selection)
    if not mark or mark == mark_of_series(series):
        return ""
    return text("strip.status_of_goal", status=text(f"status.{mark}"))


def mark_of_goal(series: AssessedSeries, selection: Selection) -> str:
    """The mark of the goal on the scoreboard of the same period."""
    goal, release, period = selection.goal, selection.release, selection.period
    if goal is None or release is None:
        return ""
    if selection.is_headline_nowhere:
        return read_row(goal.code, selection.context.first_area, release, period).own.mark
    return goal_status(goal, series.area, release, period).mark
