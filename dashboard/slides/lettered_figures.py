"""Figures in tables of slides: a number with the letter that qualifies it, or the letter alone."""

import pandas as pd

from dashboard.charts.native_numbers import letter_of, limit_of
from dashboard.charts.points import absence_mark, printed_number, value_mark
from dashboard.charts.specification import Mark
from dashboard.released.series import AssessedSeries
from dashboard.rows_by_key import Record
from dashboard.texts import Text
from metrics.messages.local_formats import HARD_SPACE


def lettered_figure(series: AssessedSeries, row: Record, text: Text, decimals: int) -> str:
    """`15 p`, `c`: the number with its letter, or the letter for why there is none."""
    mark = mark_of_cell(row, text)
    if pd.isna(row["value"]):
        return letter_of(mark)
    return with_letter_of(mark, printed_number(series, row, text, decimals))


def with_letter_of(mark: Mark, number: str) -> str:
    """A limit is printed with its number already."""
    return number if limit_of(mark) or not mark else f"{number}{HARD_SPACE}{letter_of(mark)}"


def mark_of_cell(row: Record, text: Text) -> Mark:
    return absence_mark(row, text) if pd.isna(row["value"]) else value_mark(row, text)
