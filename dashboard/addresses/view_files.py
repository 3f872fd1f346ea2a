"""The files of a page: the rows of each view of a series, and whether there are any."""

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from dashboard.addresses.selection import Selection, choose, compared_period
from dashboard.released import table_views
from dashboard.released.growth import released_growth
from dashboard.released.series import AssessedSeries
from dashboard.view import View
from metrics.core.series import format_codes


def trend_rows(selection: Selection, series: AssessedSeries) -> pd.DataFrame:
    """The series as charted: the whole, or the parts of the chosen breakdown."""
    if selection.breakdown:
        parts = table_views.series_parts(series, selection.release, selection.breakdown)
        return pd.DataFrame([row for part in parts for row in part.values])
    states = [selection.whole_series(series, area) for area in selection.in_states]
    table = table_views.count_agreeing_states(table_views.trend_view(series), series, states)
    return with_growth(table, series, selection)


def with_growth(table: pd.DataFrame, series: AssessedSeries, selection: Selection) -> pd.DataFrame:
    """Add the growth of each year in per cent, where the page shows it."""
    changes = {str(row["period"]): row for row in released_growth(series, selection.release)}
    if not changes:
        return table
    rows = [changes.get(period) for period in table["period"]]
    return table.assign(
        growth=[float(row["value"]) if row else np.nan for row in rows],
        growth_limit=[str(row["limit"]) if row else "" for row in rows],
        growth_materiality=[str(row["materiality"]) if row else "" for row in rows],
    )


def state_rows(selection: Selection, series: AssessedSeries) -> pd.DataFrame:
    period = compared_period(selection)
    table = table_views.states_view(selection.states_in(period), period, selection.marks_of_goal)
    component = series.in_one_state.component
    named_rows = table.assign(component=component, series=format_codes(series.codes))
    return table_views.order_states(named_rows, selection.view.order)


VIEWS: Mapping[str, Callable[[Selection, AssessedSeries], pd.DataFrame]] = {
    "trend": trend_rows,
    "states": state_rows,
}


def view_of_files(selection: Selection) -> View:
    """The query of a file, which names all that the page shows by default."""
    return selection.view.with_changes(
        collection=selection.context.collection.code,
        goal=selection.goal.code if selection.goal else "",
        area=selection.area,
        indicator=selection.series.name if selection.series else "",
    )


def has_file(view_name: str, selection: Selection) -> bool:
    """Whether a file of the view would have rows, without computing them."""
    named = choose(selection.context.with_changes(**vars(view_of_files(selection))))
    series = named.series
    if series is None or named.is_period_unknown:
        return False
    if view_name == "states":
        return any(state.last_row for state in named.in_states.values())
    if named.breakdown:
        return bool(table_views.series_parts(series, named.release, named.breakdown))
    return bool(series.values)
