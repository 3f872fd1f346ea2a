"""Declared actions and their results: of all States by goal, or of one State as a list."""

from collections import Counter
from collections.abc import Sequence

from dashboard.addresses.short_addresses import STATE_PATH
from dashboard.charts.captions import source_of
from dashboard.charts.slide_shapes import ChartLook, SlideBox
from dashboard.contents.action_views import GOAL_SEPARATOR, progress_counts, progress_words
from dashboard.context import PageContext
from dashboard.data import records
from dashboard.rows_by_key import Record
from dashboard.slides.content import SlideContent, SlideFigure, SlideKind, SlideRequest
from dashboard.slides.links import full_link, short_link
from dashboard.slides.measures import CONTENT_HEIGHT, CONTENT_LEFT, CONTENT_TOP, CONTENT_WIDTH
from dashboard.slides.parts import BarSeries, BarsPart, TablePart
from dashboard.slides.table_parts import in_equal_parts, in_parts_that_fit
from dashboard.slides.tables import (
    SIDE,
    CellLine,
    TableCell,
    TableLook,
    cell,
    cut_to_fit,
    fitted,
    height_of,
    least_height,
    shared_heights,
    widths_with_room,
)
from dashboard.texts import Text
from dashboard.wording.series_facts import MIDDLE_DOT, invented_mark, without_mark
from metrics.catalogue.definitions.goals import Goal

REPORT_PATH = "/report"
MOST_ACTIONS = 8
MOST_GOALS = 12  # bars of a chart
LIST_WIDTHS = (100.0, 430.0, 108.0, 110.0, 140.0)
LIST_HEAD, ROWS_HEIGHT = 32.0, 300.0  # points
HIGHEST_OF_ACTIONS, ROW_PADDING = 60.0, 6.0
LEAST_TYPE = 14  # of the words of a State, which are read from the last row
# Fill and ink by the result of an action; others are grey.
PROGRESS_LOOKS = {
    "done": ("0B5D3B", "FFFFFF"),
    "under_way": ("9CC3EC", "17202E"),
    "not_started": ("C3CCD9", "17202E"),
    "postponed": ("E8A33D", "17202E"),
    "abandoned": ("6F1740", "FFFFFF"),
}
OTHER_LOOK = ("EAEDF1", "17202E")


def read_actions(request: SlideRequest) -> list[SlideContent]:
    context = request.context
    release = context.release
    every = records(release.tables["actions"]) if release else []
    area = context.view.area if request.path == STATE_PATH else ""
    rows = [row for row in every if area in {"", row["area"]}]
    if not rows:
        return [nothing_declared(request)]
    return lists_of_state(request, rows) if area else charts_of_goals(request, rows)


def nothing_declared(request: SlideRequest) -> SlideContent:
    """A release without actions: the slide says so, and the deck is made."""
    context, text = request.context, request.context.text
    return SlideContent(
        title=text("state.no_actions"),
        goal_line=text("state.actions"),
        parts=tuple,
        link=full_link(request, context),
        short_path=short_link(request, request.path),
        source=without_mark(source_of(context)),
    )


def finding_of_actions(rows: Sequence[Record], context: PageContext) -> str:
    """`211 declared actions of 24 Member States: done 86; under way 43`."""
    text = context.text
    if context.view.area:
        names = {"area": text.code("area", context.view.area)}
        start = text.counted("slides.actions_of_state", len(rows), **names)
    else:
        states = len({row["area"] for row in rows})
        start = text.counted("slides.actions_finding", len(rows), states=text.number(states, 0))
    return f"{start}: {progress_counts(rows, text)}"


def charts_of_goals(request: SlideRequest, rows: Sequence[Record]) -> list[SlideContent]:
    """Every goal for which actions are declared, of every framework."""
    goals = [goal for goal in request.context.definitions.goals.values()
             if goal.actions or any(names_goal(row, goal) for row in rows)]  # fmt: skip
    parts = in_equal_parts(goals, MOST_GOALS)
    return [chart_of_goals(request, rows, part) for part in parts]


def chart_of_goals(
    request: SlideRequest, rows: Sequence[Record], goals: Sequence[Goal]
) -> SlideContent:
    context, text = request.context, request.context.text
    of_goal = {goal.code: [row for row in rows if names_goal(row, goal)] for goal in goals}
    figures = {code: progress_counts(own, text) or "0" for code, own in of_goal.items()}
    without_actions = [code for code, own in of_goal.items() if not own]
    none = text("slides.no_actions", goals=", ".join(without_actions)) if without_actions else ""
    return SlideContent(
        title=finding_of_actions(rows, context),
        goal_line=MIDDLE_DOT.join([text("state.actions"), text("state.menu")]),
        parts=lambda: [bars_of_goals(goals, of_goal, context)],
        footnotes=(none, text("slides.actions_note")),
        notes=tuple(f"{code}: {len(own)}. {figures[code]}" for code, own in of_goal.items()),
        short_path=short_link(request, REPORT_PATH),
        link=full_link(request, context),
        source=without_mark(source_of(context)),
        figures={code: SlideFigure(words) for code, words in figures.items()},
    )


