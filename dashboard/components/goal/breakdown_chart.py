"""A series by breakdown: one chart or, for a pair of breakdowns, one for each code of the first."""

from collections import Counter
from collections.abc import Iterator, Sequence

from dash import html

from dashboard.addresses.alternatives import breakdown_name
from dashboard.addresses.selection import Selection
from dashboard.charts.breakdown import PartsChart, charts_of_parts, part_name
from dashboard.charts.marks import why_absent
from dashboard.charts.notes import breaks_of_parts
from dashboard.components.goal.card_header import further_notes, notes_under
from dashboard.components.goal.data_tables import parts_table
from dashboard.components.graphs import graph
from dashboard.components.layout import Drawn
from dashboard.components.notes import marked_caption, note_in_words
from dashboard.contents.view_charts import parts_in_chart
from dashboard.released import table_views
from dashboard.released.series import AssessedSeries, has_value
from dashboard.released.table_views import Part
from dashboard.texts import Text
from metrics.core.series import format_dimensions


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


def drawn_parts(
    selection: Selection, series: AssessedSeries, own: PartsChart, charts: Sequence[PartsChart]
) -> Drawn:
    text = selection.text
    name = ", ".join(filter(None, [series.title(text), own.title]))
    parts = ", ".join(line for line, _ in own.lines)
    description = text("chart.parts_alt", name=name, parts=parts)
    chart = parts_in_chart(selection, series, own, charts)
    absent = absent_parts([part for _, part in own.lines], text)
    further = further_notes(selection, series) if own is charts[-1] else []
    return graph(chart, f"trend-{own.title}", description, text, [*absent, *further])


def absent_parts(parts: Sequence[Part], text: Text) -> Iterator[html.P]:
    """Name the parts without any figure; count the absent values by reason. The table has all."""
    empty = [part for part in parts if not any(map(has_value, part.values))]
    if empty:
        named = [f"{part_name(part, text)} ({absences_in_words(part, text)})" for part in empty]
        yield html.P(text("goal.empty_parts", parts=text.listed(named)), className="quiet")
    rows = [row for part in parts for row in part.values if not has_value(row)]
    reasons = Counter(why_absent(row, text) for row in rows)
    if reasons:
        counts = ", ".join(f"{why} ({text.number(n, 0)})" for why, n in reasons.items())
        yield html.P(text("goal.absent_parts", why=counts), className="quiet")


def absences_in_words(part: Part, text: Text) -> str:
    return ", ".join(dict.fromkeys(why_absent(row, text) for row in part.values))
