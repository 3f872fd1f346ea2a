"""The years below a small trend with labels or, where they have no room, the first and the last."""

from dashboard.charts.arial_widths import arial_width
from dashboard.charts.native_sheets import ChartSheet, sheet_of_small_trend
from dashboard.charts.specification import SmallTrend

LEFT_OF_PLOT, RIGHT_OF_PLOT = 0.03, 0.19  # shares of the frame; at the right are the last values
YEAR_SIZE, YEAR_GAP = 12.0, 3.0  # points: of their names, and between two


def are_years_named(sheet: ChartSheet, width: float) -> bool:
    """Whether the name of each row has room below a plot in a frame of a width."""
    room = width * (1 - LEFT_OF_PLOT - RIGHT_OF_PLOT) / len(sheet.rows)
    return max(arial_width(name, YEAR_SIZE) for name in sheet.rows) + YEAR_GAP <= room


def span_without_names(trend: SmallTrend, width: float) -> str:
    """`2014–2024`, for the title of a trend whose axis has no names; else empty."""
    sheet = sheet_of_small_trend(trend, "", is_cut=True)
    return "" if are_years_named(sheet, width) else f"{sheet.rows[0]}–{sheet.rows[-1]}"
