"""The texts of an Excel workbook outside its cells, for the rules that look for persons."""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from xml.etree.ElementTree import Element

from metrics.core.cells import cell_address
from metrics.intake.formats.contents import TextContents
from metrics.intake.formats.shared.container import Container
from metrics.intake.formats.shared.markup import (
    element_text,
    local_name,
    xml_tree,
)
from metrics.intake.formats.shared.part_texts import (
    element_texts,
    is_written,
    without_version,
    written_texts,
)
from metrics.intake.formats.shared.stamp import constant_text, stamp_key, words_of_code
from metrics.intake.formats.xlsx.cells import CELL_REFERENCE, SheetCells
from metrics.intake.formats.xlsx.parts import Tab, part_of_kind, relationships, workbook_part

# Excel writes VML that is no XML (`<br>` stays open), so it is not parsed.
TEXT_BOX = re.compile(r"<v:textbox[^>]*>(.*?)</v:textbox>", re.DOTALL)
CORNER = re.compile(r"(?P<row>[0-9]{1,7}) (?P<column>[0-9]{1,5})")
TAG = re.compile(r"<[^>]*>")
THREAD = "threadedComment"
# Who works on the workbook, and where: written by programs, and left out without a finding.
OF_THE_AUTHOR = {"fileSharing", "absPath", "customWorkbookViews"}
# What a program shows at a cell: input messages with their titles, and tooltips of links.
HINTS = {
    "dataValidation": (("promptTitle", "prompt"), ("errorTitle", "error")),
    "hyperlink": (("tooltip",),),
}
MARGINS = {f"{pages}{edge}" for pages in ("odd", "even", "first") for edge in ("Header", "Footer")}
QUOTED = re.compile(r"\"((?:[^\"]|\"\")+)\"|'((?:[^']|'')+)'!")
# A range or sheet named in several words, and a column of a table: Anna_Virtanen, [Anna Virtanen].
NAMED = re.compile(r"(?<![\w.])([^\W\d_]{2,}(?:[_.][^\W\d_]{2,})+)(?![\w.(])|\[([^\[\]@#]+)\]")
# A telephone number, of which a spreadsheet program makes a formula.
DIALLED = re.compile(r"\+\d[\d ()./-]{6,30}")
LITERAL = re.compile(r'"([^"]+)"|\\(\w)')
CHARTS_AND_DIAGRAMS = r"xl/(charts/chart|diagrams/data)[^/]*\.xml"
PROPERTIES = ("docProps/core.xml", "docProps/app.xml")
# The program and its version, which may look like the address of a machine.
PROGRAMS = {"Application", "AppVersion"}
NAMES = {"name", "comment"}
# Timestamps and counts that programs write into the properties.
WRITTEN_BY_PROGRAMS = PROGRAMS | {
    "created", "modified", "lastPrinted", "revision", "version", "TitlesOfParts", "HeadingPairs",
    "DocSecurity", "ScaleCrop", "LinksUpToDate", "SharedDoc", "HyperlinksChanged", "TotalTime",
}  # fmt: skip


def kept_texts(container: Container, tabs: list[Tab]) -> Iterator[TextContents]:
    """Names of sheets and comments, which the clean copy holds too."""
    for tab in tabs:
        yield TextContents("name", tab.name, tab.name)
        yield from (text for text in texts_of_sheet(container, tab) if text.kind == "comment")


def dropped_texts(
    container: Container,
    book: Element,
    tabs: list[Tab],
    cells: list[SheetCells],
    frames: list[Element],
) -> Iterator[TextContents]:
    """All other texts beside the cells; `frames` is what surrounds the rows of each sheet."""
    for tab, own, frame in zip(tabs, cells, frames, strict=True):
        yield from (text for text in texts_of_sheet(container, tab) if text.kind != "comment")
        yield from frame_texts(frame, tab.name)
        yield from (TextContents("part", text, tab.name) for text in own.beside)
        for formula in own.formula_texts:
            yield from (TextContents("part", text, tab.name) for text in quoted_texts(formula))
    yield from name_texts(book, tabs)
    yield from workbook_texts(container, book)
    for part in PROPERTIES:
        properties = xml_tree(container, part)
        yield from property_texts(properties)
        elements = (own for own in properties.iter() if own.tag not in PROGRAMS)
        yield from (TextContents("part", text) for own in elements for text in element_texts(own))
        programs = (properties.findtext(tag, "") for tag in PROGRAMS)
        yield from (TextContents("part", without_version(text)) for text in programs)
    for name, text in custom_properties(container):
        searched = words_of_code(text) if stamp_key(name) else text
        yield TextContents("property", searched, cell=name)
        if not stamp_key(name):
            yield TextContents("property", name, cell=name)
    for part in container.named(CHARTS_AND_DIAGRAMS):
        yield from shape_texts(xml_tree(container, part), "", "")


