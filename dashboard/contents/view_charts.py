"""The charts that the page of a goal shows for an address, for the page and for pictures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from dashboard.addresses.alternatives import breakdown_name
from dashboard.addresses.selection import Selection
from dashboard.charts.breakdown import PartsChart, charts_of_parts, parts_chart
from dashboard.charts.captions import chart_title
from dashboard.charts.multiples import multiples_chart
from dashboard.charts.notes import publishers
from dashboard.charts.specification import MultiplesChart, StatesChart, TilesChart, TimeChart
from dashboard.charts.states import states_chart
from dashboard.charts.tiles import MappedSeries, has_comparable_figures, tiles_chart
from dashboard.charts.trend import trend_chart
from dashboard.released import table_views
from dashboard.released.assessments import Outlook
from dashboard.released.series import AssessedSeries
from dashboard.view import View
from dashboard.wording.absent_states import no_figures_of_states
from dashboard.wording.rate_reasons import why_no_rate
from metrics.catalogue.codelists import member_states
from metrics.core.series import format_dimensions
from metrics.core.tables import EU, PER_100_000_CHILDREN, STEP

SHOWN_OUTLOOK = "on"  # in the address


def total_in_chart(selection: Selection, series: AssessedSeries) -> TimeChart:
    """The total, as it was assessed by the chosen period, with its extrapolation if chosen."""
    assessed = replace(series, assessments=series.as_of(selection.period).assessments)
    is_extrapolated = outlook_if_shown(series, selection.view) is not None
    return trend_chart(assessed, selection.context, selection.period, with_outlook=is_extrapolated)


def outlook_if_shown(series: AssessedSeries, view: View) -> Outlook | None:
    return series.outlook if view.outlook == SHOWN_OUTLOOK else None


def parts_in_chart(
    selection: Selection, series: AssessedSeries, own: PartsChart, charts: Sequence[PartsChart]
) -> TimeChart:
    """One of the charts of a breakdown: all have one scale, so that they can be compared."""
    text = selection.text
    by = breakdown_name(format_dimensions(selection.breakdown), text)
    every = [line for chart in charts for line in chart.lines]
    subtitle = ", ".join(filter(None, [text("chart.by", by=by), own.title]))
    return parts_chart(series, own.lines, every, selection.context, subtitle)


def number_of_charts(selection: Selection) -> int:
    """How many charts show the series: a pair of breakdowns has one for each code of the first."""
    series, by = selection.series, selection.breakdown
    if series is None or not by:
        return 1
    parts = table_views.series_parts(series, selection.release, by)
    return len(charts_of_parts(parts, by, selection.text))


def states_in_chart(selection: Selection, series: AssessedSeries, period: str) -> StatesChart:
    """The Member States in one period, in the order that the address asks for."""
    reporting = states_with_rows(selection, period)
    table = states_in_order(reporting, period, selection.view)
    published = publishers(reporting.values(), period, selection.text)
    return states_chart(series.in_one_state, table, selection.context, published)


def states_in_multiples(selection: Selection, period: str) -> MultiplesChart:
    """A small trend for each Member State, as of a period, in the same order."""
    reporting = states_with_rows(selection, period)
    table = states_in_order(reporting, period, selection.view)
    in_order = [reporting[area] for area in table["area"]]
    return multiples_chart(in_order, period, selection.context)


def tiles_in_chart(selection: Selection, series: AssessedSeries, period: str) -> TilesChart | None:
    """The map of a series or of its rate; None where `why_unmapped` says why there is none."""
    if why_unmapped(selection, series):
        return None
    text, notes = selection.text, []
    title = chart_title(series.in_one_state, text)
    if not has_comparable_figures(series):
        title = f"{series.title(text)}, {text.code('component', PER_100_000_CHILDREN)}"
        notes = [f"{text('map.rate_of_count')} {text('map.denominator')}"]
    in_areas = {**selection.in_states, EU: selection.whole_series(series, EU)}
    mapped = MappedSeries(series, title, notes)
    return tiles_chart(mapped, in_areas, period, selection.context)


def why_unmapped(selection: Selection, series: AssessedSeries) -> str:
    """Why a series has no map: no figure, or no figures that States of any size share."""
    text, in_states = selection.text, selection.in_states.values()
    if series.last_known is None and not any(state.last_known for state in in_states):
        return no_figures_of_states(selection)
    if has_comparable_figures(series) or any(state.rates for state in in_states):
        return ""
    if series.in_one_state.component == STEP:
        return text("map.no_steps")
    return f"{text('map.no_counts')} {why_no_rate(series.in_one_state, text)}"


def states_in_order(
    reporting: Mapping[str, AssessedSeries], period: str, view: View
) -> pd.DataFrame:
    """A row for each State in one period, in the order that the address asks for."""
    return table_views.order_states(table_views.states_view(reporting, period), view.order)


def states_with_rows(selection: Selection, period: str) -> dict[str, AssessedSeries]:
    """The series as of a period in each State that has a value or a reason for none."""
    compared = selection.states_in(period)
    return {area: compared[area] for area, state in selection.in_states.items() if state.last_row}


def absent_states_in_words(selection: Selection) -> Iterator[str]:
    """The States without any row; one that gave a reason for no value is in the chart."""
    absent = [area for area in member_states() if not selection.in_states[area].last_row]
    if absent:
        names = ", ".join(selection.text.code("area", area) for area in absent)
        yield selection.text("goal.without", areas=names)
