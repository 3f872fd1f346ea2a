"""Conditional formats: the cells that they may show in another way than as their number."""

import operator
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import NamedTuple
from xml.etree.ElementTree import Element

from metrics.core.cells import RANGES_SHAPE, row_and_column
from metrics.core.errors import UnreadableError
from metrics.intake.formats.shared.formula_functions import CellError, compare
from metrics.intake.formats.shared.formula_parser import NotEvaluatedError
from metrics.intake.formats.shared.formula_results import (
    FAILED,
    Calculation,
    Position,
    SharedFormula,
)
from metrics.intake.formats.shared.markup import local_name, without_namespaces
from metrics.intake.formats.shared.number_formats import displays_fixed_figure, is_plain
from metrics.intake.formats.xlsx.colours import is_unseen_form
from metrics.intake.formats.xlsx.fonts import mark_of_font
from metrics.intake.formats.xlsx.parts import GENERAL, StyleDisplay

# What a rule may compare with; more digits could be those of a number of a person.
LIMIT = r"-?(?:[0-9]{1,4}|[1-9][0-9]{0,2}0{1,9}|9{1,9})(?:\.[0-9]{1,2})?"
OPERATORS: dict[str, Callable[[float, float], bool]] = {
    "lessThan": operator.lt, "lessThanOrEqual": operator.le, "greaterThan": operator.gt,
    "greaterThanOrEqual": operator.ge, "equal": operator.eq, "notEqual": operator.ne,
}  # fmt: skip
CELL_BETWEEN = {"between": True, "notBetween": False}
# Rules whose formula holds where they apply; those that compare a cell with others have none.
BY_FORMULA = {
    "expression", "containsText", "notContainsText", "beginsWith", "endsWith", "containsBlanks",
    "notContainsBlanks", "containsErrors", "notContainsErrors",
}  # fmt: skip
UNSEEN = StyleDisplay(GENERAL, is_unseen=True)


class ConditionalRule(NamedTuple):
    """A rule that gives cells a format: one of the workbook by its position, or one of its own."""

    ranges: str
    rule: Element
    form: Element | None

    @property
    def covers_number(self) -> bool:
        """Whether a bar or an icon takes the place of the number."""
        return any(part.get("showValue") in {"0", "false"} for part in self.rule)


class ConditionalDisplay(NamedTuple):
    """How cells in some ranges are displayed, if a condition holds."""

    number: int  # of the rule on its sheet
    ranges: str
    display: StyleDisplay
    kind: str
    operator: str
    formulas: tuple[str, ...]

    def may_apply(self, value: object, position: Position, sheet: str, book: Calculation) -> bool:
        """A rule that is not understood may always apply."""
        row, column = top_left(self.ranges)
        formulas = [
            SharedFormula(text, position[0] - row, position[1] - column) for text in self.formulas
        ]
        if self.kind == "cellIs":
            return self._compares(value, formulas, sheet, book)
        if self.kind not in BY_FORMULA or len(formulas) != 1:
            return True
        return book.applies(formulas[0], sheet)

    def _compares(
        self, value: object, formulas: list[SharedFormula], sheet: str, book: Calculation
    ) -> bool:
        if not isinstance(value, (float, str, bool)):
            return True
        try:
            limits = [book.evaluate(formula, sheet.casefold()) for formula in formulas]
            found = [compare(value, limit) for limit in limits]
        except CellError:
            return False
        except (NotEvaluatedError, *FAILED):
            return True
        if len(found) == 1 and self.operator in OPERATORS:
            return OPERATORS[self.operator](found[0], 0)
        if len(found) == len(("first", "last")) and self.operator in CELL_BETWEEN:
            is_between = found[0] >= 0 >= found[1] or found[1] >= 0 >= found[0]
            return is_between == CELL_BETWEEN[self.operator]
        return True


def top_left(ranges: str) -> Position:
    """The cell to which the formulas of a rule refer: the first of its first range."""
    first = ranges.replace("$", "").split(maxsplit=1)[0]
    rows, columns = zip(*map(row_and_column, first.split(":")), strict=True)
    return min(rows), min(columns)


def conditional_displays(frame: Element, styles: Element) -> Iterator[ConditionalDisplay]:
    """What the rules of a sheet make of its numbers, where they do not show them as they are."""
    forms = list(styles.iterfind("dxfs/dxf"))
    for position, own in enumerate(conditional_rules(frame)):
        number = own.rule.get("dxfId", "")
        form = own.form
        if form is None and number.isdecimal() and int(number) < len(forms):
            form = forms[int(number)]
        display = UNSEEN if own.covers_number else display_of_form(form)
        if display:
            yield ConditionalDisplay(
                position, own.ranges, display, own.rule.get("type", ""),
                own.rule.get("operator", ""), formulas_of(own.rule),
            )  # fmt: skip


def display_of_form(form: Element | None) -> StyleDisplay | None:
    """What a conditional format makes of a number; None if it shows it as it is."""
    if form is None:
        return None
    code, is_unseen = format_of_condition(form), is_unseen_form(form)
    mark = next(filter(None, map(mark_of_font, form.iterfind("font"))), "")
    if mark or (code and not is_plain(code)):
        return StyleDisplay(mark or code, is_unseen)
    return UNSEEN if is_unseen else None


def format_of_condition(form: Element) -> str:
    """The number format that a condition gives; empty without one."""
    own = form.find("numFmt")
    return "" if own is None else own.get("formatCode", "")


def conditional_rules(frame: Element) -> Iterator[ConditionalRule]:
    """Each rule with the ranges of its cells, also those of later versions of the format."""
    for listed in frame.iter():
        if local_name(listed.tag) != "conditionalFormatting":
            continue
        ranges = listed.get("sqref") or text_of_part(listed, "sqref")
        if re.fullmatch(RANGES_SHAPE, ranges):
            rules = (rule for rule in listed if local_name(rule.tag) == "cfRule")
            yield from (ConditionalRule(ranges, rule, own_form(rule)) for rule in rules)


def own_form(rule: Element) -> Element | None:
    """The format within the rule itself; UnreadableError if it shows a figure of its own."""
    form = next((part for part in rule if local_name(part.tag) == "dxf"), None)
    if form is None:
        return None
    plain = without_namespaces(deepcopy(form))
    if displays_fixed_figure(format_of_condition(plain)):
        raise UnreadableError("conditional_figure")
    return plain


def text_of_part(listed: Element, name: str) -> str:
    return next((part.text or "" for part in listed if local_name(part.tag) == name), "")


def formulas_of(rule: Element) -> tuple[str, ...]:
    return tuple(own.text or "" for own in rule if local_name(own.tag) in {"formula", "f"})


def compared_number(rule: Element) -> str:
    """The number with which a rule compares a cell; empty for any other rule."""
    formulas = formulas_of(rule)
    is_comparison = rule.get("type") == "cellIs" and rule.get("operator") in OPERATORS
    is_number = len(formulas) == 1 and re.fullmatch(LIMIT, formulas[0]) is not None
    return formulas[0] if is_comparison and is_number else ""
