"""Tables of as many rows as have room in type that is well read, in the order of preference."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from dashboard.charts.slide_shapes import SlideBox
from dashboard.slides.measures import CONTENT_BOTTOM, CONTENT_LEFT, CONTENT_WIDTH, HAIR
from dashboard.slides.parts import TablePart
from dashboard.slides.tables import (
    TableCell,
    TableLook,
    cell,
    least_height,
    shared_heights,
    widths_with_room,
)

SIZES_OF_ROWS = (16.0, 15.0, 14.0)  # points, the largest in which all rows have room
SIZE_OF_HEADS, HIGHEST_ROW = 13.0, 36.0
GAP_OF_HEAD, GAP_OF_ROW = 6.0, 5.0


@dataclass(frozen=True)
class TableWords:
    """All rows of a table before they are measured."""

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[TableCell]]
    widths: Sequence[float]  # of the columns, in any unit
    preference: Sequence[int]  # the rows by their places, those that are kept first
    sizes: Sequence[float] = SIZES_OF_ROWS


@dataclass(frozen=True)
class MeasuredTable:
    """The places of the rows that have room below a height of the slide."""

    places: Sequence[int]
    part: TablePart


def measure_table(words: TableWords, top: float) -> MeasuredTable:
    head = [cell(own, SIZE_OF_HEADS, is_bold=True) for own in words.heads]
    scale = CONTENT_WIDTH / sum(words.widths)
    widths = widths_with_room([head, *words.rows], [own * scale for own in words.widths])
    head_height = least_height(head, widths, SIZE_OF_HEADS) + GAP_OF_HEAD
    room = CONTENT_BOTTOM - top - head_height
    size, heights = size_with_room(words, widths, room)
    places = rows_with_room(heights, words.preference, room)
    rows = [in_size(words.rows[at], size) for at in places]
    high = shared_heights([heights[at] for at in places], room, HIGHEST_ROW)
    described = ". ".join(row_in_sentence(words.heads, row) for row in rows)
    look = TableLook(words.name, described, widths, HIGHEST_ROW, head_height, heights=high)
    box = SlideBox(CONTENT_LEFT, top, CONTENT_WIDTH, head_height + sum(high))
    return MeasuredTable(places, TablePart(box, [head, *rows], look))


def size_with_room(
    words: TableWords, widths: Sequence[float], room: float
) -> tuple[float, list[float]]:
    """The largest type in which all rows have room, or else the smallest; the height of each."""
    for size in words.sizes:
        heights = [least_height(row, widths, size) + GAP_OF_ROW for row in words.rows]
        if sum(heights) <= room:
            break
    return size, heights


def rows_with_room(
    heights: Sequence[float], preference: Sequence[int], room: float
) -> Sequence[int]:
    """The first ones by preference, in the order of the table."""
    taken = accumulate(heights[at] for at in preference)
    return sorted(at for at, height in zip(preference, taken, strict=True) if height <= room + HAIR)


def in_size(row: Sequence[TableCell], size: float) -> list[TableCell]:
    return [
        replace(own, lines=tuple(replace(line, size=min(size, line.size)) for line in own.lines))
        for own in row
    ]


def row_in_sentence(heads: Sequence[str], row: Sequence[TableCell]) -> str:
    """`2025: Value 8,824 p, Target path 9,949, Gap −1,125`."""
    first, *others = row
    named = (f"{head} {own.words}" for head, own in zip(heads[1:], others, strict=True)
             if own.words)  # fmt: skip
    return f"{first.words}: {', '.join(named)}"
