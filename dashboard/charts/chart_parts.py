"""A chart of a slide or a document: its subject, its position, and its look."""

from dataclasses import dataclass

from dashboard.charts.slide_shapes import ChartLook, Colour, SlideBox, ThemeColour
from dashboard.charts.specification import SmallTrend, StatesChart, TimeChart

TITLE_SHARE = 0.78  # of the width of a small frame: LibreOffice breaks a wider title


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
