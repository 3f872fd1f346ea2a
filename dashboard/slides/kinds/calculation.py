"""How the status of a goal was calculated, as the tab Calculation of its page has it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dashboard.addresses.alternatives import GOAL_PATH
from dashboard.addresses.selection import Selection
from dashboard.charts.captions import source_of
from dashboard.charts.slide_shapes import SlideBox
from dashboard.released.assessments import Assessment
from dashboard.released.series import AssessedSeries
from dashboard.slides.compared_figures import figure_of_series, with_flags
from dashboard.slides.content import (
    Footnote,
    SlideContent,
    SlideFigure,
    SlideKind,
    SlideRequest,
    words_of_footnote,
)
from dashboard.slides.goal_link import read_selection
from dashboard.slides.kinds.goal import (
    account_in_sentences,
    care_of_goal,
    caveats_of_goal,
    goal_line,
    mark_in_period,
    missing_from_count,
    named_context,
    short_path,
)
from dashboard.slides.links import full_link, short_link
from dashboard.slides.measured_tables import TableWords, measure_table
from dashboard.slides.measures import CONTENT_HEIGHT, CONTENT_LEFT, CONTENT_TOP, CONTENT_WIDTH
from dashboard.slides.paragraphs import Paragraphs
from dashboard.slides.parts import SlidePart, TablePart, TextPart
from dashboard.slides.tables import TableCell, TableLook, cell, least_height
from dashboard.slides.words import changed_definitions, published_by, status_cell
from dashboard.texts import Text
from dashboard.wording.calculations import (
    account_of_verdict,
    not_calculated,
    printed_step,
    step_in_words,
)
from dashboard.wording.goal_finding import goal_finding
from dashboard.wording.narrative import baseline_sentences, method_name
from dashboard.wording.series_facts import (
    MIDDLE_DOT,
    area_name,
    fact_line,
    invented_mark,
    series_in_area,
    without_mark,
)
from dashboard.wording.status_reasons import decisive_reason, override_sentence
from metrics.core.verdict_codes import Step
from metrics.core.verdicts import CalculationStep

CALCULATION_TAB = "calculation"
HEAD_WIDTH, ACCOUNT_GAP = 216.0, 8.0
ACCOUNT_SIZES = (18.0, 16.0, 15.0, 14.0)
ACCOUNT_HEIGHT, GAP_BELOW = 150.0, 8.0  # points: the steps need the rest
STEP_SIZE = 14
STEP_WIDTHS = (3.8, 3.6, 2.2)  # in any unit
# The rule and its result, which are kept first.
DECISIVE_STEPS = frozenset({
    Step.GROWTH_ASKED, Step.STEP_REQUIRED, Step.DAY_AGREED, Step.SIZE_OF_CHANGE, "day_reached",
    "level_to_be_kept", "wanted_direction", "path", "value_less_path", "value_less_level",
    "change_since_the_baseline", "threshold_of_materiality", "states_asked",
    "states_still_to_reach_it", "months_late",
})  # fmt: skip
# Values of the same kind, of which the first and the newest say most.
REPEATED = frozenset({
    Step.VALUE, Step.VALUE_CARRIED_BACK, Step.VALUE_LIMIT, Step.STEP, Step.GROWTH_OF_YEAR,
})  # fmt: skip
# What a value or a threshold was computed from, which is kept last.
BACKGROUND = frozenset({
    Step.STATES_REPORTING, Step.GROWTH_OF_SAME_STATES, Step.SOURCE_OF_THRESHOLD,
    Step.VARIATION_IF_ALL_SHARE, Step.LEAST_VARIATION, Step.CASES_UNKNOWN, Step.SHARE_OF_CHILDREN,
    "carried_back_by_matched_growth", "smallest_yearly_growth_that_counts",
    "smallest_overall_growth_that_counts", "smallest_change_that_counts", "chance_variation",
})  # fmt: skip


@dataclass(frozen=True)
class GoalCalculation:
    """The assessments of a goal as of a period, of which the official one is explained."""

    selection: Selection
    series: AssessedSeries
    whole: AssessedSeries  # with all its periods

    @property
    def text(self) -> Text:
        return self.selection.text

    @property
    def official(self) -> Assessment | None:
        is_assessed = self.selection.goal is not None and bool(self.selection.goal.targets)
        return self.series.official if is_assessed else None

    @property
    def absence(self) -> list[str]:
        """That nothing is calculated, or not for the period."""
        if self.official is None:
            return [self.text("arithmetic.none")]
        return [*not_calculated(self.whole, self.series, self.text)]


def read_calculation_slide(request: SlideRequest) -> list[SlideContent]:
    selection, whole = read_selection(request)
    found = GoalCalculation(selection, whole.as_of(selection.period), whole)
    return [content_of_calculation(request, found)]


def content_of_calculation(request: SlideRequest, found: GoalCalculation) -> SlideContent:
    selection, series, text = found.selection, found.series, found.text
    care, changed = [*care_of_goal(selection, series)], [*changed_definitions(series, text)]
    missing = missing_from_count(series, selection)
    published = published_by([series.last_known], text)
    parts, number = parts_of_calculation(found)
    steps = len(found.official.arithmetic) if found.official else 0
    extent = (
        text.counted("slides.steps_shown", steps, first=text.number(number, 0))
        if number < steps
        else ""
    )
    about = goal_line(selection, series, area_name(selection.area, text))
    notes = [
        *account_in_sentences(selection, series),
        *found.absence,
        *notes_on_methods(found),
        *map(words_of_footnote, care),
        missing,
        words_of_footnote(published),
        *changed,
    ]
    return SlideContent(
        title=goal_finding(selection, found.whole),
        goal_line=MIDDLE_DOT.join([about, text("arithmetic.title")]),
        parts=lambda: parts,
        footnotes=(Footnote(extent) if extent else "", *care, missing, published, *changed),
        notes=tuple(dict.fromkeys(filter(None, notes))),
        short_path=short_link(request, short_path(selection, CALCULATION_TAB)),
        link=full_link(request, named_context(selection).with_changes(view=CALCULATION_TAB)),
        source=without_mark(source_of(selection.context)),
        figures=figure_of_calculation(found),
        caveats=caveats_of_goal(selection, series),
    )


def figure_of_calculation(found: GoalCalculation) -> dict[str, SlideFigure]:
    """The latest figure with status and path, as on the slide of the chart."""
    selection, series, text = found.selection, found.series, found.text
    mark = mark_in_period(selection, series) if series.official else ""
    facts = with_flags(fact_line(series, text), series.last_known, text)
    words = ": ".join(filter(None, [text(f"status.{mark}") if mark else "", facts]))
    name = series_in_area(series, selection.area, text)
    return {name: figure_of_series(words, series, series.last_known, mark)}


def parts_of_calculation(found: GoalCalculation) -> tuple[list[SlidePart], int]:
    """The account of the status, and below it as many steps as have room, with their number."""
    text, official = found.text, found.official
    if official is None:
        box = SlideBox(CONTENT_LEFT, CONTENT_TOP, CONTENT_WIDTH, CONTENT_HEIGHT)
        return [TextPart(box, Paragraphs(found.absence), text("arithmetic.title"))], 0
    steps = official.arithmetic
    account = account_part(found, official, ACCOUNT_HEIGHT if steps else CONTENT_HEIGHT)
    if not steps:
        return [account], 0
    series, context = found.series, found.selection.context
    named = [method_name(official.method, text), series.title(text), invented_mark(context)]
    words = TableWords(
        MIDDLE_DOT.join(filter(None, named)),
        [text("arithmetic.step"), text("arithmetic.formula"), text("arithmetic.value")],
        [cells_of_step(step, text) for step in steps],
        STEP_WIDTHS,
        steps_by_preference(steps),
    )
    table = measure_table(words, CONTENT_TOP + account.box.height + GAP_BELOW)
    return [account, table.part], len(table.places)


def cells_of_step(step: CalculationStep, text: Text) -> list[TableCell]:
    described = printed_step(step, text)
    words = (described.name, described.formula, described.value)
    return [cell(own, STEP_SIZE, is_bold=not at) for at, own in enumerate(words)]


def steps_by_preference(steps: Sequence[CalculationStep]) -> list[int]:
    """The newest and the first value, then the rule and its results; details come last."""
    ends = places_of_ends(steps)
    decisive = [at for at, step in enumerate(steps) if step.key in DECISIVE_STEPS]
    between = [at for at, step in enumerate(steps) if step.key in REPEATED and at not in ends]
    details = [at for at, step in enumerate(steps) if step.key in BACKGROUND]
    known = {*ends, *decisive, *between, *details}
    others = [at for at in range(len(steps)) if at not in known]
    return [*ends, *decisive, *others, *reversed(between), *details]


def places_of_ends(steps: Sequence[CalculationStep]) -> list[int]:
    """Of the values: the newest, then the first that is compared with it."""
    values = [at for at, step in enumerate(steps)
              if step.key in REPEATED and step.key != Step.GROWTH_OF_YEAR]  # fmt: skip
    return [*dict.fromkeys([*values[-1:], *values[:1]])]


def account_part(found: GoalCalculation, official: Assessment, room: float) -> TablePart:
    """Status and method, target, and why: in the largest type in which they have room."""
    text, widths = found.text, [HEAD_WIDTH, CONTENT_WIDTH - HEAD_WIDTH]
    forms = [account_of(found, official, is_short=is_short) for is_short in (False, True)]
    sized = [(rows, size) for rows in forms for size in ACCOUNT_SIZES]
    for rows, size in sized:
        cells = account_cells(found, rows, size)
        heights = [least_height(row, widths, size) + ACCOUNT_GAP for row in cells]
        if sum(heights) <= room:
            break
    described = " ".join(f"{head} {words}" for head, words in rows.items())
    box = SlideBox(CONTENT_LEFT, CONTENT_TOP, CONTENT_WIDTH, sum(heights))
    look = TableLook(text("table.status"), described, widths, room, heights=heights)
    return TablePart(box, cells, look)


def account_cells(
    found: GoalCalculation, rows: Mapping[str, str], size: float
) -> list[list[TableCell]]:
    """The first row begins with the status, on its colour."""
    mark = mark_in_period(found.selection, found.series)
    (_, method), *others = rows.items()
    first = [status_cell(mark, found.text, size), cell(method, size)]
    return [first, *([cell(head, size, is_bold=True), cell(words, size)]
                     for head, words in others)]  # fmt: skip


def account_of(found: GoalCalculation, official: Assessment, *, is_short: bool) -> dict[str, str]:
    """By heading; in short only what decides the status, where the notes have the rest."""
    selection, series, text = found.selection, found.series, found.text
    written = account_of_verdict(official, selection.goal, text) if selection.goal else {}
    reviewer = override_sentence(official.override, text) if official.override else ""
    in_full = [reviewer, written.get("arithmetic.note", ""),
               *baseline_sentences(series, official, text)]  # fmt: skip
    decisive = [decisive_reason(official, text), text("slides.more_in_notes")]
    rows = {
        text("table.status"): MIDDLE_DOT.join(
            filter(None, [method_in_words(official, text), written.get("arithmetic.category")])
        ),
        text("arithmetic.target"): written.get("arithmetic.target", ""),
        text("arithmetic.note"): " ".join(filter(None, decisive if is_short else in_full)),
    }
    return {head: words for head, words in rows.items() if words}


def method_in_words(assessment: Assessment, text: Text) -> str:
    role = text("arithmetic.official" if assessment.official else "arithmetic.beside")
    return f"{method_name(assessment.method, text)} ({role})"


def notes_on_methods(found: GoalCalculation) -> Iterator[str]:
    """The words of the official method, its source, and the steps of every other method."""
    text, goal = found.text, found.selection.goal
    if goal is None:
        return
    for assessment in found.series.assessments:
        status = text(f"status.{assessment.computed}")
        yield f"{method_in_words(assessment, text)}: {status}."
        written = account_of_verdict(assessment, goal, text)
        yield from (f"{text(head)} {words}" for head, words in written.items())
        if not assessment.official:
            yield from (step_in_words(step, text) for step in assessment.arithmetic)


CALCULATION_SLIDE = SlideKind(
    CALCULATION_TAB, read_calculation_slide, paths=(GOAL_PATH,), views=(CALCULATION_TAB,)
)
