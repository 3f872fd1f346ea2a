"""How lines, marks and names of a native chart look, whatever it shows."""

from collections.abc import Mapping
from dataclasses import replace

from pptx.enum.chart import (
    XL_LABEL_POSITION,
    XL_MARKER_STYLE,
)
from pptx.enum.dml import MSO_LINE

from dashboard import theme
from dashboard.charts.native_charts import LineLook, PointLabel, Pptx, label_point
from dashboard.charts.native_sheets import (
    SeriesRole,
    SheetSeries,
)
from dashboard.charts.slide_shapes import ChartLook, Colour, ThemeColour
from dashboard.charts.specification import (
    ChartKind,
)
from metrics.core.tables import LOWER_LIMIT, UPPER_LIMIT

MARKERS = (
    XL_MARKER_STYLE.CIRCLE, XL_MARKER_STYLE.SQUARE, XL_MARKER_STYLE.DIAMOND,
    XL_MARKER_STYLE.TRIANGLE, XL_MARKER_STYLE.X, XL_MARKER_STYLE.STAR, XL_MARKER_STYLE.PLUS,
    XL_MARKER_STYLE.DASH,
)  # fmt: skip
LIMIT_MARKERS = {LOWER_LIMIT: XL_MARKER_STYLE.TRIANGLE, UPPER_LIMIT: XL_MARKER_STYLE.SQUARE}
LEAST_SIZE = 12.0
LOOKS: Mapping[SeriesRole, LineLook] = {
    SeriesRole.FIGURES: LineLook(ThemeColour.INK, marker_size=8),
    SeriesRole.PART_OF_YEAR: LineLook(
        ThemeColour.INK, marker=XL_MARKER_STYLE.TRIANGLE, marker_size=9, is_line=False
    ),
    SeriesRole.PATH: LineLook(ThemeColour.INK, 2.5, MSO_LINE.DASH),
    SeriesRole.EARLIER_PATH: LineLook(
        ThemeColour.INK, marker=XL_MARKER_STYLE.DASH, marker_size=14, is_line=False
    ),
    SeriesRole.APPROACH: LineLook(ThemeColour.INK, 1, MSO_LINE.ROUND_DOT),
    SeriesRole.OUTLOOK: LineLook(ThemeColour.INK, 2.5, MSO_LINE.ROUND_DOT),
    SeriesRole.OUTLOOK_LIMIT: LineLook(ThemeColour.INK, 1, MSO_LINE.ROUND_DOT),
    SeriesRole.STEP: LineLook(ThemeColour.INK, is_line=False),
}


def look_of(column: SheetSeries, kind: ChartKind) -> LineLook:
    look = LOOKS[column.role]
    if column.role is SeriesRole.FIGURES:
        marker = MARKERS[column.line % len(MARKERS)]
        look = replace(look, width=4 if kind is ChartKind.TREND else 3, marker=marker)
    return replace(look, colour=colour_of_series(column, kind))


def colour_of_series(column: SheetSeries, kind: ChartKind) -> Colour:
    if column.role in {SeriesRole.PATH, SeriesRole.EARLIER_PATH, SeriesRole.APPROACH}:
        return ThemeColour.PATH
    if column.role in {SeriesRole.OUTLOOK, SeriesRole.OUTLOOK_LIMIT}:
        return theme.OUTLOOK
    if column.role is SeriesRole.STEP:
        return ThemeColour.SOFT
    is_alone = kind in {ChartKind.TREND, ChartKind.MULTIPLES}
    return ThemeColour.OBSERVED if is_alone else theme.LINES[column.line % len(theme.LINES)]


def colour_of_line(number: int | None) -> str:
    """Of what belongs to one of several lines, as an element of a drawing."""
    if number is None:
        return '<a:schemeClr val="accent6"/>'
    return f'<a:srgbClr val="{theme.LINES[number % len(theme.LINES)].removeprefix("#").upper()}"/>'


def name_step(series: Pptx, look: ChartLook) -> None:
    """The name of a step at the axis, in place of its number."""
    label = PointLabel(XL_LABEL_POSITION.LEFT, size=max(LEAST_SIZE, look.size - 2),
                       colour=ThemeColour.SOFT, has_name=True, has_value=False)  # fmt: skip
    label_point(series, 0, label)
