"""Paragraphs and tables as the XML of a Word document: every word escaped, each language named."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from xml.sax.saxutils import escape, quoteattr

from dashboard.charts.language_tags import language_tag
from dashboard.report.document import (
    DocumentCell,
    DocumentParagraph,
    DocumentTable,
    MarkLook,
    ParagraphLook,
    StatusFacts,
)

# What no XML file may contain; a submitted text could.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
PAGE_WIDTH, PAGE_MARGIN = 210, 18  # mm
TEXT_WIDTH = PAGE_WIDTH - 2 * PAGE_MARGIN
TABLE_WIDTH = TEXT_WIDTH * 56.7  # twentieths of a point
RULE, HEAD_FILL, SOFT_INK = "C9D0DA", "EEF1F5", "4A5567"
STYLES: Mapping[ParagraphLook, str] = {
    ParagraphLook.BODY: "Normal",
    ParagraphLook.LEAD: "Lead",
    ParagraphLook.QUOTATION: "Quote",
    ParagraphLook.QUIET: "Quiet",
}
PAGE_OF_BOOKMARK = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> PAGEREF {name} \\h </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>–</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


class DocumentXml:
    """The parts of one document; bookmarks of headings are numbered in their order."""

    def __init__(self, language: str, looks: Mapping[str, MarkLook]) -> None:
        self.language, self.looks = language, looks
        self.numbers = count(1)

    def run(self, words: str, *properties: str) -> str:
        """Words of one look; a piece of another language than the document names it."""
        language = getattr(words, "language", self.language)
        tag = language_tag(language)
        own = "".join(properties)
        if language != self.language:
            own += f'<w:lang w:val="{tag}"/>'
        text = escape(FORBIDDEN.sub("", str(words)))
        return f'<w:r><w:rPr>{own}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'

    def runs(self, pieces: Iterable[str], *properties: str) -> str:
        return "".join(self.run(piece, *properties) for piece in pieces)

    def paragraph(self, content: str, style: str, *properties: str) -> str:
        own = "".join(properties)
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{own}</w:pPr>{content}</w:p>'

    def heading(self, title: str, level: int, *, begins_page: bool) -> tuple[str, str]:
        """A heading under a bookmark, and the name of the bookmark."""
        number = next(self.numbers)
        name = f"_Toc{number:06}"
        start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
        marked = f'{start}{self.run(title)}<w:bookmarkEnd w:id="{number}"/>'
        page = "<w:pageBreakBefore/>" if begins_page else ""
        return self.paragraph(marked, f"Heading{level}", page), name

    def linked_heading(self, title: str, name: str) -> str:
        """A title as a link to the heading under a bookmark, with the page of that."""
        content = f"{self.run(title)}<w:r><w:tab/></w:r>{PAGE_OF_BOOKMARK.format(name=name)}"
        return f'<w:hyperlink w:anchor="{name}" w:history="1">{content}</w:hyperlink>'

    def written(self, paragraph: DocumentParagraph) -> str:
        label = self.run(f"{paragraph.label} ", "<w:b/>") if paragraph.label else ""
        return self.paragraph(label + self.runs(paragraph.pieces), STYLES[paragraph.look])

    def bullet(self, words: str) -> str:
        return self.paragraph(self.run(words), "ListBullet")

    def facts(self, facts: StatusFacts) -> str:
        look = self.looks[facts.mark]
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{look.ground}"/>'
        badge = self.run(f" {look.icon} {facts.words} ", "<w:b/>", ink(look.ink), shade)
        return self.paragraph(badge + self.run(f"  {facts.facts}", "<w:b/>"), "Normal")

    def caption(self, words: str) -> str:
        return self.paragraph(self.run(words), "Caption", "<w:keepNext/>")

    def table(self, table: DocumentTable) -> str:
        """A table whose head is repeated on each page, and no row of which is parted."""
        whole = sum(column.share for column in table.columns) or 1
        widths = [round(TABLE_WIDTH * column.share / whole) for column in table.columns]
        style = "DenseText" if table.is_dense else "TableText"
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        head = "".join(
            self.cell(
                self.run(own.heading, "<w:b/>"), width, HEAD_FILL, style, is_right=own.is_number
            )
            for own, width in zip(table.columns, widths, strict=True)
        )  # fmt: skip
        rows = "".join(self.row(row, widths, style) for row in table.rows)
        named = f"<w:tblCaption w:val={attribute(table.caption)}/>"
        properties = (
            f'<w:tblPr><w:tblStyle w:val="{style.removesuffix("Text")}Report"/>'
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            '<w:tblLook w:val="00A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" '
            f'w:lastColumn="0" w:noHBand="0" w:noVBand="0"/>{named}</w:tblPr>'
        )
        header = f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"
        body = f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{header}{rows}</w:tbl>"
        return self.caption(table.caption) + body + self.paragraph("", "AfterTable")

    def row(self, cells: Sequence[DocumentCell], widths: Sequence[int], style: str) -> str:
        written = "".join(self.body_cell(cell, width, style)
                          for cell, width in zip(cells, widths, strict=True))  # fmt: skip
        return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{written}</w:tr>"

    def body_cell(self, cell: DocumentCell, width: int, style: str) -> str:
        if cell.mark:
            look = self.looks[cell.mark]
            icon = self.run(f"{look.icon} ", "<w:b/>", ink(look.ink))
            words = icon + self.run(cell.words, "<w:b/>", ink(look.ink))
            return self.cell(words, width, look.ground, style)
        bold = "<w:b/>" if cell.is_heading else ""
        soft = ink(SOFT_INK) if cell.is_absent else ""
        words = self.run(cell.words, bold, soft)
        return self.cell(words, width, "", style, is_right=cell.is_number)

    def cell(
        self, content: str, width: int, fill: str, style: str, *, is_right: bool = False
    ) -> str:
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
        right = '<w:jc w:val="right"/>' if is_right else ""
        paragraph = self.paragraph(content, style, right)
        size = f'<w:tcW w:w="{width}" w:type="dxa"/>'
        return f"<w:tc><w:tcPr>{size}{shade}</w:tcPr>{paragraph}</w:tc>"


def ink(colour: str) -> str:
    return f'<w:color w:val="{colour}"/>'


def attribute(words: str) -> str:
    """A text as the value of an attribute, with its quotes."""
    return quoteattr(FORBIDDEN.sub("", words))
