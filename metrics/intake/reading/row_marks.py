"""Ask about rows that an unread column marks as not valid, estimated or confidential."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import NamedTuple

from metrics.catalogue.codelists import find_code, fold_spelling
from metrics.core.cells import cell_address
from metrics.core.tables import FREE
from metrics.intake.reading.figure_words import (
    STATUS_OF_MEANING,
    draft_words,
    find_meaning,
    is_answer,
    not_of_one_period,
    stated_status,
)
from metrics.intake.reading.headings import period_in_text
from metrics.intake.reading.issues import ReadIssue
from metrics.intake.reading.layout import SheetTable, TableColumn
from metrics.intake.reading.numbers import cell_line, cell_text, map_distinct, parse_number
from metrics.intake.reading.partial_figures import MONTHS_BEFORE_THE_LAST, names_a_part
from metrics.intake.reading.title_meanings import stated_beside_values
from metrics.intake.reading.titles import only_period

WORDS_OF_A_MARK = 4  # a longer text is a remark
CONFIDENTIALITY = "confidentiality_status"
LETTERS_OF_INITIALS, MOST_INITIALS = 2, 3
YEARS_BEFORE = 5  # the year of a law or publication is often an earlier one


def is_column_of_answers(column: TableColumn, cells: Sequence[object]) -> bool:
    """Whether a column says yes or no to what its heading asks: `Valid`, `Estimated?`."""
    asks = (
        stated_status(column.typed)[0]
        or find_meaning(column.typed, "validity")
        or find_meaning(column.typed, "publication")
    )
    return bool(asks) and all(is_answer(cell, "yes") or is_answer(cell, "no") for cell in cells)


def answer_on_confidentiality(column: TableColumn, table: SheetTable) -> str:
    """A letter that may be a code or a yes or no: N below `Vertraulich`, E below `Julkinen`.

    Of a column that is read as that of statuses, only its answers; another one has no codes.
    """
    if column.role not in {"", CONFIDENTIALITY}:
        return ""
    if not column.role and table.has_cells(CONFIDENTIALITY):
        return ""
    asks = find_code(column.typed.rstrip(" ?"), CONFIDENTIALITY)
    if asks not in {"C", FREE}:
        return ""
    texts = (cell_line(cell).strip(".") for cell in table.cells_of(column) if cell is not None)
    letters = (text for text in texts if len(text) == 1 and text.isalpha())
    return next((letter for letter in letters if _is_doubtful(letter, asks, column.role)), "")


def _is_doubtful(letter: str, asks: str, role: str) -> bool:
    is_no = is_answer(letter, "no")
    if role:
        return is_no
    return not is_answer(letter, "yes") and not (is_no and asks == FREE)


class MarkedRow(NamedTuple):
    """A cell beside a value, and the columns with a status of that value."""

    cell: object
    kind: type  # of the cell: TRUE is equal to 1
    stated: frozenset[str]


def row_mark_issues(table: SheetTable, column: TableColumn, period: str) -> Iterator[ReadIssue]:
    """An issue at each mark beside a value to which no status answers."""
    beside_values = stated_beside_values(table)
    cells = (table.sheet.rows[number][column.index] for number in beside_values)
    rows = [
        MarkedRow(cell, type(cell), frozenset(stated))
        for cell, stated in zip(cells, beside_values.values(), strict=True)
    ]
    issues = map_distinct(rows, partial(_issue_of_mark, column.typed, period))
    for number, issue in zip(beside_values, issues, strict=True):
        if issue:
            cell = cell_address(number, column.index)
            yield replace(issue, sheet=table.sheet.name, cell=cell)


def _issue_of_mark(heading: str, period: str, row: MarkedRow) -> ReadIssue | None:
    """The issue of a mark, without its cell."""
    cell = row.cell
    if cell is None or is_initials_below(heading, cell):
        return None
    text, answered_by = cell_line(cell), _status_to_be_chosen(heading, cell)
    needs_status = answered_by and answered_by not in row.stated
    if needs_status or _is_no_final_figure(heading, text) or _is_word_for_a_limit(text):
        return ReadIssue("row_marked", typed=heading, understood=text)
    if _counts_months(heading, cell):
        return ReadIssue("remark_on_part", typed=f"{heading}: {text}")
    is_part = isinstance(cell, str | date) and (
        _says_a_part(text, period) or _names_earlier_year(text, period)
    )
    return ReadIssue("remark_on_part", typed=text) if is_part else None


def is_initials_below(heading: str, cell: object) -> bool:
    """Whether a cell has the initials of who has checked a figure: NO is then no `no`."""
    text = cell_text(cell).replace(".", "").strip()
    are_letters = len(text) <= MOST_INITIALS and text.isalpha() and text.isupper()
    return are_letters and bool(find_meaning(heading, "by_whom"))


def _is_no_final_figure(heading: str, text: str) -> bool:
    """Whether a mark says that the figure is cumulative, a plan or a draft: `Version | draft`."""
    if len(text.split()) > WORDS_OF_A_MARK:
        return False
    marks = not_of_one_period(text) or find_meaning(text, "planned")
    return bool(marks or draft_words(text) or draft_words(f"{heading} {text}"))


def _counts_months(heading: str, cell: object) -> bool:
    """Whether a number below a heading with months is that of a part of the year."""
    if not find_meaning(heading, "months"):
        return False
    return parse_number(cell_text(cell)).value in MONTHS_BEFORE_THE_LAST


def _is_word_for_a_limit(text: str) -> bool:
    """Whether a mark says that the figure is the lowest or the highest possible: `at least`.

    Two capitals are the initials of a person: AB, which as a word is German for `at least`.
    """
    are_initials = len(text) == LETTERS_OF_INITIALS and text.isupper()
    is_word = any(map(str.isalpha, text)) and not are_initials
    return is_word and bool(find_code(text.rstrip("."), "limit"))


def _names_earlier_year(text: str, period: str) -> bool:
    """Whether a mark such as `data of 2024` names a year shortly before that of the figure."""
    year = only_period(text) if len(text.split()) <= WORDS_OF_A_MARK else ""
    if not (year.isdecimal() and period.isdecimal()):
        return False
    return 0 < int(period) - int(year) <= YEARS_BEFORE


def text_column_issues(table: SheetTable, column: TableColumn, period: str) -> Iterator[ReadIssue]:
    """Texts of a read column, such as that of sources, that say something about their figure."""
    withheld = _rows_that(table, column, partial(_says_withheld, column.typed))
    of_part = set()
    if column.role == "source":
        of_part = _rows_that(table, column, lambda cell: _says_a_part(cell_line(cell), period))
    if not withheld and not of_part:
        return
    for number, stated in stated_beside_values(table).items():
        cell = cell_address(number, column.index)
        text = cell_line(table.sheet.rows[number][column.index])
        if number in withheld and CONFIDENTIALITY not in stated:
            yield ReadIssue("row_marked", table.sheet.name, cell, column.typed, text)
        elif number in of_part and number not in withheld:
            yield ReadIssue("remark_on_part", table.sheet.name, cell, typed=text)


def _rows_that(table: SheetTable, column: TableColumn, says: Callable[[object], bool]) -> set[int]:
    """The rows whose cell of a column says so. Each distinct cell is looked at once."""
    answers = map_distinct(table.cells_of(column), says)
    return {number for number, answer in enumerate(answers, table.first) if answer}


def _says_withheld(heading: str, cell: object) -> bool:
    """Whether a cell forbids publication: in words, or as the answer to `Publication`."""
    if find_meaning(cell_text(cell), "confidential"):
        return True
    return is_answer(cell, "no") and bool(find_meaning(heading, "publication"))


def _says_a_part(text: str, period: str) -> bool:
    """Whether a text says that a figure leaves something out, or is nothing but another period."""
    return names_a_part(text, period) or period_in_text(text) not in {"", period}


def words_of_withheld(heading: str, cell: object) -> str:
    """The words by which a row of running texts must not be published; empty if there are none.

    One word alone, such as `confidential`, may describe what was done: a confidential helpline.
    """
    text = cell_line(cell)
    words = find_meaning(text, "confidential")
    if not words:
        return f"{heading}: {text}" if _says_withheld(heading, cell) else ""
    if " " in words:
        return words
    alone = rf"(?:\A(?:\w+ )?|[(\[.;:!–-]\s*){re.escape(words)}(?=\s*(?:[)\]:;.!–-]|\Z))"
    return words if re.search(alone, fold_spelling(text)) else ""


def _status_to_be_chosen(heading: str, cell: object) -> str:
    """The column of the status that a mark calls for; empty if it calls for none."""
    asked, _, _ = stated_status(heading)
    if asked:
        return asked if is_answer(cell, "yes") else ""
    text = cell_text(cell)
    is_withheld = is_answer(cell, "no") and find_meaning(heading, "publication")
    if is_withheld or find_meaning(text, "confidential"):
        return STATUS_OF_MEANING["confidential"][0]
    if len(text.split()) > WORDS_OF_A_MARK:
        return ""
    is_refused = is_answer(cell, "no") and find_meaning(heading, "validity")
    if is_refused or find_meaning(text, "not_valid"):
        return STATUS_OF_MEANING["estimated"][0]
    return stated_status(text)[0]
