"""A figure in a table as a link to its origin, which opens in a panel of the page."""

from dash import html

from dashboard.addresses.alternatives import GOAL_PATH
from dashboard.components.layout import Drawn, attributes
from dashboard.released.series import AssessedSeries
from dashboard.rows_by_key import Record
from dashboard.view import View


def figure_link(words: Drawn, row: Record, series: AssessedSeries, view: View) -> Drawn:
    """The words alone of a row that the release does not have."""
    name = series.figure_name(row)
    if not name:
        return words
    return html.A(words, href=view.link(GOAL_PATH, figure=name), **attributes(data_figure=name))
