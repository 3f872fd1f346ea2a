"""The Member States side by side: sparklines, a dot plot, or a table."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
from dash import html

from dashboard.addresses.selection import Selection, compared_period
from dashboard.charts.marks import why_absent
from dashboard.charts.multiples import multiples_chart
from dashboard.charts.notes import publishers
from dashboard.charts.sparkline import small_picture
from dashboard.charts.specification import SmallTrend
from dashboard.charts.states import states_chart
from dashboard.components.goal.absence import absence_in_states, reason_list
from dashboard.components.goal.card_header import card_head, notes_with_publishers
from dashboard.components.goal.data_tables import states_table
from dashboard.components.goal.indicator_parts import other_areas
from dashboard.components.graphs import graph
from dashboard.components.layout import filters, page_link
from dashboard.components.notes import marked_caption
from dashboard.components.overrides import small_status
from dashboard.components.pickers import picker
from dashboard.components.rates import rate_text
from dashboard.contents.view_charts import absent_states_in_words, states_in_order, states_with_rows
from dashboard.context import PageContext
from dashboard.released.series import AssessedSeries
from dashboard.texts import Text
from dashboard.wording.narrative import method_name


def state_comparison(selection: Selection, series: AssessedSeries) -> Iterator[html.Section]:
    """One period of the series in every Member State that has a row for it."""
    text = selection.text
    head = card_head(text("goal.states"), "states", selection, with_pictures=True)
    body = [*comparison_in_period(selection, series), *other_areas(selection, series)]
    yield html.Section([head, *body], className="card")


def comparison_in_period(selection: Selection, series: AssessedSeries) -> Iterator[Any]:
    """One period of the States; a sentence where no State has a value in any."""
    period = compared_period(selection)
    if not period:
        yield from nothing_to_compare(selection, series)
        return
    yield state_pickers(selection, selection.periods, period)
    yield state_charts(selection, series, states_with_rows(selection, period), period)


def nothing_to_compare(selection: Selection, series: AssessedSeries) -> Iterator[html.P]:
    """Why no State has a value: `suppressed (BE, BG); not available (FI)`."""
    text, reasons = selection.text, dict[str, list[str]]()
    for area, own in selection.in_states.items():
        if own.last_row:
            reasons.setdefault(why_absent(own.last_row, text), []).append(area)
    if reasons:
        why = reason_list(reasons, text)
        yield html.P(text("goal.no_states_why", why=why), className="absent")
    if not reasons or selection.parts_in_states:
        yield absence_in_states(selection, series)


def state_pickers(selection: Selection, periods: Sequence[str], chosen: str) -> html.Div:
    text = selection.text
    orders = {"": text("goal.protocol_order"), "value": text("goal.value_order")}
    compared = [series.official for series in selection.in_states.values()
                if series.official and series.official.verdict.gap is not None]  # fmt: skip
    if compared:
        is_change = all(official.is_compared_with_start for official in compared)
        orders["gap"] = text("goal.change_order" if is_change else "goal.gap_order")
    listed = dict.fromkeys((*periods, chosen))
    names = {period: text.period(period) for period in listed}
    return filters(
        picker("period", text("goal.period"), names, chosen),
        picker("order", text("goal.order"), orders, selection.view.order),
    )


def state_charts(
    selection: Selection,
    series: AssessedSeries,
    reporting: Mapping[str, AssessedSeries],
    period: str,
) -> html.Div:
    """Sparklines and dot plot, or a table, with the notes that belong to them."""
    text, context = selection.text, selection.context
    table = states_in_order(reporting, period, selection.view)
    notes = [
        *(html.P(words, className="quiet") for words in absent_states_in_words(selection)),
        *methods_note(reporting, selection),
        html.P(text("goal.no_ranking"), className="quiet"),
    ]
    published = publishers(reporting.values(), period, text)
    if selection.view.view == "table":
        caption = marked_caption(f"{series.title(text)}, {text.period(period)}", context)
        values = states_table(caption, series.in_one_state, table, text, selection.view)
        return html.Div([values, *notes, *notes_with_publishers(selection, series, published)])
    linked = context.with_changes(goal=selection.goal.code if selection.goal else "", breakdown="")
    frames = small_multiples([reporting[area] for area in table["area"]], period, linked)
    chart = states_chart(series.in_one_state, table, selection.context, published)
    named = {"name": series.title(text), "period": text.period(period)}
    return html.Div(
        [frames, graph(chart, "states", text("chart.states_alt", **named), text, notes)]
    )


def methods_note(reporting: Mapping[str, AssessedSeries], selection: Selection) -> Iterator[html.P]:
    methods = dict.fromkeys(
        series.official.method for series in reporting.values() if series.official
    )
    if selection.goal is not None and methods:
        names = ", ".join(method_name(method, selection.text) for method in methods)
        yield html.P(selection.text("goal.assessed_by", method=names), className="quiet")


def small_multiples(
    all_series: Sequence[AssessedSeries], period: str, context: PageContext
) -> html.Div:
    """One small chart for each State, in the given order, with a link to its own page."""
    chart = multiples_chart(all_series, period, context)
    frames = [
        small_multiple(series, trend, period, context)
        for series, trend in zip(all_series, chart.frames, strict=True)
    ]
    note = html.P(chart.caption.subtitle, className="quiet")
    return html.Div([note, html.Ul(frames, className="multiples")])


def small_multiple(
    series: AssessedSeries, trend: SmallTrend, period: str, context: PageContext
) -> html.Li:
    """A State as of a period: the status and the figure of that period."""
    view, text = context.view, context.text
    address = small_picture(trend)
    href = view.link("/goal", indicator=series.name, area=series.area)
    link = page_link(trend.line.name, href=href)
    picture = html.Img(src=address, alt="") if address else html.Span(className="spark-empty")
    assessed = series.status_period
    is_apart = assessed not in {"", period}
    note = text("status.of_period", period=text.period(assessed)) if is_apart else ""
    return html.Li(
        [
            html.Div([link, small_status(series, text) if series.official else None]),
            picture,
            html.Span(period_value(series, period, text), className="multiple-value"),
            html.Span(note, className="multiple-value") if note else None,
        ]
    )


def period_value(series: AssessedSeries, period: str, text: Text) -> str:
    """The value of a period, with its rate; or why it has none."""
    row = series.row_in(period) or {}
    if pd.isna(row.get("value")):
        return f"{text.period(period)}: {why_absent(row, text)}"
    rate = rate_text(series, period, text)
    return text.listed([series.format_figure(row, text), rate])
