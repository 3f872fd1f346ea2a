"""Specifications of charts and their figures, for series that a test has made up or read."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import plotly_renderer
from dashboard.charts.breakdown import NamedPart, parts_chart
from dashboard.charts.specification import Chart, StatesChart, TimeChart
from dashboard.charts.states import states_chart
from dashboard.charts.trend import trend_chart
from dashboard.data import Release
from dashboard.released.series import AssessedSeries
from tests.dashboard.contexts import page_context
from tests.dashboard.reading import of_type


def figure_of(chart: Chart) -> go.Figure:
    """The drawn figure as plotly validates it."""
    return go.Figure(plotly_renderer.figure_of(chart))


def figures_on(drawn: Any) -> list[go.Figure]:
    """The figure of each chart on a page."""
    return [go.Figure(graph.figure) for graph in of_type(drawn, "Graph")]


def trend_of(
    series: AssessedSeries, language: str = "en", *, with_outlook: bool = False,
    release: Release | None = None,
) -> TimeChart:  # fmt: skip
    return trend_chart(series, page_context(release, lang=language), with_outlook=with_outlook)


def trend_figure(
    series: AssessedSeries, language: str = "en", *, with_outlook: bool = False
) -> go.Figure:
    return figure_of(trend_of(series, language, with_outlook=with_outlook))


def parts_of(
    series: AssessedSeries, parts: Sequence[NamedPart], scaled_to: Sequence[NamedPart] = (),
    language: str = "en",
) -> TimeChart:  # fmt: skip
    return parts_chart(series, parts, scaled_to or parts, page_context(lang=language), "by part")


def states_of(series: AssessedSeries, table: pd.DataFrame, language: str = "en") -> StatesChart:
    return states_chart(series, table, page_context(lang=language))


def words_in_plot(figure: go.Figure) -> list[str]:
    return [label.text for label in figure.layout.annotations]
