"""The follow-up report over all Member States, as the Global Alliance made in 2013 and 2015."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from dashboard.charts.captions import source_of
from dashboard.charts.status_marks import ICONS, status_mark
from dashboard.context import PageContext
from dashboard.data import Release
from dashboard.progress import Advance, ReadingSteps, no_advance
from dashboard.released.scoreboard import in_order, read_scoreboard
from dashboard.report.annexes import methods_section, missing_section, sources_section
from dashboard.report.document import (
    Block,
    DocumentLabels,
    DocumentParagraph,
    MarkLook,
    ParagraphLook,
    ReportDocument,
    ReportSection,
    paragraph,
)
from dashboard.report.goal_sections import goal_section
from dashboard.report.state_profiles import profile_section
from dashboard.report.status_matrix import marks_in_words, status_matrix
from dashboard.report.summary import summary_section
from dashboard.wording.agreed_wording import citation
from dashboard.wording.series_facts import MIDDLE_DOT, invented_mark, without_mark
from metrics.catalogue.codelists import member_states
from metrics.catalogue.definitions.frameworks import Framework, PolicyTarget
from metrics.catalogue.definitions.goals import Goal
from metrics.messages import language_of_most_texts


def follow_up_report(context: PageContext, advance: Advance = no_advance) -> ReportDocument:
    """Every goal of the collection, every Member State, methods, sources and what is missing."""
    text = context.text
    goals = in_order(context.definitions.goals.values(), context)
    states = member_states()
    steps = ReadingSteps(advance, len(goals) + len(states) + 1)
    sections = [
        summary_section(context),
        *framework_sections(goals, context, steps),
        states_section(states, context, steps),
        methods_section(context),
        sources_section(context),
        missing_section(context),
    ]
    title = text("report.title")
    return document_of_release(title, tuple(sections), context)


def document_of_release(
    title: str, sections: tuple[ReportSection, ...], context: PageContext
) -> ReportDocument:
    text, release = context.text, context.release
    return ReportDocument(
        title,
        str(context.collection.name(text.language)),
        language_of_most_texts(text.language),
        DocumentLabels(text("follow_up.contents"), text("follow_up.page")),
        text("frame.product"),
        MIDDLE_DOT.join(without_mark(source_of(context))),
        release.as_of[:10] if release and release.as_of else "",
        tuple(looks_of_statuses()),
        invented_mark(context),
        tuple(cover_blocks(context, release)),
        sections,
    )


def looks_of_statuses() -> Iterator[tuple[str, MarkLook]]:
    for mark in ICONS:
        look = status_mark(mark)
        yield str(mark), MarkLook(look.icon, look.ink, look.ground)


def cover_blocks(context: PageContext, release: Release | None) -> Iterator[Block]:
    """The release, its day, and how it can be cited."""
    text = context.text
    if release is None:
        return
    yield paragraph(text("note.release", release=release.label))
    if release.as_of:
        yield paragraph(text("frame.as_of", day=text.date(release.as_of)))
    yield paragraph(text("frame.brand"), ParagraphLook.QUIET)


def framework_sections(
    goals: Sequence[Goal], context: PageContext, steps: ReadingSteps
) -> Iterator[ReportSection]:
    """A chapter for each framework; in it, its policy targets with their goals."""
    frameworks, text = context.definitions.frameworks, context.text
    for code, own in groupby(goals, key=lambda goal: goal.framework):
        framework, parts = frameworks[code], []
        targets = {target.code: target for target in framework.policy_targets}
        for target, of_target in groupby(own, key=lambda goal: goal.policy_target or ""):
            sections = [read_goal(goal, context, steps) for goal in of_target]
            parts += (
                [target_section(targets[target], framework, tuple(sections), context)]
                if target in targets
                else sections
            )
        note = [DocumentParagraph((framework.note(text.language),))] if framework.note else []
        yield ReportSection(framework.name(text.language), tuple(note), tuple(parts))


def read_goal(goal: Goal, context: PageContext, steps: ReadingSteps) -> ReportSection:
    section = goal_section(goal, context)
    steps.step()
    return section


def target_section(
    target: PolicyTarget,
    framework: Framework,
    sections: tuple[ReportSection, ...],
    context: PageContext,
) -> ReportSection:
    """A policy target in its official words, with its source, and its goals."""
    text = context.text
    goal = next(goal for goal in context.definitions.goals.values()
                if goal.framework == framework.code)  # fmt: skip
    blocks = (
        DocumentParagraph((target.name(text.language),), ParagraphLook.QUOTATION),
        DocumentParagraph(tuple(citation(goal, target.source, text)), ParagraphLook.QUIET),
    )
    heading = text("wording.policy_target", code=target.code)
    return ReportSection(heading, blocks, sections)


def states_section(
    states: Sequence[str], context: PageContext, steps: ReadingSteps
) -> ReportSection:
    board = read_scoreboard(context.with_changes(framework="", status="", area=""))
    matrix = (status_matrix(board, context.text), marks_in_words(board, context.text))
    parts = []
    for area in states:
        parts.append(profile_section(area, context))
        steps.step()
    blocks = (paragraph(context.text("follow_up.profiles")), *matrix)
    return ReportSection(context.text("state.menu"), blocks, tuple(parts), begins_page=True)
