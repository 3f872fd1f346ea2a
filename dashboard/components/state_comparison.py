"""The Member States side by side: a small trend each, a dot each, or a table."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import table_views
from dashboard.charts.marks import why_absent
from dashboard.charts.sparkline import sparkline
from dashboard.charts.states import states_chart
from dashboard.components.card_header import card_head, under
from dashboard.components.cards import newer_gap
from dashboard.components.data_tables import states_table
from dashboard.components.graphs import graph
from dashboard.components.layout import Drawn, filters
from dashboard.components.notes import stamp, stamped
from dashboard.components.overrides import marked_small
from dashboard.components.pickers import picker
from dashboard.narrative import method_name
from dashboard.selection import Selection
from dashboard.series import AssessedSeries
from dashboard.texts import Text
from dashboard.view import View
from metrics.catalogue.codelists import member_states


def side_by_side(chosen: Selection, track: AssessedSeries) -> html.Section:
    text, view = chosen.text, chosen.view
    given = {area: each for area, each in table_views.of_states(track, chosen.by_state).items()
             if each.newest}  # fmt: skip
    periods = table_views.periods(given)
    period = view.period if view.period in periods else next(iter(periods), "")
    if not period:
        body: Sequence[Any] = [html.P(text("goal.no_series"), className="absent")]
    else:
        body = [state_pickers(chosen, periods, period), compared(chosen, track, (given, period))]
    head = card_head(text("goal.states"), "states", chosen)
    return html.Section([head, *body], className="card")


def state_pickers(chosen: Selection, periods: Sequence[str], period: str) -> html.Div:
    text = chosen.text
    orders = {"": text("goal.protocol_order"), "value": text("goal.value_order")}
    names: Mapping[str, str] = {each: text.period(each) for each in periods}
    return filters(
        picker("period", text("goal.period"), names, period),
        picker("order", text("goal.order"), orders, chosen.view.order),
    )


def compared(
    chosen: Selection, track: AssessedSeries, shown: tuple[Mapping[str, AssessedSeries], str]
) -> Drawn:
    text, (given, period) = chosen.text, shown
    table = table_views.ordered(table_views.states(given, period), chosen.view.order)
    here = chosen.view.but(goal=chosen.goal.code if chosen.goal else "")
    notes = [
        *without([area for area in member_states() if area not in given], text),
        *judged_by(given, chosen),
        html.P(text("goal.no_ranking"), className="quiet"),
        *under(chosen, track),
    ]
    if chosen.view.view == "table":
        caption = f"{track.title(text)}, {text.period(period)}"
        return html.Div(
            [states_table(stamped(caption, chosen.view, text), track, table, text), *notes]
        )
    return html.Div(
        [
            multiples([given[area] for area in table["area"]], (here, text)),
            dot_plot(chosen, track, table, period),
            *notes,
        ]
    )


def without(areas: Sequence[str], text: Text) -> Iterator[html.P]:
    """Who has no figure at all, in a line; a state that said why it has none is shown."""
    if areas:
        names = ", ".join(text.code("area", area) for area in areas)
        yield html.P(text("goal.without", areas=names), className="quiet")


def judged_by(given: Mapping[str, AssessedSeries], chosen: Selection) -> Iterator[html.P]:
    official = dict.fromkeys(each.official.method for each in given.values() if each.official)
    if chosen.goal is not None and official:
        names = ", ".join(method_name(each, chosen.text) for each in official)
        yield html.P(chosen.text("goal.judged_by", method=names), className="quiet")


def dot_plot(chosen: Selection, track: AssessedSeries, table: pd.DataFrame, period: str) -> Drawn:
    text = chosen.text
    said = text("chart.states_alt", name=track.title(text), period=text.period(period))
    caption = html.P(f"{track.title(text)}, {text.period(period)}", className="chart-title")
    figure = states_chart(one_state(track), table, text)
    return graph(figure, ("states", said), [caption], stamp(chosen.view, text))


def one_state(track: AssessedSeries) -> AssessedSeries:
    """The same series as a single state has it, where the Union's is a count of states."""
    empty = track.values.iloc[:0]
    return AssessedSeries(track.indicator, member_states()[0], track.codes, empty, track.judgements)


def multiples(every: Sequence[AssessedSeries], shown: tuple[View, Text]) -> html.Div:
    """One frame a State, in the order given; each leads to its own chart."""
    view, text = shown
    return html.Div(
        [
            html.P(text("multiples.note"), className="quiet"),
            html.Ul([_one(each, view, text) for each in every], className="multiples"),
        ]
    )


def _one(track: AssessedSeries, view: View, text: Text) -> html.Li:
    address = sparkline(track)
    href = view.link("/goal", indicator=track.name, area=track.area)
    name = text.code("area", track.area)
    picture = html.Img(src=address, alt="") if address else html.Span(className="spark-empty")
    return html.Li(
        [
            html.Div([dcc.Link(name, href=href), marked_small(track, text) if view.goal else None]),
            picture,
            html.Span(_latest(track, text), className="multiple-value"),
        ]
    )


def _latest(track: AssessedSeries, text: Text) -> str:
    """The latest figure, and why there is none of a later period."""
    if track.latest is None:
        return why_absent(track.newest or {}, text)
    value, period = track.shown(track.latest["value"], text), text.period(track.latest["period"])
    return "; ".join(filter(None, [f"{value} ({period})", newer_gap(track, text)]))
