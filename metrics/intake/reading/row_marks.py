"""Ask about rows that an unread column marks as not valid, estimated or confidential."""

from collections.abc import Iterator, Sequence
from datetime import date

from metrics.core.cells import cell_address
from metrics.intake.reading.figure_words import (
    STATUS_OF_MEANING,
    find_meaning,
    is_answer,
    stated_status,
)
from metrics.intake.reading.issues import ReadIssue
from metrics.intake.reading.layout import SheetTable, TableColumn
from metrics.intake.reading.numbers import cell_text, map_distinct
from metrics.intake.reading.partial_figures import names_a_part
from metrics.intake.reading.title_meanings import stated_beside_values

WORDS_OF_A_MARK = 4  # a longer text is a remark


def is_column_of_answers(column: TableColumn, cells: Sequence[object]) -> bool:
    """Whether a column says yes or no to what its heading asks: `Valid`, `Estimated?`."""
    asks = (
        stated_status(column.typed)[0]
        or find_meaning(column.typed, "validity")
        or find_meaning(column.typed, "publication")
    )
    return bool(asks) and all(is_answer(cell, "yes") or is_answer(cell, "no") for cell in cells)


def row_mark_issues(table: SheetTable, column: TableColumn, period: str) -> Iterator[ReadIssue]:
    """An issue at each mark beside a value to which no status answers."""
    for number, stated in stated_beside_values(table).items():
        cell = table.sheet.rows[number][column.index]
        if cell is None:
            continue
        address, text = cell_address(number, column.index), _line(cell)
        answered_by = _status_to_be_chosen(column.typed, cell)
        if answered_by and answered_by not in stated:
            yield ReadIssue("row_marked", table.sheet.name, address, column.typed, text)
        elif isinstance(cell, str | date) and names_a_part(text, period):
            yield ReadIssue("remark_on_part", table.sheet.name, address, typed=text)


def withheld_issues(table: SheetTable, column: TableColumn) -> Iterator[ReadIssue]:
    """Texts of a read column, such as that of sources, by which a figure is confidential."""
    answers = map_distinct(table.cells_of(column), _says_withheld)
    withheld = {number for number, answer in enumerate(answers, table.first) if answer}
    if not withheld:
        return
    for number, stated in stated_beside_values(table).items():
        if number in withheld and "confidentiality_status" not in stated:
            text = _line(table.sheet.rows[number][column.index])
            cell = cell_address(number, column.index)
            yield ReadIssue("row_marked", table.sheet.name, cell, column.typed, text)


def _says_withheld(cell: object) -> bool:
    return bool(find_meaning(cell_text(cell), "confidential"))


def _line(cell: object) -> str:
    """The text of a cell without line breaks."""
    return " ".join(cell_text(cell).split())


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
