"""Makers of broken and hostile files, and of what they are made from."""

import random
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import xlsxwriter
from msoffcrypto.format.ooxml import OOXMLFile

Maker = Callable[[Path], object]
Change = Callable[[str, bytes], bytes]

SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<!DOCTYPE lol [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>\n"
)
DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def workbook(path: Path | BytesIO) -> None:
    """A small good one, with text, numbers, a formula, a comment and a property."""
    with xlsxwriter.Workbook(path) as book:
        book.set_custom_property("empact_area", "FI")
        sheet = book.add_worksheet("Data")
        sheet.write_row("A1", ["indicator", "period", "value"])
        sheet.write_row("A2", ["ICSE_VICTIMS", "2024", 1234.5])
        sheet.write("C3", 0.12, book.add_format({"num_format": "0 %"}))
        sheet.write_formula("C4", "=1/0", None, "#DIV/0!")
        sheet.write_comment("C2", "estimated")


def good() -> bytes:
    file = BytesIO()
    workbook(file)
    return file.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(path: Path, parts: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", how) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def changed(part: str, change: Callable[[bytes], bytes]) -> Maker:
    """The good workbook with one part changed."""

    def make(path: Path) -> Path:
        parts = parts_of(good())
        return zipped(path, parts | {part: change(parts.get(part, b""))})

    return make


def with_rows(rows: bytes) -> Maker:
    return changed(SHEET, lambda xml: replaced(xml, b"<sheetData>", b"</sheetData>", rows))


def replaced(xml: bytes, start: bytes, end: bytes, inside: bytes) -> bytes:
    return xml.partition(start)[0] + start + inside + end + xml.rpartition(end)[2]


def content(what: bytes) -> Maker:
    return lambda path: path.write_bytes(what)


def holding(parts: dict[str, bytes]) -> Maker:
    return lambda path: zipped(path, parts)


def old_office(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000) + stream.encode("utf-16-le")


def encrypted(path: Path) -> None:
    with path.open("wb") as file:
        OOXMLFile(BytesIO(good())).encrypt("secret", file)


def many_rows(path: Path) -> None:
    """Hundreds of megabytes of rows in two."""
    parts = parts_of(good())
    row = b'<row><c t="inlineStr"><is><t>' + b"x" * 970 + b"</t></is></c></row>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in parts.items():
            if name != SHEET:
                archive.writestr(name, part)
        with archive.open(SHEET, "w") as sheet:
            sheet.write(parts[SHEET].partition(b"<sheetData>")[0] + b"<sheetData>")
            for _ in range(280):
                sheet.write(row * 1000)
            sheet.write(b"</sheetData></worksheet>")


def shared_string(letters: int, cells: int) -> Maker:
    """One text, very long, in very many cells."""
    text = b"<si><t>" + b"a" * letters + b"</t></si>"

    def make(path: Path) -> None:
        rows = b"".join(
            b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (row, row)
            for row in range(1, cells + 1)
        )
        with_rows(rows)(path)
        parts = parts_of(path.read_bytes())
        head = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        zipped(path, parts | {"xl/sharedStrings.xml": DECLARATION + head + text + b"</sst>"})

    return make


def many_sheets(path: Path) -> None:
    """Ten thousand sheets that are all the same part."""
    sheets = b"".join(
        b'<sheet name="S%d" sheetId="%d" r:id="rId1"/>' % (n, n) for n in range(10_000)
    )
    changed("xl/workbook.xml", lambda xml: replaced(xml, b"<sheets>", b"</sheets>", sheets))(path)


def twice(path: Path) -> None:
    workbook(path)
    with warnings.catch_warnings(), zipfile.ZipFile(path, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(SHEET, b"<worksheet/>")


def spreadsheet(body: bytes) -> dict[str, bytes]:
    """An OpenDocument spreadsheet of one sheet."""
    spaces = b" ".join(
        b'xmlns:%s="urn:oasis:names:tc:opendocument:xmlns:%s:1.0"' % (name, name)
        for name in (b"office", b"table", b"text")
    )
    return {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": DECLARATION + b"<office:document-content " + spaces
        + b'><office:body><office:spreadsheet><table:table table:name="Data">' + body
        + b"</table:table></office:spreadsheet></office:body></office:document-content>",
    }  # fmt: skip


def repeated(rows: int, columns: int) -> dict[str, bytes]:
    return spreadsheet(
        b'<table:table-row table:number-rows-repeated="%d"><table:table-cell '
        b'table:number-columns-repeated="%d" office:value-type="float" office:value="1">'
        b"<text:p>1</text:p></table:table-cell></table:table-row>" % (rows, columns)
    )


def many_entries(path: Path) -> None:
    zipped(
        path, parts_of(good()) | {f"xl/media/{n}.png": b"" for n in range(5000)}, zipfile.ZIP_STORED
    )


def locked_zip(path: Path) -> None:
    """The flag that says encrypted, set in the directory of every part."""
    content = bytearray(good())
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<H", content, at + 8, 1)
        at = content.find(b"PK\x01\x02", at + 4)
    path.write_bytes(content)


def lying(path: Path) -> None:
    """The directory says about every part that it has ten bytes."""
    content = bytearray(good())
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<I", content, at + 24, 10)
        at = content.find(b"PK\x01\x02", at + 4)
    path.write_bytes(content)


def comments(number: int) -> Maker:
    listed = b"".join(
        b'<comment ref="A1" authorId="0"><text><r><t>a</t></r></text></comment>'
        for _ in range(number)
    )
    return changed(
        "xl/comments1.xml",
        lambda xml: replaced(xml, b"<commentList>", b"</commentList>", listed),
    )


def laughing(part: str) -> Maker:
    return changed(part, lambda xml: LAUGHS.encode() + xml.partition(b"?>")[2])


FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
WIDE = b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (n, n) for n in range(1, 400))

# What is refused: how it is made, the name it comes under, and words of the sentence.
REFUSED: dict[str, tuple[Maker, str, str]] = {
    "empty": (content(b""), "a.xlsx", "is empty"),
    "pdf": (content(b"%PDF-1.7 ..."), "a.xlsx", "is a PDF document"),
    "picture": (content(b"\x89PNG\r\n\x1a\n" + bytes(99)), "a.xlsx", "is a picture"),
    "rtf": (content(b"{\\rtf1 hello}"), "a.csv", "RTF"),
    "gzip": (content(b"\x1f\x8b\x08" + bytes(99)), "a.xlsx", "gzip"),
    "binary": (content(bytes(range(256)) * 40), "a.csv", "neither a workbook nor text"),
    "xls": (content(old_office("Workbook")), "a.xls", "an old Excel workbook"),
    "xls renamed": (content(old_office("Workbook")), "a.xlsx", "an old Excel workbook"),
    "doc renamed": (content(old_office("WordDocument")), "a.xlsx", "an old Word document"),
    "encrypted": (encrypted, "a.xlsx", "protected by a password"),
    "html as xls": (content(b"<html><table><tr><td>1</td></tr></table></html>"), "a.xls", "a web page"),
    "excel 2003": (
        content(b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'),
        "a.xlsx",
        "Excel 2003 XML",
    ),
    "csv renamed": (content(b"area;value\nFI;1\nSE;2\n"), "a.xlsx", "a text file with columns"),
    "xlsx renamed": (workbook, "a.csv", "is an Excel workbook"),
    "letter": (content(b"Dear colleagues\nplease find the figures below\n"), "a.csv", "without columns"),
    "docx": (holding({"[Content_Types].xml": b"<T/>", "word/document.xml": b"<d/>"}), "a.xlsx", "Word"),
    "pptx": (holding({"[Content_Types].xml": b"<T/>", "ppt/p.xml": b"<p/>"}), "a.xlsx", "presentation"),
    "xlsb": (holding({"[Content_Types].xml": b"<T/>", "xl/workbook.bin": b""}), "a.xlsb", "xlsb"),
    "numbers": (holding({"Index/Document.iwa": b"x"}), "a.numbers", "Apple Numbers"),
    "odt": (holding({"mimetype": b"application/vnd.oasis.opendocument.text"}), "a.ods", "opendocument.text"),
    "archive": (holding({"a.xlsx": good(), "b.txt": b"hi"}), "a.zip", "a ZIP archive of 2 files"),
    "nested": (holding({f"{n}.zip": b"PK" + bytes(9) for n in range(9)}), "a.xlsx", "a ZIP archive of 9"),
    "cut": (content(good()[:3000]), "a.xlsx", "is damaged"),
    "laughs in the workbook": (laughing("xl/workbook.xml"), "a.xlsx", "declares a document type"),
    "laughs in the sheet": (laughing(SHEET), "a.xlsx", "declares a document type"),
    "laughs in the texts": (laughing("xl/sharedStrings.xml"), "a.xlsx", "declares a document type"),
    "laughs in a part of no use": (laughing("customXml/item1.xml"), "a.xlsx", "declares a document"),
    "late doctype": (
        changed(SHEET, lambda xml: xml + b" " * 5_000_000 + b"<!DOCTYPE x>"),
        "a.xlsx",
        "declares a document type",
    ),
    "other file": (
        changed("xl/workbook.xml", lambda xml: DECLARATION
                + b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + xml[55:]),
        "a.xlsx",
        "declares a document type",
    ),
    "utf-16": (
        changed("xl/workbook.xml", lambda xml: xml.decode().replace("UTF-8", "UTF-16").encode("utf-16")),
        "a.xlsx",
        "not in UTF-8",
    ),
    "hidden encoding": (
        changed("xl/workbook.xml", lambda xml: xml.replace(b" encoding", b" " * 999 + b" encoding")),
        "a.xlsx",
        "not in UTF-8",
    ),
    "far cell": (with_rows(FAR), "a.xlsx", "more than 5,000,000 cells"),
    "wide rows": (with_rows(WIDE), "a.xlsx", "more than 5,000,000 cells"),
    "no such place": (with_rows(b'<row r="1"><c r="ZZZZZ1"><v>1</v></c></row>'), "a.xlsx", "not the address"),
    "beyond the last column": (
        with_rows(b'<row r="1"><c r="XFE1"><v>1</v></c></row>'), "a.xlsx", "no spreadsheet program"
    ),
    "row bomb": (many_rows, "a.xlsx", "unpacks to more than 256 MB"),
    "long text": (shared_string(270_000_000, 1), "a.xlsx", "unpacks to more than 256 MB"),
    "long text often": (shared_string(1_000_000, 2000), "a.xlsx", "memory"),
    "many entries": (many_entries, "a.xlsx", "at most 2,000"),
    "many sheets": (many_sheets, "a.xlsx", "sheets"),
    "a part twice": (twice, "a.xlsx", "twice"),
    "parent folder": (
        lambda path: zipped(path, parts_of(good()) | {"../../evil.xml": b"<a/>"}), "a.xlsx", "points outside"
    ),
    "windows path": (
        lambda path: zipped(path, parts_of(good()) | {"C:\\evil.xml": b"<a/>"}), "a.xlsx", "points outside"
    ),
    "other packing": (
        lambda path: zipped(path, parts_of(good()), zipfile.ZIP_LZMA), "a.xlsx", "in a way that"
    ),
    "locked zip": (locked_zip, "a.xlsx", "protected by a password"),
    "lying directory": (lying, "a.xlsx", "is damaged"),
    "nothing in it": (
        lambda path: zipped(path, parts_of(good()) | {"xl/workbook.xml": b"<workbook/>"}), "a.xlsx", "damaged"
    ),
    "deep": (changed(SHEET, lambda _: b"<a>" * 3_000_000), "a.xlsx", ""),
    "rows for ever": (holding(repeated(1_048_576, 16_384)), "a.ods", "more than 5,000,000 cells"),
    "columns for ever": (holding(repeated(1, 10**9)), "a.ods", ""),
    "laughing spreadsheet": (
        holding({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": LAUGHS.encode()}),
        "a.ods",
        "declares a document type",
    ),
    "one long line": (content(b"a," * 9_000_000), "a.csv", "no spreadsheet program"),
    "half a million comments": (comments(500_000), "a.xlsx", ""),
}  # fmt: skip

# What looks hostile and is not: it is read.
HARMLESS: dict[str, tuple[Maker, str]] = {
    "declared dimension": (
        changed(SHEET, lambda xml: xml.replace(b'ref="A1:C4"', b'ref="A1:XFD1048576"')), "a.xlsx"
    ),
    "many styles": (
        changed("xl/styles.xml", lambda xml: xml.replace(
            b"</cellXfs>", b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>' * 60_000 + b"</cellXfs>")),
        "a.xlsx",
    ),
    "picture bomb": (
        lambda path: zipped(path, parts_of(good()) | {"xl/media/1.png": bytes(90_000_000)}), "a.xlsx"
    ),
    "styled to the last row": (
        with_rows(b'<row r="1"><c r="A1"><v>1</v></c></row>'
                  b'<row r="1048576"><c r="XFD1048576" s="1"/></row>'),
        "a.xlsx",
    ),
    "empty to the end": (
        holding(spreadsheet(
            b'<table:table-row><table:table-cell office:value-type="float" office:value="1"/>'
            b'</table:table-row><table:table-row table:number-rows-repeated="1048575">'
            b'<table:table-cell table:number-columns-repeated="16384"/></table:table-row>')),
        "a.ods",
    ),
    "huge attribute": (with_rows(b'<row r="1" x="' + b"y" * 9_000_000 + b'"/>'), "a.xlsx"),
    "a name without an ending": (workbook, "upload"),
}  # fmt: skip


def mutations(content: bytes, number: int, seed: int) -> Iterator[bytes]:
    """The same file broken in ever other ways."""
    chance = random.Random(seed)
    ways = (cut, flipped, swapped, odd_xml, lost, emptied, nulled, invalid, moved, nested, grown)
    for _ in range(number):
        yield chance.choice(ways)(content, chance)


def cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def flipped(content: bytes, chance: random.Random) -> bytes:
    broken = bytearray(content)
    for _ in range(chance.randint(1, 30)):
        broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
    return bytes(broken)


def in_part(content: bytes, chance: random.Random, change: Callable[[bytes], bytes]) -> bytes:
    """In text files the whole, in archives a part that is taken by chance."""
    if not content.startswith(b"PK"):
        return change(content)
    parts = parts_of(content)
    name = chance.choice(sorted(parts))
    return rezipped(parts | {name: change(parts[name])})


def rezipped(parts: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def swapped(content: bytes, chance: random.Random) -> bytes:
    if not content.startswith(b"PK"):
        return content[::-1]
    parts = parts_of(content)
    one, other = chance.sample(sorted(parts), 2)
    return rezipped(parts | {one: parts[other], other: parts[one]})


def lost(content: bytes, chance: random.Random) -> bytes:
    if not content.startswith(b"PK"):
        return content[chance.randrange(len(content)) :]
    parts = parts_of(content)
    del parts[chance.choice(sorted(parts))]
    return rezipped(parts)


def odd_xml(content: bytes, chance: random.Random) -> bytes:
    """A tag, number or reference replaced by another."""
    signs = [b"<", b">", b'"', b"/", b"=", b"0", b"1", b"A", b"&", b"r", b"s", b"t", b":"]

    def change(part: bytes) -> bytes:
        for _ in range(chance.randint(1, 6)):
            sign, other = chance.sample(signs, 2)
            part = part.replace(sign, other, chance.randint(1, 3)) if part else other
        return part

    return in_part(content, chance, change)


def emptied(content: bytes, chance: random.Random) -> bytes:
    return in_part(content, chance, lambda part: part[: chance.randrange(len(part) + 1)])


def nulled(content: bytes, chance: random.Random) -> bytes:
    return put(content, chance, b"\0" * chance.randint(1, 9))


def invalid(content: bytes, chance: random.Random) -> bytes:
    return put(content, chance, bytes(chance.choices(range(128, 256), k=5)))


def nested(content: bytes, chance: random.Random) -> bytes:
    return put(content, chance, b"<x:y>" * chance.choice([5, 5_000, 200_000]))


def grown(content: bytes, chance: random.Random) -> bytes:
    return put(content, chance, chance.choice([b"9", b"Z", b" ", b"&#65;"]) * 100_000)


def moved(content: bytes, chance: random.Random) -> bytes:
    return in_part(content, chance, lambda part: part.replace(b"sheet1", b"sheet9"))


def put(content: bytes, chance: random.Random, what: bytes) -> bytes:
    def change(part: bytes) -> bytes:
        at = chance.randrange(len(part) + 1)
        return part[:at] + what + part[at:]

    return in_part(content, chance, change)
