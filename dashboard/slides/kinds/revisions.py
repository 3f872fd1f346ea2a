"""Figures that were sent again with another value: the first of them."""

from dashboard.contents.changes_in_words import revisions_finding
from dashboard.context import PageContext
from dashboard.released.revised_rows import choices_of_revisions, revised_figures_of
from dashboard.rows_by_key import Record
from dashboard.slides.content import SlideContent, SlideKind, SlideRequest
from dashboard.slides.kinds.changes import words_of_figure
from dashboard.slides.listed_rows import ListFinding, content_of_rows, first_rows_of

REVISIONS_PAGE = "/revisions"
# The key of each heading, with the width of its column.
REVISION_COLUMNS = {
    "revisions.area": 1.4, "revisions.series": 2.8, "revisions.period": 0.9, "revisions.old": 1.9,
    "revisions.new": 1.9, "revisions.difference": 1.1, "revisions.revised_on": 1.3,
}  # fmt: skip


def read_revisions(request: SlideRequest) -> list[SlideContent]:
    context, text = request.context, request.context.text
    finding = ListFinding(
        revisions_finding(context), text("revisions.title"), (text("revisions.note"),)
    )
    listed = first_rows_of(revised_figures_of(context), text("revisions.list"), REVISION_COLUMNS,
                           lambda row: words_of_revision(row, context), text)  # fmt: skip
    return [content_of_rows(request, finding, listed)]


def words_of_revision(row: Record, context: PageContext) -> list[str]:
    return [*words_of_figure(row, context), context.text.date(row["vintage"], width="medium")]


REVISIONS_SLIDE = SlideKind(
    "revisions",
    read_revisions,
    paths=(REVISIONS_PAGE,),
    is_usual=True,
    choices=choices_of_revisions,
)
