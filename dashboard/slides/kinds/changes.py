"""What differs between two releases: statuses of goals first, then figures."""

from collections import Counter
from collections.abc import Iterator, Sequence

from dashboard.contents.changed_figures import printed_figures, series_of_row
from dashboard.contents.changes_in_words import (
    causes_in_words,
    changes_finding,
    scope_in_words,
    status_in_words,
)
from dashboard.context import PageContext
from dashboard.released.changed_rows import AskedChanges, asked_changes, choices_of_changes
from dashboard.rows_by_key import Record
from dashboard.slides.content import SlideContent, SlideKind, SlideRequest
from dashboard.slides.listed_rows import ListedRows, ListFinding, content_of_rows, first_rows_of
from dashboard.slides.words import title_of_clauses
from dashboard.texts import Text
from dashboard.wording.goal_finding import in_sentence
from dashboard.wording.series_facts import MIDDLE_DOT
from metrics.catalogue.loader import catalogue
from metrics.core.errors import SubmissionError
from metrics.core.tables import EU

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
MOST_KINDS = 4  # of changes, that a title names by area


def read_changes(request: SlideRequest) -> list[SlideContent]:
    changes = asked_changes(request.context)
    if changes is None:
        raise SubmissionError("deck_nothing_there", why=changes_finding(None, request.context))
    if not (len(changes.statuses) or len(changes.figures)):
        return [nothing_changed(request, changes)]
    return [*slides_of_changes(request, changes)]


def nothing_changed(request: SlideRequest, changes: AskedChanges) -> SlideContent:
    """A release that says the same as the one before: the slide says what was compared."""
    context, text = request.context, request.context.text
    scope = scope_in_words(context) or context.collection.name(text.language)
    title = text("slides.nothing_changed", scope=scope, release=changes.difference.before.label)
    finding = ListFinding(title, text("changes.menu"), (text("changes.note"),))
    heads = ("", text("slides.compared"))
    rows = [*compared_releases(changes, text)]
    listed = ListedRows(text("changes.menu"), heads, rows, (1.0, 1.0), len(rows))
    return content_of_rows(request, finding, listed)


def compared_releases(changes: AskedChanges, text: Text) -> Iterator[tuple[str, str]]:
    """Both releases with their days, and how much differs, calculated figures included."""
    difference = changes.difference
    for key, release in (
        ("changes.release_before", difference.before),
        ("frame.release", difference.after),
    ):
        yield text(key), MIDDLE_DOT.join([release.label, text.date(release.as_of)])
    counts = {
        "changes.statuses": len(changes.statuses),
        "changes.figures": len(changes.figures),
        "slides.changes_beside": changes.beside,
    }
    yield from ((text(key), text.number(count, 0)) for key, count in counts.items())


def slides_of_changes(request: SlideRequest, changes: AskedChanges) -> Iterator[SlideContent]:
    """First the statuses of goals, then the figures."""
    context, text = request.context, request.context.text
    since = text("changes.title_since", release=changes.difference.before.label)
    found = {
        finding_of_statuses: rows_of_statuses(changes, context),
        finding_of_figures: rows_of_figures(changes, context),
    }
    for finding_of, listed in found.items():
        if listed.number:
            line = MIDDLE_DOT.join(filter(None, [since, scope_in_words(context), listed.name]))
            finding = ListFinding(finding_of(changes, context), line, (text("changes.note"),))
            yield content_of_rows(request, finding, listed)


def finding_of_statuses(changes: AskedChanges, context: PageContext) -> str:
    """`2 statuses of goals changed; GA-1.1 (DE, HU): from “Behind” to “On track”`."""
    text, rows = context.text, changes.statuses
    moves = {
        move_in_words(str(goal), str(before), str(after), [*own["area"]], text): len(own)
        for (goal, before, after), own in rows.groupby(["goal", "before", "after"], sort=False)
    }
    return title_of_clauses(text.counted("slides.statuses_changed", len(rows)), moves, text)


def move_in_words(goal: str, before: str, after: str, areas: Sequence[str], text: Text) -> str:
    codes = [text("state.eu") if area == EU else area for area in areas]
    return text("slides.status_changed", goal=goal, before=status_in_words(before, text),
                after=status_in_words(after, text),
                areas=", ".join(codes) if len(codes) <= MOST_KINDS
                else text.number(len(codes), 0))  # fmt: skip


def finding_of_figures(changes: AskedChanges, context: PageContext) -> str:
    """`10 reported figures changed; Hungary, new: 6; Germany, revised: 4`.

    As the page says it where the link chooses a kind of change, or figures that are calculated.
    """
    text, rows = context.text, changes.figures
    if context.view.change or context.view.detail:
        return changes_finding(changes, context)
    by_kind = Counter(rows["kind"])
    by_area = Counter(zip(rows["area"], rows["kind"], strict=True))
    kinds = {f"{text.code('area', area)}, {name_of_change(kind, text)}: {text.number(n, 0)}": n
             for (area, kind), n in by_area.items()}  # fmt: skip
    if len(kinds) > MOST_KINDS:
        kinds = {f"{name_of_change(kind, text)}: {text.number(n, 0)}": n
                 for kind, n in by_kind.items()}  # fmt: skip
    return title_of_clauses(text.counted("slides.figures_changed", len(rows)), kinds, text)


def name_of_change(kind: str, text: Text) -> str:
    return in_sentence(text(f"change_of_figure.{kind}"))


def rows_of_statuses(changes: AskedChanges, context: PageContext) -> ListedRows:
    text = context.text
    return first_rows_of(changes.statuses, text("changes.statuses"), STATUS_COLUMNS,
                         lambda row: words_of_status(row, context), text)  # fmt: skip


def words_of_status(row: Record, context: PageContext) -> list[str]:
    text, goal = context.text, catalogue().goals.get(row["goal"])
    name = goal.coded_name(text.language) if goal else str(row["goal"])
    statuses = [status_in_words(row[key], text) for key in ("before", "after")]
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


CHANGES_SLIDE = SlideKind(
    "changes", read_changes, paths=(CHANGES_PAGE,), is_usual=True, choices=choices_of_changes
)
