"""The Member States side by side in one period: a dot each, beside where its path stands."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import theme
from dashboard.charts.marks import keys, reservation, shapes, why_absent
from dashboard.charts.trend import path_name
from dashboard.data import records
from dashboard.texts import Text
from dashboard.tracks import Track
from metrics.tables import STEP

ROW, AROUND = 24, 150  # AROUND: the legend above, the axis, its title and the stamp below


def states_chart(track: Track, states: pd.DataFrame, text: Text) -> go.Figure:
    """`states` is `twins.states`, in the order in which they are to stand."""
    names = [text.code("area", area) for area in states["area"]]
    with_figure, without = states["value"].notna(), states["value"].isna()
    figure = go.Figure(
        [
            *_stems(states[with_figure], names, with_figure),
            *_paths(states, names, path_name(track, text)),
            _dots(states[with_figure], names, with_figure, (track, text)),
            *keys(states, text),
        ]
    )
    for at, row in zip(without[without].index, records(states[without]), strict=True):
        name = names[states.index.get_loc(at)]
        figure.add_annotation(x=0, xref="paper", y=name, text=why_absent(row, text), xanchor="left",
                              xshift=6, font={"size": 12, "color": theme.INK_SOFT})  # fmt: skip
    figure.update_layout(
        template=theme.TEMPLATE,
        height=ROW * len(names) + AROUND,
        margin={"b": 88},
        separators=text.separators,
        xaxis=_axis(track, text),
        yaxis={"categoryorder": "array", "categoryarray": names, "autorange": "reversed",
               "showgrid": True, "ticks": "", "ticklabelstandoff": 10},
    )  # fmt: skip
    return figure


def _chosen(names: list[str], mask: pd.Series) -> list[str]:
    return [name for name, wanted in zip(names, mask, strict=True) if wanted]


def _stems(rows: pd.DataFrame, names: list[str], mask: pd.Series) -> list[go.Bar]:
    return [
        go.Bar(
            x=list(rows["value"]),
            y=_chosen(names, mask),
            orientation="h",
            width=0.16,
            marker={"color": "#9fb3cd"},
            hoverinfo="skip",
            showlegend=False,
        )
    ]


def _paths(states: pd.DataFrame, names: list[str], said: str) -> list[go.Scatter]:
    drawn = states["path"].notna()
    if not drawn.any():
        return []
    return [
        go.Scatter(
            x=list(states.loc[drawn, "path"]),
            y=_chosen(names, drawn),
            name=said,
            mode="markers",
            marker={"symbol": "line-ns", "size": 14, "line": {"color": theme.PATH, "width": 3}},
            hoverinfo="skip",
        )
    ]


def _dots(
    rows: pd.DataFrame, names: list[str], mask: pd.Series, shown: tuple[Track, Text]
) -> go.Scatter:
    track, text = shown
    return go.Scatter(
        x=list(rows["value"]),
        y=_chosen(names, mask),
        name=text("chart.observed"),
        mode="markers",
        cliponaxis=False,
        showlegend=False,
        marker={"symbol": shapes(rows), "size": 11, "color": theme.OBSERVED, "line": {"width": 2}},
        text=[_hover(row, track, text) for row in records(rows)],
        hovertemplate="<b>%{y}</b><br>%{text}<extra></extra>",
    )


def _hover(row: Mapping[str, Any], track: Track, text: Text) -> str:
    said = [track.shown(row["value"], text), text(f"status.{row['status']}")]
    return "<br>".join(filter(None, [*said, reservation(row, text)]))


def _axis(track: Track, text: Text) -> dict[str, Any]:
    axis: dict[str, Any] = {"title": {"text": text.unit(track.unit)}, "rangemode": "tozero",
                            "showgrid": True, "tickformat": ","}  # fmt: skip
    if track.component == STEP:
        ladder = track.indicator.ladder
        axis |= {"title": None, "tickvals": list(range(len(ladder))),
                 "ticktext": [text.code("step", step) for step in ladder]}  # fmt: skip
    return axis
