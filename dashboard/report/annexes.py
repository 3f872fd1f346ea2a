"""The end of the report: methods, sources, and what is missing from it."""

from collections.abc import Iterator, Sequence

from dashboard.addresses.selection import compared_period
from dashboard.contents.withdrawal_views import withdrawn_headings, withdrawn_in_words
from dashboard.context import PageContext
from dashboard.data import Release, compact_values
from dashboard.released.goal_figures import known_of_goal
from dashboard.released.goal_statuses import SCOREBOARD_MARKS
from dashboard.released.reporting import (
    NOT_ON_TIME,
    ReportingRecord,
    is_closed,
    reporting_record,
)
from dashboard.released.states_by_status import absences_in
from dashboard.report.document import (
    Block,
    BulletList,
    DocumentCell,
    DocumentColumn,
    DocumentParagraph,
    DocumentTable,
    ParagraphLook,
    ReportSection,
    cell_of_status,
    heading_cell,
    paragraph,
    text_cell,
)
from dashboard.report.reported_goals import ReportedGoal
from dashboard.texts import Text, english
from dashboard.wording.series_facts import letters_in_words
from metrics.catalogue.codelists import member_states
from metrics.catalogue.definitions.frameworks import Framework

DECIDED = ("slides.methods_level", "slides.methods_direction", "slides.methods_same_states",
           "slides.methods_current")  # fmt: skip
CARE = ("slides.care_counts", "slides.care_missing", "slides.care_suppressed",
        "slides.care_actions")  # fmt: skip
EXPLAINED_TERMS = ("path", "gap", "headline", "round", "release", "revision")
WITHDRAWN_SHARES = (1.2, 2.6, 0.8, 1.2, 2.0)  # of the width, by column


def methods_section(context: PageContext) -> ReportSection:
    """How a status is decided, what each status, term and letter means, what to read with care."""
    text = context.text
    columns = (DocumentColumn(text("table.status"), 1.2),
               DocumentColumn(text("follow_up.meaning"), 3.6))  # fmt: skip
    statuses = tuple(
        (cell_of_status(mark, text(f"status.{mark}")), text_cell(text(f"status_meaning.{mark}")))
        for mark in SCOREBOARD_MARKS
    )
    terms = [(text(f"term.{term}"), text(f"term_meaning.{term}")) for term in EXPLAINED_TERMS]
    blocks: tuple[Block, ...] = (
        paragraph(text("slides.methods_title") + ".", ParagraphLook.LEAD),
        *bullets(text("slides.methods_decided"), DECIDED, text),
        *bullets(text("slides.care"), CARE, text),
        DocumentTable(text("about.statuses"), columns, statuses),
        *(paragraph(meaning, label=f"{term}:") for term, meaning in terms),
        paragraph(text.listed(letters_in_words(context)) + ".", label=f"{text('slides.letters')}:"),
        paragraph(text("about.confidentiality_rule"), label=f"{text('about.confidentiality')}:"),
    )
    return ReportSection(text("slides.methods"), blocks, begins_page=True)


def bullets(label: str, keys: Sequence[str], text: Text) -> Iterator[Block]:
    yield paragraph("", label=f"{label}:")
    yield BulletList(tuple(text(key) for key in keys))


def sources_section(context: PageContext) -> ReportSection:
    """The collection, the documents of the frameworks, and the publications of figures."""
    text, language = context.text, context.language
    collection = context.collection
    blocks: list[Block] = [
        DocumentParagraph((collection.note(language),), label=f"{collection.name(language)}:"),
        *(documents_table(own, text) for own in context.definitions.frameworks.values()),
        *publications_table(context),
    ]  # fmt: skip
    return ReportSection(text("about.sources"), tuple(blocks))


def documents_table(framework: Framework, text: Text) -> DocumentTable:
    columns = (DocumentColumn(text("follow_up.document"), 2.6),
               DocumentColumn(text("follow_up.reference"), 2.6),
               DocumentColumn(text("follow_up.day"), 1.0))  # fmt: skip
    rows = tuple(
        (
            heading_cell(document.title(text.language)),
            text_cell(english(document.reference)),
            text_cell(text.date(document.date) if document.date else "–"),
        )
        for document in framework.documents
    )
    return DocumentTable(str(framework.name(text.language)), columns, rows)


