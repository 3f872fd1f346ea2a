"""Stacked bars of a slide as a native chart."""

from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.util import Pt

from dashboard.charts.arial_widths import arial_width
from dashboard.charts.native_charts import (
    Pptx,
    add_native_chart,
    describe,
    paint,
    set_plot_area,
    write_chart_title,
)
from dashboard.charts.native_sheets import ChartSheet, SheetSeries
from dashboard.charts.slide_shapes import SlideBox
from dashboard.slides.parts import BarsPart


def add_bars(part: BarsPart, shapes: Pptx) -> Pptx:
    box, look = part.box, part.look
    series = tuple(SheetSeries(own.name, own.values) for own in part.series)
    sheet = ChartSheet(part.names, series)
    frame = add_native_chart(shapes, XL_CHART_TYPE.BAR_STACKED, sheet, box, look.size)
    chart = frame.chart
    write_chart_title(chart, look.title, look.size)
    left = (max(arial_width(name, look.size) for name in part.names) + 16) / box.width
    set_plot_area(chart, SlideBox(left, 0.23, 0.99 - left, 0.75))
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    chart.legend.font.size = Pt(look.size)
    chart.value_axis.visible = chart.value_axis.has_major_gridlines = False
    chart.value_axis.minimum_scale = 0
    chart.category_axis.reverse_order = True
    chart.plots[0].gap_width, chart.plots[0].overlap = 35, 100
    for drawn, own in zip(chart.plots[0].series, part.series, strict=True):
        drawn.format.fill.solid()
        paint(drawn.format.fill.fore_color, own.fill)
        labels = drawn.data_labels
        labels.show_value, labels.number_format, labels.number_format_is_linked = True, "0;;", False
        labels.font.size, labels.font.bold = Pt(look.size), True
        paint(labels.font.color, own.ink)
    return describe(frame, look.name, look.description)
