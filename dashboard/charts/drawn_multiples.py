"""Small multiples on a canvas: for each area its name, latest value, status and trend."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from dashboard import theme
from dashboard.charts.drawing import Canvas, Room
from dashboard.charts.drawn_small_trends import draw_trend
from dashboard.charts.picture_text import Paragraph, plain_paragraph
from dashboard.charts.specification import MultiplesChart, SmallTrend

LEAST_FRAME, BETWEEN = 146, 14  # pixels of a frame, and between two
NAME_SIZE, VALUE_SIZE, STATUS_SIZE = 16, 15, 13
TREND_HEIGHT = 54


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
