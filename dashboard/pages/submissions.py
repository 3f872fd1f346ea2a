"""List what was submitted to a collection: when, by which State, with which findings."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from dash import html

from dashboard.components.hints import hint_button
from dashboard.components.layout import Drawn, card, filters, page_link
from dashboard.components.page_registry import register_page
from dashboard.components.pickers import picker
from dashboard.components.submission.frame import intake_frame
from dashboard.components.tables import stacked_table
from dashboard.context import PageContext, resolve_context
from dashboard.intake import desk, with_reporting_collection
from dashboard.texts import Text
from dashboard.view import View
from metrics.catalogue.codelists import member_states
from metrics.intake.findings import Severity
from metrics.submissions.ledger import Extent, State, Submission

PATH = "/submissions"
MOST_ROWS = 200  # of the newest; `empact register` lists all
SHORT_DIGEST = 12  # digits, enough to compare with a receipt
SUBMISSION_COLUMNS = (
    "received",
    "state",
    "round",
    "vintage",
    "content",
    "findings",
    "status",
    "receipt",
    "ways",
)

register_page(__name__, PATH, order=58, in_menu=False)


def layout(**query: str) -> html.Div:
    context = resolve_context(with_reporting_collection(View.from_query(query)))
    return intake_frame(PATH, context, context.text("submissions.lead"), sections(context))


def sections(context: PageContext) -> Iterator[Any]:
    text, view = context.text, context.view
    names = {code: text.code("area", code) for code in member_states()}
    every_state = {"": text("submissions.all_states")} | names
    chooser = filters(picker("area", text("submit.area"), every_state, view.area))
    yield card(context.collection.name(text.language), [chooser, *listing(context)])
    yield html.P(page_link(text("withdraw.back"), href=view.link("/submit")))


def listing(context: PageContext) -> Iterator[Any]:
    """The submissions of the chosen State, or of all, the newest first."""
    text, area = context.text, context.view.area
    sent = [
        submission
        for submission in desk().ledger.submissions(context.collection.code)
        if area in {"", submission.area}
    ]
    if not sent:
        yield html.P(text("submissions.none"))
        return
    newest = sorted(sent, key=lambda one: (one.vintage, one.key), reverse=True)[:MOST_ROWS]
    counted = count_findings(context)
    rows = [row_of(submission, counted, context) for submission in newest]
    headings = [text(f"submissions.{name}") for name in SUBMISSION_COLUMNS]
    yield stacked_table(text("submissions.caption"), headings, rows, ())
    if len(sent) > len(newest):
        yield html.P(text.counted("submissions.newest", len(newest)), className="quiet")


def count_findings(context: PageContext) -> Mapping[str, Counter[str]]:
    """How many findings of which severity each kept file had, by its digest."""
    reports = desk().ledger.reports(context.collection.code, context.view.area)
    return {
        report.digest: Counter(finding["severity"] for finding in report.findings)
        for report in reports
    }


def row_of(
    submission: Submission, counted: Mapping[str, Counter[str]], context: PageContext
) -> Sequence[Drawn]:
    text = context.text
    extent = f"submissions.extent.{submission.extent}"
    content = [] if submission.is_withdrawal else [submission.file]
    content += [] if submission.extent == Extent.WHOLE else [text(extent)]
    content += [submission.reason] if submission.reason else []
    return (
        moment_received(submission, text),
        text.code("area", submission.area),
        submission.round,
        html.Code(submission.vintage),
        text.listed(content),
        "" if submission.is_withdrawal else finding_counts(counted.get(submission.digest), context),
        text(f"submissions.status.{submission.state}"),
        short_digest(submission.sent_digest or submission.digest),
        withdrawal_link(submission, context),
    )  # fmt: skip


def short_digest(digest: str) -> html.Button:
    return hint_button(html.Code(digest[:SHORT_DIGEST]), digest)


def moment_received(submission: Submission, text: Text) -> str:
    moment = datetime.fromisoformat(submission.received_at)
    day = text.date(moment.date(), width="medium")
    return text("submissions.moment", day=day, time=f"{moment:%H:%M}")


def finding_counts(counts: Counter[str] | None, context: PageContext) -> str:
    if counts is None:
        return context.text("submissions.findings_unknown")
    levels = (Severity.WARNING, Severity.NOTE)  # a file with errors is not kept
    return ", ".join(context.text.counted(f"submit.{level}s", counts[level]) for level in levels)


def withdrawal_link(submission: Submission, context: PageContext) -> Drawn:
    """The page on which figures in force are withdrawn; nothing for what was replaced."""
    if submission.state != State.CURRENT:
        return ""
    choice = {"area": submission.area, "round": submission.round}
    address = context.view.link("/withdraw", collection=context.collection.code, **choice)
    return page_link(context.text("withdraw.menu"), href=address)
