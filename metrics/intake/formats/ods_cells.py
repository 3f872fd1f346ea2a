"""The cells of one row of an OpenDocument spreadsheet."""

from collections.abc import Callable
from datetime import date, datetime
from math import isfinite
from typing import Any
from xml.etree.ElementTree import Element

from metrics.intake.formats.limits import LAST_COLUMN, LAST_ROW
from metrics.intake.formats.percent import percent

# A million cells pass here, so the names are compared whole and not taken apart first.
OASIS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
OFFICE, TABLE, TEXT, DRAW = (OASIS % name for name in ("office", "table", "text", "drawing"))
CALCEXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
KIND, FORMULA = f"{OFFICE}value-type", f"{TABLE}formula"
STRING, KIND_IN_CALC = f"{OFFICE}string-value", f"{CALCEXT}value-type"
COLUMNS_REPEATED = f"{TABLE}number-columns-repeated"
PARAGRAPH, ANNOTATION = f"{TEXT}p", f"{OFFICE}annotation"
CELLS = {f"{TABLE}table-cell", f"{TABLE}covered-table-cell"}

# What LibreOffice and Excel show in a cell whose formula failed.
ERRORS = ("#", "Err:")
TRUTHS = {"of:=TRUE()": True, "of:=FALSE()": False}  # LibreOffice keeps them as numbers
SPACES = {f"{TEXT}s": " ", f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
TOO_LONG, MOST_SPACES = 8, 1000


def counted(written: str | None) -> int:
    """How often a row or column is repeated; where that is absurd, more than there can be."""
    if not written or not written.isdecimal():
        return 1
    return int(written) if len(written) < TOO_LONG else LAST_ROW + 1


def row_of(row: Element) -> tuple[list[Any], list[tuple[int, str]]]:
    """The values up to the last one that is there, and the comments with their columns."""
    values: list[Any] = []
    comments, column = [], 0
    has_comments = next(row.iter(ANNOTATION), None) is not None
    for cell in row:
        if cell.tag not in CELLS:
            continue
        times = min(counted(cell.get(COLUMNS_REPEATED)), LAST_COLUMN + 1)
        value = value_of(cell)
        if value is not None:
            values.extend([None] * (column - len(values)))
            values.extend([value] * times)
        if has_comments:
            comments += [(column, text) for text in commented(cell)]
        column += times
    return values, comments


def commented(cell: Element) -> list[str]:
    return [shown(note) for note in cell if note.tag == ANNOTATION]


def value_of(cell: Element) -> object:
    kind, formula = cell.get(KIND), cell.get(FORMULA)
    if not (kind or formula or len(cell)):
        return None
    if cell.get(KIND_IN_CALC) == "error":
        return {"error": shown(cell)}
    if formula and (result := calculated(formula, kind, shown(cell))) is not None:
        return result
    return typed(kind, cell) if kind else shown(cell) or None


def calculated(formula: str, kind: str | None, text: str) -> object:
    """What of a formula its value does not say; None where the value says it."""
    if text.startswith(ERRORS):
        return {"error": text}
    return TRUTHS.get(formula) if kind or text else {"formula": formula}


def typed(kind: str, cell: Element) -> object:
    """By its kind; as it is shown where the value is not what its kind says."""
    if kind not in KINDS:
        written = cell.get(STRING)
        return (shown(cell) if written is None else written) or None
    attribute, understood = KINDS[kind]
    try:
        return understood(cell.get(attribute, ""))
    except ValueError:
        return shown(cell) or None


def shown(cell: Element) -> str:
    return "\n".join([text_in(part) for part in cell if part.tag == PARAGRAPH])


def text_in(paragraph: Element) -> str:
    if not len(paragraph):
        return paragraph.text or ""
    parts = [inside(part) + (part.tail or "") for part in paragraph]
    return (paragraph.text or "") + "".join(parts)


def inside(part: Element) -> str:
    if part.tag in SPACES:
        return SPACES[part.tag] * min(counted(part.get(f"{TEXT}c")), MOST_SPACES)
    return "" if part.tag == ANNOTATION else text_in(part)


def as_percent(written: str) -> object:
    fraction = float(written)
    return {"percent": percent(fraction)} if isfinite(fraction) else fraction


def as_day(written: str) -> date:
    return datetime.fromisoformat(written) if "T" in written else date.fromisoformat(written)


# A time or duration is in no figure that is asked for: it is left as it is shown.
KINDS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "float": (f"{OFFICE}value", float),
    "currency": (f"{OFFICE}value", float),
    "percentage": (f"{OFFICE}value", as_percent),
    "date": (f"{OFFICE}date-value", as_day),
    "boolean": (f"{OFFICE}boolean-value", "true".__eq__),
}
