"""The lines and marks of a chart over time as traces of plotly; the same on every screen."""

from collections.abc import Iterator, Sequence
from html import escape
from textwrap import wrap
from typing import Any

from dashboard import theme
from dashboard.charts.plotly_looks import (
    line_colour,
    line_dash,
    line_symbol,
    marker_of,
    shape_of,
)
from dashboard.charts.specification import (
    ChartKind,
    ChartLine,
    ChartPath,
    ChartPoint,
    Course,
    Mark,
    TimeChart,
    TrendExtrapolation,
)
from metrics.messages.language_marks import unmarked

STROKE_HEIGHT, STROKE_STEP = (
    0.03,
    0.06,
)  # shares of the plot's height: of the first row of absence marks, and between rows
NOTE_WIDTH, NOTE_LINES = 60, 4  # letters and lines of a note in the label of a point
Trace = dict[str, Any]


def time_traces(chart: TimeChart) -> list[Trace]:
    traces = [
        *(path_traces(chart.path) if chart.path else ()),
        *(extrapolation_traces(chart.extrapolation) if chart.extrapolation else ()),
        *(trace for number, line in enumerate(chart.lines)
          for trace in line_traces(line, number, chart.kind)),
        *absence_traces(chart),
    ]  # fmt: skip
    return [{"type": "scatter"} | trace for trace in traces]


def line_traces(line: ChartLine, number: int, kind: ChartKind) -> Iterator[Trace]:
    """A line for each run between breaks; parts of years as marks without a line."""
    is_alone = kind is ChartKind.TREND
    colour = theme.OBSERVED if is_alone else line_colour(number)
    look = {
        "color": colour,
        "width": 3 if is_alone or line.is_emphasised else 2.2,
        "dash": line_dash(number),
    }
    for run in line.runs:
        if run:
            marker = marker_of(symbols_of(run, number, kind), colour)
            yield point_trace(run, line.name) | {
                "mode": "lines+markers", "line": look, "marker": marker, "connectgaps": False,
            }  # fmt: skip
    if line.parts_of_years:
        open_symbol = "triangle-up-open" if is_alone else f"{line_symbol(number)}-open"
        yield point_trace(line.parts_of_years, line.name) | {
            "mode": "markers", "marker": marker_of(open_symbol, colour),
        }  # fmt: skip


def symbols_of(points: Sequence[ChartPoint], number: int, kind: ChartKind) -> list[str]:
    """Of one series a shape for each mark; of several, the shape of the line, open if qualified."""
    if kind is ChartKind.TREND:
        return [shape_of(Mark() if point.value is None else point.mark) for point in points]
    symbol = line_symbol(number)
    return [f"{symbol}-open" if point.mark else symbol for point in points]


def point_trace(points: Sequence[ChartPoint], name: str) -> Trace:
    return {
        "x": [point.at for point in points],
        "y": [point.value for point in points],
        "name": name,
        "text": [point_hover(point) for point in points],
        "customdata": [point.figure for point in points],
        "hovertemplate": "%{text}<extra>" + escape(name) + "</extra>",
        "cliponaxis": False,
    }


def point_hover(point: ChartPoint) -> str:
    """The value, what qualifies it, and the remark that explains it, in lines that fit."""
    if point.value is None:
        return f"{point.label}: {escape(point.printed)}"
    return "<br>".join(
        [f"<b>{point.label}: {escape(point.printed)}</b>", *hover_lines(point.notes)]
    )


def hover_lines(notes: Sequence[str]) -> Iterator[str]:
    for note in notes:
        lines = wrap(unmarked(note), NOTE_WIDTH, max_lines=NOTE_LINES, placeholder=" …")
        yield from map(escape, lines)


def path_traces(path: ChartPath) -> Iterator[Trace]:
    """The path of today, and a mark for each period that was assessed by another one."""
    if path.course:
        look = {"color": theme.TARGET_PATH, "dash": "dash", "width": 2.2}
        yield course_trace(path.course, path.name, look)
    for approach in path.approaches:
        look = {"color": theme.TARGET_PATH, "dash": "dot", "width": 1}
        yield course_trace(approach, path.earlier_name, look) | {"opacity": 0.55}
    if path.earlier:
        when, height = zip(*path.earlier, strict=True)
        marker = {"symbol": "line-ew", "size": 26,
                  "line": {"width": 3, "color": theme.TARGET_PATH}}  # fmt: skip
        yield {"x": when, "y": height, "name": path.earlier_name, "mode": "markers",
               "marker": marker, "hoverinfo": "skip"}  # fmt: skip


def course_trace(course: Course, name: str, look: Trace) -> Trace:
    when, height = zip(*course, strict=True)
    return {"x": when, "y": height, "name": name, "mode": "lines", "line": look,
            "hoverinfo": "skip"}  # fmt: skip


def extrapolation_traces(trend: TrendExtrapolation) -> Iterator[Trace]:
    """The prediction interval as a band, and the trend as a dotted line."""
    for edge, fill in ((trend.low, "none"), (trend.high, "tonexty")):
        yield course_trace(edge, trend.name, {"width": 0}) | {
            "fill": fill, "fillcolor": theme.OUTLOOK_BAND,
        }  # fmt: skip
    when, height = zip(*trend.course, strict=True)
    yield {
        "x": when,
        "y": height,
        "name": trend.name,
        "mode": "lines+markers",
        "line": {"color": theme.OUTLOOK, "dash": "dot", "width": 2},
        "marker": {"symbol": "circle-open", "size": 7},
        "text": [escape(label) for label in trend.labels],
        "hovertemplate": "%{text}<extra></extra>",
    }


def absence_traces(chart: TimeChart) -> Iterator[Trace]:
    """Marks at the foot of the plot for periods without a value: one trace for each reason."""
    absent = [(name, point) for name, point in chart.table if point.value is None]
    reasons = [mark for mark in chart.marks if mark.is_absence]
    names = chart.kind is not ChartKind.TREND
    for row, reason in enumerate(reasons):
        found: dict[float, list[str]] = {}
        for name, point in absent:
            if point.mark == reason:
                found.setdefault(point.at, []).append(name)
        yield {
            "x": list(found),
            "y": [STROKE_HEIGHT + STROKE_STEP * row] * len(found),
            "yaxis": "y2",
            "name": reason.words,
            "mode": "markers",
            "hovertext": ["<br>".join([reason.words, *(lines if names else ())])
                          for lines in found.values()],
            "hoverinfo": "text",
            "marker": {"symbol": shape_of(reason), "size": 10,
                       "line": {"width": 2, "color": theme.INK_SOFT}},
        }  # fmt: skip
