"""The colours of an Excel workbook: which styles write in the colour of their background."""

import re
from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element

from metrics.intake.formats.shared.contrast import WHITE, are_alike
from metrics.intake.formats.shared.marked_numbers import is_tiny
from metrics.intake.formats.shared.markup import local_name

BLACK = "000000"
HEX = re.compile(r"(?:[0-9A-Fa-f]{2})?(?P<rgb>[0-9A-Fa-f]{6})")
INDEXED = {"0": BLACK, "1": WHITE, "8": BLACK, "9": WHITE, "64": BLACK, "65": WHITE}
THEME = {"0": WHITE, "1": BLACK}  # background and text
LEAST_TINT = 0.05


def unseen_styles(styles: Element) -> set[int]:
    """The positions of the cell styles of which nobody sees the digits.

    Their font has the colour of their background, or is too small.
    """
    tiny = {
        str(number)
        for number, font in enumerate(styles.iterfind("fonts/font"))
        if any(is_tiny(size.get("val", "")) for size in font.iterfind("sz"))
    }
    fonts = [_colour(font.find("color"), BLACK) for font in styles.iterfind("fonts/font")]
    fills = [_background(fill) for fill in styles.iterfind("fills/fill")]
    return {
        position
        for position, style in enumerate(styles.iterfind("cellXfs/xf"))
        if style.get("fontId") in tiny
        or are_alike(_at(fonts, style.get("fontId", "")), _at(fills, style.get("fillId", "")))
    }


def is_unseen_form(form: Element) -> bool:
    """Whether a conditional format writes in the colour of its background, or else in white.

    Unlike that of a cell, its background is the second colour of its pattern.
    """
    colour, fill = form.find("font/color"), form.find("fill/patternFill/bgColor")
    if fill is None:
        fill = form.find("fill/patternFill/fgColor")
    return colour is not None and are_alike(_colour(colour, BLACK), _colour(fill, WHITE))


def is_unseen_font(font: Iterable[Element]) -> bool:
    """Whether nobody sees a part of a text on paper: its font is white, or too small."""
    parts = {local_name(part.tag): part for part in font}
    if "sz" in parts and is_tiny(parts["sz"].get("val", "")):
        return True
    return are_alike(_colour(parts.get("color"), BLACK), WHITE)


def _at(colours: Sequence[str], position: str) -> str:
    return colours[int(position)] if position.isdecimal() and int(position) < len(colours) else ""


def _background(fill: Element) -> str:
    """The colour of a fill; empty if it has a pattern or several colours."""
    pattern = fill.find("patternFill")
    if pattern is None:
        return ""
    kind = pattern.get("patternType", "none")
    if kind == "none":
        return WHITE
    return _colour(pattern.find("fgColor"), BLACK) if kind == "solid" else ""


def _colour(colour: Element | None, default: str) -> str:
    """A colour as RRGGBB, or its own name in this workbook; `default` without one."""
    if colour is None or colour.get("auto") in {"1", "true"}:
        return default
    if match := HEX.fullmatch(colour.get("rgb", "")):
        return match["rgb"].upper()
    if (indexed := colour.get("indexed")) is not None:
        return INDEXED.get(indexed, f"indexed {indexed}")
    theme, tint = colour.get("theme", ""), colour.get("tint", "0")
    is_tinted = abs(float(tint)) > LEAST_TINT if re.fullmatch(r"-?[0-9.]{1,20}", tint) else True
    return f"theme {theme} {tint}" if is_tinted else THEME.get(theme, f"theme {theme}")
