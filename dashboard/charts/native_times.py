"""Lines over time as a native chart: a trend with its path, parts, or several areas.

The figures are in the workbook inside the chart. A label is tied to its cell, so that a figure
that is edited is printed again; what qualifies a figure is in the format of its label.
"""

from dataclasses import replace

from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)

from dashboard.charts.arial_widths import arial_lines, arial_width
from dashboard.charts.chart_parts import TimePart
from dashboard.charts.label_sides import Side, free_side
from dashboard.charts.native_breaks import draw_breaks
from dashboard.charts.native_charts import (
    PointLabel,
    Pptx,
    add_native_chart,
    describe,
    draw_line,
    draw_open_marker,
    label_point,
    series_of,
    set_plot_area,
    set_scale,
    start_at_axis,
    write_chart_title,
)
from dashboard.charts.native_end_labels import (
    LINE_OF_LABEL,
    EndLabel,
    PlotHeight,
    end_of,
    is_labelled,
    labelled,
    place_labels,
)
from dashboard.charts.native_growth import growth_row, with_caption
from dashboard.charts.native_legends import Legend, draw_legend, legend_of
from dashboard.charts.native_looks import LIMIT_MARKERS, colour_of_series, look_of, name_step
from dashboard.charts.native_numbers import PrintedNumber, number_format
from dashboard.charts.native_rows import ChartPlaces, NativeScale
from dashboard.charts.native_sheets import (
    SAME_TIME,
    ChartSheet,
    SeriesRole,
    SheetSeries,
    sheet_of_time,
)
from dashboard.charts.slide_shapes import ChartLook, SlideBox
from dashboard.charts.specification import (
    Axis,
    ChartKind,
    ChartPoint,
    Gap,
    TimeChart,
)
from dashboard.rounding import MOST_DECIMALS, decimals_in

WIDEST_NAME = 190.0  # points, of a name beside the end of a line
LARGER_LABEL = 2  # points, of the latest figure of a trend
PLOT_SHARE = 0.78  # of the height of a frame
ROOM_OF_YEARS, ROOM_OF_FURTHER_LINE = 1.5, 1.2  # below the plot, as multiples of the size
BELOW_STEPS = 0.4  # of a step, between the lowest and the years
POSITIONS = {Side.BELOW: XL_LABEL_POSITION.BELOW, Side.ABOVE: XL_LABEL_POSITION.ABOVE}


def add_time_chart(part: TimePart, shapes: Pptx) -> Pptx:
    """A trend with its path, parts, or areas: lines with their names and values at their ends."""
    chart, box = part.chart, part.box
    look = with_caption(part.look, chart.strip, box.width)
    sheet = with_broken_names(sheet_of_time(chart), look.size)
    legend = legend_of(sheet, earlier_paths(sheet), box, look)
    width = plot_of_time(chart, sheet, box, look, legend).width * box.width
    growth = growth_row(chart, width / len(sheet.rows), look.size)
    sheet = growth.below(sheet)
    frame = add_native_chart(shapes, XL_CHART_TYPE.LINE_MARKERS, sheet, box, look.size)
    native = frame.chart
    scale = scale_of(native, chart.axis)
    plot = plot_of_time(chart, sheet, box, look, legend)
    set_plot_area(native, plot)
    number = axis_number(chart.axis, look.language)
    native.value_axis.tick_labels.number_format = number_format(number, look.language)
    native.value_axis.tick_labels.number_format_is_linked = False
    native.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW  # below negative values
    if not chart.axis.unit:
        native.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
        native.value_axis.has_major_gridlines = False  # they would lie between the steps
        start_at_axis(native)
    growth.write_size(native)
    if look.title:
        write_chart_title(native, look.title, look.size)
    draw_legend(native, legend, sheet, box)
    for series, column in series_of(native, sheet):
        draw_line(series, look_of(column, chart.kind))
        draw_marks(series, column, chart.kind)
        if column.role is SeriesRole.STEP:
            name_step(series, look)
    places = ChartPlaces(chart, scale, plot, box)
    draw_breaks(native, chart, [places.share_of(broken.at) for broken in chart.breaks], plot)
    label_further_values(native, places, sheet, look)
    is_compact = has_many_labels(sheet, box, look)
    labels = end_labels(chart, sheet, look, is_compact=is_compact)
    place_labels(native, labels, sheet, PlotHeight(scale, places.plot_height, box.height))
    return describe(frame, look.name, look.description)


