"""Compare the names of rows with their keys, and recognise rows that need no indicator."""

import re
from collections.abc import Iterator, Sequence

from metrics.catalogue.codelists import LETTERS_OF_WORD, find_code, fold_spelling
from metrics.core.cells import cell_address
from metrics.core.tables import STATUSES
from metrics.intake.reading.issues import ReadIssue
from metrics.intake.reading.layout import SheetRow, SheetTable
from metrics.intake.reading.misplaced_figures import is_number
from metrics.intake.reading.numbers import cell_text
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
        if not (has_value and typed_key and name) or reader.is_name(name):
            continue
        cell = cell_address(number, column.index)
        yield ReadIssue(
            "name_of_row_changed", body.table.sheet.name, cell, name, expected=key.indicator
        )


def needs_no_indicator(row: SheetRow, table: SheetTable, key: UnknownSeries) -> bool:
    """Whether a row is a total, or holds no figure, as a signature or a note does."""
    if key.rule != "series_unknown" or key.nearest or LOOKS_LIKE_A_KEY.fullmatch(key.typed):
        return False
    return _is_total(key.typed) or not _states_a_figure(row, table)


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
