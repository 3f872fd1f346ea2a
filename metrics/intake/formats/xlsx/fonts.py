"""What the font of a cell, or of a part of its text, makes of a number."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from metrics.intake.formats.shared.marked_numbers import has_no_digits
from metrics.intake.formats.shared.markup import local_name

# In place of a number format: the number does not apply as printed.
STRUCK_THROUGH, RAISED = "struck through", "raised, lowered or in signs"
MARKS_OF_FONTS = (STRUCK_THROUGH, RAISED)
MARKS = {"strike": STRUCK_THROUGH, "vertAlign": RAISED}
FONT_NAMES = {"name", "rFont"}  # in the font of a cell and of a part of a text
OFF = {"0", "false", "baseline"}


def mark_of_font(font: Iterable[Element]) -> str:
    """What a font makes of a number, in the place of a format; empty if it leaves it as it is."""
    marks = set(map(_mark_of_property, font))
    return next((mark for mark in MARKS_OF_FONTS if mark in marks), "")


def _mark_of_property(part: Element) -> str:
    kind, value = local_name(part.tag), part.get("val", "1")
    if kind in FONT_NAMES:
        return RAISED if has_no_digits(value) else ""
    return "" if value in OFF else MARKS.get(kind, "")
