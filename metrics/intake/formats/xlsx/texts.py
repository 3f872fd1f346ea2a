"""The texts of an Excel workbook outside its cells, for the rules that look for persons."""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from xml.etree.ElementTree import Element

from metrics.core.cells import cell_address
from metrics.intake.formats.contents import TextContents
from metrics.intake.formats.shared.container import Container
from metrics.intake.formats.shared.markup import element_text, xml_tree
from metrics.intake.formats.shared.stamp import stamp_key
from metrics.intake.formats.xlsx.parts import Tab, relationships

# Excel writes VML that is no XML (`<br>` stays open), so it is not parsed.
TEXT_BOX = re.compile(r"<v:textbox[^>]*>(.*?)</v:textbox>", re.DOTALL)
CORNER = re.compile(r"(?P<row>[0-9]{1,7}) (?P<column>[0-9]{1,5})")
TAG = re.compile(r"<[^>]*>")
THREAD = "threadedComment"
CHARTS_AND_DIAGRAMS = r"xl/(charts/chart|diagrams/data)[^/]*\.xml"
# Timestamps and counts that programs write into the properties.
WRITTEN_BY_PROGRAMS = {"created", "modified", "lastPrinted", "revision", "version", "TitlesOfParts",
            "HeadingPairs", "DocSecurity", "ScaleCrop", "LinksUpToDate", "SharedDoc",
            "HyperlinksChanged", "AppVersion", "Application", "TotalTime"}  # fmt: skip


def list_texts(container: Container, book: Element, tabs: list[Tab]) -> Iterator[TextContents]:
    for tab in tabs:
        yield TextContents("name", tab.name, tab.name)
        yield from texts_of_sheet(container, tab)
    yield from name_texts(book, tabs)
    for part in ("docProps/core.xml", "docProps/app.xml"):
        yield from property_texts(xml_tree(container, part))
    for name, text in custom_properties(container):
        if not stamp_key(name):
            yield TextContents("property", text, cell=name)
    for part in container.named(CHARTS_AND_DIAGRAMS):
        yield from shape_texts(xml_tree(container, part), "", "")


def texts_of_sheet(container: Container, tab: Tab) -> list[TextContents]:
    """Leave out the copies of threaded comments for old programs, which add a web link."""
    parts = list(relationships(container, tab.part).values())
    threads = threaded_comments(parts, container, tab.name)
    threaded = {thread.cell for thread in threads}
    others = [
        text for kind, part in parts for text in texts_of_part(kind, part, container, tab.name)
    ]
    return threads + [
        text for text in others if text.kind != "comment" or text.cell not in threaded
    ]


def threaded_comments(
    parts: list[tuple[str, str]], container: Container, sheet: str
) -> list[TextContents]:
    threads = [part for kind, part in parts if kind == THREAD]
    return [
        text for part in threads for text in comment_texts(xml_tree(container, part), THREAD, sheet)
    ]


def texts_of_part(kind: str, part: str, container: Container, sheet: str) -> Iterable[TextContents]:
    if kind == "comments":
        return comment_texts(xml_tree(container, part), "comment", sheet)
    if kind == "drawing":
        return drawing_texts(xml_tree(container, part), sheet)
    if kind == "vmlDrawing":
        return box_texts(container.read(part).decode("utf-8", "replace"), sheet)
    return ()


def comment_texts(listed: Element, tag: str, sheet: str) -> Iterator[TextContents]:
    for comment in listed.iter(tag):
        text = element_text(comment.find("text"))
        yield TextContents("comment", text, sheet, comment.get("ref", ""))


def drawing_texts(drawing: Element, sheet: str) -> Iterator[TextContents]:
    for anchor in drawing:
        corner = f"{anchor.findtext('from/row')} {anchor.findtext('from/col')}"
        match = CORNER.fullmatch(corner)
        cell = cell_address(int(match["row"]), int(match["column"])) if match else ""
        yield from shape_texts(anchor, sheet, cell)


def shape_texts(drawing: Element, sheet: str, cell: str) -> Iterator[TextContents]:
    for paragraph in drawing.iter("p"):
        yield TextContents(
            "drawing", "".join(run.text or "" for run in paragraph.iter("t")), sheet, cell
        )
    for shape in drawing.iter("cNvPr"):
        for attribute in ("descr", "title"):
            yield TextContents("drawing", shape.get(attribute, ""), sheet, cell)


def box_texts(vml: str, sheet: str) -> Iterator[TextContents]:
    for box in TEXT_BOX.findall(vml):
        yield TextContents("drawing", unescape(TAG.sub(" ", box)).strip(), sheet)


def name_texts(book: Element, tabs: list[Tab]) -> Iterator[TextContents]:
    for defined in book.iterfind("definedNames/definedName"):
        name, tab = defined.get("name", ""), defined.get("localSheetId", "")
        sheet = tabs[int(tab)].name if tab.isdecimal() and int(tab[:4]) < len(tabs) else ""
        if not stamp_key(name):
            text = " ".join(filter(None, (name, "=", defined.text, defined.get("comment"))))
            yield TextContents("name", text, sheet)


def defined_names(book: Element) -> list[tuple[str, str]]:
    names = book.iterfind("definedNames/definedName")
    return [(defined.get("name", ""), defined.text or "") for defined in names]


def property_texts(listed: Element) -> Iterable[TextContents]:
    return [TextContents("property", element_text(own), cell=own.tag)
            for own in listed if own.tag not in WRITTEN_BY_PROGRAMS]  # fmt: skip


def custom_properties(container: Container) -> list[tuple[str, str]]:
    listed = xml_tree(container, "docProps/custom.xml")
    return [(own.get("name", ""), element_text(own)) for own in listed.iter("property")]
