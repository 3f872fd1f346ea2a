"""Labels of a native chart at the last values of its series, kept apart."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pptx.enum.chart import (
    XL_LABEL_POSITION,
)

from dashboard.charts.measure import spread_apart
from dashboard.charts.native_charts import (
    PointLabel,
    Pptx,
    label_point,
)
from dashboard.charts.native_sheets import (
    ChartSheet,
    SeriesRole,
    SheetSeries,
)

LINE_OF_LABEL = 1.2  # its height, as a multiple of the size of its type
ROOM_ABOVE_PLOT = 16.0  # of labels, in the line of the title


def labelled(sheet: ChartSheet) -> list[SheetSeries]:
    """The series that are named at their ends: of a line in runs, the last of them."""
    last = {column.line: column for column in sheet.of_role(SeriesRole.FIGURES)}
    of_parts = {column.line: column for column in sheet.of_role(SeriesRole.PART_OF_YEAR)}
    named = list((of_parts | last).values())
    paths = sheet.of_role(SeriesRole.PATH) or sheet.of_role(SeriesRole.EARLIER_PATH)
    return [*named, *paths, *sheet.of_role(SeriesRole.OUTLOOK)]


def end_of(column: SheetSeries) -> int:
    """The row that is labelled: of the last value, unless the column names another."""
    if column.labelled_row is not None:
        return column.labelled_row
    known = [at for at, value in enumerate(column.values) if value is not None]
    return known[-1] if known else -1


@dataclass(frozen=True)
class EndLabel:
    """The label at the last value of a series, before it is kept apart from others."""

    number: int  # of the series in the sheet
    row: int
    value: float
    lines: int
    label: PointLabel


@dataclass(frozen=True)
class PlotHeight:
    """The height of a plot in units of its axis and in points, and of its frame in points."""

    units: float
    points: float
    frame: float


def place_labels(
    native: Pptx, labels: Sequence[EndLabel], sheet: ChartSheet, height: PlotHeight
) -> None:
    """Labels at the right edge one below the other; others above or below their points."""
    drawn = list(native.plots[0].series)
    last = max((label.row for label in labels), default=0)
    at_edge = sorted((label for label in labels if label.row == last), key=lambda one: -one.value)
    low = native.value_axis.minimum_scale
    centres = [(1 - (one.value - low) / height.units) * height.points for one in at_edge]
    taken = [one.lines * one.label.size * LINE_OF_LABEL for one in at_edge]
    apart = spread_apart(centres, taken, -ROOM_ABOVE_PLOT, height.points + 4)
    for one, centre, wanted in zip(at_edge, centres, apart, strict=True):
        down = (wanted - centre) / height.frame
        label_point(drawn[one.number], one.row, replace(one.label, down=down))
    for one in labels:
        if one.row != last:
            label_point(drawn[one.number], one.row, inside(one, sheet))


def inside(one: EndLabel, sheet: ChartSheet) -> PointLabel:
    """Away from the other lines: below where one of them runs above."""
    others = [column.values[one.row] for number, column in enumerate(sheet.series)
              if number != one.number and column.role is not SeriesRole.STEP]  # fmt: skip
    is_above = any(value is not None and value >= one.value for value in others)
    position = XL_LABEL_POSITION.BELOW if is_above else XL_LABEL_POSITION.ABOVE
    return replace(one.label, position=position)
