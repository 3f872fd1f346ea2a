"""A small trend, in a row of a table or among those of the Member States, as a native chart."""

from dataclasses import replace

from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_TICK_LABEL_POSITION,
)

from dashboard.charts.arial_widths import arial_lines
from dashboard.charts.chart_parts import TITLE_SHARE, SmallTrendPart
from dashboard.charts.native_charts import (
    PointLabel,
    Pptx,
    add_native_chart,
    describe,
    draw_line,
    paint,
    series_of,
    set_plot_area,
    set_scale,
    write_chart_title,
)
from dashboard.charts.native_end_labels import (
    EndLabel,
    PlotHeight,
    end_of,
    is_labelled,
    place_labels,
)
from dashboard.charts.native_looks import colour_of_series, look_of
from dashboard.charts.native_numbers import (
    UNMARKED,
    PrintedNumber,
    limit_of,
    number_format,
)
from dashboard.charts.native_rows import NativeScale
from dashboard.charts.native_sheets import (
    ChartSheet,
    SeriesRole,
    sheet_of_small_trend,
)
from dashboard.charts.slide_shapes import ChartLook, Colour, SlideBox
from dashboard.charts.small_axis import LEFT_OF_PLOT, RIGHT_OF_PLOT, YEAR_SIZE, are_years_named
from dashboard.charts.specification import (
    ChartKind,
)


def add_small_trend(part: SmallTrendPart, shapes: Pptx) -> Pptx:
    """One frame of small multiples, or a trend in a row of a table, on a scale from zero."""
    box, look = part.box, part.look
    sheet = sheet_of_small_trend(part.trend, part.path_name, is_cut=part.has_labels)
    frame = add_native_chart(shapes, XL_CHART_TYPE.LINE_MARKERS, sheet, box, YEAR_SIZE)
    native = frame.chart
    scale = scale_of_trend(native, sheet, part)
    plot = write_titled_plot(native, part)
    native.value_axis.visible = native.value_axis.has_major_gridlines = False
    native.category_axis.visible = part.has_labels
    if not are_years_named(sheet, box.width):
        native.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    for series, column in series_of(native, sheet):
        own = look_of(column, ChartKind.MULTIPLES)
        is_path = column.role is SeriesRole.PATH
        draw_line(
            series, replace(own, width=2) if is_path else replace(own, width=3, marker_size=5)
        )
    if part.has_labels:
        height = PlotHeight(scale, box.height * plot.height, box.height)
        label_small_ends(native, part, sheet, height)
    return describe(frame, look.name, look.description)


def scale_of_trend(native: Pptx, sheet: ChartSheet, part: SmallTrendPart) -> NativeScale:
    """From zero, with room below it where there are no labels."""
    known = [value for column in sheet.series for value in column.values if value is not None]
    low, high = min([0.0, *known]), max([0.0, *known]) or 1.0
    room = 0.08 * (high - low)
    foot, top = low - (0 if part.has_labels else room), high + room
    set_scale(native, foot, top)
    return NativeScale(foot, top - foot)


def write_titled_plot(native: Pptx, part: SmallTrendPart) -> SlideBox:
    """The title, and below it the plot, in shares of the frame."""
    box, look = part.box, part.look
    title = arial_lines(look.title, box.width * TITLE_SHARE, look.size, is_bold=True)
    top = (look.size * 1.3 * len(title) + 4) / box.height if look.title else 0.04
    right, foot = (RIGHT_OF_PLOT, 0.14) if part.has_labels else (LEFT_OF_PLOT, 0.04)
    plot = SlideBox(LEFT_OF_PLOT, top, 1 - LEFT_OF_PLOT - right, 1 - foot - top)
    set_plot_area(native, plot)
    if look.title:
        write_small_title(native, replace(look, title="\n".join(title)), part.ink)
    return plot


def label_small_ends(
    native: Pptx, part: SmallTrendPart, sheet: ChartSheet, height: PlotHeight
) -> None:
    """The last figure and what the path expects then."""
    known, language = part.trend.line.known, part.look.language
    if not known:
        return
    last = known[-1]
    printed = PrintedNumber.parse(last.number, language)
    ends = []
    for number, column in enumerate(sheet.series):
        if is_labelled(column, sheet):
            row = end_of(column)
            mark = limit_of(last.mark) if last in column.points else UNMARKED
            code = number_format(printed, language, mark)
            label = PointLabel(XL_LABEL_POSITION.RIGHT, code, 15,
                               colour_of_series(column, ChartKind.MULTIPLES))  # fmt: skip
            ends.append(EndLabel(number, row, column.values[row] or 0.0, 1, label))
    place_labels(native, ends, sheet, height)


def write_small_title(native: Pptx, look: ChartLook, ink: Colour) -> None:
    write_chart_title(native, look.title, look.size, is_bold=True)
    for paragraph in native.chart_title.text_frame.paragraphs:
        for run in paragraph.runs:
            paint(run.font.color, ink)
