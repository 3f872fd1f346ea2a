"""Tables of slides, whose rows are measured before: a row that grows would move those below it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from dashboard.charts.arial_widths import arial_lines, longest_word
from dashboard.charts.slide_shapes import Colour, ThemeColour
from dashboard.slides.measures import HAIR
from metrics.messages.language_marks import split_marked

SMALLEST = 12.0  # points: what a projector of 1280 pixels shows as 16
LINE_SPACING = 1.17
SIDE = 5.0  # margin within a cell, in points
SURE_SHARE = 0.992  # of the room of a line: programs round the widths of letters
RULE_COLOUR, GAP_COLOUR = "B4BDCA", "FFFFFF"


@dataclass(frozen=True)
class CellLine:
    """One paragraph of a cell."""

    words: str
    size: float = 16
    is_bold: bool = False


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
    return replace(content, lines=tuple(replace(line, size=SMALLEST) for line in content.lines))


def fits_in_cell(content: TableCell, width: float, height: float) -> bool:
    """Whether the words have room in some type that is still read."""
    room = width - 2 * content.side
    lines = fitted(content, width, height).lines
    return height_of(lines, room) <= height + HAIR and all(is_whole(line, room) for line in lines)


def is_whole(line: CellLine, room: float) -> bool:
    """Whether no word is broken."""
    return (
        not line.words.strip() or longest_word(line.words, line.size, is_bold=line.is_bold) <= room
    )


def height_of(lines: Iterable[CellLine], room: float) -> float:
    """Of lines that are surely not broken once more."""
    return sum(
        len(arial_lines(line.words, room * SURE_SHARE, line.size, is_bold=line.is_bold))
        * line.size
        * LINE_SPACING
        for line in lines
    )


def cut_to_fit(words: str, fits: Callable[[str], bool]) -> str:
    """The words, or as many of the first as have room, with an ellipsis at their end."""
    kept, written = split_marked(words, " "), words
    while len(kept) > 1 and not fits(written):
        kept.pop()
        written = f"{' '.join(kept)} …"
    return written


def cut_apart(words: str, others: Iterable[str], fits: Callable[[str], bool]) -> str:
    """The words cut where they begin as others do: what distinguishes them is kept to the end."""
    if fits(words):
        return words
    every = split_marked(words, " ")
    shared = max((shared_start(every, split_marked(other, " ")) for other in others), default=0)
    if not shared:
        return cut_to_fit(words, fits)
    own = " ".join(every[shared:])
    starts = (" ".join([*every[:kept], "…", own]) for kept in range(shared - 1, -1, -1))
    return next(filter(fits, starts), cut_to_fit(f"… {own}", fits))


def shared_start(words: Sequence[str], others: Sequence[str]) -> int:
    """How many words are the same at the start of two names; none of the same name."""
    if words == others:
        return 0
    same = takewhile(lambda pair: pair[0] == pair[1], zip(words, others, strict=False))
    return min(sum(1 for _ in same), len(words) - 1)


def widths_with_room(rows: Sequence[Sequence[TableCell]], widths: Sequence[float]) -> list[float]:
    """As wide together, but a column in which a word would be broken takes room from the others."""
    least = [max(map(least_width, column)) for column in zip(*rows, strict=True)]
    spare = [max(0.0, width - needed) for width, needed in zip(widths, least, strict=True)]
    lacking = [max(0.0, needed - width) for width, needed in zip(widths, least, strict=True)]
    moved = min(sum(spare), sum(lacking))
    if not moved:
        return [*widths]
    taken, given = moved / sum(spare), moved / sum(lacking)
    return [
        width - own * taken + needed * given
        for width, own, needed in zip(widths, spare, lacking, strict=True)
    ]


def least_width(content: TableCell) -> float:
    """In which no word is broken in the smallest type."""
    words = (
        longest_word(line.words, SMALLEST, is_bold=line.is_bold)
        for line in content.lines
        if line.words
    )
    return max(words, default=0.0) + 2 * content.side + 2 * HAIR


def least_height(
    row: Sequence[TableCell], widths: Sequence[float], size: float = SMALLEST
) -> float:
    """What a row needs in type of a size, or in its own where that is smaller."""
    return max(
        height_of(
            (replace(line, size=min(size, line.size)) for line in content.lines),
            width - 2 * content.side,
        )
        for content, width in zip(row, widths, strict=True)
    )


def shared_heights(least: Sequence[float], room: float, most: float) -> list[float]:
    """Rows as high as they need, and the room that is left shared by the lower ones."""
    left, lower = room, len(least)
    for needed in sorted(least, reverse=True):
        if needed <= left / lower:
            break
        left, lower = left - needed, lower - 1
    usual = min(most, left / lower) if lower else 0.0
    return [max(needed, usual) for needed in least]


@dataclass(frozen=True)
class TableLook:
    name: str
    description: str
    widths: Sequence[float]
    row_height: float
    head_height: float = 0.0  # none: the first row is no heading
    has_rules: bool = True  # below the rows
    heights: Sequence[float] = ()  # of the rows below the heading, where they differ

    def height_of_row(self, number: int) -> float:
        """Of the heading, if there is one, and of the rows below it."""
        if self.head_height and not number:
            return self.head_height
        return self.heights[number - bool(self.head_height)] if self.heights else self.row_height
