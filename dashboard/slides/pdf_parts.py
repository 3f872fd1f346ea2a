"""The parts of a slide as plain data, in which a typesetting program finds every word and size."""

from typing import Any

from dashboard.charts.slide_shapes import SlideBox, css_colour
from dashboard.slides.drawn_parts import canvas_of
from dashboard.slides.paragraphs import keep_numbers_together, largest_size
from dashboard.slides.parts import ChartPart, SlidePart, TablePart, TextPart
from dashboard.slides.tables import CellLine, TableCell, fitted
from dashboard.typesetting.svg_letters import TYPEFACE, with_typefaces
from metrics.messages.language_marks import unmarked

SlideData = dict[str, Any]


def plain_part(part: SlidePart) -> SlideData:
    match part:
        case TablePart():
            return plain_table(part)
        case TextPart():
            return plain_text(part)
        case _:
            return plain_chart(part)


def plain_box(box: SlideBox) -> SlideData:
    return {"x": box.left, "y": box.top, "w": box.width, "h": box.height}


def plain_table(part: TablePart) -> SlideData:
    """Every row with its height; the first one is the heading where there is one."""
    look, has_head = part.look, bool(part.look.head_height)
    heights = [look.height_of_row(at) for at in range(len(part.rows))]
    rows = [
        [plain_cell(fitted(content, width, height))
         for content, width in zip(row, look.widths, strict=True)]
        for row, height in zip(part.rows, heights, strict=True)
    ]  # fmt: skip
    return {"kind": "table", "box": plain_box(part.box), "name": look.name, "head": has_head,
            "widths": list(look.widths), "heights": heights, "rows": rows,
            "rules": look.has_rules}  # fmt: skip


def plain_cell(content: TableCell) -> SlideData:
    ground = css_colour(content.ground) if content.ground else ""
    return {"lines": [plain_line(line) for line in content.lines], "ink": css_colour(content.ink),
            "ground": ground, "centred": content.is_centred, "side": content.side}  # fmt: skip


def plain_line(line: CellLine) -> SlideData:
    return {"words": line.words, "size": line.size, "bold": line.is_bold}


def plain_text(part: TextPart) -> SlideData:
    text = part.text
    size = largest_size(text, part.box)
    paragraphs = [{"words": keep_numbers_together(words), "size": size, "bold": number < text.bold}
                  for number, words in enumerate(text.words)]  # fmt: skip
    return {"kind": "text", "box": plain_box(part.box), "gap": text.gap, "paragraphs": paragraphs}


def plain_chart(part: ChartPart) -> SlideData:
    drawn = unmarked(canvas_of(part).file(TYPEFACE))
    return {"kind": "chart", "box": plain_box(part.box), "alt": unmarked(part.look.description),
            "svg": with_typefaces(drawn)}  # fmt: skip
