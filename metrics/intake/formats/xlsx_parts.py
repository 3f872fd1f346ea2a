"""Which parts of an Excel workbook belong together: sheets, styles, what is left aside."""

import re
from posixpath import dirname, join, normpath
from typing import NamedTuple
from xml.etree.ElementTree import Element

from metrics.core.errors import UnreadableError
from metrics.intake.formats.container import Container, damaged
from metrics.intake.formats.limits import SHEETS
from metrics.intake.formats.markup import tree
from metrics.intake.formats.stamp import concealed

BUILT_IN_PERCENT = {"9", "10"}
# What of a number format is not a sign of its own: quoted text, escapes, colours and conditions.
NOT_FORMAT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
IGNORED = {
    "macros": r"xl/(vbaproject\.bin|macrosheets/.*)",
    "external_links": r"xl/externallinks/.*\.xml",
    "pivot_caches": r"xl/pivotcache/.*\.xml",
    "images": r"xl/media/.*",
    "embedded_files": r"xl/embeddings/.*",
    "connections": r"xl/(connections|querytables/.*)\.xml",
}


class Tab(NamedTuple):
    """A sheet as the workbook lists it."""

    name: str
    part: str
    visible: bool


def workbook_part(container: Container) -> str:
    for relation, target in relations(container, "").values():
        if relation == "officeDocument":
            return target
    raise damaged("it names no workbook")


def relations(container: Container, part: str) -> dict[str, tuple[str, str]]:
    """From each identifier to the kind and the name of the part that it points to."""
    folder, name = dirname(part), part.rpartition("/")[2]
    listed = tree(container, join(folder, "_rels", f"{name}.rels"))
    return {
        each.get("Id", ""): (
            each.get("Type", "").rpartition("/")[2],
            normpath(join("/", folder, each.get("Target", ""))).lstrip("/"),
        )
        for each in listed.iter("Relationship")
        if each.get("TargetMode") != "External"
    }


def tabs_of(container: Container, book: str, listed: Element) -> list[Tab]:
    parts = relations(container, book)
    tabs = [
        Tab(
            each.get("name", ""),
            parts.get(each.get("id", ""), ("", ""))[1],
            each.get("state", "visible") == "visible",
        )
        for each in listed.iterfind("sheets/sheet")
    ]
    if len(tabs) > SHEETS:
        raise UnreadableError(f"has {len(tabs):,} sheets; at most {SHEETS} are read")
    refuse_namesakes([tab.name for tab in tabs])
    return tabs


def refuse_namesakes(names: list[str]) -> None:
    if not names:
        raise damaged("it has no sheet")
    if twice := {name for name in names if names.count(name) > 1}:
        raise damaged(f"it has two sheets called {min(twice)[:31]!r}")


def percent_styles(container: Container, book: str) -> set[str]:
    """The styles that show 0.12 as 12 %, by their position, as cells name them."""
    parts = [target for kind, target in relations(container, book).values() if kind == "styles"]
    styles = tree(container, parts[0] if parts else "")
    percents = BUILT_IN_PERCENT | {
        each.get("numFmtId", "")
        for each in styles.iterfind("numFmts/numFmt")
        if "%" in NOT_FORMAT.sub("", each.get("formatCode", "")).partition(";")[0]
    }
    formats = styles.iterfind("cellXfs/xf")
    return {str(at) for at, each in enumerate(formats) if each.get("numFmtId") in percents}


def remarks(container: Container, tabs: list[Tab]) -> list[str]:
    found = [name for name, pattern in IGNORED.items() if container.named(pattern)]
    return found + ["hidden_sheets"] * any(concealed(tab.name, tab.visible) for tab in tabs)
