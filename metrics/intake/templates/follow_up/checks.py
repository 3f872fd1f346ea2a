"""What a cell accepts, and what is marked in red: the checks of the spreadsheet itself."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from metrics.catalogue.codelists import codelist
from metrics.core.tables import STEP
from metrics.intake.templates.follow_up.asked import RequestedLine, combinations, is_whole, parts
from metrics.intake.templates.follow_up.book import RED, Book, Page, coded, runs

Rule = Mapping[str, object]  # as XlsxWriter takes it


@dataclass(frozen=True)
class CheckedColumn:
    """One column: what it holds, of which period where the sheet asks for several."""

    name: str
    period: str = ""


@dataclass(frozen=True)
class CheckedRow:
    """A line in its place: `number` counts from 0."""

    number: int
    line: RequestedLine
    period: str  # where the sheet asks for anything more often than once a round


def validations(
    book: Book, column: CheckedColumn, rows: Sequence[CheckedRow]
) -> list[tuple[int, int, Rule]]:
    """Each rule with the run of rows to which it applies."""
    found = []
    for key, same in groupby(rows, key=lambda row: _accepts(column, row)):
        if key and (rule := _rule(book, key)):
            numbers = [row.number for row in same]
            found += [(first, last, rule) for first, last in runs(numbers)]
    return found


def _accepts(column: CheckedColumn, row: CheckedRow) -> tuple[str, ...]:
    """What the cell takes, as a key: rows with the same key share one rule."""
    line = row.line
    if column.name == "value":
        return _accepts_as_value(line)
    if column.name == "breakdown" and line.chosen:
        return ("chosen", line.indicator.code, *line.by)
    if column.name == "since" and line.component != STEP:
        return ()
    return (column.name,)


def _accepts_as_value(line: RequestedLine) -> tuple[str, ...]:
    if line.component == STEP:
        return ("ladder", *line.indicator.ladder)
    return ("whole" if is_whole(line) else "number",)


def _rule(book: Book, key: tuple[str, ...]) -> Rule:
    kind, rest = key[0], key[1:]
    return RULES[kind](book, kind, rest) if kind in RULES else {}


def _step(book: Book, _: str, ladder: tuple[str, ...]) -> Rule:
    return book.chosen_from([codelist("step")[code].name(book.order.language) for code in ladder])


def _chosen(book: Book, _: str, asked: tuple[str, ...]) -> Rule:
    """Any combination of the codes of one breakdown."""
    indicator, *by = asked
    breakdowns = book.order.indicators[indicator].breakdowns
    breakdown = next(each for each in breakdowns if each.by == tuple(by))
    named = (parts(codes, book.order.language) for codes in combinations(breakdown))
    return book.chosen_from(["; ".join(each) for each in named])


def _status(book: Book, kind: str, _: tuple[str, ...]) -> Rule:
    return book.chosen_from(coded(kind, book.order.language))


def _number(book: Book, kind: str, _: tuple[str, ...]) -> Rule:
    at_least = {"criteria": ">=", "value": 0}
    validate = {"validate": "integer" if kind == "whole" else "decimal"}
    return validate | at_least | book.said("number", "number", f"{kind}_error")


def _day(book: Book, *_: object) -> Rule:
    between = {"minimum": date(1950, 1, 1), "maximum": date(2099, 12, 31)}
    said = book.said("date", "date", "date_error")
    return {"validate": "date", "criteria": "between"} | between | said


# How each kind of cell is checked; any other takes what is typed.
RULES: Mapping[str, Callable[[Book, str, tuple[str, ...]], Rule]] = {
    "whole": _number,
    "number": _number,
    "since": _day,
    "ladder": _step,
    "chosen": _chosen,
    "observation_status": _status,
    "confidentiality_status": _status,
}


def mark_values(
    book: Book, sheet: Page, columns: Sequence[CheckedColumn], rows: Sequence[CheckedRow]
) -> None:
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


def _sums(rows: Sequence[CheckedRow], column: int) -> list[tuple[int, str]]:
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


def _family(row: CheckedRow) -> tuple[tuple[str, str], tuple[str, ...], str]:
    return (row.line.indicator.code, row.line.component), row.line.by, row.period


def _adds_up(rows: Sequence[CheckedRow], number: int) -> bool:
    line = rows[number - rows[0].number].line
    adding = {each.by for each in line.indicator.breakdowns if each.adds_up and not each.chosen}
    return line.by in adding and line.component != STEP


def _differs(total: int, ends: tuple[int, int], column: int) -> str:
    letter, whole = xl_col_to_name(column), xl_rowcol_to_cell(total, column)
    parts_ = f"{letter}{ends[0] + 1}:{letter}{ends[1] + 1}"
    given = f"COUNT({parts_})={ends[1] - ends[0] + 1}"
    return f"=AND({given},COUNT({whole})=1,ABS(SUM({parts_})-{whole})>0.001)"
