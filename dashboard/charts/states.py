"""The Member States side by side in one period: a dot each, beside where its path stands."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import theme
from dashboard.charts.marks import dots, keys, reservation, shapes, value_axis, why_absent
from dashboard.charts.trend import path_name
from dashboard.data import records
from dashboard.series import AssessedSeries
from dashboard.texts import Text

ROW, AROUND = 24, 150  # AROUND: the legend above, the axis, its title and the stamp below
STEM = "#9fb3cd"


def states_chart(track: AssessedSeries, states: pd.DataFrame, text: Text) -> go.Figure:
    """`states` is `twins.states`, in the order in which they are to stand."""
    named = states.assign(name=[text.code("area", area) for area in states["area"]])
    figures, absent = named[named["value"].notna()], named[named["value"].isna()]
    figure = go.Figure(
        [
            _stems(figures),
            *_paths(named[named["path"].notna()], path_name(track, text)),
            _dots(figures, track, text),
            *keys(states, text),
        ]
    )
    for row in records(absent):
        figure.add_annotation(x=0, xref="paper", y=row["name"], text=why_absent(row, text),
                              xanchor="left", xshift=6,
                              font={"size": 12, "color": theme.INK_SOFT})  # fmt: skip
    figure.update_layout(
        template=theme.TEMPLATE,
        height=ROW * len(named) + AROUND,
        margin={"b": 88},
        separators=text.separators,
        xaxis=value_axis(track, text) | {"showgrid": True},
        yaxis={"categoryorder": "array", "categoryarray": list(named["name"]),
               "autorange": "reversed", "showgrid": True, "ticks": "", "ticklabelstandoff": 10},
    )  # fmt: skip
    return figure


def _stems(figures: pd.DataFrame) -> go.Bar:
    return go.Bar(
        x=list(figures["value"]),
        y=list(figures["name"]),
        orientation="h",
        width=0.16,
        marker={"color": STEM},
        hoverinfo="skip",
        showlegend=False,
    )


def _paths(drawn: pd.DataFrame, said: str) -> list[go.Scatter]:
    look = {"symbol": "line-ns", "size": 14, "line": {"color": theme.PATH, "width": 3}}
    where = {"x": list(drawn["path"]), "y": list(drawn["name"])}
    one = go.Scatter(where, name=said, mode="markers", marker=look, hoverinfo="skip")
    return [] if drawn.empty else [one]


def _dots(figures: pd.DataFrame, track: AssessedSeries, text: Text) -> go.Scatter:
    return go.Scatter(
        x=list(figures["value"]),
        y=list(figures["name"]),
        name=text("chart.observed"),
        mode="markers",
        cliponaxis=False,
        showlegend=False,
        marker=dots(shapes(figures)),
        text=[_hover(row, track, text) for row in records(figures)],
        hovertemplate="<b>%{y}</b><br>%{text}<extra></extra>",
    )


def _hover(row: Mapping[str, Any], track: AssessedSeries, text: Text) -> str:
    said = [track.shown(row["value"], text), text(f"status.{row['status']}")]
    return "<br>".join(filter(None, [*said, reservation(row, text)]))
