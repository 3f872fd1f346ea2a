"""A report as a Word document: contents, headings, tables with heads, charts that can be edited."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from dashboard.charts.language_tags import language_tag
from dashboard.charts.native_charts import Pptx
from dashboard.charts.reproducible_files import without_times
from dashboard.charts.slide_shapes import with_theme_colours
from dashboard.progress import Advance
from dashboard.report.document import (
    Block,
    BulletList,
    DocumentChart,
    DocumentParagraph,
    DocumentTable,
    ReportDocument,
    ReportSection,
    StatusFacts,
)
from dashboard.word.document_xml import (
    PAGE_MARGIN,
    PAGE_WIDTH,
    RULE,
    SOFT_INK,
    TEXT_WIDTH,
    DocumentXml,
    ink,
)
from dashboard.word.word_charts import WordCharts
from dashboard.wording.office_languages import with_run_languages

ACCENT, INK = "12305C", "17202E"
WORD_FONT = "Arial"
UNWANTED_PARTS = ("/stylesWithEffects", "/thumbnail", "/customXml")
DEEPEST_LISTED = 3  # levels of headings in the contents


@dataclass(frozen=True)
class StyleLook:
    """The size of the type and the room before and after a paragraph, in points."""

    size: float
    colour: str = INK
    is_bold: bool = False
    before: float = 0
    after: float = 0


OFFICE_STYLES = {
    "Normal": StyleLook(9, INK, False, 0, 4),
    "Title": StyleLook(28, ACCENT, True, 150, 8),
    "Subtitle": StyleLook(14, SOFT_INK, False, 0, 30),
    "Heading 1": StyleLook(17, ACCENT, True, 22, 8),
    "Heading 2": StyleLook(12.5, ACCENT, True, 14, 4),
    "Heading 3": StyleLook(10.5, ACCENT, True, 12, 4),
    "Quote": StyleLook(9, INK, False, 4, 4),
    "Caption": StyleLook(8, ACCENT, True, 8, 2),
    "List Bullet": StyleLook(9, INK, False, 0, 2),
    "TOC Heading": StyleLook(17, ACCENT, True, 0, 8),
}
OWN_STYLES = {
    "Lead": StyleLook(10.5, ACCENT, True, 4, 4),
    "Quiet": StyleLook(7.5, SOFT_INK, False, 0, 3),
    "AfterTable": StyleLook(2, SOFT_INK, False, 0, 0),
    "TableText": StyleLook(7.5, INK, False, 0.5, 0.5),
    "DenseText": StyleLook(6, INK, False, 1, 1),
    "Invented": StyleLook(8, "4D3500", True, 0, 0),
    "TOC1": StyleLook(9, INK, True, 4, 1),
    "TOC2": StyleLook(8.5, INK, False, 0, 1),
    "TOC3": StyleLook(8.5, INK, False, 0, 1),
}
TABLE_STYLE = (
    f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{{name}}Report">'
    '<w:name w:val="Report {name}"/><w:uiPriority w:val="59"/><w:tblPr>'
    f'<w:tblBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'
    f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/></w:tblBorders>'
    '<w:tblCellMar><w:left w:w="{side}" w:type="dxa"/><w:right w:w="{side}" w:type="dxa"/>'
    "</w:tblCellMar></w:tblPr></w:style>"
)
SIDES_OF_CELLS = {"Table": 60, "Dense": 10}  # twentieths of a point
NAMESPACES = nsdecls("w", "wp", "a", "c", "r")


def report_as_docx(document: ReportDocument, advance: Advance) -> bytes:
    """Write every section, with its charts, then the contents before them."""
    return WrittenReport(document, advance).as_file()


class WrittenReport:
    def __init__(self, document: ReportDocument, advance: Advance) -> None:
        self.document, self.advance = document, advance
        self.word: Pptx = Document()
        self.xml = DocumentXml(document.language, dict(document.looks))
        self.charts = WordCharts(self.word, document.language)
        self.total = sum(1 for _ in document.charts) + 1
        self.listed: list[tuple[ReportSection, int, str]] = []

    def as_file(self) -> bytes:
        drop_parts(self.word)
        set_styles(self.word, self.document.language)
        set_theme(self.word)
        set_page(self.word, self.document)
        ask_for_fields(self.word)
        body = [part for section in self.document.sections for part in self.section(section, 1)]
        parts = [*self.cover(), *self.contents(), *body]
        container = parse_xml(f"<w:body {NAMESPACES}>{''.join(parts)}</w:body>")
        body_element = self.word.element.body
        end = body_element.find(qn("w:sectPr"))
        for element in list(container):
            end.addprevious(element)
        write_core_properties(self.word, self.document)
        self.advance(self.total, self.total)
        written = BytesIO()
        self.word.save(written)
        file = without_times(written.getvalue())
        return with_run_languages(file, self.document.language) if self.document.has_marks else file

    def cover(self) -> Iterator[str]:
        document, xml = self.document, self.xml
        yield xml.paragraph(xml.run(document.title), "Title")
        yield xml.paragraph(xml.run(document.subtitle), "Subtitle")
        if document.invented:
            yield xml.paragraph(xml.run(document.invented), "Invented")
        for block in document.cover:
            yield from self.block(block)

    def contents(self) -> Iterator[str]:
        """Each heading with its page, as a link.

        The pages are fields. Writer works them out when it opens the document, and Word when its
        reader agrees. Of a table of contents as a whole, Writer shows only what was written.
        """
        xml = self.xml
        heading = xml.run(self.document.labels.contents)
        yield xml.paragraph(heading, "TOCHeading", "<w:pageBreakBefore/>")
        for section, level, name in self.listed:
            yield xml.paragraph(xml.linked_heading(section.title, name), f"TOC{level}")

    def section(self, section: ReportSection, level: int) -> Iterator[str]:
        heading, name = self.xml.heading(section.title, level, begins_page=section.begins_page)
        if level <= DEEPEST_LISTED:
            self.listed.append((section, level, name))
        yield heading
        for block in section.blocks:
            yield from self.block(block)
        for part in section.parts:
            yield from self.section(part, level + 1)

    def block(self, block: Block) -> Iterator[str]:
        xml = self.xml
        match block:
            case DocumentParagraph():
                yield xml.written(block)
            case BulletList():
                yield from map(xml.bullet, block.items)
            case StatusFacts():
                yield xml.facts(block)
            case DocumentTable():
                yield xml.table(block)
            case DocumentChart():
                yield xml.caption(block.caption)
                yield xml.paragraph(self.charts.drawing(block.picture), "Normal")
                self.advance(self.charts.number, self.total)


def drop_parts(word: Pptx) -> None:
    """Older copies of the styles, and a picture of an empty page, which the template has."""
    for relations in (word.part.rels, word.part.package.rels):
        for name, relation in list(relations.items()):
            if relation.reltype.endswith(UNWANTED_PARTS):
                del relations[name]


def set_styles(word: Pptx, language: str) -> None:
    styles = word.styles
    for name, look in OFFICE_STYLES.items():
        set_style(styles[name], look)
    for name, look in OWN_STYLES.items():
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        set_style(style, look)
    styles["Heading 1"].paragraph_format.keep_with_next = True
    for level in range(1, DEEPEST_LISTED + 1):
        listed = styles[f"TOC{level}"].paragraph_format
        listed.left_indent = Mm(5 * (level - 1))
        listed.tab_stops.add_tab_stop(Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    styles["Quote"].paragraph_format.left_indent = Mm(5)
    for name, side in SIDES_OF_CELLS.items():
        styles.element.append(parse_xml(TABLE_STYLE.format(name=name, side=side)))
    for properties in styles.element.iter(qn("w:rPrDefault")):
        for tagged in properties.iter(qn("w:lang")):
            tagged.set(qn("w:val"), language_tag(language))


def set_style(style: Pptx, look: StyleLook) -> None:
    font, room = style.font, style.paragraph_format
    font.name, font.size, font.bold, font.italic = WORD_FONT, Pt(look.size), look.is_bold, False
    font.color.rgb = RGBColor.from_string(look.colour)
    room.space_before, room.space_after = Pt(look.before), Pt(look.after)
    fonts = style.element.get_or_add_rPr().find(qn("w:rFonts"))
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    for slot in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(slot), WORD_FONT)


def set_theme(word: Pptx) -> None:
    """The colours and the type of charts are those of the theme, as on slides."""
    for part in word.part.package.iter_parts():
        if "/theme/" in str(part.partname):
            xml = with_theme_colours(part.blob.decode())
            xml = re.sub(r'<a:latin typeface="[^"]*"', f'<a:latin typeface="{WORD_FONT}"', xml)
            part._blob = xml.encode()  # noqa: SLF001 - python-docx has no themes


def set_page(word: Pptx, document: ReportDocument) -> None:
    """The mark of invented figures at the head of each page, source and number at its foot."""
    section, xml = word.sections[0], DocumentXml(document.language, {})
    section.page_width, section.page_height = Mm(PAGE_WIDTH), Mm(297)
    section.left_margin = section.right_margin = Mm(PAGE_MARGIN)
    section.top_margin, section.bottom_margin = Mm(20), Mm(17)
    head = xml.run(f"{document.title}   ")
    mark = xml.run(document.invented, "<w:b/>", ink("4D3500")) if document.invented else ""
    number = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    foot = xml.run(f"{document.source}   {document.labels.page} ") + number
    for story, content in ((section.header, head + mark), (section.footer, foot)):
        paragraph = story.paragraphs[0]._p  # noqa: SLF001
        written = parse_xml(f"<w:body {NAMESPACES}>{xml.paragraph(content, 'Quiet')}</w:body>")
        paragraph.addprevious(written[0])
        paragraph.getparent().remove(paragraph)


def ask_for_fields(word: Pptx) -> None:
    """Word asks its reader whether to work out the pages of the contents."""
    asking = parse_xml(f'<w:updateFields {nsdecls("w")} w:val="true"/>')
    word.settings.element.find(qn("w:compat")).addprevious(asking)


def write_core_properties(word: Pptx, document: ReportDocument) -> None:
    properties = word.core_properties
    properties.title, properties.subject = document.title, document.subtitle
    properties.author = properties.last_modified_by = document.author
    properties.language, properties.comments = language_tag(document.language), ""
    written = datetime.fromisoformat(document.day or "1980-01-01").replace(tzinfo=UTC)
    properties.created = properties.modified = written
    properties.revision = 1
