"""The parts of a slide as HTML and SVG, where and as large as in a presentation."""

from dataclasses import replace
from html import escape

from dashboard.charts.slide_shapes import SlideBox, css_colour
from dashboard.slides.drawn_parts import canvas_of
from dashboard.slides.paragraphs import keep_numbers_together, largest_size
from dashboard.slides.parts import ChartPart, SlidePart, TablePart, TextPart
from dashboard.slides.tables import LINE_SPACING, CellLine, TableCell, fitted


def html_of(part: SlidePart) -> str:
    match part:
        case TablePart():
            return table_html(part)
        case TextPart():
            return text_html(part)
        case _:
            return chart_html(part)


def box_style(box: SlideBox) -> str:
    """The position of a part and its size, in points, which `present.css` scales to the window."""
    return f"--x:{box.left:g};--y:{box.top:g};--w:{box.width:g};--h:{box.height:g}"


def table_html(part: TablePart) -> str:
    look = part.look
    total = sum(look.widths)
    columns = "".join(f'<col style="width:{width / total:.4%}">' for width in look.widths)
    rows = "".join(row_html(part, number) for number in range(len(part.rows)))
    box = replace(part.box, width=total)
    return (
        f'<table class="part" style="{box_style(box)}"><caption>{escape(look.name)}</caption>'
        f"<colgroup>{columns}</colgroup>{rows}</table>"
    )


def row_html(part: TablePart, number: int) -> str:
    look = part.look
    is_head = bool(look.head_height) and number == 0
    height = look.height_of_row(number)
    cells = []
    for x, content in enumerate(part.rows[number]):
        own = fitted(content, look.widths[x], height)
        is_row_head = x == 0 and bool(look.head_height) and not is_head
        cells.append(cell_html(own, "col" if is_head else "row" if is_row_head else "",
                               has_rule=look.has_rules))  # fmt: skip
    return f'<tr style="--h:{height:g}">{"".join(cells)}</tr>'


def cell_html(content: TableCell, scope: str, *, has_rule: bool) -> str:
    tag = f'th scope="{scope}"' if scope and content.words.strip() else "td"
    styles = [f"color:{css_colour(content.ink)}", f"--p:{content.side:g}"]
    styles += [f"background:{css_colour(content.ground)}"] if content.ground else []
    names = ["centred"] if content.is_centred else []
    names += [] if has_rule else ["unruled"]
    kind = f' class="{" ".join(names)}"' if names else ""
    lines = "".join(map(line_html, content.lines))
    return f'<{tag}{kind} style="{";".join(styles)}">{lines}</{tag.split(" ", maxsplit=1)[0]}>'


def line_html(line: CellLine) -> str:
    weight = ";font-weight:700" if line.is_bold else ""
    words = escape(line.words, quote=False)
    return f'<p style="--s:{line.size:g};line-height:{LINE_SPACING}{weight}">{words}</p>'


def text_html(part: TextPart) -> str:
    text, size = part.text, largest_size(part.text, part.box)
    paragraphs = "".join(
        f'<p style="--s:{size};--g:{text.gap:g}"{" class=bold" if number < text.bold else ""}>'
        f"{escape(keep_numbers_together(words), quote=False)}</p>"
        for number, words in enumerate(text.words)
    )
    return f'<div class="part text" style="{box_style(part.box)}">{paragraphs}</div>'


def chart_html(part: ChartPart) -> str:
    drawn = canvas_of(part).svg(part.look.description)
    return f'<div class="part" style="{box_style(part.box)}">{drawn}</div>'
