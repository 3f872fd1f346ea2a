"""One period of a series in the Member States: each value beside what is expected of the State."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard.charts.captions import chart_title, notes_of, source_of
from dashboard.charts.marks import dated_status, limit_note, reservation, why_absent
from dashboard.charts.points import (
    absence_mark,
    decimals_of_chart,
    number_or_none,
    printed_number,
    printed_value,
    value_mark,
)
from dashboard.charts.scales import value_axis
from dashboard.charts.specification import Caption, ChartKind, StateRow, StatesChart
from dashboard.context import PageContext
from dashboard.data import records
from dashboard.released.series import AssessedSeries
from dashboard.released.state_statuses import CURRENT_STATUSES
from dashboard.texts import Text
from metrics.core.tables import STEP
from metrics.release.official_statuses import NOT_CURRENT


def states_chart(
    series: AssessedSeries,
    states: pd.DataFrame,
    context: PageContext,
    publishers: Sequence[Sequence[str]] = (),
) -> StatesChart:
    """`states` is the table of `table_views.states_view`, in the order in which to draw it."""
    text, unassessed = context.text, replace(series, assessments=())
    decimals = decimals_of_chart(series, records(states))
    rows = tuple(state_row_of(series, row, text, decimals) for row in records(states))
    period = next((str(row["period"]) for row in records(states)), "")
    heights = [number for row in rows for number in (row.value, row.expected) if number is not None]
    marks = dict.fromkeys(row.mark for row in rows if row.mark and row.value is not None)
    named = text.period(period) if period else ""
    title = chart_title(series, text, text("goal.states"), named)
    caption = Caption(
        title, source_of(context, publishers), notes=tuple(notes_of(unassessed, text))
    )
    axis = value_axis(series, heights, text)
    return StatesChart(ChartKind.STATES, caption, axis, rows, period, tuple(marks))


def state_row_of(
    series: AssessedSeries, row: Mapping[str, Any], text: Text, decimals: int
) -> StateRow:
    is_absent = pd.isna(row["value"])
    path_name = text(str(row["path_key"])) if row["path_key"] else ""
    return StateRow(
        str(row["area"]),
        text.code("area", str(row["area"])),
        None if is_absent else float(row["value"]),
        why_absent(row, text) if is_absent else printed_value(series, row, text, decimals),
        ""
        if is_absent or series.component == STEP
        else printed_number(series, row, text, decimals),
        absence_mark(row, text) if is_absent else value_mark(row, text),
        () if is_absent else notes_on_state(row, text),
        number_or_none(row["path"]),
        path_name,
        number_or_none(row.get("gap")),
    )


def notes_on_state(row: Mapping[str, Any], text: Text) -> tuple[str, ...]:
    """That the value is a limit, the status with the period of the verdict, qualifications.

    A missing status is left to the table, which has its reason.
    """
    is_assessed = bool(row["path_key"]) and row["status"] in {*CURRENT_STATUSES, NOT_CURRENT}
    dated = dated_status(
        row["status"], row.get("status_period", ""), text, last=row.get("last_status", "")
    )
    status = dated if is_assessed else ""
    return tuple(filter(None, [limit_note(row, text), status, reservation(row, text)]))
