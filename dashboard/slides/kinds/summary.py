"""A scoreboard on one slide: the goals of each framework by status, and the operational goals."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.charts.captions import source_of
from dashboard.charts.slide_shapes import SlideBox
from dashboard.context import PageContext
from dashboard.released.goal_statuses import NO_FIGURE
from dashboard.released.scoreboard import Scoreboard, ScoreboardRow, rows_by_framework
from dashboard.slides.area_caveats import missing_reports
from dashboard.slides.content import (
    Footnote,
    SlideContent,
    SlideFigure,
    SlideKind,
    SlideRequest,
    words_of_footnote,
)
from dashboard.slides.kinds.scoreboard import (
    SCOREBOARD_PAGES,
    area_line,
    board_path,
    compared_figure,
    coverage_of_round,
    finding_of_framework,
    footnotes_of,
    goal_below,
    notes_of_row,
    scoreboard_with_goals,
)
from dashboard.slides.links import full_link, short_link
from dashboard.slides.measures import CONTENT_BOTTOM, CONTENT_LEFT, CONTENT_TOP, CONTENT_WIDTH
from dashboard.slides.parts import SlidePart, TablePart
from dashboard.slides.scoreboard_parts import (
    TREND_COLUMN,
    UsualPeriods,
    cells_of_goal,
    head_cells,
    heights_of_goals,
    usual_period,
    words_of_row,
)
from dashboard.slides.status_key import status_key
from dashboard.slides.tables import (
    TableLook,
    cell,
    least_height,
    widths_with_room,
)
from dashboard.slides.words import in_order_of_marks, latest_rows, published_by, where_room
from dashboard.texts import Text
from dashboard.wording.scoreboard_findings import counting_caveats
from dashboard.wording.scoreboard_words import CALL_FOR_ATTENTION, usual_base
from dashboard.wording.series_facts import MIDDLE_DOT, goal_in_area, without_mark
from metrics.catalogue.definitions.frameworks import Framework
from metrics.core.verdicts import Status
from metrics.messages.local_formats import HARD_SPACE

GOALS_IN_SUMMARY = 7  # of goals
FRAMEWORK_WIDTHS = (340.0, 548.0)
FRAMEWORK_ROW, HEAD_ROW, GOAL_ROW = 22.0, 28.0, 38.0
BETWEEN_PARTS = 2.0
GOAL_WIDTHS = (272.0, 200.0, 176.0, 136.0, 104.0)
LISTED_LAST = {Status.NOT_ASSESSED, NO_FIGURE}


@dataclass(frozen=True)
class BoardSummary:
    """The goals of a scoreboard by framework, and those that have a row of their own."""

    board: Scoreboard
    frameworks: Sequence[tuple[Framework, Sequence[ScoreboardRow]]]
    listed: Sequence[ScoreboardRow]

    @property
    def listed_of(self) -> int:
        """Of how many goals of their framework these are."""
        codes = {row.goal.framework for row in self.listed}
        return sum(row.goal.framework in codes and is_operational(row) for row in self.board.rows)


def read_summary(request: SlideRequest) -> list[SlideContent]:
    context = request.context
    board = scoreboard_with_goals(context)
    frameworks = [*rows_by_framework(board.rows, context.definitions.frameworks)]
    _, first = frameworks[0]
    summary = BoardSummary(board, frameworks, goals_listed(first))
    return [content_of_summary(request, summary)]


def is_operational(row: ScoreboardRow) -> bool:
    """Whether it is no policy target, which has operational goals below it."""
    return row.goal.code != row.goal.policy_target


def goals_listed(rows: Sequence[ScoreboardRow]) -> list[ScoreboardRow]:
    """All operational goals or, of more than have room, first those that call for attention."""
    goals = [row for row in rows if is_operational(row)]
    if len(goals) <= GOALS_IN_SUMMARY:
        return goals
    chosen = sorted(goals, key=rank_of_row)[:GOALS_IN_SUMMARY]
    return [row for row in goals if row in chosen]


def rank_of_row(row: ScoreboardRow) -> int:
    if row.own.mark in CALL_FOR_ATTENTION:
        return 0
    return 2 if row.own.mark in LISTED_LAST else 1


def content_of_summary(request: SlideRequest, summary: BoardSummary) -> SlideContent:
    context, board = request.context, summary.board
    text, names = context.text, [framework for framework, _ in summary.frameworks]
    is_area_named = not board.area
    missing, counted = [*coverage_of_round(board, context)], counting_caveats(board, context)
    published = published_by(latest_rows(row.series for row in summary.listed), text)
    about = names[0].name(text.language) if len(names) == 1 else text("slides.all_frameworks")
    chosen = names[0] if len(names) == 1 else None
    return SlideContent(
        title=finding_of_framework(board, context),
        goal_line=MIDDLE_DOT.join([str(about), area_line(board, text)]),
        parts=lambda: parts_of_summary(summary, context),
        footnotes=(
            *goals_left_out(summary, text),
            *missing,
            *counted,
            *footnotes_of(summary.listed, text, has_trends=False),
            where_room(published),
        ),
        notes=(
            *counts_of_frameworks(summary, text),
            *accounts_of_goals(summary.listed, context),
            *counted,
            words_of_footnote(published),
        ),
        short_path=short_link(request, board_path(chosen, context)),
        link=full_link(request, context.with_changes(area=board.area)),
        source=without_mark(source_of(context)),
        figures=figures_of_summary(summary, text, is_area_named=is_area_named),
        caveats=tuple(missing_reports(board, context)),
    )


def figures_of_summary(
    summary: BoardSummary, text: Text, *, is_area_named: bool
) -> dict[str, SlideFigure]:
    """The goals by status of each framework, then the goals with a row of their own."""
    counts = {
        str(framework.name(text.language)): SlideFigure(counts_in_words(rows, text))
        for framework, rows in summary.frameworks
    }
    goals = {
        goal_in_area(row.goal, row.own.area, text): compared_figure(
            row, text, is_area_named=is_area_named
        )
        for row in summary.listed
    }
    return counts | goals


def goals_left_out(summary: BoardSummary, text: Text) -> Iterator[Footnote]:
    """`7 of 19 goals: the slide of the kind Scoreboard has the others.`"""
    if summary.listed_of > len(summary.listed):
        number, every = len(summary.listed), text.number(summary.listed_of, 0)
        yield Footnote(text.counted("slides.goals_listed", number, all=every))


def counts_of_frameworks(summary: BoardSummary, text: Text) -> Iterator[str]:
    for framework, rows in summary.frameworks:
        yield f"{framework.name(text.language)}: {counts_in_words(rows, text)}."


def counts_in_words(rows: Sequence[ScoreboardRow], text: Text) -> str:
    """`On track 4; Behind 2`: the goals of a framework by status."""
    counts = Counter(row.own.mark for row in rows)
    return text.listed(
        f"{text(f'status.{mark}')}{HARD_SPACE}{text.number(counts[mark], 0)}"
        for mark in in_order_of_marks(counts)
    )


def accounts_of_goals(rows: Sequence[ScoreboardRow], context: PageContext) -> Iterator[str]:
    for row in rows:
        account = " ".join(notes_of_row(row, context))
        yield f"{row.goal.code} {row.goal.name(context.language)}. {account}"


def parts_of_summary(summary: BoardSummary, context: PageContext) -> Iterator[SlidePart]:
    text = context.text
    top = CONTENT_TOP
    if len(summary.frameworks) > 1:
        table = table_of_frameworks(summary, top, text)
        yield table
        top += table.box.height
    else:
        key = status_key(summary.board.counts, top, text)
        yield from key.parts
        top += key.height
    if summary.listed:
        table = table_of_goals(summary, top + BETWEEN_PARTS, context)
        yield table
        if len(summary.board.rows) == 1:
            below = table.box.top + table.box.height
            of_area = context.with_changes(area=summary.board.area)
            yield from goal_below(summary.board.rows[0], below, of_area)


def table_of_frameworks(summary: BoardSummary, top: float, text: Text) -> TablePart:
    """A row for each framework: its goals, and how many have which status."""
    rows = []
    for framework, own in summary.frameworks:
        number = text.counted("scoreboard.goals", len(own))
        named = f"{framework.name(text.language)}: {number}"
        rows.append([cell(named, 14, is_bold=True), cell(counts_in_words(own, text), 14)])
    heights = [max(FRAMEWORK_ROW, least_height(row, FRAMEWORK_WIDTHS)) for row in rows]
    words = " ".join(counts_of_frameworks(summary, text))
    look = TableLook(text("slides.by_framework"), words, FRAMEWORK_WIDTHS, FRAMEWORK_ROW,
                     heights=heights)  # fmt: skip
    return TablePart(SlideBox(CONTENT_LEFT, top, CONTENT_WIDTH, sum(heights)), rows, look)


def table_of_goals(summary: BoardSummary, top: float, context: PageContext) -> TablePart:
    """As a scoreboard has them, without the small trends."""
    text, listed = context.text, summary.listed
    is_area_named = not summary.board.area
    usual = UsualPeriods(usual_period(listed), usual_base(listed))
    room = CONTENT_BOTTOM - top - HEAD_ROW
    height = min(GOAL_ROW, room / len(listed))
    whole = [head_cells(usual.latest, text)]
    whole += [cells_of_goal(row, usual, height, context, is_area_named=is_area_named)
              for row in listed]  # fmt: skip
    rows = [[*row[:TREND_COLUMN], *row[TREND_COLUMN + 1 :]] for row in whole]
    words = text.listed(
        f"{row.goal.code}: {words_of_row(row, text, is_area_named=is_area_named)}" for row in listed
    )
    widths = widths_with_room(rows, GOAL_WIDTHS)
    heights = heights_of_goals(rows[1:], widths, room, GOAL_ROW)
    look = TableLook(text("scoreboard.title"), words, widths, height, HEAD_ROW, heights=heights)
    box = SlideBox(CONTENT_LEFT, top, CONTENT_WIDTH, HEAD_ROW + sum(heights))
    return TablePart(box, rows, look)


SUMMARY_SLIDE = SlideKind("summary", read_summary, paths=SCOREBOARD_PAGES)
