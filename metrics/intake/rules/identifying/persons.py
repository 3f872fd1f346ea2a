"""Find tables with a row for each person."""

from collections.abc import Iterator

import pandas as pd

from metrics.catalogue.codelists import fold_text
from metrics.intake.findings import Severity, ValidationContext
from metrics.intake.rules import rule
from metrics.intake.rules.identifying.headings import TextColumn, find_columns, listed_words
from metrics.intake.rules.identifying.places import TextPlace, place_table

ROWS_OF_PERSONS = 5
SHARE_OF_CELLS = 0.6
OLDEST = 120


@rule(Severity.ERROR)
def row_per_person(context: ValidationContext) -> pd.DataFrame:
    """Rows with the age and the sex of one person each, instead of counts."""
    sexes = {
        column.sheet
        for column in find_columns(context.reading.workbook, "sex")
        if sum(_is_sex(cell) for _, cell in column.cells) >= ROWS_OF_PERSONS
    }
    ages = find_columns(context.reading.workbook, "age")
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
