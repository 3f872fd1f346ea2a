"""Find dates of birth: after a word, below a heading, or in a table of persons."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise

import pandas as pd

from metrics.intake.findings import Severity, ValidationContext
from metrics.intake.rules import rule
from metrics.intake.rules.identifying.headings import (
    EDGES,
    filled_cells,
    find_columns,
    heading_kinds,
    is_announced,
    listed_words,
    sheet_columns,
)
from metrics.intake.rules.identifying.labels import find_labelled
from metrics.intake.rules.identifying.months import DAY_IN_WORDS, names_month
from metrics.intake.rules.identifying.normalisation import normalise_text
from metrics.intake.rules.identifying.places import (
    TextPlace,
    locate_texts,
    place_table,
    workbook_texts,
)
from metrics.intake.workbook import Workbook

DAY_IN_NUMBERS = re.compile(
    r"(?<![\d.,/-])(?:(?:19|20)\d{2}[-./](?:1[0-2]|0?[1-9])[-./](?:3[01]|[12]\d|0?[1-9])"
    r"|(?:3[01]|[12]\d|0?[1-9])(?:\.\s?|[-/])(?:1[0-2]|0?[1-9])(?:\.\s?|[-/])(?:19|20)?\d{2})(?![\d/-])(?!\.\d)"
)
# 19900131, 01/31/1990 and 31.I.1990 are days only after or before a word that says so.
OTHER_DAY = re.compile(
    r"(?<![\w./-])(?:(?:19|20)\d{2}(?:1[0-2]|0[1-9])(?:3[01]|[12]\d|0[1-9])"
    r"|(?:1[0-2]|0?[1-9])/(?:3[01]|[12]\d|0?[1-9])/(?:19|20)?\d{2}"
    r"|(?:3[01]|[12]\d|0?[1-9])[. ] ?(?:X?I{1,3}|I?[VX]|VI{1,3})[. ] ?(?:19|20)?\d{2})"
    r"(?![\w/-])"
)
LONGEST_DISTANCE_TO_BIRTH = 20
# Between two days, and before or after one, these tell a group by birth years.
RANGE_WORDS = "|".join(sorted(map(re.escape, listed_words("between_days")), key=len, reverse=True))
SECOND_DAY = re.compile(rf" ?(?:{RANGE_WORDS}) ?\d|\d{{4}} ?-", re.IGNORECASE)
FIRST_DAY = re.compile(rf"\d ?(?:{RANGE_WORDS}) ?$", re.IGNORECASE)
LIMITS = "|".join(sorted(map(re.escape, listed_words("limit_of_days")), key=len, reverse=True))
LIMIT_OF_GROUP = re.compile(
    rf"(?<!\w)(?:{LIMITS}) (?:(?:the|den|dem|le|el|il|τις|την) )?$", re.IGNORECASE
)
LONGEST_LIMIT = 24
ENOUGH_DAYS = 3
REGULAR_SHARE = 0.8


@rule(Severity.ERROR)
def date_of_birth(context: ValidationContext) -> pd.DataFrame:
    """A date after a word such as born, below such a heading, or in a table of persons."""
    workbook = context.reading.workbook
    texts = workbook_texts(workbook)
    announced = texts.with_match(DAY_IN_NUMBERS, _is_birth)
    announced |= texts.with_match(OTHER_DAY, _is_birth)
    announced |= texts.with_match(
        DAY_IN_WORDS, lambda match: names_month(match) and _is_birth(match)
    )
    tables = [
        locate_texts(context, announced),
        place_table(_days_below_heading(workbook)),
        place_table(_days_beside_label(workbook)),
        place_table(_days_in_own_column(context)),
    ]
    return pd.concat(tables, ignore_index=True).drop_duplicates()


def _is_birth(match: re.Match[str]) -> bool:
    """Whether a word for birth precedes, and no range or limit makes it a group of persons."""
    is_named = is_announced("born", match) or _is_explained(match)
    return is_named and not _is_limit_of_group(match)


def _is_explained(match: re.Match[str]) -> bool:
    """`1.1.1990 (date of birth)`: nothing but the word for birth follows."""
    after = match.string[match.end() : match.end() + LONGEST_DISTANCE_TO_BIRTH]
    return EDGES.sub("", after).casefold() in listed_words("born")


def _is_limit_of_group(match: re.Match[str]) -> bool:
    text, start, end = match.string, match.start(), match.end()
    before = text[max(0, start - LONGEST_LIMIT) : start]
    opens = SECOND_DAY.match(text, end)
    return bool(opens or FIRST_DAY.search(before) or LIMIT_OF_GROUP.search(before))


def _days_below_heading(workbook: Workbook) -> Iterator[TextPlace]:
    for column in find_columns(workbook, "born"):
        for cell, value in column.cells:
            if is_day(value):
                yield column.sheet, cell, "cell"


def _days_beside_label(workbook: Workbook) -> Iterator[TextPlace]:
    for found in find_labelled(workbook, "born"):
        if is_day(found.value):
            yield found.sheet, found.cell, "cell"


def _days_in_own_column(context: ValidationContext) -> Iterator[TextPlace]:
    """Columns of irregular dates in tables of persons, on sheets without a recognised table."""
    read = {*context.reading.observations["sheet"], *context.reading.actions["sheet"]}
    workbook = context.reading.workbook
    persons = _sheets_of_persons(workbook)
    for sheet, grid in zip(workbook.sheets, sheet_columns(workbook), strict=True):
        for number, cells in enumerate(grid if sheet.name in persons - read else []):
            days = [(cell, value) for cell, value in filled_cells(cells, number) if is_day(value)]
            is_other_day = any("other_day" in heading_kinds(cell) for cell in cells)
            if not is_other_day and _may_be_births([value for _, value in days]):
                yield from ((sheet.name, cell, "cell") for cell, _ in days)


def _sheets_of_persons(workbook: Workbook) -> set[str]:
    """The sheets with a column that says something of single persons."""
    kinds = ("person_name", "name", "id", "record", "age", "sex")
    columns = [column for kind in kinds for column in find_columns(workbook, kind)]
    return {column.sheet for column in columns if len(column.cells) >= ENOUGH_DAYS}


def _may_be_births(days: Sequence[object]) -> bool:
    """Different days in no order: those of a time series rise or fall."""
    texts = [day.isoformat() if isinstance(day, date) else str(day) for day in days]
    if len({*texts}) <= ENOUGH_DAYS:
        return False
    steps = [later > earlier for earlier, later in pairwise(texts)]
    return (1 - REGULAR_SHARE) < sum(steps) / len(steps) < REGULAR_SHARE


def is_day(value: object) -> bool:
    if type(value) is datetime or type(value) is date:
        return True
    if type(value) is not str:
        return False
    text = normalise_text(value)
    in_words = DAY_IN_WORDS.fullmatch(text)
    return bool(DAY_IN_NUMBERS.fullmatch(text) or (in_words and names_month(in_words)))
