"""The Member States side by side: a column for each, in the colour of its status."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial

import pandas as pd

from dashboard.addresses.alternatives import GOAL_PATH
from dashboard.addresses.selection import Selection, compared_period
from dashboard.charts.captions import source_of, unit_in_words
from dashboard.charts.chart_parts import StatesPart
from dashboard.charts.marks import why_absent
from dashboard.charts.slide_shapes import ChartLook, SlideBox
from dashboard.charts.specification import StatesChart
from dashboard.charts.status_marks import status_mark
from dashboard.contents.view_charts import states_in_chart, states_with_rows
from dashboard.released.goal_statuses import mark_of_series
from dashboard.released.series import AssessedSeries
from dashboard.released.state_statuses import (
    StatesDoingWell,
    current_statuses,
    states_doing_well,
)
from dashboard.rows_by_key import Record
from dashboard.slides.area_caveats import absences_by_area, caveats_of_series
from dashboard.slides.chart_without_figures import absent_figures, parts_with_figures
from dashboard.slides.compared_figures import figure_of_series, with_flags
from dashboard.slides.content import (
    Footnote,
    Parts,
    SlideContent,
    SlideFigure,
    SlideKind,
    SlideRequest,
    words_of_footnote,
)
from dashboard.slides.goal_link import read_selection
from dashboard.slides.kinds.goal import (
    goal_line,
    name_in_goal,
    named_context,
    reading_of_target,
    short_path,
)
from dashboard.slides.links import full_link, short_link
from dashboard.slides.measures import CONTENT_HEIGHT, CONTENT_LEFT, CONTENT_TOP, CONTENT_WIDTH
from dashboard.slides.parts import SlidePart
from dashboard.slides.status_key import status_key
from dashboard.slides.words import (
    cautions,
    changed_definitions,
    letters_footnote,
    published_by,
    title_of_board,
)
from dashboard.texts import Text
from dashboard.wording.absent_states import no_figures_of_states
from dashboard.wording.goal_finding import goal_finding, in_sentence
from dashboard.wording.scoreboard_findings import BoardFinding
from dashboard.wording.scoreboard_words import CALL_FOR_ATTENTION, clauses_in_words
from dashboard.wording.series_facts import (
    MIDDLE_DOT,
    NO_FIGURE_KEY,
    flags_in_words,
    invented_mark,
    missing_states,
    series_in_area,
    series_notes,
    without_mark,
)
from metrics.core.tables import EU
from metrics.release.official_statuses import NOT_CURRENT

CURRENT_CALLS = tuple(mark for mark in CALL_FOR_ATTENTION if mark != NOT_CURRENT)


@dataclass(frozen=True)
class ComparedStates:
    """One period of a series in the States: as the page of the goal has it."""

    selection: Selection
    series: AssessedSeries
    period: str
    in_period: Mapping[str, AssessedSeries]

    @cached_property
    def marks(self) -> Mapping[str, str]:
        """State → its mark; empty where no State is assessed."""
        if not any(series.official for series in self.in_period.values()):
            return {}
        every = {area: self.in_period.get(area, series)
                 for area, series in self.selection.in_states.items()}  # fmt: skip
        of_goal = self.selection.marks_of_goal
        return {area: of_goal.get(area) or mark_of_series(series) for area, series in every.items()}

    @property
    def rows(self) -> Iterator[Record | None]:
        """Of the period."""
        return (series.row_in(self.period) for series in self.in_period.values())

    @property
    def counts(self) -> Counter[str]:
        return Counter(self.marks.values())

    @property
    def doing_well(self) -> StatesDoingWell | None:
        """Of the States with a current status; as the scoreboard counts those of a goal."""
        goal = self.selection.goal if self.selection.marks_of_goal else None
        release, period = self.selection.release, self.selection.period
        return states_doing_well(goal, self.counts, release, period)

    @property
    def missing(self) -> str:
        """Who has no figure of the period."""
        if not self.period:
            return ""
        return missing_states(self.selection.in_states, self.period, self.selection.text)

    @cached_property
    def in_words(self) -> Mapping[str, str]:
        """State → its status and its figure."""
        text, marks = self.selection.text, self.marks
        return {
            area: ": ".join(
                filter(None, [text(f"status.{marks[area]}") if area in marks else "",
                              printed_in(series, self.period, text)])
            )
            for area, series in self.in_period.items()
        }  # fmt: skip


def read_states(request: SlideRequest) -> ComparedStates:
    selection, series = read_selection(request)
    period = compared_period(selection)
    in_period = states_with_rows(selection, period) if period else {}
    return ComparedStates(selection, series, period, in_period)


def finding_of_states(states: ComparedStates) -> str:
    """`Victims, ICSE: met or favourable in 9 of 27 Member States …; 10 behind`."""
    selection, text = states.selection, states.selection.text
    if not states.period and parts_with_figures(selection, states.series):
        return goal_finding(selection, states.series)
    if not states.period:
        absence = no_figures_of_states(selection).rstrip(".")
        return f"{name_in_goal(selection, states.series)}: {in_sentence(absence)}"
    what = name_in_goal(selection, states.series)
    everyone = text.number(len(selection.in_states), 0)
    doing_well = states.doing_well
    if doing_well is None:
        known = sum(has_value(series, states.period) for series in states.in_period.values())
        return text.counted("slides.states_with_figure", known, all=everyone, what=what,
                            period=text.period(states.period))  # fmt: skip

    def find(own: Text) -> BoardFinding:
        in_language = replace(selection, context=replace(selection.context, text=own))
        name = name_in_goal(in_language, states.series)
        return finding_of_counts(name, doing_well, states.counts, own)

    return title_of_board(find, text)


def finding_of_counts(
    what: str, doing_well: StatesDoingWell, counts: Mapping[str, int], text: Text
) -> BoardFinding:
    """Clauses that add up to the States which the first one counts.

    Those without a current status follow, unless they are counted too, as bound by a step.
    """
    key = "slides.states_met" if doing_well.have_met else "slides.states_finding"
    assessed = text.number(doing_well.of_all, 0)
    first = text.counted(key, doing_well.number, all=assessed, what=what)
    clauses = clauses_in_words(CURRENT_CALLS, counts, text)
    others = max(0, doing_well.of_all - doing_well.number - sum(clauses.values()))
    old, counted = counts.get(NOT_CURRENT, 0), doing_well.of_all - current_statuses(counts)
    beside = text("slides.states_not_current", n=text.number(old, 0)) if old and not counted else ""
    return BoardFinding(first, clauses, others, beside, are_states=True)


def has_value(series: AssessedSeries, period: str) -> bool:
    return series.last_known is not None and series.last_known["period"] == period


def content_of_states(
    request: SlideRequest,
    states: ComparedStates,
    parts: Parts,
    footnotes: list[Footnote | str],
) -> SlideContent:
    selection, series, text = states.selection, states.series, states.selection.text
    missing, in_words = states.missing, states.in_words
    changed = [*changed_definitions(series, text)]
    care = [*reading_of_target(selection, series), *cautions(series, text)]
    period = text.period(states.period) if states.period else ""
    published = published_by(states.rows, text)
    about = ", ".join(filter(None, [text("state.menu"), period]))
    notes = [
        *map(words_of_footnote, footnotes),
        missing,
        words_of_footnote(published),
        *series_notes(series, text),
        text.listed(f"{area} {words}" for area, words in in_words.items()),
    ]
    context = named_context(selection).with_changes(view="states", area="")
    path = short_path(replace(selection, area=EU), "states")
    return SlideContent(
        title=finding_of_states(states),
        goal_line=goal_line(selection, series, about),
        parts=parts,
        footnotes=(*care, missing, published, *footnotes, *changed),
        notes=tuple(dict.fromkeys(filter(None, notes))),
        short_path=short_link(request, path),
        link=full_link(request, context),
        source=without_mark(source_of(selection.context)),
        figures=figures_of_states(states),
        caveats=(
            *map(words_of_footnote, reading_of_target(selection, series)),
            *caveats_of_series(series, text),
            *absences_by_area(selection.in_states, states.period, text),
        ),
    )


def figures_of_states(states: ComparedStates) -> dict[str, SlideFigure]:
    """Of each State its figure of the period, with its status."""
    return {
        series_in_area(states.series, area, states.selection.text): figure_of_series(
            states.in_words[area], own, own.row_in(states.period), states.marks.get(area, "")
        )
        for area, own in states.in_period.items()
    }


def nothing_to_compare(request: SlideRequest, states: ComparedStates) -> SlideContent:
    """A release in which no State has a figure: the slide says so, and the deck is made."""
    box = SlideBox(CONTENT_LEFT, CONTENT_TOP, CONTENT_WIDTH, CONTENT_HEIGHT)
    return content_of_states(
        request, states, lambda: [absent_figures(states.selection, states.series, box)], []
    )


def printed_in(series: AssessedSeries, period: str, text: Text) -> str:
    row = series.row_in(period)
    if row is None:
        return text(NO_FIGURE_KEY)
    if pd.isna(row["value"]):
        return why_absent(row, text)
    return with_flags(series.format_figure(row, text), row, text)


def read_side_by_side(request: SlideRequest) -> list[SlideContent]:
    states = read_states(request)
    if not states.period:
        return [nothing_to_compare(request, states)]
    selection, text = states.selection, states.selection.text
    chart = states_in_chart(selection, states.series, states.period)
    footnotes = [
        letters_footnote(flags_in_words([row.mark for row in chart.rows if row.mark], text)),
        text("goal.no_ranking"),
    ]
    parts = partial(parts_side_by_side, states, chart)
    return [content_of_states(request, states, parts, footnotes)]


def parts_side_by_side(states: ComparedStates, chart: StatesChart) -> Iterator[SlidePart]:
    selection, text = states.selection, states.selection.text
    key = status_key(states.counts, CONTENT_TOP, text)
    yield from key.parts
    taken = key.height + 8
    unit = unit_in_words(states.series.in_one_state, text)
    title = MIDDLE_DOT.join(filter(None, [unit, invented_mark(selection.context)]))
    fills = {area: status_mark(mark).column for area, mark in states.marks.items()}
    words = text.listed(f"{row.area} {row.printed}" for row in chart.rows)
    look = ChartLook(text.language, text("goal.states"), f"{chart.caption.title}. {words}.", title,
                     16, fills)  # fmt: skip
    box = SlideBox(CONTENT_LEFT, CONTENT_TOP + taken, CONTENT_WIDTH, 340 - taken)
    yield StatesPart(chart, box, look)


STATES_SLIDE = SlideKind("states", read_side_by_side, (GOAL_PATH,), views=("states",))
