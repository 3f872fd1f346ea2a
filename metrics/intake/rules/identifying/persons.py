"""Tables and columns about persons: names, dates of birth, a row for each; and the author."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import cache

import pandas as pd

from metrics.catalogue.codelists import folded
from metrics.intake.findings import Severity, ValidationContext
from metrics.intake.rules import rule
from metrics.intake.rules.identifying.headings import (
    TextColumn,
    below,
    columns,
    grids,
    meanings,
    said_before,
    words,
)
from metrics.intake.rules.identifying.institutions import CAPITALISED, is_institution
from metrics.intake.rules.identifying.places import Place, found, standing, table, texts_of
from metrics.intake.workbook import Workbook

DAY = re.compile(
    r"(?<![\d.,/-])(?:(?:19|20)\d{2}[-./](?:1[0-2]|0?[1-9])[-./](?:3[01]|[12]\d|0?[1-9])"
    r"|(?:3[01]|[12]\d|0?[1-9])(?:\.\s?|[-/])(?:1[0-2]|0?[1-9])(?:\.\s?|[-/])(?:19|20)?\d{2})(?![\d/-])(?!\.\d)"
)
WORD = r"[^\W\d_]+(?:[-'’][^\W\d_]+)*"
PERSON = re.compile(rf"{WORD}(?:,? {WORD}\.?){{1,3}}")

# The surname lies ahead, for it may be the given name of the next: Contact Anna Virtanen.
NAMED = re.compile(rf"(?<![\w.-])({CAPITALISED})(?= ({CAPITALISED})(?!\w))")

ENOUGH_ROWS = 3  # a table of persons has more rows than this, or is not told from a stray cell
ROWS_OF_PERSONS = 5
MOSTLY = 0.6
OLDEST = 120


@rule(Severity.ERROR)
def date_of_birth(case: ValidationContext) -> pd.DataFrame:
    """A day after a word such as born, below such a heading, or in a column of days of its own."""
    workbook = case.reading.workbook
    said = texts_of(workbook).with_match(DAY, lambda match: said_before("born", match))
    tables = [standing(case, said), table(_days_headed(workbook)), table(_days_alone(case))]
    return pd.concat(tables, ignore_index=True).drop_duplicates()


def _days_headed(workbook: Workbook) -> Iterator[Place]:
    for column in columns(workbook, "born"):
        for place, cell in column.cells:
            if is_day(cell):
                yield column.sheet, place, "cell"


def _days_alone(case: ValidationContext) -> Iterator[Place]:
    """On sheets from which nothing was read: days that are read have columns of their own."""
    read = {*case.reading.observations["sheet"], *case.reading.actions["sheet"]}
    workbook = case.reading.workbook
    for sheet, grid in zip(workbook.sheets, grids(workbook), strict=True):
        for number, cells in enumerate(grid if sheet.name not in read else []):
            days = {place: str(cell) for place, cell in below(cells, number) if is_day(cell)}
            if len({*days.values()}) > ENOUGH_ROWS and not _other_days(cells):
                yield from ((sheet.name, place, "cell") for place in days)


def _other_days(cells: Sequence[object]) -> bool:
    """Does a heading say that the days belong to no person?"""
    return any("other_day" in meanings(cell) for cell in cells)


def is_day(value: object) -> bool:
    if type(value) is datetime or type(value) is date:
        return True
    return type(value) is str and bool(DAY.fullmatch(value.strip()))


@rule(Severity.ERROR)
def column_of_names(case: ValidationContext) -> pd.DataFrame:
    return table(
        (column.sheet, place, "cell")
        for column in _names(case.reading.workbook)
        for place, cell in column.cells
        if _is_text(cell)
    )


def _names(workbook: Workbook) -> Iterator[TextColumn]:
    """Under a heading that says so, or holding what looks like names."""
    yield from columns(workbook, "person_name")
    for column in columns(workbook, "name"):
        if _like_names([cell for _, cell in column.cells], 1):
            yield column
    for sheet, grid in zip(workbook.sheets, grids(workbook), strict=True):
        for number, cells in enumerate(grid):
            if _like_names(cells, ENOUGH_ROWS):
                names = [each for each in below(cells, number) if _is_name(each[1])]
                yield TextColumn(sheet.name, names)


def _is_text(cell: object) -> bool:
    return type(cell) is str and any(letter.isalpha() for letter in cell)


def _is_name(cell: object) -> bool:
    return type(cell) is str and cell.istitle() and bool(PERSON.fullmatch(cell.strip()))


@cache
def given_names() -> frozenset[str]:
    return frozenset(map(folded, words("given_names")))


def _like_names(cells: Sequence[object], enough: int) -> bool:
    """Different pairs of capitalised words, of which a good part has a common given name."""
    texts = {cell for cell in cells if type(cell) is str and cell}
    names = {text for text in texts if _is_name(text)}
    known = [text for text in names if given_names() & set(re.split(r"[\s,-]+", folded(text)))]
    return len(names) >= max(enough, MOSTLY * (len(texts) - 1)) and len(known) >= max(
        1, len(names) / 4
    )


@rule(Severity.ERROR)
def person_named(case: ValidationContext) -> pd.DataFrame:
    """A common given name and a surname in a text; what a program says of an author is no text."""
    named = found(case, NAMED, _is_person)
    return named[named["where"] == "cell"]


def _is_person(match: re.Match[str]) -> bool:
    """Places and institutions bear the names of persons too."""
    given = folded(match[1]).split("-")[0]
    return given in given_names() - words("also_a_place") and not is_institution(match)


@rule(Severity.ERROR)
def row_per_person(case: ValidationContext) -> pd.DataFrame:
    """Rows with the age in years and the sex of one person each: nothing was counted yet."""
    sexes = {
        column.sheet
        for column in columns(case.reading.workbook, "sex")
        if sum(_is_sex(cell) for _, cell in column.cells) >= ROWS_OF_PERSONS
    }
    ages = (each for each in columns(case.reading.workbook, "age") if each.sheet in sexes)
    return table(place for column in ages for place in _persons(column))


def _persons(column: TextColumn) -> Iterator[Place]:
    """The cells that hold an age in years; none where they are few."""
    ages = [place for place, cell in column.cells if _is_age(cell)]
    if len(ages) >= ROWS_OF_PERSONS and len(ages) >= MOSTLY * len(column.cells):
        yield from ((column.sheet, place, "cell") for place in ages)


def _is_sex(cell: object) -> bool:
    return folded(str(cell).removesuffix(".0")) in words("a_sex")


def _is_age(cell: object) -> bool:
    number = str(cell).removesuffix(".0")
    return type(cell) in (float, int, str) and number.isdecimal() and int(number[:4]) <= OLDEST
