"""What the middle of a slide consists of, before any program draws it.

A presentation has each part as a native object (`native_parts`), a browser as HTML (`html_parts`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.chart_parts import SmallTrendPart, StatesPart, TimePart
from dashboard.charts.slide_shapes import ChartLook, SlideBox
from dashboard.slides.paragraphs import Paragraphs
from dashboard.slides.tables import TableCell, TableLook


@dataclass(frozen=True)
class TablePart:
    box: SlideBox
    rows: Sequence[Sequence[TableCell]]
    look: TableLook


@dataclass(frozen=True)
class TextPart:
    """A text box; its first paragraphs may be bold."""

    box: SlideBox
    text: Paragraphs
    name: str


@dataclass(frozen=True)
class BarSeries:
    """A part of each bar, in one colour; None where a bar has no such part."""

    name: str
    values: tuple[float | None, ...]
    fill: str
    ink: str  # of the numbers


@dataclass(frozen=True)
class BarsPart:
    """Bars of several parts, one below the other, with the key above them."""

    names: tuple[str, ...]  # of the bars
    series: tuple[BarSeries, ...]
    box: SlideBox
    look: ChartLook


ChartPart = TimePart | StatesPart | SmallTrendPart | BarsPart
SlidePart = TablePart | TextPart | ChartPart
