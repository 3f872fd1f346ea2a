"""A goal in the report: what was agreed, the figure and its status, the States, the actions."""

from collections import Counter
from collections.abc import Iterator

from dashboard.addresses.selection import compared_period
from dashboard.charts.picture_with_keys import picture_of
from dashboard.contents.view_charts import total_in_chart
from dashboard.context import PageContext
from dashboard.released.goal_statuses import mark_of_series
from dashboard.released.series import series_anywhere
from dashboard.released.state_statuses import (
    StateStatuses,
    counts_in_words,
    few_states_sentence,
    marks_of_states,
)
from dashboard.report.declared_actions import action_blocks
from dashboard.report.document import (
    Block,
    BulletList,
    DocumentChart,
    DocumentParagraph,
    ParagraphLook,
    ReportSection,
    StatusFacts,
    joined_sentences,
    paragraph,
)
from dashboard.report.further_series import further_series
from dashboard.report.reported_goals import ReportedGoal
from dashboard.report.states_tables import StatesTable
from dashboard.texts import Text
from dashboard.wording.agreed_wording import citation, target_lines, wording_note
from dashboard.wording.goal_finding import goal_finding
from dashboard.wording.narrative import account_of
from dashboard.wording.series_facts import fact_line, missing_states, series_notes
from metrics.catalogue.definitions.goals import Goal
from metrics.core.tables import EU


def goal_section(goal: Goal, context: PageContext) -> ReportSection:
    reported = ReportedGoal.read(goal, context)
    blocks = [*figures_of_goal(reported), *further_series(reported), *action_blocks(reported)]
    return ReportSection(reported.title, tuple(blocks))


def figures_of_goal(reported: ReportedGoal) -> Iterator[Block]:
    """What was agreed, the finding, and the figures of the States."""
    yield from agreed_blocks(reported)
    yield from finding_blocks(reported)
    yield from states_blocks(reported)


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
        yield BulletList(tuple(lines))


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
