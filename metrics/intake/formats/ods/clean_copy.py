"""Write the clean copy of an OpenDocument spreadsheet: the cells and comments that were read."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from metrics.core.cells import column_number, column_of
from metrics.intake.formats.contents import FileContents, SheetContents
from metrics.intake.formats.ods.cells import CALCEXT, OASIS
from metrics.intake.formats.shared.clean_archive import CleanArchive, xml_attribute, xml_text
from metrics.intake.formats.shared.marked_numbers import split_marks

MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
NAMES = ("office", "table", "text", "style", "meta", "manifest", "of")
SPACES = " ".join(f'xmlns:{name}="{(OASIS % name).strip("{}")}"' for name in NAMES)
SPACES += f' xmlns:calcext="{CALCEXT.strip("{}")}"'
HIDDEN_STYLE = (
    '<style:style style:name="hidden" style:family="table">'
    '<style:table-properties table:display="false"/></style:style>'
)
MARKING_STYLE = (
    '<style:style style:name="marked" style:family="text">'
    '<style:text-properties style:text-position="super 58%"/></style:style>'
)
OTHER_THAN_ANY_NUMBER = "?"
MANIFEST = f"""<manifest:manifest {SPACES} manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{MEDIA_TYPE}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/>
</manifest:manifest>"""
Comments = Mapping[str, list[str]]  # by cell


def copy_spreadsheet(contents: FileContents, target: Path) -> None:
    with CleanArchive(target) as archive:
        archive.write("mimetype", [MEDIA_TYPE.encode()], packed=False)
        archive.write_xml("META-INF/manifest.xml", MANIFEST)
        archive.write_xml("meta.xml", meta_xml(contents.stamp))
        archive.write("content.xml", (piece.encode() for piece in content_xml(contents)))


def meta_xml(stamp: Sequence[tuple[str, str]]) -> str:
    listed = "".join(
        f'<meta:user-defined meta:name="empact_{key}">{xml_text(text)}</meta:user-defined>'
        for key, text in stamp
    )
    return (
        f"<office:document-meta {SPACES}><office:meta>{listed}</office:meta></office:document-meta>"
    )


def content_xml(contents: FileContents) -> Iterator[str]:
    styles = HIDDEN_STYLE + (MARKING_STYLE if has_marks(contents) else "")
    yield f'<office:document-content {SPACES} office:version="1.3">'
    yield f"<office:automatic-styles>{styles}</office:automatic-styles>"
    yield "<office:body><office:spreadsheet>"
    comments = comments_by_sheet(contents)
    for sheet in contents.sheets:
        style = "" if sheet.visible else ' table:style-name="hidden"'
        yield f"<table:table table:name={xml_attribute(sheet.name)}{style}>"
        yield from table_rows(sheet, comments.get(sheet.name, {}))
        yield "</table:table>"
    yield "</office:spreadsheet></office:body></office:document-content>"


def has_marks(contents: FileContents) -> bool:
    """Whether a part of a number is raised, lowered or struck through."""
    rows = (row for sheet in contents.sheets for row in sheet.rows)
    return any(type(value) is dict and "marked" in value for row in rows for value in row)


def comments_by_sheet(contents: FileContents) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for text in contents.texts:
        if text.kind == "comment":
            found[text.sheet][text.cell].append(text.text)
    return found


def table_rows(sheet: SheetContents, comments: Comments) -> Iterator[str]:
    """One element for each row with content, and one for all empty rows between two."""
    notes = [
        (number_of(cell), column_number(column_of(cell)), note(texts))
        for cell, texts in comments.items()
    ]
    spans = [(block[0] + 1, block[1] + 1, span(*block)) for block in sheet.merged]
    noted, spanned = by_row(notes), by_row(spans)
    rows = [*sheet.rows, *([[]] * (max([0, *noted, *spanned]) - len(sheet.rows)))]
    filled = (
        number in noted or number in spanned or any(value is not None for value in row)
        for number, row in enumerate(rows, 1)
    )
    numbered = zip(filled, enumerate(rows, 1), strict=True)
    for is_filled, group in groupby(numbered, itemgetter(0)):
        if is_filled:
            for _, (number, row) in group:
                cells = "".join(row_cells(row, noted.get(number, {}), spanned.get(number, {})))
                yield f"<table:table-row>{cells}</table:table-row>"
        else:
            yield f'<table:table-row table:number-rows-repeated="{sum(1 for _ in group)}">'
            yield "<table:table-cell/></table:table-row>"


def by_row(placed: Iterable[tuple[int, int, str]]) -> dict[int, dict[int, str]]:
    """The pieces of XML of each row, by column."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for row, column, xml in placed:
        found[row][column] = xml
    return found


