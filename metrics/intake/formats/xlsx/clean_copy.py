"""Write the clean copy of an Excel workbook: the parts, elements and attributes that are read."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element

from metrics.core.cells import cell_address, column_number
from metrics.intake.formats.contents import FileContents, TextContents
from metrics.intake.formats.shared.clean_archive import CleanArchive, xml_attribute, xml_text
from metrics.intake.formats.shared.container import Container
from metrics.intake.formats.shared.markup import xml_tree
from metrics.intake.formats.xlsx.cells import CELL_REFERENCE, UnusualXmlError
from metrics.intake.formats.xlsx.clean_sheet import (
    MAIN,
    RELATIONS,
    KeptOfBook,
    sheet_xml,
    string_xml,
)
from metrics.intake.formats.xlsx.clean_styles import styles_xml
from metrics.intake.formats.xlsx.parts import (
    Tab,
    list_tabs,
    part_of_kind,
    workbook_part,
)
from metrics.intake.formats.xlsx.shared_strings import string_items

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = f"{PACKAGE}/content-types"
OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA = f"{OFFICE}.spreadsheetml"
CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
VARIANTS = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
FIRST_PROPERTY = 2
COMMENT_SHAPE = (
    '<v:shape id="c{number}" type="#n" style="position:absolute;visibility:hidden">'
    '<x:ClientData ObjectType="Note"><x:Row>{row}</x:Row><x:Column>{column}</x:Column>'
    "</x:ClientData></v:shape>"
)
DRAWING = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">'
    '<v:shapetype id="n" coordsize="21600,21600" path="m,l,21600r21600,l21600,xe"/>{shapes}</xml>'
)
Link = tuple[str, str]  # kind and target of a relationship
PACKAGE_LINKS = [
    ("officeDocument", "xl/workbook.xml"),
    ("custom-properties", "docProps/custom.xml"),
]


def copy_workbook(container: Container, contents: FileContents, target: Path) -> None:
    """Write the copy. `contents` is what was read from the same file."""
    try:
        write_copy(container, contents, target, is_plain=True)
    except UnusualXmlError:
        contents.is_unusual = True
        write_copy(container, contents, target, is_plain=False)


def write_copy(
    container: Container, contents: FileContents, target: Path, *, is_plain: bool
) -> None:
    part = workbook_part(container)
    book = xml_tree(container, part)
    kept = {sheet.name: sheet.visible for sheet in contents.sheets}
    tabs = [tab for tab in list_tabs(container, part, book) if tab.name in kept]
    comments = comments_by_sheet(contents.texts)
    strings: set[int] = set()
    styles = xml_tree(container, part_of_kind(container, part, "styles"))
    forms = list(styles.iterfind("dxfs/dxf"))
    with CleanArchive(target) as archive:
        archive.write_xml("[Content_Types].xml", content_types(tabs, comments))
        archive.write_xml("_rels/.rels", links_xml(PACKAGE_LINKS))
        archive.write_xml("docProps/custom.xml", stamp_xml(contents.stamp))
        archive.write_xml("xl/workbook.xml", workbook_xml(book, tabs, contents.stamp))
        archive.write_xml("xl/_rels/workbook.xml.rels", links_xml(workbook_links(tabs)))
        for number, tab in enumerate(tabs, 1):
            own = comments.get(tab.name, {})
            formulas = uncalculated_cells(contents, tab.name)
            own_kept = KeptOfBook(
                set(kept), strings, formulas, forms, contents.applied.get(tab.name, {})
            )
            rows = sheet_xml(container, tab.part, own_kept, is_plain=is_plain)
            end = b'<legacyDrawing r:id="r2"/></worksheet>' if own else b"</worksheet>"
            archive.write(f"xl/worksheets/sheet{number}.xml", iterate_with_end(rows, end))
            if own:
                write_comments(archive, number, own)
        archive.write_xml("xl/styles.xml", styles_xml(styles, forms))
        archive.write("xl/sharedStrings.xml", shared_strings(container, part, strings))


def iterate_with_end(chunks: Iterator[bytes], end: bytes) -> Iterator[bytes]:
    yield from chunks
    yield end


def uncalculated_cells(contents: FileContents, name: str) -> set[str]:
    """The cells of a sheet that were read as formulas, whatever result is written in them."""
    return {
        cell_address(row, column)
        for sheet in contents.sheets
        if sheet.name == name
        for row, cells in enumerate(sheet.rows)
        for column, cell in enumerate(cells)
        if isinstance(cell, dict) and "formula" in cell
    }


def comments_by_sheet(texts: Sequence[TextContents]) -> dict[str, dict[str, str]]:
    """The comments of each sheet, by cell; the answers of a thread follow it."""
    comments: dict[str, dict[str, str]] = defaultdict(dict)
    for text in texts:
        if text.kind == "comment" and CELL_REFERENCE.fullmatch(text.cell):
            own = comments[text.sheet]
            own[text.cell] = f"{own[text.cell]}\n{text.text}" if text.cell in own else text.text
    return comments


def content_types(tabs: Sequence[Tab], comments: dict[str, dict[str, str]]) -> str:
    types = {
        "/xl/workbook.xml": f"{MEDIA}.sheet.main+xml",
        "/xl/styles.xml": f"{MEDIA}.styles+xml",
        "/xl/sharedStrings.xml": f"{MEDIA}.sharedStrings+xml",
        "/docProps/custom.xml": f"{OFFICE}.custom-properties+xml",
    }
    for number, tab in enumerate(tabs, 1):
        types[f"/xl/worksheets/sheet{number}.xml"] = f"{MEDIA}.worksheet+xml"
        if tab.name in comments:
            types[f"/xl/comments{number}.xml"] = f"{MEDIA}.comments+xml"
    listed = "".join(
        f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in types.items()
    )
    return (
        f'<Types xmlns="{TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="vml" '
        f'ContentType="{OFFICE}.vmlDrawing"/>{listed}</Types>'
    )


def links_xml(links: Sequence[Link]) -> str:
    listed = "".join(
        f'<Relationship Id="r{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(links, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'


def workbook_links(tabs: Sequence[Tab]) -> list[Link]:
    sheets = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(tabs) + 1)]
    return [*sheets, ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]


def workbook_xml(book: Element, tabs: Sequence[Tab], stamp: Sequence[tuple[str, str]]) -> str:
    properties = book.find("workbookPr")
    from_1904 = properties is not None and properties.get("date1904") in {"1", "true"}
    sheets = "".join(
        f'<sheet name={xml_attribute(tab.name)} sheetId="{number}"'
        f'{"" if tab.visible else hidden_state(book, tab)} r:id="r{number}"/>'
        for number, tab in enumerate(tabs, 1)
    )
    names = "".join(
        f'<definedName name="empact_{key}">"{xml_text(text.replace(chr(34), chr(34) * 2))}"'
        "</definedName>"
        for key, text in stamp
    )
    return (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
        f"{'<workbookPr date1904=' + chr(34) + '1' + chr(34) + '/>' if from_1904 else ''}"
        f"<sheets>{sheets}</sheets>{f'<definedNames>{names}</definedNames>' if names else ''}"
        "</workbook>"
    )


def hidden_state(book: Element, tab: Tab) -> str:
    states = {sheet.get("name"): sheet.get("state") for sheet in book.iterfind("sheets/sheet")}
    return f' state="{"veryHidden" if states.get(tab.name) == "veryHidden" else "hidden"}"'


def stamp_xml(stamp: Sequence[tuple[str, str]]) -> str:
    listed = "".join(
        f'<property fmtid="{FORMAT_ID}" pid="{number}" name="empact_{key}">'
        f"<vt:lpwstr>{xml_text(text)}</vt:lpwstr></property>"
        for number, (key, text) in enumerate(stamp, FIRST_PROPERTY)
    )
    return f'<Properties xmlns="{CUSTOM}" xmlns:vt="{VARIANTS}">{listed}</Properties>'


def shared_strings(container: Container, book: str, used: set[int]) -> Iterator[bytes]:
    """Every string that a cell refers to, at its position; the others are empty."""
    unused = string_xml(None)
    yield f'<sst xmlns="{MAIN}">'.encode()
    part = part_of_kind(container, book, "sharedStrings")
    for number, item in enumerate(string_items(container, part)):
        yield f"<si>{string_xml(item) if number in used else unused}</si>".encode()
    yield b"</sst>"


def write_comments(archive: CleanArchive, number: int, comments: dict[str, str]) -> None:
    """Comments without authors, and the boxes in which spreadsheet programs show them."""
    listed = "".join(
        f'<comment ref="{cell}" authorId="0"><text><t xml:space="preserve">{xml_text(text)}</t>'
        "</text></comment>"
        for cell, text in comments.items()
    )
    archive.write_xml(
        f"xl/comments{number}.xml",
        f'<comments xmlns="{MAIN}"><authors><author/></authors><commentList>{listed}'
        "</commentList></comments>",
    )
    archive.write_xml(f"xl/drawings/vmlDrawing{number}.vml", comment_boxes(comments))
    archive.write_xml(
        f"xl/worksheets/_rels/sheet{number}.xml.rels",
        links_xml([("comments", f"../comments{number}.xml"),
                   ("vmlDrawing", f"../drawings/vmlDrawing{number}.vml")]),
    )  # fmt: skip


def comment_boxes(comments: dict[str, str]) -> str:
    places = [CELL_REFERENCE.fullmatch(cell) for cell in comments]
    shapes = "".join(
        COMMENT_SHAPE.format(
            number=number, row=int(match[2]) - 1, column=column_number(match[1].upper()) - 1
        )
        for number, match in enumerate(places)
        if match
    )
    return DRAWING.format(shapes=shapes)
