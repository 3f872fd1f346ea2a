"""Changes of shares as they are printed beside the figures that they are the difference of."""

from decimal import Decimal
from math import isclose

from dashboard.released.series import AssessedSeries, has_value
from dashboard.rounding import Comparison, round_for_print
from dashboard.rows_by_key import Record
from dashboard.texts import Text

NOISE_OF_FILES = 1e-6  # percentage points: less is the noise of numbers in files


def points_in_words(series: AssessedSeries, change: Record, text: Text) -> str:
    """`−19.08 pp`: a released change of shares as the difference of both, as they are printed."""
    ends = str(change["base_period"]), str(change["period"])
    points = printed_points(series, *ends, change["change"])
    return text("state.points", n=text.signed(points.difference, points.decimals, fixed=True))


def printed_points(series: AssessedSeries, base: str, period: str, change: float) -> Comparison:
    """Both shares as they are printed, where the released change is their difference.

    One that is chained over the States that report in both years is rounded alone.
    """
    rows = [series.row_in(base), series.row_in(period)]
    digits = series.decimals_of_points(rows) or 0
    values = [float(row["value"]) for row in rows if row and has_value(row)]
    is_fixed = series.usual_decimals is not None
    if len(values) < len(rows) or not isclose(
        values[1] - values[0], change, abs_tol=NOISE_OF_FILES
    ):
        return Comparison(digits, round_for_print(change, digits), Decimal(0), is_fixed)
    first, last = (round_for_print(value, digits) for value in values)
    return Comparison(digits, last, first, is_fixed)
