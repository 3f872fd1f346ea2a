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

MATCHED = "matched_panel"  # a verdict on figures carried back by those who reported each year


def layout(**query: str) -> html.Div:
    selection = choose(resolve_context(View.from_query(query)))
    return frame(
        GOAL_PATH, selection.context, list(goal_sections(selection)), goal_heading(selection)
    )


def goal_heading(selection: Selection) -> html.Div:
    goal, text = selection.goal, selection.text
    if goal is None:
        name = selection.track.title(text) if selection.track else ""
        return page_heading(text("overview.context"), name)
    framework = catalogue().frameworks[goal.framework]
    names = {target.code: target.name(text.language) for target in framework.policy_targets}
    above = [framework.name(text.language), names.get(goal.policy_target or "", "")]
    title = [html.Span(goal.code, className="code"), goal.name(text.language)]
    return page_heading(" › ".join(filter(None, above)), title)


def goal_sections(selection: Selection) -> Iterator[Any]:
    goal, track, text = selection.goal, selection.track, selection.text
    yield goal_pickers(selection)
    if selection.release is None:
        yield no_release(selection.context)
    if track is not None:
        yield trend_card(selection, track)
        yield state_comparison(selection, track)
    if goal is None:
        yield html.P(text("overview.context_note"), className="quiet")
        return
    if track is not None and selection.release is not None:
        yield from status_matrix(selection, goal, track)
        yield arithmetic(goal, track, text)
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
    if selection.track is not None:
        names = {track.name: track.title(text) for track in selection.followed}
        yield picker("indicator", text("goal.indicator"), names, selection.track.name)


def breakdown_picker(selection: Selection) -> Iterator[Any]:
    if selection.track is None or not (choices := charted_breakdowns(selection.track)):
        return
    text, chosen = selection.text, selection.view.breakdown
    names = {
        choice: " × ".join(text(f"breakdown.{by}") for by in parse_dimensions(choice))
        for choice in choices
    }
    picked = chosen if chosen in choices else ""
    yield picker("breakdown", text("goal.breakdown"), {"": text("goal.total")} | names, picked)


def charted_breakdowns(track: AssessedSeries) -> list[str]:
    """Those by which the charted component is given."""
    if not track.indicator.has_total:
        return []
    breakdowns = track.indicator.breakdowns
    return [
        format_dimensions(breakdown.by) for breakdown in breakdowns if breakdown.by != ("band",)
    ]


def trend_card(selection: Selection, track: AssessedSeries) -> html.Section:
    text, chosen = selection.text, selection.view.breakdown
    sentence = html.P(" ".join(sentences(track, selection.release, text)))
    by = parse_dimensions(chosen) if chosen in charted_breakdowns(track) else []
    names = {"area": text.code("area", selection.area), "union": text.code("area", EU)}
    return html.Section(
        [
            card_head(track.title(text), "trend", selection),
            html.P(text("goal.unasked", **names)) if selection.is_unasked else None,
            html.Div([*official_status(selection, track), sentence], className="says"),
            None if by else outlook_switch(track, selection.context, GOAL_PATH),
            breakdown_chart(selection, track, by) if by else total_chart(selection, track),
        ],
        className="card trend-card",
    )


def official_status(selection: Selection, track: AssessedSeries) -> list[Drawn]:
    if selection.goal is None:
        return []
    set_by_reviewer = overrides.override_badge(track.official, selection.text)
    return set_by_reviewer or [badge(track.status, selection.text)]


def total_chart(selection: Selection, track: AssessedSeries) -> Drawn:
    """The series in all, as a chart or as a table, with its outlook where it was asked for."""
    table, text, context = table_views.trend_view(track), selection.text, selection.context
    if table.empty:
        return html.P(text("goal.no_series"), className="absent")
    outlook = chosen_outlook(track, selection.view)
    notes = [
        *carried_back(track, text),
        *outlook_sentence(outlook, text),
        *notes_under(selection, track),
    ]
    if selection.view.view == "table":
        caption = marked_caption(f"{track.title(text)}, {text.code('area', track.area)}", context)
        values = trend_table(caption, track, table, text)
        return html.Div([values, *outlook_table(track, outlook, text), *notes])
    parts = [text("chart.trend_alt"), *sentences(track, selection.release, text)]
    figure = trend_chart(track, table, text, outlook_traces(track, text) if outlook else ())
    return graph(figure, "trend", " ".join(parts), notes, invented_mark(context))


def carried_back(track: AssessedSeries, text: Text) -> Iterator[html.P]:
    """Why the path does not start at the first figure that is drawn."""
    if track.official and MATCHED in track.official.verdict.reason.split(";"):
        yield html.P(text("chart.carried"), className="quiet")


def status_matrix(
    selection: Selection, goal: Goal, track: AssessedSeries
) -> Iterator[html.Section]:
    """Who is on track in the charted series, in words, and every series by Member State."""
    text, context = selection.text, selection.context
    if not goal.targets:
        return
    by_state = table_views.same_series_by_state(track, selection.by_state)
    body = [
        *status_summary(track, by_state, text),
        *matrix(goal, selection.by_state, context),
        html.P(source_line(context), className="source"),
    ]
    yield card(text("goal.matrix"), body, "matrix-card")
