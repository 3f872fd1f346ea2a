"""Draw the specification of a chart as a native chart of PowerPoint, which can be edited.

The figures are in the workbook inside the chart. A label is tied to its cell, so that a figure
that is edited is printed anew; what qualifies a figure is in the format of its label.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import ceil

from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE
from pptx.util import Pt

from dashboard import theme
from dashboard.charts.arial_widths import arial_lines, arial_width
from dashboard.charts.measure import spread_apart
from dashboard.charts.powerpoint_native import (
    INK_COLOUR,
    OBSERVED_COLOUR,
    PATH_COLOUR,
    SOFT_COLOUR,
    Colour,
    LineLook,
    PointLabel,
    Pptx,
    SlideBox,
    add_native_chart,
    describe,
    draw_line,
    draw_open_marker,
    label_point,
    move_to_line_chart,
    paint,
    series_of,
    set_plot_area,
    set_scale,
    start_at_axis,
    write_chart_title,
)
from dashboard.charts.powerpoint_numbers import PrintedNumber, number_format
from dashboard.charts.powerpoint_series import (
    SAME_TIME,
    ChartSheet,
    SeriesRole,
    SheetSeries,
    sheet_of_small_trend,
    sheet_of_states,
    sheet_of_time,
)
from dashboard.charts.specification import (
    Axis,
    ChartKind,
    ChartPoint,
    SmallTrend,
    StateRow,
    StatesChart,
    TimeChart,
)
from metrics.core.tables import LOWER_LIMIT, UPPER_LIMIT

MARKERS = (
    XL_MARKER_STYLE.CIRCLE, XL_MARKER_STYLE.SQUARE, XL_MARKER_STYLE.DIAMOND,
    XL_MARKER_STYLE.TRIANGLE, XL_MARKER_STYLE.X, XL_MARKER_STYLE.STAR, XL_MARKER_STYLE.PLUS,
    XL_MARKER_STYLE.DASH,
)  # fmt: skip
LIMIT_MARKERS = {LOWER_LIMIT: XL_MARKER_STYLE.TRIANGLE, UPPER_LIMIT: XL_MARKER_STYLE.SQUARE}
LINE_OF_LABEL = 1.2  # its height, as a multiple of the size of its type
WIDEST_NAME = 190.0  # points, of a name beside the end of a line
LABEL_ROOM = 22.0  # points within which a target mark would lie on the label of a column
TITLE_SHARE = 0.78  # of the width of a frame: LibreOffice breaks a wider title
PLOT_SHARE = 0.78  # of the height of a frame
MARK_ROOM = 5.0  # of the mark itself
LEAST_SIZE = 12.0
ROOM_ABOVE_PLOT = 16.0  # of labels, in the line of the title
LOW_SHARE = 0.2  # of the axis: a label below a lower point would lie on the years


LOOKS: Mapping[SeriesRole, LineLook] = {
    SeriesRole.FIGURES: LineLook(INK_COLOUR, marker_size=8),
    SeriesRole.PART_OF_YEAR: LineLook(
        INK_COLOUR, marker=XL_MARKER_STYLE.TRIANGLE, marker_size=9, is_line=False
    ),
    SeriesRole.PATH: LineLook(INK_COLOUR, 2.5, MSO_LINE.DASH),
    SeriesRole.EARLIER_PATH: LineLook(
        INK_COLOUR, marker=XL_MARKER_STYLE.DASH, marker_size=14, is_line=False
    ),
    SeriesRole.APPROACH: LineLook(INK_COLOUR, 1, MSO_LINE.ROUND_DOT),
    SeriesRole.OUTLOOK: LineLook(INK_COLOUR, 2.5, MSO_LINE.ROUND_DOT),
    SeriesRole.OUTLOOK_LIMIT: LineLook(INK_COLOUR, 1, MSO_LINE.ROUND_DOT),
    SeriesRole.STEP: LineLook(INK_COLOUR, is_line=False),
}


@dataclass(frozen=True)
class ChartLook:
    """What a chart does not know of itself: its words for the reader, and the slide's."""

    language: str
    name: str
    description: str  # the alternative text
    title: str = ""  # unit and mark, in the chart itself
    size: float = 16
    fills: Mapping[str, str] = field(default_factory=dict)  # the colour of a State's column


