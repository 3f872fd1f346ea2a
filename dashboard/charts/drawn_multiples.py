"""Small multiples on a canvas: for each area its name, latest value, status and trend."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, isnan

from dashboard import theme
from dashboard.charts.canvas import Canvas, Room
from dashboard.charts.drawn_times import AXIS_LINE
from dashboard.charts.picture_text import Paragraph, plain_paragraph
from dashboard.charts.small_trends import Position, Scale, Size, positions_of_line
from dashboard.charts.specification import MultiplesChart, SmallTrend
from dashboard.charts.svg_figures import name_of_figure

LEAST_FRAME, BETWEEN = 146, 14  # pixels of a frame, and between two
NAME_SIZE, VALUE_SIZE, STATUS_SIZE = 16, 15, 13
TREND_HEIGHT, TREND_EDGE, DOT, OPEN_DOT = 54, 4, 3.4, 5.0


@dataclass(frozen=True)
class SmallFrame:
    """The words of an area, one below the other, and its trend."""

    trend: SmallTrend
    words: tuple[Paragraph, ...]

    @property
    def words_height(self) -> float:
        return sum(part.height for part in self.words)


@dataclass(frozen=True)
class FrameGrid:
    rows: tuple[tuple[SmallFrame, ...], ...]
    width: float  # of a frame

    @property
    def height(self) -> float:
        return sum(map(height_of_row, self.rows)) + BETWEEN * (len(self.rows) - 1)


def height_of_row(row: Sequence[SmallFrame]) -> float:
    return height_of_words(row) + TREND_HEIGHT


def height_of_words(row: Sequence[SmallFrame]) -> float:
    return max(frame.words_height for frame in row)


def frame_grid(chart: MultiplesChart, width: float) -> FrameGrid:
    """As many frames beside each other as have room, and rows of about one length."""
    most = max(1, int((width + BETWEEN) / (LEAST_FRAME + BETWEEN)))
    rows = max(1, ceil(len(chart.frames) / most))
    columns = max(1, ceil(len(chart.frames) / rows))
    own = (width + BETWEEN) / columns - BETWEEN
    frames = [small_frame(trend, own) for trend in chart.frames]
    starts = range(0, len(frames), columns)
    return FrameGrid(tuple(tuple(frames[at : at + columns]) for at in starts), own)


def small_frame(trend: SmallTrend, width: float) -> SmallFrame:
    name = plain_paragraph(trend.line.name, NAME_SIZE, width, theme.INK, is_bold=True)
    value = plain_paragraph(latest_of(trend), VALUE_SIZE, width, theme.OBSERVED)
    status = plain_paragraph(trend.status, STATUS_SIZE, width)
    return SmallFrame(trend, (name, value, status))


def latest_of(trend: SmallTrend) -> str:
    """`318, 2025`, or why there is no figure in the newest period."""
    known, points = trend.line.known, trend.line.points
    if known:
        return f"{known[-1].number}, {known[-1].label}"
    return f"{points[-1].label}: {points[-1].printed}" if points else ""


def draw_grid(grid: FrameGrid, left: float, canvas: Canvas, top: float) -> None:
    for row in grid.rows:
        for number, frame in enumerate(row):
            start = left + number * (grid.width + BETWEEN)
            draw_words(frame, canvas, start, top)
            room = Room(start, top + height_of_words(row), grid.width, TREND_HEIGHT)
            draw_trend(frame.trend, canvas, room)
        top += height_of_row(row) + BETWEEN


def draw_words(frame: SmallFrame, canvas: Canvas, left: float, top: float) -> None:
    for part in frame.words:
        part.draw(canvas, left, top)
        top += part.height


def draw_trend(trend: SmallTrend, canvas: Canvas, room: Room) -> None:
    """The path and the figures, on a scale of their own from zero."""
    figures = list(positions_of_line(trend.line))
    known = [position for position in figures if not isnan(position[1])]
    if not known:
        return
    size = Size(int(room.width), TREND_HEIGHT, TREND_EDGE, 0, 0, 0)
    scale = Scale([*known, *trend.path], size, trend.years)

    def placed(position: Position) -> Position:
        x, y = scale(position)
        return room.left + x, room.top + y

    zero = placed((known[0][0], 0.0))[1]
    canvas.line([(room.left, zero), (room.right, zero)], AXIS_LINE, 0.8)
    if len(trend.path) > 1:
        canvas.line([placed(at) for at in trend.path], theme.TARGET_PATH, 1.6, "dash")
    for run in runs_of(figures):
        if len(run) > 1:
            canvas.line([placed(at) for at in run], theme.OBSERVED, 2.2)
    for point in trend.line.known:
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
