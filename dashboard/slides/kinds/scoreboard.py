"""The goals of a framework in one area: status, figure, trend, gap, and how many States do well."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from dashboard.charts.captions import source_of
from dashboard.charts.native_numbers import letter_of
from dashboard.charts.slide_shapes import SlideBox
from dashboard.context import PageContext
from dashboard.released.goal_statuses import NO_FIGURE, SUPPRESSED
from dashboard.released.reporting import MISSING_ANSWER, latest_answers
from dashboard.released.scoreboard import Scoreboard, ScoreboardRow, read_scoreboard
from dashboard.released.series import AssessedSeries
from dashboard.slides.area_caveats import missing_reports
from dashboard.slides.compared_figures import figure_of_series
from dashboard.slides.content import (
    Footnote,
    SlideContent,
    SlideFigure,
    SlideKind,
    SlideRequest,
    words_of_footnote,
)
from dashboard.slides.kinds.goal import middle_of_goal
from dashboard.slides.links import full_link, short_link
from dashboard.slides.measures import CONTENT_BOTTOM, CONTENT_LEFT, CONTENT_TOP, CONTENT_WIDTH
from dashboard.slides.parts import SlidePart
from dashboard.slides.scoreboard_parts import (
    GOAL_ROW,
    HEAD_HEIGHT,
    SCOREBOARD_ROOM,
    ScoreboardPart,
    mark_of_latest,
    parts_of_rows,
    parts_of_scoreboard,
    words_of_row,
)
from dashboard.slides.words import (
    latest_rows,
    letters_footnote,
    published_by,
    title_of_board,
    where_room,
)
from dashboard.target_text import READING_MARK, rests_on_reading
from dashboard.texts import Text
from dashboard.view import View
from dashboard.wording.scoreboard_findings import counting_caveats, finding_of_board
from dashboard.wording.scoreboard_words import (
    has_own_status,
    other_series_in_words,
    status_of_goal_words,
    usual_base_in_words,
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
from metrics.messages.local_formats import HARD_SPACE
from metrics.messages.sentences import as_sentence

SCOREBOARD_PATH, CARDS_PATH = "/", "/series"  # both show the goals in one area
SCOREBOARD_PAGES = (SCOREBOARD_PATH, CARDS_PATH)
BELOW_ONE_ROW = 10.0  # points
WITHOUT_STATUS = {Status.NOT_ASSESSED, SUPPRESSED, NO_FIGURE}


def read_scoreboards(request: SlideRequest) -> list[SlideContent]:
    """A slide for each framework; a long one in several."""
    board = scoreboard_with_goals(request.context)
    return [
        content_of_part(request, part, board)
        for part in parts_of_scoreboard(board, request.context, SCOREBOARD_ROOM)
    ]


def scoreboard_with_goals(context: PageContext) -> Scoreboard:
    """The scoreboard of a link; an error where it has no goal."""
    board = read_scoreboard(context)
    if not board.rows:
        raise SubmissionError("deck_nothing_there", why=context.text("overview.none"))
    return board


def content_of_part(request: SlideRequest, part: ScoreboardPart, board: Scoreboard) -> SlideContent:
    context, text, framework = request.context, request.context.text, part.framework
    own = Scoreboard(board.area, tuple(part.all_rows))
    is_area_named = not board.area
    missing, counted = [*coverage_of_round(board, context)], counting_caveats(board, context)
    published = published_by(latest_rows(row.series for row in part.rows), text)
    figures = {
        goal_in_area(row.goal, row.own.area, text): compared_figure(
            row, text, is_area_named=is_area_named
        )
        for row in part.every_row
    }
    named = context.with_changes(framework=framework.code, area=board.area)
    return SlideContent(
        title=finding_of_framework(own, context),
        goal_line=MIDDLE_DOT.join([framework.name(text.language), area_line(board, text)]),
        parts=lambda: [
            *parts_of_rows(part, context, is_area_named=is_area_named),
            *below_only_goal(part.only_goal, context.with_changes(area=board.area)),
        ],
        footnotes=(
            *finding_of_all_goals(part, board, context),
            *missing,
            *counted,
            *footnotes_of(part.every_row, text),
            where_room(published),
        ),
        notes=(*notes_of_part(part, context), *counted, words_of_footnote(published)),
        short_path=short_link(request, board_path(framework, context)),
        link=full_link(request, named),
        source=without_mark(source_of(context)),
        figures=figures,
        caveats=tuple(missing_reports(board, context)),
    )


def board_path(framework: Framework | None, context: PageContext) -> str:
    """The page with the goals of a framework, or of all, as of the period of the link."""
    code = framework.code if framework else ""
    return View(framework=code, period=context.view.period).link(SCOREBOARD_PATH)


def below_only_goal(row: ScoreboardRow | None, context: PageContext) -> Iterator[SlidePart]:
    """Of a framework with one goal its chart, or what is missing and what is nearest."""
    if row is not None:
        yield from goal_below(row, CONTENT_TOP + HEAD_HEIGHT + GOAL_ROW, context)


def goal_below(row: ScoreboardRow, above: float, context: PageContext) -> Iterator[SlidePart]:
    """The chart of a goal, or what is missing and what is nearest, in the room below its row."""
    top = above + BELOW_ONE_ROW
    box = SlideBox(CONTENT_LEFT, top, CONTENT_WIDTH, CONTENT_BOTTOM - top)
    yield from middle_of_goal(context.with_changes(goal=row.goal.code, framework=""), box)


def compared_figure(row: ScoreboardRow, text: Text, *, is_area_named: bool = False) -> SlideFigure:
    """As the row says it, with its value, flags and status."""
    series = row.series
    words = words_of_row(row, text, is_area_named=is_area_named)
    return figure_of_series(words, series, series.last_known if series else None, row.own.mark)


def notes_of_part(part: ScoreboardPart, context: PageContext) -> Iterator[str]:
    """The account of each goal, and what the columns of the table are."""
    for row in part.every_row:
        account = " ".join(notes_of_row(row, context))
        yield f"{row.goal.code} {row.goal.name(context.language)}. {account}"
    yield context.text("scoreboard.key")


def area_line(board: Scoreboard, text: Text) -> str:
    return area_name(board.area, text) if board.area else text("overview.anywhere")


def finding_of_framework(board: Scoreboard, context: PageContext) -> str:
    """As on the page, for the goals of one framework."""
    return title_of_board(
        lambda text: finding_of_board(board, replace(context, text=text)), context.text
    )


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
    answers = latest_answers(context)
    missing = answers.states_with(MISSING_ANSWER)
    if missing and (not board.area or board.area == EU):
        named = areas_in_words(missing, context.text)
        yield Footnote(context.text("slides.no_report", round=answers.round, areas=named))


def notes_of_row(row: ScoreboardRow, context: PageContext) -> list[str]:
    return [*islice(calculation(row.series, None, context), 3)] if row.series else []


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
    return f"{words}. {status_of_goal_words(row, text)}" if has_own_status(series) else words


def footnotes_of(
    part: Sequence[ScoreboardRow], text: Text, *, has_trends: bool = True
) -> list[Footnote | str]:
    letters = {
        letter_of(mark): mark.words
        for row in part
        if row.series is not None and (mark := mark_of_latest(row, text))
    }
    flags = text.listed(f"{letter}{HARD_SPACE}{words}" for letter, words in letters.items())
    keys = ["slides.dashed"] if has_trends else []
    keys += ["slides.as_wanted", "slides.gap"]
    return [
        letters_footnote(flags),
        reading_footnote(part, text),
        other_series(part, text),
        *(text(key) for key in keys),
        usual_base_in_words(part, text),
    ]


def reading_footnote(part: Sequence[ScoreboardRow], text: Text) -> Footnote | str:
    """What the mark beside a goal says, if any goal has it."""
    is_marked = any(rests_on_reading(row.goal) for row in part)
    return Footnote(f"{READING_MARK}{HARD_SPACE}{text('scoreboard.reading')}") if is_marked else ""


SCOREBOARD_SLIDE = SlideKind("scoreboard", read_scoreboards, SCOREBOARD_PAGES, is_usual=True)
