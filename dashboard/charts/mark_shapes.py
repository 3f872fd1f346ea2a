"""The outlines of `mark_pictures` as paths of matplotlib, of size 1 around the origin."""

import re
from functools import cache

from matplotlib.path import Path

from dashboard.charts.mark_pictures import MIDDLE, OPEN_SYMBOL, RADIUS, ROUND, outline

DIAMETER = 2 * RADIUS
COMMAND = re.compile(r"([MLHVZ])([^MLHVZ]*)")


@cache
def shape_path(symbol: str) -> Path:
    shape = symbol.removesuffix(OPEN_SYMBOL)
    return Path.circle(radius=0.5) if shape == ROUND else parse_outline(outline(shape))


def parse_outline(written: str) -> Path:
    """The path of straight lines in absolute coordinates, as SVG writes it."""
    corners: list[tuple[float, float]] = []
    codes: list[int] = []
    x = y = MIDDLE
    for command, arguments in COMMAND.findall(written):
        numbers = [float(number) for number in arguments.split()]
        if command == "Z":
            codes.append(int(Path.CLOSEPOLY))
            corners.append((0.0, 0.0))
        is_start = command == "M"
        while numbers:
            x = numbers.pop(0) if command != "V" else x
            y = numbers.pop(0) if command != "H" else y
            codes.append(int(Path.MOVETO if is_start else Path.LINETO))
            is_start = False
            corners.append(((x - MIDDLE) / DIAMETER, (y - MIDDLE) / DIAMETER))
    return Path(corners, codes)
