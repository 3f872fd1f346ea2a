"""A chart with its text alternative, source and notes."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
from dash import dcc, html

from dashboard import theme
from dashboard.components.layout import Drawn, attributes


def graph(
    figure: go.Figure, name: str, description: str, notes: Sequence[Any], marks: Sequence[str]
) -> Drawn:
    """Lay a figure out under a name that is unique on the page.

    The description is read out in place of the chart; the same view as a table is one link away.
    The marks, such as that figures are invented, are in the picture itself.
    """
    under = mark_offset(figure.layout)
    for words in marks:
        figure.add_annotation(text=words, xref="paper", yref="paper", x=1, y=0, xanchor="right",
                              yanchor="top", yshift=under, font={"color": "#7d4600"})  # fmt: skip
    return html.Figure(
        [
            html.Div(
                dcc.Graph(id=f"graph-{name}", figure=figure, config=theme.GRAPH_CONFIG,
                          style={"height": f"{figure.layout.height}px"}, responsive=True),
                role="img",
                className="graph",
                **attributes(aria_label=description),
            ),
            html.Figcaption(list(notes)),
        ]
    )  # fmt: skip


def mark_offset(layout: go.Layout) -> int:
    """Pixels from the axis to the marks below its labels, and below its title if it has one."""
    if layout.xaxis.tickangle:
        return 22 - int(layout.margin.b)
    return -62 if layout.xaxis.title.text else -44
