"""Find tables and columns about persons: names, dates of birth, a row for each person."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import cache

import pandas as pd

from metrics.catalogue.codelists import fold_text
from metrics.intake.findings import Severity, ValidationContext
from metrics.intake.rules import rule
from metrics.intake.rules.identifying.headings import (
    TextColumn,
    filled_cells,
    find_columns,
    heading_kinds,
    is_announced,
    listed_words,
    sheet_columns,
)
from metrics.intake.rules.identifying.institutions import CAPITALISED, is_institution
from metrics.intake.rules.identifying.places import (
    TextPlace,
    find_matches,
    locate_texts,
    place_table,
    workbook_texts,
)
from metrics.intake.workbook import Workbook

DATE_TEXT = re.compile(
    r"(?<![\d.,/-])(?:(?:19|20)\d{2}[-./](?:1[0-2]|0?[1-9])[-./](?:3[01]|[12]\d|0?[1-9])"
    r"|(?:3[01]|[12]\d|0?[1-9])(?:\.\s?|[-/])(?:1[0-2]|0?[1-9])(?:\.\s?|[-/])(?:19|20)?\d{2})(?![\d/-])(?!\.\d)"
)
WORD = r"[^\W\d_]+(?:[-'’][^\W\d_]+)*"
SEVERAL_WORDS = re.compile(rf"{WORD}(?:,? {WORD}\.?){{1,3}}")

# A lookahead, because a surname may be the next given name: Contact Anna Virtanen.
FULL_NAME = re.compile(rf"(?<![\w.-])({CAPITALISED})(?= ({CAPITALISED})(?!\w))")

ENOUGH_ROWS = 3  # with fewer rows it may be a stray cell
ROWS_OF_PERSONS = 5
SHARE_OF_CELLS = 0.6
OLDEST = 120


@rule(Severity.ERROR)
def date_of_birth(case: ValidationContext) -> pd.DataFrame:
    """A date after a word such as born, below such a heading, or in a column of dates."""
    workbook = case.reading.workbook
    announced = workbook_texts(workbook).with_match(
        DATE_TEXT, lambda match: is_announced("born", match)
    )
    tables = [
        locate_texts(case, announced),
        place_table(_days_below_heading(workbook)),
        place_table(_days_in_own_column(case)),
    ]
    return pd.concat(tables, ignore_index=True).drop_duplicates()


def _days_below_heading(workbook: Workbook) -> Iterator[TextPlace]:
    for column in find_columns(workbook, "born"):
        for cell, value in column.cells:
            if is_day(value):
                yield column.sheet, cell, "cell"


def _days_in_own_column(case: ValidationContext) -> Iterator[TextPlace]:
    """Columns of dates on sheets without a recognised table."""
    read = {*case.reading.observations["sheet"], *case.reading.actions["sheet"]}
    workbook = case.reading.workbook
    for sheet, grid in zip(workbook.sheets, sheet_columns(workbook), strict=True):
        for number, cells in enumerate(grid if sheet.name not in read else []):
            filled = filled_cells(cells, number)
            days = {cell: str(value) for cell, value in filled if is_day(value)}
            is_other_day = any("other_day" in heading_kinds(cell) for cell in cells)
            if len({*days.values()}) > ENOUGH_ROWS and not is_other_day:
                yield from ((sheet.name, cell, "cell") for cell in days)


def is_day(value: object) -> bool:
    if type(value) is datetime or type(value) is date:
        return True
    return type(value) is str and bool(DATE_TEXT.fullmatch(value.strip()))


@rule(Severity.ERROR)
def column_of_names(case: ValidationContext) -> pd.DataFrame:
    return place_table(
        (column.sheet, cell, "cell")
        for column in _name_columns(case.reading.workbook)
        for cell, value in column.cells
        if _is_text(value)
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
                names = [(cell, value) for cell, value in filled if _is_name(value)]
                yield TextColumn(sheet.name, names)


def _is_text(cell: object) -> bool:
    return type(cell) is str and any(letter.isalpha() for letter in cell)


def _is_name(cell: object) -> bool:
    return type(cell) is str and cell.istitle() and bool(SEVERAL_WORDS.fullmatch(cell.strip()))


@cache
def given_names() -> frozenset[str]:
    return frozenset(map(fold_text, listed_words("given_names")))


def _looks_like_names(cells: Sequence[object], enough: int) -> bool:
    """Distinct pairs of capitalised words, many of which have a common given name."""
    texts = {cell for cell in cells if type(cell) is str and cell}
    names = {text for text in texts if _is_name(text)}
    common = [text for text in names if given_names() & set(re.split(r"[\s,-]+", fold_text(text)))]
    return len(names) >= max(enough, SHARE_OF_CELLS * (len(texts) - 1)) and len(common) >= max(
        1, len(names) / 4
    )


@rule(Severity.ERROR)
def person_named(case: ValidationContext) -> pd.DataFrame:
    """A common given name and a surname in a cell; programs write the names of authors."""
    named = find_matches(case, FULL_NAME, _is_person)
    return named[named["where"] == "cell"]


def _is_person(match: re.Match[str]) -> bool:
    """Places and institutions may be named after persons too."""
    given = fold_text(match[1]).split("-")[0]
    return given in given_names() - listed_words("also_a_place") and not is_institution(match)


@rule(Severity.ERROR)
def row_per_person(case: ValidationContext) -> pd.DataFrame:
    """Rows with the age and the sex of one person each, instead of counts."""
    sexes = {
        column.sheet
        for column in find_columns(case.reading.workbook, "sex")
        if sum(_is_sex(cell) for _, cell in column.cells) >= ROWS_OF_PERSONS
    }
    ages = find_columns(case.reading.workbook, "age")
    return place_table(
        age for column in ages if column.sheet in sexes for age in _ages_of_persons(column)
    )


def _ages_of_persons(column: TextColumn) -> Iterator[TextPlace]:
    """The cells with an age in years; none if there are only a few."""
    ages = [cell for cell, value in column.cells if _is_age(value)]
    if len(ages) >= ROWS_OF_PERSONS and len(ages) >= SHARE_OF_CELLS * len(column.cells):
        yield from ((column.sheet, cell, "cell") for cell in ages)


def _is_sex(cell: object) -> bool:
    return fold_text(str(cell).removesuffix(".0")) in listed_words("a_sex")


def _is_age(cell: object) -> bool:
    number = str(cell).removesuffix(".0")
    return type(cell) in (float, int, str) and number.isdecimal() and int(number[:4]) <= OLDEST
