"""Report columns of a table that are not read, and ask where they may change its figures."""

from collections.abc import Iterator, Sequence
from functools import partial

from metrics.catalogue.codelists import find_code
from metrics.core.cells import cell_address
from metrics.core.tables import ATTRIBUTES, FREE, NORMAL, STATUSES
from metrics.intake.issue_names import IssueName
from metrics.intake.reading.days import year_ending_on
from metrics.intake.reading.figure_words import find_meaning, without_meaning
from metrics.intake.reading.headings import A_YEAR, parse_heading, parse_period
from metrics.intake.reading.issues import ReadIssue
from metrics.intake.reading.layout import (
    Layout,
    SheetTable,
    TableColumn,
    counts_rows,
    is_number_sign,
)
from metrics.intake.reading.numbers import (
    EMPTY,
    TEXT,
    cell_text,
    map_distinct,
    parse_numbers,
)
from metrics.intake.reading.partial_figures import names_parts
from metrics.intake.reading.row_marks import (
    answer_on_confidentiality,
    is_column_of_answers,
    is_initials_below,
    row_mark_issues,
    text_column_issues,
)

# Roles that several columns of a table may have: values by period, and what is not read anyway.
REPEATABLE = {"value", "previous", "format_attribute"}
# The name of a group, such as a police district; shorter texts are marks, longer ones remarks.
LETTERS_OF_A_GROUP, WORDS_OF_A_GROUP = 4, 4
TEXTS_OF_A_FIGURE = {"source", "reference"}
MARKS_OF_A_FOOTNOTE = "*†‡"
# Of columns about which an error asks as a whole.
ASKED_AS_A_WHOLE = {"column_in_doubt", "column_doubled", "column_of_parts"}
# Of columns about whose cells a question each says more.
ASKED_OF_ALL_CELLS = {"column_of_groups", "column_of_numbers_unknown"}
NO_NUMBERS = {EMPTY.form, TEXT.form, "bool", "date"}


def unread_column_issues(layout: Layout, implied_period: str) -> Iterator[ReadIssue]:
    """Filled columns with an unknown heading, or with the heading of another one."""
    for table in layout.tables:
        for column in table.columns:
            yield from _issues_of_column(table, column, implied_period)


def _issues_of_column(
    table: SheetTable, column: TableColumn, implied_period: str
) -> Iterator[ReadIssue]:
    cell = cell_address(column.header_row, column.index)
    issue_of_heading = partial(ReadIssue, sheet=table.sheet.name, cell=cell, typed=column.typed)
    if column.role in TEXTS_OF_A_FIGURE:
        yield from text_column_issues(table, column, implied_period)
    mark = _unexplained_mark(table, column.typed) if column.period else ""
    if mark and table.is_filled(column):
        yield issue_of_heading("heading_marked", understood=mark)
    if column.heading and column.heading.letter and table.is_filled(column):
        name: IssueName = "status_read_from_heading" if column.status else "heading_letter_in_doubt"
        yield issue_of_heading(name, nearest=column.heading.letter)
    if column.role == "period":
        yield from _marked_periods(table, column)
    first = _first_of_its_kind(table, column)
    if first is column and (answer := answer_on_confidentiality(column, table)):
        yield issue_of_heading("confidentiality_in_doubt", understood=answer)
        return
    if column.heading and (first is column or column.role in REPEATABLE):
        return
    cells = table.cells_of(column)
    filled = [cell for cell in cells if cell is not None]
    if filled and (not column.heading or cells != table.cells_of(first)):
        name = _issue(table, column, filled, implied_period)
        asks_as_a_whole = name in ASKED_AS_A_WHOLE
        marks = [] if asks_as_a_whole else [*row_mark_issues(table, column, implied_period)]
        are_all_marked = len(marks) == len(filled) or find_meaning(column.typed, "months")
        is_answered = name in ASKED_OF_ALL_CELLS and marks and are_all_marked
        yield issue_of_heading("column_unknown" if is_answered else name)
        yield from marks


def _marked_periods(table: SheetTable, column: TableColumn) -> Iterator[ReadIssue]:
    """Each cell with a period that has such a mark."""
    cells = [cell if isinstance(cell, str) else "" for cell in table.cells_of(column)]
    marks = map_distinct(cells, partial(_unexplained_mark, table))
    for number, mark in enumerate(marks, table.first):
        if mark:
            address = table.sheet.name, cell_address(number, column.index)
            yield ReadIssue("row_marked", *address, column.typed, cells[number - table.first])


