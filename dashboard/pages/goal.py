"""One goal: its trend against the target, the States side by side, the calculation, the wording."""

from collections.abc import Iterator
from typing import Any

from dash import html

from dashboard import table_views
from dashboard.charts.outlook import outlook_traces
from dashboard.charts.trend import trend_chart
from dashboard.components import overrides
from dashboard.components.arithmetic import arithmetic
from dashboard.components.breakdown_chart import breakdown_chart
from dashboard.components.card_header import GOAL_PATH, card_head, notes_under
from dashboard.components.data_tables import trend_table
from dashboard.components.frame import frame
from dashboard.components.graphs import graph
from dashboard.components.layout import Drawn, card, filters, page_heading
from dashboard.components.matrix import matrix
from dashboard.components.notes import invented_mark, marked_caption, no_release, source_line
from dashboard.components.page_registry import register_page
from dashboard.components.pickers import area_options, picker
from dashboard.components.state_comparison import state_comparison
from dashboard.components.status import badge
from dashboard.components.status_summary import status_summary
from dashboard.components.trend_extrapolation import (
    chosen_outlook,
    outlook_sentence,
    outlook_switch,
    outlook_table,
)
from dashboard.components.wording import wording
from dashboard.context import resolve_context
from dashboard.narrative import sentences
from dashboard.selection import Selection, choose
from dashboard.series import AssessedSeries
from dashboard.texts import Text
from dashboard.view import View
from metrics.catalogue.definitions import Goal
from metrics.catalogue.loader import catalogue
from metrics.core.series import format_dimensions, parse_dimensions
from metrics.core.tables import EU

register_page(__name__, GOAL_PATH, order=20)

MATCHED = "matched_panel"  # a verdict that compares totals of the same States in both years


def layout(**query: str) -> html.Div:
    selection = choose(resolve_context(View.from_query(query)))
    return frame(
        GOAL_PATH, selection.context, list(goal_sections(selection)), goal_heading(selection)
    )


def goal_heading(selection: Selection) -> html.Div:
    goal, text = selection.goal, selection.text
    if goal is None:
        name = selection.series.title(text) if selection.series else ""
        return page_heading(text("overview.context"), name)
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
    if series is not None:
        yield trend_card(selection, series)
        yield state_comparison(selection, series)
    if goal is None:
        yield html.P(text("overview.context_note"), className="quiet")
        return
    if series is not None and selection.release is not None:
        yield from status_matrix(selection, goal, series)
        yield arithmetic(goal, series, text)
    yield wording(goal, text)


def goal_pickers(selection: Selection) -> html.Div:
    text, goal = selection.text, selection.goal
    goals = {} if goal else {"": text("overview.context")}
    goals |= {
        code: f"{code} {listed.name(text.language)}" for code, listed in catalogue().goals.items()
    }
    areas = area_options(selection.context)
    return filters(
        picker("goal", text("goal.goal"), goals, goal.code if goal else ""),
        *indicator_picker(selection),
        picker("area", text("overview.area"), areas, selection.area),
        *breakdown_picker(selection),
    )


def indicator_picker(selection: Selection) -> Iterator[Any]:
    text = selection.text
    if selection.series is not None:
        names = {series.name: series.title(text) for series in selection.followed}
        yield picker("indicator", text("goal.indicator"), names, selection.series.name)


def breakdown_picker(selection: Selection) -> Iterator[Any]:
    if selection.series is None or not (choices := charted_breakdowns(selection.series)):
        return
    text, chosen = selection.text, selection.view.breakdown
    names = {
        choice: " × ".join(text(f"breakdown.{by}") for by in parse_dimensions(choice))
        for choice in choices
    }
    picked = chosen if chosen in choices else ""
    yield picker("breakdown", text("goal.breakdown"), {"": text("goal.total")} | names, picked)


def charted_breakdowns(series: AssessedSeries) -> list[str]:
    """The breakdowns that the charted component has."""
    if not series.indicator.has_total:
        return []
    breakdowns = series.indicator.breakdowns
    return [
        format_dimensions(breakdown.by) for breakdown in breakdowns if breakdown.by != ("band",)
    ]


def trend_card(selection: Selection, series: AssessedSeries) -> html.Section:
    text, chosen = selection.text, selection.view.breakdown
    sentence = html.P(" ".join(sentences(series, selection.release, text)))
    by = parse_dimensions(chosen) if chosen in charted_breakdowns(series) else []
    names = {"area": text.code("area", selection.area), "union": text.code("area", EU)}
    return html.Section(
        [
            card_head(series.title(text), "trend", selection),
            html.P(text("goal.unasked", **names)) if selection.is_unasked else None,
            html.Div([*official_status(selection, series), sentence], className="says"),
            None if by else outlook_switch(series, selection.context, GOAL_PATH),
            breakdown_chart(selection, series, by) if by else total_chart(selection, series),
        ],
        className="card trend-card",
    )


def official_status(selection: Selection, series: AssessedSeries) -> list[Drawn]:
    if selection.goal is None:
        return []
    set_by_reviewer = overrides.override_badge(series.official, selection.text)
    return set_by_reviewer or [badge(series.status, selection.text)]


def total_chart(selection: Selection, series: AssessedSeries) -> Drawn:
    """The total as a chart or a table, with its outlook if requested."""
    table, text, context = table_views.trend_view(series), selection.text, selection.context
    if table.empty:
        return html.P(text("goal.no_series"), className="absent")
    outlook = chosen_outlook(series, selection.view)
    notes = [
        *carried_back(series, text),
        *outlook_sentence(outlook, text),
        *notes_under(selection, series),
    ]
    if selection.view.view == "table":
        caption = marked_caption(f"{series.title(text)}, {text.code('area', series.area)}", context)
        values = trend_table(caption, series, table, text)
        return html.Div([values, *outlook_table(series, outlook, text), *notes])
    parts = [text("chart.trend_alt"), *sentences(series, selection.release, text)]
    figure = trend_chart(series, table, text, outlook_traces(series, text) if outlook else ())
    return graph(figure, "trend", " ".join(parts), notes, invented_mark(context))


def carried_back(series: AssessedSeries, text: Text) -> Iterator[html.P]:
    """Explain why the path does not start at the first value drawn."""
    if series.official and MATCHED in series.official.verdict.reason.split(";"):
        yield html.P(text("chart.carried"), className="quiet")


def status_matrix(
    selection: Selection, goal: Goal, series: AssessedSeries
) -> Iterator[html.Section]:
    """Which States are on track in the charted series, and the status of every series by State."""
    text, context = selection.text, selection.context
    if not goal.targets:
        return
    by_state = table_views.same_series_by_state(series, selection.by_state)
    body = [
        *status_summary(series, by_state, text),
        *matrix(goal, selection.by_state, context),
        html.P(source_line(context), className="source"),
    ]
    yield card(text("goal.matrix"), body, "matrix-card")