def add_time_chart(shapes: Pptx, chart: TimeChart, box: SlideBox, look: ChartLook) -> Pptx:
    """A trend with its path, parts, or areas: lines with their names and values at their ends."""
    sheet = with_broken_names(sheet_of_time(chart), look.size)
    frame = add_native_chart(shapes, XL_CHART_TYPE.LINE_MARKERS, sheet, box, look.size)
    native = frame.chart
    top = scale_of(native, chart.axis)
    plot = plot_of_time(chart, sheet, box, look)
    set_plot_area(native, plot)
    number = axis_number(chart.axis, look.language)
    native.value_axis.tick_labels.number_format = number_format(number, look.language)
    native.value_axis.tick_labels.number_format_is_linked = False
    if not chart.axis.unit:
        native.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
        start_at_axis(native)
    if look.title:
        write_chart_title(native, look.title, look.size)
    for series, column in series_of(native, sheet):
        draw_line(series, look_of(column, chart.kind))
        draw_marks(series, column, chart.kind)
        if column.role is SeriesRole.STEP:
            name_step(series, look)
    label_further_values(native, chart, sheet, look)
    is_compact = has_many_labels(sheet, box, look)
    labels = end_labels(chart, sheet, look, is_compact=is_compact)
    place_labels(native, labels, sheet, SlideBox(0, top, plot.height * box.height, box.height))
    return describe(frame, look.name, look.description)


def with_broken_names(sheet: ChartSheet, size: float) -> ChartSheet:
    """Names in lines that fit beside the plot: a label is not broken by the program."""

    def broken(column: SheetSeries) -> SheetSeries:
        lines = arial_lines(column.name, WIDEST_NAME, size, is_bold=True)
        return replace(column, name="\n".join(lines))

    return replace(sheet, series=tuple(map(broken, sheet.series)))


def scale_of(native: Pptx, axis: Axis) -> float:
    """Set the scale of the value axis, and return its height in units."""
    ticks = [tick.at for tick in axis.ticks]
    step = ticks[1] - ticks[0] if len(ticks) > 1 else 1.0
    low, high = max(0.0, axis.low), axis.high
    if axis.unit:
        low = axis.low
        low = min(0.0, ticks[0] - step) if low < min(ticks[0], 0.0) else min(ticks[0], low)
        high = ticks[-1] + step * ceil(max(0.0, high - ticks[-1]) / step - 1e-9)
    set_scale(native, low, high, step)
    return high - low


def axis_number(axis: Axis, language: str) -> PrintedNumber:
    printed = [PrintedNumber.parse(tick.label, language) for tick in axis.ticks]
    decimals = max((number.decimals for number in printed), default=0)
    return PrintedNumber(decimals, has_negatives=any(tick.at < 0 for tick in axis.ticks))


def plot_of_time(chart: TimeChart, sheet: ChartSheet, box: SlideBox, look: ChartLook) -> SlideBox:
    """The plot within the frame, in shares: room for the axis, the labels and the title."""
    names = [tick.label for tick in chart.axis.ticks]
    left = max((arial_width(name, look.size) for name in names), default=0) + 12
    is_compact = has_many_labels(sheet, box, look)
    widths = (width_of_label(column, look, is_compact=is_compact) for column in labelled(sheet))
    right = max(widths, default=0) + 16
    title = look.size * 1.9 if look.title else 6
    has_letters = any("\n" in row for row in sheet.rows)
    foot = look.size * (2.7 if has_letters else 1.5)
    return SlideBox(
        left / box.width,
        title / box.height,
        max(0.3, 1 - (left + right) / box.width),
        1 - (title + foot) / box.height,
    )


def labelled(sheet: ChartSheet) -> list[SheetSeries]:
    """The series that are named at their ends: of a line in runs, the last of them."""
    last = {column.line: column for column in sheet.of_role(SeriesRole.FIGURES)}
    of_parts = {column.line: column for column in sheet.of_role(SeriesRole.PART_OF_YEAR)}
    named = list((of_parts | last).values())
    paths = sheet.of_role(SeriesRole.PATH) or sheet.of_role(SeriesRole.EARLIER_PATH)
    return [*named, *paths, *sheet.of_role(SeriesRole.OUTLOOK)]


def has_many_labels(sheet: ChartSheet, box: SlideBox, look: ChartLook) -> bool:
    """Whether names and values have no room one below the other: they share a line then."""
    lines = sum(column.name.count("\n") + 2 for column in labelled(sheet))
    return lines * look.size * LINE_OF_LABEL > PLOT_SHARE * box.height


def width_of_label(column: SheetSeries, look: ChartLook, *, is_compact: bool) -> float:
    lines = [*column.name.split("\n"), printed_end(column)]
    lines = [" ".join(lines)] if is_compact else lines
    return max(arial_width(line, look.size, is_bold=True) for line in lines)


