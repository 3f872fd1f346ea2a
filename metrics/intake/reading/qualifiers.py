"""Texts beside a value that change its meaning: a unit, a multiplier, a region, a deletion."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from typing import NamedTuple

from metrics.catalogue.codelists import LETTERS_OF_WORD, codelist, find_code, fold_spelling, one_of
from metrics.catalogue.codelists.components import unit_of_component
from metrics.catalogue.codelists.units import counting_units, factor_of_unit
from metrics.catalogue.definitions.indicators import Indicator
from metrics.core.cells import cell_address
from metrics.intake.issue_names import IssueName
from metrics.intake.own_texts import component_of_row
from metrics.intake.reading.headings import period_of_cell, unit_in_heading
from metrics.intake.reading.issues import ReadIssue
from metrics.intake.reading.numbers import map_distinct
from metrics.intake.reading.numbers_with_text import (
    BETWEEN_FACTOR_AND_UNIT,
    BETWEEN_NUMBER_AND_UNIT,
    FACTORS,
    factor_named,
)
from metrics.intake.reading.series_keys import SeriesKey, SeriesKeyReader
from metrics.intake.reading.table_body import TableBody
from metrics.intake.templates import words_meaning

WRITTEN_FACTOR = re.compile(
    r"(?<![0-9.,])(?:1[ .,'’]?000(?:[ .,'’]?000)?|[x×] ?10+|'000|’000)(?![0-9])"
    r"|\(000s?\)|(?<![^\W_])[tkm]€"
)
NAMES_A_RATE = re.compile(r"\d|[%‰]")  # per 100 000 residents
NAMES_MONEY = re.compile(r"[$€£¤¥]|\b(?:eur|euros?|usd|gbp)\b", re.IGNORECASE)
ANY_COUNT = "NUMBER"
BEFORE_A_UNIT = re.compile(r"^(?:in|en|σε|в|i|w|v|em) ")
# SDMX action codes: append, replace, merge and information carry values, delete does not.
ACTIONS_WITH_VALUES = {"a", "r", "m", "i", "append", "replace", "merge", "information"}
FREQUENCY = "frequency"
# Of SDMX, ISO 8601, and in words; nothing is yearly unless it says otherwise.
YEARLY = {
    "", "a", "a1", "y", "p1y", "annual", "annually", "yearly", "year", "vuosi", "vuosittain",
    "jahrlich", "annuel", "annuelle", "anual", "annuale", "ετησια", "ετησιο", "ετος", "годишно",
    "roczna", "rocznie", "rocni", "arlig", "arligen", "jaarlijks", "eves", "letno", "godisnje",
}  # fmt: skip
NOT_DELETED = {"false", "0", "no", "f", "n"}


class Qualified(NamedTuple):
    """A row with a value: what it is about, and the text of one qualifying column."""

    indicator: Indicator
    component: str
    typed: str


def qualifier_issues(
    body: TableBody, keys: Sequence[SeriesKey], reader: SeriesKeyReader
) -> Iterator[ReadIssue]:
    """Rows whose value is not what it seems by a column beside it."""
    for role in QUALIFIER_CHECKS:
        for column in body.table.columns_of(role):
            cells = zip(keys, body.texts(column), body.filled("value"), strict=True)
            rows = [
                (key.indicator, key.component, text.strip() if has_value else "")
                for key, text, has_value in cells
            ]
            issues = map_distinct(rows, partial(_issue_of_row, role, reader))
            for number, issue in zip(body.numbers, issues, strict=True):
                if issue:
                    cell = cell_address(number, column.index)
                    yield replace(issue, sheet=body.table.sheet.name, cell=cell)
    yield from _heading_issues(body, keys, reader.indicators)
    yield from _frequency_issues(body)


def _frequency_issues(body: TableBody) -> Iterator[ReadIssue]:
    """Values of a year below `FREQ` that are said to be of its quarters or months."""
    column, period = map(body.table.first_column, (FREQUENCY, "period"))
    if column is None:
        return
    cells = zip(
        body.texts(column), body.cells(period), body.filled("value"), body.numbers, strict=True
    )
    for text, named, has_value, number in cells:
        period_named = "" if named is None else period_of_cell(named)
        is_of_part = bool(period_named) and not period_named.isdecimal()
        if has_value and not is_of_part and fold_spelling(text).partition(":")[0] not in YEARLY:
            cell = cell_address(number, column.index)
            yield ReadIssue("row_marked", body.table.sheet.name, cell, column.typed, text)


def _heading_issues(
    body: TableBody, keys: Sequence[SeriesKey], indicators: Mapping[str, Indicator]
) -> Iterator[ReadIssue]:
    """Values below a heading such as `Value (cases)` that are of indicators with another unit."""
    for column in body.table.columns_of("value"):
        if unit := unit_in_heading(column.typed):
            cells = zip(keys, body.cells(column), body.addresses(column), strict=True)
            for key, value, cell in cells:
                row = Qualified(indicators[key.indicator], key.component, unit)
                if value is not None:
                    yield from unit_issue(row, body.table.sheet.name, cell)


def _issue_of_row(
    role: str, reader: SeriesKeyReader, named: tuple[str, str, str]
) -> ReadIssue | None:
    """The issue of a row by its indicator, component and text, without its cell."""
    indicator, component, typed = named
    row = Qualified(reader.indicators[indicator], component, typed)
    issue = QUALIFIER_CHECKS[role](row) if typed else None
    if issue is None or (role == "unit" and _is_own_unit(row, reader)):
        return None
    return ReadIssue(issue, typed=typed, expected=_unit_codes(row) if role == "unit" else "")


def _is_own_unit(row: Qualified, reader: SeriesKeyReader) -> bool:
    """Whether our workbook has this text as the unit of the row, whatever it is called today."""
    about = component_of_row(row.indicator.code, row.component)
    return reader.own.includes("unit", row.typed, about)


def unit_issue(row: Qualified, sheet: str, cell: str) -> Iterator[ReadIssue]:
    """The issue of a unit that is displayed with a value, if it is not that of the indicator."""
    if issue := check_stated_unit(row):
        yield ReadIssue(issue, sheet, cell, typed=row.typed, expected=_unit_codes(row))


def names_a_unit(text: str) -> bool:
    """Whether a text is the name of a unit, or names money."""
    return bool(find_code(text, "unit") or NAMES_MONEY.search(text))


def _unit_codes(row: Qualified) -> str:
    expected = _expected_units(row)
    own = expected - {ANY_COUNT} or expected
    return ", ".join(sorted(own))


def names_a_multiplier(text: str) -> bool:
    """Whether a text says that figures are in thousands or millions."""
    plain = fold_spelling(text)
    return bool(WRITTEN_FACTOR.search(plain)) or not _multiplier_words().isdisjoint(
        LETTERS_OF_WORD.findall(plain)
    )


@cache
def _multiplier_words() -> frozenset[str]:
    return frozenset().union(*map(words_meaning, FACTORS))


def check_stated_unit(row: Qualified) -> IssueName | None:
    """A unit in which the number would be another, one that counts other things, or none known.

    Counts of other things are asked about less strictly: what a row counts is said by its
    indicator, whose unit an earlier template may have named otherwise.
    """
    expected, named = _expected_units(row), _unit_named(row.typed)
    counts = counting_units()
    if named in expected or (expected == {ANY_COUNT} and named in counts):
        return None
    if _is_factor_of_unit(row.typed, expected):
        return None
    if (
        names_a_multiplier(row.typed)
        or NAMES_A_RATE.search(row.typed)
        or NAMES_MONEY.search(row.typed)
        or any(factor_of_unit(unit) > 1 for unit in expected)
    ):
        return "unit_differs"
    if not named:
        return "unit_unknown"
    return "unit_of_other_counts" if {named, *expected} <= counts else "unit_differs"


def _is_factor_of_unit(text: str, units: Iterable[str]) -> bool:
    """Whether a text is the factor of a unit, alone or of a count: `mln.`, `millions of items`."""
    if factor_named(text) not in {factor_of_unit(unit) for unit in units} - {1}:
        return False
    known = {*_multiplier_words(), *BETWEEN_FACTOR_AND_UNIT}
    rest = [word for word in LETTERS_OF_WORD.findall(fold_spelling(text)) if word not in known]
    named = find_code(" ".join(rest), "unit") if rest else ANY_COUNT
    return named in counting_units()


def _unit_named(text: str) -> str | None:
    """The unit that a text names, also as `in cases`, `(cases)` or `number of cases`."""
    plain = fold_spelling(text.strip(" ()[]."))
    named = (plain, BEFORE_A_UNIT.sub("", plain), _number_of().sub("", plain))
    return next(filter(None, (find_code(own, "unit") for own in named)), None)


@cache
def _number_of() -> re.Pattern[str]:
    words = one_of(codelist("unit")[ANY_COUNT].spellings)
    return re.compile(rf"^(?:{words}) (?:(?:{one_of(BETWEEN_NUMBER_AND_UNIT)}) )?")


def _expected_units(row: Qualified) -> set[str]:
    units = {
        unit_of_component(row.component, version.unit)
        for version in row.indicator.versions().values()
    }
    in_ones = all(factor_of_unit(unit) == 1 for unit in units)
    return units | {ANY_COUNT} if in_ones and units <= counting_units() else units


def _check_multiplier(row: Qualified) -> IssueName | None:
    """Ten to the power of 0 changes nothing; SDMX writes it `0`, or `0: Units`."""
    return None if row.typed.partition(":")[0].strip("0., ") == "" else "multiplier_stated"


def _check_deletion(row: Qualified) -> IssueName | None:
    return None if row.typed.casefold() in NOT_DELETED else "row_deleted"


def _check_action(row: Qualified) -> IssueName | None:
    return None if row.typed.casefold() in ACTIONS_WITH_VALUES else "row_deleted"


def _check_part(_row: Qualified) -> IssueName | None:
    return "part_of_area"


QUALIFIER_CHECKS: Mapping[str, Callable[[Qualified], IssueName | None]] = {
    "unit": check_stated_unit,
    "multiplier": _check_multiplier,
    "deleted": _check_deletion,
    "action": _check_action,
    "part_of_area": _check_part,
}
QUALIFYING_ROLES = (*QUALIFIER_CHECKS, FREQUENCY)
