"""The extrapolated trend in a chart: a dotted line with its prediction interval as a band."""

import plotly.graph_objects as go

from dashboard import theme
from dashboard.series import AssessedSeries
from dashboard.texts import Text


def outlook_traces(series: AssessedSeries, text: Text) -> list[go.Scatter]:
    """Return no traces where there is no trend to extrapolate."""
    if series.outlook is None or not series.outlook.path:
        return []
    when, value, low, high = zip(*series.outlook.path, strict=True)
    line = go.Scatter(
        x=when,
        y=value,
        name=text("outlook.in_chart"),
        mode="lines+markers",
        line={"color": theme.OUTLOOK, "dash": "dot", "width": 2},
        marker={"symbol": "circle-open", "size": 7},
        text=[outlook_hover(point, series, text) for point in series.outlook.path],
        hovertemplate="%{text}<extra></extra>",
    )
    return [band_edge(when, low), band_edge(when, high, fill="tonexty"), line]


def band_edge(when: tuple[float, ...], where: tuple[float, ...], fill: str = "none") -> go.Scatter:
    return go.Scatter(x=when, y=where, mode="lines", line={"width": 0}, fill=fill,
                      fillcolor=theme.OUTLOOK_BAND, hoverinfo="skip", showlegend=False)  # fmt: skip


def outlook_hover(
    point: tuple[float, float, float, float], series: AssessedSeries, text: Text
) -> str:
    when, value, low, high = point
    middle = text("outlook.year", year=int(when), value=series.format_value(value, text))
    between = text("outlook.between", low=text.number(low), high=text.number(high))
    return f"{middle}<br>{between}"
