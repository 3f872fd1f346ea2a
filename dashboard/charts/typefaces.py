"""In which typefaces words of slides are measured: Arial, or those of a template that is installed.

Only a presentation has the typefaces of a template; whatever is drawn here is in Arial's widths.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cache

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


@dataclass(frozen=True)
class Typefaces:
    """Of the words of a deck; and the names of those that are not installed here."""

    body: Typeface = Typeface()
    heading: Typeface = Typeface()
    missing: tuple[str, ...] = ()


USUAL_TYPEFACES = Typefaces()
MEASURED: ContextVar[Typefaces] = ContextVar("MEASURED", default=USUAL_TYPEFACES)


@contextmanager
def measured_in(typefaces: Typefaces) -> Iterator[None]:
    before = MEASURED.set(typefaces)
    try:
        yield
    finally:
        MEASURED.reset(before)


@contextmanager
def measured_as_heading() -> Iterator[None]:
    """For titles, which a template may set in another typeface."""
    chosen = MEASURED.get()
    with measured_in(replace(chosen, body=chosen.heading)):
        yield


def find_typefaces(body: str, heading: str) -> Typefaces:
    """Those of these names; Arial in place of one that is not installed."""
    found = {name: find_typeface(name) for name in (body, heading)}
    missing = tuple(name for name, typeface in found.items() if typeface is None)
    usual = Typeface()
    return Typefaces(found[body] or usual, found[heading] or usual, missing)


@cache
def find_typeface(name: str) -> Typeface | None:
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
