"""A chart with the words around it: title, target, marks, key, notes and source in one figure."""

from collections import Counter
from collections.abc import Iterator, Sequence

from dash import dcc, html

from dashboard import theme
from dashboard.charts.arrangement import arrange
from dashboard.charts.mark_pictures import mark_picture
from dashboard.charts.plotly_looks import line_colour, line_symbol, shape_of
from dashboard.charts.plotly_renderer import figure_of
from dashboard.charts.points import is_absence
from dashboard.charts.screens import PROJECTOR
from dashboard.charts.specification import Chart, ChartKind, StatesChart, TimeChart
from dashboard.components.layout import Drawn, attributes
from dashboard.components.notes import note_in_words
from dashboard.texts import Text


def graph(
    chart: Chart, name: str, description: str, text: Text, further_notes: Sequence[Drawn] = ()
) -> html.Figure:
    """Lay a chart out under a name that is unique on the page.

    The description is read out in place of the plot; the same view as a table is one link away.
    """
    plot = drawn_plot(chart, name, description) if chart.has_value else without_value(chart, text)
    return html.Figure(
        [
            html.Figcaption([html.P(chart.caption.title, className="chart-title"),
                             *below_title(chart, text)]),
            *plot,
            html.Div([*(note_in_words(note, "note-of-chart") for note in chart.caption.notes),
                      *further_notes,
                      html.P(source_words(chart, text), className="source")],
                     className="chart-notes"),
        ],
        className="chart",
    )  # fmt: skip


def drawn_plot(chart: Chart, name: str, description: str) -> Iterator[Drawn]:
    figure = figure_of(chart)
    yield from key_of_lines(chart)
    yield html.Div(
        dcc.Graph(id=f"graph-{name}", figure=figure, config=theme.GRAPH_CONFIG,
                  style={"height": f"{figure['layout']['height']}px"}, responsive=True),
        role="img",
        className="graph",
        **attributes(aria_label=description),
    )  # fmt: skip


def without_value(chart: Chart, text: Text) -> Iterator[Drawn]:
    """A sentence in place of an empty axis: why there is no figure, and how often."""
    absent = chart.rows if isinstance(chart, StatesChart) else [point for _, point in chart.table]
    reasons = Counter(row.mark.words for row in absent)
    counted = text.listed(f"{why} ({text.number(n, 0)})" for why, n in reasons.items())
    yield html.P(text("goal.nothing_shown", why=counted), className="absent")


def below_title(chart: Chart, text: Text) -> Iterator[html.P]:
    """The rule of the target, and what the marks mean that are in use."""
    marks = [part for mark in marks_in_words(chart, text) for part in (*mark, " ")]
    if chart.caption.subtitle or marks:
        yield html.P([chart.caption.subtitle, " ", *marks], className="chart-subtitle")


def marks_in_words(chart: Chart, text: Text) -> Iterator[list[Drawn]]:
    """A picture and the meaning of each mark; lines of several shapes have open marks instead."""
    is_several = isinstance(chart, TimeChart) and chart.kind is not ChartKind.TREND
    qualified = [mark for mark in chart.marks if not is_absence(mark)]
    if is_several and qualified:
        words = text.listed(mark.words for mark in qualified)
        yield mark_in_words("circle-open", text("chart.open_mark", words=words))
    for mark in chart.marks:
        if is_absence(mark) or not is_several:
            yield mark_in_words(shape_of(mark), mark.words)
    if isinstance(chart, TimeChart) and any(line.parts_of_years for line in chart.lines):
        yield mark_in_words("triangle-up-open", text("chart.partial"))
    symbol, names = path_marks_in_words(chart)
    yield from (mark_in_words(symbol, name, theme.TARGET_PATH) for name in names)


def path_marks_in_words(chart: Chart) -> tuple[str, list[str]]:
    """The symbol and the names of the marks at what is expected of a State, or of earlier years."""
    if isinstance(chart, StatesChart):
        expected = (row.expected_name for row in chart.rows if row.expected is not None)
        return "line-ns", list(dict.fromkeys(expected))
    is_marked = chart.path is not None and chart.path.earlier
    return "line-ew", [chart.path.earlier_name] if chart.path and is_marked else []


def mark_in_words(symbol: str, words: str, colour: str = theme.INK_SOFT) -> list[Drawn]:
    picture = html.Img(src=mark_picture(symbol, colour), alt="")
    return [html.Span([picture, words], className="mark-words")]


def key_of_lines(chart: Chart) -> Iterator[html.Ul]:
    """Names the lines where the plot has no room for it: always, or on a telephone only."""
    if not isinstance(chart, TimeChart) or chart.kind is ChartKind.TREND:
        return
    entries = [
        html.Li([
            html.Img(src=mark_picture(line_symbol(number), line_colour(number)), alt=""),
            line.label or line.name,
        ])
        for number, line in enumerate(chart.lines)
    ]  # fmt: skip
    is_needed = arrange(chart, PROJECTOR).has_key
    yield html.Ul(entries, className="chart-key" if is_needed else "chart-key key-of-telephone")


def source_words(chart: Chart, text: Text) -> list[str]:
    return text.joined(chart.caption.source.parts, " · ")
