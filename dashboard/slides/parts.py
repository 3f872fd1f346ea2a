"""What the middle of a slide consists of, before any program draws it.

A presentation has each part as a native object (`native_parts`), a browser as HTML (`html_parts`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.slide_shapes import ChartLook, Colour, SlideBox, ThemeColour
from dashboard.charts.specification import SmallTrend, StatesChart, TimeChart
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
class TimePart:
    chart: TimeChart
    box: SlideBox
    look: ChartLook


@dataclass(frozen=True)
class StatesPart:
    chart: StatesChart
    box: SlideBox
    look: ChartLook


@dataclass(frozen=True)
class SmallTrendPart:
    """A small trend in a row of a table, or one of many."""

    trend: SmallTrend
    box: SlideBox
    look: ChartLook
    path_name: str
    ink: Colour = ThemeColour.INK  # of its title
    has_labels: bool = False


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


SlidePart = TablePart | TextPart | TimePart | StatesPart | SmallTrendPart | BarsPart