def frame_texts(frame: Element, sheet: str) -> Iterator[TextContents]:
    """Headers and footers, and the texts of links, validations, scenarios and extensions."""
    for element in frame.iter():
        tag = local_name(element.tag)
        yield from hint_texts(element, HINTS.get(tag, ()), sheet)
        kind = "header" if tag in MARGINS else "part"
        is_formula = tag.startswith("formula") or tag == "f"
        texts = quoted_texts(element.text or "") if is_formula else element_texts(element)
        yield from (TextContents(kind, text, sheet) for text in texts)


def hint_texts(
    element: Element, hints: Iterable[Iterable[str]], sheet: str
) -> Iterator[TextContents]:
    """The texts that a program shows at a cell; one of several cells is given without them."""
    cell = element.get("ref", element.get("sqref", ""))
    address = cell if CELL_REFERENCE.fullmatch(cell) else ""
    for names in hints:
        if text := "\n".join(filter(None, (element.get(name) for name in names))):
            yield TextContents("hint", text, sheet, address)


def workbook_texts(container: Container, book: Element) -> Iterator[TextContents]:
    """Texts of the workbook's other elements and of its styles; not the names of its users."""
    for element in book:
        if element.tag not in OF_THE_AUTHOR | {"sheets", "definedNames"}:
            parts = [part for part in element.iter() if part.tag not in OF_THE_AUTHOR]
            yield from (
                TextContents("part", text) for part in parts for text in element_texts(part)
            )
        elif element.tag not in OF_THE_AUTHOR:
            yield from (TextContents("part", text) for text in texts_beside_names(element))
    styles = xml_tree(container, part_of_kind(container, workbook_part(container), "styles"))
    for element in styles.iter():
        if element.tag == "numFmt":
            text = LITERAL.sub(r"\1\2", "".join(
                match[0] for match in LITERAL.finditer(element.get("formatCode", ""))))  # fmt: skip
            yield from [TextContents("part", text)] * is_written(text)
        elif element.tag not in {"name", "rFont"}:
            yield from (TextContents("part", text) for text in element_texts(element))


def texts_beside_names(listed: Element) -> Iterator[str]:
    """Other texts in a list of sheets or defined names; the names are read elsewhere."""
    for own in listed:
        others = {name: text for name, text in own.items() if name not in NAMES}
        yield from element_texts(Element(own.tag, others))


def quoted_texts(formula: str) -> Iterator[str]:
    """The texts and telephone numbers in a formula, and the ranges, columns and files it names."""
    for text, sheet in QUOTED.findall(formula):
        yield from written_texts(text or sheet)
    for name, column in NAMED.findall(QUOTED.sub(" ", formula)):
        yield from written_texts(name or column)
    yield from DIALLED.findall(formula)


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
        text, cell = element_text(comment.find("text")), comment.get("ref", "")
        is_cell = CELL_REFERENCE.fullmatch(cell) is not None
        yield TextContents("comment", text, sheet, cell if is_cell else "")


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
            text = shape.get(attribute, "")
            if not is_name_of_shape(text, shape.get("name", "")):
                yield TextContents("drawing", text, sheet, cell)


def is_name_of_shape(text: str, name: str) -> bool:
    """Whether a description only repeats the name that the program gave, such as Rectangle 1."""
    return text.strip() in {name.strip(), name.rstrip(" 0123456789")}


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
        else:
            text = words_of_code(constant_text(defined.text or ""))
            yield TextContents("name", text, sheet)
            yield TextContents("name", defined.get("comment", ""), sheet)


def defined_names(book: Element) -> list[tuple[str, str]]:
    names = book.iterfind("definedNames/definedName")
    return [(defined.get("name", ""), defined.text or "") for defined in names]


def property_texts(listed: Element) -> Iterable[TextContents]:
    return [TextContents("property", element_text(own), cell=own.tag)
            for own in listed if own.tag not in WRITTEN_BY_PROGRAMS]  # fmt: skip


def custom_properties(container: Container) -> list[tuple[str, str]]:
    listed = xml_tree(container, "docProps/custom.xml")
    return [(own.get("name", ""), element_text(own)) for own in listed.iter("property")]
