"""How wide the place of a chart is: a server does not know it, so a chart is laid out for each."""

from dataclasses import dataclass

from dashboard.charts.measure import LINE_HEIGHT, text_width, wrap_words
from dashboard.charts.specification import Axis, Strip, Tick, Years

TOP = float("inf")  # the height of the upper edge of a plot


@dataclass(frozen=True)
class Screen:
    """The sizes of words in pixels, for places of at least a width."""

    least_width: int
    words: int
    latest: int  # the latest value
    widest_label: int
    has_labels_beside: bool  # the ends of lines, else above the plot

    @property
    def line_height(self) -> float:
        return self.words * LINE_HEIGHT


PROJECTOR = Screen(880, 16, 20, 240, has_labels_beside=True)
COLUMN = Screen(600, 16, 20, 200, has_labels_beside=True)  # beside a table, on a projector
PAPER = Screen(440, 14, 16, 160, has_labels_beside=True)  # and a tablet
TELEPHONE = Screen(250, 14, 16, 110, has_labels_beside=False)
SCREENS = (PROJECTOR, COLUMN, PAPER, TELEPHONE)


@dataclass(frozen=True)
class Frame:
    """The plot within its picture: at the least width of a screen, where words are closest."""

    screen: Screen
    axis: Axis
    years: Years
    left: float
    right: float
    top: float
    bottom: float
    height: float
    headroom: float  # pixels above the highest value, for words

    @property
    def width(self) -> float:
        return max(80.0, self.screen.least_width - self.left - self.right)

    @property
    def plot_height(self) -> float:
        return self.height - self.top - self.bottom

    @property
    def highest(self) -> float:
        """The value at the upper edge of the plot, above the room for words."""
        share = self.plot_height / max(1.0, self.plot_height - self.headroom)
        return self.axis.low + (self.axis.high - self.axis.low) * share

    @property
    def year_width(self) -> float:
        return self.width / (self.years.high - self.years.low)

    def x_of(self, at: float) -> float:
        return (at - self.years.low) * self.year_width

    def y_of(self, value: float) -> float:
        """Pixels below the upper edge of the plot, which is the height `TOP`."""
        height = min(value, self.highest)
        return (self.highest - height) / (self.highest - self.axis.low) * self.plot_height


def tick_lines(tick: Tick, screen: Screen) -> tuple[str, ...]:
    return wrap_words(tick.label, screen.widest_label, screen.words)


def tick_room(axis: Axis, screen: Screen) -> float:
    """Pixels at the left of the plot for the labels of the value axis."""
    lines = [line for tick in axis.ticks for line in tick_lines(tick, screen)]
    return max((text_width(line, screen.words) for line in lines), default=0) + 12


def strip_rows(strip: Strip | None, screen: Screen) -> int:
    """A row for the values and, where there is no room beside them, one for the name."""
    if strip is None:
        return 0
    return 1 if screen.has_labels_beside else 2


def year_labels(years: Years, frame: Frame) -> list[Tick]:
    """As many years as have room, counted from the last: 2025, or ’25 on a telephone."""
    ticks = [Tick(tick.at, short_year(tick.label, frame.screen)) for tick in years.ticks]
    widest = max((text_width(tick.label, frame.screen.words) for tick in ticks), default=1) + 10
    step = max(1, -int(-widest // frame.year_width))
    return ticks[::-1][::step][::-1]


def short_year(label: str, screen: Screen) -> str:
    return label if screen.has_labels_beside else f"’{label[-2:]}"
