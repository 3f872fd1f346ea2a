"""Words of a text box on a slide, in the largest type in which they fit."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.charts.arial_widths import arial_lines
from dashboard.charts.slide_shapes import SlideBox
from metrics.messages.local_formats import HARD_SPACE

SMALLEST_TYPE, LEAST_OF_A_LIST = 12, 14  # points
# Between words that belong together: parts of a number or its sign, and a number and its unit.
NUMBER_GAP = re.compile(r"(?<=\d) (?=\d{3}\b|%|‰)")
UNIT_GAP = re.compile(r"(?<=\d) (?=[^\d\s(])")


def keep_unit_beside(words: str) -> str:
    """`+14.63 pp` is one word, which becomes smaller before it is broken."""
    return UNIT_GAP.sub(HARD_SPACE, words)


def keep_numbers_together(words: str) -> str:
    return NUMBER_GAP.sub(HARD_SPACE, words)


@dataclass(frozen=True)
class Paragraphs:
    """Words of a text box: the first of them may be bold."""

    words: Sequence[str]
    size: float = 20
    bold: int = 0
    gap: float = 6  # after each


def paragraphs_that_fit(text: Paragraphs, box: SlideBox, more: str) -> Paragraphs:
    """As many as have room in type that explains; where some are left out, `more` is the last."""

    def fits(words: Sequence[str]) -> bool:
        height = paragraphs_height(replace(text, words=words), LEAST_OF_A_LIST, box.width)
        return height <= box.height

    if fits(text.words):
        return text
    kept = [*text.words]
    while kept and not fits([*kept, more]):
        kept.pop()
    return replace(text, words=[*kept, more])


def largest_size(text: Paragraphs, box: SlideBox) -> int:
    """The largest type up to a size in which the paragraphs fit; the smallest, if none does."""
    sizes = range(int(text.size), SMALLEST_TYPE, -1)
    fitting = (size for size in sizes if paragraphs_height(text, size, box.width) <= box.height)
    return next(fitting, SMALLEST_TYPE)


def paragraphs_height(text: Paragraphs, size: float, width: float) -> float:
    lines = sum(len(arial_lines(words, width * 0.98, size)) for words in text.words)
    return lines * size * 1.2 + text.gap * len(text.words)
