"""The shape of a mark as a small SVG picture, for the words that explain it."""

from base64 import b64encode
from math import cos, pi, sin

MIDDLE, RADIUS = 8.0, 5.6
SIDES = {"square": 4, "diamond": 4, "pentagon": 5, "hexagon": 6}
TURNS = {"square": pi / 4}  # the first corner is at the top otherwise
STROKED = {
    "x-thin": "M3 3 13 13M13 3 3 13",
    "cross-thin": "M8 2V14M2 8H14",
    "line-ew": "M2 8H14",
    "line-ns": "M8 2V14",
    "asterisk": "M8 2V14M2 8H14M4 4 12 12M12 4 4 12",
    "hash": "M5.5 2V14M10.5 2V14M2 5.500H14M2 10.500H14",
    "y-down": "M8 14V8L3 3M8 8 13 3",
    "arrow-bar-up": "M8 2 13 11H3ZM3 2H13",
    "arrow-bar-down": "M8 14 13 5H3ZM3 14H13",
    "cross": "M6 2H10V6H14V10H10V14H6V10H2V6H6Z",
    "triangle-up": "M8 2.5 14 13H2Z",
    "triangle-down": "M8 13.5 14 3H2Z",
    "triangle-left": "M2.5 8 13 2V14Z",
    "bowtie": "M2 3V13L14 3V13Z",
    "hourglass": "M3 2H13L3 14H13Z",
    "diamond-wide": "M1 8 8 4.5 15 8 8 11.500Z",
    "star": "M8 1.5 9.8 6 14.6 6.2 10.9 9.2 12.1 13.9 8 11.2 3.9 13.9 5.1 9.2 1.4 6.2 6.2 6Z",
    "star-square": "M2.5 2.5 8 5 13.5 2.5 11 8 13.5 13.5 8 11 2.5 13.5 5 8Z",
    "star-diamond": "M8 1 9.9 6.1 15 8 9.9 9.9 8 15 6.1 9.9 1 8 6.1 6.100Z",
}  # fmt: skip
OPEN_SYMBOL, ROUND = "-open", "circle"


def mark_picture(symbol: str, colour: str) -> str:
    """The data URL of a picture of a symbol, filled unless it is an open one or a stroke."""
    shape = symbol.removesuffix(OPEN_SYMBOL)
    fill = colour if is_filled(symbol) else "none"
    look = f'fill="{fill}" stroke="{colour}" stroke-width="2" stroke-linejoin="round"'
    inside = f'<path d="{outline(shape)}" {look}/>'
    if shape == ROUND:
        inside = f'<circle cx="{MIDDLE}" cy="{MIDDLE}" r="{RADIUS}" {look}/>'
    return data_address(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">{inside}</svg>'
    )


def is_filled(symbol: str) -> bool:
    """Whether a symbol is a closed shape, and not an open one."""
    return not symbol.endswith(OPEN_SYMBOL) and is_closed(symbol)


def is_closed(symbol: str) -> bool:
    shape = symbol.removesuffix(OPEN_SYMBOL)
    return shape == ROUND or "Z" in outline(shape)


def outline(shape: str) -> str:
    if shape in STROKED:
        return STROKED[shape]
    sides, turn = SIDES.get(shape, 4), TURNS.get(shape, 0.0)
    corners = (
        (MIDDLE + RADIUS * sin(turn + 2 * pi * side / sides),
         MIDDLE - RADIUS * cos(turn + 2 * pi * side / sides))
        for side in range(sides)
    )  # fmt: skip
    return "M" + " ".join(f"{x:.1f} {y:.1f}" for x, y in corners) + "Z"


def data_address(picture: str) -> str:
    return "data:image/svg+xml;base64," + b64encode(picture.encode()).decode()