def with_broken_names(sheet: ChartSheet, size: float) -> ChartSheet:
    """Names in lines that fit beside the plot: a label is not broken by the program."""

    def broken(column: SheetSeries) -> SheetSeries:
        if not is_labelled(column, sheet):
            return column
        lines = arial_lines(column.name, WIDEST_NAME, size, is_bold=True)
        return replace(column, name="\n".join(lines))

    return replace(sheet, series=tuple(map(broken, sheet.series)))


def earlier_paths(sheet: ChartSheet) -> list[int]:
    """What earlier years were assessed against, where no label names it beside its end."""
    return [
        at
        for at, column in enumerate(sheet.series)
        if column.role is SeriesRole.EARLIER_PATH and not is_labelled(column, sheet)
    ]


def scale_of(native: Pptx, axis: Axis) -> NativeScale:
    """Set the scale of the value axis, which begins at a tick: its lines are those of a picture."""
    ticks = [tick.at for tick in axis.ticks]
    step = ticks[1] - ticks[0] if len(ticks) > 1 else 1.0
    low = axis.low if axis.unit else min(axis.low, ticks[0] - BELOW_STEPS)
    set_scale(native, low, axis.high, step)
    return NativeScale(low, axis.high - low)


def axis_number(axis: Axis, language: str) -> PrintedNumber:
    printed = [PrintedNumber.parse(tick.label, language) for tick in axis.ticks]
    decimals = max((number.decimals for number in printed), default=0)
    return PrintedNumber(decimals, has_negatives=axis.low < 0)


def plot_of_time(
    chart: TimeChart, sheet: ChartSheet, box: SlideBox, look: ChartLook, legend: Legend
) -> SlideBox:
    """The plot within the frame, in shares: room for the axis, the labels and the title."""
    names = [tick.label for tick in chart.axis.ticks]
    left = max((arial_width(name, look.size) for name in names), default=0) + 12
    is_compact = has_many_labels(sheet, box, look)
    widths = (width_of_label(column, look, is_compact=is_compact) for column in labelled(sheet))
    right = max(widths, default=0) + 16
    title = (look.size * 1.9 if look.title else 6) + legend.row_height
    further = max(row.count("\n") for row in sheet.rows)
    foot = look.size * (ROOM_OF_YEARS + ROOM_OF_FURTHER_LINE * further)
    return SlideBox(
        left / box.width,
        title / box.height,
        max(0.3, 1 - (left + right) / box.width),
        1 - (title + foot) / box.height,
    )


def has_many_labels(sheet: ChartSheet, box: SlideBox, look: ChartLook) -> bool:
    """Whether names and values have no room one below the other: they share a line then."""
    lines = sum(column.name.count("\n") + 2 for column in labelled(sheet))
    return lines * look.size * LINE_OF_LABEL > PLOT_SHARE * box.height


def width_of_label(column: SheetSeries, look: ChartLook, *, is_compact: bool) -> float:
    lines = [*column.name.split("\n"), printed_end(column)]
    lines = [" ".join(lines)] if is_compact else lines
    return max(arial_width(line, look.size + LARGER_LABEL, is_bold=True) for line in lines)


def printed_end(column: SheetSeries) -> str:
    last = end_of(column)
    point = column.points[last] if column.points else None
    return f"{point.number} p" if point else "0 000 000"


def draw_marks(series: Pptx, column: SheetSeries, kind: ChartKind) -> None:
    """An open marker for each value that is qualified; where no line joins them, a filled one."""
    colour = colour_of_series(column, kind)
    fill = colour if column.role is SeriesRole.PART_OF_YEAR else "FFFFFF"
    for at, point in enumerate(column.points):
        if point is not None and point.value is not None and point.mark:
            style = LIMIT_MARKERS.get(point.mark.code, XL_MARKER_STYLE.DIAMOND)
            draw_open_marker(series, at, colour, style, fill)


