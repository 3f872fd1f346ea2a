"""How a status is decided, what to read with care, and what the letters mean."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dashboard.charts.captions import source_of
from dashboard.charts.slide_shapes import SlideBox
from dashboard.context import PageContext
from dashboard.released.goal_statuses import SCOREBOARD_MARKS
from dashboard.released.scoreboard import read_scoreboard
from dashboard.slides.content import SlideContent, SlideKind, SlideRequest
from dashboard.slides.links import full_link, short_link
from dashboard.slides.measures import CONTENT_LEFT, CONTENT_WIDTH
from dashboard.slides.paragraphs import Paragraphs, largest_size
from dashboard.slides.parts import SlidePart, TablePart, TextPart
from dashboard.slides.status_key import status_key
from dashboard.slides.tables import TableLook, cell
from dashboard.wording.series_facts import letters_in_words, without_mark
from metrics.core.tables import EU
from metrics.core.verdicts import Status
from metrics.release.official_statuses import NOT_CURRENT

ABOUT_PATH = "/about"
# Explained in any case, beside those that occur in the release.
USUAL_STATUSES = (
    Status.ACHIEVED, Status.ON_TRACK, Status.WANTED_DIRECTION, Status.NO_CLEAR_CHANGE,
    Status.BEHIND, Status.UNWANTED_DIRECTION, Status.MOVING_AWAY, Status.NOT_ACHIEVED,
    Status.NOT_YET_DUE, Status.NOT_ASSESSED, NOT_CURRENT,
)  # fmt: skip
COLUMNS_TOP, LETTERS_TOP, LETTERS_HEIGHT = 116.0, 408.0, 46.0
LEFT = ("slides.methods_decided", "slides.methods_level", "slides.methods_direction",
        "slides.methods_same_states", "slides.methods_current")  # fmt: skip
RIGHT = ("slides.care", "slides.care_counts", "slides.care_missing", "slides.care_suppressed",
         "slides.care_actions")  # fmt: skip


def read_methods(request: SlideRequest) -> list[SlideContent]:
    context, text = request.context, request.context.text
    explained = explained_statuses(context)
    notes = [f"{text(f'status.{mark}')}: {text(f'status_meaning.{mark}')}"
             for mark in explained]  # fmt: skip
    return [
        SlideContent(
            title=text("slides.methods_title"),
            goal_line=text("slides.methods"),
            parts=lambda: parts_of_methods(context, explained),
            footnotes=(text("slides.methods_foot"),),
            notes=tuple(notes),
            short_path=short_link(request, ABOUT_PATH),
            link=full_link(request, context),
            source=without_mark(source_of(context)),
        )
    ]


def explained_statuses(context: PageContext) -> list[str]:
    """Every status that a goal has in the Union or a State, as slides of the release show it."""
    board = read_scoreboard(context.with_changes(framework="", area=EU, status=""))
    used = {state.mark for row in board.rows for state in (row.own, *row.states)}
    return [mark for mark in SCOREBOARD_MARKS if mark in used | {*map(str, USUAL_STATUSES)}]


def parts_of_methods(context: PageContext, explained: Sequence[str]) -> Iterator[SlidePart]:
    text = context.text
    key = status_key(dict.fromkeys(explained, 1), 0, text, is_counted=False)
    key = key.moved_to(LETTERS_TOP - 4 - key.height)
    height = LETTERS_TOP - 6 - key.height - COLUMNS_TOP
    columns = {
        SlideBox(left, COLUMNS_TOP, 434, height): Paragraphs(
            [text(key) for key in keys], 18, bold=1
        )
        for left, keys in ((36, LEFT), (490, RIGHT))
    }
    size = min(largest_size(words, box) for box, words in columns.items())
    for box, words in columns.items():
        yield TextPart(box, replace(words, size=size), words.words[0])
    yield from key.parts
    letters = text.listed(letters_in_words(context))
    look = TableLook(text("slides.letters"), letters, [CONTENT_WIDTH], LETTERS_HEIGHT)
    box = SlideBox(CONTENT_LEFT, LETTERS_TOP, CONTENT_WIDTH, LETTERS_HEIGHT)
    yield TablePart(box, [[cell(letters, 14)]], look)


METHODS_SLIDE = SlideKind("methods", read_methods, paths=(ABOUT_PATH,), is_usual=True)
