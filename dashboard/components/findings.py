"""What is to be mended, grouped by cause, at the submitter's own cells."""

from collections.abc import Iterable, Iterator

from dash import html

from dashboard.components.layout import card
from dashboard.components.tables import Cell, table
from dashboard.texts import Text
from dashboard.view import View
from metrics.intake.findings import Finding, FindingGroup
from metrics.intake.rules import EXPLAINED, FindingText, worded
from metrics.submissions.desk import Examination
from metrics.submissions.finding_examples import finding_examples

# A page shows so many cells of one cause; the list of all is one link away, and the page says so.
MOST_ROWS = 100


def findings(told: Examination, view: View, text: Text) -> Iterator[html.Section]:
    if not told.findings:
        return
    number = {"findings": text.counted("submit.n_findings", len(told.findings)),
              "causes": text.counted("submit.n_causes", len(told.groups))}  # fmt: skip
    title = text("submit.causes", **number)
    every = view.link("/download/findings.csv")
    said = html.P([title, " ", html.A(text("submit.all_findings"), href=every)])
    yield card(text("submit.findings"), [said, *(_group(each, text) for each in told.groups)])


def _group(group: FindingGroup, text: Text) -> html.Article:
    shown, is_all = finding_examples(group, text.language)
    words = shown[0][1]
    severity = html.Span(
        text(f"submit.severity.{group.severity}"), className=f"severity severity-{group.severity}"
    )
    many = cells(group.findings)
    count = html.Span(text.counted("submit.many", many), className="note") if many > 1 else None
    return html.Article(
        [
            html.H3([severity, words.title, count]),
            *(_alike(group, words, text) if len(shown) == 1 else _different(group, shown, is_all)),
            _mending(group, words, text),
            _cells(group, text),
            html.P(html.Code(group.rule), className="quiet"),
        ],
        className=f"finding finding-{group.severity}",
    )


def cells(found: Iterable[Finding]) -> int:
    """Each counted once, however many findings are at it."""
    return len({each.place for each in found if each.cell})


def _mending(group: FindingGroup, words: FindingText, text: Text) -> html.P:
    """What was explained is not to be mended."""
    heading = [] if group.values.get(EXPLAINED) else [html.Strong(text("submit.mend") + ": ")]
    return html.P([*heading, words.mend])


def _alike(group: FindingGroup, words: FindingText, text: Text) -> Iterator[html.P]:
    yield html.P([html.Strong(place(group)), " ", words.what])
    yield from _only_one(group, text)
    yield html.P([html.Strong(text("submit.expected") + ": "), words.expected])


def _different(
    group: FindingGroup, shown: list[tuple[str, FindingText]], is_all: bool
) -> Iterator[html.P | html.Ul]:
    """The first few in full; the list of all is below and one link away."""
    said = [html.Li([html.Strong(cell), f" {each.what} {each.expected}"]) for cell, each in shown]
    yield html.P(html.Strong(place(group)))
    yield html.Ul(said if is_all else [*said, html.Li("…")])


def place(group: FindingGroup) -> str:
    return f"{group.sheet}!{group.ranges}" if group.sheet and group.ranges else group.sheet


def _only_one(group: FindingGroup, text: Text) -> Iterator[html.P]:
    """As typed and as understood; of several, the table below says it."""
    for name in ("typed", "understood") if len(group.findings) == 1 else ():
        if said := group.findings[0].values.get(name):
            yield html.P([html.Strong(text(f"submit.{name}") + ": "), html.Code(said)])


def _cells(group: FindingGroup, text: Text) -> html.Details | None:
    """Each cell as typed and as understood."""
    told = [each for each in group.findings if each.cell]
    if len(group.findings) == 1 or not told:  # one stands above
        return None
    columns = [text(f"submit.{each}") for each in ("place", "typed", "understood", "expected")]
    caption = text.counted("submit.many", cells(told))
    if len(told) > MOST_ROWS:
        caption += ". " + text("submit.shown", shown=MOST_ROWS, of=len(told))
    rows = [_row(each, text) for each in told[:MOST_ROWS]]
    return html.Details([html.Summary(text("submit.each_cell")), table(caption, columns, rows)])


def _row(finding: Finding, text: Text) -> list[Cell]:
    words = worded(finding, text.language)
    values = finding.values
    return [
        finding.place,
        html.Code(values["typed"]) if values.get("typed") else "–",
        values.get("understood") or "–",
        words.expected,
    ]
