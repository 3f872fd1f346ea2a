"""A goal in the report: what was agreed, the figure and its status, the States, the actions."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from dashboard.addresses.selection import Selection, choose, compared_period
from dashboard.charts.captions import chart_title
from dashboard.charts.marks import mark_of_value, why_absent
from dashboard.charts.native_numbers import HARD_SPACE, letter_of
from dashboard.charts.specification import Mark
from dashboard.charts.whole_picture import picture_of
from dashboard.contents.action_views import (
    actions_of_goal,
    first_goal_named,
    goals_in_order,
    named_code,
    progress_counts,
    progress_words,
)
from dashboard.contents.state_profile import bare_figure, is_expected
from dashboard.contents.view_charts import total_in_chart
from dashboard.context import PageContext
from dashboard.data import records
from dashboard.keyed_rows import Record
from dashboard.released.scoreboard import statuses_in_states
from dashboard.released.series import AssessedSeries, is_full, leads_goal, series_anywhere
from dashboard.released.state_statuses import (
    StateStatuses,
    counts_in_words,
    few_states_sentence,
    marks_of_states,
)
from dashboard.released.states_by_status import mark_of_series
from dashboard.report.document import (
    Block,
    BulletList,
    DocumentCell,
    DocumentChart,
    DocumentColumn,
    DocumentParagraph,
    DocumentTable,
    ParagraphLook,
    ReportSection,
    StatusFacts,
    cell_of_status,
    heading_cell,
    joined_sentences,
    paragraph,
    text_cell,
)
from dashboard.texts import Text, english
from dashboard.wording.agreed_wording import citation, target_lines, wording_note
from dashboard.wording.goal_finding import goal_finding
from dashboard.wording.narrative import account_of, latest_value
from dashboard.wording.scoreboard_words import short_word
from dashboard.wording.series_facts import as_sentence, fact_line, missing_states, series_notes
from metrics.catalogue.codelists import member_states
from metrics.catalogue.codelists.statuses import absence_key
from metrics.catalogue.definitions.goals import Goal
from metrics.core.period import parse_periods
from metrics.core.tables import EU, NORMAL, STEP

MOST_PERIODS, MOST_PERIODS_OF_STEPS = 6, 2  # columns of figures beside each other


@dataclass(frozen=True)
class ReportedGoal:
    """A goal with what the page of it shows by default."""

    goal: Goal
    selection: Selection

    @classmethod
    def read(cls, goal: Goal, context: PageContext) -> "ReportedGoal":
        bare = context.with_changes(goal=goal.code, area="", framework="", status="")
        return cls(goal, choose(bare))

    @property
    def text(self) -> Text:
        return self.selection.text

    @property
    def context(self) -> PageContext:
        return self.selection.context

    @property
    def series(self) -> AssessedSeries | None:
        return self.selection.series

    @property
    def title(self) -> str:
        return f"{self.goal.code} {self.goal.name(self.text.language)}"

    @cached_property
    def marks(self) -> Mapping[str, str]:
        """State → the mark of its status, as on the scoreboard where the series leads the goal."""
        series, release = self.series, self.context.release
        if series is None or release is None:
            return {}
        if leads_goal(self.goal, series):
            return {own.area: own.mark for own in statuses_in_states(self.goal.code, release)}
        return {area: mark_of_series(own) for area, own in self.selection.in_states.items()}


def goal_section(goal: Goal, context: PageContext) -> ReportSection:
    reported = ReportedGoal.read(goal, context)
    blocks = [
        *agreed_blocks(reported),
        *finding_blocks(reported),
        *states_blocks(reported),
        *further_series(reported),
        *action_blocks(reported),
    ]
    return ReportSection((reported.title,), tuple(blocks))


def agreed_blocks(reported: ReportedGoal) -> Iterator[Block]:
    """The wording with its source, and the rules by which it is assessed."""
    goal, text = reported.goal, reported.text
    yield DocumentParagraph((goal.wording(text.language),), ParagraphLook.QUOTATION)
    yield DocumentParagraph(tuple(citation(goal, goal.source, text)), ParagraphLook.QUIET)
    if note := wording_note(goal, text):
        yield paragraph(note, ParagraphLook.QUIET)
    if goal.note:
        yield DocumentParagraph((goal.note(text.language),), ParagraphLook.QUIET)
    yield from target_blocks(goal, text)


def target_blocks(goal: Goal, text: Text) -> Iterator[Block]:
    label, lines = f"{text('wording.targets')}:", target_lines(goal, text)
    if len(lines) == 1:
        yield paragraph(lines[0], label=label)
    elif lines:
        yield paragraph("", label=label)
        yield BulletList(tuple((line,) for line in lines))


def finding_blocks(reported: ReportedGoal) -> Iterator[Block]:
    """The finding, the status with its figures, the chart, and the account in sentences."""
    selection, series, text = reported.selection, reported.series, reported.text
    if series is None or series.last_row is None:
        yield paragraph(why_no_figure(reported), ParagraphLook.LEAD)
        return
    yield paragraph(goal_finding(selection, series), ParagraphLook.LEAD)
    if series.official is not None:
        mark = mark_of_series(series)
        yield StatusFacts(mark, text(f"status.{mark}"), fact_line(series, text))
    chart = total_in_chart(selection, series)
    if chart.has_value:
        yield DocumentChart(picture_of(chart, selection.context))
    yield from joined_sentences(*account_of(series, selection.release, text).sentences)
    for note in series_notes(series, text):
        yield paragraph(note, ParagraphLook.QUIET)


def why_no_figure(reported: ReportedGoal) -> str:
    """That nothing is counted, that no figure exists, or that only other series have figures."""
    text, goal, release = reported.text, reported.goal, reported.context.release
    if not goal.indicators:
        return text("overview.actions_only")
    if release is None or not series_anywhere(goal, release):
        return text("overview.no_figures")
    return text("strip.headline_absent", area=text.code("area", reported.selection.area))


def states_blocks(reported: ReportedGoal) -> Iterator[Block]:
    """How many States have which status, and their figures; who is missing in words."""
    selection, series, text = reported.selection, reported.series, reported.text
    in_states = selection.in_states
    if series is None or not any(own.last_row for own in in_states.values()):
        return
    marks = marks_of_states(in_states.values())
    union = series if series.area == EU else None
    few = few_states_sentence(StateStatuses.beside(union, marks) if union else None, text)
    yield from joined_sentences(counts_in_words(Counter(marks), text), few)
    table = StatesTable(reported, series)
    yield table.as_block()
    missing = ""
    if period := compared_period(selection):
        missing = missing_states(in_states, period, text)
    yield from (paragraph(words, ParagraphLook.QUIET)
                for words in (table.key, missing, text("goal.no_ranking")) if words)  # fmt: skip


@dataclass(frozen=True)
class StatesTable:
    """The figures of each State in the last periods, with letters for what qualifies them."""

    reported: ReportedGoal
    series: AssessedSeries

    @property
    def text(self) -> Text:
        return self.reported.text

    @cached_property
    def periods(self) -> list[str]:
        """The last full years, in their order; of steps fewer, as their names are long."""
        in_states = self.reported.selection.in_states
        found = {str(row["period"]) for own in in_states.values() for row in own.rows}
        whole = {period for period in found if is_full(period)} or found
        most = MOST_PERIODS_OF_STEPS if self.is_of_steps else MOST_PERIODS
        return sorted(whole, key=parse_periods(whole).__getitem__)[-most:]

    @property
    def is_of_steps(self) -> bool:
        return self.series.in_one_state.component == STEP

    @property
    def is_assessed(self) -> bool:
        return any(own.official for own in self.reported.selection.in_states.values())

    def as_block(self) -> DocumentTable:
        text, one_state = self.text, self.series.in_one_state
        status = [DocumentColumn(text("table.status"), 1.9)] if self.is_assessed else []
        width = 2.2 if self.is_of_steps else 1.0
        years = [DocumentColumn(text.period(period), width, is_number=not self.is_of_steps)
                 for period in self.periods]  # fmt: skip
        columns = (DocumentColumn(text("state.menu"), 1.9), *years, *status)
        union = [self.row_of_union()] if self.has_row_of_union else []
        rows = [self.row_of_state(area) for area in member_states()]
        return DocumentTable(chart_title(one_state, text), columns, (*union, *rows))

    @property
    def has_row_of_union(self) -> bool:
        """The Union's figures, unless they count States where a State has a step."""
        return self.series.area == EU and not self.is_of_steps

    def row_of_union(self) -> tuple[DocumentCell, ...]:
        mark = mark_of_series(self.series)
        return self.row_of(self.text.code("area", EU), self.series, mark)

    def row_of_state(self, area: str) -> tuple[DocumentCell, ...]:
        series = self.reported.selection.in_states[area]
        return self.row_of(self.text.code("area", area), series, self.reported.marks[area])

    def row_of(self, name: str, series: AssessedSeries, mark: str) -> tuple[DocumentCell, ...]:
        by_period = rows_by_period(series)
        is_number = not self.is_of_steps
        figures = [figure_cell(series, by_period.get(period), self.text, is_number=is_number)
                   for period in self.periods]  # fmt: skip
        status = [cell_of_status(mark, short_word(mark, self.text))] if self.is_assessed else []
        return (heading_cell(name), *figures, *status)

    @property
    def key(self) -> str:
        """`p provisional value; c suppressed`: the letters in use."""
        series = [*self.reported.selection.in_states.values()]
        series += [self.series] if self.has_row_of_union else []
        marks = (
            mark_of_row(by_period.get(period), self.text)
            for by_period in map(rows_by_period, series)
            for period in self.periods
        )
        return letters_in_use(marks)


