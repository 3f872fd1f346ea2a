"""Several series on one axis, each with its own shape, colour and label; or a dot for each."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd

from dashboard.charts.marks import limit_note, reservation
from dashboard.charts.points import absence_mark, marks_in_use, value_mark
from dashboard.charts.scales import (
    ROOM_ABOVE,
    step_axis,
    tick_below,
    tick_step,
    ticks_between,
    years_axis,
)
from dashboard.charts.specification import (
    Axis,
    Break,
    Caption,
    ChartKind,
    ChartLine,
    ChartPoint,
    Mark,
    StateRow,
    StatesChart,
    TimeChart,
)
from dashboard.released.compared_series import ComparedSeries, ComparisonUnit
from dashboard.released.unclear_changes import why_unclear
from dashboard.rows_by_key import Record
from dashboard.texts import Text
from metrics.core.period import ReferencePeriod
from metrics.core.tables import BREAK, EU, STEP

HALF_YEAR_BEFORE = 0.5
WHOLE_INDEX = 100.0  # of the base year


def compared_chart(
    compared: Sequence[ComparedSeries], caption: Caption, decimals: int, text: Text
) -> TimeChart:
    """A line for each series, named at its end by a letter or code and the latest value."""
    newest = max((str(row["period"]) for series in compared for row in series.known), default="")
    lines = tuple(compared_line(series, decimals, text, newest) for series in compared)
    return TimeChart(
        ChartKind.AREAS,
        caption,
        compared_axis(compared, text),
        years_axis([point.at for line in lines for point in line.points]),
        lines,
        marks_in_use([point for line in lines for point in line.points]),
        breaks=tuple(breaks_of_lines(compared)),
    )


def compared_line(series: ComparedSeries, decimals: int, text: Text, newest: str = "") -> ChartLine:
    """Its label says the period where others have a newer figure."""
    runs: list[list[ChartPoint]] = [[]]
    for row in series.figures:
        if row["observation_status"] == BREAK and runs[-1]:
            runs.append([])
        runs[-1].append(compared_point(series, row, decimals, text))
    latest = latest_in_words(series, decimals, text, newest)
    label = f"{series.letter} {latest}" if latest else ""
    return ChartLine(series.name, tuple(map(tuple, runs)), label=label,
                     is_emphasised=series.area == EU)  # fmt: skip


def latest_in_words(series: ComparedSeries, decimals: int, text: Text, newest: str = "") -> str:
    """`8.5`; `8.5 (2024)` where the newest figure of all is of another period."""
    if series.last is None:
        return ""
    period, number = str(series.last["period"]), series.format(series.last, text, decimals)
    return f"{number} ({text.period(period)})" if newest and period != newest else number


def compared_point(series: ComparedSeries, row: Record, decimals: int, text: Text) -> ChartPoint:
    period, is_absent = str(row["period"]), pd.isna(row["value"])
    number = series.format(row, text, decimals)
    return ChartPoint(
        period,
        text.period(period),
        ReferencePeriod.parse(period).midpoint,
        None if is_absent else float(row["value"]),
        number,
        "" if is_absent else number,
        mark_of_absence(row, text) if is_absent else value_mark(row, text),
        notes=notes_on_compared(series, row, text),
    )


def mark_of_absence(row: Record, text: Text) -> Mark:
    """Why there is no figure in the unit of the comparison, also where there is one in its own."""
    mark = absence_mark(row, text)
    return replace(mark, words=text(row["why"])) if row.get("why") else mark


def notes_on_compared(series: ComparedSeries, row: Record, text: Text) -> tuple[str, ...]:
    notes = [limit_note(row, text), reservation(row, text), unclear_note(series, row, text)]
    return tuple(filter(None, notes))


def unclear_note(series: ComparedSeries, row: Record, text: Text) -> str:
    """That an index is not clearly more or less than 100; empty for other units."""
    if series.unit is not ComparisonUnit.INDEX:
        return ""
    why = why_unclear(series.row_of_change(str(row["period"])) or {})
    return text(why) if why else ""


def breaks_of_lines(compared: Sequence[ComparedSeries]) -> Iterator[Break]:
    """A break belongs to one line: it has its letter and its colour."""
    for number, series in enumerate(compared):
        for period in series.breaks:
            at = ReferencePeriod.parse(period).midpoint - HALF_YEAR_BEFORE
            yield Break(at, period, f"{series.letter} ⋮ {period}", "", number)


def compared_axis(compared: Sequence[ComparedSeries], text: Text) -> Axis:
    """From zero, unless changes fall below it or an index starts at 100."""
    first = compared[0]
    if first.series.component == STEP and first.unit is ComparisonUnit.VALUE:
        return step_axis(first.series.indicator, text)
    values = [float(row["value"]) for series in compared for row in series.known]
    start = WHOLE_INDEX if first.unit is ComparisonUnit.INDEX else 0.0
    low, high = min([start, *values]), max([start, *values])
    step = tick_step(high - low, only_whole=False)
    high = high if high > low else low + step
    high += (high - low) * (ROOM_ABOVE - 1)
    low = tick_below(low, step)
    ticks = tuple(ticks_between(low, high, step, text))
    return Axis(low, high, ticks, text.unit(first.unit_code))


def compared_dots(
    compared: Sequence[ComparedSeries], period: str, caption: Caption, decimals: int, text: Text
) -> StatesChart:
    """One period of more series than lines can distinguish: a dot for each, by its name."""
    rows = [
        StateRow(
            series.area, series.name, float(row["value"]), series.format(row, text, decimals),
            series.format(row, text, decimals), value_mark(row, text),
            notes_on_compared(series, row, text),
        )
        for series in compared
        for row in series.known
        if row["period"] == period
    ]  # fmt: skip
    marks = dict.fromkeys(row.mark for row in rows if row.mark)
    axis = compared_axis(compared, text)
    return StatesChart(ChartKind.STATES, caption, axis, tuple(rows), period, tuple(marks))
