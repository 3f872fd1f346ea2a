"""The States side by side on a canvas: a dot for each value, a tick at what is expected."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from dashboard import theme
from dashboard.charts.canvas import width_of
from dashboard.charts.chart_widths import Screen
from dashboard.charts.drawing import Canvas
from dashboard.charts.drawn_times import AXIS_LINE, GRID, MARK_SIZE
from dashboard.charts.measure import ticks_with_room
from dashboard.charts.plotly_looks import shape_of
from dashboard.charts.specification import StateRow, StatesChart
from dashboard.charts.svg_figures import name_of_figure

ROW_HEIGHT = 1.62  # as a multiple of the size of words
BESIDE_NAMES, AROUND = 12, 14  # pixels between words and plot, and around the plot of a column
BETWEEN_COLUMNS = 48
LEAST_PLOT = 180  # pixels of the plot of a column beside another
ROWS_OF_ONE_COLUMN = 16
TICK_HEIGHT = 15


@dataclass(frozen=True)
class StatesPlot:
    """How the rows are divided into columns, and how wide words and plot of a column are."""

    chart: StatesChart
    size: float
    columns: tuple[tuple[StateRow, ...], ...]
    names: float
    labels: float
    width: float  # of a column

    @property
    def row_height(self) -> float:
        return ROW_HEIGHT * self.size

    @property
    def height(self) -> float:
        return self.row_height * len(self.columns[0]) + self.room_below

    @property
    def room_below(self) -> float:
        return 1.7 * self.size if self.has_ticks else 0.4 * self.size

    @property
    def has_ticks(self) -> bool:
        """Whether the axis has words; a step is named at the end of its row."""
        return bool(self.chart.axis.unit)

    @property
    def plot_width(self) -> float:
        return self.width - self.names - self.labels - BESIDE_NAMES - 2 * AROUND


def states_plot(chart: StatesChart, screen: Screen, width: float) -> StatesPlot:
    size, rows = float(screen.words), chart.rows
    names = max((width_of(row.name, size) for row in rows), default=0.0)
    labels = max((width_of(end_of_row(row), size, is_bold=True) for row in rows
                  if row.value is not None), default=0.0)  # fmt: skip
    half = (width - BETWEEN_COLUMNS) / 2
    reasons = max((width_of(row.printed, size) for row in rows if row.value is None), default=0.0)
    needed = names + BESIDE_NAMES + max(labels + LEAST_PLOT + 2 * AROUND, reasons)
    if len(rows) <= ROWS_OF_ONE_COLUMN or half < needed:
        return StatesPlot(chart, size, (rows,), names, labels, width)
    first = ceil(len(rows) / 2)
    return StatesPlot(chart, size, (rows[:first], rows[first:]), names, labels, half)


def end_of_row(row: StateRow) -> str:
    """The value beside what is expected or, of a step, its name."""
    return row.label or row.printed


def draw_states(plot: StatesPlot, left: float, canvas: Canvas, top: float) -> None:
    for column in plot.columns:
        draw_column(column, plot, canvas, left, top)
        left += plot.width + BETWEEN_COLUMNS


def draw_column(
    rows: Sequence[StateRow], plot: StatesPlot, canvas: Canvas, left: float, top: float
) -> None:
    axis, start = plot.chart.axis, left + plot.names + BESIDE_NAMES + AROUND
    foot = top + plot.row_height * len(rows)

    def x(value: float) -> float:
        return start + (value - axis.low) / (axis.high - axis.low) * plot.plot_width

    widest = max((width_of(tick.label, plot.size) for tick in axis.ticks), default=0.0)
    for tick in ticks_with_room(axis, widest + plot.size, plot.plot_width):
        colour = AXIS_LINE if tick.at == 0 else GRID
        canvas.line([(x(tick.at), top), (x(tick.at), foot)], colour, 1)
        if plot.has_ticks:
            canvas.write(tick.label, x(tick.at), foot + 0.9 * plot.size, plot.size, align="center")
    for number, row in enumerate(rows):
        middle = top + plot.row_height * (number + 0.5)
        canvas.write(row.name, left + plot.names, middle, plot.size, theme.INK, align="right")
        name = name_of_figure(row.area, plot.chart.period)
        if row.value is None:
            canvas.mark(shape_of(row.mark), start, middle, MARK_SIZE - 2, theme.INK_SOFT,
                        name=name)  # fmt: skip
            canvas.write(row.printed, start + BESIDE_NAMES, middle, plot.size)
            continue
        canvas.line([(x(max(0.0, axis.low)), middle), (x(row.value), middle)], theme.STEM, 3)
        if row.expected is not None:
            ends = [(x(row.expected), middle + side * TICK_HEIGHT / 2) for side in (-1, 1)]
            canvas.line(ends, theme.TARGET_PATH, 3)
        canvas.mark(shape_of(row.mark), x(row.value), middle, MARK_SIZE, theme.OBSERVED, name=name)
        canvas.write(end_of_row(row), left + plot.width, middle, plot.size, theme.OBSERVED,
                     is_bold=True, align="right")  # fmt: skip
