"""The table view of each chart, with the same values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from dash import html

from dashboard.charts.gaps import growth_name, printed_change
from dashboard.charts.marks import (
    coverage_note,
    is_total,
    remark_in_words,
    remark_language,
    reservation,
    why_absent,
)
from dashboard.components.citations import cited
from dashboard.components.goal.figure_links import figure_link
from dashboard.components.overrides import override_note
from dashboard.components.status import badge, in_sentences
from dashboard.components.tables import Cell, stacked_table, table
from dashboard.data import Release, records
from dashboard.released.assessments import KEYS_OF_START
from dashboard.released.growth import released_growth
from dashboard.released.printed_gaps import steps_in_words
from dashboard.released.series import DECIMALS_OF_ESTIMATE, AssessedSeries
from dashboard.released.table_views import Part, compare_with_path, is_count, most_decimals
from dashboard.released.unclear_changes import UNCLEAR_SIGN
from dashboard.rounding import compare, decimals_of_column, round_both
from dashboard.rows_by_key import Record
from dashboard.texts import Text
from dashboard.view import View
from dashboard.wording.status_ages import age_in_words
from dashboard.wording.status_reasons import decisive_reason
from metrics.core.tables import PER_100_000_CHILDREN, STEP, YEARLY_CHANGES
from metrics.messages import Message

GROWTH = "growth"  # a column of a table: the released growth of the year, in words
STATUS_HEADINGS = ("table.status", "table.reason")


@dataclass(frozen=True)
class ColumnDecimals:
    """How many decimals every figure of a table has."""

    figures: int
    compared: int  # of expected values and gaps


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


def growth_heading(rows: Sequence[Record], text: Text) -> str:
    """With the meaning of the sign of an unclear change, where a year has it."""
    name = growth_name(rows, text)
    is_signed = any(UNCLEAR_SIGN in str(row[GROWTH]) for row in rows)
    return f"{name} ({text('chart.growth_sign', sign=UNCLEAR_SIGN)})" if is_signed else name


def with_growth(
    values: pd.DataFrame, series: AssessedSeries, release: Release | None, text: Text
) -> pd.DataFrame:
    """Add the released growth of each year in words, where the target is a growth of each year."""
    changes = {row["period"]: printed_change(row, text) for row in released_growth(series, release)}
    if not changes:
        return values
    return values.assign(**{GROWTH: values["period"].map(changes).fillna("–")})


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


def gap_heading(path_keys: Iterable[str], text: Text) -> str:
    """A gap, of which plus is better; from a start alone, a change, which has its own sign."""
    kinds = {key in KEYS_OF_START for key in path_keys}
    if len(kinds) > 1:
        return text("scoreboard.gap_or_change")
    return text("table.change" if True in kinds else "table.gap")


def rate_heading(values: pd.DataFrame, text: Text) -> list[str]:
    """The heading of the rate beside a count, if the table has it."""
    has_rate = PER_100_000_CHILDREN in values
    return [text.code("component", PER_100_000_CHILDREN)] if has_rate else []


def rate_cell(row: Record, text: Text) -> list[str]:
    if PER_100_000_CHILDREN not in row:
        return []
    rate = row[PER_100_000_CHILDREN]
    if pd.isna(rate):
        return ["–"]
    return [text.limited(text.number(rate, DECIMALS_OF_ESTIMATE, fixed=True), row.get("limit"))]


def decimals_of_table(rows: Sequence[Record], series: AssessedSeries) -> ColumnDecimals:
    """One number of decimals for all figures of a table: as many as any row needs."""
    compared = [row for row in rows if has_gap(row)]
    found = [compare_with_path(series, row["value"], row["path"]) for row in compared]
    pairs = [(row["value"], row["path"]) for row in compared]
    alone = [
        number
        for row in rows
        if not has_gap(row)
        for name in ("value", "path")
        if not pd.isna(number := row.get(name))
    ]
    decimals = series.usual_decimals
    if decimals is None or series.quoted:
        decimals = decimals_of_column(alone, found, pairs, most_decimals(series))
    if series.component in YEARLY_CHANGES:  # as in a sentence
        decimals = max(decimals, *(compare(number, 0).decimals for number in alone), 0)
    return ColumnDecimals(
        0 if counts_whole(rows, series) else decimals,
        decimals,
    )


def counts_whole(rows: Sequence[Record], series: AssessedSeries) -> bool:
    """Whether all figures are counts, which have no decimals even beside a path that has."""
    known = (row["value"] for row in rows if not pd.isna(row["value"]))
    return is_count(series) and all(float(value).is_integer() for value in known)


def has_gap(row: Record) -> bool:
    return not any(pd.isna(row.get(name)) for name in ("value", "path", "gap"))


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
    value, *beside = compared_cells(row, series, text, decimals)
    value = figure_link(value, row, series, view) if view else value
    return [value, *rate_cell(row, text), *beside[:assessed]]


def compared_cells(
    row: Record, series: AssessedSeries, text: Text, decimals: ColumnDecimals | None = None
) -> list[Cell]:
    """The value, the value that the path expects, and the gap or the change between them.

    In the decimals of the table or, by default, of a row alone.
    """
    decimals = decimals or decimals_of_table([row], series)
    path, digits = row["path"], decimals.compared
    value = value_cell(row, series, text, decimals.figures)
    if pd.isna(path):
        return [value, "–", "–"]
    if series.component == STEP:
        gap = steps_in_words(row["gap"], text) if has_gap(row) else "–"
        return [value, series.format_value(path, text), gap]
    printed = series.quoted.get(path)
    expected = text.number(path, digits if printed is None else printed, fixed=printed is None)
    if not has_gap(row):
        return [value, expected, "–"]
    is_printed = row["value"] in series.quoted
    places = compare_with_path(series, row["value"], path).decimals if is_printed else digits
    found = round_both(row["value"], path, places)
    is_change = row.get("path_key") in KEYS_OF_START
    number = found.difference if is_change else found.gap(row["gap"])
    return [value, expected, text.signed(number, places, fixed=True)]


def value_cell(row: Record, series: AssessedSeries, text: Text, digits: int) -> Cell:
    if pd.isna(row["value"]):
        return html.Span(why_absent(row, text), className="absent")
    period = str(row.get("period") or "")
    return series.format_figure(row, text, digits, period=period, fixed=True)


def status_cells(row: Mapping[str, Any], text: Text) -> list[Cell]:
    """The status and what decides it."""
    reason = decisive_reason(row.get("assessment"), text)
    return [status_cell(row, text), html.Div(reason, className="cell-note") if reason else ""]


def status_cell(row: Mapping[str, Any], text: Text) -> Cell:
    """The status that counts, with the computed one if a reviewer overrode it."""
    if not row["status"]:
        return "–"
    assessed, official = str(row.get("status_period") or ""), row.get("assessment")
    period = assessed if assessed != row["period"] else ""
    notes = [
        age_in_words(row.get("status_age"), text),
        override_note(official.status, official.computed, text) if official else "",
    ]
    status = badge(row["status"], text, period, shared_by(row, text), row.get("last_status") or "")
    return [status, " ", in_sentences(notes)]


def shared_by(row: Mapping[str, Any], text: Text) -> str:
    """In how many States a status of the Union is that of the State too; empty of a State."""
    assessed = row.get("states_assessed")
    if assessed is None or pd.isna(assessed) or not assessed:
        return ""
    agreeing, of_states = int(row["states_with_status"]), text.number(int(assessed), 0)
    return text.counted("table.of_states", agreeing, assessed=of_states)


def note_cell(row: Mapping[str, Any], text: Text) -> Cell:
    """Qualifications, the submitter's remark, what the path rests on, and the publication."""
    carried = text("table.carried_back") if row.get("path_carried_back") is True else ""
    remark = Message(remark_in_words(row, text).rstrip("."), remark_language(row, text))
    parts = [reservation(row, text), remark, carried]
    notes: list[Cell] = [*text.joined([[part] for part in parts if part], ". ")]
    if source := cited(row, text):
        notes += [*([". "] if notes else []), source]
    return html.Div(notes, className="cell-note") if notes else ""
