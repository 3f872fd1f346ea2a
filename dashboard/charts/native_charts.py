"""What python-pptx cannot say about a native chart by itself: gaps, marks, labels, places."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE, MSO_THEME_COLOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from dashboard.charts.native_sheets import ChartSheet, SheetSeries
from dashboard.charts.slide_shapes import Colour, SlideBox, ThemeColour

THEME_COLOURS_OF_OFFICE = {
    ThemeColour.INK: MSO_THEME_COLOR.TEXT_1,
    ThemeColour.OBSERVED: MSO_THEME_COLOR.ACCENT_1,
    ThemeColour.PATH: MSO_THEME_COLOR.ACCENT_2,
    ThemeColour.SOFT: MSO_THEME_COLOR.ACCENT_6,
}
GRID_COLOUR = "D6DCE5"
LABEL_ORDER = ("c:numFmt", "c:spPr", "c:txPr", "c:dLblPos", "c:showLegendKey", "c:showVal")
GENERAL = "General"
BESIDE_MARK = 0.008  # of the width of a chart: a moved label is no longer beside its own mark
LONG_AGO = datetime(1980, 1, 1)  # noqa: DTZ001 - a workbook knows no time zone

Pptx = Any  # an object of python-pptx, whose types are not complete
Xml = Any  # an element of lxml, of a class of python-pptx


def paint(target: Pptx, colour: Colour) -> None:
    if isinstance(colour, ThemeColour):
        target.theme_color = THEME_COLOURS_OF_OFFICE[colour]
    else:
        target.rgb = RGBColor.from_string(colour.removeprefix("#").upper())


def describe(shape: Pptx, name: str, description: str) -> Pptx:
    """The name and the alternative text of a shape, which python-pptx does not offer."""
    shape.name = name
    shape._element.xpath(".//p:cNvPr")[0].set("descr", description)  # noqa: SLF001
    return shape


class UndatedWorkbook(CategoryWorkbookWriter):
    """The workbook of a chart without the time at which it was written."""

    @contextmanager
    def _open_worksheet(self, xlsx_file: Pptx) -> Iterator[tuple[Pptx, Pptx]]:
        with super()._open_worksheet(xlsx_file) as (workbook, worksheet):
            workbook.set_properties({"created": LONG_AGO})
            yield workbook, worksheet


class SheetData(CategoryChartData):
    """The figures of a chart as python-pptx takes them."""

    @property
    def _workbook_writer(self) -> UndatedWorkbook:
        return UndatedWorkbook(self)  # type: ignore[no-untyped-call]


def add_native_chart(
    shapes: Pptx,
    kind: XL_CHART_TYPE,
    sheet: ChartSheet,
    box: SlideBox,
    size: float,
) -> Pptx:
    """A chart with its workbook. What is None is an empty cell there, and a gap in the line."""
    data: Pptx = SheetData(number_format=GENERAL)  # type: ignore[no-untyped-call]
    data.categories = sheet.rows
    for series in sheet.series:
        data.add_series(series.name, series.values)
    frame = shapes.add_chart(kind, Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height), data)
    chart = frame.chart
    number_axes(chart)
    chart.has_title = chart.has_legend = False  # else a single series brings a title of its own
    chart.font.size = Pt(size)
    paint(chart.font.color, ThemeColour.INK)
    paint(chart.value_axis.major_gridlines.format.line.color, GRID_COLOUR)
    chart.value_axis.format.line.fill.background()
    chart.value_axis.major_tick_mark = chart.category_axis.major_tick_mark = XL_TICK_MARK.NONE
    paint(chart.category_axis.format.line.color, ThemeColour.SOFT)
    return frame


def number_axes(chart: Pptx) -> None:
    """The numbers of axes are positive; python-pptx gives those of columns a minus."""
    for named in chart._chartSpace.xpath(".//c:axId | .//c:crossAx"):  # noqa: SLF001
        named.set("val", named.get("val").removeprefix("-"))


def write_chart_title(chart: Pptx, words: str, size: float, *, is_bold: bool = False) -> None:
    """Unit and mark as the title of the chart itself: they go where the chart is copied to."""
    chart.has_title = True
    frame = chart.chart_title.text_frame
    frame.text = words
    for run in (run for paragraph in frame.paragraphs for run in paragraph.runs):
        run.font.size, run.font.bold = Pt(size), is_bold
    layout = chart.chart_title._element.find(qn("c:layout"))  # noqa: SLF001
    layout.append(manual_layout({"x": 0.004, "y": 0.0}))


def manual_layout(shares: Mapping[str, float], *, is_inner: bool = False) -> Xml:
    target = '<c:layoutTarget val="inner"/>' if is_inner else ""
    modes = "".join(f'<c:{key}Mode val="edge"/>' for key in shares if key in "xy")
    sizes = "".join(f'<c:{key} val="{value:.4f}"/>' for key, value in shares.items())
    return parse_xml(f"<c:manualLayout {nsdecls('c')}>{target}{modes}{sizes}</c:manualLayout>")


def set_plot_area(chart: Pptx, plot: SlideBox) -> None:
    """Where the plot lies in its frame, in shares: charts side by side get one scale."""
    area = chart._chartSpace.chart.plotArea  # noqa: SLF001
    layout = area.find(qn("c:layout"))
    if layout is None:
        layout = parse_xml(f"<c:layout {nsdecls('c')}/>")
        area.insert(0, layout)
    for earlier in list(layout):
        layout.remove(earlier)
    shares = {"x": plot.left, "y": plot.top, "w": plot.width, "h": plot.height}
    layout.append(manual_layout(shares, is_inner=True))


def set_scale(chart: Pptx, low: float, high: float, step: float | None = None) -> None:
    axis = chart.value_axis
    axis.minimum_scale, axis.maximum_scale = low, high
    if step:
        axis.major_unit = step


def start_at_axis(chart: Pptx) -> None:
    """The first category lies on the value axis, not half a category beside it."""
    axis = chart.value_axis._element  # noqa: SLF001
    for earlier in axis.findall(qn("c:crossBetween")):
        axis.remove(earlier)
    before = axis.find(qn("c:crosses"))
    before = axis.find(qn("c:crossAx")) if before is None else before
    before.addnext(parse_xml(f'<c:crossBetween {nsdecls("c")} val="midCat"/>'))


@dataclass(frozen=True)
class LineLook:
    colour: Colour
    width: float = 3.0
    dash: MSO_LINE | None = None
    marker: XL_MARKER_STYLE = XL_MARKER_STYLE.NONE
    marker_size: int = 0
    is_line: bool = True


def draw_line(series: Pptx, look: LineLook) -> None:
    series.smooth = False
    if look.is_line:
        series.format.line.width = Pt(look.width)
        paint(series.format.line.color, look.colour)
    else:
        series.format.line.fill.background()
    if look.dash is not None:
        series.format.line.dash_style = look.dash
    series.marker.style = look.marker
    if look.marker is not XL_MARKER_STYLE.NONE:
        series.marker.size = look.marker_size
        series.marker.format.fill.solid()
        paint(series.marker.format.fill.fore_color, look.colour)
        paint(series.marker.format.line.color, look.colour)


def draw_open_marker(
    series: Pptx, index: int, colour: Colour, style: XL_MARKER_STYLE, fill: Colour = "FFFFFF"
) -> None:
    """Of a qualified value. LibreOffice takes the shape only if the size is another, too.

    It draws no edge where points have no line: their marker is filled.
    """
    marker = series.points[index].marker
    marker.style, marker.size = style, 12
    marker.format.fill.solid()
    paint(marker.format.fill.fore_color, fill)
    marker.format.line.width = Pt(2.25)
    paint(marker.format.line.color, colour)


@dataclass(frozen=True)
class PointLabel:
    """A label that is tied to its cell: an edited figure changes it."""

    position: Pptx  # XL_LABEL_POSITION
    number_format: str = GENERAL
    size: float = 16
    colour: Colour = ThemeColour.INK
    has_name: bool = False
    has_value: bool = True
    down: float = 0.0  # moved, in shares of the chart's height
    is_upright: bool = False
    is_in_one_line: bool = False  # name and value


def label_point(series: Pptx, index: int, label: PointLabel) -> None:
    written = series.points[index].data_label
    written.font.size, written.font.bold = Pt(label.size), True
    paint(written.font.color, label.colour)
    written.position = label.position
    element = written._get_or_add_dLbl()  # noqa: SLF001
    code = parse_xml(f'<c:numFmt {nsdecls("c")} formatCode="" sourceLinked="0"/>')
    code.set("formatCode", label.number_format)
    element.insert_element_before(code, *LABEL_ORDER[1:])
    body = element.find(qn("c:txPr")).find(qn("a:bodyPr"))
    body.set("wrap", "none")  # LibreOffice breaks within a word
    if label.is_upright:
        body.set("rot", "-5400000")
        body.set("vert", "horz")
    element.find(qn("c:showVal")).set("val", str(int(label.has_value)))
    if label.has_name:
        element.find(qn("c:showSerName")).set("val", "1")
        if label.has_value:
            between = " " if label.is_in_one_line else "\n"
            element.append(parse_xml(f"<c:separator {nsdecls('c')}>{between}</c:separator>"))
    if label.down:
        moved = parse_xml(
            f'<c:layout {nsdecls("c")}><c:manualLayout><c:x val="{BESIDE_MARK}"/>'
            f'<c:y val="{label.down:.4f}"/></c:manualLayout></c:layout>'
        )
        element.insert(1, moved)
        hide_leader_lines(element.getparent())


NO_LEADER_LINES = (
    f'<c:extLst {nsdecls("c")}><c:ext uri="{{CE6537A1-D6FC-4f65-9D91-7224C49458BB}}" '
    'xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart">'
    '<c15:showLeaderLines val="0"/></c:ext></c:extLst>'
)


def hide_leader_lines(labels: Xml) -> None:
    """No line from a label that was moved to its point: marks are there already."""
    if labels.find(qn("c:extLst")) is None:
        labels.append(parse_xml(NO_LEADER_LINES))


def move_to_line_chart(chart: Pptx, numbers: list[int]) -> list[Pptx]:
    """Move series of a column chart to a line chart on the same axes; they are returned."""
    bars = chart._chartSpace.xpath(".//c:barChart")[0]  # noqa: SLF001
    every = bars.findall(qn("c:ser"))
    axes = "".join(f'<c:axId val="{axis.get("val")}"/>' for axis in bars.findall(qn("c:axId")))
    lines = parse_xml(
        f'<c:lineChart {nsdecls("c")}><c:grouping val="standard"/><c:varyColors val="0"/>'
        f'<c:marker val="1"/>{axes}</c:lineChart>'
    )
    for at, number in enumerate(numbers):
        for of_bars in every[number].findall(qn("c:invertIfNegative")):
            every[number].remove(of_bars)
        lines.insert(2 + at, every[number])
    bars.addnext(lines)
    return list(chart.plots[1].series)


def tag_language(part: Xml, language: str) -> None:
    """Mark each run of a part with its language: spelling and screen readers follow it."""
    for run in part.iter(qn("a:r")):
        run.get_or_add_rPr()
    for properties in part.iter(qn("a:rPr"), qn("a:endParaRPr"), qn("a:defRPr")):
        if properties.get("lang") is None:
            properties.set("lang", language)


def series_of(chart: Pptx, sheet: ChartSheet) -> list[tuple[Pptx, SheetSeries]]:
    """The drawn series beside the columns that they are of."""
    return list(zip(chart.plots[0].series, sheet.series, strict=True))
