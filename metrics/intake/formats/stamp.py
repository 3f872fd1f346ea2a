"""What our template hid in a workbook: in properties, in defined names, in a hidden sheet.

Three times the same, because no program that saves a workbook is known to drop all three.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from metrics.intake.formats import Page

# `empact_area`, `empact.area` and `Empact area` all stamp `area`.
STAMPED = re.compile(r"empact[ _.:-]?(?P<key>.+)", re.IGNORECASE | re.DOTALL)
SHEET = "empact"
MOST = 200


def key_in(name: str) -> str:
    """What a property or name stamps; empty when it is not ours."""
    match = STAMPED.fullmatch(name.strip())
    return match["key"].strip().casefold() if match else ""


def concealed(sheet: str, visible: bool) -> bool:
    """A sheet that somebody hid, other than the one in which our template keeps its stamp."""
    return not visible and sheet.casefold() != SHEET


def constant(refers_to: str) -> str:
    """A defined name that stands for a text refers to `="FI"`."""
    text = refers_to.strip().removeprefix("of:").removeprefix("=").strip()
    return text.removeprefix('"').removesuffix('"').replace('""', '"')


def stamp(
    pages: Iterable[Page], named: Iterable[tuple[str, str]], properties: Iterable[tuple[str, str]]
) -> list[tuple[str, str]]:
    """What is said twice is taken from the properties: nobody edits them by mistake."""
    said = dict(from_sheet(pages))
    said |= {key_in(name): constant(refers_to) for name, refers_to in named if key_in(name)}
    said |= {key_in(name): text for name, text in properties if key_in(name)}
    return list(said.items())[:MOST]


def from_sheet(pages: Iterable[Page]) -> Iterator[tuple[str, str]]:
    ours = (page for page in pages if not page.visible and page.name.casefold() == SHEET)
    for key, text, *_ in chain.from_iterable(map(pairs, ours)):
        yield key_in(key) or key.strip().casefold(), text_of(text)


def pairs(page: Page) -> list[list[Any]]:
    """Rows that begin with a key and say something after it."""
    return [row for row in page.rows[:MOST] if len(row) > 1 and isinstance(row[0], str)]


def text_of(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