def _unexplained_mark(table: SheetTable, text: str) -> str:
    """A star in `2025*` that no text on the sheet explains; it often means provisional."""
    mark = next((sign for sign in text if sign in MARKS_OF_A_FOOTNOTE), "")
    if not mark:
        return ""
    texts = (cell for row in table.sheet.rows for cell in row if isinstance(cell, str))
    noted = (text for text in texts if text.lstrip(" (").startswith(mark))
    return "" if any(len(text.strip(f"{MARKS_OF_A_FOOTNOTE} ()")) > 1 for text in noted) else mark


def _first_of_its_kind(table: SheetTable, column: TableColumn) -> TableColumn:
    """The first column with the role and period; a column without heading is its own."""
    if not column.heading:
        return column
    return next(own for own in table.columns_of(column.role) if own.period == column.period)


def _issue(
    table: SheetTable, column: TableColumn, cells: Sequence[object], implied_period: str
) -> IssueName:
    """A further remark is only not read; of other columns of one kind it is asked which applies."""
    if column.heading:
        return "column_unknown" if column.role in ATTRIBUTES else "column_doubled"
    if not table.names_periods and _end_other_years(cells, implied_period):
        return "column_in_doubt"
    counts = is_number_sign(column.typed) and counts_rows([*map(cell_text, cells)])
    if counts or is_column_of_answers(column, cells):
        return "column_unknown"
    if table.columns_of("value") and _names_revised_values(column.typed):
        return "column_doubled"
    return _issue_of_unknown(table, column, cells)


def _issue_of_unknown(table: SheetTable, column: TableColumn, cells: Sequence[object]) -> IssueName:
    """An unknown column may hold what the table lacks, or figures of a year."""
    if not table.names_periods and all(parse_period(cell) for cell in cells):
        return "column_in_doubt"
    are_initials = all(is_initials_below(column.typed, cell) for cell in cells)
    are_areas = not are_initials and all(find_code(cell_text(cell), "area") for cell in cells)
    if not table.columns_of("area") and are_areas:
        return "column_in_doubt"
    if _may_hold_statuses(table, column, cells):
        return "column_in_doubt"
    if names_parts(column.typed):
        return "column_of_parts"
    if all(number.form in NO_NUMBERS for number in parse_numbers(cells)):
        return "column_of_groups" if _holds_groups(table, column) else "column_unknown"
    return "column_in_doubt" if A_YEAR.search(column.typed) else "column_of_numbers_unknown"


def _names_revised_values(heading: str) -> bool:
    """Whether a heading is the word for a value with one for later figures: `Value (revised)`."""
    if not find_meaning(heading, "revised"):
        return False
    known = parse_heading(without_meaning(heading, "revised"), "observations")
    return known is not None and known.role == "value"


def _end_other_years(cells: Sequence[object], implied_period: str) -> bool:
    """Whether all cells are the last days of other years than the one that the round asks for."""
    years = {*map(year_ending_on, cells)}
    return not years & {"", implied_period}


def _may_hold_statuses(table: SheetTable, column: TableColumn, cells: Sequence[object]) -> bool:
    """Whether the heading of a column is a status, or its cells are, and the table has none."""
    for statuses in STATUSES:
        if table.columns_of(statuses):
            continue
        if _changes_a_figure(column.typed, statuses):
            return True
        words = [
            cell for cell in cells if isinstance(cell, str) and len(cell) >= LETTERS_OF_A_GROUP
        ]
        if len(words) == len(cells) and all(_changes_a_figure(word, statuses) for word in words):
            return True
    return False


def _changes_a_figure(text: str, statuses: str) -> bool:
    """Whether a text is a status other than that of most figures: final, free for publication."""
    return find_code(text, statuses) not in {None, "", NORMAL, FREE}


def _holds_groups(table: SheetTable, column: TableColumn) -> bool:
    """Whether a column says in every row with a value which of few groups the row is about.

    A check mark is in some rows only, and a remark differs from row to row.
    """
    values = [other.index for other in table.columns_of("value")]
    rows = table.sheet.rows[table.first : table.last]
    filled = [row for row in rows if any(row[index] is not None for index in values)]
    texts = [row[column.index] for row in filled]
    if not all(isinstance(text, str) and _may_name_a_group(text) for text in texts):
        return False
    return len(set(texts)) < len(texts) or len(texts) == 1


def _may_name_a_group(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    return letters >= LETTERS_OF_A_GROUP and len(text.split()) <= WORDS_OF_A_GROUP
