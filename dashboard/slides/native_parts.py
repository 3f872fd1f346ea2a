"""The parts of a slide as native tables, charts and text boxes of a presentation."""

from functools import cache, singledispatch
from xml.sax.saxutils import escape

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from dashboard.charts.native_charts import THEME_COLOURS_OF_OFFICE, Pptx, describe
from dashboard.charts.native_small_trends import add_small_trend
from dashboard.charts.native_states import add_states_chart
from dashboard.charts.native_times import add_time_chart
from dashboard.charts.slide_shapes import Colour, ThemeColour
from dashboard.slides.native_bars import add_bars
from dashboard.slides.paragraphs import keep_numbers_together, largest_size
from dashboard.slides.parts import SlidePart, TablePart, TextPart
from dashboard.slides.tables import GAP_COLOUR, RULE_COLOUR, SMALLEST, CellLine, TableCell, fitted

NO_TABLE_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
HUNDREDTHS = 100  # of a point: the unit of sizes in a file


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
        height = look.height_of_row(y)
        table.rows[y].height = Pt(height)
        rule = RULE_COLOUR if look.has_rules else GAP_COLOUR
        written = (cell_xml(fitted(content, width, height), rule)
                   for content, width in zip(row, look.widths, strict=True))  # fmt: skip
        for empty, cell in zip(table._tbl.tr_lst[y].tc_lst, written, strict=True):  # noqa: SLF001
            empty.getparent().replace(empty, parse_xml(cell))
    return frame


def cell_xml(content: TableCell, rule: str) -> str:
    """A cell as an element: python-pptx would need a hundred calls for each."""
    align = "ctr" if content.is_centred else "l"
    ink, margin = fill_xml(content.ink), Pt(content.side)
    lines = content.lines or (CellLine("", SMALLEST),)
    edges = {"L": GAP_COLOUR, "R": GAP_COLOUR} if content.ground else {}
    borders = "".join(rule_xml(edge, colour) for edge, colour in (edges | {"B": rule}).items())
    return (
        f"<a:tc {nsdecls('a')}><a:txBody><a:bodyPr/><a:lstStyle/>"
        f"{''.join(paragraph_xml(line, align, ink) for line in lines)}</a:txBody>"
        f'<a:tcPr marL="{margin}" marR="{margin}" marT="0" marB="0" anchor="ctr">{borders}'
        f"{fill_xml(content.ground) if content.ground else ''}</a:tcPr></a:tc>"
    )


def paragraph_xml(line: CellLine, align: str, ink: str) -> str:
    """An empty line has the height of its type, too."""
    size = f"{line.size * HUNDREDTHS:.0f}"
    words = (
        f'<a:r><a:rPr sz="{size}" b="{int(line.is_bold)}">{ink}</a:rPr>'
        f"<a:t>{escape(line.words)}</a:t></a:r>"
        if line.words
        else f'<a:endParaRPr sz="{size}"/>'
    )
    return f'<a:p><a:pPr algn="{align}"/>{words}</a:p>'


@cache
def fill_xml(colour: Colour) -> str:
    if isinstance(colour, ThemeColour):
        named = MSO_THEME_COLOR.to_xml(THEME_COLOURS_OF_OFFICE[colour])
        return f'<a:solidFill><a:schemeClr val="{named}"/></a:solidFill>'
    code = colour.removeprefix("#").upper()
    return f'<a:solidFill><a:srgbClr val="{code}"/></a:solidFill>'


@cache
def rule_xml(edge: str, colour: str) -> str:
    return f'<a:ln{edge} w="12700">{fill_xml(colour)}</a:ln{edge}>'


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
