"""The table view of each chart, with the same values."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from dash import html

from dashboard.charts.marks import (
    coverage_note,
    is_total,
    remark_in_words,
    remark_language,
    reservation,
)
from dashboard.components.citations import cited
from dashboard.components.goal.figure_links import figure_link
from dashboard.components.status import badge, in_sentences
from dashboard.components.tables import Cell, stacked_table, table
from dashboard.contents.figure_columns import (
    GROWTH,
    ColumnDecimals,
    compared_in_words,
    decimals_of_table,
    gap_heading,
    growth_heading,
    notes_on_status,
    rate_heading,
    rate_in_words,
    shared_by,
    value_in_words,
)
from dashboard.data import records
from dashboard.released.series import AssessedSeries
from dashboard.released.table_views import Part
from dashboard.rows_by_key import Record
from dashboard.texts import Text
from dashboard.view import View
from dashboard.wording.status_reasons import decisive_reason
from metrics.messages import Message

STATUS_HEADINGS = ("table.status", "table.reason")


def trend_table(
    caption: str,
    series: AssessedSeries,
    values: pd.DataFrame,
    text: Text,
    view: View | None = None,
) -> html.Div:
    """One row for each period, with its status where the release holds a status history.

    On the page of a view, each figure leads to its origin.

    Without a target there is no path and no column for it; a single area has no coverage.
    """
    official, periods = series.official, records(values)
    key = official.key_of_path() if official else ""
    assessed = [text(key), gap_heading([key], text)] if official else []
    status = STATUS_HEADINGS if official and "status" in values else ()
    coverage = [text("table.coverage")] if any(map(is_total, periods)) else []
    rate = rate_heading(values, text)
    grown = [growth_heading(periods, text)] if GROWTH in values else []
    columns = [text("table.period"), text("table.value"), *rate, *assessed, *grown,
               *map(text, status), *coverage, text("table.note")]  # fmt: skip
    decimals = decimals_of_table(periods, series)
    rows = [
        [text.period(row["period"]),
         *figure_cells(row, series, text, len(assessed), decimals=decimals, view=view),
         *([row[GROWTH]] if grown else []),
         *(status_cells(row, text) if status else []),
         *([coverage_note(row, text, "table.of") or "–"] if coverage else []), note_cell(row, text)]
        for row in periods
    ]  # fmt: skip
    return stacked_table(
        caption, columns, rows, numeric=range(1, 2 + len(rate) + len(assessed) + len(grown))
    )


def parts_table(
    caption: str, series: AssessedSeries, parts: Sequence[tuple[str, Part]], text: Text
) -> html.Div:
    """One row for each period, one column for each part of the breakdown."""
    periods = sorted({row["period"] for _, part in parts for row in part.values})
    found = {(name, row["period"]): row for name, part in parts for row in part.values}
    digits = decimals_of_table([*found.values()], series).figures
    rows = [
        [
            text.period(period),
            *(
                value_cell(found.get((name, period)) or {"value": None}, series, text, digits)
                for name, _ in parts
            ),
        ]
        for period in periods
    ]
    columns = [text("table.period"), *(name for name, _ in parts)]
    return table(caption, columns, rows, numeric=range(1, len(columns)))


def states_table(
    caption: str,
    series: AssessedSeries,
    states: pd.DataFrame,
    text: Text,
    view: View | None = None,
) -> html.Div:
    """One row for each State, with path, gap and status where any State has a target."""
    keys = [key for key in states["path_key"].unique() if key]
    path, gap = " / ".join(map(text, keys)), gap_heading(keys, text)
    assessed = [path, gap, *map(text, STATUS_HEADINGS)] if keys else []
    rate = rate_heading(states, text)
    columns = [text("overview.area"), text("table.value"), *rate, *assessed, text("table.note")]
    decimals = decimals_of_table(records(states), series)
    rows = [
        [text.code("area", row["area"]),
         *figure_cells(row, series, text, len(assessed[:2]), decimals=decimals, view=view),
         *(status_cells(row, text) if keys else []), note_cell(row, text)]
        for row in records(states)
    ]  # fmt: skip
    return stacked_table(caption, columns, rows, range(1, 2 + len(rate) + (2 if keys else 0)))


def figure_cells(  # noqa: PLR0913 - a figure, how it is printed, and where it leads
    row: Record,
    series: AssessedSeries,
    text: Text,
    assessed: int,
    *,
    decimals: ColumnDecimals,
    view: View | None,
) -> list[Cell]:
    """The value, its rate where known, and as many of expected value and gap as are shown."""
    _, *beside = compared_in_words(row, series, text, decimals)
    value = value_cell(row, series, text, decimals.figures)
    value = figure_link(value, row, series, view) if view else value
    return [value, *rate_in_words(row, text), *beside[:assessed]]


def value_cell(row: Record, series: AssessedSeries, text: Text, digits: int) -> Cell:
    words = value_in_words(row, series, text, digits)
    return html.Span(words, className="absent") if pd.isna(row["value"]) else words


def status_cells(row: Mapping[str, Any], text: Text) -> list[Cell]:
    """The status and what decides it."""
    reason = decisive_reason(row.get("assessment"), text)
    return [status_cell(row, text), html.Div(reason, className="cell-note") if reason else ""]


def status_cell(row: Mapping[str, Any], text: Text) -> Cell:
    """The status that counts, with the computed one if a reviewer overrode it."""
    if not row["status"]:
        return "–"
    assessed = str(row.get("status_period") or "")
    period = assessed if assessed != row["period"] else ""
    status = badge(row["status"], text, period, shared_by(row, text), row.get("last_status") or "")
    return [status, " ", in_sentences(notes_on_status(row, text))]


def note_cell(row: Mapping[str, Any], text: Text) -> Cell:
    """Qualifications, the submitter's remark, what the path rests on, and the publication."""
    carried = text("table.carried_back") if row.get("path_carried_back") is True else ""
    remark = Message(remark_in_words(row, text).rstrip("."), remark_language(row, text))
    parts = [reservation(row, text), remark, carried]
    notes: list[Cell] = [*text.joined([[part] for part in parts if part], ". ")]
    if source := cited(row, text):
        notes += [*([". "] if notes else []), source]
    return html.Div(notes, className="cell-note") if notes else ""
