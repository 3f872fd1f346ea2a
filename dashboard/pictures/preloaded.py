"""Load what every picture needs, once, in the process from which each drawing is forked."""

from contextlib import suppress

from dashboard.charts.picture import Picture
from dashboard.charts.specification import (
    Axis,
    Caption,
    ChartKind,
    ChartLine,
    ChartPoint,
    ChartSource,
    Tick,
    TimeChart,
    Years,
)
from dashboard.exports import formats_of
from dashboard.pictures.drawing import write_in_format


def draw_example() -> None:
    """Draw a chart of one figure in every format, so that fonts and settings are read here."""
    point = ChartPoint("2024", "2024", 2024.5, 1.0, "1", "1")
    years, ticks = (Tick(2024.5, "2024"),), (Tick(0.0, "0"),)
    chart = TimeChart(
        ChartKind.TREND,
        Caption("α", ChartSource("a")),
        Axis(0.0, 1.0, ticks, "a"),
        Years(2024.0, 2025.0, years),
        (ChartLine("a", ((point,),), label="1"),),
    )
    for name in formats_of(Picture):
        write_in_format(Picture(chart, "en", "a"), name)


with suppress(Exception):  # a fault is reported where a picture is drawn
    draw_example()
