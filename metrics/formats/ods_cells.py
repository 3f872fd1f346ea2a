"""The cells of one row of an OpenDocument spreadsheet."""

from collections.abc import Callable
from datetime import date, datetime
from math import isfinite
from typing import Any
from xml.etree.ElementTree import Element

from metrics.formats.limits import LAST_COLUMN, LAST_ROW
from metrics.formats.markup import local
from metrics.formats.percent import percent

CELLS = {"table-cell", "covered-table-cell"}
# What LibreOffice and Excel show in a cell whose formula failed.
ERRORS = ("#", "Err:")
SPACES = {"s": " ", "tab": "\t", "line-break": "\n"}
TRUTHS = {"of:=TRUE()": True, "of:=FALSE()": False}  # LibreOffice keeps them as numbers
TOO_LONG = 8
NOT_SHOWN = {"annotation", "shapes", "frame", "custom-shape"}


def attributes(element: Element) -> dict[str, str]:
    """Without namespaces; of two that then have one name (office:, calcext:) the first stays."""
    found: dict[str, str] = {}
    for name, text in element.items():
        found.setdefault(local(name), text)
    return found


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
        if local(cell.tag) not in CELLS:
            continue
        said = attributes(cell)
        times = min(counted(said.get("number-columns-repeated")), LAST_COLUMN + 1)
        value = value_of(cell, said)
        if value is not None:
            values.extend([None] * (column - len(values)))
            values.extend([value] * times)
        comments += [(column, text) for text in commented(cell)]
        column += times
    return values, comments


def commented(cell: Element) -> list[str]:
    return [
        "\n".join(text_in(each) for each in part if local(each.tag) == "p")
        for part in cell
        if local(part.tag) == "annotation"
    ]


def value_of(cell: Element, said: dict[str, str]) -> Any:  # noqa: ANN401
    kind = said.get("value-type", "")
    if not len(cell) and not kind and "formula" not in said:
        return None
    if said.get("formula") in TRUTHS:
        return TRUTHS[said["formula"]]
    text = shown(cell)
    if is_error(cell, text, "formula" in said):
        return {"error": text}
    if not kind:
        return {"formula": said["formula"]} if "formula" in said and not text else text or None
    try:
        return KINDS.get(kind, as_text)(said, text)
    except (ValueError, KeyError):
        return text or None


def is_error(cell: Element, text: str, calculated: bool) -> bool:
    kinds = {kind for name, kind in cell.items() if local(name) == "value-type"}
    return "error" in kinds or (calculated and text.startswith(ERRORS))


def shown(cell: Element) -> str:
    return "\n".join(text_in(part) for part in cell if local(part.tag) == "p")


def text_in(paragraph: Element) -> str:
    pieces = [paragraph.text or ""]
    for part in paragraph:
        tag = local(part.tag)
        if tag in SPACES:
            pieces.append(SPACES[tag] * min(counted(attributes(part).get("c")), 1000))
        elif tag not in NOT_SHOWN:
            pieces.append(text_in(part))
        pieces.append(part.tail or "")
    return "".join(pieces)


def as_text(said: dict[str, str], text: str) -> str | None:
    return said.get("string-value", text) or None


def as_number(said: dict[str, str], _text: str) -> float:
    return float(said["value"])


def as_percent(said: dict[str, str], _text: str) -> float | str:
    fraction = float(said["value"])
    return percent(fraction) if isfinite(fraction) else fraction


def as_day(said: dict[str, str], _text: str) -> date:
    written = said["date-value"]
    return datetime.fromisoformat(written) if "T" in written else date.fromisoformat(written)


def as_truth(said: dict[str, str], _text: str) -> bool:
    return said["boolean-value"] == "true"


def as_time(_said: dict[str, str], text: str) -> str:
    return text


KINDS: dict[str, Callable[[dict[str, str], str], Any]] = {
    "float": as_number,
    "currency": as_number,
    "percentage": as_percent,
    "date": as_day,
    "boolean": as_truth,
    "time": as_time,
}
