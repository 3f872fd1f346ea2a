"""What differs between two releases: statuses of goals first, then figures."""

from collections.abc import Iterator

from dashboard.contents.changed_figures import printed_figures, series_of_row
from dashboard.contents.changes_in_words import causes_in_words, changes_finding
from dashboard.context import PageContext
from dashboard.data import records
from dashboard.keyed_rows import Record
from dashboard.released.changed_rows import AskedChanges, asked_changes
from dashboard.slides.content import SlideContent, SlideKind, SlideRequest
from dashboard.slides.first_rows import ROWS_OF_A_LIST, ListedRows, ListFinding, content_of_rows
from dashboard.wording.series_facts import MIDDLE_DOT
from metrics.catalogue.loader import catalogue

CHANGES_PAGE = "/changes"
STATUS_NAMES, STATUS_WIDTHS = (
    ("goal", "area", "before", "after", "cause"),
    (2.6, 1.6, 1.4, 1.4, 2.2),
)
FIGURE_NAMES = ("area", "series", "period", "kind", "old", "new", "difference")
FIGURE_WIDTHS = (1.4, 2.7, 0.9, 1.3, 1.9, 1.9, 1.1)


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
    return content_of_rows(request, finding, ListedRows(text("changes.menu"), (), (), (1.0,), 0))


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
    rows = [words_of_status(row, context) for row in records(changes.statuses.head(ROWS_OF_A_LIST))]
    heads = [text(f"changes.{name}") for name in STATUS_NAMES]
    return ListedRows(text("changes.statuses"), heads, rows, STATUS_WIDTHS, len(changes.statuses))


def words_of_status(row: Record, context: PageContext) -> list[str]:
    text, goal = context.text, catalogue().goals.get(row["goal"])
    name = goal.coded_name(text.language) if goal else str(row["goal"])
    statuses = [text(f"status.{row[key]}") if row[key] else text("changes.hidden")
                for key in ("before", "after")]  # fmt: skip
    return [name, text.code("area", row["area"]), *statuses, causes_in_words(row, text)]


def rows_of_figures(changes: AskedChanges, context: PageContext) -> ListedRows:
    text = context.text
    rows = [words_of_figure(row, context) for row in records(changes.figures.head(ROWS_OF_A_LIST))]
    heads = [text(f"changes.{name}") for name in FIGURE_NAMES]
    return ListedRows(text("changes.figures"), heads, rows, FIGURE_WIDTHS, len(changes.figures))


def words_of_figure(row: Record, context: PageContext) -> list[str]:
    text = context.text
    series = series_of_row(row, row["component"], context)
    printed = printed_figures(row, series, text)
    return [
        text.code("area", row["area"]),
        series.title(text) if series else str(row["indicator"]),
        text.period(row["period"]),
        text(f"change_of_figure.{row['kind']}"),
        printed.old,
        printed.new,
        printed.difference or "–",
    ]


CHANGES_SLIDE = SlideKind("changes", read_changes, paths=(CHANGES_PAGE,), is_usual=True)
