"""The Member States side by side: sparklines, a dot plot, or a table."""

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


def state_comparison(selection: Selection, series: AssessedSeries) -> html.Section:
    """One period of the series in every Member State that has a row for it."""
    by_state = table_views.same_series_by_state(series, selection.by_state)
    reporting = {
        area: state_series for area, state_series in by_state.items() if state_series.newest
    }
    periods = table_views.reported_periods(reporting)
    period = selection.view.period
    period = period if period in periods else next(iter(periods), "")
    if not period:
        body: Sequence[Any] = [html.P(selection.text("goal.no_series"), className="absent")]
    else:
        body = [state_pickers(selection, periods, period),
                compared_states(selection, series, reporting, period)]  # fmt: skip
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
    selection: Selection,
    series: AssessedSeries,
    reporting: Mapping[str, AssessedSeries],
    period: str,
) -> html.Div:
    """Sparklines and dot plot, or a table, with the notes that belong to them."""
    text, context = selection.text, selection.context
    table = table_views.order_states(
        table_views.states_view(reporting, period), selection.view.order
    )
    notes = [
        *states_without(reporting, text),
        *judged_by(reporting, selection),
        html.P(text("goal.no_ranking"), className="quiet"),
        *notes_under(selection, series),
    ]
    if selection.view.view == "table":
        caption = marked_caption(f"{series.title(text)}, {text.period(period)}", context)
        return html.Div([states_table(caption, series, table, text), *notes])
    linked = context.but(goal=selection.goal.code if selection.goal else "")
    frames = multiples([reporting[area] for area in table["area"]], linked)
    return html.Div([frames, dot_plot(selection, series, table, period), *notes])


def states_without(reporting: Mapping[str, AssessedSeries], text: Text) -> Iterator[html.P]:
    """List the States without any row; a State that gave a reason for no value is charted."""
    names = [text.code("area", area) for area in member_states() if area not in reporting]
    if names:
        yield html.P(text("goal.without", areas=", ".join(names)), className="quiet")


def judged_by(reporting: Mapping[str, AssessedSeries], selection: Selection) -> Iterator[html.P]:
    methods = dict.fromkeys(
        series.official.method for series in reporting.values() if series.official
    )
    if selection.goal is not None and methods:
        names = ", ".join(method_name(method, selection.text) for method in methods)
        yield html.P(selection.text("goal.judged_by", method=names), className="quiet")


def dot_plot(
    selection: Selection, series: AssessedSeries, table: pd.DataFrame, period: str
) -> Drawn:
    text, named_period = selection.text, selection.text.period(period)
    description = text("chart.states_alt", name=series.title(text), period=named_period)
    caption = html.P(f"{series.title(text)}, {named_period}", className="chart-title")
    figure = states_chart(one_state(series), table, text)
    return graph(figure, "states", description, [caption], invented_mark(selection.context))


def one_state(series: AssessedSeries) -> AssessedSeries:
    """The series as a single State has it: for the Union, milestones are counts of States."""
    empty = series.values.iloc[:0]
    return AssessedSeries(
        series.indicator, member_states()[0], series.codes, empty, series.assessments
    )


def multiples(all_series: Sequence[AssessedSeries], context: PageContext) -> html.Div:
    """One small chart for each State, in the given order, with a link to its own page."""
    frames = [multiple(series, context) for series in all_series]
    note = html.P(context.text("multiples.note"), className="quiet")
    return html.Div([note, html.Ul(frames, className="multiples")])


def multiple(series: AssessedSeries, context: PageContext) -> html.Li:
    view, text = context.view, context.text
    address = sparkline(series)
    href = view.link("/goal", indicator=series.name, area=series.area)
    link = dcc.Link(text.code("area", series.area), href=href)
    picture = html.Img(src=address, alt="") if address else html.Span(className="spark-empty")
    return html.Li(
        [
            html.Div([link, small_status(series, text) if view.goal else None]),
            picture,
            html.Span(latest_value(series, text), className="multiple-value"),
        ]
    )


def latest_value(series: AssessedSeries, text: Text) -> str:
    """The latest value; also why a later period has none."""
    if series.latest is None:
        return why_absent(series.newest or {}, text)
    value, period = (
        series.format_value(series.latest["value"], text),
        text.period(series.latest["period"]),
    )
    return "; ".join(filter(None, [f"{value} ({period})", newer_gap(series, text)]))
