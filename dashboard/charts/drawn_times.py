"""A chart over time on a canvas: axes, path, lines, marks, and the words beside them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from dashboard import theme
from dashboard.charts.arrangement import Arrangement, arrange
from dashboard.charts.chart_widths import TOP, Frame, Screen, tick_lines
from dashboard.charts.drawing import Align, Canvas, Corner, Room
from dashboard.charts.labels import NEAR, TIED_FROM, PlacedText
from dashboard.charts.measure import LINE_HEIGHT
from dashboard.charts.plotly_looks import colour_of, line_colour, line_dash, line_symbol, shape_of
from dashboard.charts.specification import (
    Break,
    ChartKind,
    ChartLine,
    ChartPoint,
    Course,
    Mark,
    TimeChart,
)
from dashboard.charts.svg_figures import name_of_figure

GRID, AXIS_LINE = "#e6eaf0", "#8b97a8"
MARK_SIZE, ABSENCE_SIZE, EXTRAPOLATION_SIZE = 11, 10, 6
EXPECTED_WIDTH = 26  # of the mark at what was expected of an earlier year
LOWEST_ROW, BETWEEN_ROWS = 9, 15  # pixels above the axis, of the marks of absence
BELOW_YEARS = 1.1  # from the axis to the middle of the years, as a multiple of their size


@dataclass(frozen=True)
class TimePlot:
    """A chart laid out for a place on a canvas."""

    chart: TimeChart
    arrangement: Arrangement
    left: float  # of the place, with the labels of the value axis
    top: float

    @property
    def frame(self) -> Frame:
        return self.arrangement.frame

    def x(self, at: float) -> float:
        return self.left + self.frame.left + self.frame.x_of(at)

    def y(self, value: float) -> float:
        return self.top + self.frame.top + self.frame.y_of(value)

    def corners(self, course: Course) -> list[Corner]:
        return [(self.x(at), self.y(height)) for at, height in course]

    @property
    def foot(self) -> float:
        return self.top + self.frame.top + self.frame.plot_height

    @property
    def sides(self) -> tuple[float, float]:
        years = self.chart.years
        return self.x(years.low), self.x(years.high)


def draw_times(chart: TimeChart, canvas: Canvas, screen: Screen, room: Room) -> TimePlot:
    plot = TimePlot(chart, arrange(chart, screen, room.height), room.left, room.top)
    draw_axes(plot, canvas)
    draw_breaks(plot, canvas)
    draw_gap(plot, canvas)
    draw_path(plot, canvas)
    draw_extrapolation(plot, canvas)
    for number, line in enumerate(chart.lines):
        draw_line(line, number, plot, canvas)
    draw_absences(plot, canvas)
    for label in plot.arrangement.texts:
        draw_label(label, plot, canvas)
    return plot


def within(middle: float, half: float, low: float, high: float) -> float:
    """A middle that is moved so that nothing extends beyond the edges."""
    return max(low + half, min(middle, high - half))


def draw_axes(plot: TimePlot, canvas: Canvas) -> None:
    """Horizontal lines at the ticks of the values, the axis of time, and the words of both."""
    size, (first, last) = plot.arrangement.screen.words, plot.sides
    for tick in plot.chart.axis.ticks:
        height = plot.y(tick.at)
        canvas.line([(first, height), (last, height)], GRID, 1)
        lines = tick_lines(tick, plot.arrangement.screen)
        for middle, words in middles_of_lines(lines, height, size):
            canvas.write(words, first - 8, middle, size, align="right")
    zero = plot.y(max(0.0, plot.chart.axis.low)) if plot.chart.axis.unit else plot.foot
    for height in dict.fromkeys([plot.foot, zero]):
        canvas.line([(first, height), (last, height)], AXIS_LINE, 1.2)
    for year in plot.arrangement.years:
        canvas.write(year.label, plot.x(year.at), plot.foot + BELOW_YEARS * size, size,
                     align="center")  # fmt: skip


def middles_of_lines(
    lines: Sequence[str], middle: float, size: float
) -> Iterator[tuple[float, str]]:
    """Lines of words around a height."""
    for number, words in enumerate(lines):
        yield middle + (number - (len(lines) - 1) / 2) * size * LINE_HEIGHT, words


def draw_breaks(plot: TimePlot, canvas: Canvas) -> None:
    for broken in plot.chart.breaks:
        colour = theme.INK_SOFT if broken.line is None else line_colour(broken.line)
        at = plot.x(broken.at)
        canvas.line([(at, top_of_break(broken, plot)), (at, plot.foot)], colour, 1.2, "dash")


def top_of_break(broken: Break, plot: TimePlot) -> float:
    """Beside its own words: other words may be above them."""
    own = (label for label in plot.arrangement.texts
           if label.height == TOP and label.at == broken.at)  # fmt: skip
    heights = (label.down - label.room[1] / 2 for label in own)
    return plot.top + plot.frame.top + next(heights, 0.0)


def draw_gap(plot: TimePlot, canvas: Canvas) -> None:
    gap = plot.chart.gap
    if gap is not None:
        ends = ((gap.at, gap.expected), (gap.at, gap.value))
        canvas.line(plot.corners(ends), theme.GAP, 2)


def draw_path(plot: TimePlot, canvas: Canvas) -> None:
    """The path of today, and a mark for each period that was assessed by another one."""
    path = plot.chart.path
    if path is None:
        return
    for approach in path.approaches:
        canvas.line(plot.corners(approach), theme.TARGET_PATH, 1, "dot", opacity=0.55)
    if path.course:
        canvas.line(plot.corners(path.course), theme.TARGET_PATH, 2.2, "dash")
    for x, y in plot.corners(path.earlier):
        ends = [(x - EXPECTED_WIDTH / 2, y), (x + EXPECTED_WIDTH / 2, y)]
        canvas.line(ends, theme.TARGET_PATH, 3)


def draw_extrapolation(plot: TimePlot, canvas: Canvas) -> None:
    """The prediction interval as a band, and the trend as a dotted line."""
    trend = plot.chart.extrapolation
    if trend is None:
        return
    canvas.area(plot.corners((*trend.low, *trend.high[::-1])), theme.OUTLOOK, opacity=0.14)
    for edge in (trend.low, trend.high):
        canvas.line(plot.corners(edge), theme.OUTLOOK, 0.8, opacity=0.45)
    middle = plot.corners(trend.course)
    canvas.line(middle, theme.OUTLOOK, 2, "dot")
    for x, y in middle:
        canvas.mark("circle-open", x, y, EXTRAPOLATION_SIZE, theme.OUTLOOK, stroke=1.6)


def draw_line(line: ChartLine, number: int, plot: TimePlot, canvas: Canvas) -> None:
    """A line for each run between breaks and gaps; parts of years as marks without a line."""
    is_alone = plot.chart.kind is ChartKind.TREND
    colour = theme.OBSERVED if is_alone else line_colour(number)
    width = 3 if is_alone or line.is_emphasised else 2.2
    for known in known_neighbours(line):
        corners = plot.corners(tuple((point.at, point.value or 0.0) for point in known))
        if len(corners) > 1:
            canvas.line(corners, colour, width, line_dash(number))
    for point in line.known:
        canvas.mark(symbol_of(point, number, plot.chart.kind), plot.x(point.at),
                    plot.y(point.value or 0.0), MARK_SIZE, colour,
                    name=name_of_figure(number, point.period))  # fmt: skip


def known_neighbours(line: ChartLine) -> Iterator[list[ChartPoint]]:
    """The parts of each run that no missing value interrupts."""
    for run in line.runs:
        found: list[ChartPoint] = []
        for point in run:
            if point.value is None:
                yield found
                found = []
            else:
                found.append(point)
        yield found


def symbol_of(point: ChartPoint, number: int, kind: ChartKind) -> str:
    """Of one series a shape for each mark; of several, the shape of the line, open if qualified."""
    if kind is ChartKind.TREND:
        return shape_of(point.mark) if point.is_full_year else "triangle-up-open"
    is_open = point.mark or not point.is_full_year
    return f"{line_symbol(number)}-open" if is_open else line_symbol(number)


def draw_absences(plot: TimePlot, canvas: Canvas) -> None:
    """Marks at the foot of the plot for periods without a value.

    Of several lines in a row for each reason, as a period may have several.
    """
    is_alone = plot.chart.kind is ChartKind.TREND
    reasons = [] if is_alone else [mark for mark in plot.chart.marks if mark.is_absence]
    for number, line in enumerate(plot.chart.lines):
        for point in line.points:
            if point.value is None:
                height = plot.foot - LOWEST_ROW - BETWEEN_ROWS * row_of_reason(point.mark, reasons)
                canvas.mark(shape_of(point.mark), plot.x(point.at), height, ABSENCE_SIZE,
                            theme.INK_SOFT, name=name_of_figure(number, point.period))  # fmt: skip


def row_of_reason(mark: Mark, reasons: Sequence[Mark]) -> int:
    return reasons.index(mark) if mark in reasons else 0


def draw_label(label: PlacedText, plot: TimePlot, canvas: Canvas) -> None:
    """The words at their place; tied by a line of their colour, if they had to move."""
    anchor = plot.top + plot.frame.top if label.height == TOP else plot.y(label.height)
    x, middle, colour = plot.x(label.at) + label.right, anchor + label.down, colour_of(label)
    if label.align == "center":
        x = within(x, label.room[0] / 2, plot.left, plot.left + plot.frame.screen.least_width)
    if label.is_tied and abs(label.down) > TIED_FROM:
        canvas.line([(x - label.right + NEAR / 2, anchor), (x - 3, middle)], colour, 1)
    sizes = [*(label.size for _ in label.lines), *(label.small_size for _ in label.small)]
    top = middle - label.room[1] / 2
    for number, words in enumerate((*label.lines, *label.small)):
        size = sizes[number]
        is_bold = label.is_bold and number < len(label.lines)
        canvas.write(words, x, top + size * LINE_HEIGHT / 2, size, colour, is_bold=is_bold,
                     align=cast("Align", label.align))  # fmt: skip
        top += size * LINE_HEIGHT
