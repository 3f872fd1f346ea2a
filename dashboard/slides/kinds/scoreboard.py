"""The goals of a framework in one area: status, figure, trend, gap, and how many States do well."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from dashboard.charts.captions import source_of
from dashboard.charts.chart_parts import SmallTrendPart
from dashboard.charts.multiples import small_trend
from dashboard.charts.native_numbers import HARD_SPACE, letter_of
from dashboard.charts.picture import points_in_words
from dashboard.charts.points import reservation_mark
from dashboard.charts.slide_shapes import ChartLook, SlideBox
from dashboard.charts.specification import Mark
from dashboard.context import PageContext
from dashboard.released.reporting import MISSING_ANSWER, latest_round
from dashboard.released.scoreboard import (
    NO_FIGURE,
    SUPPRESSED,
    Scoreboard,
    ScoreboardRow,
    read_scoreboard,
    rows_by_framework,
)
from dashboard.released.series import AssessedSeries
from dashboard.released.state_statuses import doing_well_in_row, doing_well_in_words
from dashboard.slides.compared_figures import figure_of_series, with_flags
from dashboard.slides.content import (
    Footnote,
    SlideContent,
    SlideFigure,
    SlideKind,
    SlideRequest,
    words_of_footnote,
)
from dashboard.slides.links import full_link, short_link
from dashboard.slides.measures import CONTENT_HEIGHT, CONTENT_LEFT, CONTENT_TOP, CONTENT_WIDTH
from dashboard.slides.parts import SlidePart, TablePart
from dashboard.slides.pieces import in_equal_parts
from dashboard.slides.tables import CellLine, TableCell, TableLook, cell
from dashboard.slides.words import (
    letters_footnote,
    publishers_in_words,
    status_cell,
    title_of_clauses,
)
from dashboard.target_text import READING_MARK, rests_on_reading
from dashboard.texts import Text
from dashboard.wording.board_findings import counting_caveats, finding_of_board
from dashboard.wording.scoreboard_words import (
    area_in_words,
    gap_or_change,
    latest_with_area,
    named_gap_or_change,
    other_series_in_words,
    status_of_goal_words,
)
from dashboard.wording.series_facts import (
    MIDDLE_DOT,
    area_name,
    areas_in_words,
    calculation,
    goal_in_area,
    without_mark,
)
from metrics.catalogue.definitions.frameworks import Framework
from metrics.core.errors import SubmissionError
from metrics.core.tables import EU
from metrics.core.verdicts import Status
from metrics.messages.sentences import as_sentence

SCOREBOARD_PATH, CARDS_PATH = "/", "/series"  # both show the goals in one area
SCOREBOARD_PAGES = (SCOREBOARD_PATH, CARDS_PATH)
GOALS_OF_A_SLIDE = 10
SHORT_VALUE = 8  # letters of a value that is printed with its unit
HEAD_HEIGHT = 34.0
WIDTHS = (232.0, 178.0, 150.0, 112.0, 116.0, 100.0)
TREND_LEFT = 36 + sum(WIDTHS[:3])
WITHOUT_STATUS = {Status.NOT_ASSESSED, SUPPRESSED, NO_FIGURE}
TALL_ROW = 34.0  # has room for the code above the name


def read_scoreboards(request: SlideRequest) -> list[SlideContent]:
    """A slide for each framework; a long one in several."""
    board = scoreboard_with_goals(request.context)
    return [
        content_of_part(request, part, board)
        for part in parts_of_scoreboard(board, request.context, GOALS_OF_A_SLIDE)
    ]


def scoreboard_with_goals(context: PageContext) -> Scoreboard:
    """The scoreboard of a link; an error where it has no goal."""
    board = read_scoreboard(context)
    if not board.rows:
        raise SubmissionError("deck_nothing_there", why=context.text("overview.none"))
    return board


@dataclass(frozen=True)
class ScoreboardPart:
    """The goals of a framework that one slide has, and all of them."""

    framework: Framework
    all_rows: Sequence[ScoreboardRow]
    rows: Sequence[ScoreboardRow]


def parts_of_scoreboard(
    board: Scoreboard, context: PageContext, most: int
) -> Iterator[ScoreboardPart]:
    """A part for each framework; more where it has more goals than a slide has room for."""
    for framework, rows in rows_by_framework(board.rows, context.definitions.frameworks):
        for part in in_equal_parts(rows, most):
            yield ScoreboardPart(framework, rows, part)


def content_of_part(request: SlideRequest, part: ScoreboardPart, board: Scoreboard) -> SlideContent:
    context, text, framework = request.context, request.context.text, part.framework
    own = Scoreboard(board.area, tuple(part.all_rows))
    is_area_named = not board.area
    missing, counted = [*coverage_of_round(board, context)], counting_caveats(board, context)
    published = publishers_in_words((row.series for row in part.rows), text)
    figures = {
        goal_in_area(row.goal, row.own.area, text): compared_figure(
            row, text, is_area_named=is_area_named
        )
        for row in part.rows
    }
    notes = [
        *(f"{row.goal.code} {row.goal.name(text.language)}. {' '.join(notes_of_row(row, context))}"
          for row in part.rows),
        text("scoreboard.key"),
        *counted,
        *filter(None, [published]),
    ]  # fmt: skip
    named = context.with_changes(framework=framework.code, area=board.area)
    return SlideContent(
        title=finding_of_framework(own, context),
        goal_line=MIDDLE_DOT.join([framework.name(text.language), area_line(board, text)]),
        parts=lambda: parts_of_rows(part.rows, context, is_area_named=is_area_named),
        footnotes=(
            *finding_of_all_goals(part, board, context),
            *missing,
            *counted,
            *footnotes_of(part.rows, text),
            published,
        ),
        notes=tuple(notes),
        short_path=short_link(request, f"/?framework={framework.code}"),
        link=full_link(request, named),
        source=without_mark(source_of(context)),
        figures=figures,
        caveats=tuple(map(words_of_footnote, missing)),
    )


def compared_figure(row: ScoreboardRow, text: Text, *, is_area_named: bool = False) -> SlideFigure:
    """As the row says it, with its value, flags and status."""
    series = row.series
    words = words_of_row(row, text, is_area_named=is_area_named)
    return figure_of_series(words, series, series.last_known if series else None, row.own.mark)


def area_line(board: Scoreboard, text: Text) -> str:
    return area_name(board.area, text) if board.area else area_in_words(board, text)


def finding_of_framework(board: Scoreboard, context: PageContext) -> str:
    """As on the page, for the goals of one framework."""
    finding = finding_of_board(board, context)
    return title_of_clauses(finding.first, finding.others, context.text)


def finding_of_all_goals(
    part: ScoreboardPart, board: Scoreboard, context: PageContext
) -> Iterator[Footnote]:
    """As the page begins, where the link names all frameworks and the slide has one of them."""
    if len(part.all_rows) < len(board.rows):
        text, finding = context.text, finding_of_board(board, context)
        forms = [text("slides.all_goals", finding=words)
                 for words in (finding.in_words(text), finding.first)]  # fmt: skip
        yield Footnote(forms[0], (forms[1],))


def coverage_of_round(board: Scoreboard, context: PageContext) -> Iterator[Footnote]:
    """`No report for 2025: BG, HU.`: who is missing from the figures of the Union."""
    answers = latest_round(context.release)
    missing = answers.states_with(MISSING_ANSWER)
    if missing and (not board.area or board.area == EU):
        named = areas_in_words(missing, context.text)
        yield Footnote(context.text("slides.no_report", round=answers.round, areas=named))


def notes_of_row(row: ScoreboardRow, context: PageContext) -> list[str]:
    return [*islice(calculation(row.series, None, context), 3)] if row.series else []


def words_of_row(row: ScoreboardRow, text: Text, *, is_area_named: bool = False) -> str:
    """`Behind; 8,824 persons (2025); gap −1,125`."""
    series = row.series
    if series is None or series.last_known is None:
        return text(f"status.{row.own.mark}")
    latest = latest_with_area(series, text, is_area_named=is_area_named)
    figure = with_flags(latest, series.last_known, text)
    name = f"{series.title(text)}: " if row.is_of_other_series else ""
    value = f"{name}{figure} ({text.period(series.last_known['period'])})"
    gap = "" if row.is_of_other_series else named_gap_or_change(series, text)
    return text.listed([text(f"status.{row.own.mark}"), value, gap])


def gap_of_row(row: ScoreboardRow, text: Text) -> str:
    """As on the page: the figure of another series than the headline has no gap."""
    series = row.series
    if series is None or series.last_known is None or row.is_of_other_series:
        return ""
    return gap_or_change(series, text)


def other_series(part: Sequence[ScoreboardRow], text: Text) -> str:
    """`GA-2.1: Persons convicted.`: the series of figures that are not of the headline series."""
    named = [
        f"{row.goal.code}: {series_with_statuses(row, row.series, text)}"
        for row in part
        if row.series and row.series.last_known and row.is_of_other_series
    ]
    return as_sentence(text.listed(named))


def series_with_statuses(row: ScoreboardRow, series: AssessedSeries, text: Text) -> str:
    """With a status of the series also that of the goal, which the table has."""
    words = other_series_in_words(series, text)
    return words if words == series.title(text) else f"{words}. {status_of_goal_words(row, text)}"


def footnotes_of(part: Sequence[ScoreboardRow], text: Text) -> list[Footnote | str]:
    letters = {
        letter_of(mark): mark.words
        for row in part
        if row.series is not None and (mark := mark_of_latest(row, text))
    }
    flags = text.listed(f"{letter}{HARD_SPACE}{words}" for letter, words in letters.items())
    keys = ("slides.dashed", "slides.as_wanted", "slides.gap")
    return [
        letters_footnote(flags),
        reading_footnote(part, text),
        other_series(part, text),
        *(text(key) for key in keys),
    ]


def reading_footnote(part: Sequence[ScoreboardRow], text: Text) -> Footnote | str:
    """What the mark beside a goal says, if any goal has it."""
    is_marked = any(rests_on_reading(row.goal) for row in part)
    return Footnote(f"{READING_MARK}{HARD_SPACE}{text('scoreboard.reading')}") if is_marked else ""


def mark_of_latest(row: ScoreboardRow, text: Text) -> Mark:
    """What qualifies the latest figure."""
    latest = row.series.last_known if row.series else None
    return reservation_mark(latest, text) if latest is not None else Mark()


def parts_of_rows(
    part: Sequence[ScoreboardRow], context: PageContext, *, is_area_named: bool
) -> Iterator[SlidePart]:
    text, usual = context.text, usual_period(part)
    height = min(42.0, (CONTENT_HEIGHT - HEAD_HEIGHT) / len(part))
    rows = [
        [
            name_cell(row, height, text),
            status_cell(row.own.mark, text, 16),
            TableCell(tuple(lines_of_figure(row, usual, text, is_area_named=is_area_named))),
            cell(""),
            cell(gap_of_row(row, text), 17, is_bold=True),
            TableCell(tuple(states_as_wanted(row, context)), is_centred=True),
        ]
        for row in part
    ]
    words = text.listed(
        f"{row.goal.code}: {words_of_row(row, text, is_area_named=is_area_named)}" for row in part
    )
    look = TableLook(text("scoreboard.title"), words, WIDTHS, height, HEAD_HEIGHT)
    box = SlideBox(CONTENT_LEFT, CONTENT_TOP, CONTENT_WIDTH, HEAD_HEIGHT + height * len(part))
    yield TablePart(box, [head_cells(usual, text), *rows], look)
    for at, row in enumerate(part):
        top = CONTENT_TOP + HEAD_HEIGHT + at * height + 2
        room = SlideBox(TREND_LEFT + 3, top, WIDTHS[3] - 6, height - 4)
        yield from trend_of_row(row, room, text)


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
    code, name = marked_code(row), str(row.goal.short_name(text.language))
    if height >= TALL_ROW:
        return TableCell((CellLine(code, 12), CellLine(name, 16)), side=2)
    return TableCell((CellLine(f"{code} {name}", 14),), side=2)


def marked_code(row: ScoreboardRow) -> str:
    """With a mark where no document sets the level or step of the goal."""
    code = row.goal.code
    return f"{code}{HARD_SPACE}{READING_MARK}" if rests_on_reading(row.goal) else code


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
        yield CellLine(below, 13, is_optional=not period)


SCOREBOARD_SLIDE = SlideKind("scoreboard", read_scoreboards, SCOREBOARD_PAGES, is_usual=True)
