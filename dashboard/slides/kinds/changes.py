"""What differs between two releases: statuses of goals first, then figures."""

from collections.abc import Iterator

from dashboard.contents.changed_figures import printed_figures, series_of_row
from dashboard.contents.changes_in_words import causes_in_words, changes_finding
from dashboard.context import PageContext
from dashboard.keyed_rows import Record
from dashboard.released.changed_rows import AskedChanges, asked_changes
from dashboard.slides.content import SlideContent, SlideKind, SlideRequest
from dashboard.slides.first_rows import ListedRows, ListFinding, content_of_rows, first_rows_of
from dashboard.wording.series_facts import MIDDLE_DOT
from metrics.catalogue.loader import catalogue

CHANGES_PAGE = "/changes"
# The key of each heading, with the width of its column.
STATUS_COLUMNS = {
    "changes.goal": 2.6, "changes.area": 1.6, "changes.before": 1.4, "changes.after": 1.4,
    "changes.cause": 2.2,
}  # fmt: skip
FIGURE_COLUMNS = {
    "changes.area": 1.4, "changes.series": 2.7, "changes.period": 0.9, "changes.kind": 1.3,
    "changes.old": 1.9, "changes.new": 1.9, "changes.difference": 1.1,
}  # fmt: skip


def read_changes(request: SlideRequest) -> list[SlideContent]:
    changes = asked_changes(request.context)
    if changes is None:
        return [nothing_changed(request, None)]
    found = [*slides_of_changes(request, changes)]
    return found or [nothing_changed(request, changes)]


def nothing_changed(request: SlideRequest, changes: AskedChanges | None) -> SlideContent:
    """A first release, or one that says the same: the slide says so, and the deck is made."""
    context, text = request.context, request.context.text
    finding = ListFinding(changes_finding(changes, context), text("changes.menu"))
    return content_of_rows(request, finding, ListedRows(text("changes.menu"), (), (), (), 0))


def slides_of_changes(request: SlideRequest, changes: AskedChanges) -> Iterator[SlideContent]:
    context, text = request.context, request.context.text
    tables = {
        "statuses": rows_of_statuses(changes, context),
        "figures": rows_of_figures(changes, context),
    }
    for name, listed in tables.items():
        if listed.number:
            line = MIDDLE_DOT.join([text("changes.menu"), text(f"changes.{name}")])
            finding = ListFinding(changes_finding(changes, context), line, (text("changes.note"),))
            yield content_of_rows(request, finding, listed)


def rows_of_statuses(changes: AskedChanges, context: PageContext) -> ListedRows:
    text = context.text
    return first_rows_of(changes.statuses, text("changes.statuses"), STATUS_COLUMNS,
                         lambda row: words_of_status(row, context), text)  # fmt: skip


def words_of_status(row: Record, context: PageContext) -> list[str]:
    text, goal = context.text, catalogue().goals.get(row["goal"])
    name = goal.coded_name(text.language) if goal else str(row["goal"])
    statuses = [text(f"status.{row[key]}") if row[key] else text("changes.hidden")
                for key in ("before", "after")]  # fmt: skip
    return [name, text.code("area", row["area"]), *statuses, causes_in_words(row, text)]


def rows_of_figures(changes: AskedChanges, context: PageContext) -> ListedRows:
    text = context.text

    def words_of(row: Record) -> list[str]:
        return words_of_figure(row, context, text(f"change_of_figure.{row['kind']}"))

    return first_rows_of(changes.figures, text("changes.figures"), FIGURE_COLUMNS, words_of, text)


def words_of_figure(row: Record, context: PageContext, *kind: str) -> list[str]:
    """What it is a figure of, the kind of change if there are several, and both values."""
    text = context.text
    series = series_of_row(row, row["component"], context)
    printed = printed_figures(row, series, text)
    return [
        text.code("area", row["area"]),
        series.title(text) if series else str(row["indicator"]),
        text.period(row["period"]),
        *kind,
        printed.old,
        printed.new,
        printed.difference or "–",
    ]


CHANGES_SLIDE = SlideKind("changes", read_changes, paths=(CHANGES_PAGE,), is_usual=True)
