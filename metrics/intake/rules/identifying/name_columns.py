"""Find columns of names of persons; statistics of names are none."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from string import ascii_uppercase

import pandas as pd

from metrics.catalogue.codelists import fold_text
from metrics.core.cells import cell_address, column_number, column_of
from metrics.intake.findings import Severity, ValidationContext
from metrics.intake.rules import remember_result, rule
from metrics.intake.rules.identifying.headings import (
    TextColumn,
    filled_cells,
    find_columns,
    given_names,
    sheet_columns,
)
from metrics.intake.rules.identifying.institutions import is_institution_word
from metrics.intake.rules.identifying.normalisation import normalise_text
from metrics.intake.rules.identifying.offices import office_words
from metrics.intake.rules.identifying.places import distinct_cells, place_table
from metrics.intake.workbook import Sheet, Workbook

WORD_OF_COLUMN = r"[^\W\d_]{1,40}+(?:[-'][^\W\d_]{1,40}+){0,3}+"
SEVERAL_WORDS = re.compile(rf"{WORD_OF_COLUMN}(?:,? {WORD_OF_COLUMN}\.?){{1,3}}")
ENOUGH_ROWS = 3  # with fewer rows it may be a stray cell
SHARE_OF_CELLS = 0.6
ENOUGH_PERSONS = 5  # rows with one person each
SHARE_OF_PERSONS = 0.8
MANY_BEARERS = 5  # of a name in a statistic
LONGEST_COUNT = 10  # digits
YEARS = range(1800, 2101)


@rule(Severity.ERROR)
def column_of_names(context: ValidationContext) -> pd.DataFrame:
    workbook = context.reading.workbook
    statistics = name_statistics(workbook)
    return place_table(
        (column.sheet, cell, "cell")
        for column in _name_columns(workbook)
        for cell, value in column.cells
        if _is_text(value) and (column.sheet, cell) not in statistics
    )


def _name_columns(workbook: Workbook) -> Iterator[TextColumn]:
    """Columns with a heading for names, or whose content looks like names."""
    yield from find_columns(workbook, "person_name")
    for column in find_columns(workbook, "name"):
        if _looks_like_names([cell for _, cell in column.cells], 1):
            yield column
    for sheet, grid in zip(workbook.sheets, sheet_columns(workbook), strict=True):
        for number, cells in enumerate(grid):
            if _looks_like_names(cells, ENOUGH_ROWS):
                filled = filled_cells(cells, number)
                names = [(cell, value) for cell, value in filled if is_pair_of_words(value)]
                yield TextColumn(sheet.name, names)


def _is_text(cell: object) -> bool:
    return type(cell) is str and any(letter.isalpha() for letter in cell)


def is_pair_of_words(cell: object) -> bool:
    """Whether a cell holds two to four words with capitals, as the name of a person."""
    if type(cell) is not str or not cell.istitle():
        return False
    return bool(SEVERAL_WORDS.fullmatch(normalise_text(cell)))


def _looks_like_names(cells: Sequence[object], enough: int) -> bool:
    """Distinct pairs of capitalised words, many of which have a common given name."""
    texts = {cell for cell in cells if type(cell) is str and cell}
    names = {text for text in texts if is_pair_of_words(text)}
    common = [text for text in names if given_names() & set(re.split(r"[\s,-]+", fold_text(text)))]
    return len(names) >= max(enough, SHARE_OF_CELLS * (len(texts) - 1)) and len(common) >= max(
        1, len(names) / 4
    )


@remember_result
def name_statistics(workbook: Workbook) -> frozenset[tuple[str, str]]:
    """The cells of statistics of names: a given name or a surname, and how many bear it."""
    named = [*find_columns(workbook, "person_name"), *find_columns(workbook, "name")]
    found: set[tuple[str, str]] = set()
    for sheet in workbook.sheets if named else ():
        columns = {_letters(column): column for column in named if column.sheet == sheet.name}
        numbers = [column_number(letters) for letters in columns]
        side_by_side = any(number + 1 in numbers for number in numbers)
        if not side_by_side and not _describes_persons(workbook, sheet):
            counted = _rows_with_count(sheet)
            for column in columns.values():
                if _is_statistic(column, counted):
                    found |= {(sheet.name, cell) for cell, _ in column.cells}
    return frozenset(found)


def _letters(column: TextColumn) -> str:
    return column_of(column.cells[0][0]) if column.cells else ""


def _describes_persons(workbook: Workbook, sheet: Sheet) -> bool:
    kinds = ("born", "phone", "id", "age")
    return any(
        column.sheet == sheet.name and column.cells
        for kind in kinds
        for column in find_columns(workbook, kind)
    )


def _rows_with_count(sheet: Sheet) -> set[int]:
    """The rows with a number that can be the count of many persons, and is no year."""
    counted = set()
    for number, row in enumerate(sheet.rows, 1):
        values = [value for value in row if isinstance(value, float | int)]
        if any(value >= MANY_BEARERS and value not in YEARS for value in values):
            counted.add(number)
    return counted


def _is_statistic(column: TextColumn, counted: set[int]) -> bool:
    rows = {int(cell.lstrip(ascii_uppercase)) for cell, value in column.cells if _is_text(value)}
    return len(rows) >= ENOUGH_ROWS and len(rows & counted) >= SHARE_OF_PERSONS * len(rows)


@rule(Severity.WARNING)
def possible_names(context: ValidationContext) -> pd.DataFrame:
    """A column of names that are on no list: of respondents, or beside counts of one."""
    workbook = context.reading.workbook
    return place_table(
        (column.sheet, cell, "cell")
        for column in [*find_columns(workbook, "role"), *_columns_of_ones(workbook)]
        if _may_be_names([value for _, value in column.cells])
        for cell, value in column.cells
        if is_pair_of_words(value)
    )


def _columns_of_ones(workbook: Workbook) -> Iterator[TextColumn]:
    """The columns of texts in rows of which the only count is one."""
    for sheet, grid in zip(workbook.sheets, sheet_columns(workbook), strict=True):
        found = {cell: _count_in(cell) for cell in distinct_cells(sheet)}
        counts = {cell: count for cell, count in found.items() if count is not None}
        ones = {
            row
            for row, cells in enumerate(sheet.rows, 1)
            if any(cells) and _counts_of_row(cells, counts) == [1]
        }
        for number, cells in enumerate(grid if len(ones) >= ENOUGH_PERSONS else []):
            filled = [(cell_address(row - 1, number), cells[row - 1]) for row in sorted(ones)]
            yield TextColumn(sheet.name, [(at, value) for at, value in filled if _is_text(value)])


def _counts_of_row(cells: Iterable[object], counts: Mapping[object, int]) -> list[int]:
    """The counts in the cells of a row; TRUE, which is equal to 1, is none."""
    return [counts[cell] for cell in cells if cell in counts and type(cell) is not bool]


def _count_in(cell: object) -> int | None:
    """The count that a cell holds, which is no year; None for anything else.

    Of distinct cells, TRUE may stand for the cells with 1 too.
    """
    text = str(int(cell) if type(cell) is bool else cell).removesuffix(".0")
    is_count = text.isdecimal() and len(text) < LONGEST_COUNT and int(text) not in YEARS
    return int(text) if is_count else None


def _may_be_names(values: Sequence[object]) -> bool:
    """Whether nearly all are different pairs of words, and few name an institution."""
    pairs = {str(value) for value in values if is_pair_of_words(value)}
    persons = [pair for pair in pairs if not any(map(_names_office, pair.split()))]
    return len(persons) >= max(ENOUGH_PERSONS, SHARE_OF_PERSONS * len(values))


def _names_office(word: str) -> bool:
    return is_institution_word(word) or fold_text(word) in office_words("office")
