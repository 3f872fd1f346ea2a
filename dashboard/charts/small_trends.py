"""The geometry of a trend the size of a word: a scale from zero, and lines with gaps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import nan

from dashboard.charts.specification import ChartLine

Position = tuple[float, float]


@dataclass(frozen=True)
class Size:
    """Measures of a drawing, in pixels."""

    width: int
    height: int
    edge: int
    line: float
    path: float
    dot: float


def positions_of_line(line: ChartLine) -> Iterator[Position]:
    """The values of each run, and none between two runs and before a part of a year."""
    for run in (*line.runs, *((point,) for point in line.parts_of_years)):
        yield from ((point.at, nan if point.value is None else point.value) for point in run)
        if run:
            yield run[-1].at, nan


class Scale:
    """Map (year, value) to pixels, by default the years drawn; the value axis starts at zero."""

    def __init__(
        self, drawn: Sequence[Position], size: Size, span: tuple[float, float] | None = None
    ) -> None:
        self.size = size
        years, values = zip(*drawn, strict=True)
        first, last = span or (min(years), max(years))
        self.left, self.wide = first, (last - first) or 1
        self.low = min(0.0, *values)
        self.high = (max(*values, self.low) - self.low) or 1

    def __call__(self, position: Position) -> Position:
        width, height, edge = self.size.width, self.size.height, self.size.edge
        x = edge + (position[0] - self.left) / self.wide * (width - 2 * edge)
        y = height - edge - (position[1] - self.low) / self.high * (height - 2 * edge)
        return round(x, 1), round(y, 1)
