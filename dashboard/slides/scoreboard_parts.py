"""The goals of a scoreboard on slides: which of them one slide has, and their rows as a table."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.charts.chart_parts import SmallTrendPart
from dashboard.charts.multiples import small_trend
from dashboard.charts.native_numbers import letter_of
from dashboard.charts.picture import points_in_words
from dashboard.charts.points import reservation_mark
from dashboard.charts.slide_shapes import ChartLook, SlideBox
from dashboard.charts.specification import Mark
from dashboard.context import PageContext
from dashboard.released.scoreboard import Scoreboard, ScoreboardRow, rows_by_framework
from dashboard.released.state_statuses import doing_well_in_row, doing_well_in_words
from dashboard.slides.compared_figures import with_flags
from dashboard.slides.goals_without_figures import (
    divide_by_figures,
    is_without_figures,
    part_without_figures,
    room_for_names,
)
from dashboard.slides.measures import (
    CONTENT_BOTTOM,
    CONTENT_HEIGHT,
    CONTENT_LEFT,
    CONTENT_TOP,
    CONTENT_WIDTH,
    HAIR,
)
from dashboard.slides.paragraphs import keep_unit_beside
from dashboard.slides.parts import SlidePart, TablePart
from dashboard.slides.table_parts import in_equal_parts
from dashboard.slides.tables import (
    SMALLEST,
    CellLine,
    TableCell,
    TableLook,
    cell,
    least_height,
    shared_heights,
    widths_with_room,
)
from dashboard.slides.words import marked_code, status_cell
from dashboard.texts import Text
from dashboard.wording.scoreboard_words import (
    gap_of_row,
    latest_with_area,
    name_gap,
    other_base,
    usual_base,
)
from metrics.catalogue.definitions.frameworks import Framework
from metrics.messages.local_formats import HARD_SPACE

GOALS_OF_A_SLIDE = 8  # in type that explains, which is read from the last row
SHORT_VALUE = 8  # letters of a value that is printed with its unit
HEAD_HEIGHT, GOAL_ROW = 34.0, 42.0
WIDTHS = (232.0, 178.0, 150.0, 112.0, 116.0, 100.0)
TREND_COLUMN, TREND_MARGIN = 3, 3.0
SIZES_OF_GOALS = (17.0, 15.0, 14.0, 13.0, SMALLEST)
TALL_ROW = 34.0  # has room for the code above the name


@dataclass(frozen=True)
class ScoreboardPart:
    """The goals of a framework that one slide has, and all of them."""

    framework: Framework
    all_rows: Sequence[ScoreboardRow]
    rows: Sequence[ScoreboardRow]
    without_figures: Sequence[ScoreboardRow] = ()  # named in one row

    @property
    def every_row(self) -> list[ScoreboardRow]:
        return [*self.rows, *self.without_figures]

    @property
    def only_goal(self) -> ScoreboardRow | None:
        """Of a framework with one goal, which leaves room for more about it."""
        return self.all_rows[0] if len(self.all_rows) == 1 else None


@dataclass(frozen=True)
class RoomForGoals:
    """How many goals a slide has, and how low their rows may be."""

    most: int
    height: float
    least_row: float


SCOREBOARD_ROOM = RoomForGoals(GOALS_OF_A_SLIDE, CONTENT_HEIGHT - HEAD_HEIGHT, TALL_ROW)


def parts_of_scoreboard(
    board: Scoreboard, context: PageContext, room: RoomForGoals
) -> Iterator[ScoreboardPart]:
    """A part for each framework; more where it has more goals than a slide has room for.

    Goals that have a figure nowhere are named in a last row.
    """
    for framework, rows in rows_by_framework(board.rows, context.definitions.frameworks):
        known, without_figures = divide_by_figures(rows, is_without_figures)
        parts: list[Sequence[ScoreboardRow]] = [*in_equal_parts(known, room.most)]
        left = room.height - room_for_names(len(without_figures))
        if without_figures and (not parts or left / len(parts[-1]) < room.least_row):
            parts.append(())
        for number, part in enumerate(parts, 1):
            is_last = number == len(parts)
            yield ScoreboardPart(framework, rows, part, without_figures if is_last else ())


def words_of_row(row: ScoreboardRow, text: Text, *, is_area_named: bool = False) -> str:
    """`Behind; 8,824 persons (2025); gap −1,125`."""
    series = row.series
    if series is None or series.last_known is None:
        return text(f"status.{row.own.mark}")
    latest = latest_with_area(series, text, is_area_named=is_area_named)
    figure = with_flags(latest, series.last_known, text)
    name = f"{series.title(text)}: " if row.is_of_other_series else ""
    value = f"{name}{figure} ({text.period(series.last_known['period'])})"
    gap = gap_of_row(row)
    named_gap = name_gap(gap, text) if gap else ""
    return text.listed([text(f"status.{row.own.mark}"), value, named_gap])


def gap_in_cell(row: ScoreboardRow, base: str, text: Text) -> str:
    """As on the page; a change since another period than `base` names it."""
    gap = gap_of_row(row)
    written = keep_unit_beside(gap.written(text)) if gap else ""
    return f"{written} {other_base(row, base, text)}".strip()


def mark_of_latest(row: ScoreboardRow, text: Text) -> Mark:
    """What qualifies the latest figure."""
    latest = row.series.last_known if row.series else None
    return reservation_mark(latest, text) if latest is not None else Mark()


@dataclass(frozen=True)
class UsualPeriods:
    """The periods of most rows: of their latest figures, and since which their changes are."""

    latest: str
    base: str


def parts_of_rows(
    part: ScoreboardPart, context: PageContext, *, is_area_named: bool
) -> Iterator[SlidePart]:
    text, rows = context.text, part.rows
    usual = UsualPeriods(usual_period(rows), usual_base(rows))
    top = CONTENT_TOP
    if rows:
        room = CONTENT_HEIGHT - HEAD_HEIGHT - room_for_names(len(part.without_figures))
        usual_height = min(GOAL_ROW, room / len(rows))
        cells = [cells_of_goal(row, usual, usual_height, context, is_area_named=is_area_named)
                 for row in rows]  # fmt: skip
        heads = head_cells(usual.latest, text)
        widths = widths_with_room([heads, *cells], WIDTHS)
        heights = heights_of_goals(cells, widths, room, GOAL_ROW)
        words = text.listed(
            f"{row.goal.code}: {words_of_row(row, text, is_area_named=is_area_named)}"
            for row in rows
        )
        look = TableLook(text("scoreboard.title"), words, widths, GOAL_ROW, HEAD_HEIGHT,
                         heights=heights)  # fmt: skip
        box = SlideBox(CONTENT_LEFT, top, CONTENT_WIDTH, HEAD_HEIGHT + sum(heights))
        yield TablePart(box, [heads, *cells], look)
        yield from trends_of_rows(rows, widths, heights, text)
        top += box.height
    if part.without_figures:
        below = SlideBox(CONTENT_LEFT, top, CONTENT_WIDTH, CONTENT_BOTTOM - top)
        yield part_without_figures([row.goal for row in part.without_figures], below, text)


def heights_of_goals(
    rows: Sequence[Sequence[TableCell]], widths: Sequence[float], room: float, most: float
) -> list[float]:
    """A row with a long unit is higher than the others, in the largest type that leaves room."""
    for size in SIZES_OF_GOALS:
        heights = shared_heights([least_height(row, widths, size) for row in rows], room, most)
        if sum(heights) <= room + HAIR:
            break
    return heights


def cells_of_goal(
    row: ScoreboardRow,
    usual: UsualPeriods,
    height: float,
    context: PageContext,
    *,
    is_area_named: bool,
) -> list[TableCell]:
    text = context.text
    return [
        name_cell(row, height, text),
        status_cell(row.own.mark, text, 16),
        TableCell(tuple(lines_of_figure(row, usual.latest, text, is_area_named=is_area_named))),
        cell(""),
        cell(gap_in_cell(row, usual.base, text), 17, is_bold=True),
        TableCell(tuple(states_as_wanted(row, context)), is_centred=True),
    ]


def trends_of_rows(
    rows: Sequence[ScoreboardRow], widths: Sequence[float], heights: Sequence[float], text: Text
) -> Iterator[SlidePart]:
    """Over the empty cells of their column."""
    left = CONTENT_LEFT + sum(widths[:TREND_COLUMN]) + TREND_MARGIN
    width = widths[TREND_COLUMN] - 2 * TREND_MARGIN
    top = CONTENT_TOP + HEAD_HEIGHT
    for row, height in zip(rows, heights, strict=True):
        yield from trend_of_row(row, SlideBox(left, top + 2, width, height - 4), text)
        top += height


def head_cells(usual: str, text: Text) -> list[TableCell]:
    latest = f"{text('scoreboard.latest')} {text.period(usual) if usual else ''}".strip()
    heads = [text("scoreboard.goal"), text("scoreboard.status"), latest]
    heads += [text("scoreboard.trend"), text("scoreboard.gap_or_change")]
    heads += [text("slides.states_as_wanted")]
    return [cell(words, 14, is_bold=True, is_centred=at == len(heads) - 1)
            for at, words in enumerate(heads)]  # fmt: skip


def trend_of_row(row: ScoreboardRow, box: SlideBox, text: Text) -> Iterator[SlidePart]:
    """The small trend of a goal that has a figure, over its cell of the table."""
    if row.series is None or row.series.last_known is None:
        return
    trend = small_trend(row.series, text)
    points = points_in_words(trend.line, text)
    name = row.goal.short_name(text.language)
    look = ChartLook(text.language, f"{text('scoreboard.trend')} {row.goal.code}",
                     f"{name}: {points}")  # fmt: skip
    yield SmallTrendPart(trend, box, look, text("chart.path"))


def name_cell(row: ScoreboardRow, height: float, text: Text) -> TableCell:
    """The code above the name; beside it, where rows are low."""
    code, name = marked_code(row.goal), str(row.goal.short_name(text.language))
    if height >= TALL_ROW:
        return TableCell((CellLine(code, 12), CellLine(name, 16)), side=2)
    return TableCell((CellLine(f"{code} {name}", 14),), side=2)


def usual_period(part: Sequence[ScoreboardRow]) -> str:
    """The period of most figures, which heads their column."""
    known = (row.series.last_known for row in part if row.series and row.series.last_known)
    counts = Counter(str(latest["period"]) for latest in known)
    return max(counts, key=counts.__getitem__, default="")


def states_as_wanted(row: ScoreboardRow, context: PageContext) -> Iterator[CellLine]:
    """`9 of 24`; below the number, of a step or of a level to keep, `met`."""
    found, text = doing_well_in_row(row, context.release), context.text
    yield CellLine(doing_well_in_words(found, text), 17)
    if found and found.have_met:
        yield CellLine(text("slides.states_have_met"), 13)


def lines_of_figure(
    row: ScoreboardRow, usual: str, text: Text, *, is_area_named: bool
) -> Iterator[CellLine]:
    """The latest figure with its letter; below it the unit and, if it is another, the period."""
    series = row.series
    latest = series.last_known if series else None
    if series is None or latest is None:
        yield CellLine("–", 17)
        return
    mark = mark_of_latest(row, text)
    period = "" if latest["period"] == usual else text.period(latest["period"])
    figure = latest_with_area(series, text, is_area_named=is_area_named)
    yield from value_lines(figure, letter_of(mark) if mark else "", period)


def value_lines(
    value: str, letter: str = "", period: str = "", size: float = 17, year: str = ""
) -> Iterator[CellLine]:
    """`8,824 p` above `persons`; a short value and its unit in one line; `6 (2024)`."""
    number, _, unit = value.rpartition(HARD_SPACE)
    if not number or len(value) <= SHORT_VALUE:
        number, unit = value, ""
    yield CellLine(HARD_SPACE.join(filter(None, [number, letter])) + year, size, is_bold=True)
    if below := ", ".join(filter(None, [unit, period])):
        yield CellLine(below, 13)
