"""In which typeface words of slides are measured: Arial, or one of a template that is installed.

Only a presentation has the typeface of a template; whatever is drawn here is in Arial's widths.
"""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

USUAL_NAME = "Arial"
# Typefaces that are as wide as those of Office, and free.
OF_SAME_WIDTH: Mapping[str, str] = {
    "Calibri": "Carlito", "Cambria": "Caladea", "Times New Roman": "Liberation Serif",
    "Courier New": "Liberation Mono", "Arial Narrow": "Liberation Sans Narrow",
    "Helvetica": USUAL_NAME, "Arimo": USUAL_NAME, "Liberation Sans": USUAL_NAME,
}  # fmt: skip


@dataclass(frozen=True)
class Typeface:
    """A typeface with its files; Arial has none, as its widths are in a table."""

    name: str = USUAL_NAME
    regular: str = ""
    bold: str = ""

    def file_of(self, *, is_bold: bool) -> str:
        return self.bold if is_bold else self.regular


USUAL_TYPEFACE = Typeface()
MEASURED: ContextVar[Typeface] = ContextVar("MEASURED", default=USUAL_TYPEFACE)
T = TypeVar("T")


@contextmanager
def set_within(variable: ContextVar[T], value: T) -> Iterator[None]:
    before = variable.set(value)
    try:
        yield
    finally:
        variable.reset(before)


def measured_in(typeface: Typeface) -> AbstractContextManager[None]:
    return set_within(MEASURED, typeface)


@cache
def find_typeface(name: str) -> Typeface | None:
    """None of one that is not installed."""
    family = OF_SAME_WIDTH.get(name, name)
    if family == USUAL_NAME:
        return Typeface()
    from matplotlib.font_manager import FontProperties, findfont  # noqa: PLC0415 - loads slowly

    list_new_fonts()
    try:
        regular, bold = (
            findfont(FontProperties(family=[family], weight=weight), fallback_to_default=False)
            for weight in ("normal", "bold")
        )
    except ValueError:
        return None
    return Typeface(name, str(regular), str(bold))


@cache
def list_new_fonts() -> None:
    """Those that were installed since the list of fonts was made, which is kept for long."""
    from matplotlib.font_manager import findSystemFonts, fontManager  # noqa: PLC0415

    listed = {font.fname for font in fontManager.ttflist}
    for path in {*findSystemFonts()} - listed:
        with suppress(RuntimeError):  # of a file that is no font
            fontManager.addfont(path)


class WidthsOfFile(dict[str, int]):
    """Letter → its width in thousandths of the size, read when it is asked for."""

    def __init__(self, path: str, units: int) -> None:
        from matplotlib.ft2font import FT2Font, LoadFlags  # noqa: PLC0415 - loads slowly

        super().__init__()
        self.font, self.units, self.flags = FT2Font(path), units, LoadFlags.NO_SCALE

    def __missing__(self, letter: str) -> int:
        """A letter that the file lacks counts as a wide one."""
        width = self.units
        if self.font.get_char_index(ord(letter)):
            advance = self.font.load_char(ord(letter), flags=self.flags).horiAdvance
            width = round(advance * self.units / self.font.units_per_EM)
        self[letter] = width
        return width


@cache
def widths_of_file(path: str, units: int) -> Mapping[str, int]:
    return WidthsOfFile(path, units)
