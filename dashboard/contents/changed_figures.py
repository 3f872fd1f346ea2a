"""A figure before and after a change in words, with the difference of the two as printed."""

from dataclasses import dataclass

import pandas as pd

from dashboard.charts.marks import why_absent
from dashboard.context import PageContext
from dashboard.released.series import AssessedSeries, read_series
from dashboard.rounding import compare
from dashboard.rows_by_key import Record
from dashboard.texts import Text
from metrics.catalogue.loader import catalogue
from metrics.core.tables import BREAKDOWNS, STEP, TOTAL, WITHHELD
from metrics.release.changes import FigureChange

STATUS_COLUMNS = ("previous_observation_status", "observation_status")


@dataclass(frozen=True)
class PrintedChange:
    """A figure before, the figure now, and their difference; empty where one of them is absent."""

    old: str
    new: str
    difference: str = ""


def series_of_row(row: Record, component: str, context: PageContext) -> AssessedSeries | None:
    """The series of a row; None of an indicator that is defined no longer."""
    if row["indicator"] not in catalogue().indicators:
        return None
    codes = {by: row[by] for by in BREAKDOWNS if row[by] != TOTAL}
    return read_series(context.release, row["indicator"], row["area"], codes, component)


def printed_figures(row: Record, series: AssessedSeries | None, text: Text) -> PrintedChange:
    """The printed difference is that of the two printed figures; steps of a ladder have none."""
    old, new = row["previous_value"], row["value"]
    if pd.isna(old) or pd.isna(new):
        return PrintedChange(previous_in_words(row, series, text), in_words(row, series, text))
    compared = compare(new, old)
    digits = compared.decimals
    if row.get("kind") == FigureChange.OBSERVATION_STATUS:
        value = in_words(row, series, text, digits)
        return PrintedChange(*(with_status(value, row[name], text) for name in STATUS_COLUMNS))
    is_step = row["component"] == STEP
    return PrintedChange(
        previous_in_words(row, series, text, digits),
        in_words(row, series, text, digits),
        "" if is_step else text.signed(compared.difference, digits),
    )


def with_status(value: str, status: str, text: Text) -> str:
    return f"{value}, {text.code('observation_status', status)}"


def previous_in_words(
    row: Record, series: AssessedSeries | None, text: Text, digits: int | None = None
) -> str:
    """The figure before, or why there was none; "not shown" where it may be shown no longer."""
    status = row["previous_observation_status"]
    if status == WITHHELD and row.get("kind") != FigureChange.UNSUPPRESSED:
        return text("changes.hidden")
    earlier = {
        "value": row["previous_value"],
        "observation_status": status,
        "limit": row.get("previous_limit", ""),
        "materiality": row.get("previous_materiality", ""),
        "period": row["period"],
    }
    return in_words(earlier, series, text, digits)


def in_words(
    row: Record, series: AssessedSeries | None, text: Text, digits: int | None = None
) -> str:
    if pd.isna(row["value"]):
        return why_absent(row, text)
    if series is None:
        return text.number(row["value"], digits)
    return series.format_figure(row, text, digits, period=row["period"])