def publications_table(context: PageContext) -> Iterator[Block]:
    """What published figures were taken from: publisher, publication and address."""
    release, text = context.release, context.text
    if release is None or not context.is_published:
        return
    values = compact_values(release)
    names = ["source", "reference", "address"]
    cited = values.loc[values["source"].astype(str).ne(""), names].astype(str).drop_duplicates()
    columns = (DocumentColumn(text("follow_up.publisher"), 1.6),
               DocumentColumn(text("follow_up.publication"), 2.4),
               DocumentColumn(text("follow_up.address"), 2.6))  # fmt: skip
    rows = tuple(
        (heading_cell(english(source)), text_cell(english(reference)),
         text_cell(address))
        for source, reference, address in cited.sort_values(names).itertuples(index=False)
    )  # fmt: skip
    if rows:
        yield DocumentTable(text("follow_up.publications"), columns, rows)


def missing_section(context: PageContext) -> ReportSection:
    """Reports that did not come, goals and States without a figure, figures that were withdrawn."""
    text = context.text
    goals = [ReportedGoal.read(goal, context) for goal in context.definitions.goals.values()]
    blocks = [
        *missing_reports(context),
        *goals_without_figure(goals, text),
        *states_without_figure(goals, text),
        *withdrawn_blocks(context),
    ]
    return ReportSection(text("follow_up.missing"), tuple(blocks))


def missing_reports(context: PageContext) -> Iterator[Block]:
    """The answer of each State to each closed round, of those that were not always in time."""
    text, record = context.text, reporting_record(context.release)
    rounds = [str(row["round"]) for row in record.rounds if is_closed(row)]
    rows = [row for area in member_states() if (row := row_of_reports(area, rounds, record, text))]
    if context.is_published or not rows:
        return
    columns = (DocumentColumn(text("state.area"), 1.6), *(DocumentColumn(name) for name in rounds))
    yield DocumentTable(text("follow_up.missing_reports"), columns, tuple(rows))


def row_of_reports(
    area: str, rounds: Sequence[str], record: ReportingRecord, text: Text
) -> tuple[DocumentCell, ...]:
    answers = [str(record.reports[area, name]["status"]) if (area, name) in record.reports else ""
               for name in rounds]  # fmt: skip
    if not any(answer in NOT_ON_TIME for answer in answers):
        return ()
    words = [text(f"reporting.{answer}") if answer else "–" for answer in answers]
    return (heading_cell(text.code("area", area)), *map(text_cell, words))


def goals_without_figure(goals: Sequence[ReportedGoal], text: Text) -> Iterator[Block]:
    without_figures = [
        reported.title
        for reported in goals
        if reported.goal.indicators
        and not known_of_goal(reported.goal, reported.selection.area, reported.context.release)
    ]
    if without_figures:
        yield paragraph("", label=text("state.without"))
        yield BulletList(tuple(without_figures))


def states_without_figure(goals: Sequence[ReportedGoal], text: Text) -> Iterator[Block]:
    """The States without a figure of the headline series in its newest period, by the reason."""
    rows = [row for reported in goals if (row := row_of_absences(reported, text))]
    if not rows:
        return
    columns = (DocumentColumn(text("scoreboard.goal"), 2.2),
               DocumentColumn(text("scoreboard.period"), 0.7),
               DocumentColumn(text("follow_up.without_figure"), 4.0))  # fmt: skip
    yield DocumentTable(text("follow_up.missing_figures"), columns, tuple(rows))


def row_of_absences(reported: ReportedGoal, text: Text) -> tuple[DocumentCell, ...]:
    selection = reported.selection
    newest = compared_period(selection)
    if not newest:
        return ()
    why: dict[str, list[str]] = {}
    for area, key in absences_in(selection.in_states, newest).items():
        why.setdefault(key, []).append(area)
    if not why:
        return ()
    listed = text.listed(f"{text(key)}: {', '.join(areas)}" for key, areas in why.items())
    name = reported.goal.coded_name(text.language)
    return heading_cell(name), text_cell(text.period(newest)), text_cell(listed)


def withdrawn_blocks(context: PageContext) -> Iterator[Block]:
    """How many figures were revised; each that was withdrawn, with the reason."""
    text, release = context.text, context.release
    if release is None:
        return
    revised = sum(map(len, release.revisions.values()))
    none = text("report.not_revised")
    words = text.counted("follow_up.revised", revised) if revised else none
    yield paragraph(words, label=f"{text('report.revised')}:")
    rows = tuple(withdrawn_rows(release, text))
    if not rows:
        yield paragraph(text("report.not_withdrawn"), label=f"{text('report.withdrawn')}:")
        return
    headings = zip(withdrawn_headings(text), WITHDRAWN_SHARES, strict=True)
    columns = tuple(DocumentColumn(heading, share) for heading, share in headings)
    yield DocumentTable(text("report.withdrawn"), columns, rows)


def withdrawn_rows(release: Release, text: Text) -> Iterator[tuple[DocumentCell, ...]]:
    for figure in withdrawn_in_words(release, text):
        area, *others = figure
        yield heading_cell(area), *map(text_cell, others)
