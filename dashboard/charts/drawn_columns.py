"""The States side by side as columns, as on a slide: the value, in the colour of the status."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dashboard import theme
from dashboard.charts.arial_widths import arial_width
from dashboard.charts.drawing import Room
from dashboard.charts.drawn_times import AXIS_LINE
from dashboard.charts.native_numbers import letter_of
from dashboard.charts.specification import StateRow, StatesChart
from dashboard.charts.svg_canvas import SvgCanvas
from dashboard.charts.svg_figures import name_of_figure

LABEL_SIZE, CODE_SIZE = 12.0, 13.0
SHARE_OF_COLUMN = 0.76  # of the room of a State
EXPECTED_STROKE = 3.0
ABOVE_COLUMN = 4.0  # from a column to its label


@dataclass(frozen=True)
class ColumnChart:
    """A chart with what a slide adds to it."""

    chart: StatesChart
    size: float = 16.0  # of other words
    fills: Mapping[str, str] = field(default_factory=dict)  # State → the colour of its column


@dataclass(frozen=True)
class ColumnScale:
    """From values to pixels below the upper edge of the plot."""

    low: float
    high: float
    top: float
    height: float

    def y(self, value: float) -> float:
        return self.top + (self.high - value) / ((self.high - self.low) or 1.0) * self.height


def draw_columns(drawn: ColumnChart, canvas: SvgCanvas, room: Room) -> None:
    chart = drawn.chart
    left = room.left + step_names_width(drawn)
    width = (room.right - left) / max(1, len(chart.rows))
    widest = max(
        (arial_width(row.label, LABEL_SIZE, is_bold=True) for row in chart.rows), default=0.0
    )
    is_upright = widest > width - 2
    scale = scale_of(drawn, room, widest if is_upright else LABEL_SIZE)
    draw_steps(drawn, canvas, Room(room.left, room.top, left - room.left, room.height), scale)
    zero = scale.y(max(0.0, scale.low))
    for at, row in enumerate(chart.rows):
        column = Room(left + at * width, scale.top, width, scale.height)
        draw_state(row, drawn, canvas, column, scale, is_upright=is_upright)
    canvas.line([(left, zero), (room.right, zero)], AXIS_LINE, 1.2)


def step_names_width(drawn: ColumnChart) -> float:
    if drawn.chart.axis.unit:
        return 0.0
    names = (
        arial_width(tick.label, drawn.size - 2, is_bold=True) for tick in drawn.chart.axis.ticks
    )
    return max(names, default=0.0) + 12


def scale_of(drawn: ColumnChart, room: Room, label_height: float) -> ColumnScale:
    chart = drawn.chart
    foot = 2.4 * CODE_SIZE
    above = label_height + 2 * ABOVE_COLUMN if chart.axis.unit else 2.0
    top, height = room.top + above, room.height - foot - above
    if not chart.axis.unit:
        return ColumnScale(min(0.0, chart.axis.low), chart.axis.high, top, height)
    heights = [number for row in chart.rows for number in (row.value, row.expected)
               if number is not None]  # fmt: skip
    low, high = min([0.0, *heights]), max([0.0, *heights])
    if low < 0:
        height -= above
    return ColumnScale(low, high, top, height)


def draw_steps(drawn: ColumnChart, canvas: SvgCanvas, room: Room, scale: ColumnScale) -> None:
    """The names of steps at the left: they have no numbers."""
    if drawn.chart.axis.unit:
        return
    for tick in drawn.chart.axis.ticks:
        canvas.write(tick.label, room.right - 8, scale.y(tick.at), drawn.size - 2, theme.INK_SOFT,
                     is_bold=True, align="right")  # fmt: skip


def draw_state(  # noqa: PLR0913 - each is named where it is given
    row: StateRow, drawn: ColumnChart, canvas: SvgCanvas, column: Room, scale: ColumnScale, *,
    is_upright: bool,
) -> None:  # fmt: skip
    middle = column.left + column.width / 2
    name = name_of_figure(row.area, drawn.chart.period)
    foot = column.bottom + (LABEL_SIZE + 2 * ABOVE_COLUMN if scale.low < 0 else 0)
    canvas.write(row.area, middle, foot + 0.85 * CODE_SIZE, CODE_SIZE, theme.INK, is_bold=True,
                 align="center")  # fmt: skip
    if row.mark:
        canvas.write(letter_of(row.mark), middle, foot + 1.9 * CODE_SIZE, CODE_SIZE, theme.INK,
                     align="center")  # fmt: skip
    if row.value is None:
        canvas.box(Room(middle, scale.y(max(0.0, scale.low)), 0, 0), "none", "none", name=name)
        return
    fill = drawn.fills.get(row.area, theme.OBSERVED)
    half = column.width * SHARE_OF_COLUMN / 2
    high, low = sorted((scale.y(row.value), scale.y(max(0.0, scale.low))))
    canvas.box(Room(middle - half, high, 2 * half, low - high), fill, fill, name=name)
    draw_label(row, canvas, middle, scale, is_upright=is_upright)
    if row.expected is not None:
        height = scale.y(row.expected)
        ends = [(middle - half - 1, height), (middle + half + 1, height)]
        canvas.line(ends, theme.INK, EXPECTED_STROKE)


def draw_label(
    row: StateRow, canvas: SvgCanvas, middle: float, scale: ColumnScale, *, is_upright: bool
) -> None:
    """Above the column; above the mark of what is expected, where that would lie on it."""
    if not row.label or row.value is None:
        return
    if row.value < 0:
        canvas.write(row.label, middle, scale.y(row.value) + LABEL_SIZE, LABEL_SIZE, theme.INK,
                     is_bold=True, align="center")  # fmt: skip
        return
    length = arial_width(row.label, LABEL_SIZE, is_bold=True) if is_upright else LABEL_SIZE
    edge = scale.y(row.value)
    if row.expected is not None:
        expected = scale.y(row.expected)
        is_covered = edge - length - 2 * ABOVE_COLUMN <= expected <= edge
        edge = expected if is_covered else edge
    y = edge - ABOVE_COLUMN - (0 if is_upright else LABEL_SIZE / 2)
    canvas.write(row.label, middle, y, LABEL_SIZE, theme.INK, is_bold=True,
                 align="left" if is_upright else "center", is_upright=is_upright)  # fmt: skip
