"""One Member State: its goals beside the Union, its reports and its actions."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from dashboard.addresses.short_addresses import STATE_PATH
from dashboard.charts.captions import source_of, unit_in_words
from dashboard.charts.chart_parts import SmallTrendPart
from dashboard.charts.multiples import small_trend
from dashboard.charts.picture import points_in_words
from dashboard.charts.slide_shapes import ChartLook, SlideBox
from dashboard.charts.small_axis import span_without_names
from dashboard.contents.state_profile import (
    GoalBesideUnion,
    UsualYears,
    declared_in_words,
    figure_values_of_state,
    other_year,
    read_profile,
    reporting_words,
    since_first_year,
    usual_years,
)
from dashboard.context import PageContext
from dashboard.released.goal_statuses import NO_FIGURE
from dashboard.released.scoreboard import Scoreboard, ScoreboardRow, rows_by_framework
from dashboard.released.series import AssessedSeries
from dashboard.slides.content import (
    Footnote,
    SlideContent,
    SlideKind,
    SlideRequest,
    words_of_footnote,
)
from dashboard.slides.goals_without_figures import (
    divide_by_figures,
    part_without_figures,
    room_for_names,
)
from dashboard.slides.kinds.scoreboard import (
    below_only_goal,
    compared_figure,
    other_series,
    reading_footnote,
)
from dashboard.slides.links import full_link, short_link
from dashboard.slides.measures import CONTENT_BOTTOM, CONTENT_HEIGHT, CONTENT_LEFT, CONTENT_TOP
from dashboard.slides.paragraphs import Paragraphs, keep_unit_beside
from dashboard.slides.parts import SlidePart, TablePart, TextPart
from dashboard.slides.scoreboard_parts import (
    GOAL_ROW,
    GOALS_OF_A_SLIDE,
    TALL_ROW,
    name_cell,
    value_lines,
    words_of_row,
)
from dashboard.slides.table_parts import in_parts_that_fit
from dashboard.slides.tables import (
    CellLine,
    TableCell,
    TableLook,
    cell,
    least_height,
    shared_heights,
    widths_with_room,
)
from dashboard.slides.words import (
    latest_rows,
    published_by,
    status_cell,
    title_of_board,
)
from dashboard.texts import Text
from dashboard.view import View
from dashboard.wording.narrative import latest_value
from dashboard.wording.scoreboard_findings import counting_caveats, finding_of_profile
from dashboard.wording.series_facts import (
    MIDDLE_DOT,
    calculation,
    goal_in_area,
    invented_mark,
    without_mark,
)
from dashboard.wording.status_reasons import not_assessed_reason
from metrics.catalogue.codelists import codelist, member_states
from metrics.catalogue.definitions.frameworks import Framework
from metrics.core.errors import SubmissionError, UnknownNameError
from metrics.core.verdicts import Status
from metrics.messages.sentences import as_sentence, with_capital

HEADING_HEIGHT = 32.0
ROWS_HEIGHT = CONTENT_HEIGHT - HEADING_HEIGHT
WIDTHS_BESIDE_PANEL = (184.0, 146.0, 92.0, 78.0, 140.0)  # with a panel at the right
WIDTHS_ALONE = (232.0, 190.0, 150.0, 126.0, 190.0)
PANEL_LEFT, PANEL_WIDTH = 692.0, 232.0


def read_state_profile(request: SlideRequest) -> list[SlideContent]:
    context = request.context
    area = context.view.area
    if area not in codelist("area"):
        raise UnknownNameError.with_hint("an_area", area, member_states())
    profile = read_profile(context)
    frameworks = context.definitions.frameworks
    entries = {entry.goal.code: entry for entry in profile.goals}
    usual = usual_years(profile, context)

    def fits(goals: Sequence[GoalBesideUnion]) -> bool:
        rows = rows_of_profile(goals, usual, context)
        return sum(least_height(row, WIDTHS_ALONE) for row in rows) <= ROWS_HEIGHT

    parts = [
        part
        for framework, rows in rows_by_framework(profile.board.rows, frameworks)
        if context.view.framework in {"", framework.code}
        for part in parts_of_framework(
            ProfilePart(context, framework, Scoreboard(profile.board.area, tuple(rows)),
                        [entries[row.goal.code] for row in rows], usual),
            fits,
        )
    ]  # fmt: skip
    if not parts:
        raise SubmissionError("deck_nothing_there", why=context.text("overview.none"))
    return [content_of_profile(request, part, is_first=not at) for at, part in enumerate(parts)]


@dataclass(frozen=True)
class ProfilePart:
    """The goals of a framework, or some of them, that one slide has."""

    context: PageContext
    framework: Framework
    board: Scoreboard  # of the framework
    goals: Sequence[GoalBesideUnion]
    usual: UsualYears
    without_figures: Sequence[GoalBesideUnion] = ()  # named in one row

    @property
    def every_goal(self) -> list[GoalBesideUnion]:
        return [*self.goals, *self.without_figures]

    @property
    def only_goal(self) -> ScoreboardRow | None:
        return self.board.rows[0] if len(self.board.rows) == 1 else None


def parts_of_framework(
    whole: ProfilePart, fits: Callable[[Sequence[GoalBesideUnion]], bool]
) -> Iterator[ProfilePart]:
    """As few parts as have room; goals without a figure are named in a last row."""
    known, without_figures = divide_by_figures(whole.goals, has_no_figure)

    def fits_above_names(goals: Sequence[GoalBesideUnion]) -> bool:
        room = ROWS_HEIGHT - room_for_names(len(without_figures))
        return fits(goals) and len(goals) * TALL_ROW <= room

    parts = in_parts_that_fit(known, GOALS_OF_A_SLIDE, fits_above_names) or [()]
    yield from (replace(whole, goals=part) for part in parts[:-1])
    yield replace(whole, goals=parts[-1], without_figures=without_figures)


def has_no_figure(entry: GoalBesideUnion) -> bool:
    """Neither of the State nor of the Union."""
    return entry.own.own.mark == entry.union.own.mark == NO_FIGURE


def content_of_profile(request: SlideRequest, part: ProfilePart, *, is_first: bool) -> SlideContent:
    context, text = part.context, part.context.text
    area = context.view.area
    counted = counting_caveats(part.board, context)
    published = published_by(latest_rows(entry.figure for entry in part.goals), text)
    return SlideContent(
        title=title_of_board(
            lambda own: finding_of_profile(part.board, replace(context, text=own)), text
        ),
        goal_line=MIDDLE_DOT.join([text.code("area", area), part.framework.name(text.language)]),
        parts=lambda: [
            *parts_of_profile(part, is_first=is_first and not part.only_goal),
            *below_only_goal(part.only_goal, context),
        ],
        footnotes=(
            reading_footnote([entry.own for entry in part.every_goal], text),
            other_series([entry.own for entry in part.goals], text),
            *why_not_assessed(part.goals, text),
            *counted,
            flags_of_profile(part),
            text("slides.since"),
            published,
        ),
        notes=(
            *(note for entry in part.goals for note in notes_of_entry(entry, context)),
            *counted,
            words_of_footnote(published),
        ),
        short_path=short_link(request, View(period=context.view.period).link(f"/s/{area}")),
        link=full_link(request, context),
        source=without_mark(source_of(context)),
        figures={
            goal_in_area(entry.goal, area, text): compared_figure(entry.own, text)
            for entry in part.every_goal
        },
    )


def flags_of_profile(part: ProfilePart) -> str:
    """`All figures but those of GA-1: provisional value. Reported late: GA-2.2.`"""
    text = part.context.text
    known = [entry for entry in part.goals if entry.figure and entry.figure.last_known]
    goals: dict[str, list[str]] = {}
    for entry in known:
        values = figure_values_of_state(entry.figure, part.usual, text)
        goals.setdefault(values["flag"], []).append(entry.goal.code)
    every = [entry.goal.code for entry in known]
    return " ".join(
        flag_of_goals(flag, codes, every, text) for flag, codes in goals.items() if flag
    )


def flag_of_goals(flag: str, codes: Sequence[str], every: Sequence[str], text: Text) -> str:
    """With the goals that it is of or, of most of them, with the others."""
    others = [code for code in every if code not in codes]
    if not others and len(every) > 1:
        return text("slides.flag_of_all", flag=flag)
    if len(others) < len(codes) - 1:
        return text("slides.flag_of_most", flag=flag, goals=", ".join(others))
    return as_sentence(f"{with_capital(flag)}: {', '.join(codes)}")


def why_not_assessed(part: Sequence[GoalBesideUnion], text: Text) -> Iterator[Footnote]:
    """`GA-2.1: The commitment does not bind this Member State.`: the goals of each reason."""
    goals: dict[str, list[str]] = {}
    for entry in part:
        official = entry.figure.official if entry.figure else None
        if entry.own.own.mark != Status.NOT_ASSESSED:
            continue
        if reason := not_assessed_reason(official, text):
            goals.setdefault(reason, []).append(entry.goal.code)
    yield from (Footnote(f"{', '.join(codes)}: {reason}") for reason, codes in goals.items())


def notes_of_entry(entry: GoalBesideUnion, context: PageContext) -> list[str]:
    if entry.figure is None or entry.figure.last_known is None:
        return []
    sentences = islice(calculation(entry.figure, None, context), 2)
    return [f"{entry.goal.code}: {' '.join(sentences)}"]


def parts_of_profile(part: ProfilePart, *, is_first: bool) -> Iterator[SlidePart]:
    widths, top = WIDTHS_BESIDE_PANEL if is_first else WIDTHS_ALONE, CONTENT_TOP
    if part.goals:
        table = table_of_profile(part, widths)
        yield table
        top += table.box.height
    if part.without_figures:
        below = SlideBox(CONTENT_LEFT, top, sum(widths), CONTENT_BOTTOM - top)
        goals = [entry.goal for entry in part.without_figures]
        yield part_without_figures(goals, below, part.context.text)
    if is_first:
        yield from parts_of_panel(part.goals, part.context)


def table_of_profile(part: ProfilePart, usual_widths: Sequence[float]) -> TablePart:
    context, text, usual = part.context, part.context.text, part.usual
    union = f"{text('state.eu')} {text.period(usual.union) if usual.union else ''}".strip()
    heads = [
        text("scoreboard.goal"),
        text.code("area", context.view.area),
        text("state.value_of", year=text.period(usual.latest)) if usual.latest else "",
        text("state.since", year=text.period(usual.base))
        if usual.base
        else text("slides.first_figure"),
        union,
    ]
    head = [cell(words, 14, is_bold=True) for words in heads]
    rows = rows_of_profile(part.goals, usual, context)
    widths = widths_with_room([head, *rows], usual_widths)
    needed = [least_height(row, widths) for row in rows]
    room = ROWS_HEIGHT - room_for_names(len(part.without_figures))
    heights = shared_heights(needed, room, GOAL_ROW)
    words = text.listed(
        f"{entry.goal.code}: {words_of_row(entry.own, text)}" for entry in part.goals
    )
    look = TableLook(text("scoreboard.goal"), words, widths, GOAL_ROW, HEADING_HEIGHT,
                     heights=heights)  # fmt: skip
    box = SlideBox(CONTENT_LEFT, CONTENT_TOP, sum(widths), HEADING_HEIGHT + sum(heights))
    return TablePart(box, [head, *rows], look)


def rows_of_profile(
    goals: Sequence[GoalBesideUnion], usual: UsualYears, context: PageContext
) -> list[list[TableCell]]:
    height = min(GOAL_ROW, ROWS_HEIGHT / len(goals))
    return [cells_of_entry(entry, usual, height, context) for entry in goals]


def cells_of_entry(
    entry: GoalBesideUnion, usual: UsualYears, height: float, context: PageContext
) -> list[TableCell]:
    text, series = context.text, entry.figure
    return [
        name_cell(entry.own, height, text),
        status_cell(entry.own.own.mark, text, 15),
        TableCell(tuple(lines_of_latest(series, usual, text))),
        cell(keep_unit_beside(since_first_year(series, usual, context)), 15),
        status_cell(entry.union.own.mark, text, 14),
    ]


def lines_of_latest(
    series: AssessedSeries | None, usual: UsualYears, text: Text
) -> Iterator[CellLine]:
    """The figure with its year, where this is not the usual one; below them the unit."""
    row = series.last_known if series else None
    if series is None or row is None:
        why = figure_values_of_state(series, usual, text)["latest"]
        return value_lines(why, size=15)
    year = other_year(row, usual.latest, text)
    return value_lines(latest_value(series, text), size=15, year=year)


def parts_of_panel(part: Sequence[GoalBesideUnion], context: PageContext) -> Iterator[SlidePart]:
    """The trend of the first goal with a figure; below it, the reports and actions of today."""
    text = context.text
    known = [entry for entry in part if entry.figure and entry.figure.last_known]
    known.sort(key=lambda entry: not has_course(entry))
    top = CONTENT_TOP
    if known and known[0].figure:
        series = known[0].figure
        trend = small_trend(series, text)
        points = points_in_words(trend.line, text)
        title = "\n".join(filter(None, [
            MIDDLE_DOT.join(filter(None, [known[0].goal.code, unit_in_words(series, text)])),
            span_without_names(trend, PANEL_WIDTH), invented_mark(context)]))  # fmt: skip
        look = ChartLook(text.language, series.title(text), f"{series.title(text)}: {points}",
                         title, 14)  # fmt: skip
        box = SlideBox(PANEL_LEFT, CONTENT_TOP, PANEL_WIDTH, 190)
        yield SmallTrendPart(trend, box, look, text("chart.path"), has_labels=True)
        top += 200
    paragraphs = [*reporting_words(context), *declared_in_words(context)]
    if paragraphs and not context.view.period:
        box = SlideBox(PANEL_LEFT, top, PANEL_WIDTH, CONTENT_BOTTOM - top)
        yield TextPart(box, Paragraphs(paragraphs, 16), text("state.reporting"))


def has_course(entry: GoalBesideUnion) -> bool:
    """Whether a path that rises or falls is drawn, which a chart shows best."""
    official = entry.figure.official if entry.figure else None
    return bool(official and len({height for _, height in official.verdict.path}) > 1)


STATE_SLIDE = SlideKind("state", read_state_profile, paths=(STATE_PATH,), is_usual=True)
