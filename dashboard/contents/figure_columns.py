"""The columns of a table of figures in words: value, rate, expected value, gap, growth, status."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.charts.gaps import growth_name, printed_growth
from dashboard.charts.marks import why_absent
from dashboard.data import Release
from dashboard.released.assessments import KEYS_OF_START
from dashboard.released.growth import released_growth
from dashboard.released.printed_gaps import steps_in_words
from dashboard.released.series import DECIMALS_OF_ESTIMATE, AssessedSeries
from dashboard.released.table_views import compare_with_path, is_count, most_decimals
from dashboard.released.unclear_changes import UNCLEAR_SIGN
from dashboard.rounding import compare, decimals_of_column, round_both
from dashboard.rows_by_key import Record
from dashboard.texts import Text
from dashboard.wording.status_ages import age_in_words
from dashboard.wording.status_reasons import override_note
from metrics.core.tables import PER_100_000_CHILDREN, STEP, YEARLY_CHANGES

GROWTH = "growth"  # a column of a table: the released growth of the year, in words


@dataclass(frozen=True)
class ColumnDecimals:
    """How many decimals every figure of a table has."""

    figures: int
    compared: int  # of expected values and gaps


def growth_heading(rows: Sequence[Record], text: Text) -> str:
    """With the meaning of the sign of an unclear change, where a year has it."""
    name = growth_name(rows, text)
    is_signed = any(UNCLEAR_SIGN in str(row[GROWTH]) for row in rows)
    return f"{name} ({text('chart.growth_sign', sign=UNCLEAR_SIGN)})" if is_signed else name


def with_growth(
    values: pd.DataFrame, series: AssessedSeries, release: Release | None, text: Text
) -> pd.DataFrame:
    """Add the released growth of each year in words, where the target is a growth of each year."""
    changes = printed_growth(released_growth(series, release), text)
    if not changes:
        return values
    return values.assign(**{GROWTH: values["period"].map(changes).fillna("–")})


def gap_heading(path_keys: Iterable[str], text: Text) -> str:
    """A gap, of which plus is better; from a start alone, a change, which has its own sign."""
    kinds = {key in KEYS_OF_START for key in path_keys}
    if len(kinds) > 1:
        return text("scoreboard.gap_or_change")
    return text("table.change" if True in kinds else "table.gap")


def rate_heading(columns: Container[str], text: Text) -> list[str]:
    """The heading of the rate beside a count, if the table has it."""
    has_rate = PER_100_000_CHILDREN in columns
    return [text.code("component", PER_100_000_CHILDREN)] if has_rate else []


def rate_in_words(row: Record, text: Text) -> list[str]:
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


def compared_in_words(
    row: Record, series: AssessedSeries, text: Text, decimals: ColumnDecimals | None = None
) -> list[str]:
    """The value, the value that the path expects, and the gap or the change between them.

    In the decimals of the table or, by default, of a row alone.
    """
    decimals = decimals or decimals_of_table([row], series)
    path, digits = row["path"], decimals.compared
    value = value_in_words(row, series, text, decimals.figures)
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


def value_in_words(row: Record, series: AssessedSeries, text: Text, digits: int) -> str:
    """The figure in so many decimals, or why there is none."""
    if pd.isna(row["value"]):
        return why_absent(row, text)
    period = str(row.get("period") or "")
    return series.format_figure(row, text, digits, period=period, fixed=True)


def shared_by(row: Mapping[str, Any], text: Text) -> str:
    """In how many States a status of the Union is that of the State too; empty of a State."""
    assessed = row.get("states_assessed")
    if assessed is None or pd.isna(assessed) or not assessed:
        return ""
    agreeing, of_states = int(row["states_with_status"]), text.number(int(assessed), 0)
    return text.counted("table.of_states", agreeing, assessed=of_states)


def notes_on_status(row: Mapping[str, Any], text: Text) -> list[str]:
    """How old the status of a row is, and what was computed where a reviewer set another one."""
    official = row.get("assessment")
    override = override_note(official.status, official.computed, text) if official else ""
    return [*filter(None, [age_in_words(row.get("status_age"), text), override])]
