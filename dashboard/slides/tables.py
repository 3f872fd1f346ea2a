"""Native tables, whose rows are measured before: a row that grows would move those below it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from dashboard.charts.arial_widths import arial_lines, longest_word
from dashboard.charts.native_charts import Pptx, describe, paint
from dashboard.charts.slide_shapes import Colour, SlideBox, ThemeColour

NO_TABLE_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
SMALLEST = 12.0  # points: what a projector of 1280 pixels shows as 16
LINE_SPACING = 1.17
SIDE = 5.0  # margin within a cell, in points
EMPTY_LINE = f'<a:endParaRPr {nsdecls("a")} sz="{SMALLEST * 100:.0f}"/>'
RULE_COLOUR, GAP_COLOUR = "B4BDCA", "FFFFFF"


@dataclass(frozen=True)
class CellLine:
    """One paragraph of a cell."""

    words: str
    size: float = 16
    is_bold: bool = False
    is_optional: bool = False  # left out where it does not fit in the smallest type


@dataclass(frozen=True)
class TableCell:
    lines: tuple[CellLine, ...] = ()
    ink: Colour = ThemeColour.INK
    ground: str = ""
    is_centred: bool = False
    side: float = SIDE

    @property
    def words(self) -> str:
        return " ".join(line.words for line in self.lines)


def cell(
    words: str, size: float = 16, *, is_bold: bool = False, is_centred: bool = False
) -> TableCell:
    return TableCell((CellLine(words, size, is_bold),), is_centred=is_centred)


def fitted(content: TableCell, width: float, height: float) -> TableCell:
    """The same cell in the largest type that fits, down to the smallest that is read."""
    room = width - 2 * content.side
    for smaller in range(12):
        lines = tuple(
            replace(line, size=max(SMALLEST, line.size - smaller)) for line in content.lines
        )
        if height_of(lines, room) <= height and all(is_whole(line, room) for line in lines):
            return replace(content, lines=lines)
        if all(line.size <= SMALLEST for line in lines):
            break
    needed = tuple(line for line in content.lines if not line.is_optional)
    if 0 < len(needed) < len(content.lines):
        return fitted(replace(content, lines=needed), width, height)
    return replace(content, lines=tuple(replace(line, size=SMALLEST) for line in content.lines))


def is_whole(line: CellLine, room: float) -> bool:
    """Whether no word is broken."""
    return (
        not line.words.strip() or longest_word(line.words, line.size, is_bold=line.is_bold) <= room
    )


def height_of(lines: Iterable[CellLine], room: float) -> float:
    return sum(
        len(arial_lines(line.words, room, line.size, is_bold=line.is_bold))
        * line.size
        * LINE_SPACING
        for line in lines
    )


@dataclass(frozen=True)
class TableLook:
    name: str
    description: str
    widths: Sequence[float]
    row_height: float
    head_height: float = 0.0  # none: the first row is no heading


def add_table(
    shapes: Pptx, box: SlideBox, rows: Sequence[Sequence[TableCell]], look: TableLook
) -> Pptx:
    """Rows of cells in type that fits them."""
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
            write_cell(table.cell(y, x), fitted(content, look.widths[x], height))
    return frame


def write_cell(target: Pptx, content: TableCell) -> None:
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
    for at, (edge, colour) in enumerate((edges | {"B": RULE_COLOUR}).items()):
        properties.insert(at, parse_xml(rule_xml(edge, colour)))


@cache
def rule_xml(edge: str, colour: str) -> str:
    return (
        f'<a:ln{edge} {nsdecls("a")} w="12700"><a:solidFill><a:srgbClr val="{colour}"/>'
        f"</a:solidFill></a:ln{edge}>"
    )