def rows_by_period(series: AssessedSeries) -> dict[str, Record]:
    return {str(row["period"]): row for row in series.rows}


def letters_in_use(marks: Iterable[Mark]) -> str:
    """`p provisional value; : no figure, not collected`: a letter may have several meanings."""
    words: dict[str, dict[str, None]] = {}
    for mark in marks:
        if mark:
            words.setdefault(letter_of(mark), {})[mark.words] = None
    listed = (f"{letter}{HARD_SPACE}{', '.join(named)}" for letter, named in words.items())
    return as_sentence("; ".join(listed))


def mark_of_row(row: Record | None, text: Text) -> Mark:
    """What qualifies a figure, or why there is none."""
    if row is None:
        return Mark("absent.not_reported", text("absent.not_reported"))
    if pd.isna(row["value"]):
        return Mark(absence_key(row), why_absent(row, text))
    code, is_limit = mark_of_value(row)
    if is_limit or code == NORMAL:
        return Mark()
    return Mark(code, text.code("observation_status", code))


def figure_cell(
    series: AssessedSeries, row: Record | None, text: Text, *, is_number: bool
) -> DocumentCell:
    """The figure with its letter; in place of an absent one the letter that says why."""
    mark = mark_of_row(row, text)
    letter = letter_of(mark) if mark else ""
    if row is None or pd.isna(row["value"]):
        return DocumentCell((letter,), is_number=is_number, is_absent=True)
    figure = bare_figure(series, row, text)
    printed = HARD_SPACE.join(filter(None, [figure, letter]))
    return DocumentCell((printed,), is_number=is_number,
                        value=float(row["value"]) if is_number else None)  # fmt: skip


