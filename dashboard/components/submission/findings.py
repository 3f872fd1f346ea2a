"""What the submitter must correct, grouped by cause, at the submitter's own cells."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from dash import html

from dashboard.components.layout import Drawn, card
from dashboard.components.tables import Cell, table
from dashboard.texts import Text
from dashboard.view import View
from metrics.intake.finding_texts import (
    FindingText,
    describe_finding,
    find_rule_text,
    text_in_cell,
    understood_value,
)
from metrics.intake.findings import Finding, FindingGroup, Severity
from metrics.submissions.desk import Examination
from metrics.submissions.finding_examples import (
    finding_examples,
    is_answered,
    shared_expectation,
)

# Cells shown for each cause; the page links to the complete list.
MOST_ROWS = 100


def findings_card(examination: Examination, view: View, text: Text) -> Iterator[html.Section]:
    if not examination.findings:
        return
    number = {"findings": text.counted("submit.n_findings", len(examination.findings)),
              "causes": text.counted("submit.n_causes", len(examination.groups))}  # fmt: skip
    title = text("submit.causes", **number)
    every = view.link("/download/findings.csv")
    counts = html.P([title, " ", html.A(text("submit.all_findings"), href=every)])
    yield card(text("submit.findings"), [counts, *finding_articles(examination.groups, text)])


def finding_articles(groups: Sequence[FindingGroup], text: Text) -> Iterator[Drawn]:
    """Errors and warnings in full; the notes, which ask for nothing, folded by their rule."""
    notes: dict[str, list[FindingGroup]] = {}
    for group in groups:
        if group.severity is Severity.NOTE:
            notes.setdefault(group.rule, []).append(group)
        else:
            yield group_article(group, text)
    if notes:
        folded = [notes_of_rule(alike, text) for alike in notes.values()]
        number = text.counted("submit.notes", count_findings(groups, Severity.NOTE))
        kinds = text.counted("submit.n_causes", len(notes))
        summary = text("submit.folded_notes", notes=f"{number} ({kinds})")
        yield html.Details([html.Summary(summary), *folded], className="notes")


def notes_of_rule(groups: Sequence[FindingGroup], text: Text) -> html.Details:
    """`Text outside a table (12)`, and the notes below it."""
    number = text.number(count_findings(groups, Severity.NOTE), 0)
    title = find_rule_text(groups[0].rule, text.language).title
    articles = [group_article(group, text) for group in groups]
    return html.Details([html.Summary(f"{title} ({number})"), *articles])


def count_findings(groups: Iterable[FindingGroup], severity: Severity) -> int:
    return sum(len(group.findings) for group in groups if group.severity is severity)


def numbers_of_findings(counts: Mapping[str, int], levels: Iterable[Severity], text: Text) -> str:
    """`2 errors, 1 warning`: of each of these levels, also where there is none."""
    return ", ".join(text.counted(f"submit.{level}s", counts.get(level, 0)) for level in levels)


def group_article(group: FindingGroup, text: Text) -> html.Article:
    shown_examples, is_all = finding_examples(group, text.language)
    words = shown_examples[0][1]
    severity = html.Span(
        text(f"submit.severity.{group.severity}"), className=f"severity severity-{group.severity}"
    )
    many = count_cells(group.findings)
    count = html.Span(text.counted("submit.many", many), className="note") if many > 1 else None
    return html.Article(
        [
            html.H3([severity, words.title, count]),
            *(
                single_text(group, words, text)
                if len(shown_examples) == 1
                else several_texts(group, shown_examples, is_all, text)
            ),
            advice(group, words, text),
            cells_table(group, text),
            html.P(html.Code(group.rule), className="quiet"),
        ],
        className=f"finding finding-{group.severity}",
    )


def count_cells(findings: Iterable[Finding]) -> int:
    """Count each cell once, however many findings it has."""
    return len({finding.location for finding in findings if finding.cell})


def advice(group: FindingGroup, words: FindingText, text: Text) -> html.P:
    """How to correct the findings; without a heading if they were answered."""
    heading = [] if is_answered(group) else [html.Strong(text("submit.correction") + ": ")]
    return html.P([*heading, words.correction])


def single_text(group: FindingGroup, words: FindingText, text: Text) -> Iterator[html.P]:
    yield html.P([html.Strong(group.location), " ", words.what])
    yield from typed_and_understood(group, text)
    yield html.P(expectation(words.expected, text))


def several_texts(
    group: FindingGroup, shown_examples: list[tuple[str, FindingText]], is_all: bool, text: Text
) -> Iterator[html.P | html.Ul]:
    """Show the first few findings in full; the page links to the complete list."""
    shared = shared_expectation(shown_examples)
    items = [
        html.Li([html.Strong(cell), f" {example.what}", *own_expectation(example, shared, text)])
        for cell, example in shown_examples
    ]
    yield html.P(html.Strong(group.location))
    yield html.Ul(items if is_all else [*items, html.Li("…")])
    if shared:
        yield html.P(expectation(shared, text))


def own_expectation(example: FindingText, shared: str, text: Text) -> Sequence[html.Strong | str]:
    """What is expected of one finding, where not the same is of all."""
    return [] if shared else [" ", *expectation(example.expected, text)]


def expectation(expected: str, text: Text) -> list[html.Strong | str]:
    return [html.Strong(text("submit.expected") + ": "), expected]


def typed_and_understood(group: FindingGroup, text: Text) -> Iterator[html.P]:
    """A single cell as typed and as understood; `cells_table` shows several cells."""
    if len(group.findings) > 1:
        return
    (finding,) = group.findings
    typed = text_in_cell(finding, text.language)
    understood = understood_value(finding, text.language)
    for name, words in (("typed", typed), ("understood", understood)):
        if words:
            yield html.P([html.Strong(text(f"submit.{name}") + ": "), html.Code(words)])


def cells_table(group: FindingGroup, text: Text) -> html.Details | None:
    """Each cell as typed and as understood."""
    known = {
        (finding.location, describe_finding(finding, text.language).expected): finding
        for finding in group.findings
        if finding.cell
    }
    listed = [*known.values()]  # a cell may have several findings that ask for the same
    if len(group.findings) == 1 or not listed:  # `typed_and_understood` shows a single cell
        return None
    columns = [text(f"submit.{key}") for key in ("place", "typed", "understood", "expected")]
    caption = text.counted("submit.many", count_cells(listed))
    if len(listed) > MOST_ROWS:
        caption += ". " + text("submit.shown", shown=MOST_ROWS, of=len(listed))
    rows = [cell_row(finding, text) for finding in listed[:MOST_ROWS]]
    return html.Details([html.Summary(text("submit.each_cell")), table(caption, columns, rows)])


def cell_row(finding: Finding, text: Text) -> list[Cell]:
    words, typed = describe_finding(finding, text.language), text_in_cell(finding, text.language)
    return [
        finding.location,
        html.Code(typed) if typed else "–",
        understood_value(finding, text.language) or "–",
        words.expected,
    ]
