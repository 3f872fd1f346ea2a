"""The spreadsheet's own checks: what a cell accepts, and what is marked in red."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from metrics.catalogue.codelists import codelist
from metrics.core.tables import STEP
from metrics.intake.own_texts import code_in_list
from metrics.intake.templates.follow_up.book import (
    RED,
    Book,
    Page,
    code_choices,
    consecutive_runs,
)
from metrics.intake.templates.follow_up.requested_lines import RequestedLine, name_parts

Validation = Mapping[str, object]  # as XlsxWriter takes it
ALL_DECIMALS = "#,##0.0##########"


@dataclass(frozen=True)
class CheckedColumn:
    """One column: its role, and its period if the sheet asks for several."""

    name: str
    period: str = ""


@dataclass(frozen=True)
class CheckedRow:
    """A requested line and its row; `number` counts from 0."""

    number: int
    line: RequestedLine
    period: str  # if the sheet asks for several periods


@dataclass(frozen=True)
class AcceptedInput:
    """What a cell accepts; adjacent cells that accept the same share one validation."""

    kind: str
    indicator: str = ""
    codes: tuple[str, ...] = ()  # the steps of a ladder, or the dimensions of a breakdown


def validations(
    book: Book, column: CheckedColumn, rows: Sequence[CheckedRow]
) -> list[tuple[int, int, Validation]]:
    """Each validation with the first and last row of the run to which it applies."""
    found = []
    for accepted, group in groupby(rows, key=lambda row: _accepted_input(column, row)):
        if accepted.kind in VALIDATIONS:
            validation = VALIDATIONS[accepted.kind](book, accepted)
            runs = consecutive_runs([row.number for row in group])
            found += [(first, last, validation) for first, last in runs]
    return found


def _accepted_input(column: CheckedColumn, row: CheckedRow) -> AcceptedInput:
    line = row.line
    if column.name == "value" and line.component == STEP:
        return AcceptedInput("ladder", codes=line.indicator.ladder)
    if column.name == "value":
        return AcceptedInput("whole" if line.takes_whole_numbers else "number")
    if column.name == "breakdown" and line.chosen:
        return AcceptedInput("chosen", line.indicator.code, line.by)
    if column.name == "since" and line.component != STEP:
        return AcceptedInput("closed")
    return AcceptedInput(column.name)


def _validate_step(book: Book, accepted: AcceptedInput) -> Validation:
    names = {code: codelist("step")[code].name(book.request.language) for code in accepted.codes}
    for code, name in names.items():
        book.remember("step", name, about=code)
    return book.choice_validation([*names.values()])


def _validate_chosen_codes(book: Book, accepted: AcceptedInput) -> Validation:
    """Offer every combination of the codes of one breakdown."""
    breakdowns = book.request.indicators[accepted.indicator].breakdowns
    breakdown = next(split for split in breakdowns if split.by == accepted.codes)
    parts = (name_parts(codes, book.request.language) for codes in breakdown.combinations())
    return book.choice_validation(["; ".join(names) for names in parts])


def _validate_status(book: Book, accepted: AcceptedInput) -> Validation:
    choices = code_choices(accepted.kind, book.request.language)
    for code, text in zip(codelist(accepted.kind), choices, strict=True):
        book.remember("status", text, about=code_in_list(accepted.kind, code))
    return book.choice_validation(choices)


def _validate_number(book: Book, accepted: AcceptedInput) -> Validation:
    at_least = {"criteria": ">=", "value": 0}
    validate = {"validate": "integer" if accepted.kind == "whole" else "decimal"}
    return validate | at_least | book.messages("number", "number", f"{accepted.kind}_error")


def _validate_day(book: Book, _: AcceptedInput) -> Validation:
    between = {"minimum": date(1950, 1, 1), "maximum": date(2099, 12, 31)}
    messages = book.messages("date", "date", "date_error")
    return {"validate": "date", "criteria": "between"} | between | messages


# The check of each kind of cell; all others accept anything.
VALIDATIONS: Mapping[str, Callable[[Book, AcceptedInput], Validation]] = {
    "whole": _validate_number,
    "number": _validate_number,
    "since": _validate_day,
    "ladder": _validate_step,
    "chosen": _validate_chosen_codes,
    "observation_status": _validate_status,
    "confidentiality_status": _validate_status,
}


def mark_values(
    book: Book, sheet: Page, columns: Sequence[CheckedColumn], rows: Sequence[CheckedRow]
) -> None:
    """Mark in red negative values, fractions of whole numbers, and totals that do not add up.

    A fraction is then shown as it is stored, not rounded.
    """
    marked = {"bg_color": RED, "font_color": "#8B0000"}
    red = book.book.add_format(marked)
    exact = book.book.add_format(marked | {"num_format": ALL_DECIMALS})
    for number, column in enumerate(columns):
        if column.name != "value":
            continue
        negative = {"type": "cell", "criteria": "<", "value": 0, "format": red}
        sheet.conditional_format(rows[0].number, number, rows[-1].number, number, negative)
        for first, last, formula in _fraction_checks(rows, number):
            fraction = {"type": "formula", "criteria": formula, "format": exact}
            sheet.conditional_format(first, number, last, number, fraction)
        for total, formula in _total_checks(rows, number):
            different = {"type": "formula", "criteria": formula, "format": red}
            sheet.conditional_format(total, number, total, number, different)


def _fraction_checks(rows: Sequence[CheckedRow], column: int) -> Iterator[tuple[int, int, str]]:
    """First and last row of each run of counts, with a formula that is true of a fraction."""
    counts = [
        row.number for row in rows if row.line.takes_whole_numbers and row.line.component != STEP
    ]
    for first, last in consecutive_runs(counts):
        cell = xl_rowcol_to_cell(first, column)
        yield first, last, f"=AND(ISNUMBER({cell}),{cell}<>INT({cell}))"


def _total_checks(rows: Sequence[CheckedRow], column: int) -> list[tuple[int, str]]:
    """The row of each total, with a formula that is true if its parts do not add up to it."""
    found, totals = [], {}
    for (indicator, component, by, period), group in groupby(rows, key=_block_key):
        block = list(group)
        total = (indicator, component, period)
        if not by:
            totals[total] = block[0].number
        elif _adds_up(block[0].line) and total in totals:
            formula = _difference_formula(totals[total], block[0].number, block[-1].number, column)
            found.append((totals[total], formula))
    return found


def _block_key(row: CheckedRow) -> tuple[str, str, tuple[str, ...], str]:
    """Rows of one indicator, component, breakdown and period are adjacent."""
    return row.line.indicator.code, row.line.component, row.line.by, row.period


def _adds_up(line: RequestedLine) -> bool:
    return line.component != STEP and any(
        breakdown.by == line.by and breakdown.adds_up and not breakdown.chosen
        for breakdown in line.indicator.breakdowns
    )


def _difference_formula(total: int, first: int, last: int, column: int) -> str:
    letter, total_cell = xl_col_to_name(column), xl_rowcol_to_cell(total, column)
    parts = f"{letter}{first + 1}:{letter}{last + 1}"
    all_given = f"COUNT({parts})={last - first + 1}"
    return f"=AND({all_given},COUNT({total_cell})=1,ABS(SUM({parts})-{total_cell})>0.001)"
