"""The extrapolated trend in a chart: a line with its prediction interval."""

from dashboard.charts.specification import TrendExtrapolation
from dashboard.released.series import AssessedSeries
from dashboard.texts import Text


def extrapolation_of(series: AssessedSeries, text: Text) -> TrendExtrapolation | None:
    """None where there is no trend to extrapolate."""
    if series.outlook is None or not series.outlook.path:
        return None
    when, value, low, high = zip(*series.outlook.path, strict=True)
    return TrendExtrapolation(
        text("outlook.in_chart"),
        tuple(zip(when, value, strict=True)),
        tuple(zip(when, low, strict=True)),
        tuple(zip(when, high, strict=True)),
        tuple(outlook_label(point, series, text) for point in series.outlook.path),
    )


def outlook_label(
    point: tuple[float, float, float, float], series: AssessedSeries, text: Text
) -> str:
    when, value, low, high = point
    middle = text("outlook.year", year=int(when), value=series.format_value(value, text))
    is_fixed = series.usual_decimals is not None
    between = text(
        "outlook.between",
        low=text.number(low, series.usual_decimals, fixed=is_fixed),
        high=text.number(high, series.usual_decimals, fixed=is_fixed),
    )
    return text.listed([middle, between])
