"""A column for each Member State, as a native chart."""

from dataclasses import dataclass

from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.util import Pt

from dashboard.charts.arial_widths import arial_width
from dashboard.charts.chart_parts import StatesPart
from dashboard.charts.native_charts import (
    LineLook,
    PointLabel,
    Pptx,
    add_native_chart,
    describe,
    draw_line,
    label_point,
    move_to_line_chart,
    paint,
    set_plot_area,
    set_scale,
    write_chart_title,
)
from dashboard.charts.native_legends import Legend, draw_legend, legend_of
from dashboard.charts.native_looks import LEAST_SIZE, name_step
from dashboard.charts.native_numbers import PrintedNumber, limit_of, number_format
from dashboard.charts.native_sheets import (
    ChartSheet,
    SeriesRole,
    sheet_of_states,
)
from dashboard.charts.slide_shapes import ChartLook, Colour, SlideBox, ThemeColour
from dashboard.charts.specification import (
    Axis,
    StatesChart,
)

LABEL_ROOM = 22.0  # points within which a target mark would lie on the label of a column
MARK_ROOM = 5.0  # of the mark itself


@dataclass(frozen=True)
class ColumnPlot:
    """The scale of the columns, and the room for the labels above them, in points."""

    low: float
    high: float
    height: float
    frame_height: float
    widest_label: float
    is_upright: bool  # labels, where the columns are too narrow for them

    @property
    def label_height(self) -> float:
        return LABEL_ROOM + (self.widest_label if self.is_upright else 0)


def add_states_chart(part: StatesPart, shapes: Pptx) -> Pptx:
    """A column for each State with its value, and a mark at what is expected of it."""
    chart, box, look = part.chart, part.box, part.look
    sheet = sheet_of_states(chart)
    frame = add_native_chart(shapes, XL_CHART_TYPE.COLUMN_CLUSTERED, sheet, box, look.size)
    native = frame.chart
    legend = legend_of(sheet, target_marks(sheet), box, look)
    plot = set_column_axes(native, chart, box, look, legend)
    if look.title:
        write_chart_title(native, look.title, look.size)
    draw_legend(native, legend, sheet, box)
    draw_columns(native, chart, plot, look, first=len(sheet.rows) - len(chart.rows))
    draw_beside_columns(native, sheet, look)
    return describe(frame, look.name, look.description)


def target_marks(sheet: ChartSheet) -> list[int]:
    return [at for at, column in enumerate(sheet.series) if column.role is SeriesRole.PATH]


def set_column_axes(
    native: Pptx, chart: StatesChart, box: SlideBox, look: ChartLook, legend: Legend
) -> ColumnPlot:
    widest = max(
        (arial_width(row.label, LEAST_SIZE, is_bold=True) for row in chart.rows), default=0
    )
    is_upright = widest > box.width / max(1, len(chart.rows)) - 1
    low, high = scale_of_columns(chart, is_upright=is_upright, widest=widest, height=box.height)
    set_scale(native, low, high)
    left = step_names_width(chart.axis, look) / box.width
    title = look.size * 1.9 / box.height if look.title else 0.02
    title += legend.row_height / box.height
    foot = look.size * 2.6 / box.height
    set_plot_area(native, SlideBox(left + 0.004, title, 0.992 - left, 1 - title - foot))
    native.value_axis.visible = native.value_axis.has_major_gridlines = False
    if not chart.axis.unit:  # the line would strike out the name of the lowest step
        native.category_axis.format.line.fill.background()
    native.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    native.category_axis.tick_labels.font.bold = True
    native.category_axis.tick_labels.font.size = Pt(min(look.size, 13.0))
    native.plots[0].gap_width = 30
    return ColumnPlot(
        low, high, (1 - title - foot) * box.height, box.height, widest, is_upright=is_upright
    )


def draw_columns(
    native: Pptx, chart: StatesChart, plot: ColumnPlot, look: ChartLook, *, first: int
) -> None:
    """Colours and labels of the columns, of which the first State's has a number."""
    columns = native.plots[0].series[0]
    columns.invert_if_negative = False
    columns.format.fill.solid()
    paint_column(columns, ThemeColour.OBSERVED)
    for at, row in enumerate(chart.rows, first):
        if row.value is None:
            continue
        point = columns.points[at]
        if row.area in look.fills:
            point.format.fill.solid()
            paint_column(point, look.fills[row.area])
        if row.label and chart.axis.unit:
            printed = PrintedNumber.parse(row.label, look.language)
            code = number_format(printed, look.language, limit_of(row.mark))
            label = PointLabel(
                XL_LABEL_POSITION.OUTSIDE_END, code, LEAST_SIZE,
                down=label_shift(row.value, row.expected, plot), is_upright=plot.is_upright,
            )  # fmt: skip
            label_point(columns, at, label)


def label_shift(value: float, expected: float | None, plot: ColumnPlot) -> float:
    """How far a label moves, as a share of the frame, where the mark would lie on it."""
    if expected is None:
        return 0.0
    distance = (expected - value) / (plot.high - plot.low) * plot.height
    is_hidden = 0 <= distance < plot.label_height
    return -(distance + MARK_ROOM) / plot.frame_height if is_hidden else 0.0


def paint_column(target: Pptx, colour: Colour) -> None:
    paint(target.format.fill.fore_color, colour)


def scale_of_columns(
    chart: StatesChart, *, is_upright: bool, widest: float, height: float
) -> tuple[float, float]:
    """From zero, or below it, with room for the labels above the columns and below them."""
    if not chart.axis.unit:
        return min(0.0, chart.axis.low), chart.axis.high
    heights = [number for row in chart.rows for number in (row.value, row.expected)
               if number is not None]  # fmt: skip
    low, high = min([0.0, *heights]), max([0.0, *heights])
    room = (widest if is_upright else LEAST_SIZE) * 1.6 / height * ((high - low) or 1)
    return (low - room if low < 0 else 0.0), high + room


def step_names_width(axis: Axis, look: ChartLook) -> float:
    if axis.unit:
        return 0.0
    return max(arial_width(tick.label, look.size - 2, is_bold=True) for tick in axis.ticks) + 12


def draw_beside_columns(native: Pptx, sheet: ChartSheet, look: ChartLook) -> None:
    """The marks of what is expected, and the names of steps, on the axes of the columns."""
    beside = list(range(1, len(sheet.series)))
    if not beside:
        return
    mark = LineLook(ThemeColour.INK, marker=XL_MARKER_STYLE.DASH, marker_size=15, is_line=False)
    for series, column in zip(move_to_line_chart(native, beside), sheet.series[1:], strict=True):
        if column.role is SeriesRole.STEP:
            draw_line(series, LineLook(ThemeColour.SOFT, is_line=False))
            name_step(series, look)
        else:
            draw_line(series, mark)
