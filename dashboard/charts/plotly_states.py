"""The States side by side in plotly: a dot for each value, a tick at its target path."""

from html import escape
from itertools import groupby
from typing import Any

from dashboard import theme
from dashboard.charts.chart_widths import SCREENS, Screen
from dashboard.charts.measure import text_width, ticks_with_room
from dashboard.charts.plotly_looks import marker_of, shape_of
from dashboard.charts.plotly_traces import Trace, hover_lines
from dashboard.charts.specification import StateRow, StatesChart

ROW_HEIGHT, TOP_MARGIN_OF_ROWS = 25, 8
BETWEEN_TICKS = 14  # pixels between the words of two


def states_figure(chart: StatesChart) -> dict[str, Any]:
    known = [row for row in chart.rows if row.value is not None]
    screens: list[dict[str, Any]] = [
        {"least": screen.least_width, "layout": rows_layout(chart, screen)} for screen in SCREENS
    ]
    widest = screens[0]["layout"]
    layout = {
        "template": theme.TEMPLATE,
        "showlegend": False,
        "height": max(rows_height(chart, screen) for screen in SCREENS),
        "yaxis": {"categoryorder": "array", "categoryarray": [row.name for row in chart.rows],
                  "range": [len(chart.rows) - 0.5, -0.5], "showgrid": False, "ticks": "",
                  "ticklabelstandoff": 8},
        **widest,
        "xaxis": {"showgrid": True, "ticks": "", **widest["xaxis"]},
        "meta": {"screens": screens, "chosen": 0},
    }  # fmt: skip
    return {"data": [stem_bars(known), *path_ticks(chart), state_dots(known)], "layout": layout}


def rows_layout(chart: StatesChart, screen: Screen) -> dict[str, Any]:
    """What differs between screens: the sizes of words, and the room for them."""
    size = screen.words
    names = max((text_width(row.name, size) for row in chart.rows), default=0)
    labels = max((text_width(row.label, size, is_bold=True) for row in chart.rows), default=0)
    room = screen.least_width - names - labels - 42
    ticks = ticks_with_room(chart.axis, widest_tick(chart, screen) + BETWEEN_TICKS, room)
    return {
        "font": {"size": size},
        "margin": {"l": names + 16, "r": labels + 26, "t": TOP_MARGIN_OF_ROWS,
                   "b": room_below(chart, screen)},
        "xaxis": {
            "range": [chart.axis.low, chart.axis.high],
            "tickvals": [tick.at for tick in ticks],
            "ticktext": [tick.label for tick in ticks],
            "tickangle": 0 if chart.axis.unit else -45,
        },
        "annotations": [
            row_words(row, size) for row in chart.rows if row.label or row.value is None
        ],
    }  # fmt: skip


def widest_tick(chart: StatesChart, screen: Screen) -> float:
    return max((text_width(tick.label, screen.words) for tick in chart.axis.ticks), default=0.0)


def room_below(chart: StatesChart, screen: Screen) -> float:
    """The labels of the axis; names of steps are slanted, so that all have room on a telephone."""
    if chart.axis.unit:
        return screen.line_height * 1.6
    return 0.72 * widest_tick(chart, screen) + screen.line_height + 6


def rows_height(chart: StatesChart, screen: Screen) -> float:
    return ROW_HEIGHT * len(chart.rows) + TOP_MARGIN_OF_ROWS + room_below(chart, screen)


def row_words(row: StateRow, size: int) -> dict[str, Any]:
    """The value at the end of the row; in place of one that is absent, why it is."""
    if row.value is None:
        return {"x": 0, "xref": "paper", "y": row.name, "text": escape(row.printed),
                "xanchor": "left", "xshift": 6, "showarrow": False,
                "font": {"size": size, "color": theme.INK_SOFT}}  # fmt: skip
    return {"x": 1, "xref": "paper", "y": row.name, "text": f"<b>{escape(row.label)}</b>",
            "xanchor": "left", "xshift": 12, "showarrow": False,
            "font": {"size": size, "color": theme.OBSERVED}}  # fmt: skip


def stem_bars(known: list[StateRow]) -> Trace:
    return {
        "type": "bar",
        "x": [row.value for row in known],
        "y": [row.name for row in known],
        "orientation": "h",
        "width": 0.12,
        "marker": {"color": theme.STEM},
        "hoverinfo": "skip",
    }


def path_ticks(chart: StatesChart) -> list[Trace]:
    """A tick at the path of each State, named after the State's own target."""
    look = {"symbol": "line-ns", "size": 14, "line": {"color": theme.TARGET_PATH, "width": 3}}
    with_path = [row for row in chart.rows if row.expected is not None]
    by_name = sorted(with_path, key=lambda row: row.expected_name)
    return [
        {"type": "scatter", "x": [row.expected for row in own], "y": [row.name for row in own],
         "name": name, "mode": "markers", "marker": look, "hoverinfo": "skip"}
        for name, group in groupby(by_name, key=lambda row: row.expected_name)
        for own in [list(group)]
    ]  # fmt: skip


def state_dots(known: list[StateRow]) -> Trace:
    hover = ["<br>".join([escape(row.printed), *hover_lines(row.notes)]) for row in known]
    return {
        "type": "scatter",
        "x": [row.value for row in known],
        "y": [row.name for row in known],
        "name": "",
        "mode": "markers",
        "cliponaxis": False,
        "marker": marker_of([shape_of(row.mark) for row in known], theme.OBSERVED),
        "text": hover,
        "hovertemplate": "<b>%{y}</b><br>%{text}<extra></extra>",
    }
