"""A series in the parts of a breakdown: a chart, or one for each code of the first of a pair."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd
from dash import html

from dashboard import table_views
from dashboard.charts.marks import why_absent
from dashboard.charts.trend import parts_chart
from dashboard.components.card_header import under
from dashboard.components.data_tables import part_name, parts_table
from dashboard.components.graphs import graph
from dashboard.components.layout import Drawn
from dashboard.components.notes import stamp, stamped
from dashboard.data import records
from dashboard.selection import Selection
from dashboard.series import AssessedSeries
from dashboard.table_views import Part
from dashboard.texts import Text

Lines = tuple[str, Sequence[tuple[str, Part]]]  # what they have in common, and each with its name


def in_parts(chosen: Selection, track: AssessedSeries, by: Sequence[str]) -> Drawn:
    text = chosen.text
    parts = table_views.parts(track, chosen.release, by)
    if not parts:
        return html.P(text("goal.no_breakdown"), className="absent")
    notes = [*absent_parts(parts, text), *under(chosen, track)]
    if chosen.view.view == "table":
        caption = f"{track.title(text)}, {text.code('area', track.area)}"
        named = [(part_name(each, text), each) for each in parts]
        own = parts_table(stamped(caption, chosen.view, text), track, named, text)
        return html.Div([own, *notes])
    *first, last = by_first(parts, by, text)
    every = pd.concat([each.values for each in parts])
    return html.Div([
        *(of_parts(chosen, track, each, (every, [])) for each in first),
        of_parts(chosen, track, last, (every, notes)),
    ])  # fmt: skip


def by_first(parts: Sequence[Part], by: Sequence[str], text: Text) -> list[Lines]:
    """A pair of breakdowns is a chart for each code of the first: two dozen lines cross in one."""
    if len(by) == 1:
        return [("", [(part_name(each, text), each) for each in parts])]
    first, *others = by
    charts: dict[str, list[tuple[str, Part]]] = {}
    for each in parts:
        name = ", ".join(text.code(other, each.codes[other]) for other in others)
        charts.setdefault(text.code(first, each.codes[first]), []).append((name, each))
    return list(charts.items())


def of_parts(
    chosen: Selection,
    track: AssessedSeries,
    lines: Lines,
    shown: tuple[pd.DataFrame, Sequence[Any]],
) -> Drawn:
    """One chart; the scale is that of every part, so that the charts can be held side by side."""
    text, (title, parts), (every, under_it) = chosen.text, lines, shown
    name = ", ".join(filter(None, [track.title(text), title]))
    said = text("chart.parts_alt", name=name, parts=", ".join(each for each, _ in parts))
    figure = parts_chart(track, parts, every, text)
    head = [html.P(title, className="chart-title")] if title else []
    own = graph(figure, (f"trend-{title}", said), under_it, stamp(chosen.view, text))
    return html.Div([*head, own])


def absent_parts(parts: Sequence[Part], text: Text) -> Iterator[html.P]:
    """How many figures are missing in lines, and why; the table says which."""
    rows = [row for each in parts for row in records(each.values) if pd.isna(row["value"])]
    reasons = Counter(why_absent(row, text) for row in rows)
    if reasons:
        said = ", ".join(f"{why} ({text.number(n, 0)})" for why, n in reasons.items())
        yield html.P(text("goal.absent_parts", why=said), className="quiet")