def printed_end(column: SheetSeries) -> str:
    last = end_of(column)
    point = column.points[last] if column.points else None
    return f"{point.number} p" if point else "0 000 000"


def end_of(column: SheetSeries) -> int:
    """The row of the last value."""
    known = [at for at, value in enumerate(column.values) if value is not None]
    return known[-1] if known else -1


def look_of(column: SheetSeries, kind: ChartKind) -> LineLook:
    look = LOOKS[column.role]
    if column.role is SeriesRole.FIGURES:
        marker = MARKERS[column.line % len(MARKERS)]
        look = replace(look, width=4 if kind is ChartKind.TREND else 3, marker=marker)
    return replace(look, colour=colour_of_series(column, kind))


def colour_of_series(column: SheetSeries, kind: ChartKind) -> Colour:
    if column.role in {SeriesRole.PATH, SeriesRole.EARLIER_PATH, SeriesRole.APPROACH}:
        return PATH_COLOUR
    if column.role in {SeriesRole.OUTLOOK, SeriesRole.OUTLOOK_LIMIT}:
        return theme.OUTLOOK
    if column.role is SeriesRole.STEP:
        return SOFT_COLOUR
    is_alone = kind in {ChartKind.TREND, ChartKind.MULTIPLES}
    return OBSERVED_COLOUR if is_alone else theme.LINES[column.line % len(theme.LINES)]


def draw_marks(series: Pptx, column: SheetSeries, kind: ChartKind) -> None:
    """An open marker for each value that is qualified."""
    for at, point in enumerate(column.points):
        if point is not None and point.value is not None and point.mark:
            style = LIMIT_MARKERS.get(point.mark.code, XL_MARKER_STYLE.DIAMOND)
            draw_open_marker(series, at, colour_of_series(column, kind), style)


def name_step(series: Pptx, look: ChartLook) -> None:
    """The name of a step at the axis, in place of its number."""
    label = PointLabel(XL_LABEL_POSITION.LEFT, size=max(LEAST_SIZE, look.size - 2),
                       colour=SOFT_COLOUR, has_name=True, has_value=False)  # fmt: skip
    label_point(series, 0, label)


@dataclass(frozen=True)
class EndLabel:
    """The label at the last value of a series, before it is kept apart from others."""

    number: int  # of the series in the sheet
    row: int
    value: float
    lines: int
    label: PointLabel


def end_labels(
    chart: TimeChart, sheet: ChartSheet, look: ChartLook, *, is_compact: bool
) -> list[EndLabel]:
    named = labelled(sheet)
    found = []
    for number, column in enumerate(sheet.series):
        row = end_of(column)
        if row < 0 or not any(column is own for own in named):
            continue
        point = column.points[row] if column.points else None
        label = PointLabel(
            XL_LABEL_POSITION.RIGHT,
            code_of_end(chart, point, look.language),
            look.size + (2 if chart.kind is ChartKind.TREND and point else 0),
            colour_of_series(column, chart.kind),
            has_name=True,
            has_value=has_number(chart, column),
            is_in_one_line=is_compact,
        )
        lines = column.name.count("\n") + 1 + (label.has_value and not is_compact)
        found.append(EndLabel(number, row, column.values[row] or 0.0, lines, label))
    return found


def has_number(chart: TimeChart, column: SheetSeries) -> bool:
    """A step has a name and no number; the path says its own where the figure has none."""
    return bool(chart.axis.unit) and column.role is not SeriesRole.EARLIER_PATH


def code_of_end(chart: TimeChart, point: ChartPoint | None, language: str) -> str:
    if point is not None:
        return number_format(PrintedNumber.parse(point.number, language), language, point.mark)
    printed = [PrintedNumber.parse(known.number, language) for _, known in chart.table
               if known.value is not None]  # fmt: skip
    return number_format(printed[-1] if printed else PrintedNumber(), language)


def place_labels(
    native: Pptx,
    labels: Sequence[EndLabel],
    sheet: ChartSheet,
    plot: SlideBox,
) -> None:
    """Labels at the right edge one below the other; one within the plot above or below its point.

    `plot` holds the height of the axis in units, of the plot and of the frame in points.
    """
    drawn = list(native.plots[0].series)
    last = max((label.row for label in labels), default=0)
    at_edge = sorted((label for label in labels if label.row == last), key=lambda one: -one.value)
    low = native.value_axis.minimum_scale
    centres = [(1 - (one.value - low) / plot.top) * plot.width for one in at_edge]
    heights = [one.lines * one.label.size * LINE_OF_LABEL for one in at_edge]
    apart = spread_apart(centres, heights, -ROOM_ABOVE_PLOT, plot.width + 4)
    for one, centre, wanted in zip(at_edge, centres, apart, strict=True):
        down = (wanted - centre) / plot.height
        label_point(drawn[one.number], one.row, replace(one.label, down=down))
    for one in labels:
        if one.row != last:
            label_point(drawn[one.number], one.row, inside(one, sheet))


