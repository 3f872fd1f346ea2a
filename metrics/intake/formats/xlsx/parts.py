"""The parts of an Excel workbook: sheets, relationships, styles, and ignored parts."""

from posixpath import dirname, join, normpath
from typing import NamedTuple
from xml.etree.ElementTree import Element

from metrics.core.errors import UnreadableError
from metrics.intake.formats.limits import SHEETS
from metrics.intake.formats.shared.container import Container, damage_error
from metrics.intake.formats.shared.markup import xml_tree
from metrics.intake.formats.shared.number_formats import (
    NOT_THE_NUMBER,
    displays_another_day,
    displays_another_text,
    displays_fixed_figure,
    is_plain,
)
from metrics.intake.formats.xlsx.colours import unseen_styles
from metrics.intake.formats.xlsx.fonts import MARKS_OF_FONTS, mark_of_font

GENERAL = "General"
OTHER_TEXT = "another text"  # in place of a number format that displays a text otherwise
CURRENCY = '0"¤"'  # of the reader's country
ACCOUNTING = '0;-0;"-"'
BUILT_IN = {
    "9": "0%", "10": "0.00%", "16": "d-mmm", **dict.fromkeys(("5", "6", "7", "8"), CURRENCY),
    **dict.fromkeys(("41", "43"), ACCOUNTING),
    **dict.fromkeys(("42", "44"), f'{CURRENCY};-{CURRENCY};"-"'),
}  # fmt: skip


class StyleDisplay(NamedTuple):
    """What a style makes of a number: its format, and whether its colour hides it."""

    code: str
    is_unseen: bool

    @property
    def is_marked(self) -> bool:
        """Whether it strikes through, raises or lowers what it shows, or shows it in signs."""
        return self.code in MARKS_OF_FONTS

    @property
    def changes_texts(self) -> bool:
        return self.is_unseen or self.is_marked or displays_another_text(self.code)

    def of_text(self) -> "StyleDisplay":
        """What the style makes of a text, to which the formats of numbers do not apply."""
        if self.is_marked:
            return self
        code = OTHER_TEXT if displays_another_text(self.code) else GENERAL
        return StyleDisplay(code, self.is_unseen)


class Tab(NamedTuple):
    """A sheet as listed in the workbook."""

    name: str
    part: str
    visible: bool


def workbook_part(container: Container) -> str:
    for relation, target in relationships(container, "").values():
        if relation == "officeDocument":
            return target
    raise damage_error("no_workbook")


def relationships(container: Container, part: str) -> dict[str, tuple[str, str]]:
    """Kind and name of each part that a part refers to, by identifier."""
    folder, name = dirname(part), part.rpartition("/")[2]
    listed = xml_tree(container, join(folder, "_rels", f"{name}.rels"))
    return {
        link.get("Id", ""): (
            link.get("Type", "").rpartition("/")[2],
            normpath(join("/", folder, link.get("Target", ""))).lstrip("/"),
        )
        for link in listed.iter("Relationship")
        if link.get("TargetMode") != "External"
    }


def list_tabs(container: Container, book: str, listed: Element) -> list[Tab]:
    parts = relationships(container, book)
    tabs = [
        Tab(
            sheet.get("name", ""),
            parts.get(sheet.get("id", ""), ("", ""))[1],
            sheet.get("state", "visible") == "visible",
        )
        for sheet in listed.iterfind("sheets/sheet")
    ]
    if len(tabs) > SHEETS:
        raise UnreadableError("too_many_sheets", number=len(tabs), sheets=SHEETS)
    refuse_repeated_names([tab.name for tab in tabs])
    return tabs


def names_calculation(book: Element) -> bool:
    """Whether a program that calculates saved the workbook; others ask to calculate it later.

    A program that calculates only on request may have saved old results.
    """
    settings = book.find("calcPr")
    if settings is None or settings.get("fullCalcOnLoad") in {"1", "true"}:
        return False
    is_complete = settings.get("calcCompleted") not in {"0", "false"}
    return is_complete or settings.get("calcMode") != "manual"


def refuse_repeated_names(names: list[str]) -> None:
    if not names:
        raise damage_error("no_sheet")
    if repeated := {name for name in names if names.count(name) > 1}:
        numbers = [names.index(name) + 1 for name in repeated]
        raise damage_error("same_name", number=min(numbers))


def part_of_kind(container: Container, book: str, kind: str) -> str:
    """The first part of a kind that the workbook refers to; empty if there is none."""
    links = relationships(container, book).values()
    return next((target for own, target in links if own == kind), "")


def unusual_styles(styles: Element) -> dict[str, StyleDisplay]:
    """The styles that do not show a number or a text as it is, by the position that cells refer to.

    A style that strikes a number through has the format `STRUCK_THROUGH`; one that raises it,
    lowers it or writes it in signs has `RAISED`.
    """
    refuse_conditional_figures(styles)
    own = {
        entry.get("numFmtId", ""): entry.get("formatCode", "")
        for entry in styles.iterfind("numFmts/numFmt")
    }
    codes = {
        number: code
        for number, code in (BUILT_IN | own).items()
        if not is_plain(code) or displays_another_text(code) or displays_another_day(code)
    }
    fonts = enumerate(styles.iterfind("fonts/font"))
    marks = {str(number): mark for number, font in fonts if (mark := mark_of_font(font))}
    unseen, found = unseen_styles(styles), {}
    for index, style in enumerate(styles.iterfind("cellXfs/xf")):
        mark = marks.get(style.get("fontId", ""), "")
        if not mark and repeats_number(style):
            mark = NOT_THE_NUMBER
        code = mark or codes.get(style.get("numFmtId", ""), "")
        if code or index in unseen:
            found[str(index)] = StyleDisplay(code or GENERAL, index in unseen)
    return found


def repeats_number(style: Element) -> bool:
    """Whether a style repeats what is in a cell until the cell is full."""
    return any(own.get("horizontal") == "fill" for own in style.iterfind("alignment"))


def refuse_conditional_figures(styles: Element) -> None:
    """UnreadableError where a conditional format may show another figure than its cell holds."""
    codes = (entry.get("formatCode", "") for entry in styles.iterfind("dxfs/dxf/numFmt"))
    if any(map(displays_fixed_figure, codes)):
        raise UnreadableError("conditional_figure")
