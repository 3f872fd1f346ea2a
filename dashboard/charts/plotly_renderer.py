"""Draw the specification of a chart with plotly: it decides geometry, and formats nothing.

A figure has the layout of the widest screen, and in its `meta` that of each screen, from which
`assets/charts.js` takes the one that fits.
"""

from html import escape
from typing import Any

from dashboard import theme
from dashboard.charts.arrangement import HEIGHT, Arrangement, arrange
from dashboard.charts.chart_widths import SCREENS, TOP, tick_lines
from dashboard.charts.labels import PlacedText
from dashboard.charts.plotly_looks import colour_of, line_colour
from dashboard.charts.plotly_states import states_figure
from dashboard.charts.plotly_traces import time_traces
from dashboard.charts.specification import Break, Chart, StatesChart, TimeChart

PlotlyValues = dict[str, Any]


def figure_of(chart: Chart) -> PlotlyValues:
    """`data` and `layout`, as plotly in the browser takes them."""
    if isinstance(chart, StatesChart):
        return states_figure(chart)
    screens: list[PlotlyValues] = [
        {"least": arrangement.screen.least_width, "layout": screen_layout(chart, arrangement)}
        for arrangement in (arrange(chart, screen) for screen in SCREENS)
    ]
    layout: PlotlyValues = {
        "template": theme.TEMPLATE,
        "height": HEIGHT,
        "hovermode": "closest",
        "showlegend": False,
        "yaxis2": {"overlaying": "y", "range": [0, 1], "visible": False, "fixedrange": True},
        "meta": {"screens": screens},
    }
    return {"data": time_traces(chart), "layout": layout | screens[0]["layout"]}


def screen_layout(chart: TimeChart, arrangement: Arrangement) -> PlotlyValues:
    """What differs between screens, in the two levels that `Plotly.relayout` takes."""
    frame, size = arrangement.frame, arrangement.screen.words
    return {
        "font": {"size": size},
        "margin": {"l": frame.left, "r": frame.right, "t": frame.top, "b": frame.bottom},
        "xaxis": {
            "range": [chart.years.low, chart.years.high],
            "tickvals": [tick.at for tick in arrangement.years],
            "ticktext": [tick.label for tick in arrangement.years],
        },
        "yaxis": {
            "range": [chart.axis.low, frame.highest],
            "tickvals": [tick.at for tick in chart.axis.ticks],
            "ticktext": ["<br>".join(tick_lines(tick, arrangement.screen))
                         for tick in chart.axis.ticks],
        },
        "annotations": [annotation(label) for label in arrangement.texts],
        "shapes": [*break_lines(chart), *gap_line(chart)],
    }  # fmt: skip


def annotation(label: PlacedText) -> PlotlyValues:
    """The words at their place; tied by a line of their colour, if they had to move."""
    words = "<br>".join(map(escape, label.lines))
    small = "".join(f"<br>{escape(line)}" for line in label.small)
    drawn = {
        "x": label.at,
        "text": (f"<b>{words}</b>" if label.is_bold else words) + small_type(small, label),
        "font": {"size": label.size, "color": colour_of(label)},
        "xanchor": label.align,
        "yanchor": "middle",
        "align": label.align,
        "borderpad": 0,
        **({"y": 1, "yref": "paper"} if label.height == TOP else {"y": label.height}),
    }
    if not label.is_tied:
        return drawn | {"xshift": label.right, "yshift": -label.down, "showarrow": False}
    return drawn | {"ax": label.right, "ay": label.down, "showarrow": True, "arrowhead": 0,
                    "arrowwidth": 1, "standoff": 7, "arrowcolor": colour_of(label)}  # fmt: skip


def small_type(words: str, label: PlacedText) -> str:
    return f'<span style="font-size:{label.small_size}px">{words}</span>' if words else ""


def break_lines(chart: TimeChart) -> list[PlotlyValues]:
    return [
        {"type": "line", "x0": broken.at, "x1": broken.at, "y0": 0, "y1": 1, "yref": "paper",
         "line": {"color": break_colour(broken), "dash": "dash", "width": 1.2}}
        for broken in chart.breaks
    ]  # fmt: skip


def break_colour(broken: Break) -> str:
    return theme.INK_SOFT if broken.line is None else line_colour(broken.line)


def gap_line(chart: TimeChart) -> list[PlotlyValues]:
    gap = chart.gap
    if gap is None:
        return []
    look = {"color": theme.GAP, "width": 2}
    return [{"type": "line", "x0": gap.at, "x1": gap.at, "y0": gap.expected, "y1": gap.value,
             "layer": "below", "line": look}]  # fmt: skip
