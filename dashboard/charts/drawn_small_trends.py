"""A small trend on a canvas: the figures and the path, on a scale of their own from zero."""

from collections.abc import Callable, Iterator, Sequence
from math import isnan

from dashboard import theme
from dashboard.charts.drawing import Canvas, Room
from dashboard.charts.drawn_times import AXIS_LINE
from dashboard.charts.small_trends import Position, Scale, Size, positions_of_line
from dashboard.charts.specification import SmallTrend
from dashboard.charts.svg_figures import name_of_figure

TREND_EDGE, DOT, OPEN_DOT = 4, 3.4, 5.0


def placed_in(trend: SmallTrend, room: Room) -> Callable[[Position], Position]:
    """From time and value to the canvas, on a scale from zero."""
    known = [at for at in positions_of_line(trend.line) if not isnan(at[1])]
    size = Size(int(room.width), int(room.height), TREND_EDGE, 0, 0, 0)
    scale = Scale([*known, *trend.path], size, trend.years)

    def placed(position: Position) -> Position:
        x, y = scale(position)
        return room.left + x, room.top + y

    return placed


def draw_trend(trend: SmallTrend, canvas: Canvas, room: Room) -> None:
    """The path and the figures, on a scale of their own from zero."""
    known = trend.line.known
    if not known:
        return
    placed = placed_in(trend, room)
    zero = placed((known[0].at, 0.0))[1]
    canvas.line([(room.left, zero), (room.right, zero)], AXIS_LINE, 0.8)
    if len(trend.path) > 1:
        canvas.line([placed(at) for at in trend.path], theme.TARGET_PATH, 1.6, "dash")
    for run in runs_of(list(positions_of_line(trend.line))):
        if len(run) > 1:
            canvas.line([placed(at) for at in run], theme.OBSERVED, 2.2)
    for point in known:
        x, y = placed((point.at, point.value or 0.0))
        symbol, size = ("circle-open", OPEN_DOT) if point.mark else ("circle", DOT)
        canvas.mark(symbol, x, y, size, theme.OBSERVED, stroke=1.4,
                    name=name_of_figure(trend.area, point.period))  # fmt: skip


def runs_of(positions: Sequence[Position]) -> Iterator[list[Position]]:
    """The positions that nothing interrupts."""
    run: list[Position] = []
    for position in positions:
        if isnan(position[1]):
            yield run
            run = []
        else:
            run.append(position)
    yield run
