"""Figures in cells of a report, with letters for what qualifies them, and the key of these."""

from collections.abc import Iterable

import pandas as pd

from dashboard.charts.marks import why_absent
from dashboard.charts.native_numbers import letter_of
from dashboard.charts.points import absence_mark, reservation_mark
from dashboard.charts.specification import Mark
from dashboard.contents.state_profile import bare_figure
from dashboard.released.series import AssessedSeries
from dashboard.report.document import DocumentCell, text_cell
from dashboard.rows_by_key import Record
from dashboard.texts import Text
from dashboard.wording.narrative import latest_value
from metrics.messages.local_formats import HARD_SPACE
from metrics.messages.sentences import as_sentence


def letters_in_use(marks: Iterable[Mark], text: Text) -> str:
    """`p provisional value; : no figure, not collected`: a letter may have several meanings."""
    words: dict[str, dict[str, None]] = {}
    for mark in marks:
        if mark:
            words.setdefault(letter_of(mark), {})[mark.words] = None
    listed = (f"{letter}{HARD_SPACE}{', '.join(named)}" for letter, named in words.items())
    return as_sentence(text.listed(listed))


def letters_of_latest(series: Iterable[AssessedSeries | None], text: Text) -> str:
    """The letters beside the latest figures."""
    latest = (own.last_known for own in series if own)
    return letters_in_use((mark_of_row(row, text) for row in latest if row), text)


def with_letter(figure: str, mark: Mark) -> str:
    return f"{figure}{HARD_SPACE}{letter_of(mark)}" if mark else figure


def mark_of_row(row: Record | None, text: Text) -> Mark:
    """What qualifies a figure, or why there is none."""
    if row is None:
        return Mark("absent.not_reported", text("absent.not_reported"))
    if pd.isna(row["value"]):
        return absence_mark(row, text)
    return reservation_mark(row, text)


def figure_cell(
    series: AssessedSeries, row: Record | None, text: Text, *, is_number: bool
) -> DocumentCell:
    """The figure with its letter; in place of an absent one the letter that says why."""
    mark = mark_of_row(row, text)
    if row is None or pd.isna(row["value"]):
        return DocumentCell(letter_of(mark), is_number=is_number, is_absent=True)
    printed = with_letter(bare_figure(series, row, text), mark)
    return DocumentCell(printed, is_number=is_number,
                        value=float(row["value"]) if is_number else None)  # fmt: skip


def latest_cell(series: AssessedSeries, text: Text) -> DocumentCell:
    """The latest figure with its period, or why there is none."""
    row = series.last_known
    if row is None:
        last = series.last_row
        why = why_absent(last, text) if last else text("absent.not_reported")
        return DocumentCell(why, is_absent=True)
    figure = with_letter(latest_value(series, text), mark_of_row(row, text))
    return text_cell(f"{figure} ({text.period(row['period'])})")