def label_further_values(
    native: Pptx, chart: TimeChart, sheet: ChartSheet, look: ChartLook
) -> None:
    """Of a trend: its first figure, and the path in the period that is assessed."""
    if chart.kind is not ChartKind.TREND or not chart.axis.unit:
        return
    highest = native.value_axis.maximum_scale
    for series, column in series_of(native, sheet):
        known = [at for at, value in enumerate(column.values) if value is not None]
        if column.role is SeriesRole.FIGURES and len(known) > 1:
            is_below = (column.values[known[0]] or 0) >= LOW_SHARE * highest
            label_value(series, column, known[0], chart, look, is_below=is_below)
        if column.role is SeriesRole.PATH and chart.gap is not None:
            judged = row_of_gap(chart, sheet)
            if judged in known[:-1]:
                is_below = chart.gap.expected < chart.gap.value
                label_value(series, column, judged, chart, look, is_below=is_below)


def label_value(  # noqa: PLR0913 - each is named where it is given
    series: Pptx, column: SheetSeries, row: int, chart: TimeChart, look: ChartLook, *,
    is_below: bool,
) -> None:  # fmt: skip
    point = column.points[row] if column.points else None
    position = XL_LABEL_POSITION.BELOW if is_below else XL_LABEL_POSITION.ABOVE
    code = code_of_end(chart, point, look.language)
    colour = colour_of_series(column, chart.kind)
    label_point(series, row, PointLabel(position, code, look.size, colour))


def row_of_gap(chart: TimeChart, sheet: ChartSheet) -> int:
    """The row of the period that is assessed; −1 where none is."""
    column = next(iter(sheet.of_role(SeriesRole.FIGURES)[-1:]), None)
    points = column.points if column else ()
    at = chart.gap.at if chart.gap else -1.0
    return next(
        (row for row, point in enumerate(points) if point and abs(point.at - at) < SAME_TIME), -1
    )


def inside(one: EndLabel, sheet: ChartSheet) -> PointLabel:
    """Away from the other lines: below where one of them runs above."""
    others = [column.values[one.row] for number, column in enumerate(sheet.series)
              if number != one.number and column.role is not SeriesRole.STEP]  # fmt: skip
    is_above = any(value is not None and value >= one.value for value in others)
    position = XL_LABEL_POSITION.BELOW if is_above else XL_LABEL_POSITION.ABOVE
    return replace(one.label, position=position)


def add_states_chart(shapes: Pptx, chart: StatesChart, box: SlideBox, look: ChartLook) -> Pptx:
    """A column for each State with its value, and a mark at what is expected of it."""
    sheet = sheet_of_states(chart)
    frame = add_native_chart(shapes, XL_CHART_TYPE.COLUMN_CLUSTERED, sheet, box, look.size)
    native = frame.chart
    printed = [PrintedNumber.parse(row.label, look.language) for row in chart.rows]
    widest = max(
        (arial_width(row.label, LEAST_SIZE, is_bold=True) for row in chart.rows), default=0
    )
    room = box.width / max(1, len(chart.rows))
    is_upright = widest > room - 1
    low, high = scale_of_columns(chart, is_upright=is_upright, widest=widest, height=box.height)
    set_scale(native, low, high)
    left = step_names_width(chart.axis, look) / box.width
    title = look.size * 1.9 / box.height if look.title else 0.02
    foot = look.size * 2.6 / box.height
    set_plot_area(native, SlideBox(left + 0.004, title, 0.992 - left, 1 - title - foot))
    native.value_axis.visible = native.value_axis.has_major_gridlines = False
    native.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    native.category_axis.tick_labels.font.bold = True
    native.category_axis.tick_labels.font.size = Pt(min(look.size, 13.0))
    native.plots[0].gap_width = 30
    if look.title:
        write_chart_title(native, look.title, look.size)
    columns = native.plots[0].series[0]
    columns.invert_if_negative = False
    columns.format.fill.solid()
    paint_column(columns, OBSERVED_COLOUR)
    plot_height = (1 - title - foot) * box.height
    before = len(sheet.rows) - len(chart.rows)
    for at, row in enumerate(chart.rows):
        if row.value is None:
            continue
        point = columns.points[at + before]
        if row.area in look.fills:
            point.format.fill.solid()
            paint_column(point, look.fills[row.area])
        if row.label and chart.axis.unit:
            distance = ((row.expected or row.value) - row.value) / (high - low) * plot_height
            is_hidden = 0 <= distance < LABEL_ROOM + (widest if is_upright else 0)
            down = -(distance + MARK_ROOM) / box.height if is_hidden and has_expected(row) else 0.0
            code = number_format(printed[at], look.language)
            label = PointLabel(XL_LABEL_POSITION.OUTSIDE_END, code, LEAST_SIZE, down=down,
                               is_upright=is_upright)  # fmt: skip
            label_point(columns, at + before, label)
    draw_beside_columns(native, sheet, look)
    return describe(frame, look.name, look.description)


