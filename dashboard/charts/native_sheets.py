"""A chart as the data sheet of a slide has it: a row for each period or State, a column a series.

What has no value is an empty cell, never a zero; the letter that says why is in the row's name.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from dashboard.charts.native_numbers import letter_of
from dashboard.charts.specification import (
    Axis,
    ChartLine,
    ChartPath,
    ChartPoint,
    Course,
    SmallTrend,
    StatesChart,
    Tick,
    TimeChart,
)
from metrics.core.period import ReferencePeriod

LONGEST_ROW_LABEL, MONTHS_OF_YEAR = 8, 12
MONTHS_OF_NAMED_PARTS = (3, 6)  # quarters and half-years
DIGITS_KEPT = 9  # decimals of a value in a cell: 7475.017, not 7475.017000000001
SAME_TIME = 1e-6  # years
BREAK_LETTER = "b"


class SeriesRole(StrEnum):
    """What a series of a chart is, which decides how it looks."""

    FIGURES = "figures"
    PART_OF_YEAR = "part_of_year"
    PATH = "path"
    EARLIER_PATH = "earlier_path"  # what earlier years were assessed against: marks without a line
    APPROACH = "approach"  # a thin line that leads to such a mark
    OUTLOOK = "outlook"
    OUTLOOK_LIMIT = "outlook_limit"
    STEP = "step"  # names a step of the value axis


@dataclass(frozen=True)
class SheetSeries:
    """A column of the data sheet, and the points of the chart that its cells hold."""

    name: str
    values: tuple[float | None, ...]
    role: SeriesRole = SeriesRole.FIGURES
    line: int = 0  # the number of the line of the chart
    points: tuple[ChartPoint | None, ...] = ()
    labelled_row: int | None = None  # by default that of the last value


@dataclass(frozen=True)
class ChartSheet:
    """The rows' names and the columns of the workbook behind a chart."""

    rows: tuple[str, ...]
    series: tuple[SheetSeries, ...]

    def of_role(self, role: SeriesRole) -> tuple[SheetSeries, ...]:
        return tuple(series for series in self.series if series.role is role)


def rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS_KEPT)


def sheet_of_time(chart: TimeChart) -> ChartSheet:
    """Every year from the first to the last and the parts of years between them, or these alone."""
    ticks = list(rows_of_time(chart))
    times = [tick.at for tick in ticks]
    series = [
        *(column for number, line in enumerate(chart.lines)
          for column in columns_of_line(line, number, times)),
        *(columns_of_path(chart.path, times) if chart.path else ()),
        *columns_of_outlook(chart, times),
        *columns_of_steps(chart.axis, len(times)),
    ]  # fmt: skip
    return ChartSheet(tuple(map(named_row(chart), ticks)), tuple(series))


def rows_of_time(chart: TimeChart) -> Iterator[Tick]:
    """Years without anything in them are left out where no figure is that of a year."""
    points = {round(point.at, 6): Tick(point.at, row_label(point)) for _, point in chart.table}
    has_years = any(point.is_full_year for _, point in chart.table)
    is_drawn_yearly = has_years or chart.path is not None or chart.extrapolation is not None
    years = {round(tick.at, 6): tick for tick in chart.years.ticks} if is_drawn_yearly else {}
    every = points | years
    return (every[at] for at in sorted(every))


def row_label(point: ChartPoint) -> str:
    """`2024`, `Q1 2024`; in place of the long names of months `4–5/2024`."""
    if point.is_full_year:
        return point.label
    period = ReferencePeriod.parse(point.period)
    if period.months in MONTHS_OF_NAMED_PARTS and len(point.label) <= LONGEST_ROW_LABEL:
        return point.label
    last = (period.first_month + period.months - 2) % MONTHS_OF_YEAR + 1
    return f"{'–'.join(dict.fromkeys((str(period.first_month), str(last))))}/{period.year}"


def named_row(chart: TimeChart) -> Callable[[Tick], str]:
    """`2023`, with the letters below it of what breaks, or is absent, in that period.

    Below a single line also the letters of its figures: those of several would be ambiguous.
    """
    is_alone = len(chart.lines) == 1
    letters: dict[float, dict[str, None]] = {}
    for _, point in chart.table:
        if point.mark and (point.value is None or is_alone):
            letters.setdefault(round(point.at, 6), {})[letter_of(point.mark)] = None
    for line in chart.lines:
        for point in breaks_in_line(line):
            letters.setdefault(round(point.at, 6), {})[BREAK_LETTER] = None

    def name(tick: Tick) -> str:
        own = letters.get(round(tick.at, 6), {})
        return f"{tick.label}\n{' '.join(own)}" if own else tick.label

    return name


def breaks_in_line(line: ChartLine) -> list[ChartPoint]:
    """The figures that are not comparable with those before them."""
    return [run[0] for run in list(filter(None, line.runs))[1:]]


