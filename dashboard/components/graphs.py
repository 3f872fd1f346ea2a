"""A chart with the words around it: title, target, marks, key, notes and source in one figure."""

from collections.abc import Iterator, Sequence

from dash import dcc, html

from dashboard import theme
from dashboard.charts.arrangement import arrange
from dashboard.charts.chart_widths import PROJECTOR
from dashboard.charts.key import key_of_lines, key_of_marks, reasons_of_absence
from dashboard.charts.mark_pictures import mark_picture
from dashboard.charts.picture import KeyEntry
from dashboard.charts.plotly_renderer import figure_of
from dashboard.charts.specification import Chart, TimeChart
from dashboard.components.layout import Drawn, attributes
from dashboard.components.notes import note_in_words
from dashboard.texts import Text


def graph(
    chart: Chart, name: str, description: str, text: Text, further_notes: Sequence[Drawn] = ()
) -> html.Figure:
    """Lay a chart out under a name that is unique on the page.

    The description is read out in place of the plot; the same view as a table is one link away.
    """
    title = f"title-{name}"
    absence = html.P(reasons_of_absence(chart, text), className="absent")
    plot = drawn_plot(chart, name, description) if chart.has_value else [absence]
    return html.Figure(
        [
            html.Figcaption([html.P(chart.caption.title, id=title, className="chart-title"),
                             *below_title(chart, text)]),
            *plot,
            html.Div([*(note_in_words(note, "note-of-chart") for note in chart.caption.notes),
                      *further_notes,
                      html.P(source_words(chart, text), className="source")],
                     className="chart-notes"),
        ],
        className="chart",
        **attributes(aria_labelledby=title),
    )  # fmt: skip


def drawn_plot(chart: Chart, name: str, description: str) -> Iterator[Drawn]:
    figure = figure_of(chart)
    yield from line_names(chart)
    yield html.Div(
        dcc.Graph(id=f"graph-{name}", figure=figure, config=theme.GRAPH_CONFIG,
                  style={"height": f"{figure['layout']['height']}px"}, responsive=True),
        role="img",
        className="graph",
        **attributes(aria_label=description),
    )  # fmt: skip


def below_title(chart: Chart, text: Text) -> Iterator[html.P]:
    """The rule of the target, and what the marks mean that are in use."""
    marks = [part for entry in key_of_marks(chart, text) for part in (mark_in_words(entry), " ")]
    if chart.caption.subtitle or marks:
        yield html.P([chart.caption.subtitle, " ", *marks], className="chart-subtitle")


def mark_in_words(entry: KeyEntry) -> Drawn:
    return html.Span([*symbol_with_words(entry)], className="mark-words")


def symbol_with_words(entry: KeyEntry) -> tuple[Drawn, str]:
    return html.Img(src=mark_picture(entry.symbol, entry.colour), alt=""), entry.words


def line_names(chart: Chart) -> Iterator[html.Ul]:
    """Names the lines where the plot has no room for it: always, or on a telephone only."""
    entries = [html.Li([*symbol_with_words(entry)]) for entry in key_of_lines(chart)]
    if entries and isinstance(chart, TimeChart):
        is_needed = arrange(chart, PROJECTOR).has_key
        yield html.Ul(entries, className="chart-key" if is_needed else "chart-key key-of-telephone")


def source_words(chart: Chart, text: Text) -> list[str]:
    return text.joined(chart.caption.source.parts, " · ")
