"""The cells of one row of an OpenDocument spreadsheet."""

from collections.abc import Callable
from datetime import date, datetime
from math import isfinite
from typing import Any
from xml.etree.ElementTree import Element

from metrics.formats.limits import LAST_COLUMN, LAST_ROW
from metrics.formats.percent import percent

# A million cells pass here, so the names are compared whole and not taken apart first.
OASIS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
OFFICE, TABLE, TEXT, DRAW = (OASIS % name for name in ("office", "table", "text", "drawing"))
CALCEXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
KIND, FORMULA = f"{OFFICE}value-type", f"{TABLE}formula"
COLUMNS_REPEATED = f"{TABLE}number-columns-repeated"
PARAGRAPH, ANNOTATION = f"{TEXT}p", f"{OFFICE}annotation"
CELLS = {f"{TABLE}table-cell", f"{TABLE}covered-table-cell"}

# What LibreOffice and Excel show in a cell whose formula failed.
ERRORS = ("#", "Err:")
TRUTHS = {"of:=TRUE()": True, "of:=FALSE()": False}  # LibreOffice keeps them as numbers
SPACES = {f"{TEXT}s": " ", f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
TOO_LONG = 8


def counted(written: str | None) -> int:
    """How often a row or column is repeated; where that is absurd, more than there can be."""
    if not written or not written.isdecimal():
        return 1
    return int(written) if len(written) < TOO_LONG else LAST_ROW + 1


def row_of(row: Element) -> tuple[list[Any], list[tuple[int, str]]]:
    """The values up to the last one that is there, and the comments with their columns."""
    values: list[Any] = []
    comments, column = [], 0
    for cell in row:
        if cell.tag not in CELLS:
            continue
        times = min(counted(cell.get(COLUMNS_REPEATED)), LAST_COLUMN + 1)
        value = value_of(cell)
        if value is not None:
            values.extend([None] * (column - len(values)))
            values.extend([value] * times)
        comments += [(column, text) for text in commented(cell)]
        column += times
    return values, comments


def commented(cell: Element) -> list[str]:
    return [shown(note) for note in cell if note.tag == ANNOTATION]


def value_of(cell: Element) -> Any:  # noqa: ANN401
    kind, formula = cell.get(KIND), cell.get(FORMULA)
    if not (kind or formula or len(cell)):
        return None
    text = shown(cell)
    if cell.get(f"{CALCEXT}value-type") == "error" or (formula and text.startswith(ERRORS)):
        return {"error": text}
    if formula in TRUTHS:
        return TRUTHS[formula]
    if kind is None:
        return {"formula": formula} if formula and not text else text or None
    return typed(kind, cell, text)


def typed(kind: str, cell: Element, text: str) -> Any:  # noqa: ANN401
    """By its kind; as it is shown where the value is not what its kind says."""
    if kind not in KINDS:
        return cell.get(f"{OFFICE}string-value", text) or None
    attribute, understood = KINDS[kind]
    try:
        return understood(cell.get(attribute, ""))
    except ValueError:
        return text or None


def shown(cell: Element) -> str:
    return "\n".join([text_in(part) for part in cell if part.tag == PARAGRAPH])


def text_in(paragraph: Element) -> str:
    if not len(paragraph):
        return paragraph.text or ""
    pieces = [paragraph.text or ""]
    for part in paragraph:
        if part.tag in SPACES:
            pieces.append(SPACES[part.tag] * min(counted(part.get(f"{TEXT}c")), 1000))
        elif part.tag != ANNOTATION:
            pieces.append(text_in(part))
        pieces.append(part.tail or "")
    return "".join(pieces)


def as_percent(written: str) -> float | str:
    fraction = float(written)
    return percent(fraction) if isfinite(fraction) else fraction


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