def further_series(reported: ReportedGoal) -> Iterator[Block]:
    """The other series of the goal, each with its latest figure and status."""
    selection, text = reported.selection, reported.text
    if reported.context.is_published:
        yield from published_elsewhere(reported)
        return
    others = [own for own in selection.followed
              if own is not reported.series and is_expected(own, reported.context)]  # fmt: skip
    if not others:
        return
    area = text.code("area", selection.area)
    columns = (
        DocumentColumn(text("changes.series"), 3.2),
        DocumentColumn(f"{text('scoreboard.latest')}, {area}", 1.8),
        DocumentColumn(text("table.status"), 1.3),
    )
    rows = tuple(row_of_series(own, text) for own in others)
    yield DocumentTable(text("follow_up.further"), columns, rows)


def published_elsewhere(reported: ReportedGoal) -> Iterator[Block]:
    """Every other series of the goal with a published figure, in whatever area it is of."""
    text, release, series = reported.text, reported.context.release, reported.series
    found = series_anywhere(reported.goal, release) if release else []
    others = [own for own in found
              if series is None or (own.area, own.name) != (series.area, series.name)]  # fmt: skip
    if not others:
        return
    columns = (
        DocumentColumn(text("overview.area"), 1.3),
        DocumentColumn(text("changes.series"), 3.0),
        DocumentColumn(text("scoreboard.latest"), 1.8),
        DocumentColumn(text("table.status"), 1.3),
    )
    rows = tuple((heading_cell(text.code("area", own.area)), *row_of_series(own, text))
                 for own in others)  # fmt: skip
    yield DocumentTable(text("follow_up.further"), columns, rows)


