"""Colours and fonts. Every text colour passes WCAG AA on its background (see the tests)."""

from typing import Any

INK, INK_SOFT, CARD, RULE = "#1b2638", "#4b5768", "#ffffff", "#d5dbe4"

OBSERVED, TARGET_PATH, GAP = "#12305c", "#a3480c", "#a3480c"
STEM = "#9fb3cd"  # from zero to a value
OUTLOOK, OUTLOOK_BAND = "#5b4a9c", "rgba(91,74,156,0.14)"

# Dark enough for lines of 2 px and text of 12 px; lines also differ by symbol.
LINES = ("#12436d", "#a3480c", "#1b7a6e", "#801650", "#3d3d3d", "#6a4fb0", "#7a6200", "#9b2c5e")
SYMBOLS = (
    "circle", "square", "diamond", "triangle-up", "cross", "triangle-down", "star", "pentagon",
)  # fmt: skip

# Used when there are more lines than colours.
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")

FONT = (
    '"Segoe UI", -apple-system, "Helvetica Neue", Roboto, "Noto Sans", "Liberation Sans", '
    '"DejaVu Sans Condensed", Arial, system-ui, sans-serif'
)

AXIS = {
    "showline": True,
    "linecolor": "#8b97a8",
    "ticks": "",
    "gridcolor": "#e6eaf0",
    "zeroline": False,
    "fixedrange": True,
}

TEMPLATE: Any = {
    "layout": {
        "font": {"family": FONT, "size": 16, "color": INK_SOFT},
        "paper_bgcolor": CARD,
        "plot_bgcolor": CARD,
        "colorway": list(LINES),
        "xaxis": AXIS | {"showgrid": False, "ticklabelstandoff": 4},
        "yaxis": AXIS | {"showline": False, "ticklabelstandoff": 6},
        "hoverlabel": {"bgcolor": CARD, "bordercolor": RULE, "font": {"color": INK, "size": 15}},
    }
}

# No mode bar: its "share" button would offer to send the data to another company.
GRAPH_CONFIG: Any = {
    "displayModeBar": False,
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "displaylogo": False,
    "responsive": True,
    "scrollZoom": False,
    "doubleClick": False,
}
