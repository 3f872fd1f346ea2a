"""The overview of measures with third countries that the Council asked for in 2019 (paragraph 24).

It has what the Member States declared, by partner country and by theme, and its result, and the
figures of each State.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dashboard.contents.action_views import (
    GOAL_SEPARATOR,
    PROGRESS_ORDER,
    named_code,
    progress_counts,
    progress_words,
)
from dashboard.context import PageContext
from dashboard.data import order_by_area, records
from dashboard.progress import Advance, no_advance
from dashboard.released.scoreboard import in_order
from dashboard.report.declared_actions import actions_table
from dashboard.report.document import (
    Block,
    DocumentColumn,
    DocumentTable,
    ParagraphLook,
    ReportDocument,
    ReportSection,
    count_cell,
    heading_cell,
    paragraph,
    text_cell,
)
from dashboard.report.follow_up import document_of_release
from dashboard.report.goal_sections import figures_of_goal, states_blocks
from dashboard.report.reported_goals import ReportedGoal
from dashboard.rows_by_key import Record
from dashboard.texts import Text
from dashboard.wording.series_facts import letters_in_words
from metrics.catalogue.definitions.goals import Goal
from metrics.messages.local_formats import HARD_SPACE

BY = ("partner", "theme")


def third_country_overview(context: PageContext, advance: Advance = no_advance) -> ReportDocument:
    text, declared = context.text, declared_measures(context)
    goals = in_order(goals_about_partners(context), context)
    sections = [measures_section(declared, context)]
    for number, goal in enumerate(goals, 1):
        sections.append(section_of_goal(goal, context))
        advance(number, len(goals))
    title = text("third_countries.title")
    document = document_of_release(title, tuple(sections), context)
    return replace(document, workbook=tuple(sheets(declared, goals, context)))


def sheets(
    declared: Sequence[Record], goals: Sequence[Goal], context: PageContext
) -> Iterator[DocumentTable]:
    """The whole list, the counts, and the figures of the States, as sheets of a workbook."""
    text = context.text
    if declared:
        yield actions_table(text("third_countries.measures"), declared, text)
        yield from (counts_by(name, declared, text) for name in BY)
    for goal in goals:
        reported = ReportedGoal.read(goal, context)
        tables = (block for block in states_blocks(reported) if isinstance(block, DocumentTable))
        yield from (replace(table, caption=f"{goal.code}: {table.caption}") for table in tables)
    yield table_of_letters(context)


def table_of_letters(context: PageContext) -> DocumentTable:
    """What the letters beside figures mean: on the sheets nothing else says so."""
    text = context.text
    columns = (DocumentColumn(text("follow_up.letter"), 0.8),
               DocumentColumn(text("follow_up.meaning"), 4.0))  # fmt: skip
    explained = [words.partition(HARD_SPACE) for words in letters_in_words(context)]
    rows = tuple((heading_cell(letter), text_cell(meaning)) for letter, _, meaning in explained)
    return DocumentTable(text("slides.letters"), columns, rows)


def goals_about_partners(context: PageContext) -> list[Goal]:
    """The goals whose figures are broken down by partner country."""
    indicators = context.definitions.indicators
    return [
        goal
        for goal in context.definitions.goals.values()
        if any("partner" in breakdown.by
               for code in goal.indicators for breakdown in indicators[code].breakdowns)
    ]  # fmt: skip


def declared_measures(context: PageContext) -> list[Record]:
    """The actions that name a partner country, or one of those goals, in protocol order."""
    release = context.release
    if release is None:
        return []
    codes = {goal.code for goal in goals_about_partners(context)}
    return [row for row in records(order_by_area(release.tables["actions"]))
            if row["partner"] or codes & set(str(row["goals"]).split(GOAL_SEPARATOR))]  # fmt: skip


def measures_section(declared: Sequence[Record], context: PageContext) -> ReportSection:
    text = context.text
    if not declared:
        blocks: tuple[Block, ...] = (paragraph(text("report.no_actions")),)
        return ReportSection(text("third_countries.measures"), blocks)
    states = text.number(len({row["area"] for row in declared}), 0)
    finding = text.counted("slides.actions_finding", len(declared), states=states)
    blocks = (
        paragraph(f"{finding}: {progress_counts(declared, text)}.", ParagraphLook.LEAD),
        paragraph(text("slides.actions_as_declared"), ParagraphLook.QUIET),
        *(counts_by(name, declared, text) for name in BY),
    )
    parts = tuple(
        ReportSection(name, (measures_table(name, rows, text),))
        for name, rows in by_partner(declared, text).items()
    )
    return ReportSection(text("third_countries.measures"), blocks, parts)


def measures_table(partner: str, rows: Sequence[Record], text: Text) -> DocumentTable:
    caption = f"{text('third_countries.measures')}: {partner}"
    return actions_table(caption, rows, text, ("theme",))


def by_partner(declared: Sequence[Record], text: Text) -> Mapping[str, list[Record]]:
    """Partner country → its measures; those without a partner come last."""
    found: dict[str, list[Record]] = {}
    for row in declared:
        found.setdefault(partner_of(row, text), []).append(row)
    none = found.pop(text("actions.no_partner"), [])
    named = dict(sorted(found.items()))
    return named | ({text("actions.no_partner"): none} if none else {})


def partner_of(row: Record, text: Text) -> str:
    name = str(row["partner"])
    return named_code("partner", name, text) if name else text("actions.no_partner")


def counts_by(name: str, declared: Sequence[Record], text: Text) -> DocumentTable:
    """How many measures, by their result; for each partner country or theme."""
    found: dict[str, Counter[str]] = {}
    for row in declared:
        value = partner_of(row, text) if name == "partner" else named_code(name, row[name], text)
        found.setdefault(value, Counter())[str(row["progress"])] += 1
    used = {progress for counts in found.values() for progress in counts}
    ordered = [*(code for code in PROGRESS_ORDER if code in used),
               *sorted(used - {*PROGRESS_ORDER})]  # fmt: skip
    columns = (
        DocumentColumn(text(f"actions.{name}"), 2.0),
        *(DocumentColumn(progress_words(code, text), 1.0, is_number=True) for code in ordered),
        DocumentColumn(text("overview.all"), 0.8, is_number=True),
    )
    rows = tuple(
        (heading_cell(value), *(count_cell(counts[code], text) for code in ordered),
         count_cell(counts.total(), text))
        for value, counts in sorted(found.items())
    )  # fmt: skip
    return DocumentTable(text(f"third_countries.by_{name}"), columns, rows)


def section_of_goal(goal: Goal, context: PageContext) -> ReportSection:
    """What was agreed, and the figures: the measures themselves are in the list by partner."""
    reported = ReportedGoal.read(goal, context)
    blocks = tuple(figures_of_goal(reported))
    return ReportSection(reported.title, blocks)
