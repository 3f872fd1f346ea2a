"""A small trend for each area, side by side: the same years, each on a scale of its own."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dashboard.charts.captions import chart_title, source_of
from dashboard.charts.marks import dated_status
from dashboard.charts.notes import publishers
from dashboard.charts.points import decimals_of_chart, line_of
from dashboard.charts.sparkline import path_of_figures
from dashboard.charts.specification import Caption, ChartKind, MultiplesChart, SmallTrend
from dashboard.context import PageContext
from dashboard.released.goal_statuses import status_of_series
from dashboard.released.series import AssessedSeries
from dashboard.texts import Text


def multiples_chart(
    in_areas: Sequence[AssessedSeries], period: str, context: PageContext
) -> MultiplesChart:
    """The figures of each area up to a period, and its status as of then."""
    text = context.text
    is_assessed = any(series.official for series in in_areas)
    key = "multiples.note" if is_assessed else "multiples.note_unassessed"
    title = chart_title(in_areas[0], text, text("goal.states")) if in_areas else ""
    subtitle = text(key, period=text.period(period))
    decimals = max((decimals_of_chart(own, own.rows) for own in in_areas), default=0)
    trends = [small_trend(series, text, decimals) for series in in_areas]
    years = years_of_trends(trends)
    frames = tuple(replace(trend, years=years) for trend in trends)
    source = source_of(context, publishers(in_areas, period, text))
    caption = Caption(title, source, subtitle)
    return MultiplesChart(ChartKind.MULTIPLES, caption, frames, period)


def years_of_trends(trends: Iterable[SmallTrend]) -> tuple[float, float] | None:
    """From the first figure or path of all to the last, so that a year is at one place in each."""
    figures = [point.at for trend in trends for point in trend.line.known]
    found = [*figures, *(at for trend in trends for at, _ in trend.path)]
    return (min(found), max(found)) if found else None


def small_trend(series: AssessedSeries, text: Text, decimals: int | None = None) -> SmallTrend:
    """`decimals` are those of all areas side by side."""
    own = status_of_series(series)
    status = dated_status(own.mark, own.period, text, last=own.last) if series.official else ""
    line = line_of(text.code("area", series.area), series, series.rows, text, decimals)
    return SmallTrend(series.area, line, tuple(path_of_figures(series)), status)
