"""One goal in one area: status, figures and target path."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.addresses.alternatives import GOAL_PATH, breakdown_name
from dashboard.addresses.selection import Selection, choose
from dashboard.charts.arial_widths import arial_width
from dashboard.charts.breakdown import charts_of_parts
from dashboard.charts.captions import unit_in_words
from dashboard.charts.chart_parts import TimePart
from dashboard.charts.gaps import uses_unclear_sign
from dashboard.charts.notes import publisher
from dashboard.charts.picture import points_in_words
from dashboard.charts.slide_shapes import ChartLook, SlideBox
from dashboard.charts.specification import ChartLine, TimeChart
from dashboard.contents.view_charts import parts_in_chart, total_in_chart
from dashboard.context import PageContext
from dashboard.released.series import AssessedSeries, leads_goal, target_of
from dashboard.released.states_by_status import mark_in_goal
from dashboard.released.table_views import series_parts
from dashboard.released.unclear_changes import UNCLEAR_SIGN
from dashboard.rows_by_key import Record
from dashboard.slides.area_caveats import (
    absences_in_union,
    caveats_of_series,
    counted_by_area,
)
from dashboard.slides.chart_without_figures import absent_figures, latest_figures
from dashboard.slides.compared_figures import figure_of_series, shortened, with_flags
from dashboard.slides.content import (
    Caveat,
    Footnote,
    SlideContent,
    SlideFigure,
    SlideKind,
    SlideRequest,
    words_of_footnote,
)
from dashboard.slides.goal_link import read_selection
from dashboard.slides.links import full_link, short_link
from dashboard.slides.measures import CONTENT_LEFT, CONTENT_TOP, CONTENT_WIDTH
from dashboard.slides.paragraphs import Paragraphs, paragraphs_that_fit
from dashboard.slides.parts import SlidePart, TablePart, TextPart
from dashboard.slides.tables import SIDE, TableLook, cell
from dashboard.slides.words import (
    cautions,
    changed_definitions,
    letters_of_chart,
    published_by,
    status_cell,
)
from dashboard.target_text import READING_MARK, is_reading
from dashboard.texts import Text
from dashboard.view import View
from dashboard.wording.goal_finding import (
    goal_finding,
    headline_absence,
    others_with_figure,
)
from dashboard.wording.narrative import unbound_sentences
from dashboard.wording.series_facts import (
    MIDDLE_DOT,
    NO_FIGURE_KEY,
    area_name,
    calculation,
    fact_line,
    facts_of,
    invented_mark,
    missing_from_union,
    series_in_area,
    without_mark,
)
from dashboard.wording.status_beside_series import mark_of_goal, status_of_goal
from dashboard.wording.verdict_reasons import reason_sentence
from metrics.core.series import format_dimensions
from metrics.core.tables import EU
from metrics.core.verdict_codes import Reason
from metrics.messages.local_formats import HARD_SPACE
from metrics.messages.sentences import as_sentence

STATUS_WIDTH, LEAST_FACTS = 230.0, 16.0


def read_goal(request: SlideRequest) -> list[SlideContent]:
    selection, whole = read_selection(request)
    series = whole.as_of(selection.period)
    missing = missing_from_count(series, selection)
    shared = GoalWords(request, selection, whole, missing)
    return [content_of_chart(shared, series, own) for own in charts_of_goal(selection, series)]


@dataclass(frozen=True)
class GoalWords:
    """What the slides of one goal share: a pair of breakdowns is several charts."""

    request: SlideRequest
    selection: Selection
    series: AssessedSeries  # with all its periods
    missing: str


@dataclass(frozen=True)
class GoalChart:
    """The total or some parts of a series, with the rows of their latest figures."""

    chart: TimeChart
    latest: Sequence[Record | None]


def content_of_chart(shared: GoalWords, series: AssessedSeries, own: GoalChart) -> SlideContent:
    selection, text, chart = shared.selection, shared.selection.text, own.chart
    changed = [*changed_definitions(series, text)]
    care = [*care_of_goal(selection, series)]
    footnotes = [
        *care,
        letters_of_chart(chart, text),
        *sign_of_growth(chart, text),
        shared.missing,
        published_by(own.latest, text),
        *changed,
        *remarks_of_publisher(series, text),
    ]
    notes = [
        *(() if is_parted(selection, series) else account_in_sentences(selection, series)),
        *(points_of_lines(chart, text) if selection.breakdown else ()),
        words_of_footnote(published_by(own.latest, text)),
        *remarks_of_publisher(series, text),
        *(str(note) for note in chart.caption.notes),
        shared.missing,
    ]
    return SlideContent(
        title=goal_finding(selection, shared.series),
        goal_line=goal_line(selection, shared.series, area_name(selection.area, text)),
        parts=lambda: parts_of_goal(selection, series, chart),
        footnotes=tuple(footnotes),
        notes=tuple(dict.fromkeys(filter(None, notes))),
        short_path=short_link(shared.request, short_path(selection)),
        link=full_link(shared.request, named_context(selection)),
        source=without_mark(chart.caption.source),
        figures=figures_of_goal(selection, series, chart),
        caveats=caveats_of_goal(selection, series),
    )


def care_of_goal(selection: Selection, series: AssessedSeries) -> Iterator[Footnote]:
    """What the figures and the status of a goal must not be read without."""
    yield from reading_of_target(selection, series)
    yield from status_beside_goal(selection, series)
    yield from cautions(series, selection.text)
    yield from who_is_counted(series, selection.text)


def caveats_of_goal(selection: Selection, series: AssessedSeries) -> tuple[Caveat, ...]:
    """What is compared with another release: each reason by itself, and each area."""
    whole = [*reading_of_target(selection, series), *status_beside_goal(selection, series)]
    return (
        *map(words_of_footnote, whole),
        *caveats_of_series(series, selection.text),
        *counted_by_area(series.official, selection.text),
        *absences_in_union(selection, series, reasons_said_elsewhere(series)),
    )


def status_beside_goal(selection: Selection, series: AssessedSeries) -> Iterator[Footnote]:
    """As on the page: that the status is that of the series, where the goal has another one."""
    is_shown = series.official is not None and not selection.breakdown
    is_of_goal = mark_in_period(selection, series) == mark_of_goal(series, selection)
    if is_shown and not is_of_goal and (words := status_of_goal(series, selection)):
        yield Footnote(words)


def sign_of_growth(chart: TimeChart, text: Text) -> Iterator[Footnote]:
    """What the sign behind a growth says, where a year has it."""
    if uses_unclear_sign(chart.lines, chart.strip):
        yield Footnote(text("chart.growth_unclear", sign=UNCLEAR_SIGN))


def is_parted(selection: Selection, series: AssessedSeries) -> bool:
    """Whether only the parts of a breakdown have figures."""
    return bool(selection.breakdown) and series.last_known is None


def points_of_lines(chart: TimeChart, text: Text) -> Iterator[str]:
    return (f"{line.name}: {points_in_words(line, text)}." for line in chart.lines)


def remarks_of_publisher(series: AssessedSeries, text: Text) -> Iterator[str]:
    """What a publisher remarks on the latest figure."""
    return (as_sentence("".join(remark)) for remark in publisher(series, text)[1:])


def figures_of_goal(
    selection: Selection, series: AssessedSeries, chart: TimeChart
) -> dict[str, SlideFigure]:
    """The latest figure with status and path; or that of each part, where there is no total."""
    text = selection.text
    name = series_in_area(series, selection.area, text)
    if is_parted(selection, series):
        return {f"{name}, {line.name}": figure_of_line(line)
                for line in chart.lines if line.known}  # fmt: skip
    mark = mark_in_period(selection, series) if series.official else ""
    status = text(f"status.{mark}") if mark else ""
    facts = with_flags(fact_line(series, text), series.last_known, text)
    words = ": ".join(filter(None, [status, facts]))
    return {name: figure_of_series(words, series, series.last_known, mark)}


def figure_of_line(line: ChartLine) -> SlideFigure:
    point = line.known[-1]
    exact = (point.period, shortened(point.value), point.mark.code)
    return SlideFigure(point.printed, point.label, exact)


def reading_of_target(selection: Selection, series: AssessedSeries) -> Iterator[Footnote]:
    """That no document sets the level or step that the series is compared with."""
    if is_reading_assessed(selection, series):
        yield Footnote(f"{READING_MARK}{HARD_SPACE}{selection.text('scoreboard.reading')}")


def is_reading_assessed(selection: Selection, series: AssessedSeries) -> bool:
    goal = selection.goal
    return goal is not None and is_reading(target_of(goal, series.official))


def who_is_counted(series: AssessedSeries, text: Text) -> Iterator[Footnote]:
    """Of a count of States: who did not confirm a step in this round, and who is not bound."""
    official = series.official
    if official is None:
        return
    if Reason.STATES_NOT_CONFIRMED in official.verdict.reasons:
        yield Footnote(reason_sentence(Reason.STATES_NOT_CONFIRMED, official, text))
    yield from map(Footnote, unbound_sentences(official, text))


def missing_from_count(series: AssessedSeries, selection: Selection) -> str:
    """Who has no figure; of a count of States, those without a report are named where it is said
    that they are counted by their latest known step.
    """
    return missing_from_union(series, selection, without=reasons_said_elsewhere(series))


def reasons_said_elsewhere(series: AssessedSeries) -> tuple[str, ...]:
    official = series.official
    is_counted = official is not None and Reason.STATES_NOT_CONFIRMED in official.verdict.reasons
    return (NO_FIGURE_KEY,) if is_counted else ()


def mark_in_period(selection: Selection, series: AssessedSeries) -> str:
    """The mark of the goal, of its headline series; of any other the mark of its own."""
    return mark_in_goal(selection.goal, series, selection.release, selection.period)


def figures_of_others(selection: Selection, series: AssessedSeries) -> list[str]:
    """As on the page: where the headline series has no figure, the other series that have."""
    others = others_with_figure(selection, series)
    if not others:
        return []
    listed = [f"• {figure}" for figure in latest_figures(others, selection)]
    return [headline_absence(selection, series), *listed]


def account_in_sentences(selection: Selection, series: AssessedSeries) -> list[str]:
    """The calculation; that the headline has no figure is said with those of other series."""
    sentences = [*calculation(series, selection.goal, selection.context)]
    others = figures_of_others(selection, series)
    return [*others, *sentences[1:]] if others else sentences


def named_context(selection: Selection) -> PageContext:
    return selection.context.with_changes(
        goal=selection.goal.code if selection.goal else "",
        area=selection.area,
        indicator=selection.series.name if selection.series else "",
    )


def short_path(selection: Selection, tab: str = "") -> str:
    """With what the slide shows beside goal and area: another series, a breakdown, a period."""
    goal, series = selection.goal, selection.series
    is_headline = goal is not None and series is not None and leads_goal(goal, series)
    chosen = View(
        view=tab,
        breakdown=selection.view.breakdown,
        period=selection.period,
        indicator="" if is_headline or series is None else series.name,
    )
    if goal is None:
        return chosen.printed_link(GOAL_PATH, area=selection.area)
    area = "" if selection.area == EU else f"/{selection.area}"
    return chosen.printed_link(f"/g/{goal.code}{area}")


def goal_line(selection: Selection, series: AssessedSeries, area: str) -> str:
    """`GA-1.1 · Victims identified, ICSE · EU`; of another series its own name."""
    text = selection.text
    if selection.breakdown:
        by = breakdown_name(format_dimensions(selection.breakdown), text)
        area = f"{area}, {text('chart.by', by=by)}"
    code = selection.goal.code if selection.goal else ""
    if is_reading_assessed(selection, series):
        code = f"{code}{HARD_SPACE}{READING_MARK}"
    return MIDDLE_DOT.join(filter(None, [code, name_in_goal(selection, series), area]))


def name_in_goal(selection: Selection, series: AssessedSeries) -> str:
    """The short name of the goal for its headline series; of any other series its own name."""
    goal, text = selection.goal, selection.text
    is_headline = goal is not None and leads_goal(goal, series)
    return goal.short_name(text.language) if goal and is_headline else series.title(text)


def charts_of_goal(selection: Selection, series: AssessedSeries) -> list[GoalChart]:
    """As on the page: the total, or the parts, which a pair of breakdowns has in several charts."""
    if not selection.breakdown:
        return [GoalChart(total_in_chart(selection, series), [series.last_known])]
    parts = series_parts(series, selection.release, selection.breakdown)
    charts = charts_of_parts(parts, selection.breakdown, selection.text)
    return [
        GoalChart(parts_in_chart(selection, series, own, charts),
                  [part.latest for _, part in own.lines])
        for own in charts
    ]  # fmt: skip


def parts_of_goal(
    selection: Selection, series: AssessedSeries, chart: TimeChart
) -> Iterator[SlidePart]:
    text = selection.text
    facts, top = facts_of(series, text), CONTENT_TOP
    if facts and not selection.breakdown:
        marked = series.official is not None
        widths = [STATUS_WIDTH, CONTENT_WIDTH - STATUS_WIDTH] if marked else [CONTENT_WIDTH]
        row = [cell(MIDDLE_DOT.join(facts_that_fit(facts, widths[-1])), 20)]
        if marked:
            row = [status_cell(mark_in_period(selection, series), text, 20), *row]
        words = MIDDLE_DOT.join(content.words for content in row)
        look = TableLook(text("table.status"), words, widths, 32)
        yield TablePart(SlideBox(CONTENT_LEFT, CONTENT_TOP, CONTENT_WIDTH, 32), [row], look)
        top = 154.0
    yield chart_or_absence(selection, series, chart,
                           SlideBox(CONTENT_LEFT, top, CONTENT_WIDTH, 454 - top))  # fmt: skip


def middle_of_goal(context: PageContext, box: SlideBox) -> Iterator[SlidePart]:
    """The chart of the goal of a context, without its status."""
    selection = choose(context)
    if selection.series is not None:
        series = selection.series.as_of(selection.period)
        yield chart_or_absence(selection, series, total_in_chart(selection, series), box)


def chart_or_absence(
    selection: Selection, series: AssessedSeries, chart: TimeChart, box: SlideBox
) -> SlidePart:
    text = selection.text
    if not chart.has_value:
        return part_without_figure(selection, series, box)
    title = MIDDLE_DOT.join(
        filter(None, [unit_in_words(series, text), invented_mark(selection.context)])
    )
    drawn = ChartLook(text.language, chart.caption.title, description_of(chart, text), title)
    return TimePart(chart, box, drawn)


def part_without_figure(
    selection: Selection, series: AssessedSeries, box: SlideBox
) -> TablePart | TextPart:
    """Of a series without any figure what is missing; of one whose parts have none, its account."""
    if series.last_known is None:
        return absent_figures(selection, series, box)
    text = selection.text
    sentences = account_in_sentences(selection, series)
    fitting = paragraphs_that_fit(Paragraphs(sentences), box, text("slides.more_in_notes"))
    return TextPart(box, fitting, text("chart.absent"))


def facts_that_fit(facts: Sequence[str], width: float) -> list[str]:
    """In type that is read from the last row; the notes have all facts.

    Without the latest figure, which title and chart have, or else without the longest facts: the
    gap is short and stays.
    """
    latest, *further = facts
    if do_facts_fit(facts, width) or not further:
        return [*facts]
    if do_facts_fit(further, width):
        return further
    while further and not do_facts_fit([latest, *further], width):
        further.remove(max(further, key=len))
    return [latest, *further]


def do_facts_fit(facts: Sequence[str], width: float) -> bool:
    return arial_width(MIDDLE_DOT.join(facts), LEAST_FACTS) <= width - 2 * SIDE


def description_of(chart: TimeChart, text: Text) -> str:
    """The alternative text: every figure that the chart has."""
    lines = points_of_lines(chart, text)
    paths = [chart.path.label] if chart.path else []
    return " ".join([f"{chart.caption.title}.", *lines, *map(as_sentence, paths)])


GOAL_SLIDE = SlideKind("goal", read_goal, paths=(GOAL_PATH,), is_usual=True)
