"""The texts of an Excel workbook outside its cells, for the rules that look for persons."""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from xml.etree.ElementTree import Element

from metrics.core.cells import address
from metrics.intake.formats import Note
from metrics.intake.formats.container import Container
from metrics.intake.formats.markup import text_of, tree
from metrics.intake.formats.stamp import key_in
from metrics.intake.formats.xlsx_parts import Tab, relations

# Excel writes VML that is no XML (`<br>` stays open), so it is not parsed.
TEXT_BOX = re.compile(r"<v:textbox[^>]*>(.*?)</v:textbox>", re.DOTALL)
CORNER = re.compile(r"(?P<row>[0-9]{1,7}) (?P<column>[0-9]{1,5})")
TAG = re.compile(r"<[^>]*>")
THREAD = "threadedComment"
ELSEWHERE = r"xl/(charts/chart|diagrams/data)[^/]*\.xml"
# Times and counts that a program writes into the properties by itself.
NOT_TEXT = {"created", "modified", "lastPrinted", "revision", "version", "TitlesOfParts",
            "HeadingPairs", "DocSecurity", "ScaleCrop", "LinksUpToDate", "SharedDoc",
            "HyperlinksChanged", "AppVersion", "Application", "TotalTime"}  # fmt: skip


def notes(container: Container, book: Element, tabs: list[Tab]) -> Iterator[Note]:
    for tab in tabs:
        yield Note("name", tab.name, tab.name)
        yield from notes_of_sheet(container, tab)
    yield from defined_names(book, tabs)
    for part in ("docProps/core.xml", "docProps/app.xml"):
        yield from properties(tree(container, part))
    for name, text in custom_properties(container):
        if not key_in(name):
            yield Note("property", text, cell=name)
    for part in container.named(ELSEWHERE):
        yield from drawn(tree(container, part), "", "")


def notes_of_sheet(container: Container, tab: Tab) -> list[Note]:
    """A threaded comment has a twin for old programs, with an address of Microsoft's in it."""
    parts = list(relations(container, tab.part).values())
    threads = threads_of(parts, container, tab.name)
    threaded = {note.cell for note in threads}
    others = [note for kind, part in parts for note in of_kind(kind, part, container, tab.name)]
    return threads + [
        note for note in others if note.kind != "comment" or note.cell not in threaded
    ]


def threads_of(parts: list[tuple[str, str]], container: Container, sheet: str) -> list[Note]:
    threads = [part for kind, part in parts if kind == THREAD]
    return [note for part in threads for note in comments(tree(container, part), THREAD, sheet)]


def of_kind(kind: str, part: str, container: Container, sheet: str) -> Iterable[Note]:
    if kind == "comments":
        return comments(tree(container, part), "comment", sheet)
    if kind == "drawing":
        return drawings(tree(container, part), sheet)
    if kind == "vmlDrawing":
        return text_boxes(container.read(part).decode("utf-8", "replace"), sheet)
    return ()


def comments(listed: Element, tag: str, sheet: str) -> Iterator[Note]:
    for each in listed.iter(tag):
        yield Note("comment", text_of(each.find("text")), sheet, each.get("ref", ""))


def drawings(drawing: Element, sheet: str) -> Iterator[Note]:
    for anchor in drawing:
        corner = f"{anchor.findtext('from/row')} {anchor.findtext('from/col')}"
        known = CORNER.fullmatch(corner)
        cell = address(int(known["row"]), int(known["column"])) if known else ""
        yield from drawn(anchor, sheet, cell)


def drawn(drawing: Element, sheet: str, cell: str) -> Iterator[Note]:
    for paragraph in drawing.iter("p"):
        yield Note("drawing", "".join(run.text or "" for run in paragraph.iter("t")), sheet, cell)
    for shape in drawing.iter("cNvPr"):
        for said in ("descr", "title"):
            yield Note("drawing", shape.get(said, ""), sheet, cell)


def text_boxes(vml: str, sheet: str) -> Iterator[Note]:
    for box in TEXT_BOX.findall(vml):
        yield Note("drawing", unescape(TAG.sub(" ", box)).strip(), sheet)


def defined_names(book: Element, tabs: list[Tab]) -> Iterator[Note]:
    for each in book.iterfind("definedNames/definedName"):
        name, own = each.get("name", ""), each.get("localSheetId", "")
        sheet = tabs[int(own)].name if own.isdecimal() and int(own[:4]) < len(tabs) else ""
        if not key_in(name):
            said = " ".join(filter(None, (name, "=", each.text, each.get("comment"))))
            yield Note("name", said, sheet)


def stamped_names(book: Element) -> list[tuple[str, str]]:
    names = book.iterfind("definedNames/definedName")
    return [(each.get("name", ""), each.text or "") for each in names]


def properties(listed: Element) -> Iterable[Note]:
    return [Note("property", text_of(each), cell=each.tag)
            for each in listed if each.tag not in NOT_TEXT]  # fmt: skip


def custom_properties(container: Container) -> list[tuple[str, str]]:
    listed = tree(container, "docProps/custom.xml")
    return [(each.get("name", ""), text_of(each)) for each in listed.iter("property")]
