"""The key to the colours of statuses: icon, word and number of each, in one row of a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.charts.arial_widths import arial_width
from dashboard.charts.slide_shapes import SlideBox
from dashboard.slides.measures import CONTENT_WIDTH
from dashboard.slides.parts import TablePart
from dashboard.slides.table_parts import in_parts_that_fit
from dashboard.slides.tables import SMALLEST, CellLine, TableCell, TableLook
from dashboard.slides.words import in_order_of_marks, status_cell
from dashboard.texts import Text

KEY_SIZE = 14
ONE_ROW = 26.0
ROOM_OF_ICON = 16.0  # margins, and what another font needs more for an icon


@dataclass(frozen=True)
class StatusKey:
    """One row or, if that has no room for the words, several."""

    parts: tuple[TablePart, ...] = ()

    @property
    def height(self) -> float:
        return len(self.parts) * ONE_ROW

    def moved_to(self, top: float) -> "StatusKey":
        tops = (top + at * ONE_ROW for at in range(len(self.parts)))
        return StatusKey(tuple(replace(part, box=replace(part.box, top=own))
                               for part, own in zip(self.parts, tops, strict=True)))  # fmt: skip


def status_key(
    counts: Mapping[str, int], top: float, text: Text, *, is_counted: bool = True
) -> StatusKey:
    """Of every mark that has a number, zero included."""
    cells = []
    for mark in in_order_of_marks(counts):
        cell = status_cell(mark, text, KEY_SIZE)
        words = f"{cell.words}: {text.number(counts[mark], 0)}" if is_counted else cell.words
        line = CellLine(words, cell.lines[0].size, is_bold=True)
        cells.append(replace(cell, lines=(line,), is_centred=True, side=2))
    rows = in_rows(cells) if cells else []
    return StatusKey(tuple(row_of_key(row, top + at * ONE_ROW, text)
                           for at, row in enumerate(rows)))  # fmt: skip


def row_of_key(row: Sequence[TableCell], top: float, text: Text) -> TablePart:
    needs = [arial_width(cell.words, KEY_SIZE, is_bold=True) + 6 for cell in row]
    widths = [need * CONTENT_WIDTH / sum(needs) for need in needs]
    words = text.listed(cell.words for cell in row)
    look = TableLook(text("slides.key"), words, widths, ONE_ROW)
    return TablePart(SlideBox(36, top, CONTENT_WIDTH, ONE_ROW), [row], look)


def in_rows(cells: list[TableCell]) -> list[Sequence[TableCell]]:
    """As few rows as have room for the words in the smallest type."""
    return in_parts_that_fit(cells, len(cells), has_room)


def has_room(cells: Sequence[TableCell]) -> bool:
    needs = sum(arial_width(cell.words, SMALLEST, is_bold=True) + ROOM_OF_ICON for cell in cells)
    return needs <= CONTENT_WIDTH
