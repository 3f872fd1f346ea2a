"""The status of every goal of a framework in the Union and in each Member State."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dashboard.charts.captions import source_of
from dashboard.charts.slide_shapes import SlideBox
from dashboard.context import PageContext
from dashboard.released.scoreboard import Scoreboard, ScoreboardRow
from dashboard.released.state_statuses import going_well
from dashboard.slides.content import SlideContent, SlideFigure, SlideKind, SlideRequest
from dashboard.slides.goals_without_figures import (
    is_without_figures,
    part_without_figures,
    room_for_names,
)
from dashboard.slides.kinds.scoreboard import (
    SCOREBOARD_PAGES,
    WITHOUT_STATUS,
    board_path,
    goal_below,
    reading_footnote,
    scoreboard_with_goals,
)
from dashboard.slides.links import full_link, short_link
from dashboard.slides.measures import CONTENT_BOTTOM, CONTENT_LEFT, CONTENT_TOP, CONTENT_WIDTH
from dashboard.slides.paragraphs import Paragraphs
from dashboard.slides.parts import SlidePart, TablePart, TextPart
from dashboard.slides.scoreboard_parts import (
    RoomForGoals,
    ScoreboardPart,
    parts_of_scoreboard,
)
from dashboard.slides.status_key import status_key
from dashboard.slides.tables import CellLine, TableCell, TableLook, cell
from dashboard.slides.words import icon_cell, marked_code
from dashboard.texts import Text
from dashboard.wording.periods import as_of_period
from dashboard.wording.scoreboard_findings import finding_of_board
from dashboard.wording.series_facts import (
    MIDDLE_DOT,
    area_name,
    goal_in_area,
    without_mark,
)
from metrics.catalogue.codelists import member_states

MATRIX_ROOM = RoomForGoals(most=11, height=230.0, least_row=20.0)  # with a key of three rows
NAME_WIDTH, OWN_WIDTH = 170.0, 42.0
WIDE_NAME = 228.0  # of rows that are too low for two lines
CODES_HEIGHT, LOWEST_OF_TWO_LINES = 26.0, 30.0
HIGHEST_OF_MATRIX = 40.0
BELOW_ONE_GOAL = 16.0  # to the States of each status, which are named where there is room


def read_matrix(request: SlideRequest) -> list[SlideContent]:
    context = request.context
    board = scoreboard_with_goals(context)
    return [
        content_of_matrix(request, part, board.area)
        for part in parts_of_scoreboard(board, context, MATRIX_ROOM)
    ]


def content_of_matrix(request: SlideRequest, part: ScoreboardPart, area: str) -> SlideContent:
    context, text, framework = request.context, request.context.text, part.framework
    figures = {
        goal_in_area(row.goal, state.area, text): SlideFigure(text(f"status.{state.mark}"))
        for row in part.every_row
        for state in (row.own, *row.states)
    }
    notes = [words_of_goal(row, context) for row in part.every_row]
    named = context.with_changes(framework=framework.code)
    of_area = context.with_changes(area=area)
    return SlideContent(
        title=finding_of_matrix(part.all_rows, context),
        goal_line=MIDDLE_DOT.join([framework.name(text.language), text("state.menu")]),
        parts=lambda: parts_of_matrix(part, of_area),
        footnotes=(
            reading_footnote(part.every_row, text),
            text("goal.no_ranking"),
            text("slides.headline"),
            not_current_in_words(part.all_rows, text),
        ),
        notes=tuple(notes),
        short_path=short_link(request, board_path(framework, context)),
        link=full_link(request, named),
        source=without_mark(source_of(context)),
        figures=figures,
    )


def not_current_in_words(rows: Sequence[ScoreboardRow], text: Text) -> str:
    period = Scoreboard("", tuple(rows)).period
    if not period:
        return text("slides.not_current")
    return text("slides.not_current_then", period=text.period(period))


def finding_of_matrix(rows: Sequence[ScoreboardRow], context: PageContext) -> str:
    """In how many cases, each a goal in a State, it is met or progresses; the key has the others.

    Where nothing is assessed, that; of published figures how many goals have one, as on the page.
    """
    text, counts, board = context.text, counts_of_cases(rows), Scoreboard("", tuple(rows))
    everything = text.number(counts.total(), 0)
    if set(counts) <= WITHOUT_STATUS and context.is_published:
        return finding_of_board(board, context).first
    finding = text.counted("slides.matrix_finding", going_well(counts), all=everything)
    if set(counts) <= WITHOUT_STATUS:
        finding = text("slides.matrix_unassessed", all=everything)
    return as_of_period(finding, board.period, text)


def counts_of_cases(rows: Sequence[ScoreboardRow]) -> Counter[str]:
    """How many goals have each mark in a State."""
    return Counter(state.mark for row in rows for state in row.states)


def words_of_goal(row: ScoreboardRow, context: PageContext) -> str:
    """`GA-1.1 Victims identified: Behind: BE, DK, FR; On track: ES`."""
    listed = context.text.listed(states_by_mark(row, context.text))
    return f"{row.goal.coded_name(context.language)}: {listed}."


def states_by_mark(row: ScoreboardRow, text: Text) -> list[str]:
    """`Behind: BE, DK, FR`: the States of each status."""
    by_mark: dict[str, list[str]] = {}
    for state in row.states:
        by_mark.setdefault(state.mark, []).append(state.area)
    return [f"{text(f'status.{mark}')}: {', '.join(areas)}" for mark, areas in by_mark.items()]


def parts_of_matrix(matrix: ScoreboardPart, context: PageContext) -> Iterator[SlidePart]:
    text, part, area = context.text, matrix.rows, context.view.area
    first = area_name(area, text) if area else text("overview.all")
    of_area = dict.fromkeys(
        (row.own.mark for row in matrix.all_rows), 0
    )  # in the first column alone
    key = status_key(of_area | counts_of_cases(matrix.all_rows), CONTENT_TOP, text)
    yield from key.parts
    top = CONTENT_TOP + key.height + 4
    if part:
        table = table_of_matrix(matrix, [first, *member_states()], top, context)
        yield table
        top += table.box.height
    below = SlideBox(CONTENT_LEFT, top, CONTENT_WIDTH, CONTENT_BOTTOM - top)
    if matrix.without_figures:
        yield part_without_figures([row.goal for row in matrix.without_figures], below, text)
    if matrix.only_goal and part:
        yield from below_only_row(part[0], below, context)


def below_only_row(
    row: ScoreboardRow, below: SlideBox, context: PageContext
) -> Iterator[SlidePart]:
    """The States of each status; of a goal that has a figure nowhere, what there is instead."""
    if is_without_figures(row):
        yield from goal_below(row, below.top, context)
        return
    listed = Paragraphs(states_by_mark(row, context.text), 20)
    room = replace(below, top=below.top + BELOW_ONE_GOAL, height=below.height - BELOW_ONE_GOAL)
    yield TextPart(room, listed, context.text("state.menu"))


def table_of_matrix(
    matrix: ScoreboardPart, codes: Sequence[str], top: float, context: PageContext
) -> TablePart:
    """A row for each goal, and a column for each area."""
    part = matrix.rows
    room = CONTENT_BOTTOM - top - CODES_HEIGHT - room_for_names(len(matrix.without_figures))
    height = min(HIGHEST_OF_MATRIX, room / len(part))
    name = NAME_WIDTH if height >= LOWEST_OF_TWO_LINES else WIDE_NAME
    width = (CONTENT_WIDTH - name - OWN_WIDTH) / (len(codes) - 1)
    widths = [name, OWN_WIDTH, *[width] * (len(codes) - 1)]
    head = [cell(""), *(TableCell((CellLine(code, 13, is_bold=True),), is_centred=True, side=0)
                        for code in codes)]  # fmt: skip
    rows = [[matrix_name(row, height, context), icon_cell(row.own.mark, 18),
             *(icon_cell(state.mark, 15) for state in row.states)] for row in part]  # fmt: skip
    words = " ".join(words_of_goal(row, context) for row in part)
    look = TableLook(context.text("slides.matrix"), words, widths, height, CODES_HEIGHT)
    box = SlideBox(CONTENT_LEFT, top, CONTENT_WIDTH, CODES_HEIGHT + height * len(part))
    return TablePart(box, [head, *rows], look)


def matrix_name(row: ScoreboardRow, height: float, context: PageContext) -> TableCell:
    code, name = marked_code(row.goal), str(row.goal.short_name(context.language))
    if height >= LOWEST_OF_TWO_LINES:
        return TableCell((CellLine(code, 12), CellLine(name, 13)), side=0)
    return TableCell((CellLine(f"{code} {name}", 13),), side=0)


MATRIX_SLIDE = SlideKind("matrix", read_matrix, paths=SCOREBOARD_PAGES)
