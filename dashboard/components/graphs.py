"""A figure with what every chart has: words for those who cannot see it, its source, its note."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
from dash import dcc, html

from dashboard import theme


def graph(figure: go.Figure, name: str, said: str, under: Sequence[Any]) -> html.Figure:
    """`said` is read out in place of the chart; the same view as a table is one link away."""
    return html.Figure(
        [
            html.Div(
                dcc.Graph(id=f"graph-{name}", figure=figure, config=theme.GRAPH_CONFIG,
                          style={"height": f"{figure.layout.height}px"}, responsive=True),
                role="img",
                className="graph",
                **{"aria-label": said},
            ),
            html.Figcaption(list(under)),
        ]
    )  # fmt: skip
