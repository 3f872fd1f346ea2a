"""The room that words need, and how words are kept apart, in pixels; without any renderer.

Widths are those of a wide font (DejaVu Sans), as the reader's own is not known to the server.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from math import ceil
from typing import Protocol

from dashboard.charts.specification import Axis, Tick
from metrics.messages.language_marks import split_marked, unmarked

LINE_HEIGHT = 1.25  # of a line of text, as a multiple of its size
NARROW, CAPITAL_LETTER, WIDE, OTHER = 0.36, 0.72, 0.95, 0.63  # widths as multiples of the size
BOLD = 1.1
NARROW_LETTERS, WIDE_LETTERS = (
    frozenset("iíjlIι.,:;'’|!() \N{NO-BREAK SPACE}"),
    frozenset("mwMW%ωΩ"),
)


@lru_cache(maxsize=4096)
def text_width(words: str, size: float, *, is_bold: bool = False) -> float:
    return sum(map(letter_width, unmarked(words))) * size * (BOLD if is_bold else 1.0)


def letter_width(letter: str) -> float:
    if letter in NARROW_LETTERS:
        return NARROW
    if letter in WIDE_LETTERS:
        return WIDE
    return CAPITAL_LETTER if letter.isupper() else OTHER


class WidthOf(Protocol):
    """The width of one line of words in a typeface."""

    def __call__(self, words: str, size: float, /, *, is_bold: bool) -> float: ...


def wrap_words(
    words: str, width: float, size: float, *,
    is_bold: bool = False, width_of: WidthOf = text_width,
) -> tuple[str, ...]:  # fmt: skip
    """Lines that are at most so wide, broken at spaces; a longer word has a line of its own."""
    lines: list[str] = []
    for word in split_marked(words, " "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, is_bold=is_bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def spread_apart(
    centres: Sequence[float], heights: Sequence[float], low: float, high: float
) -> list[float]:
    """Move labels apart as little as possible, in their order, between two bounds.

    The least sum of squared moves: labels that touch move as one block, by the mean of their
    wishes (isotonic regression by pooling adjacent violators).
    """
    if not centres:
        return []
    offsets = [0.0]
    for one, next_one in pairwise(heights):
        offsets.append(offsets[-1] + (one + next_one) / 2)
    blocks: list[list[float]] = []
    for centre, offset in zip(centres, offsets, strict=True):
        blocks.append([centre - offset])
        while len(blocks) > 1 and mean(blocks[-2]) > mean(blocks[-1]):
            pooled = blocks.pop()
            blocks[-1] += pooled
    first, last = low + heights[0] / 2, high - heights[-1] / 2 - offsets[-1]
    wishes = [mean(block) for block in blocks for _ in block]
    kept = (max(first, min(wish, last)) for wish in wishes)
    return [wish + offset for wish, offset in zip(kept, offsets, strict=True)]


def mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers)


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def widened(self, pixels: float) -> "Box":
        """With room at the left and the right."""
        return Box(self.left - pixels, self.top, self.right + pixels, self.bottom)

    def meets(self, other: "Box") -> bool:
        beside = self.right <= other.left or other.right <= self.left
        return not beside and self.top < other.bottom and other.top < self.bottom


@dataclass
class Board:
    """What is written already; further words are written only where they cover none of it."""

    boxes: list[Box] = field(default_factory=list)

    def is_free(self, box: Box) -> bool:
        return not any(box.meets(other) for other in self.boxes)

    def take(self, box: Box) -> bool:
        """Whether there was room, which is then taken."""
        if not self.is_free(box):
            return False
        self.boxes.append(box)
        return True


def ticks_with_room(axis: Axis, widest: float, width: float) -> Sequence[Tick]:
    """As many ticks as have room for words of this width, from the first; each named step.

    Where there is room for one alone, the first and the last.
    """
    if not axis.unit or not axis.ticks:
        return axis.ticks
    chosen = axis.ticks[:: max(1, ceil(widest * len(axis.ticks) / width))]
    return chosen if len(chosen) > 1 else axis.ticks[:: len(axis.ticks) - 1 or 1]
