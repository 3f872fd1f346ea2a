"""Letters of a chart for typst: signs, such as icons of statuses, in the typeface that has them.

typst sets a line of words in one typeface: of a line with a sign that Arimo lacks, every part is
placed by itself.
"""

import re
from functools import cache
from html import escape, unescape

from dashboard.charts.arial_widths import arial_width, letter_widths

TYPEFACE, TYPEFACE_OF_SIGNS = "Arimo", "DejaVu Sans"
LINE_OF_WORDS = re.compile(r'<text x="([-\d.]+)"([^>]*)>([^<]+)</text>')
SIZE = re.compile(r'font-size="([\d.]+)"')
TEXT_ANCHOR = re.compile(r' text-anchor="(\w+)"')
BEFORE_ANCHOR = {"middle": 0.5, "end": 1.0}  # as a share of the width


def with_typefaces(svg: str) -> str:
    return LINE_OF_WORDS.sub(set_line, svg)


def set_line(line: re.Match[str]) -> str:
    left, look, words = line.groups()
    parts = parts_of(unescape(words))
    size = SIZE.search(look)
    if size is None or "rotate" in look or all(face == TYPEFACE for face, _ in parts):
        return line[0]
    is_bold = 'font-weight="700"' in look
    widths = [arial_width(part, float(size[1]), is_bold=is_bold) for _, part in parts]
    anchor = TEXT_ANCHOR.search(look)
    x = float(left) - BEFORE_ANCHOR.get(anchor[1] if anchor else "", 0.0) * sum(widths)
    placed = []
    for (face, part), width in zip(parts, widths, strict=True):
        written = escape(part, quote=False)
        placed.append(f'<tspan x="{x:.1f}" font-family="{face}">{written}</tspan>')
        x += width
    return f'<text x="{left}"{TEXT_ANCHOR.sub("", look)}>{"".join(placed)}</text>'


def parts_of(words: str) -> list[tuple[str, str]]:
    """Typeface and words of each part."""
    faces = (TYPEFACE, TYPEFACE_OF_SIGNS)
    return [(faces[at % 2], part) for at, part in enumerate(signs().split(words)) if part]


@cache
def signs() -> re.Pattern[str]:
    """What is no letter of Arimo."""
    letters = re.escape("".join(letter_widths(is_bold=False)))
    return re.compile(f"([^{letters}]+)")