def columns_of_line(line: ChartLine, number: int, times: Sequence[float]) -> Iterator[SheetSeries]:
    """A column for each run between breaks, so that no line bridges one; then parts of years."""
    *earlier, last = list(filter(None, line.runs)) or [()]
    for run in earlier:
        name = f"{line.name}, {run[0].label}–{run[-1].label}"
        yield column_of_points(name, run, times, SeriesRole.FIGURES, number)
    if last:
        yield column_of_points(line.name, last, times, SeriesRole.FIGURES, number)
    if line.parts_of_years:
        name = f"{line.name}, {line.parts_of_years[-1].label}"
        yield column_of_points(name, line.parts_of_years, times, SeriesRole.PART_OF_YEAR, number)


def column_of_points(
    name: str, points: Sequence[ChartPoint], times: Sequence[float], role: SeriesRole, number: int
) -> SheetSeries:
    by_time = {round(point.at, 6): point for point in points}
    found = tuple(by_time.get(round(at, 6)) for at in times)
    values = tuple(rounded(point.value) if point else None for point in found)
    return SheetSeries(name, values, role, number, found)


def columns_of_path(path: ChartPath, times: Sequence[float]) -> Iterator[SheetSeries]:
    if path.course:
        yield SheetSeries(path.name, heights_at(path.course, times), SeriesRole.PATH)
    if path.earlier:
        marks = {round(at, 6): height for at, height in path.earlier}
        values = tuple(rounded(marks.get(round(at, 6))) for at in times)
        yield SheetSeries(path.earlier_name, values, SeriesRole.EARLIER_PATH,
                          labelled_row=row_at_time(path.label_corner[0], times))  # fmt: skip
    for approach in path.approaches:
        yield SheetSeries(path.earlier_name, heights_at(approach, times), SeriesRole.APPROACH)


def row_at_time(at: float, times: Sequence[float]) -> int | None:
    """The row of a time, if it has one."""
    return next((row for row, time in enumerate(times) if abs(time - at) < SAME_TIME), None)


def heights_at(course: Course, times: Sequence[float]) -> tuple[float | None, ...]:
    """Where a line between corners lies in each row; None before its first and after its last."""
    return tuple(rounded(height_on(course, at)) for at in times)


def height_on(course: Course, at: float) -> float | None:
    for (start, low), (end, high) in pairwise(course):
        if start - SAME_TIME <= at <= end + SAME_TIME:
            share = (at - start) / (end - start) if end > start else 0.0
            return low + min(1.0, max(0.0, share)) * (high - low)
    lone = course[0] if len(course) == 1 else None
    return lone[1] if lone and abs(lone[0] - at) < SAME_TIME else None


def columns_of_outlook(chart: TimeChart, times: Sequence[float]) -> Iterator[SheetSeries]:
    trend = chart.extrapolation
    if trend is None:
        return
    yield SheetSeries(trend.name, heights_at(trend.course, times), SeriesRole.OUTLOOK)
    for limit in (trend.low, trend.high):
        yield SheetSeries(trend.name, heights_at(limit, times), SeriesRole.OUTLOOK_LIMIT)


def columns_of_steps(axis: Axis, rows: int) -> Iterator[SheetSeries]:
    """An axis of named steps has no numbers: each name is that of a series at its height."""
    if axis.unit:
        return
    for tick in axis.ticks:
        yield SheetSeries(tick.label, (tick.at, *[None] * (rows - 1)), SeriesRole.STEP)


def sheet_of_states(chart: StatesChart) -> ChartSheet:
    """A row for each State, a column of values and one of what is expected.

    The names of steps are in a row of their own, before the first State.
    """
    before = () if chart.axis.unit else (None,)
    rows = tuple("" for _ in before) + tuple(
        "\n".join(filter(None, [row.area, letter_of(row.mark) if row.mark else ""]))
        for row in chart.rows
    )
    values = before + tuple(rounded(row.value) for row in chart.rows)
    expected = before + tuple(rounded(row.expected) for row in chart.rows)
    names = dict.fromkeys(row.expected_name for row in chart.rows if row.expected is not None)
    columns = [SheetSeries(chart.caption.title, values)]
    if names:
        columns.append(SheetSeries(", ".join(filter(None, names)), expected, SeriesRole.PATH))
    return ChartSheet(rows, (*columns, *columns_of_steps(chart.axis, len(rows))))


def sheet_of_small_trend(trend: SmallTrend, path_name: str, *, is_cut: bool = False) -> ChartSheet:
    """One frame of small multiples; it may be cut where the figures end, before its path."""
    points = trend.line.points
    path = [] if is_cut else [at for at, _ in trend.path]
    ends = [*(point.at for point in points), *path, *(trend.years or ())]
    years = {round(year + 0.5, 6): str(year) for year in range(int(min(ends)), int(max(ends)) + 1)}
    named = years | {round(point.at, 6): point.label for point in points if not point.is_full_year}
    times = sorted(named)
    columns = list(columns_of_line(trend.line, 0, times))
    if trend.path:
        columns.append(SheetSeries(path_name, heights_at(trend.path, times), SeriesRole.PATH))
    return ChartSheet(tuple(named[at] for at in times), tuple(columns))
