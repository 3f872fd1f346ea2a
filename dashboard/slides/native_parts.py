"""The parts of a slide as native tables, charts and text boxes of a presentation."""

from functools import cache, singledispatch

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from dashboard.charts.native_charts import Pptx, describe, paint
from dashboard.charts.native_small_trends import add_small_trend
from dashboard.charts.native_states import add_states_chart
from dashboard.charts.native_times import add_time_chart
from dashboard.slides.native_bars import add_bars
from dashboard.slides.paragraphs import keep_numbers_together, largest_size
from dashboard.slides.parts import SlidePart, TablePart, TextPart
from dashboard.slides.tables import GAP_COLOUR, RULE_COLOUR, SMALLEST, CellLine, TableCell, fitted

NO_TABLE_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
EMPTY_LINE = f'<a:endParaRPr {nsdecls("a")} sz="{SMALLEST * 100:.0f}"/>'


@singledispatch
def add_part(part: SlidePart, shapes: Pptx) -> Pptx:  # noqa: ARG001
    """Each kind of part has a function of its own."""
    raise TypeError(type(part))


@add_part.register
def add_table(part: TablePart, shapes: Pptx) -> Pptx:
    """Rows of cells in type that fits them."""
    box, rows, look = part.box, part.rows, part.look
    count = len(rows)
    frame = shapes.add_table(
        count, len(look.widths), Pt(box.left), Pt(box.top), Pt(sum(look.widths)), Pt(box.height)
    )
    table = describe(frame, look.name, look.description).table
    frame._element.xpath(".//a:tableStyleId")[0].text = NO_TABLE_STYLE  # noqa: SLF001
    table.horz_banding = False
    table.first_row = bool(look.head_height)
    for column, width in zip(table.columns, look.widths, strict=True):
        column.width = Pt(width)
    for y, row in enumerate(rows):
        height = look.head_height if look.head_height and not y else look.row_height
        table.rows[y].height = Pt(height)
        for x, content in enumerate(row):
            rule = RULE_COLOUR if look.has_rules else GAP_COLOUR
            write_cell(table.cell(y, x), fitted(content, look.widths[x], height), rule)
    return frame


def write_cell(target: Pptx, content: TableCell, rule: str) -> None:
    target.vertical_anchor = MSO_ANCHOR.MIDDLE
    target.margin_left = target.margin_right = Pt(content.side)
    target.margin_top = target.margin_bottom = 0
    lines = content.lines or (CellLine("", SMALLEST),)
    target.text_frame.text = "\n".join(line.words for line in lines)
    for paragraph, line in zip(target.text_frame.paragraphs, lines, strict=True):
        paragraph.alignment = PP_ALIGN.CENTER if content.is_centred else PP_ALIGN.LEFT
        for run in paragraph.runs:
            run.font.size, run.font.bold = Pt(line.size), line.is_bold
            paint(run.font.color, content.ink)
        if not paragraph.runs:  # an empty line has the height of its type, too
            paragraph._p.append(parse_xml(EMPTY_LINE))  # noqa: SLF001
    if content.ground:
        target.fill.solid()
        paint(target.fill.fore_color, content.ground)
    properties = target._tc.get_or_add_tcPr()  # noqa: SLF001
    edges = {"L": GAP_COLOUR, "R": GAP_COLOUR} if content.ground else {}
    for at, (edge, colour) in enumerate((edges | {"B": rule}).items()):
        properties.insert(at, parse_xml(rule_xml(edge, colour)))


@cache
def rule_xml(edge: str, colour: str) -> str:
    return (
        f'<a:ln{edge} {nsdecls("a")} w="12700"><a:solidFill><a:srgbClr val="{colour}"/>'
        f"</a:solidFill></a:ln{edge}>"
    )


@add_part.register
def add_text(part: TextPart, shapes: Pptx) -> Pptx:
    """A text box in the largest type that fits."""
    box, text = part.box, part.text
    chosen = largest_size(text, box)
    shape = shapes.add_textbox(Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height))
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.text = "\n".join(map(keep_numbers_together, text.words))
    for number, paragraph in enumerate(frame.paragraphs):
        paragraph.space_after = Pt(text.gap)
        for run in paragraph.runs:
            run.font.size, run.font.bold = Pt(chosen), number < text.bold
    return describe(shape, part.name, " ".join(text.words))


for add_chart in (add_time_chart, add_states_chart, add_small_trend, add_bars):
    add_part.register(add_chart)
