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
from dashboard.charts.native_rows import NativeScale
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


def is_labelled(column: SheetSeries, sheet: ChartSheet) -> bool:
    """Of the series itself: another one may have the same name and values."""
    return any(column is own for own in labelled(sheet))


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

    @property
    def height(self) -> float:
        return self.lines * self.label.size * LINE_OF_LABEL


@dataclass(frozen=True)
class PlotHeight:
    """The height of a plot and of its frame in points, and the scale of its axis."""

    scale: NativeScale
    points: float
    frame: float

    def down_to(self, value: float) -> float:
        return self.scale.down_to(value, self.points)


def place_labels(
    native: Pptx, labels: Sequence[EndLabel], sheet: ChartSheet, height: PlotHeight
) -> None:
    """Labels at the right of the last figures one below the other; others at their points."""
    drawn = list(native.plots[0].series)
    last = max((label.row for label in labels), default=0)
    wishes = {one.number: wished_centre(one, sheet, height) for one in labels
              if one.row == last or is_followed_by_path(one, sheet)}  # fmt: skip
    at_edge = sorted((one for one in labels if one.number in wishes),
                     key=lambda one: wishes[one.number])  # fmt: skip
    apart = spread_apart([wishes[one.number] for one in at_edge], [one.height for one in at_edge],
                         -ROOM_ABOVE_PLOT, height.points + 4)  # fmt: skip
    for one, wanted in zip(at_edge, apart, strict=True):
        down = (wanted - height.down_to(one.value)) / height.frame
        label_point(drawn[one.number], one.row, replace(one.label, down=down))
    for one in labels:
        if one.number not in wishes:
            label_point(drawn[one.number], one.row, inside(one, sheet))


def is_followed_by_path(one: EndLabel, sheet: ChartSheet) -> bool:
    """Whether figures end here, and only a path continues."""
    after = (column for column in sheet.series
             if any(value is not None for value in column.values[one.row + 1 :]))  # fmt: skip
    return sheet.series[one.number].role is SeriesRole.FIGURES and all(
        column.role is SeriesRole.PATH for column in after
    )


def wished_centre(one: EndLabel, sheet: ChartSheet, height: PlotHeight) -> float:
    """Level with the value; clear of a path that continues beside the words."""
    own, half = height.down_to(one.value), one.height / 2
    beside = [
        [value for value in column.values[one.row :] if value is not None]
        for column in sheet.of_role(SeriesRole.PATH)
        if sheet.series[one.number].role is SeriesRole.FIGURES
    ]
    for heights in (heights for heights in beside if len(heights) > 1):
        edges = [height.down_to(value) for value in heights]
        is_below = one.value < heights[0]
        own = max(own, max(edges) + half) if is_below else min(own, min(edges) - half)
    return own


def inside(one: EndLabel, sheet: ChartSheet) -> PointLabel:
    """Away from the other lines: below where one of them runs above."""
    others = [column.values[one.row] for number, column in enumerate(sheet.series)
              if number != one.number and column.role is not SeriesRole.STEP]  # fmt: skip
    is_above = any(value is not None and value >= one.value for value in others)
    position = XL_LABEL_POSITION.BELOW if is_above else XL_LABEL_POSITION.ABOVE
    return replace(one.label, position=position)
