"""The stamp of our template in a workbook: properties, defined names and a hidden sheet.

It is written three times, because no program that saves a workbook is known to drop all three.
"""

import re
from collections.abc import Iterable, Iterator

from metrics.intake.formats.contents import SheetContents

# `empact_area`, `empact.area` and `Empact area` all stamp `area`.
STAMP_NAME = re.compile(r"empact[ _.:-]?(?P<key>.+)", re.IGNORECASE | re.DOTALL)
STAMP_SHEET = "empact"
# As `metrics.intake.templates.STAMPED`, which the process that opens a file does not import.
STAMP_KEYS = {
    "template", "template_version", "catalogue", "collection", "area", "round", "language",
}  # fmt: skip
MOST_KEYS = 200
# What the stamp says is always a code. Digits in a row could be the number of a person.
CODE = re.compile(r"(?!.*\d{5})[A-Za-z0-9][A-Za-z0-9_.-]{0,63}|(?=\d*[a-f])[0-9a-f]{12}")
SIGNS_OF_CODE = str.maketrans("_.-", "   ")


def stamp_key(name: str) -> str:
    """The stamp's key that a property or defined name holds; empty if it is not ours."""
    match = STAMP_NAME.fullmatch(name.strip())
    key = match["key"].strip().casefold() if match else ""
    return key if key in STAMP_KEYS else ""


def is_concealed(sheet: str, visible: bool) -> bool:
    """Whether the submitter hid the sheet; the stamp's own sheet is always hidden."""
    return not visible and sheet.casefold() != STAMP_SHEET


def constant_text(refers_to: str) -> str:
    """The constant text that a defined name refers to, as in `="FI"`."""
    text = refers_to.strip().removeprefix("of:").removeprefix("=").strip()
    return text.removeprefix('"').removesuffix('"').replace('""', '"')


def read_stamp(
    sheets: Iterable[SheetContents],
    names: Iterable[tuple[str, str]],
    properties: Iterable[tuple[str, str]],
) -> list[tuple[str, str]]:
    """Keys and texts. Properties take precedence, being hard to edit by mistake; then names."""
    texts = {key: text for key, text in stamp_of_sheets(sheets) if key in STAMP_KEYS}
    texts |= {stamp_key(name): constant_text(text) for name, text in names if stamp_key(name)}
    texts |= {stamp_key(name): text for name, text in properties if stamp_key(name)}
    return [(key, text) for key, text in texts.items() if CODE.fullmatch(text)]


def words_of_code(text: str) -> str:
    """A code as it is searched for persons: Anna-Virtanen as two words."""
    return text.translate(SIGNS_OF_CODE)


def stamp_of_sheets(sheets: Iterable[SheetContents]) -> Iterator[tuple[str, str]]:
    """The rows of the stamp's own sheet: a key, and the text beside it."""
    for sheet in sheets:
        if not sheet.visible and sheet.name.casefold() == STAMP_SHEET:
            for row in sheet.rows[:MOST_KEYS]:
                if len(row) > 1 and isinstance(row[0], str):
                    yield stamp_key(row[0]) or row[0].strip().casefold(), stamp_text(row[1])


def stamp_text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
