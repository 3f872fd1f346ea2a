"""Several series on one axis, each with its own shape, colour and label; or a dot for each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

import plotly.graph_objects as go

from dashboard import theme
from dashboard.charts.marks import limit_note, reservation
from dashboard.compared_series import ComparedSeries, ComparisonUnit, is_reserved
from dashboard.data import Record
from dashboard.texts import Text
from metrics.core.tables import BREAK, EU, STEP

PLOT_HEIGHT, MARGIN_BELOW, MARGIN_ABOVE = 290, 56, 14
LABEL_HEIGHT = 22  # pixels between the labels of two lines
LABEL_ROOM = 112  # pixels at the right for `PL 8.3`
LABEL_SHIFT = 30  # pixels from the last mark to its label
MOST_TICKS = 7
DOT_ROW = 26
HEADROOM = 1.08


@dataclass(frozen=True)
class DrawnLabel:
    """Where the label of a line stands, in pixels above its last mark."""

    series: ComparedSeries
    shift: float


def compared_chart(
    compared: Sequence[ComparedSeries], decimals: int, text: Text, marks: Sequence[str] = ()
) -> go.Figure:
    """Lines with direct labels. The only function that draws the comparison over time.

    The marks, such as that figures are invented, stand below the years.
    """
    figure = go.Figure([
        go.Scatter(trace)
        for at, series in enumerate(compared)
        for trace in line_traces(at, series, decimals, text)
    ])  # fmt: skip
    low, high = value_limits(compared)
    for at, series in enumerate(compared):
        draw_own_breaks(figure, at, series)
    for label in spread_labels(compared, low, high):
        draw_label(figure, compared.index(label.series), label, decimals, text)
    for words in marks:
        figure.add_annotation(
            text=words, xref="paper", yref="paper", x=0, y=0, xanchor="left", yanchor="top",
            yshift=-34, font={"size": 13, "color": "#7d4600"},
        )  # fmt: skip
    figure.update_layout(
        template=theme.TEMPLATE, showlegend=False, separators=text.separators,
        height=PLOT_HEIGHT + MARGIN_BELOW + MARGIN_ABOVE,
        margin={"t": MARGIN_ABOVE, "b": MARGIN_BELOW, "r": LABEL_ROOM, "l": 8},
        font={"size": 16},
        xaxis=year_axis(compared),
        yaxis=compared_axis(compared, "", text) | {"range": [low, high]},
    )  # fmt: skip
    return figure


def line_traces(
    at: int, series: ComparedSeries, decimals: int, text: Text
) -> Iterator[dict[str, Any]]:
    """The line of one series in pieces between its breaks; no line bridges a missing year."""
    colour, symbol = theme.LINES[at % len(theme.LINES)], theme.SYMBOLS[at % len(theme.SYMBOLS)]
    width = 3.2 if series.area == EU else 2.2
    for rows in pieces(series):
        yield {
            "x": [year_of(row) for row in rows],
            "y": [None if row["value"] != row["value"] else row["value"] for row in rows],
            "mode": "lines+markers",
            "connectgaps": False,
            "cliponaxis": False,
            "line": {"color": colour, "width": width},
            "marker": {
                "symbol": [f"{symbol}-open" if is_reserved(row) else symbol for row in rows],
                "size": 11, "color": colour, "line": {"width": 2, "color": colour},
            },
            "text": [hover_text(row, series, decimals, text) for row in rows],
            "hovertemplate": f"<b>{series.name}</b><br>%{{text}}<extra></extra>",
        }  # fmt: skip


def pieces(series: ComparedSeries) -> Iterator[list[Record]]:
    rows: list[Record] = []
    for row in series.figures:
        if row["observation_status"] == BREAK and rows:
            yield rows
            rows = []
        rows.append(row)
    yield rows


def year_of(row: Record) -> int:
    return int(str(row["period"]))


def hover_text(row: Record, series: ComparedSeries, decimals: int, text: Text) -> str:
    value = series.format(row, text, decimals)
    parts = [f"{text.period(row['period'])}: {value}", limit_note(row, text),
             reservation(row, text)]  # fmt: skip
    return "<br>".join(filter(None, parts))


def draw_own_breaks(figure: go.Figure, at: int, series: ComparedSeries) -> None:
    """A dotted line in the colour of the series before each value that is not comparable."""
    colour = theme.LINES[at % len(theme.LINES)]
    for period in series.breaks:
        x = int(period) - 0.5
        figure.add_vline(x=x, line={"color": colour, "dash": "dot", "width": 1.5})
        figure.add_annotation(
            x=x, y=1, yref="paper", yanchor="top", xanchor="left", xshift=3,
            text=f"{series.letter} ⋮ {period}", font={"size": 13, "color": colour},
            yshift=-LABEL_HEIGHT * (at % 3),
        )  # fmt: skip


def value_limits(compared: Sequence[ComparedSeries]) -> tuple[float, float]:
    """The ends of the axis: from zero, unless changes fall below it or an index starts at 100."""
    values = [row["value"] for series in compared for row in series.known]
    top, bottom = max(values, default=1.0), min(values, default=0.0)
    if compared[0].series.component == STEP and compared[0].unit is ComparisonUnit.VALUE:
        return -0.4, len(compared[0].series.indicator.ladder) - 0.6
    room = (top - bottom) * (HEADROOM - 1) or 1.0
    if compared[0].unit is ComparisonUnit.INDEX:
        return min(bottom, 100) - room, max(top, 100) + room
    if compared[0].unit is ComparisonUnit.CHANGE:
        return min(bottom, 0) - room, max(top, 0) + room
    return 0, (top or 1.0) * HEADROOM


def spread_labels(
    compared: Sequence[ComparedSeries], low: float, high: float
) -> Iterator[DrawnLabel]:
    """Labels beside the last mark of each line, moved apart where they would overlap."""
    scale = PLOT_HEIGHT / (high - low)
    at = {series.key: series.last["value"] * scale for series in compared if series.last}
    ordered = sorted((series for series in compared if series.last), key=lambda own: at[own.key])
    heights = apart([at[series.key] for series in ordered], (high * scale) - LABEL_HEIGHT / 2)
    for series, height in zip(ordered, heights, strict=True):
        yield DrawnLabel(series, height - at[series.key])


def apart(wanted: Sequence[float], top: float) -> list[float]:
    """Heights in rising order, moved up and then down so that each is a label above the last."""
    heights: list[float] = []
    for height in wanted:
        heights.append(max(height, heights[-1] + LABEL_HEIGHT) if heights else height)
    limit = top
    for position in reversed(range(len(heights))):
        heights[position] = min(heights[position], limit)
        limit = heights[position] - LABEL_HEIGHT
    return heights


def draw_label(figure: go.Figure, at: int, label: DrawnLabel, decimals: int, text: Text) -> None:
    series, colour = label.series, theme.LINES[at % len(theme.LINES)]
    if series.last is None:
        return
    figure.add_annotation(
        x=year_of(series.last), y=series.last["value"], ax=LABEL_SHIFT, ay=-label.shift,
        xanchor="left", yanchor="middle", showarrow=True, arrowhead=0, arrowwidth=1,
        arrowcolor=colour, standoff=8, font={"size": 16, "color": colour, "weight": 650},
        text=f"{series.letter} {series.format(series.last, text, decimals)}",
    )  # fmt: skip


def year_axis(compared: Sequence[ComparedSeries]) -> Mapping[str, Any]:
    years = sorted({year_of(row) for series in compared for row in series.figures})
    named = years[:: ceil(len(years) / MOST_TICKS)] if years else []
    first, last = (years[0], years[-1]) if years else (0, 1)
    labels = [str(year) if year == first else f"’{year % 100:02}" for year in named]
    return {"tickvals": named, "ticktext": labels, "tickangle": 0,
            "range": [first - 0.2, last + 0.1], "tickfont": {"size": 15}}  # fmt: skip


def compared_axis(compared: Sequence[ComparedSeries], unit_name: str, text: Text) -> dict[str, Any]:
    title = {"text": unit_name, "font": {"size": 14}} if unit_name else None
    axis: dict[str, Any] = {"title": title, "tickformat": ",", "tickfont": {"size": 16},
                            "nticks": 6}  # fmt: skip
    first = compared[0]
    if first.unit in {ComparisonUnit.INDEX, ComparisonUnit.CHANGE}:
        axis |= {"zeroline": first.unit is ComparisonUnit.CHANGE, "zerolinecolor": "#8b97a8"}
    if first.series.component == STEP and first.unit is ComparisonUnit.VALUE:
        names = [text.code("step", step) for step in first.series.indicator.ladder]
        axis |= {"title": None, "tickvals": list(range(len(names))), "ticktext": names,
                 "tickfont": {"size": 13}}  # fmt: skip
    return axis


def compared_dots(
    compared: Sequence[ComparedSeries], period: str, decimals: int, text: Text, unit_name: str
) -> go.Figure:
    """One period of more series than lines can be told apart: a dot for each, by its name."""
    rows = [(series, row) for series in compared for row in series.known
            if row["period"] == period]  # fmt: skip
    figure = go.Figure(
        go.Scatter(
            x=[row["value"] for _, row in rows],
            y=[series.name for series, _ in rows],
            mode="markers+text",
            text=[series.format(row, text, decimals) for series, row in rows],
            textposition="middle right",
            textfont={"size": 14},
            cliponaxis=False,
            marker={
                "size": 11, "color": theme.LINES[0], "line": {"width": 2},
                "symbol": ["circle-open" if is_reserved(row) else "circle" for _, row in rows],
            },
            hovertext=[hover_text(row, series, decimals, text) for series, row in rows],
            hovertemplate="<b>%{y}</b><br>%{hovertext}<extra></extra>",
        )
    )  # fmt: skip
    low, high = value_limits(compared)
    figure.update_layout(
        template=theme.TEMPLATE, showlegend=False, separators=text.separators,
        height=DOT_ROW * len(rows) + 100, margin={"r": 72, "b": 72},
        xaxis=compared_axis(compared, unit_name, text) | {"range": [low, high], "showgrid": True},
        yaxis={"categoryorder": "array", "categoryarray": [series.name for series, _ in rows],
               "autorange": "reversed", "ticks": "", "ticklabelstandoff": 10, "showgrid": True},
    )  # fmt: skip
    return figure
