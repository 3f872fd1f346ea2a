"""The Member States of a goal: side by side, as a table, by status, and what they declared."""

from collections.abc import Iterator
from typing import Any

from dash import html

from dashboard.addresses.selection import Selection, compared_period
from dashboard.components.declared_actions import goal_actions
from dashboard.components.goal.matrix import matrix
from dashboard.components.goal.state_comparison import state_charts, state_comparison
from dashboard.components.layout import card
from dashboard.components.notes import source_line
from dashboard.components.status_summary import status_summary
from dashboard.contents.view_charts import states_with_rows
from dashboard.released.series import AssessedSeries
from metrics.catalogue.definitions.goals import Goal


def goal_states(selection: Selection) -> Iterator[Any]:
    """The States side by side, as a table, by status, and what they declared."""
    goal, series = selection.goal, selection.series
    if series is None:
        return
    yield html.Div(list(state_comparison(selection.with_view(""), series)), id="states")
    yield from states_in_table(selection.with_view("table"), series)
    if goal is not None and selection.release is not None:
        yield from status_matrix(selection, goal, series)
    if goal is not None:
        yield from goal_actions(goal, selection.context)


def states_in_table(selection: Selection, series: AssessedSeries) -> Iterator[html.Section]:
    """The figures of the charts of the States; nothing where none has one."""
    period = compared_period(selection)
    in_period = states_with_rows(selection, period)
    if period and in_period:
        table = state_charts(selection, series, in_period, period)
        yield card(selection.text("goal.states_table"), [table], "states-table", "states-table")


def status_matrix(
    selection: Selection, goal: Goal, series: AssessedSeries
) -> Iterator[html.Section]:
    """Which States are on track in the charted series, and the status of every series by State."""
    text, context = selection.text, selection.context
    if not goal.targets:
        return
    body = [
        *status_summary(series, selection.in_states, text, selection.marks_of_goal),
        *matrix(goal, selection.followed_by_state, context, selection.period),
        html.P(source_line(context), className="source"),
    ]
    heading = text("goal.matrix")
    if selection.period:
        heading = text("goal.matrix_period", period=text.period(selection.period))
    yield card(heading, body, "matrix-card", "status")
