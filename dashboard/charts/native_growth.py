"""The yearly growth of a native chart, below the years: it goes where the chart is copied to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pptx.util import Pt

from dashboard.charts.arial_widths import arial_width
from dashboard.charts.native_charts import Pptx
from dashboard.charts.native_sheets import SAME_TIME, ChartSheet, rows_of_time
from dashboard.charts.slide_shapes import ChartLook
from dashboard.charts.specification import Strip, Tick, TimeChart
from metrics.messages.local_formats import HARD_SPACE

MIDDLE_DOT = " · "
SMALLER = (0.0, 1.0, 2.0, 3.0, 4.0)  # points that the words below the axis may lose
LEAST_BELOW_YEARS = 12.0  # points, of a chart whose words are larger
SHARE_OF_TITLE = 0.72  # of the width of a chart: LibreOffice breaks a longer title
COLUMN_SHARE_OF_GROWTH = 0.94  # that words may take: a program turns wider ones on end


@dataclass(frozen=True)
class GrowthRow:
    """Row of the sheet → the growth below it, in type in which it has room."""

    words: Mapping[int, str] = field(default_factory=dict)
    size: float = 0.0

    def below(self, sheet: ChartSheet) -> ChartSheet:
        """The sheet with the growth as the last line of the names of its rows, all on one level."""
        if not self.words:
            return sheet
        lines = max(name.count("\n") for name in sheet.rows) + 1
        names = []
        for at, name in enumerate(sheet.rows):
            blank = [HARD_SPACE] * (lines - name.count("\n") - 1)
            names.append("\n".join([name, *blank, self.words[at]]) if at in self.words else name)
        return replace(sheet, rows=tuple(names))

    def write_size(self, native: Pptx) -> None:
        """The type of the years, which the growth shares; upright in every program."""
        if self.words:
            labels = native.category_axis.tick_labels
            labels.font.size = Pt(self.size)


def growth_row(chart: TimeChart, column: float, size: float) -> GrowthRow:
    """The growth of each year and, where the path goes on, the growth that was agreed.

    Where the columns have no room for all of it in small type, for the latest years alone.
    """
    entries = [*entries_of_rows(chart)]
    sizes = [max(min(size, LEAST_BELOW_YEARS), size - less) for less in SMALLER]
    for own in sizes:
        if all(fits(words, column, own) for _, words in entries):
            return GrowthRow(dict(entries), own)
    return GrowthRow({at: words for at, words in entries if fits(words, column, sizes[-1])},
                     sizes[-1])  # fmt: skip


def fits(words: str, column: float, size: float) -> bool:
    return arial_width(words, size) <= COLUMN_SHARE_OF_GROWTH * column


def entries_of_rows(chart: TimeChart) -> Sequence[tuple[int, str]]:
    if chart.strip is None:
        return ()
    ticks = [*chart.strip.entries, *filter(None, [chart.strip.wanted])]
    rows = enumerate(rows_of_time(chart))
    return [(at, tick.label) for at, row in rows for tick in ticks if is_at(tick, row)]


def is_at(tick: Tick, row: Tick) -> bool:
    return abs(tick.at - row.at) < SAME_TIME


def with_caption(look: ChartLook, strip: Strip | None, width: float) -> ChartLook:
    """The title of the chart also says what stands below the years: without room its name."""
    if strip is None:
        return look
    forms = [MIDDLE_DOT.join(filter(None, [look.title, words]))
             for words in (strip.caption, strip.name)]  # fmt: skip
    room = SHARE_OF_TITLE * width
    title = next((form for form in forms if arial_width(form, look.size) <= room), forms[-1])
    return replace(look, title=title)
