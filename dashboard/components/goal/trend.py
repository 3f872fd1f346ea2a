"""The trend of a goal's series as a chart or a table, and the verdict in words."""

from collections.abc import Iterator

from dash import html

from dashboard.addresses.alternatives import GOAL_PATH
from dashboard.addresses.selection import Selection
from dashboard.addresses.view_files import trend_rows
from dashboard.charts.captions import carried_note
from dashboard.components import overrides
from dashboard.components.goal.absence import (
    absence_reasons,
    area_notes,
    headline_without_figure,
)
from dashboard.components.goal.breakdown_chart import breakdown_chart
from dashboard.components.goal.card_header import further_notes, notes_under
from dashboard.components.goal.data_tables import trend_table
from dashboard.components.goal.trend_extrapolation import (
    outlook_sentence,
    outlook_switch,
    outlook_table,
)
from dashboard.components.graphs import graph
from dashboard.components.layout import Drawn
from dashboard.components.notes import marked_caption
from dashboard.components.rates import rate_sentences
from dashboard.contents.figure_columns import with_growth
from dashboard.contents.view_charts import outlook_if_shown, total_in_chart
from dashboard.released.series import AssessedSeries
from dashboard.released.state_statuses import (
    StateStatuses,
    counts_in_words,
    few_states_sentence,
    marks_of_states,
)
from dashboard.texts import Text
from dashboard.wording.narrative import account_of, sentences
from dashboard.wording.periods import as_of_period
from dashboard.wording.status_ages import age_note
from metrics.core.tables import STEP


def trend_card(selection: Selection, series: AssessedSeries) -> html.Section:
    text, by = selection.text, selection.breakdown
    is_chart = selection.view.view != "table" and (series.last_known is not None or bool(by))
    heading_kind = "visually-hidden" if is_chart else ""  # the chart has a title of its own
    return html.Section(
        [
            html.H2(figure_title(series, text), className=heading_kind),
            *area_notes(selection, series),
            breakdown_chart(selection, series, by) if by else total_chart(selection, series),
            None
            if by or not series.last_known
            else outlook_switch(series, selection.context, GOAL_PATH),
            *spoken_figures(selection, series),
        ],
        className="card trend-card",
    )


def figure_title(series: AssessedSeries, text: Text) -> str:
    """`Victims identified in the ICSE database, Germany, persons`."""
    unit = "" if series.component == STEP else text.unit(series.unit)
    return ", ".join(filter(None, [series.title(text), text.code("area", series.area), unit]))


def spoken_figures(selection: Selection, series: AssessedSeries) -> Iterator[html.Div]:
    """The status, the verdict in one sentence, and its reasons, as of the period."""
    until_period, text = series.as_of(selection.period), selection.text
    if until_period.last_row is None:
        return
    of_series = marks_of_states(selection.in_states.values())
    marks = selection.marks_of_goal.values() or of_series
    statuses = StateStatuses.beside(until_period, marks)
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
    note = age_note(series.official, text)
    return [
        *(set_by_reviewer or [overrides.official_badge(series, text, statuses)]),
        html.Span(note, className="note") if note else None,
    ]


def total_chart(selection: Selection, series: AssessedSeries) -> Drawn:
    """The total as a chart or a table, with its outlook if requested."""
    text, context = selection.text, selection.context
    if series.last_known is None:
        is_elsewhere = bool(selection.areas or selection.parts) or any(
            headline_without_figure(selection, series)
        )
        is_said = series.last_row is None and is_elsewhere
        reasons = [] if is_said else absence_reasons(series, text)
        return html.Div([*reasons, *notes_under(selection, series)])
    outlook = outlook_if_shown(series, selection.view)
    if selection.view.view == "table":
        caption = marked_caption(f"{series.title(text)}, {text.code('area', series.area)}", context)
        rows = with_growth(trend_rows(selection, series), series, selection.release, text)
        values = trend_table(caption, series, rows, text, selection.view)
        origin = html.P(text("table.origin"), className="quiet")
        notes = [*outlook_sentence(outlook, text), *notes_under(selection, series)]
        carried = backcast_note(series, text)
        return html.Div([values, *outlook_table(series, outlook, text), origin, *carried, *notes])
    account = " ".join(sentences(series.as_of(selection.period), selection.release, text))
    parts = [text("chart.trend_alt"), as_of_period(account, selection.period, text)]
    chart = total_in_chart(selection, series)
    further = [*outlook_sentence(outlook, text), *further_notes(selection, series)]
    return graph(chart, "trend", " ".join(parts), text, further)


def backcast_note(series: AssessedSeries, text: Text) -> Iterator[html.P]:
    """Explain why the path or the level does not start at the first value drawn."""
    if series.official and series.official.is_backcast:
        yield html.P(carried_note(series.official, text), className="quiet")
