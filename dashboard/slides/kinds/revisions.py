"""Figures that were sent again with another value: the first of them."""

from dashboard.contents.changed_figures import printed_figures, series_of_row
from dashboard.contents.changes_in_words import revisions_finding
from dashboard.context import PageContext
from dashboard.data import records
from dashboard.keyed_rows import Record
from dashboard.released.revised_rows import revised_figures_of
from dashboard.slides.content import SlideContent, SlideKind, SlideRequest
from dashboard.slides.first_rows import ROWS_OF_A_LIST, ListedRows, ListFinding, content_of_rows

REVISIONS_PAGE = "/revisions"
REVISION_NAMES = ("area", "series", "period", "old", "new", "difference", "revised_on")
REVISION_WIDTHS = (1.4, 2.8, 0.9, 1.9, 1.9, 1.1, 1.3)


def read_revisions(request: SlideRequest) -> list[SlideContent]:
    context, text = request.context, request.context.text
    revised = revised_figures_of(context)
    rows = [words_of_revision(row, context) for row in records(revised.head(ROWS_OF_A_LIST))]
    heads = [text(f"revisions.{name}") for name in REVISION_NAMES] if rows else []
    finding = ListFinding(
        revisions_finding(context), text("revisions.title"), (text("revisions.note"),)
    )
    widths = REVISION_WIDTHS if rows else (1.0,)
    listed = ListedRows(text("revisions.list"), heads, rows, widths, len(revised))
    return [content_of_rows(request, finding, listed)]


def words_of_revision(row: Record, context: PageContext) -> list[str]:
    text = context.text
    series = series_of_row(row, row["component"], context)
    printed = printed_figures(row, series, text)
    return [
        text.code("area", row["area"]),
        series.title(text) if series else str(row["indicator"]),
        text.period(row["period"]),
        printed.old,
        printed.new,
        printed.difference or "–",
        text.date(row["vintage"], width="medium"),
    ]


REVISIONS_SLIDE = SlideKind("revisions", read_revisions, paths=(REVISIONS_PAGE,), is_usual=True)
