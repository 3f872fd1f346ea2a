"""Shapes, colours and dashes of plotly for the marks and lines of a chart."""

from typing import Any

from dashboard import theme
from dashboard.charts.labels import PlacedText, Role
from dashboard.charts.specification import Mark

# By observation status: an open shape marks a qualified value.
MARK_SYMBOLS = {
    "": "circle",
    "P": "circle-open",
    "E": "diamond-open",
    "I": "pentagon-open",
    "F": "star-diamond-open",
    "D": "square-open",
    "U": "triangle-down-open",
    "S": "star-open",
    "V": "hexagon-open",
    "N": "bowtie-open",
    "J": "hourglass-open",
    "G": "star-square-open",
    # Of a value of which only a limit is published: it points to where the figure lies.
    "LOWER": "arrow-bar-up-open",
    "UPPER": "arrow-bar-down-open",
    "EITHER": "diamond-wide-open",
    # At the foot of the plot where a value is absent, by reason.
    "absent.suppressed": "hash-open",
    "absent.missing": "cross-thin",
    "absent.not_applicable": "line-ew",
    "absent.not_collected": "asterisk",
    "absent.not_reported": "y-down",
}
OTHER_SHAPE = "triangle-left-open"
SHADES = len(theme.LINES)


def shape_of(mark: Mark) -> str:
    return MARK_SYMBOLS.get(mark.code, OTHER_SHAPE)


def line_colour(number: int) -> str:
    return theme.LINES[number % SHADES]


def line_dash(number: int) -> str:
    """Change the dash style each time the colours start again."""
    return theme.DASHES[number // SHADES % len(theme.DASHES)]


def line_symbol(number: int) -> str:
    return theme.SYMBOLS[(number + number // SHADES) % SHADES]


def marker_of(symbols: list[str] | str, colour: str) -> dict[str, Any]:
    """Markers whose open shapes have a visible outline."""
    return {"symbol": symbols, "size": 11, "color": colour, "line": {"width": 2, "color": colour}}


def colour_of(label: PlacedText) -> str:
    if label.role is Role.LINE:
        return line_colour(label.number)
    return {
        Role.REPORTED: theme.OBSERVED,
        Role.PATH: theme.TARGET_PATH,
        Role.EXTRAPOLATION: theme.OUTLOOK,
    }.get(label.role, theme.INK_SOFT)
