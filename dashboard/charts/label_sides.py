"""On which side of a mark words touch no line and no other mark of a chart."""

from collections.abc import Callable, Iterator
from enum import StrEnum
from itertools import pairwise

from dashboard.charts.drawing import Corner
from dashboard.charts.measure import LINE_HEIGHT, Box, text_width
from dashboard.charts.specification import ChartLine, ChartPoint, Course, TimeChart

BESIDE = 17  # from a mark to the middle of the words above or below it
HALF_MARK = 13  # of a level mark of the path, and more than half of any other mark

PositionOf = Callable[[float, float], Corner]  # of a time and a height, downwards


class Side(StrEnum):
    BELOW = "below"
    ABOVE = "above"


def free_side(
    chart: TimeChart, point: ChartPoint, size: float, position_of: PositionOf, bottom: float
) -> Side | None:
    """Below a figure if nothing is drawn there, else above it; None where neither is free."""
    strokes = list(strokes_of(chart, position_of))
    x, y = position_of(point.at, point.value or 0.0)
    half, height = text_width(point.number, size, is_bold=True) / 2, size * LINE_HEIGHT
    for side in Side:
        middle = y + (BESIDE if side is Side.BELOW else -BESIDE)
        room = Box(x - half, middle - height / 2, x + half, middle + height / 2)
        is_crossed = any(crosses(start, end, room) for start, end in strokes)
        if room.bottom <= bottom and not is_crossed:
            return side
    return None


def strokes_of(chart: TimeChart, position_of: PositionOf) -> Iterator[tuple[Corner, Corner]]:
    """Each straight piece of a line, and the width of each mark."""
    courses = [course for line in chart.lines for course in courses_of(line)]
    marks = [(point.at, point.value or 0.0) for line in chart.lines for point in line.known]
    if chart.path is not None:
        courses += [chart.path.course, *chart.path.approaches]
        marks += chart.path.earlier
    for course in courses:
        yield from pairwise(position_of(at, height) for at, height in course)
    for at, height in marks:
        x, y = position_of(at, height)
        yield (x - HALF_MARK, y), (x + HALF_MARK, y)


def courses_of(line: ChartLine) -> Iterator[Course]:
    for run in line.runs:
        yield tuple((point.at, point.value) for point in run if point.value is not None)


def crosses(start: Corner, end: Corner, room: Box) -> bool:
    """Whether a straight line passes through a box."""
    (first, last) = sorted((start, end))
    left, right = max(first[0], room.left), min(last[0], room.right)
    if left > right:
        return False
    heights = [height_at(x, first, last) for x in (left, right)]
    return min(heights) < room.bottom and max(heights) > room.top


def height_at(x: float, first: Corner, last: Corner) -> float:
    width = last[0] - first[0]
    share = (x - first[0]) / width if width else 0.0
    return first[1] + share * (last[1] - first[1])
