"""The key to the colours of statuses: icon, word and number of each, in one row of a table."""

from collections.abc import Mapping

from dashboard.charts.arial_widths import arial_width
from dashboard.charts.native_charts import Pptx
from dashboard.charts.slide_shapes import SlideBox
from dashboard.slides.measures import CONTENT_WIDTH
from dashboard.slides.tables import SMALLEST, TableCell, TableLook, add_table
from dashboard.slides.words import in_order_of_marks, status_cell
from dashboard.texts import Text

KEY_SIZE = 14
ONE_ROW = 26.0


def add_status_key(
    shapes: Pptx,
    counts: Mapping[str, int],
    top: float,
    text: Text,
    *,
    is_counted: bool = True,
) -> float:
    """Return the height that it takes: two rows, if one has no room for the words."""
    cells = []
    for mark in in_order_of_marks(counts):
        cell = status_cell(mark, text, KEY_SIZE)
        words = f"{cell.words}: {text.number(counts[mark], 0)}" if is_counted else cell.words
        line = cell.lines[0]
        cells.append(TableCell((type(line)(words, line.size, is_bold=True),), cell.ink, cell.ground,
                               is_centred=True, side=2))  # fmt: skip
    if not cells:
        return 0.0
    rows = in_rows(cells)
    for at, row in enumerate(rows):
        needs = [arial_width(cell.words, KEY_SIZE, is_bold=True) + 6 for cell in row]
        widths = [need * CONTENT_WIDTH / sum(needs) for need in needs]
        words = "; ".join(cell.words for cell in row)
        look = TableLook(text("slides.key"), words, widths, ONE_ROW)
        add_table(shapes, SlideBox(36, top + at * ONE_ROW, CONTENT_WIDTH, ONE_ROW), [row], look)
    return len(rows) * ONE_ROW


def in_rows(cells: list[TableCell]) -> list[list[TableCell]]:
    """One row where the words fit in the smallest type, else two."""
    needs = sum(arial_width(cell.words, SMALLEST, is_bold=True) + 8 for cell in cells)
    if needs <= CONTENT_WIDTH:
        return [cells]
    half = (len(cells) + 1) // 2
    return [cells[:half], cells[half:]]
