"""Where a time and a height lie in the frame of a native chart, whose rows are equally wide."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from dashboard.charts.native_sheets import rows_of_time
from dashboard.charts.slide_shapes import SlideBox
from dashboard.charts.specification import TimeChart

HALF_ROW = 0.5


@dataclass(frozen=True)
class NativeScale:
    """Of the value axis."""

    low: float
    units: float  # from the lowest value to the highest

    def down_to(self, value: float, height: float) -> float:
        """From the top of a plot of a height to a value."""
        return (1 - (value - self.low) / self.units) * height


@dataclass(frozen=True)
class ChartPlaces:
    chart: TimeChart
    scale: NativeScale
    plot: SlideBox  # in shares of the frame
    frame: SlideBox

    @cached_property
    def times(self) -> list[float]:
        """Of the rows."""
        return [tick.at for tick in rows_of_time(self.chart)]

    def share_of(self, at: float) -> float:
        """Of the width of the frame."""
        row, rows = row_of_time(at, self.times), len(self.times)
        is_at_axis = not self.chart.axis.unit
        share = row / max(1, rows - 1) if is_at_axis else (row + HALF_ROW) / rows
        return self.plot.left + share * self.plot.width

    def position_of(self, at: float, height: float) -> tuple[float, float]:
        """In points: from the left edge of the frame, and downwards from the top of the plot."""
        down = self.scale.down_to(height, self.plot_height)
        return self.share_of(at) * self.frame.width, down

    @property
    def plot_height(self) -> float:
        return self.plot.height * self.frame.height


def row_of_time(at: float, times: list[float]) -> float:
    """A time between two rows is so far between them; before all, it is half a row before."""
    for row, (start, end) in enumerate(pairwise(times)):
        if start <= at <= end:
            return row + (at - start) / (end - start)
    return -HALF_ROW if at < times[0] else len(times) - HALF_ROW
