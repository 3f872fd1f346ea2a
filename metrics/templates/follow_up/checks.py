"""What a cell accepts, and what is marked in red: the checks of the spreadsheet itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from metrics.codelists import codelist
from metrics.tables import STEP
from metrics.templates.follow_up.asked import Line, combinations, is_whole, parts
from metrics.templates.follow_up.book import RED, Book, Page, coded, runs


@dataclass(frozen=True)
class Column:
    """One column: what it holds, of which period where the sheet asks for several."""

    name: str
    period: str = ""


@dataclass(frozen=True)
class Row:
    """A line in its place: `number` counts from 0."""

    number: int
    line: Line
    period: str  # where the indicator is reported more often than the round


def validations(
    book: Book, column: Column, rows: Sequence[Row]
) -> list[tuple[int, int, Mapping[str, object]]]:
    """Each rule with the run of rows to which it applies."""
    found = []
    for key, same in groupby(rows, key=lambda row: _accepts(column, row)):
        if key and (rule := _rule(book, key)):
            numbers = [row.number for row in same]
            found += [(first, last, rule) for first, last in runs(numbers)]
    return found


def _accepts(column: Column, row: Row) -> tuple[str, ...]:
    """What the cell takes, as a key: rows with the same key share one rule."""
    line = row.line
    if column.name == "value" and line.component == STEP:
        return ("ladder", *line.indicator.ladder)
    if column.name == "value":
        return ("whole" if is_whole(line) else "number",)
    if column.name == "breakdown" and line.chosen:
        return ("chosen", line.indicator.code, *line.by)
    if column.name == "since" and line.component != STEP:
        return ()
    return (column.name,)


def _rule(book: Book, key: tuple[str, ...]) -> Mapping[str, object]:
    language, kind = book.order.language, key[0]
    if kind in {"whole", "number"}:
        return _number(book, kind)
    if kind == "since":
        return _day(book)
    if kind == "ladder":
        return book.chosen_from([codelist("step")[step].name(language) for step in key[1:]])
    if kind == "chosen":
        breakdowns = book.order.indicators[key[1]].breakdowns
        breakdown = next(each for each in breakdowns if each.by == key[2:])
        return book.chosen_from(["; ".join(parts(c, language)) for c in combinations(breakdown)])
    if kind in {"observation_status", "confidentiality_status"}:
        return book.chosen_from(coded(kind, language))
    return {}


def _number(book: Book, kind: str) -> Mapping[str, object]:
    said = book.words["messages"]
    return {
        "validate": "integer" if kind == "whole" else "decimal",
        "criteria": ">=",
        "value": 0,
        "input_title": said["number_title"],
        "input_message": said["number"],
        "error_title": said["number_title"],
        "error_message": said["whole_error" if kind == "whole" else "number_error"],
    }


def _day(book: Book) -> Mapping[str, object]:
    said = book.words["messages"]
    return {
        "validate": "date",
        "criteria": "between",
        "minimum": date(1950, 1, 1),
        "maximum": date(2099, 12, 31),
        "input_title": said["date_title"],
        "input_message": said["date"],
        "error_title": said["date_title"],
        "error_message": said["date_error"],
    }


def mark_values(book: Book, sheet: Page, columns: Sequence[Column], rows: Sequence[Row]) -> None:
    """In red: what is below zero, and a total that its parts do not add up to."""
    red = book.book.add_format({"bg_color": RED, "font_color": "#8B0000"})
    for number, column in enumerate(columns):
        if column.name != "value":
            continue
        below = {"type": "cell", "criteria": "<", "value": 0, "format": red}
        sheet.conditional_format(rows[0].number, number, rows[-1].number, number, below)
        for total, formula in _sums(rows, number):
            broken = {"type": "formula", "criteria": formula, "format": red}
            sheet.conditional_format(total, number, total, number, broken)


def _sums(rows: Sequence[Row], column: int) -> list[tuple[int, str]]:
    """Each total with the formula that finds all its parts given, but not summing to it."""
    found, totals = [], {}
    for (line, by, period), group in groupby(rows, key=_family):
        numbers = [row.number for row in group]
        if not by:
            totals[line, period] = numbers[0]
        elif _adds_up(rows, numbers[0]) and (line, period) in totals:
            total = totals[line, period]
            found.append((total, _differs(total, (numbers[0], numbers[-1]), column)))
    return found


def _family(row: Row) -> tuple[tuple[str, str], tuple[str, ...], str]:
    return (row.line.indicator.code, row.line.component), row.line.by, row.period


def _adds_up(rows: Sequence[Row], number: int) -> bool:
    line = rows[number - rows[0].number].line
    adding = {each.by for each in line.indicator.breakdowns if each.adds_up and not each.chosen}
    return line.by in adding and line.component != STEP


def _differs(total: int, ends: tuple[int, int], column: int) -> str:
    letter, whole = xl_col_to_name(column), xl_rowcol_to_cell(total, column)
    parts_ = f"{letter}{ends[0] + 1}:{letter}{ends[1] + 1}"
    given = f"COUNT({parts_})={ends[1] - ends[0] + 1}"
    return f"=AND({given},COUNT({whole})=1,ABS(SUM({parts_})-{whole})>0.001)"
