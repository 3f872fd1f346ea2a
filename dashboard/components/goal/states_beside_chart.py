"""Beside the chart of a goal: the Member States by status, each with a link to its own view."""

from collections.abc import Iterator, Sequence
from typing import Any

from dash import html

from dashboard.addresses.alternatives import GOAL_PATH
from dashboard.addresses.selection import Selection
from dashboard.components.goal.absence import absence_in_states
from dashboard.components.hints import hinted_link
from dashboard.components.layout import attributes, page_link
from dashboard.components.status import in_sentences, status_word
from dashboard.released.series import AssessedSeries
from dashboard.released.states_by_status import have_figures, states_by_status
from dashboard.wording.scoreboard_words import status_in_words
from dashboard.wording.status_ages import age_note
from dashboard.wording.status_reasons import not_assessed_reason


def states_aside(selection: Selection) -> html.Aside:
    """How many States have which status, and which; with a link to all of them side by side."""
    text = selection.text
    marks = states_by_status(selection.in_states, selection.marks_of_goal)
    period = text.period(selection.period) if selection.period else ""
    heading = ", ".join(filter(None, [text("state.menu"), period]))
    groups = [status_group(mark, states, selection) for mark, states in marks.items()]
    is_known = have_figures(marks)
    absence = [absence_in_states(selection, selection.series)] if selection.series else []
    body: list[Any] = [html.Ul(groups)] if is_known else absence
    return html.Aside(
        [html.H2(heading), *body, *aside_links(selection)],
        className="card by-status",
        **attributes(aria_label=heading),
    )


def status_group(mark: str, states: Sequence[AssessedSeries], selection: Selection) -> html.Li:
    text = selection.text
    head = html.Div([status_word(mark, text), html.Strong(text.number(len(states), 0))])
    links = [part for series in states for part in (state_code(series, selection), " ")][:-1]
    return html.Li([head, html.P([*links, *shared_period(states, selection)])])


def state_code(series: AssessedSeries, selection: Selection) -> html.A:
    """The code of a State as a link to this view of it; name, status and reason as a hint."""
    text = selection.text
    name = text.code("area", series.area)
    assessed = status_in_words(series, text) if series.official else ""
    address = selection.view.link(GOAL_PATH, area=series.area, indicator=series.name, breakdown="")
    note = not_assessed_reason(series.official, text) or age_note(series.official, text)
    return hinted_link(series.area, address, in_sentences([name, assessed, note]))


def shared_period(states: Sequence[AssessedSeries], selection: Selection) -> Iterator[Any]:
    """The year of verdicts that are not of the latest round, if they share one.

    Of all verdicts, if the address names a period that does not exist.
    """
    text = selection.text
    is_dated = selection.is_period_unknown
    dated = [series for series in states if series.official and (is_dated or series.official.age)]
    periods = {series.status_period for series in dated} - {""}
    if len(periods) == 1 and len(dated) == len(states):
        yield html.Span(text("status.of_period", period=text.period(*periods)), className="note")


def aside_links(selection: Selection) -> Iterator[html.P]:
    """Links to the States side by side, to the map, and to the actions that they declared."""
    text, view, goal = selection.text, selection.view, selection.goal
    links = [page_link(text("goal.states"), href=view.link(GOAL_PATH, view="states"))]
    if goal is not None and goal.actions:
        href = view.link(GOAL_PATH, view="states") + "#actions"
        links.append(page_link(text("actions.of_goal"), href=href))
    yield html.P([part for link in links for part in (link, " ")][:-1], className="aside-links")
