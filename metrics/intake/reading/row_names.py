"""Compare the names of rows with their keys, and recognise rows that need no indicator."""

import re
from collections.abc import Iterator, Sequence
from math import fsum, isfinite

from metrics.catalogue.codelists import LETTERS_OF_WORD, find_code, fold_spelling
from metrics.core.cells import cell_address
from metrics.core.tables import BREAKDOWNS, STATUSES
from metrics.intake.reading.issues import ReadIssue
from metrics.intake.reading.layout import SheetRow, SheetTable
from metrics.intake.reading.misplaced_figures import is_number
from metrics.intake.reading.numbers import cell_text, parse_numbers
from metrics.intake.reading.series_keys import SeriesKey, SeriesKeyReader, UnknownSeries
from metrics.intake.reading.table_body import TableBody
from metrics.intake.templates import words_meaning

LOOKS_LIKE_A_KEY = re.compile(r"\s*[A-Z][A-Z0-9]*_[A-Z0-9_]*\s*(?:\[.*)?", re.DOTALL)
WORDS_BESIDE_TOTAL = 1  # `Grand total`; more words name what is counted


def changed_name_issues(
    body: TableBody, keys: Sequence[SeriesKey], reader: SeriesKeyReader
) -> Iterator[ReadIssue]:
    """Rows with a value and a key of an indicator that have the name of no indicator."""
    column = body.table.first_column("indicator")
    if column is None or not body.table.columns_of("series"):
        return
    keyed = body.texts(body.table.first_column("series"))
    rows = zip(keys, keyed, body.texts(column), body.filled("value"), body.numbers, strict=True)
    for key, typed_key, name, has_value, number in rows:
        if not (has_value and typed_key and name) or reader.is_name(name, key.indicator):
            continue
        cell = cell_address(number, column.index)
        yield ReadIssue(
            "name_of_row_changed", body.table.sheet.name, cell, name, expected=key.indicator
        )


def own_row_label(number: int, table: SheetTable, key: UnknownSeries, *, is_cut: bool) -> str:
    """What a row of the sender's own is called: a total, a signature, a note; empty for others.

    A row that may be cut from another one counts only if it holds no number at all.
    """
    row = table.sheet.rows[number]
    if key.rule == "series_missing":
        return _label_of_unnamed_total(number, table)
    if key.rule != "series_unknown" or key.nearest or LOOKS_LIKE_A_KEY.fullmatch(key.typed):
        return ""
    is_total, is_note = _is_total(key.typed), not _states_a_figure(row, table)
    if is_cut:
        is_note = is_note and not is_total and not any(map(is_number, row))
    is_own = is_note or (is_total and not is_cut)
    return key.typed if is_own else ""


def _label_of_unnamed_total(number: int, table: SheetTable) -> str:
    """The label of a total beside an empty key, or the number itself if it is the sum above it."""
    row, values = table.sheet.rows[number], {column.index for column in table.columns_of("value")}
    others = [index for index, cell in enumerate(row) if cell is not None and index not in values]
    if not others:
        return _sum_of_all_above(number, table)
    label, role = cell_text(row[others[0]]), _role_at(others[0], table)
    is_label = len(others) == 1 and role not in BREAKDOWNS
    return label if is_label and _is_total(label) else ""


def _sum_of_all_above(number: int, table: SheetTable) -> str:
    """The only number of the last filled row, if it is the sum of those above it."""
    row, rows = table.sheet.rows[number], table.sheet.rows
    filled = [index for index, cell in enumerate(row) if cell is not None]
    is_last = all(below.count(None) == len(below) for below in rows[number + 1 : table.last])
    if len(filled) != 1 or not is_last:
        return ""
    column = [cells[filled[0]] for cells in rows[table.first : number + 1]]
    *parts, total = (number.value for number in parse_numbers(column))
    parts = [*filter(isfinite, parts)]
    return cell_text(row[filled[0]]) if len(parts) > 1 and total == fsum(parts) else ""


def _role_at(index: int, table: SheetTable) -> str:
    return next((column.role for column in table.columns if column.index == index), "")


def _is_total(text: str) -> bool:
    words = LETTERS_OF_WORD.findall(fold_spelling(text))
    spelt = [" ".join(LETTERS_OF_WORD.findall(word)) for word in words_meaning("total")]
    plain = " ".join(words)
    return any(
        total and len(words) - len(total.split()) <= WORDS_BESIDE_TOTAL
        and re.search(rf"(?<!\S){total}(?!\S)", plain)
        for total in spelt
    )  # fmt: skip


def _states_a_figure(row: SheetRow, table: SheetTable) -> bool:
    """Whether a row has a number, or a word for a missing one, as its value, or a status."""
    values = [row[column.index] for column in table.columns_of("value")]
    if any(is_number(cell) or find_code(cell_text(cell), "observation_status")
           for cell in values if cell is not None):  # fmt: skip
        return True
    return any(
        find_code(cell_text(row[column.index]), name)
        for name in STATUSES
        for column in table.columns_of(name)
        if row[column.index] is not None
    )
