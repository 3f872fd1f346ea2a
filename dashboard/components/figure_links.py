"""A figure in a table as a link to its origin, which opens in a panel of the page."""

import pandas as pd
from dash import html

from dashboard.alternatives import GOAL_PATH
from dashboard.components.layout import Drawn, attributes
from dashboard.data import Record
from dashboard.figure_names import FigureName
from dashboard.series import AssessedSeries
from dashboard.view import View
from metrics.core.series import format_series


def figure_link(words: Drawn, row: Record, series: AssessedSeries, view: View) -> Drawn:
    """The words alone of a row that the release does not have."""
    if pd.isna(row["value"]) and not row.get("observation_status"):
        return words
    name = str(figure_of_row(row, series))
    return html.A(words, href=view.link(GOAL_PATH, figure=name), **attributes(data_figure=name))


def figure_of_row(row: Record, series: AssessedSeries) -> FigureName:
    written = format_series(series.indicator.code, series.component, series.codes)
    return FigureName(written, str(row.get("area") or series.area), str(row["period"]))
