"""A series by breakdown: one chart or, for a pair of breakdowns, one for each code of the first."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dash import html

from dashboard import table_views
from dashboard.alternatives import breakdown_name
from dashboard.charts.marks import why_absent
from dashboard.charts.notes import breaks_of_parts
from dashboard.charts.parts import parts_chart
from dashboard.components.goal.card_header import further_notes, notes_under
from dashboard.components.goal.data_tables import part_name, parts_table
from dashboard.components.graphs import graph
from dashboard.components.layout import Drawn
from dashboard.components.notes import marked_caption, note_in_words
from dashboard.selection import Selection
from dashboard.series import AssessedSeries, has_value
from dashboard.table_views import Part
from dashboard.texts import Text
from metrics.core.series import format_dimensions


@dataclass(frozen=True)
class PartsChart:
    """The lines of one chart: the codes that they share, and the name of each line."""

    title: str
    lines: Sequence[tuple[str, Part]]


def breakdown_chart(selection: Selection, series: AssessedSeries, by: Sequence[str]) -> Drawn:
    text, context = selection.text, selection.context
    parts = table_views.series_parts(series, selection.release, by)
    if not parts:
        names = {"area": text.code("area", series.area),
                 "by": breakdown_name(format_dimensions(by), text)}  # fmt: skip
        return html.P(text("goal.no_breakdown", **names), className="absent")
    named = [(part_name(part, text), part) for part in parts]
    if selection.view.view == "table":
        caption = f"{series.title(text)}, {text.code('area', series.area)}"
        table = parts_table(marked_caption(caption, context), series, named, text)
        breaks = breaks_of_parts([(name, part.values) for name, part in named], text)
        notes = [*absent_parts(parts, text), *map(note_in_words, breaks)]
        return html.Div([table, *notes, *notes_under(selection, series)])
    charts = charts_of_parts(parts, by, text)
    return html.Div([drawn_parts(selection, series, chart, charts) for chart in charts])


def charts_of_parts(parts: Sequence[Part], by: Sequence[str], text: Text) -> list[PartsChart]:
    """Split a pair of breakdowns into a chart for each code of the first: fewer lines cross."""
    if len(by) == 1:
        return [PartsChart("", [(part_name(part, text), part) for part in parts])]
    first, *others = by
    charts: dict[str, list[tuple[str, Part]]] = {}
    for part in parts:
        name = ", ".join(text.code(other, part.codes[other]) for other in others)
        charts.setdefault(text.code(first, part.codes[first]), []).append((name, part))
    return [PartsChart(title, lines) for title, lines in charts.items()]


def drawn_parts(
    selection: Selection, series: AssessedSeries, own: PartsChart, charts: Sequence[PartsChart]
) -> Drawn:
    """One of the charts of a breakdown: all have one scale, so that they can be compared."""
    text = selection.text
    by = breakdown_name(format_dimensions(selection.breakdown), text)
    name = ", ".join(filter(None, [series.title(text), own.title]))
    parts = ", ".join(line for line, _ in own.lines)
    description = text("chart.parts_alt", name=name, parts=parts)
    every = [line for chart in charts for line in chart.lines]
    subtitle = ", ".join(filter(None, [text("chart.by", by=by), own.title]))
    chart = parts_chart(series, own.lines, every, selection.context, subtitle)
    absent = absent_parts([part for _, part in own.lines], text)
    further = further_notes(selection, series) if own is charts[-1] else []
    return graph(chart, f"trend-{own.title}", description, text, [*absent, *further])


def absent_parts(parts: Sequence[Part], text: Text) -> Iterator[html.P]:
    """Summarise how many values are absent, and why; the table has the details."""
    rows = [row for part in parts for row in part.values if not has_value(row)]
    reasons = Counter(why_absent(row, text) for row in rows)
    if reasons:
        counts = ", ".join(f"{why} ({text.number(n, 0)})" for why, n in reasons.items())
        yield html.P(text("goal.absent_parts", why=counts), className="quiet")
