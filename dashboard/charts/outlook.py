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
    between = text(
        "outlook.between",
        low=series.format_number(low, text),
        high=series.format_number(high, text),
    )
    return text.listed([middle, between])
