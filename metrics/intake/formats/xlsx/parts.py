"""The parts of an Excel workbook: sheets, relationships, styles, and ignored parts."""

import re
from posixpath import dirname, join, normpath
from typing import NamedTuple
from xml.etree.ElementTree import Element

from metrics.core.errors import UnreadableError
from metrics.intake.formats.limits import SHEETS
from metrics.intake.formats.shared.container import Container, damage_error
from metrics.intake.formats.shared.markup import xml_tree

BUILT_IN_PERCENT = {"9", "10"}
# Parts of a number format that do not display the number: quotes, escapes, colours, conditions.
NOT_FORMAT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


class Tab(NamedTuple):
    """A sheet as listed in the workbook."""

    name: str
    part: str
    visible: bool


def workbook_part(container: Container) -> str:
    for relation, target in relationships(container, "").values():
        if relation == "officeDocument":
            return target
    raise damage_error("it names no workbook")


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
        raise UnreadableError(f"has {len(tabs):,} sheets; at most {SHEETS} are read")
    refuse_repeated_names([tab.name for tab in tabs])
    return tabs


def refuse_repeated_names(names: list[str]) -> None:
    if not names:
        raise damage_error("it has no sheet")
    if repeated := {name for name in names if names.count(name) > 1}:
        numbers = [names.index(name) + 1 for name in repeated]
        raise damage_error(f"the name of its sheet {min(numbers)} is that of another, too")


def part_of_kind(container: Container, book: str, kind: str) -> Element:
    """The first part of a kind that the workbook refers to, parsed whole."""
    links = relationships(container, book).values()
    return xml_tree(container, next((target for own, target in links if own == kind), ""))


def percent_styles(container: Container, book: str) -> set[str]:
    """The positions of styles that show 0.12 as 12 %; cells refer to styles by position."""
    styles = part_of_kind(container, book, "styles")
    percents = BUILT_IN_PERCENT | {
        number_format.get("numFmtId", "")
        for number_format in styles.iterfind("numFmts/numFmt")
        if "%" in NOT_FORMAT.sub("", number_format.get("formatCode", "")).partition(";")[0]
    }
    formats = styles.iterfind("cellXfs/xf")
    return {str(index) for index, xf in enumerate(formats) if xf.get("numFmtId") in percents}
