"""The cells of one row of an OpenDocument spreadsheet."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from math import isfinite
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from metrics.core.number_notation import FIGURES_SHAPE
from metrics.intake.formats.limits import LAST_COLUMN, LAST_ROW
from metrics.intake.formats.ods.formulas import FormulaResult
from metrics.intake.formats.ods.styles import PLAIN, CellLook, DocumentStyles
from metrics.intake.formats.shared.known_texts import known_error, known_formula
from metrics.intake.formats.shared.marked_numbers import (
    bracket_marks,
    is_typed_number,
    mark_unseen,
)
from metrics.intake.formats.shared.number_formats import is_dash, makes_another_number, unit_in_text
from metrics.intake.formats.shared.percent import format_percent
from metrics.intake.formats.shared.shown_numbers import shows_number

# A million cells pass here, so qualified names are compared without parsing them.
OASIS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
OFFICE, TABLE, TEXT = (OASIS % name for name in ("office", "table", "text"))
STYLE_NAME, DEFAULT_STYLE = f"{TABLE}style-name", f"{TABLE}default-cell-style-name"
CALCEXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
VALUE_TYPE, FORMULA = f"{OFFICE}value-type", f"{TABLE}formula"
STRING, VALUE_TYPE_IN_CALC = f"{OFFICE}string-value", f"{CALCEXT}value-type"
VALUE = f"{OFFICE}value"
COLUMNS_REPEATED = f"{TABLE}number-columns-repeated"
COLUMNS_SPANNED, ROWS_SPANNED = f"{TABLE}number-columns-spanned", f"{TABLE}number-rows-spanned"
PARAGRAPH, ANNOTATION = f"{TEXT}p", f"{OFFICE}annotation"
CELL_TAGS = {f"{TABLE}table-cell", f"{TABLE}covered-table-cell"}

# What LibreOffice and Excel display in a cell whose formula failed.
ERRORS = ("#", "Err:")
TRUTH_FORMULAS = {"of:=TRUE()": True, "of:=FALSE()": False}  # LibreOffice keeps them as numbers
SPACES = {f"{TEXT}s": " ", f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
SHOWN_NUMBER = re.compile(rf"{FIGURES_SHAPE}(?:[eE][-+]?[0-9]+)?")
LETTER = re.compile(r"[A-Za-z$]")
MOST_DIGITS, MOST_SPACES = 7, 1000


def repetitions(attribute: str | None) -> int:
    """How often a row or column is repeated; absurd numbers count as more than the maximum."""
    if not attribute or not attribute.isdecimal():
        return 1
    return int(attribute) if len(attribute) <= MOST_DIGITS else LAST_ROW + 1


class RowContents(NamedTuple):
    """The values up to the last filled cell, and by their columns comments and merged cells."""

    values: list[Any]
    comments: list[tuple[int, str]]
    spans: list[tuple[int, int, int]]  # column, and how many rows and columns are covered
    displays: list[tuple[str, int, str]]  # kind, column and text, as in `DisplayContents`
    results: list[tuple[int, FormulaResult]]  # by column


def parse_row(
    row: Element, styles: DocumentStyles, column_styles: Mapping[int, str]
) -> RowContents:
    """Read a row; a cell without a style of its own has that of its row or column."""
    row_style = row.get(DEFAULT_STYLE, "")
    values: list[Any] = []
    displays: list[tuple[str, int, str]] = []
    results: list[tuple[int, FormulaResult]] = []
    comments, spans, column = [], [], 0
    has_comments = next(row.iter(ANNOTATION), None) is not None
    for cell in row:
        if cell.tag not in CELL_TAGS:
            continue
        times = min(repetitions(cell.get(COLUMNS_REPEATED)), LAST_COLUMN + 1)
        style = cell.get(STYLE_NAME) or row_style or column_styles.get(column, "")
        look = styles.of_cell(style)
        value = parse_with_marks(cell, styles)
        displays += [(kind, column, text) for kind, text in kinds_of_text(value, cell)]
        if look is not PLAIN and value is not None:
            held = number_of_cell(value, cell)
            value, kinds = value_by_look(value, look.look_of(value), held)
            displays += [(kind, column, "") for kind in kinds]
        if (formula := cell.get(FORMULA)) and (number := cell.get(VALUE)):
            results += formula_results(formula, number, column)
        if value is not None:
            values.extend([None] * (column - len(values)))
            values.extend([value] * times)
        if has_comments:
            comments += [(column, displayed_text(part)) for part in cell if part.tag == ANNOTATION]
        height, width = cell.get(ROWS_SPANNED), cell.get(COLUMNS_SPANNED)
        if (height or width) and (covered := (repetitions(height), repetitions(width))) != (1, 1):
            spans.append((column, *covered))
        column += times
    return RowContents(values, comments, spans, displays, results)


def formula_results(formula: str, number: str, column: int) -> Iterator[tuple[int, FormulaResult]]:
    """The stored result of a formula; none that is no number."""
    with suppress(ValueError):
        yield column, FormulaResult(formula, parse_float(number))


def parse_with_marks(cell: Element, styles: DocumentStyles) -> object:
    value = parse_cell(cell)
    return marked_value(cell, styles) or value if isinstance(value, str) else value


def value_by_look(value: object, look: CellLook, number: str) -> tuple[object, list[str]]:
    """What is read of a cell with this look, and how it is displayed (`DisplayContents`).

    `number` is the number in it, also one typed as text.
    """
    kinds = ["struck"] if look.is_struck and isinstance(value, str) else []
    if not number:
        return value, ["unseen", *kinds] if look.is_unseen and isinstance(value, str) else kinds
    if look.is_marked:
        return {"marked": f"[{number}]"}, kinds
    if look.is_other and isinstance(value, float):
        return {"disguised": number}, kinds
    return value, ["unseen"] if look.is_unseen else kinds


def number_of_cell(value: object, cell: Element) -> str:
    """The number in a cell, also one per cent or typed as text; empty if it holds none."""
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, str):
        return typed_number(value)
    is_percent = isinstance(value, dict) and "percent" in value
    return f"{float(cell.get(VALUE, '')):.15g}" if is_percent else ""


def typed_number(value: object) -> str:
    """A number that is typed as text; empty for anything else."""
    return value.strip() if isinstance(value, str) and is_typed_number(value) else ""


def unit_beside(cell: Element) -> str:
    """The unit that is displayed beside a number; empty without one."""
    text = displayed_text(cell)
    may_have_unit = not text.isascii() or LETTER.search(text)
    return unit_in_text(SHOWN_NUMBER.sub("", text)) if may_have_unit else ""


def marked_value(cell: Element, styles: DocumentStyles) -> dict[str, str]:
    """A number of which a part is raised or struck through, with that part in brackets."""
    runs = [run for part in cell if part.tag == PARAGRAPH for run in styled_runs(part)]
    runs = [(text, style) for text, style in runs if text]
    looks = [(styles.marks(style), styles.hides(style)) for _, style in runs]
    texts = [text for text, _ in runs]
    text = bracket_marks([*zip(texts, mark_unseen(looks), strict=True)])
    return {"marked": text} if text else {}


def styled_runs(paragraph: Element) -> Iterator[tuple[str, str]]:
    """The texts of a paragraph, each with the name of its style."""
    yield paragraph.text or "", ""
    for part in paragraph:
        yield inline_text(part), part.get(f"{TEXT}style-name", "")
        yield part.tail or "", ""


def parse_cell(cell: Element) -> object:
    kind, formula = cell.get(VALUE_TYPE), cell.get(FORMULA)
    if not (kind or formula or len(cell)):
        return None
    if cell.get(VALUE_TYPE_IN_CALC) == "error":
        return {"error": known_error(displayed_text(cell))}
    if formula and (result := special_result(formula, kind, displayed_text(cell))) is not None:
        return result
    value = typed_value(kind, cell) if kind else displayed_text(cell) or None
    is_lost = value is None and formula and kind != "string"
    return {"formula": known_formula(str(formula))} if is_lost else value


def special_result(formula: str, kind: str | None, text: str) -> object:
    """An error, a truth value or an uncalculated formula; None where the cell has a usual value."""
    if text.startswith(ERRORS):
        return {"error": known_error(text)}
    return TRUTH_FORMULAS.get(formula) if kind or text else {"formula": known_formula(formula)}


def typed_value(kind: str, cell: Element) -> object:
    """The value by its type; the displayed text if the value does not match its type."""
    if kind not in VALUE_PARSERS:
        text = cell.get(STRING)
        if text and is_typed_number(text) and displays_another_string(cell):
            return {"disguised": text.strip()}
        return (displayed_text(cell) if text is None else text) or None
    attribute, parse = VALUE_PARSERS[kind]
    try:
        value = parse(cell.get(attribute, ""))
    except ValueError:
        return displayed_text(cell) or None
    if kind == "float" and not displays_value(cell, value):
        return {"disguised": f"{value:.15g}"}
    return value


def kinds_of_text(value: object, cell: Element) -> Iterator[tuple[str, str]]:
    """How the text of a cell shows its value otherwise than it is, with the unit beside it."""
    if displays_another_string(cell):
        yield "other_text", ""
    if isinstance(value, float) and (unit := unit_beside(cell)):
        yield "unit", unit
    if value == 0 and type(value) is float and is_dash(displayed_text(cell)):
        yield "zero", ""


def displays_another_string(cell: Element) -> bool:
    """Whether the text in a cell is not the one that it displays."""
    text = cell.get(STRING)
    if text is None or all(part.tag != PARAGRAPH for part in cell):
        return False
    return text.split() != displayed_text(cell).split()


def displays_value(cell: Element, number: float) -> bool:
    """Whether the reader of the sheet sees the number; a library may have written no text."""
    text = displayed_text(cell)
    if not text.strip():
        return all(part.tag != PARAGRAPH for part in cell)
    if text.isdecimal() or is_dash(text):
        return shows_number(text, number)
    beside = SHOWN_NUMBER.sub("", text)
    return shows_number(text, number) and not makes_another_number(beside, number)


def displayed_text(cell: Element) -> str:
    return "\n".join([paragraph_text(part) for part in cell if part.tag == PARAGRAPH])


def paragraph_text(paragraph: Element) -> str:
    if not len(paragraph):
        return paragraph.text or ""
    parts = [inline_text(part) + (part.tail or "") for part in paragraph]
    return (paragraph.text or "") + "".join(parts)


def inline_text(part: Element) -> str:
    if part.tag in SPACES:
        return SPACES[part.tag] * min(repetitions(part.get(f"{TEXT}c")), MOST_SPACES)
    return "" if part.tag == ANNOTATION else paragraph_text(part)


def parse_float(number: str) -> float:
    """A number as XML writes it; ValueError for what Python alone reads as one, such as 1_4."""
    if "_" in number or not number.isascii():
        raise ValueError(number)
    return float(number)


def parse_percent(number: str) -> object:
    fraction = parse_float(number)
    return {"percent": format_percent(fraction)} if isfinite(fraction) else fraction


def parse_date(text: str) -> date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


# No indicator asks for times or durations: they are kept as displayed.
VALUE_PARSERS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "float": (VALUE, parse_float),
    "currency": (VALUE, parse_float),
    "percentage": (VALUE, parse_percent),
    "date": (f"{OFFICE}date-value", parse_date),
    "boolean": (f"{OFFICE}boolean-value", "true".__eq__),
}
