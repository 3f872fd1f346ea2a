"""If the recent trend continues: dotted, with its interval as a band."""

import plotly.graph_objects as go

from dashboard import theme
from dashboard.series import AssessedSeries
from dashboard.texts import Text


def outlook_traces(track: AssessedSeries, text: Text) -> list[go.Scatter]:
    """Nothing where there is no trend to carry on."""
    if track.outlook is None or not track.outlook.path:
        return []
    when, value, low, high = zip(*track.outlook.path, strict=True)
    line = go.Scatter(
        x=when,
        y=value,
        name=text("outlook.in_chart"),
        mode="lines+markers",
        line={"color": theme.OUTLOOK, "dash": "dot", "width": 2},
        marker={"symbol": "circle-open", "size": 7},
        text=[outlook_hover(point, track, text) for point in track.outlook.path],
        hovertemplate="%{text}<extra></extra>",
    )
    return [band_edge(when, low), band_edge(when, high, fill="tonexty"), line]


def band_edge(when: tuple[float, ...], where: tuple[float, ...], fill: str = "none") -> go.Scatter:
    return go.Scatter(x=when, y=where, mode="lines", line={"width": 0}, fill=fill,
                      fillcolor=theme.OUTLOOK_BAND, hoverinfo="skip", showlegend=False)  # fmt: skip


def outlook_hover(
    point: tuple[float, float, float, float], track: AssessedSeries, text: Text
) -> str:
    when, value, low, high = point
    middle = text("outlook.year", year=int(when), value=track.format_value(value, text))
    between = text("outlook.between", low=text.number(low), high=text.number(high))
    return f"{middle}<br>{between}"
