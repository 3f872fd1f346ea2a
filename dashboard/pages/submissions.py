"""List what was submitted to a collection: when, by which State, with which findings."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dash import html

from dashboard.components.hints import hint_button
from dashboard.components.layout import Drawn, card, filters, page_link
from dashboard.components.numbered_pages import links_to_pages, span_of_page
from dashboard.components.page_registry import register_page
from dashboard.components.pickers import picker
from dashboard.components.submission.difference import separate_lines
from dashboard.components.submission.examination_outcome import file_in_words
from dashboard.components.submission.findings import finding_articles, numbers_of_findings
from dashboard.components.submission.frame import appearing_card, intake_frame
from dashboard.components.submission.receipt import (
    IN_FORCE,
    SUBMISSIONS_PATH,
    minute_in_words,
    moments_of_receipt,
    receipt_address,
    sent_file,
    withdrawal_address,
)
from dashboard.components.submission.validity import validity_in_words
from dashboard.components.tables import stacked_table
from dashboard.context import PageContext, resolve_context
from dashboard.intake import desk, with_reporting_collection
from dashboard.view import View
from metrics.catalogue.codelists import member_states
from metrics.intake.findings import Severity
from metrics.messages.error_texts import full_sentence
from metrics.submissions.examination import Outcome
from metrics.submissions.ledger import ExaminationReport, Extent, Submission
from metrics.submissions.refusals import examination_of_report
from metrics.submissions.validity import Validity

SUBMISSIONS_OF_A_PAGE = 25  # one has some 300 pixels on a telephone
SHORT_DIGEST = 12  # digits, enough to compare with a receipt
SUBMISSION_COLUMNS = (
    "received",
    "state",
    "round",
    "content",
    "findings",
    "status",
    "receipt",
    "ways",
)
REFUSED_COLUMNS = ("checked", "state", "round", "content", "findings", "ways")
MOST_REFUSED = 50  # of the newest reports on files that were not accepted

register_page(__name__, SUBMISSIONS_PATH, order=58, in_menu=False)


def layout(**query: str) -> html.Div:
    context = resolve_context(with_reporting_collection(View.from_query(query)))
    return intake_frame(
        SUBMISSIONS_PATH, context, context.text("submissions.lead"), sections(context)
    )


def sections(context: PageContext) -> Iterator[Any]:
    text, view = context.text, context.view
    names = text.codes_by_name("area", member_states())
    every_state = {"": text("submissions.all_states")} | names
    chooser = filters(picker("area", text("submit.area"), every_state, view.area))
    reports = desk().ledger.reports(context.collection.code, view.area)
    yield from chosen_report(reports, context)
    accepted = listing(count_findings(reports), context)
    yield card(context.collection.name(text.language), [chooser, *accepted])
    yield from refused_card(reports, context)
    yield html.P(page_link(text("withdraw.back"), href=view.link("/submit")), className="onward")


def chosen_report(
    reports: Sequence[ExaminationReport], context: PageContext
) -> Iterator[html.Section]:
    """Every finding in the file that the address names, which was checked and not accepted."""
    text, digest = context.text, context.view.checked
    report = next((one for one in reports if digest and one.digest == digest), None)
    if report is None:
        return
    examination = examination_of_report(report, text.language)
    heading = text("submissions.findings_of", file=report.file)
    refusal = examination.refusal
    body: list[Any] = [html.P(text("submissions.not_kept"), className="quiet")]
    body += [html.P(full_sentence(refusal, text.language))] if refusal else []
    body += finding_articles(examination.groups, text)
    yield appearing_card(heading, body)


def refused_card(
    reports: Sequence[ExaminationReport], context: PageContext
) -> Iterator[html.Section]:
    """The files that were checked and not accepted, the newest first; they were not kept."""
    text = context.text
    refused = [one for one in reports if one.outcome != Outcome.ACCEPTED][:MOST_REFUSED]
    if not refused:
        return
    rows = [refused_row(report, context) for report in refused]
    headings = [text(f"submissions.{name}") for name in REFUSED_COLUMNS]
    caption = text.counted("submissions.refused_caption", len(refused))
    note = html.P(text("submissions.refused_note"), className="quiet")
    body = [note, stacked_table(caption, headings, rows, ())]
    yield card(text("submissions.refused"), body)


def refused_row(report: ExaminationReport, context: PageContext) -> Sequence[Drawn]:
    text = context.text
    counts = Counter(finding["severity"] for finding in report.findings)
    levels = (Severity.ERROR, Severity.WARNING)
    found = numbers_of_findings(counts, levels, text)
    address = context.view.link(SUBMISSIONS_PATH, checked=report.digest)
    return (
        minute_in_words(report.received_at, text),
        text.code("area", report.area) if report.area else text("submit.not_recognised"),
        report.round or text("submit.not_recognised"),
        file_in_words(report.file, report.digest, text),
        text("submit.file_error") if report.outcome == Outcome.UNREADABLE else found,
        page_link(text("submissions.open_refused"), href=address),
    )


def listing(counted: Mapping[str, Counter[str]], context: PageContext) -> Iterator[Any]:
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
    newest_first = sorted(sent, key=lambda one: (one.vintage, one.key), reverse=True)
    listed = newest_first[span_of_page(len(sent), context, SUBMISSIONS_OF_A_PAGE)]
    validities = desk().validity_of(sent)
    rows = [row_of(one, validities[one.key], counted, context) for one in listed]
    headings = [text(f"submissions.{name}") for name in SUBMISSION_COLUMNS]
    yield stacked_table(text("submissions.caption"), headings, rows, ())
    yield from links_to_pages(SUBMISSIONS_PATH, len(sent), context, SUBMISSIONS_OF_A_PAGE)


def count_findings(reports: Sequence[ExaminationReport]) -> Mapping[str, Counter[str]]:
    """How many findings of which severity each kept file had, by its digest."""
    return {
        report.digest: Counter(finding["severity"] for finding in report.findings)
        for report in reports
    }


def row_of(
    submission: Submission,
    validity: Validity,
    counted: Mapping[str, Counter[str]],
    context: PageContext,
) -> Sequence[Drawn]:
    text, area = context.text, submission.area
    content = [] if submission.is_withdrawal else [sent_file(submission, text)]
    content += (
        []
        if submission.extent == Extent.WHOLE
        else [text(f"submissions.extent.{submission.extent}")]
    )
    content += [submission.reason] if submission.reason else []
    state = context.view.lasting_choices.link("/state", area=area)
    return (
        separate_lines(moments_of_receipt(submission, text)),
        page_link(text.code("area", area), href=state) if area in member_states() else area,
        submission.round,
        text.listed(content),
        *facts_of_file(submission, validity, counted, context),
        [*row_links(submission, validity, context)],
    )  # fmt: skip


def facts_of_file(
    submission: Submission,
    validity: Validity,
    counted: Mapping[str, Counter[str]],
    context: PageContext,
) -> Sequence[Drawn]:
    """Findings, validity and digest; a withdrawal has no file, and its validity alone."""
    validity_words = validity_in_words(validity, context.text)
    if submission.is_withdrawal:
        return "", validity_words, ""
    digest = short_digest(submission.sent_digest or submission.digest)
    return finding_counts(counted.get(submission.digest), context), validity_words, digest


def short_digest(digest: str) -> html.Button:
    return hint_button(html.Code(digest[:SHORT_DIGEST]), digest)


def finding_counts(counts: Counter[str] | None, context: PageContext) -> str:
    if counts is None:
        return context.text("submissions.findings_unknown")
    levels = (Severity.WARNING, Severity.NOTE)  # a file with errors is not kept
    return numbers_of_findings(counts, levels, context.text)


def row_links(submission: Submission, validity: Validity, context: PageContext) -> Iterator[Drawn]:
    """The receipt, with every finding in full; the withdrawal of figures that are in force."""
    text = context.text
    words = "submissions.open_receipt" if submission.is_withdrawal else "submissions.open_findings"
    yield page_link(text(words), href=receipt_address([submission], context.view))
    if validity.standing in IN_FORCE:
        address = withdrawal_address(submission, context.view)
        yield from (html.Br(), page_link(text("withdraw.menu"), href=address))
