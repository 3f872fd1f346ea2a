"""A series by breakdown: one chart or, for a pair of breakdowns, one for each code of the first."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from dash import html

from dashboard import table_views
from dashboard.alternatives import breakdown_name
from dashboard.charts.marks import why_absent
from dashboard.charts.trend import parts_chart
from dashboard.components.card_header import notes_under
from dashboard.components.data_tables import part_name, parts_table
from dashboard.components.graphs import graph
from dashboard.components.layout import Drawn
from dashboard.components.notes import breaks_of_parts, invented_mark, marked_caption
from dashboard.data import records
from dashboard.selection import Selection
from dashboard.series import AssessedSeries
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
    notes = [
        *absent_parts(parts, text),
        *breaks_of_parts([(name, part.values) for name, part in named], text),
        *notes_under(selection, series),
    ]
    if selection.view.view == "table":
        caption = f"{series.title(text)}, {text.code('area', series.area)}"
        table = parts_table(marked_caption(caption, context), series, named, text)
        return html.Div([table, *notes])
    # One scale for all charts, so that they can be compared.
    scaled_to = pd.concat([part.values for part in parts])
    charts = charts_of_parts(parts, by, text)
    return html.Div([
        drawn_parts(selection, series, chart, scaled_to, notes if chart is charts[-1] else [])
        for chart in charts
    ])  # fmt: skip


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
    selection: Selection,
    series: AssessedSeries,
    chart: PartsChart,
    scaled_to: pd.DataFrame,
    notes: Sequence[Any],
) -> Drawn:
    text = selection.text
    name = ", ".join(filter(None, [series.title(text), chart.title]))
    parts = ", ".join(line for line, _ in chart.lines)
    description = text("chart.parts_alt", name=name, parts=parts)
    figure = parts_chart(series, chart.lines, scaled_to, text)
    head = [html.P(chart.title, className="chart-title")] if chart.title else []
    marks = invented_mark(selection.context)
    return html.Div([*head, graph(figure, f"trend-{chart.title}", description, notes, marks)])


def absent_parts(parts: Sequence[Part], text: Text) -> Iterator[html.P]:
    """Summarise how many values are absent, and why; the table has the details."""
    rows = [row for part in parts for row in records(part.values) if pd.isna(row["value"])]
    reasons = Counter(why_absent(row, text) for row in rows)
    if reasons:
        counts = ", ".join(f"{why} ({text.number(n, 0)})" for why, n in reasons.items())
        yield html.P(text("goal.absent_parts", why=counts), className="quiet")
