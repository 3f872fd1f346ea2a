"""Conditional formats: the cells that they may show in another way than as their number."""

import operator
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from metrics.core.cells import row_and_column
from metrics.intake.formats.shared.markup import local_name
from metrics.intake.formats.shared.number_formats import is_plain
from metrics.intake.formats.xlsx.cells import CellPosition
from metrics.intake.formats.xlsx.fonts import STRUCK_THROUGH, mark_of_font
from metrics.intake.formats.xlsx.parts import StyleDisplay

# To the last row, and little beyond.
ROW_NUMBER = r"(?:104[0-8][0-9]{3}|10[0-3][0-9]{4}|[0-9]{1,6})"
RANGE = rf"\$?[A-Z]{{1,3}}\$?{ROW_NUMBER}"
RANGES = rf"{RANGE}(?::{RANGE})?(?: {RANGE}(?::{RANGE})?)*"
# What a rule may compare with; more digits could be those of a number of a person.
LIMIT = r"-?(?:[0-9]{1,4}|[1-9][0-9]{0,2}0{1,9}|9{1,9})(?:\.[0-9]{1,2})?"
OPERATORS: dict[str, Callable[[float, float], bool]] = {
    "lessThan": operator.lt, "lessThanOrEqual": operator.le, "greaterThan": operator.gt,
    "greaterThanOrEqual": operator.ge, "equal": operator.eq, "notEqual": operator.ne,
}  # fmt: skip


class SheetConditions(NamedTuple):
    """What surrounds the rows of a sheet, with its rules, and the formats that rules may give."""

    frame: Element
    displays: dict[str, StyleDisplay]


def sheet_conditions(styles: Element, frames: Iterable[Element]) -> list[SheetConditions]:
    displays = conditional_displays(styles)
    return [SheetConditions(frame, displays) for frame in frames]


def conditional_displays(styles: Element) -> dict[str, StyleDisplay]:
    """The formats of conditions that do not show a number as it is, by their positions."""
    found = {}
    for position, form in enumerate(styles.iterfind("dxfs/dxf")):
        code = format_of_condition(form)
        if any(map(mark_of_font, form.iterfind("font"))):
            found[str(position)] = StyleDisplay(STRUCK_THROUGH, is_unseen=False)
        elif code and not is_plain(code):
            found[str(position)] = StyleDisplay(code, is_unseen=False)
    return found


def format_of_condition(form: Element) -> str:
    """The number format that a condition gives; empty without one."""
    own = form.find("numFmt")
    return "" if own is None else own.get("formatCode", "")


def conditional_rules(frame: Element) -> Iterator[tuple[str, Element]]:
    """Each rule that gives cells a format, with the ranges of these cells."""
    for listed in frame:
        ranges = listed.get("sqref", "")
        if local_name(listed.tag) == "conditionalFormatting" and re.fullmatch(RANGES, ranges):
            yield from ((ranges, rule) for rule in listed if rule.get("dxfId", "").isdecimal())


def conditional_cells(
    rows: Sequence[Sequence[Any]], conditions: SheetConditions
) -> Iterator[tuple[CellPosition, StyleDisplay]]:
    """The cells with numbers that a rule shows in another way, or may show so."""
    for ranges, rule in conditional_rules(conditions.frame):
        if display := conditions.displays.get(rule.get("dxfId", "")):
            for row, column in positions_in(ranges, rows):
                value = rows[row][column]
                if isinstance(value, float) and may_apply(rule, value):
                    yield (row, column), display


def positions_in(ranges: str, rows: Sequence[Sequence[Any]]) -> Iterator[CellPosition]:
    """The positions in ranges, as far as the rows reach."""
    for cells in ranges.replace("$", "").split():
        numbers, columns = zip(*map(row_and_column, cells.split(":")), strict=True)
        for row in range(max(min(numbers), 0), min(max(numbers) + 1, len(rows))):
            for column in range(min(columns), min(max(columns) + 1, len(rows[row]))):
                yield row, column


def compared_number(rule: Element) -> str:
    """The number with which a rule compares a cell; empty for any other rule."""
    formulas = [own.text or "" for own in rule if local_name(own.tag) == "formula"]
    is_comparison = rule.get("type") == "cellIs" and rule.get("operator") in OPERATORS
    is_number = len(formulas) == 1 and re.fullmatch(LIMIT, formulas[0]) is not None
    return formulas[0] if is_comparison and is_number else ""


def may_apply(rule: Element, value: float) -> bool:
    """Whether a rule applies to a number; a rule that is not understood may always do so."""
    limit = compared_number(rule)
    return not limit or OPERATORS[rule.get("operator", "")](value, float(limit))
