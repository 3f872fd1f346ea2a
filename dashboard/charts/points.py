"""From the rows of a series to the points and lines of a chart."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from dashboard.charts.marks import (
    coverage_note,
    limit_note,
    mark_of_value,
    remark_in_chart,
    reservation,
    why_absent,
)
from dashboard.charts.specification import ChartLine, ChartPoint, Mark
from dashboard.released.series import AssessedSeries, has_value, is_full
from dashboard.released.table_views import decimals_beside_path, float_or_nan
from dashboard.released.unclear_changes import UNCLEAR_SIGN, why_unclear
from dashboard.rounding import decimals_in
from dashboard.rows_by_key import Record
from dashboard.texts import Text
from metrics.catalogue.codelists.statuses import absence_key
from metrics.core.period import ReferencePeriod
from metrics.core.tables import BREAK, NORMAL, STEP


def decimals_of_chart(series: AssessedSeries, rows: Iterable[Mapping[str, Any]]) -> int:
    """One number of decimals for the figures of a chart: as many as any of them needs.

    A figure with a source keeps the digits of its source.
    """
    if series.usual_decimals is not None:
        return series.usual_decimals
    known = (row for row in rows if has_value(row))
    return max((decimals_alone(series, row) for row in known), default=0)


def decimals_alone(series: AssessedSeries, row: Mapping[str, Any]) -> int:
    beside_path = decimals_beside_path(series, row)
    return decimals_in(row["value"], beside_path)


def line_of(
    name: str, series: AssessedSeries, rows: Sequence[Record], text: Text,
    decimals: int | None = None,
) -> ChartLine:  # fmt: skip
    """The figures of a series: full years as a line in runs, parts of years apart from it.

    `decimals` are those of all lines of a chart.
    """
    runs: list[list[ChartPoint]] = [[]]
    parts_of_years, own = [], series.in_one_unit(rows)
    digits = decimals_of_chart(series, own) if decimals is None else decimals
    for row in own:
        point = point_of(series, row, text, digits)
        if not point.is_full_year:
            parts_of_years.append(point)
            continue
        if row["observation_status"] == BREAK and runs[-1]:
            runs.append([])  # no line bridges a break
        runs[-1].append(point)
    return ChartLine(name, tuple(map(tuple, runs)), tuple(parts_of_years))


def point_of(
    series: AssessedSeries, row: Mapping[str, Any], text: Text, decimals: int
) -> ChartPoint:
    period, is_absent = str(row["period"]), pd.isna(row["value"])
    return ChartPoint(
        period,
        text.period(period),
        ReferencePeriod.parse(period).midpoint,
        None if is_absent else float(row["value"]),
        why_absent(row, text) if is_absent else printed_value(series, row, text, decimals),
        "" if is_absent else printed_number(series, row, text, decimals),
        absence_mark(row, text) if is_absent else value_mark(row, text),
        is_full(period),
        () if is_absent else notes_on_value(row, text),
        number_or_none(row.get("path")),
        number_or_none(row.get("gap")),
        series.figure_name(row),
    )


def printed_value(series: AssessedSeries, row: Mapping[str, Any], text: Text, decimals: int) -> str:
    return series.format_figure(row, text, decimals, fixed=True)


def printed_number(
    series: AssessedSeries, row: Mapping[str, Any], text: Text, decimals: int
) -> str:
    """The value without its unit, in the decimals of its source or else of the chart."""
    if series.component == STEP:
        return printed_value(series, row, text, decimals)
    of_source = series.printed_decimals(row)
    digits, is_fixed = (decimals, True) if of_source is None else (of_source, False)
    number = text.limited(text.number(row["value"], digits, fixed=is_fixed), row.get("limit"))
    return f"{number}{UNCLEAR_SIGN}" if why_unclear(row) else number


def value_mark(row: Mapping[str, Any], text: Text) -> Mark:
    """The status or limit that qualifies a value; a break is marked between the values."""
    found = mark_of_value(row)
    if found.code in {NORMAL, BREAK}:
        return Mark()
    if found.is_limit:
        return Mark(found.code, text(f"chart.limit_{found.code}"))
    return Mark(found.code, text.code("observation_status", found.code))


def reservation_mark(row: Mapping[str, Any], text: Text) -> Mark:
    """The status that qualifies a value, a break too, where its limit is printed with it."""
    found = mark_of_value(row)
    if found.is_limit or found.code == NORMAL:
        return Mark()
    return Mark(found.code, text.code("observation_status", found.code))


def absence_mark(row: Mapping[str, Any], text: Text) -> Mark:
    key = absence_key(row)
    return Mark(key, text(key))


def notes_on_value(row: Mapping[str, Any], text: Text) -> tuple[str, ...]:
    """What qualifies a value, the remark that explains it, and the coverage of a total."""
    is_qualified = (row.get("observation_status") or NORMAL) != NORMAL
    remark = remark_in_chart(row, text) if is_qualified else ""
    coverage = coverage_note(row, text, "card.coverage")
    return tuple(filter(None, [limit_note(row, text), reservation(row, text), remark, coverage]))


def number_or_none(value: object) -> float | None:
    number = float_or_nan(value if isinstance(value, int | float) else None)
    return None if np.isnan(number) else number


def marks_in_use(points: Sequence[ChartPoint]) -> tuple[Mark, ...]:
    """Each mark that occurs, once: those of values first."""
    found = dict.fromkeys(point.mark for point in points if point.mark)
    return tuple(sorted(found, key=lambda mark: mark.is_absence))
