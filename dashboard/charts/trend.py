"""The trend of a series, with the path of its target and the gap to it."""

from collections.abc import Iterator
from dataclasses import replace

from dashboard.charts.breaks import breaks_of
from dashboard.charts.captions import caption_of
from dashboard.charts.gaps import gap_of, growth_strip, uses_unclear_sign
from dashboard.charts.marks import LIMITS
from dashboard.charts.outlook import extrapolation_of
from dashboard.charts.paths import path_of
from dashboard.charts.points import line_of, marks_in_use
from dashboard.charts.scales import value_axis, years_axis
from dashboard.charts.specification import (
    Caption,
    ChartKind,
    ChartLine,
    ChartPath,
    Note,
    TimeChart,
    TrendExtrapolation,
)
from dashboard.context import PageContext
from dashboard.released.series import AssessedSeries
from dashboard.released.table_views import rows_of_trend
from dashboard.released.unclear_changes import UNCLEAR_SIGN
from dashboard.texts import Text


def trend_chart(
    series: AssessedSeries, context: PageContext, period: str = "", *, with_outlook: bool = False
) -> TimeChart:
    """The figures, and the target as it was assessed by the assessments of the series.

    Publishers are those of the latest value as of a period.
    """
    text, rows = context.text, series.in_one_unit(rows_of_trend(series))
    line = latest_named(line_of(text("chart.observed"), series, rows, text), text)
    path = path_of(series, rows, text)
    extrapolation = extrapolation_of(series, text) if with_outlook else None
    corners = list(corners_of(line, path, extrapolation))
    times = [at for at, _ in corners] + [point.at for point in line.points]
    growth = growth_strip(series, context.release, {str(row["period"]) for row in rows}, text)
    signed = uses_unclear_sign([line], growth)
    return TimeChart(
        ChartKind.TREND,
        with_notes(caption_of(series, context, period), signed, period, text),
        value_axis(series, [height for _, height in corners], text),
        years_axis(times),
        (line,),
        marks_in_use(line.points),
        path,
        gap_of(series, rows, text),
        tuple(breaks_of(series, rows, text)),
        extrapolation,
        growth,
    )


def with_notes(caption: Caption, is_signed: bool, period: str, text: Text) -> Caption:
    """With what the sign of an unclear growth says, and as of which period the target is drawn."""
    sign = [text("chart.growth_unclear", sign=UNCLEAR_SIGN)] if is_signed else []
    as_of = [text("period.chart", period=text.period(period))] if period else []
    added = (Note((sentence,)) for sentence in (*as_of, *sign))
    return replace(caption, notes=(*caption.notes, *added))


def latest_named(line: ChartLine, text: Text) -> ChartLine:
    """`8,824 persons, 2025` and `provisional value`: the latest full year, or part of one.

    A value of which only a limit is known says so itself.
    """
    known = line.joined or line.known
    if not known:
        return line
    last = known[-1]
    label = text("chart.latest", value=last.printed, period=last.label)
    qualifier = "" if last.mark.code in LIMITS else last.mark.words
    return replace(line, label=label, qualifier=qualifier)


def corners_of(
    line: ChartLine, path: ChartPath | None, extrapolation: TrendExtrapolation | None
) -> Iterator[tuple[float, float]]:
    """Time and height of everything that is drawn."""
    yield from ((point.at, point.value) for point in line.known if point.value is not None)
    if path is not None:
        yield from (*path.course, *path.earlier)
        yield from (corner for approach in path.approaches for corner in approach)
    if extrapolation is not None:
        yield from (*extrapolation.course, *extrapolation.low, *extrapolation.high)
