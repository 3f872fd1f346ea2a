"""The Member States side by side: a small trend each, a dot each, or a table."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import table_views
from dashboard.charts.marks import why_absent
from dashboard.charts.sparkline import sparkline
from dashboard.charts.states import states_chart
from dashboard.components.card_header import card_head, notes_under
from dashboard.components.cards import newer_gap
from dashboard.components.data_tables import states_table
from dashboard.components.graphs import graph
from dashboard.components.layout import Drawn, filters
from dashboard.components.notes import invented_mark, marked_caption
from dashboard.components.overrides import small_status
from dashboard.components.pickers import picker
from dashboard.context import PageContext
from dashboard.narrative import method_name
from dashboard.selection import Selection
from dashboard.series import AssessedSeries
from dashboard.texts import Text
from metrics.catalogue.codelists import member_states


def state_comparison(selection: Selection, track: AssessedSeries) -> html.Section:
    """The chosen period of the series in every Member State that has a row of it."""
    by_state = table_views.same_series_by_state(track, selection.by_state)
    given = {area: series for area, series in by_state.items() if series.newest}
    periods = table_views.reported_periods(given)
    period = selection.view.period
    period = period if period in periods else next(iter(periods), "")
    if not period:
        body: Sequence[Any] = [html.P(selection.text("goal.no_series"), className="absent")]
    else:
        body = [state_pickers(selection, periods, period),
                compared_states(selection, track, given, period)]  # fmt: skip
    head = card_head(selection.text("goal.states"), "states", selection)
    return html.Section([head, *body], className="card")


def state_pickers(selection: Selection, periods: Sequence[str], chosen: str) -> html.Div:
    text = selection.text
    orders = {"": text("goal.protocol_order"), "value": text("goal.value_order")}
    names = {period: text.period(period) for period in periods}
    return filters(
        picker("period", text("goal.period"), names, chosen),
        picker("order", text("goal.order"), orders, selection.view.order),
    )


def compared_states(
    selection: Selection, track: AssessedSeries, given: Mapping[str, AssessedSeries], period: str
) -> html.Div:
    """As small trends and dots or as a table, with what must be known of them below."""
    text, context = selection.text, selection.context
    table = table_views.order_states(table_views.states_view(given, period), selection.view.order)
    notes = [
        *states_without(given, text),
        *judged_by(given, selection),
        html.P(text("goal.no_ranking"), className="quiet"),
        *notes_under(selection, track),
    ]
    if selection.view.view == "table":
        caption = marked_caption(f"{track.title(text)}, {text.period(period)}", context)
        return html.Div([states_table(caption, track, table, text), *notes])
    linked = context.but(goal=selection.goal.code if selection.goal else "")
    frames = multiples([given[area] for area in table["area"]], linked)
    return html.Div([frames, dot_plot(selection, track, table, period), *notes])


def states_without(given: Mapping[str, AssessedSeries], text: Text) -> Iterator[html.P]:
    """Who has no figure at all, in a line; a State that said why it has none is shown above."""
    names = [text.code("area", area) for area in member_states() if area not in given]
    if names:
        yield html.P(text("goal.without", areas=", ".join(names)), className="quiet")


def judged_by(given: Mapping[str, AssessedSeries], selection: Selection) -> Iterator[html.P]:
    methods = dict.fromkeys(track.official.method for track in given.values() if track.official)
    if selection.goal is not None and methods:
        names = ", ".join(method_name(method, selection.text) for method in methods)
        yield html.P(selection.text("goal.judged_by", method=names), className="quiet")


def dot_plot(
    selection: Selection, track: AssessedSeries, table: pd.DataFrame, period: str
) -> Drawn:
    text, named_period = selection.text, selection.text.period(period)
    description = text("chart.states_alt", name=track.title(text), period=named_period)
    caption = html.P(f"{track.title(text)}, {named_period}", className="chart-title")
    figure = states_chart(one_state(track), table, text)
    return graph(figure, "states", description, [caption], invented_mark(selection.context))


def one_state(track: AssessedSeries) -> AssessedSeries:
    """The same series as a single State has it, where the Union's is a count of States."""
    empty = track.values.iloc[:0]
    return AssessedSeries(track.indicator, member_states()[0], track.codes, empty, track.judgements)


def multiples(tracks: Sequence[AssessedSeries], context: PageContext) -> html.Div:
    """One frame a State, in the order given; each leads to its own chart."""
    frames = [multiple(track, context) for track in tracks]
    note = html.P(context.text("multiples.note"), className="quiet")
    return html.Div([note, html.Ul(frames, className="multiples")])


def multiple(track: AssessedSeries, context: PageContext) -> html.Li:
    view, text = context.view, context.text
    address = sparkline(track)
    href = view.link("/goal", indicator=track.name, area=track.area)
    link = dcc.Link(text.code("area", track.area), href=href)
    picture = html.Img(src=address, alt="") if address else html.Span(className="spark-empty")
    return html.Li(
        [
            html.Div([link, small_status(track, text) if view.goal else None]),
            picture,
            html.Span(latest_value(track, text), className="multiple-value"),
        ]
    )


def latest_value(track: AssessedSeries, text: Text) -> str:
    """The latest figure, and why there is none of a later period."""
    if track.latest is None:
        return why_absent(track.newest or {}, text)
    value, period = (
        track.format_value(track.latest["value"], text),
        text.period(track.latest["period"]),
    )
    return "; ".join(filter(None, [f"{value} ({period})", newer_gap(track, text)]))
