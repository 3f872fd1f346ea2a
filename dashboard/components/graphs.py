"""A figure with what every chart has: words for those who cannot see it, its source, its note."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
from dash import dcc, html

from dashboard import theme
from dashboard.components.layout import Drawn, attributes


def graph(
    figure: go.Figure, named: tuple[str, str], notes: Sequence[Any], stamp: Sequence[str]
) -> Drawn:
    """`named` is its name on the page, and what is read out in place of the chart.

    The same view as a table is one link away. The stamp stands in the picture itself.
    """
    name, said = named
    under = -62 if figure.layout.xaxis.title.text else -44
    for words in stamp:
        figure.add_annotation(text=words, xref="paper", yref="paper", x=1, y=0, xanchor="right",
                              yanchor="top", yshift=under, font={"color": "#7d4600"})  # fmt: skip
    return html.Figure(
        [
            html.Div(
                dcc.Graph(id=f"graph-{name}", figure=figure, config=theme.GRAPH_CONFIG,
                          style={"height": f"{figure.layout.height}px"}, responsive=True),
                role="img",
                className="graph",
                **attributes(aria_label=said),
            ),
            html.Figcaption(list(notes)),
        ]
    )  # fmt: skip
