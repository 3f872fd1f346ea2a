"""The charts of a slide as SVG, as large as in a presentation: for browsers and for paper."""

from collections.abc import Iterable
from dataclasses import replace
from functools import singledispatch

from dashboard import theme
from dashboard.charts.arial_widths import arial_lines, arial_width
from dashboard.charts.chart_parts import SmallTrendPart, StatesPart, TimePart
from dashboard.charts.chart_widths import PROJECTOR, Screen
from dashboard.charts.drawing import Room
from dashboard.charts.drawn_columns import ColumnChart, draw_columns
from dashboard.charts.drawn_small_trends import draw_trend, placed_in
from dashboard.charts.drawn_times import BELOW_YEARS, draw_times
from dashboard.charts.key import key_of_lines, key_of_paths
from dashboard.charts.labels import has_key
from dashboard.charts.native_numbers import short_number
from dashboard.charts.native_sheets import named_row, rows_of_time
from dashboard.charts.picture import KeyEntry
from dashboard.charts.slide_shapes import ChartLook, SlideBox, css_colour
from dashboard.charts.specification import Tick, TimeChart
from dashboard.charts.svg_canvas import SvgCanvas
from dashboard.charts.svg_figures import FigureData, figures_of, figures_of_frame
from dashboard.slides.parts import BarsPart, ChartPart

LINE_OF_TITLE = 1.25  # of a chart, as a multiple of its size
LETTER_LINES = 1.1  # below the years, as a multiple of the size
LETTER_GAP = 4.0  # beside a year, if there is a strip below
ROOM_OF_ENDS = 64.0  # at the right of a small trend, for its last value
SHARE_OF_BAR = 0.74
SHARE_OF_LABEL = 0.26


@singledispatch
def canvas_of(part: ChartPart) -> SvgCanvas:
    """Each kind of chart has a function of its own."""
    raise TypeError(type(part))


def title_height(look: ChartLook) -> float:
    return LINE_OF_TITLE * look.size if look.title else 0.0


def titled_canvas(box: SlideBox, look: ChartLook, figures: Iterable[FigureData] = ()) -> SvgCanvas:
    canvas = SvgCanvas(box.width, box.height, figures)
    if look.title:
        canvas.write(look.title, 2, title_height(look) / 2, look.size, theme.INK)
    return canvas


def screen_of(box: SlideBox, look: ChartLook) -> Screen:
    """The sizes of words that a slide of this width has."""
    size = round(look.size)
    return replace(PROJECTOR, least_width=round(box.width), words=size, latest=size + 2,
                   widest_label=round(box.width * SHARE_OF_LABEL))  # fmt: skip


def draw_legend(
    entries: Iterable[KeyEntry], canvas: SvgCanvas, box: SlideBox, look: ChartLook
) -> float:
    """Marks with their names behind the title or, where there is no room, in rows below it."""
    left = arial_width(look.title, look.size) + 1.5 * look.size if look.title else 2.0
    row, used = title_height(look) - LINE_OF_TITLE * look.size, 0.0
    for entry in entries:
        width = arial_width(entry.words, look.size) + 2.6 * look.size
        if left + width > box.width or not look.title:
            left, row = 2.0, row + LINE_OF_TITLE * look.size
            used += LINE_OF_TITLE * look.size
        middle = row + LINE_OF_TITLE * look.size / 2
        ends = [(left, middle), (left + 1.6 * look.size, middle)]
        canvas.line(ends, entry.colour, 3)
        canvas.write(entry.words, left + 2 * look.size, middle, look.size, theme.INK)
        left += width
    return used


@canvas_of.register
def draw_lines(part: TimePart) -> SvgCanvas:
    chart, box, look = part.chart, part.box, part.look
    canvas = titled_canvas(box, look, figures_of(chart))
    has_path = bool(chart.path and chart.path.course)  # else the marks are named at their end
    legend = key_of_paths(chart) if has_path else ()
    top = title_height(look) + draw_legend(legend, canvas, box, look)
    screen = screen_of(box, look)
    letters = letters_of_years(chart)
    is_below = chart.strip is None
    foot = LETTER_LINES * look.size if letters and is_below else 0.0
    if has_key(chart, screen, box.height - top - foot):
        top += draw_key(chart, canvas, Room(0, top, box.width, 0), look)
    plot = draw_times(chart, canvas, screen, Room(0, top, box.width, box.height - top - foot))
    for tick, words in letters:
        beside = 0.0 if is_below else arial_width(tick.label, look.size) / 2 + LETTER_GAP
        below = BELOW_YEARS + (LETTER_LINES if is_below else 0.0)
        canvas.write(words, plot.x(tick.at) + beside, plot.foot + below * look.size, look.size,
                     theme.INK, is_bold=True, align="center" if is_below else "left")  # fmt: skip
    return canvas


def letters_of_years(chart: TimeChart) -> list[tuple[Tick, str]]:
    """The letters of each period, as the data sheet of the same slide has them."""
    name = named_row(chart)
    named = ((tick, name(tick).partition("\n")[2]) for tick in rows_of_time(chart))
    return [(tick, words) for tick, words in named if words]


