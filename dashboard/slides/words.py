"""Words that slides of several kinds print: flags, marks of statuses, who is missing."""

from collections.abc import Mapping

from dashboard.charts.arial_widths import arial_lines
from dashboard.charts.native_numbers import HARD_SPACE
from dashboard.charts.status_marks import status_mark
from dashboard.released.scoreboard import SCOREBOARD_MARKS
from dashboard.slides.tables import CellLine, TableCell
from dashboard.texts import Text
from dashboard.wording.scoreboard_words import short_word

TITLE_WIDTH, TITLE_LINES, LEAST_TITLE = 860.0, 2, 24  # with room for the number of a part


def status_cell(mark: str, text: Text, size: float = 16) -> TableCell:
    """Icon and word of a status, on its colour."""
    look = status_mark(mark)
    words = f"{look.icon}{HARD_SPACE}{short_word(mark, text)}"
    return TableCell((CellLine(words, size, is_bold=True),), look.ink, look.ground)


def icon_cell(mark: str, size: float) -> TableCell:
    """The icon alone, beside a key that has the words."""
    look = status_mark(mark)
    line = CellLine(look.icon, size, is_bold=True)
    return TableCell((line,), look.ink, look.ground, is_centred=True, side=0)


def in_order_of_marks(counts: Mapping[str, int]) -> list[str]:
    return [mark for mark in SCOREBOARD_MARKS if counts.get(mark)]


def title_of_clauses(first: str, others: Mapping[str, int], text: Text) -> str:
    """The clauses that two lines of a title hold: the smallest numbers are left out first."""
    kept = dict(others)
    while kept and not is_title(text.listed([first, *kept])):
        del kept[min(kept, key=kept.__getitem__)]
    return text.listed([first, *kept])


def is_title(words: str) -> bool:
    return len(arial_lines(words, TITLE_WIDTH, LEAST_TITLE, is_bold=True)) <= TITLE_LINES
