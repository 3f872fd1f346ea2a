"""Move the texts of a workbook's cells into its table of shared texts, as Excel writes them.

openpyxl writes each text in its cell, which Excel rewrites when it saves the file.
"""

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
TABLE = "xl/sharedStrings.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
# What names the new part, at the end of the parts that list the others.
ENTRIES = {
    "[Content_Types].xml": ("</Types>", f'<Override PartName="/{TABLE}" ContentType="{CONTENT}"/>'),
    "xl/_rels/workbook.xml.rels": (
        "</Relationships>",
        f'<Relationship Id="sharedTexts" Type="{RELATION}" Target="/{TABLE}"/>',
    ),
}
INLINE = re.compile(rb' t="inlineStr"([^>]*)><is>(.*?)</is></c>', re.DOTALL)
EMPTY_INLINE = re.compile(rb' t="inlineStr"([^>]*)><is ?/></c>')


class TextTable:
    """Each text once, in the order of its first use."""

    def __init__(self) -> None:
        self._numbers: dict[bytes, int] = {}
        self._uses = 0

    def share_texts(self, sheet: bytes) -> bytes:
        """The XML of a sheet whose cells refer to the table."""
        return INLINE.sub(self._refer, EMPTY_INLINE.sub(rb"\1/>", sheet))

    def _refer(self, cell: re.Match[bytes]) -> bytes:
        self._uses += 1
        number = self._numbers.setdefault(cell[2], len(self._numbers))
        return b' t="s"%b><v>%d</v></c>' % (cell[1], number)

    def xml(self) -> bytes:
        counts = f'count="{self._uses}" uniqueCount="{len(self._numbers)}"'
        begin = f'<?xml version="1.0" encoding="UTF-8"?>\n<sst xmlns="{MAIN}" {counts}>'
        items = b"".join(b"<si>%b</si>" % text for text in self._numbers)
        return begin.encode() + items + b"</sst>"


def share_texts(package: bytes) -> bytes:
    """The same workbook with the texts of its cells in its table of shared texts."""
    table, target = TextTable(), BytesIO()
    with ZipFile(BytesIO(package)) as given, ZipFile(target, "w", ZIP_DEFLATED) as changed:
        for part in given.infolist():
            content = given.read(part)
            if SHEET.fullmatch(part.filename):
                content = table.share_texts(content)
            if part.filename in ENTRIES:
                end, entry = (text.encode() for text in ENTRIES[part.filename])
                content = content.replace(end, entry + end)
            changed.writestr(part, content)
        changed.writestr(TABLE, table.xml())
    return target.getvalue()