def names_goal(row: Record, goal: Goal) -> bool:
    return goal.code in str(row["goals"]).split(GOAL_SEPARATOR)


def bars_of_goals(
    goals: Sequence[Goal], of_goal: dict[str, list[Record]], context: PageContext
) -> BarsPart:
    text = context.text
    counts = {code: Counter(str(row["progress"]) for row in own) for code, own in of_goal.items()}
    used = {progress for own in counts.values() for progress in own}
    ordered = [code for code in PROGRESS_LOOKS if code in used]
    ordered += sorted(used - {*ordered})
    series = tuple(
        BarSeries(progress_words(progress, text),
                  tuple(float(counts[goal.code][progress]) or None for goal in goals),
                  *PROGRESS_LOOKS.get(progress, OTHER_LOOK))
        for progress in ordered
    )  # fmt: skip
    title = MIDDLE_DOT.join(filter(None, [text("slides.actions_unit"), invented_mark(context)]))
    words = text.listed(f"{code}: {progress_counts(own, text)}" for code, own in of_goal.items())
    look = ChartLook(text.language, text("state.actions"), f"{title}. {words}", title)
    names = tuple(f"{goal.code}  {goal.short_name(text.language)}" for goal in goals)
    box = SlideBox(CONTENT_LEFT, CONTENT_TOP, CONTENT_WIDTH, CONTENT_HEIGHT)
    return BarsPart(names, series, box, look)


def lists_of_state(request: SlideRequest, rows: Sequence[Record]) -> list[SlideContent]:
    text = request.context.text
    cells = [cells_of_action(row, text) for row in rows]
    widths = widths_with_room([heads_of_list(text), *cells], LIST_WIDTHS)

    def fits(part: Sequence[Record]) -> bool:
        return sum(height_of_cells(cells_of_action(row, text), widths) for row in part) <= (
            ROWS_HEIGHT
        )

    parts = in_parts_that_fit(rows, MOST_ACTIONS, fits)
    return [content_of_list(request, rows, part, widths) for part in parts]


def heads_of_list(text: Text) -> list[TableCell]:
    names = ("goal", "action", "action_status", "timeframe", "outcome")
    return [cell(text(f"state.{name}"), 14, is_bold=True) for name in names]


def height_of_cells(cells: Sequence[TableCell], widths: Sequence[float]) -> float:
    return least_height(cells, widths, LEAST_TYPE) + ROW_PADDING


def content_of_list(
    request: SlideRequest,
    rows: Sequence[Record],
    part: Sequence[Record],
    widths: Sequence[float],
) -> SlideContent:
    context, text = request.context, request.context.text
    area = context.view.area
    return SlideContent(
        title=finding_of_actions(rows, context),
        goal_line=MIDDLE_DOT.join([text.code("area", area), text("state.actions")]),
        parts=lambda: [table_of_actions(part, widths, context)],
        footnotes=(text("slides.actions_as_declared"),),
        notes=tuple(str(row["description"]) for row in part),
        short_path=short_link(request, f"/s/{area}"),
        link=full_link(request, context),
        source=without_mark(source_of(context)),
        figures={
            str(row["description"])[:60]: SlideFigure(progress_words(str(row["progress"]), text))
            for row in part
        },
    )


def table_of_actions(
    part: Sequence[Record], widths: Sequence[float], context: PageContext
) -> TablePart:
    text = context.text
    whole = [cells_of_action(row, text) for row in part]
    needed = [height_of_cells(row, widths) for row in whole]
    heights = shared_heights(needed, ROWS_HEIGHT, HIGHEST_OF_ACTIONS)
    rows = [
        [fitted(content, width, height - ROW_PADDING)
         for content, width in zip(row, widths, strict=True)]
        for row, height in zip(whole, heights, strict=True)
    ]  # fmt: skip
    words = text.listed(f"{row['description']}: {progress_words(str(row['progress']), text)}"
                      for row in part)  # fmt: skip
    look = TableLook(text("state.actions"), words, widths, HIGHEST_OF_ACTIONS, LIST_HEAD,
                     heights=heights)  # fmt: skip
    box = SlideBox(CONTENT_LEFT, CONTENT_TOP, CONTENT_WIDTH, LIST_HEAD + sum(heights))
    return TablePart(box, [heads_of_list(text), *rows], look)


def cells_of_action(row: Record, text: Text) -> list[TableCell]:
    return [
        TableCell(tuple(CellLine(goal, 14) for goal in str(row["goals"]).split(GOAL_SEPARATOR))),
        cell(description_with_room(str(row["description"])), 16),
        cell(text.code("action_status", row["status"]), 14),
        cell(str(row["timeframe"]) or "–", 14),
        cell(progress_words(str(row["progress"]), text), 15, is_bold=True),
    ]


def description_with_room(words: str) -> str:
    """What one slide has room for; what is longer is cut, and whole in the notes."""

    def fits(written: str) -> bool:
        height = height_of([CellLine(written, LEAST_TYPE)], LIST_WIDTHS[1] - 2 * SIDE)
        return height <= ROWS_HEIGHT - ROW_PADDING

    return cut_to_fit(words, fits)


ACTIONS_SLIDE = SlideKind("actions", read_actions, (REPORT_PATH, STATE_PATH))