def note(texts: Iterable[str]) -> str:
    return "".join(f"<office:annotation>{paragraphs(text)}</office:annotation>" for text in texts)


def span(top: int, left: int, bottom: int, right: int) -> str:
    """The attributes of the first cell of a merged block."""
    return (
        f' table:number-rows-spanned="{bottom - top + 1}"'
        f' table:number-columns-spanned="{right - left + 1}"'
    )


def number_of(cell: str) -> int:
    return int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def row_cells(
    row: Sequence[Any], notes: Mapping[int, str], spans: Mapping[int, str]
) -> Iterator[str]:
    """The cells of a row, with the comments and spans of their columns."""
    width = max([len(row), *notes, *spans])
    values = enumerate([*row, *[None] * (width - len(row))], 1)
    own = notes.keys() | spans.keys()
    for is_empty, group in groupby(values, lambda pair: pair[1] is None and pair[0] not in own):
        if is_empty:
            yield f'<table:table-cell table:number-columns-repeated="{sum(1 for _ in group)}"/>'
        else:
            for column, value in group:
                yield cell_xml(value, notes.get(column, ""), spans.get(column, ""))


def cell_xml(value: object, notes: str, spans: str) -> str:
    attributes, text = typed(value)
    is_marked = isinstance(value, dict) and "marked" in value
    content = marked_paragraph(text) if is_marked else paragraphs(text)
    return f"<table:table-cell{attributes}{spans}>{notes}{content}</table:table-cell>"


def typed(value: Any) -> tuple[str, str]:  # noqa: ANN401
    """The attributes by which a value is read again, and the text that a program shows."""
    if value is None:
        return "", ""
    if isinstance(value, str):
        return f' office:value-type="string" office:string-value={xml_attribute(value)}', value
    if isinstance(value, dict):
        return typed_by_kind(*next(iter(value.items())))
    kind, attribute, text = typed_by_class(value)
    return _value(kind, attribute, text), "" if kind == "boolean" else text.removesuffix(".0")


def typed_by_class(value: object) -> tuple[str, str, str]:
    if isinstance(value, bool):
        return "boolean", "boolean-value", str(value).lower()
    if isinstance(value, date):
        return "date", "date-value", value.isoformat()
    return "float", "value", repr(value)


def typed_by_kind(kind: str, text: str) -> tuple[str, str]:
    if kind == "percent":
        fraction = float(Decimal(text.removesuffix("%")).scaleb(-2))
        return _value("percentage", "value", repr(fraction)), text
    if kind == "error":
        return ' office:value-type="string" calcext:value-type="error"', text
    if kind == "disguised":
        return disguised_value(text), OTHER_THAN_ANY_NUMBER
    if kind == "marked":
        return ' office:value-type="string"', text
    return f" table:formula={xml_attribute(text)}", ""


def disguised_value(text: str) -> str:
    """The attributes of a number, or of a text for one."""
    try:
        return _value("float", "value", repr(float(text)))
    except ValueError:
        return f' office:value-type="string" office:string-value={xml_attribute(text)}'


def _value(kind: str, attribute: str, text: str) -> str:
    return f' office:value-type="{kind}" office:{attribute}="{text}"'


def marked_paragraph(text: str) -> str:
    """A number of which the parts in brackets are raised."""
    xml = "".join(
        f'<text:span text:style-name="marked">{xml_text(part)}</text:span>'
        if is_marked
        else xml_text(part)
        for part, is_marked in split_marks(text)
    )
    return f"<text:p>{xml}</text:p>"


def paragraphs(text: str) -> str:
    return (
        "".join(f"<text:p>{xml_text(line)}</text:p>" for line in text.split("\n")) if text else ""
    )
