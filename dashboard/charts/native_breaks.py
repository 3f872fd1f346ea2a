"""The breaks of a series as dashed lines of a native chart, which are copied with the chart.

A line chart of Office has no line between two categories. So each is a shape of the chart, whose
place is a share of its frame, in a part of its own.
"""

from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

from pptx.opc.package import Part
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from dashboard.charts.native_charts import Pptx
from dashboard.charts.native_looks import colour_of_line
from dashboard.charts.slide_shapes import SlideBox
from dashboard.charts.specification import TimeChart

SHAPES_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chartshapes+xml"
SHAPES_RELATION = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chartUserShapes"
)
CHART_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/chartDrawing"
LINE_WIDTH = 15_875  # in units of a file: 1.25 points
FIRST_SHAPE = 2  # the number 1 is that of the drawing itself
SHAPES = f'<c:userShapes {nsdecls("c", "a")} xmlns:cdr="{CHART_DRAWING}">{{shapes}}</c:userShapes>'
BREAK_LINE = (
    "<cdr:relSizeAnchor><cdr:from><cdr:x>{x:.5f}</cdr:x><cdr:y>{top:.5f}</cdr:y></cdr:from>"
    "<cdr:to><cdr:x>{x:.5f}</cdr:x><cdr:y>{bottom:.5f}</cdr:y></cdr:to>"
    '<cdr:cxnSp macro=""><cdr:nvCxnSpPr><cdr:cNvPr id="{number}" name={name} descr={name}/>'
    "<cdr:cNvCxnSpPr/></cdr:nvCxnSpPr><cdr:spPr>"
    '<a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></a:xfrm>'
    '<a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
    '<a:ln w="{width}"><a:solidFill>{colour}</a:solidFill><a:prstDash val="dash"/></a:ln>'
    "</cdr:spPr></cdr:cxnSp></cdr:relSizeAnchor>"
)


def draw_breaks(native: Pptx, chart: TimeChart, shares: Sequence[float], plot: SlideBox) -> None:
    """A line from the top of the plot to its foot; places and plot as shares of the frame."""
    if not chart.breaks:
        return
    shapes = "".join(
        BREAK_LINE.format(
            x=share, top=plot.top, bottom=plot.top + plot.height, number=number, width=LINE_WIDTH,
            name=quoteattr(broken.label), colour=colour_of_line(broken.line),
        )
        for number, (share, broken) in enumerate(
            zip(shares, chart.breaks, strict=True), FIRST_SHAPE
        )
    )  # fmt: skip
    package = native.part.package
    part = Part(package.next_partname("/ppt/drawings/drawing%d.xml"), SHAPES_TYPE, package,
                SHAPES.format(shapes=shapes).encode())  # fmt: skip
    named = parse_xml(f'<c:userShapes {nsdecls("c", "r")} r:id=""/>')
    named.set(qn("r:id"), native.part.relate_to(part, SHAPES_RELATION))
    native._chartSpace.append(named)  # noqa: SLF001


def shapes_of(native: Pptx) -> bytes:
    """The part with the shapes of a chart; empty for one without."""
    related = native.part.rels.values()
    return next((own.target_part.blob for own in related if own.reltype == SHAPES_RELATION), b"")
