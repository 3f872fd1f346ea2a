"""A document of a few pages: one goal, one State, and words that look like markup."""

from dashboard.context import read_context
from dashboard.report.document import (
    DocumentColumn,
    DocumentParagraph,
    DocumentTable,
    ReportDocument,
    ReportSection,
    heading_cell,
    paragraph,
    text_cell,
)
from dashboard.report.follow_up import document_of_release
from dashboard.report.goal_sections import goal_section
from dashboard.report.state_profiles import profile_section
from dashboard.view import View
from metrics.messages import Message

HOSTILE = '#import "x" $evil$ *not bold* _b_ <label> @ref \\ `raw` // = [x] <script>&amp;'


def small_report(language: str) -> ReportDocument:
    """One goal, one State, and words that a program could take for markup."""
    context = read_context(View(collection="sample", lang=language))
    columns = (DocumentColumn(HOSTILE), DocumentColumn("b"))
    rows = ((heading_cell(HOSTILE), text_cell("1")),)
    hostile = ReportSection(
        HOSTILE,
        (paragraph(HOSTILE, label=HOSTILE), DocumentTable(HOSTILE, columns, rows),
         DocumentParagraph((Message("agreed", "sv"),))),
    )  # fmt: skip
    goal = goal_section(context.definitions.goals["GA-1.1"], context)
    sections = (goal, profile_section("FI", context), hostile)
    return document_of_release(context.text("report.title"), sections, context)