def end_labels(
    chart: TimeChart, sheet: ChartSheet, look: ChartLook, *, is_compact: bool
) -> list[EndLabel]:
    found = []
    for number, column in enumerate(sheet.series):
        row = end_of(column)
        if row < 0 or not is_labelled(column, sheet):
            continue
        point = column.points[row] if column.points else None
        label = PointLabel(
            XL_LABEL_POSITION.RIGHT,
            code_of_point(point, look.language)
            if point
            else code_of_path(chart, column, look.language),
            look.size + (LARGER_LABEL if chart.kind is ChartKind.TREND and point else 0),
            colour_of_series(column, chart.kind),
            has_name=True,
            has_value=bool(chart.axis.unit),  # a step has a name and no number
            is_in_one_line=is_compact,
        )
        lines = column.name.count("\n") + 1 + (label.has_value and not is_compact)
        found.append(EndLabel(number, row, column.values[row] or 0.0, lines, label))
    return found


def code_of_point(point: ChartPoint, language: str) -> str:
    return number_format(PrintedNumber.parse(point.number, language), language, point.mark)


def code_of_path(chart: TimeChart, column: SheetSeries, language: str) -> str:
    """An agreed level is printed as it was agreed, anything else in the decimals of the figures.

    A level with more decimals than are ever printed was computed.
    """
    levels = {value for value in column.values if value is not None}
    if len(levels) == 1 and (level := levels.pop()) == round(level, MOST_DECIMALS):
        return number_format(PrintedNumber(decimals_in(level, MOST_DECIMALS)), language)
    return code_of_figures(chart, language)


def code_of_figures(chart: TimeChart, language: str) -> str:
    """In the decimals of the last figure."""
    printed = [PrintedNumber.parse(known.number, language) for _, known in chart.table
               if known.value is not None]  # fmt: skip
    return number_format(printed[-1] if printed else PrintedNumber(), language)


def label_further_values(
    native: Pptx, places: ChartPlaces, sheet: ChartSheet, look: ChartLook
) -> None:
    """Of a trend: the first comparable figure, and the path in the period that is assessed."""
    chart = places.chart
    if chart.kind is not ChartKind.TREND or not chart.axis.unit:
        return
    for series, column in series_of(native, sheet):
        if column.role is SeriesRole.FIGURES:
            label_first(series, column, places, look)
        if column.role is SeriesRole.PATH and chart.gap is not None:
            label_expected(series, column, chart.gap, row_of_gap(chart, sheet), look)


def label_first(series: Pptx, column: SheetSeries, places: ChartPlaces, look: ChartLook) -> None:
    """On the side where nothing is drawn, as in a picture; without a free side there is none."""
    chart = places.chart
    first = chart.lines[column.line].first_comparable
    if first is None or first not in column.points:
        return
    side = free_side(chart, first, look.size, places.position_of, places.plot_height)
    if side is None:
        return
    code = code_of_point(first, look.language)
    label = PointLabel(POSITIONS[side], code, look.size, colour_of_series(column, chart.kind))
    label_point(series, column.points.index(first), label)


def label_expected(series: Pptx, column: SheetSeries, gap: Gap, row: int, look: ChartLook) -> None:
    """The path in the period that is assessed, where it continues beyond."""
    if not gap.expected_label or not 0 <= row < end_of(column) or column.values[row] is None:
        return
    side = Side.BELOW if gap.expected < gap.value else Side.ABOVE
    code = number_format(PrintedNumber.parse(gap.expected_label, look.language), look.language)
    label = PointLabel(POSITIONS[side], code, look.size,
                       colour_of_series(column, ChartKind.TREND))  # fmt: skip
    label_point(series, row, label)


def row_of_gap(chart: TimeChart, sheet: ChartSheet) -> int:
    """The row of the period that is assessed; −1 where none is."""
    column = next(iter(sheet.of_role(SeriesRole.FIGURES)[-1:]), None)
    points = column.points if column else ()
    at = chart.gap.at if chart.gap else -1.0
    return next(
        (row for row, point in enumerate(points) if point and abs(point.at - at) < SAME_TIME), -1
    )