def row_of_series(series: AssessedSeries, text: Text) -> tuple[DocumentCell, ...]:
    mark = mark_of_series(series)
    return (
        heading_cell(series.title(text)),
        latest_cell(series, text),
        cell_of_status(mark, text(f"status.{mark}")),
    )


def latest_cell(series: AssessedSeries, text: Text) -> DocumentCell:
    """The latest figure with its period, or why there is none."""
    row = series.last_known
    if row is None:
        last = series.last_row
        why = why_absent(last, text) if last else text("absent.not_reported")
        return DocumentCell((why,), is_absent=True)
    mark = mark_of_row(row, text)
    letter = f"{HARD_SPACE}{letter_of(mark)}" if mark else ""
    return text_cell(f"{latest_value(series, text)}{letter} ({text.period(row['period'])})")


def action_blocks(reported: ReportedGoal) -> Iterator[Block]:
    """What the States declared under the goal, and what became of it; each action once."""
    goal, text, release = reported.goal, reported.text, reported.context.release
    declared = actions_of_goal(release, goal.code) if release else pd.DataFrame()
    if declared.empty:
        if goal.actions:
            yield paragraph(text("actions.none"))
        return
    order, by_first = goals_in_order(reported.context), dict[str, list[Record]]()
    for row in records(declared):
        by_first.setdefault(first_goal_named(str(row["goals"]), order), []).append(row)
    chosen = list(dict.fromkeys(text.code("area", area) for area in declared["area"]))
    yield paragraph(text.counted("report.chosen", len(chosen), names=", ".join(chosen)))
    if own := by_first.pop(goal.code, []):
        yield paragraph(f"{progress_counts(own, text)}.", label=f"{text('actions.progress')}:")
        yield actions_table(f"{goal.code}: {text('actions.of_goal')}", own, text)
    items = [listed_elsewhere(first, rows, text) for first, rows in by_first.items()]
    if items:
        yield BulletList(tuple((item,) for item in items))


def listed_elsewhere(first: str, rows: Sequence[Record], text: Text) -> str:
    """How many actions serve the goal too, and under which goal they are listed."""
    names = ", ".join(dict.fromkeys(text.code("area", row["area"]) for row in rows))
    return text.counted("report.elsewhere", len(rows), goal=first, names=names)


def actions_table(
    caption: str, rows: Sequence[Record], text: Text, beside: Sequence[str] = ("partner", "theme")
) -> DocumentTable:
    """Actions by State; with partner country and theme, where any is named."""
    beside = [name for name in beside if any(row[name] for row in rows)]
    columns = (
        DocumentColumn(text("state.area"), 1.5),
        DocumentColumn(text("actions.description"), 3.6),
        *(DocumentColumn(text(f"actions.{name}"), 1.5) for name in beside),
        DocumentColumn(text("actions.status"), 1.3),
        DocumentColumn(text("actions.timeframe"), 1.2),
        DocumentColumn(text("actions.progress"), 1.5),
    )
    return DocumentTable(caption, columns, tuple(row_of_action(row, beside, text) for row in rows))


def row_of_action(row: Record, beside: Sequence[str], text: Text) -> tuple[DocumentCell, ...]:
    timeframe = str(row["timeframe"])
    return (
        heading_cell(text.code("area", row["area"])),
        DocumentCell((english(str(row["description"])),)),
        *(text_cell(named_code(name, str(row[name]), text)) for name in beside),
        text_cell(text.code("action_status", row["status"])),
        DocumentCell((english(timeframe) if timeframe else "–",)),
        text_cell(progress_words(str(row["progress"]), text)),
    )
