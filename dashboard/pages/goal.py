"""One goal: its trend against the target, the States side by side, the calculation, the wording."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from dash import html

from dashboard.alternatives import GOAL_PATH
from dashboard.charts.trend import trend_chart
from dashboard.components import overrides
from dashboard.components.absence import absence_reasons, area_notes
from dashboard.components.arithmetic import arithmetic
from dashboard.components.breakdown_chart import breakdown_chart
from dashboard.components.card_header import card_head, further_notes, notes_under
from dashboard.components.data_tables import trend_table
from dashboard.components.declared_actions import goal_actions
from dashboard.components.frame import MANNERS, frame, without_unknown
from dashboard.components.graphs import graph
from dashboard.components.guide_links import guide_link
from dashboard.components.indicator_parts import indicator_parts
from dashboard.components.layout import Drawn, card, filters, page_heading
from dashboard.components.matrix import matrix
from dashboard.components.notes import marked_caption, no_release, source_line
from dashboard.components.page_registry import register_page
from dashboard.components.pickers import area_options, picker
from dashboard.components.rates import rate_sentences
from dashboard.components.series_pickers import series_pickers
from dashboard.components.state_comparison import state_comparison
from dashboard.components.status_summary import status_summary
from dashboard.components.trend_extrapolation import (
    outlook_if_shown,
    outlook_sentence,
    outlook_switch,
    outlook_table,
)
from dashboard.components.unavailable import unavailable_notice
from dashboard.components.ways_on import ways_on
from dashboard.components.wording import wording
from dashboard.context import PageContext, resolve_context
from dashboard.narrative import account_of, sentences
from dashboard.selection import Selection, choose
from dashboard.series import AssessedSeries, is_headline
from dashboard.state_statuses import StateStatuses, counts_in_words, few_states_sentence
from dashboard.texts import Text
from dashboard.view import View
from dashboard.view_files import trend_rows
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.loader import catalogue
from metrics.core.series import format_series
from metrics.core.tables import VALUE


def goal_title(context: PageContext) -> str:
    """`GA-1.1 More victims identified in the ICSE database, Germany`."""
    selection = choose(without_unknown(context, MANNERS))
    goal, series, text = selection.goal, selection.series, selection.text
    if goal is None and series is None:
        return text("missing.title")
    name = f"{goal.code} {goal.name(text.language)}" if goal else ""
    is_beside = series is not None and not (goal and is_headline(goal, series))
    series_name = series.title(text) if series and is_beside else ""
    return ", ".join(filter(None, [name, series_name, text.code("area", selection.area)]))


register_page(__name__, GOAL_PATH, order=20, title=goal_title, is_kept=True)


def layout(**query: str) -> html.Div:
    asked = resolve_context(View.from_query(query))
    selection = choose(without_unknown(asked, MANNERS))
    return frame(GOAL_PATH, asked, list(goal_sections(selection)), goal_heading(selection))


def goal_heading(selection: Selection) -> html.Div:
    goal, text = selection.goal, selection.text
    if goal is None:
        series = selection.series
        if series is None:
            return page_heading("", text("missing.title"))
        return page_heading(text("overview.context"), series.title(text))
    framework = catalogue().frameworks[goal.framework]
    names = {target.code: target.name(text.language) for target in framework.policy_targets}
    above = [framework.name(text.language), names.get(goal.policy_target or "", "")]
    title = [html.Span(goal.code, className="code"), goal.name(text.language)]
    return page_heading(" › ".join(filter(None, above)), title)


def goal_sections(selection: Selection) -> Iterator[Any]:
    goal, series, text = selection.goal, selection.series, selection.text
    yield goal_pickers(selection)
    if selection.release is None:
        yield no_release(selection.context)
    yield from unavailable_notice(selection)
    if series is not None:
        yield trend_card(selection, series)
        yield from state_comparison(selection, series)
        yield from indicator_parts(selection, series)
    if goal is None:
        if series is not None:
            yield html.P(text("overview.context_note"), className="quiet")
        return
    if series is not None and selection.release is not None:
        yield from status_matrix(selection, goal, series)
        if goal.targets:
            yield arithmetic(goal, series, text, selection.period)
    yield from goal_actions(goal, selection.context)
    yield wording(goal, text)
    yield ways_on(selection)
    yield guide_link("policy-officer", selection.context)
    yield guide_link("presenter", selection.context)


def goal_pickers(selection: Selection) -> html.Div:
    text, goal = selection.text, selection.goal
    goals = {} if goal else {"": text("overview.context")}
    goals |= {
        code: f"{code} {listed.name(text.language)}"
        for code, listed in selection.context.definitions.goals.items()
    }
    areas = area_options(selection.context)
    return filters(
        picker("goal", text("goal.goal"), goals, goal.code if goal else ""),
        *indicator_picker(selection),
        *series_pickers(selection),
        picker("area", text("overview.area"), areas, selection.area),
    )


def indicator_picker(selection: Selection) -> Iterator[Any]:
    """The series that follow up the goal; a part or another component is chosen beside it."""
    text, series = selection.text, selection.series
    names = {followed.name: followed.title(text) for followed in selection.followed}
    if series is None:
        if names:
            yield picker("indicator", text("goal.indicator"), {"": "–"} | names, "")
        return
    whole = format_series(series.indicator.code, VALUE, series.codes)
    same = [followed.name for followed in selection.followed
            if followed.indicator == series.indicator]  # fmt: skip
    chosen = whole if whole in names else next(iter(same), whole)
    names.setdefault(chosen, replace(series, other_component="").title(text))
    yield picker("indicator", text("goal.indicator"), names, chosen)


def trend_card(selection: Selection, series: AssessedSeries) -> html.Section:
    text, by = selection.text, selection.breakdown
    return html.Section(
        [
            card_head(series.title(text), "trend", selection),
            *area_notes(selection, series),
            *spoken_figures(selection, series),
            None
            if by or not series.last_known
            else outlook_switch(series, selection.context, GOAL_PATH),
            breakdown_chart(selection, series, by) if by else total_chart(selection, series),
        ],
        className="card trend-card",
    )


def spoken_figures(selection: Selection, series: AssessedSeries) -> Iterator[html.Div]:
    """The status, the verdict in one sentence, and its reasons, as of the period."""
    until_period, text = series.as_of(selection.period), selection.text
    if until_period.last_row is None:
        return
    in_states = [state.status for state in selection.in_states.values() if state.official]
    statuses = StateStatuses.beside(until_period, in_states)
    account = account_of(until_period, selection.release, text)
    groups = {
        "account.measured": [*account.measured, *rate_sentences(until_period, text)],
        "account.why": [*account.why, counts_in_words(statuses.counts, text) if statuses else ""],
        "account.limits": [*account.limits, few_states_sentence(statuses, text)],
    }
    listed = [
        html.Li([html.Strong(f"{text(heading)}: "), written])
        for heading, given in groups.items()
        if (written := " ".join(filter(None, given)))
    ]
    body = [html.P(account.verdict, className="verdict-first"), html.Ul(listed) if listed else None]
    yield html.Div(
        [*official_status(until_period, statuses, text), html.Div(body, className="account")],
        className="says",
    )


def official_status(
    series: AssessedSeries, statuses: StateStatuses | None, text: Text
) -> list[Drawn]:
    """The official status with its period; none for a series that is not assessed at all."""
    if series.official is None:
        return []
    set_by_reviewer = overrides.override_badge(series, text, statuses)
    note = overrides.age_note(series.official, text)
    return [
        *(set_by_reviewer or [overrides.official_badge(series, text, statuses)]),
        html.Span(note, className="note") if note else None,
    ]


def total_chart(selection: Selection, series: AssessedSeries) -> Drawn:
    """The total as a chart or a table, with its outlook if requested."""
    text, context = selection.text, selection.context
    if series.last_known is None:
        is_elsewhere = series.last_row is None and bool(selection.areas or selection.parts)
        reasons = [] if is_elsewhere else absence_reasons(series, text)
        return html.Div([*reasons, *notes_under(selection, series)])
    outlook = outlook_if_shown(series, selection.view)
    if selection.view.view == "table":
        caption = marked_caption(f"{series.title(text)}, {text.code('area', series.area)}", context)
        values = trend_table(caption, series, trend_rows(selection, series), text)
        origin = html.P(text("table.origin"), className="quiet")
        notes = [*outlook_sentence(outlook, text), *notes_under(selection, series)]
        carried = backcast_note(series, text)
        return html.Div([values, *outlook_table(series, outlook, text), origin, *carried, *notes])
    judged = replace(series, assessments=series.as_of(selection.period).assessments)
    parts = [text("chart.trend_alt"), *sentences(series, selection.release, text)]
    chart = trend_chart(judged, context, selection.period, with_outlook=outlook is not None)
    further = [*outlook_sentence(outlook, text), *further_notes(selection, series)]
    return graph(chart, "trend", " ".join(parts), text, further)


def backcast_note(series: AssessedSeries, text: Text) -> Iterator[html.P]:
    """Explain why the path does not start at the first value drawn."""
    if series.official and series.official.is_backcast:
        yield html.P(text("chart.carried"), className="quiet")


def status_matrix(
    selection: Selection, goal: Goal, series: AssessedSeries
) -> Iterator[html.Section]:
    """Which States are on track in the charted series, and the status of every series by State."""
    text, context = selection.text, selection.context
    if not goal.targets:
        return
    body = [
        *status_summary(series, selection.in_states, text),
        *matrix(goal, selection.followed_by_state, context, selection.period),
        html.P(source_line(context), className="source"),
    ]
    heading = text("goal.matrix")
    if selection.period:
        heading = text("goal.matrix_period", period=text.period(selection.period))
    yield card(heading, body, "matrix-card")