def draw_key(chart: TimeChart, canvas: SvgCanvas, room: Room, look: ChartLook) -> float:
    """The names of the lines in rows, where the plot has no room for them; their height."""
    left, top, height = room.left, room.top, look.size * LINE_OF_TITLE
    for entry in key_of_lines(chart):
        width = arial_width(entry.words, look.size, is_bold=True) + 2.2 * look.size
        if left > room.left and left + width > room.right:
            left, top = room.left, top + height
        middle = top + height / 2
        canvas.mark(entry.symbol, left + look.size / 2, middle, look.size * 0.75, entry.colour)
        canvas.write(entry.words, left + 1.3 * look.size, middle, look.size, entry.colour,
                     is_bold=True)  # fmt: skip
        left += width
    return top + height - room.top


@canvas_of.register
def draw_states(part: StatesPart) -> SvgCanvas:
    chart, box, look = part.chart, part.box, part.look
    canvas = titled_canvas(box, look, figures_of(chart))
    legend = (replace(entry, colour=theme.INK) for entry in key_of_paths(chart))  # as the marks
    top = title_height(look) + draw_legend(legend, canvas, box, look)
    fills = {area: css_colour(colour) for area, colour in look.fills.items()}
    draw_columns(ColumnChart(chart, look.size, fills), canvas,
                 Room(2, top, box.width - 4, box.height - top))  # fmt: skip
    return canvas


@canvas_of.register
def draw_small_trend(part: SmallTrendPart) -> SvgCanvas:
    trend, box, look = part.trend, part.box, part.look
    canvas = SvgCanvas(box.width, box.height, figures_of_frame(trend))
    top = 0.0
    for paragraph in look.title.split("\n") if look.title else ():
        for line in arial_lines(paragraph, box.width, look.size, is_bold=True):
            top += LINE_OF_TITLE * look.size
            middle = top - LINE_OF_TITLE * look.size / 2
            canvas.write(line, 2, middle, look.size, css_colour(part.ink), is_bold=True)
    right, foot = (ROOM_OF_ENDS, 16.0) if part.has_labels else (4.0, 2.0)
    room = Room(2, top + 2, box.width - right - 2, max(8.0, box.height - top - foot - 4))
    visible = replace(trend, path=path_until_figures(part)) if part.has_labels else trend
    draw_trend(visible, canvas, room)
    if part.has_labels:
        label_ends(replace(part, trend=visible), canvas, room)
    return canvas


def path_until_figures(part: SmallTrendPart) -> tuple[tuple[float, float], ...]:
    """The path is cut where the figures end, as in a presentation."""
    last = max((point.at for point in part.trend.line.points), default=0.0)
    return tuple(corner for corner in part.trend.path if corner[0] <= last + 0.5)


def label_ends(part: SmallTrendPart, canvas: SvgCanvas, room: Room) -> None:
    """The first and the last year, and the last figure."""
    known = part.trend.line.known
    if not known:
        return
    placed = placed_in(part.trend, room)
    last = known[-1]
    x, y = placed((last.at, last.value or 0.0))
    canvas.write(short_number(last.number, last.mark), x + 8, y, 15, theme.OBSERVED, is_bold=True)
    ends = {point.label: point for point in (known[0], last)}
    for point in ends.values():
        x, _ = placed((point.at, point.value or 0.0))
        canvas.write(point.label, x, room.bottom + 10, 12, theme.INK,
                     align="left" if point is known[0] else "center")  # fmt: skip


@canvas_of.register
def draw_bars(part: BarsPart) -> SvgCanvas:
    box, look = part.box, part.look
    canvas = titled_canvas(box, look)
    top = title_height(look) + draw_bar_key(part, canvas, title_height(look)) + 4
    left = max(arial_width(name, look.size) for name in part.names) + 12
    totals = [sum(series.values[at] or 0 for series in part.series)
              for at in range(len(part.names))]  # fmt: skip
    step = (box.height - top) / len(part.names)
    width, height = box.width - left - 8, SHARE_OF_BAR * step
    for at, name in enumerate(part.names):
        middle = top + (at + 0.5) * step
        canvas.write(name, left - 8, middle, look.size, theme.INK, align="right")
        room = Room(left, middle - height / 2, width, height)
        draw_bar(part, at, canvas, room, longest=max(totals) or 1)
    return canvas


def draw_bar(part: BarsPart, at: int, canvas: SvgCanvas, room: Room, *, longest: float) -> None:
    """The parts of one bar; the longest of all bars is as wide as the room."""
    left = room.left
    for series in part.series:
        value = series.values[at] or 0
        if not value:
            continue
        width, fill = value / longest * room.width, css_colour(series.fill)
        canvas.box(Room(left, room.top, width, room.height), fill, fill)
        words = f"{value:g}"
        if arial_width(words, part.look.size, is_bold=True) < width:
            middle = room.top + room.height / 2
            canvas.write(words, left + width / 2, middle, part.look.size, css_colour(series.ink),
                         is_bold=True, align="center")  # fmt: skip
        left += width


def draw_bar_key(part: BarsPart, canvas: SvgCanvas, top: float) -> float:
    size, left = part.look.size, 2.0
    for series in part.series:
        fill = css_colour(series.fill)
        canvas.box(Room(left, top + 0.25 * size, size, 0.8 * size), fill, fill)
        canvas.write(series.name, left + 1.4 * size, top + 0.65 * size, size, theme.INK)
        left += arial_width(series.name, size) + 2.6 * size
    return LINE_OF_TITLE * size
