"""One period of all Member States: a dot for each value, a tick at its target path."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import theme
from dashboard.charts.marks import (
    dated_status,
    legend_entries,
    limit_note,
    marker_shapes,
    marker_style,
    reservation,
    value_axis,
    why_absent,
)
from dashboard.data import records
from dashboard.series import AssessedSeries
from dashboard.table_views import decimals_beside_path
from dashboard.texts import Text
from metrics.core.tables import STEP

ROW_HEIGHT, MARGINS = 24, 150  # margins: the legend above; axis, axis title and stamp below
LABELS, SLANTED_LABELS = 88, 132  # pixels below the axis: of numbers, and of short names of steps
PRINTED_LETTER, STAMP_HEIGHT = 5, 60  # pixels of height: a letter of a slanted name, and the stamp
STEM = "#9fb3cd"


def states_chart(series: AssessedSeries, states: pd.DataFrame, text: Text) -> go.Figure:
    """`states` is the table of `table_views.states_view`, in the order in which to draw it."""
    named = states.assign(name=[text.code("area", area) for area in states["area"]])
    figures, absent = named[named["value"].notna()], named[named["value"].isna()]
    figure = go.Figure(
        [
            stem_bars(figures),
            *path_marks(named[named["path"].notna()], text),
            figure_dots(figures, series, text),
            *legend_entries(states, text),
        ]
    )
    for row in records(absent):
        figure.add_annotation(x=0, xref="paper", y=row["name"], text=why_absent(row, text),
                              xanchor="left", xshift=6,
                              font={"size": 12, "color": theme.INK_SOFT})  # fmt: skip
    below = room_below(series, text)
    figure.update_layout(
        template=theme.TEMPLATE,
        height=ROW_HEIGHT * len(named) + MARGINS + below - LABELS,
        margin={"b": below},
        separators=text.separators,
        xaxis=value_axis(series, text) | {"showgrid": True, "tickangle": slant(series)},
        yaxis={"categoryorder": "array", "categoryarray": list(named["name"]),
               "autorange": "reversed", "showgrid": True, "ticks": "", "ticklabelstandoff": 10},
    )  # fmt: skip
    return figure


def room_below(series: AssessedSeries, text: Text) -> int:
    """The pixels below the axis that the longest name of a step needs beside the stamp."""
    if series.component != STEP:
        return LABELS
    longest = max(len(text.code("step", step)) for step in series.indicator.ladder)
    return max(SLANTED_LABELS, STAMP_HEIGHT + PRINTED_LETTER * longest)


def slant(series: AssessedSeries) -> int:
    """Names of steps are slanted, so that all of them have room on a telephone."""
    return -45 if series.component == STEP else 0


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


def path_marks(drawn: pd.DataFrame, text: Text) -> list[go.Scatter]:
    """A tick at the path of each State, named after the State's own target."""
    look = {"symbol": "line-ns", "size": 14, "line": {"color": theme.TARGET_PATH, "width": 3}}
    return [
        go.Scatter(
            x=list(rows["path"]),
            y=list(rows["name"]),
            name=text(str(key)),
            mode="markers",
            marker=look,
            hoverinfo="skip",
        )
        for key, rows in drawn.groupby("path_key", sort=False)
    ]


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
    """The value, its status with the period of the verdict, and its qualification."""
    judged = row.get("status_period", "") if row["path_key"] else ""
    status = dated_status(row["status"], judged, text) if row["path_key"] else ""
    value = series.format_figure(row, text, decimals_beside_path(series, row))
    return "<br>".join(filter(None, [value, limit_note(row, text), status, reservation(row, text)]))