def has_expected(row: StateRow) -> bool:
    return row.expected is not None


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
    mark = LineLook(INK_COLOUR, marker=XL_MARKER_STYLE.DASH, marker_size=15, is_line=False)
    for series, column in zip(move_to_line_chart(native, beside), sheet.series[1:], strict=True):
        if column.role is SeriesRole.STEP:
            draw_line(series, LineLook(SOFT_COLOUR, is_line=False))
            name_step(series, look)
        else:
            draw_line(series, mark)


def add_small_trend(  # noqa: PLR0913 - each is named where it is given
    shapes: Pptx,
    trend: SmallTrend,
    box: SlideBox,
    look: ChartLook,
    path_name: str,
    *,
    ink: Colour = INK_COLOUR,
    has_labels: bool = False,
) -> Pptx:
    """One frame of small multiples, or a trend in a row of a table, on a scale from zero."""
    sheet = sheet_of_small_trend(trend, path_name, is_cut=has_labels)
    frame = add_native_chart(shapes, XL_CHART_TYPE.LINE_MARKERS, sheet, box, LEAST_SIZE)
    native = frame.chart
    known = [value for column in sheet.series for value in column.values if value is not None]
    low, high = min([0.0, *known]), max([0.0, *known]) or 1.0
    room = 0.08 * (high - low)
    set_scale(native, low - (0 if has_labels else room), high + room)
    title = arial_lines(look.title, box.width * TITLE_SHARE, look.size, is_bold=True)
    top = (look.size * 1.3 * len(title) + 4) / box.height if look.title else 0.04
    right, foot = (0.19, 0.14) if has_labels else (0.03, 0.04)
    set_plot_area(native, SlideBox(0.03, top, 0.97 - right, 1 - foot - top))
    native.value_axis.visible = native.value_axis.has_major_gridlines = False
    native.category_axis.visible = has_labels
    if look.title:
        write_small_title(native, replace(look, title="\n".join(title)), ink)
    for series, column in series_of(native, sheet):
        own = look_of(column, ChartKind.MULTIPLES)
        is_path = column.role is SeriesRole.PATH
        draw_line(
            series, replace(own, width=2) if is_path else replace(own, width=3, marker_size=5)
        )
    if has_labels:
        label_small_ends(
            native,
            trend,
            sheet,
            look,
            SlideBox(0, high + room - low, box.height * (1 - foot - top), box.height),
        )
    return describe(frame, look.name, look.description)


def label_small_ends(
    native: Pptx,
    trend: SmallTrend,
    sheet: ChartSheet,
    look: ChartLook,
    plot: SlideBox,
) -> None:
    """The last figure and what the path expects then."""
    named = labelled(sheet)
    last = next((point for point in reversed(trend.line.points) if point.value is not None), None)
    if last is None:
        return
    code = number_format(PrintedNumber.parse(last.number, look.language), look.language)
    ends = []
    for number, column in enumerate(sheet.series):
        if any(column is own for own in named):
            row = end_of(column)
            label = PointLabel(XL_LABEL_POSITION.RIGHT, code, 15,
                               colour_of_series(column, ChartKind.MULTIPLES))  # fmt: skip
            ends.append(EndLabel(number, row, column.values[row] or 0.0, 1, label))
    place_labels(native, ends, sheet, plot)


def write_small_title(native: Pptx, look: ChartLook, ink: Colour) -> None:
    write_chart_title(native, look.title, look.size, is_bold=True)
    for paragraph in native.chart_title.text_frame.paragraphs:
        for run in paragraph.runs:
            paint(run.font.color, ink)
