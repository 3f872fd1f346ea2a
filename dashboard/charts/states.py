"""One period of all Member States: a dot for each value, a tick where its target path stands."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import theme
from dashboard.charts.marks import (
    legend_entries,
    marker_shapes,
    marker_style,
    reservation,
    value_axis,
    why_absent,
)
from dashboard.charts.trend import path_name
from dashboard.data import records
from dashboard.series import AssessedSeries
from dashboard.texts import Text

ROW, MARGINS = 24, 150  # margins: the legend above; axis, axis title and stamp below
STEM = "#9fb3cd"


def states_chart(series: AssessedSeries, states: pd.DataFrame, text: Text) -> go.Figure:
    """`states` is the table of `table_views.states_view`, in the order in which to draw it."""
    named = states.assign(name=[text.code("area", area) for area in states["area"]])
    figures, absent = named[named["value"].notna()], named[named["value"].isna()]
    figure = go.Figure(
        [
            stem_bars(figures),
            *path_marks(named[named["path"].notna()], path_name(series, text)),
            figure_dots(figures, series, text),
            *legend_entries(states, text),
        ]
    )
    for row in records(absent):
        figure.add_annotation(x=0, xref="paper", y=row["name"], text=why_absent(row, text),
                              xanchor="left", xshift=6,
                              font={"size": 12, "color": theme.INK_SOFT})  # fmt: skip
    figure.update_layout(
        template=theme.TEMPLATE,
        height=ROW * len(named) + MARGINS,
        margin={"b": 88},
        separators=text.separators,
        xaxis=value_axis(series, text) | {"showgrid": True},
        yaxis={"categoryorder": "array", "categoryarray": list(named["name"]),
               "autorange": "reversed", "showgrid": True, "ticks": "", "ticklabelstandoff": 10},
    )  # fmt: skip
    return figure


def stem_bars(figures: pd.DataFrame) -> go.Bar:
    return go.Bar(
        x=list(figures["value"]),
        y=list(figures["name"]),
        orientation="h",
        width=0.16,
        marker={"color": STEM},
        hoverinfo="skip",
        showlegend=False,
    )


def path_marks(drawn: pd.DataFrame, name: str) -> list[go.Scatter]:
    look = {"symbol": "line-ns", "size": 14, "line": {"color": theme.TARGET_PATH, "width": 3}}
    where = {"x": list(drawn["path"]), "y": list(drawn["name"])}
    one = go.Scatter(where, name=name, mode="markers", marker=look, hoverinfo="skip")
    return [] if drawn.empty else [one]


def figure_dots(figures: pd.DataFrame, series: AssessedSeries, text: Text) -> go.Scatter:
    return go.Scatter(
        x=list(figures["value"]),
        y=list(figures["name"]),
        name=text("chart.observed"),
        mode="markers",
        cliponaxis=False,
        showlegend=False,
        marker=marker_style(marker_shapes(figures)),
        text=[dot_hover(row, series, text) for row in records(figures)],
        hovertemplate="<b>%{y}</b><br>%{text}<extra></extra>",
    )


def dot_hover(row: Mapping[str, Any], series: AssessedSeries, text: Text) -> str:
    lines = [series.format_value(row["value"], text), text(f"status.{row['status']}")]
    return "<br>".join(filter(None, [*lines, reservation(row, text)]))
