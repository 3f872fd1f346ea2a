"""Native charts in a Word document: the parts that a slide has, with their workbooks.

python-docx writes no charts. So a chart is drawn on a slide that nobody sees, and its parts are
moved: in a document, it is edited as on a slide.
"""

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from pptx import Presentation
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml.ns import qn

from dashboard.charts.chart_parts import TimePart
from dashboard.charts.language_tags import language_tag
from dashboard.charts.native_breaks import SHAPES_RELATION, SHAPES_TYPE, shapes_of
from dashboard.charts.native_charts import Pptx, tag_language
from dashboard.charts.native_times import add_time_chart
from dashboard.charts.picture import Picture
from dashboard.charts.slide_shapes import ChartLook, SlideBox
from dashboard.charts.specification import TimeChart
from dashboard.word.document_xml import attribute

POINT = 12_700  # units of a file
FIRST_OBJECT = 1000  # so that no bookmark has the same number
CHART_WIDTH, CHART_HEIGHT, SIZE = 490.0, 215.0, 9.0  # points: of a chart, and of its words
CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHART_SPACE = "http://schemas.openxmlformats.org/drawingml/2006/chart"
INLINE_CHART = (
    '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
    '<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{number}" name={name} descr={words}/>'
    '<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{uri}">'
    '<c:chart r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
)


class WordCharts:
    """Adds charts to the package of a document, each under a number of its own."""

    def __init__(self, document: Pptx, language: str) -> None:
        self.document, self.language = document, language
        presentation = Presentation()
        blank = presentation.slide_layouts[6]
        self.shapes = presentation.slides.add_slide(blank).shapes
        self.number = 0

    def drawing(self, picture: Picture) -> str:
        """The run of a paragraph that shows a chart; empty for a kind that documents lack."""
        chart = picture.chart
        if not isinstance(chart, TimeChart):
            return ""
        self.number += 1
        look = ChartLook(self.language, chart.caption.title, picture.description, "", SIZE)
        box = SlideBox(0, 0, CHART_WIDTH, CHART_HEIGHT)
        frame = add_time_chart(TimePart(chart, box, look), self.shapes)
        relation = self.moved(frame.chart)
        return INLINE_CHART.format(
            width=round(CHART_WIDTH * POINT), height=round(CHART_HEIGHT * POINT),
            number=FIRST_OBJECT + self.number,
            name=attribute(chart.caption.title), words=attribute(picture.description),
            uri=CHART_SPACE, relation=relation,
        )  # fmt: skip

    def moved(self, chart: Pptx) -> str:
        """Put the parts of a chart into the document, and return the relation to it."""
        package = self.document.part.package
        tag_language(chart._chartSpace, language_tag(self.language))  # noqa: SLF001
        workbook = Part(
            PackURI(f"/word/embeddings/workbook{self.number}.xlsx"), WORKBOOK_TYPE,
            chart.part.chart_workbook.xlsx_part.blob, package,
        )  # fmt: skip
        part = Part(PackURI(f"/word/charts/chart{self.number}.xml"), CHART_TYPE, b"", package)
        relation = part.relate_to(workbook, RELATIONSHIP_TYPE.PACKAGE)
        self.move_shapes(chart, part)
        part._blob = with_workbook(chart, relation)  # noqa: SLF001 - python-docx sets it once
        return str(self.document.part.relate_to(part, RELATIONSHIP_TYPE.CHART))

    def move_shapes(self, chart: Pptx, part: Part) -> None:
        """The lines of breaks, which are a part of their own."""
        shapes = shapes_of(chart)
        if not shapes:
            return
        name = PackURI(f"/word/drawings/drawing{self.number}.xml")
        moved = Part(name, SHAPES_TYPE, shapes, self.document.part.package)
        number = part.relate_to(moved, SHAPES_RELATION)
        for named in chart._chartSpace.iter(qn("c:userShapes")):  # noqa: SLF001
            named.set(qn("r:id"), number)


def with_workbook(chart: Pptx, relation: str) -> bytes:
    """The chart with its relation to the workbook, as the document numbers it."""
    space = chart._chartSpace  # noqa: SLF001
    for external in space.iter(f"{{{CHART_SPACE}}}externalData"):
        for name in external.attrib:
            external.set(name, relation)
    return bytes(serialize_part_xml(space))
