"""The outcome for a submitted file: a sentence, the next steps, and the receipt."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from dash import html

from dashboard.access import is_from_this_machine
from dashboard.components.submission.difference import SUBMISSION_PATH
from dashboard.components.submission.findings import numbers_of_findings
from dashboard.components.submission.frame import appearing_card
from dashboard.components.submission.validity import validity_in_words
from dashboard.intake import desk, may_contest
from dashboard.texts import Text
from dashboard.view import View
from metrics.catalogue.loader import catalogue
from metrics.intake.findings import Severity
from metrics.messages.error_texts import full_sentence, refusal_text
from metrics.submissions.desk import Examination, Outcome
from metrics.submissions.examination import is_neutral
from metrics.submissions.ledger import Submission
from metrics.submissions.validity import Standing, validity_of_submissions


def outcome_card(
    examination: Examination,
    ways: Sequence[Any],
    text: Text,
    *,
    is_asked: bool = False,
    is_part: bool = False,
) -> html.Section:
    """The outcome for the file in one sentence, and the possible next steps.

    Of a file that is sent with others it does not say whether it can be submitted.
    """
    style = "acceptable" if is_asked else outcome_style(examination)
    if is_asked:
        words = text("submit.answer_first_part" if is_part else "submit.answer_first")
    else:
        words = outcome_sentence(examination, text, is_part=is_part)
    body = [
        html.P(words, className=f"verdict verdict-{style}", role="status"),
        name_note(examination, text),
        finding_counts(examination, text) if examination.findings and not is_asked else None,
        *(
            html.P(full_sentence(why, text.language), className="quiet")
            for why in examination.unread_peers
        ),
        html.Div([*ways], className="buttons"),
    ]
    return appearing_card(examination_title(examination, text), body, key=examination.digest)


def name_note(examination: Examination, text: Text) -> html.P | None:
    """That the file is listed under another name than its own, and why."""
    name = examination.received.name
    if not is_neutral(name, examination.digest):
        return None
    return html.P(text("submit.name_left_out", name=name), className="quiet")


def file_in_words(name: str, digest: str, text: Text) -> str:
    """The name of a file; of one that lost its name, why it has none."""
    return text("submissions.without_name", name=name) if is_neutral(name, digest) else name


def examination_title(examination: Examination, text: Text) -> str:
    """The file, and for which collection, State and round it is, whatever the page is for."""
    unknown = text("submit.not_recognised")
    area = text.code("area", examination.area) if examination.area else unknown
    return text(
        "submit.checked",
        file=examination.received.name,
        collection=collection_name(examination.collection, text) or unknown,
        area=area,
        round=examination.round or unknown,
    )


def collection_name(code: str, text: Text) -> str:
    collection = catalogue().collections.get(code)
    return collection.name(text.language) if collection else ""


def outcome_style(examination: Examination) -> str:
    if examination.outcome is Outcome.UNREADABLE:
        return "unreadable"
    if examination.outcome is not Outcome.ACCEPTED:
        return "refused"
    return "acceptable" if examination.count(Severity.WARNING) else "clean"


def outcome_sentence(examination: Examination, text: Text, *, is_part: bool = False) -> str:
    if examination.same_as_current:
        return text("submit.same")
    if examination.refusal is not None:
        sentence = refusal_text(examination.refusal, text.language)
        return f"{text('submit.file_error')}: {sentence}"
    if examination.outcome is Outcome.IDENTIFYING:
        way = "local" if is_from_this_machine() else "elsewhere"
        way = "here" if may_contest() else way
        return f"{text('submit.identifying')} {text(f'submit.contest_{way}')}"
    of_part = "_part" if is_part else ""
    sentence = text(f"submit.{outcome_style(examination)}{of_part}")
    earlier = examination.same_as_replaced
    return f"{sent_before(earlier, text)} {sentence}" if earlier else sentence


def sent_before(earlier: Submission, text: Text) -> str:
    """That the file was submitted before and replaced, or withdrawn and why."""
    validity = validity_of_submissions(desk().ledger.submissions(earlier.collection))[earlier.key]
    if validity.standing == Standing.REPLACED:
        return text("submit.taken_back")
    return text("submit.withdrawn_before", standing=validity_in_words(validity, text))


def finding_counts(examination: Examination, text: Text) -> html.P:
    counts: Counter[str] = Counter(finding.severity for finding in examination.findings)
    return html.P(numbers_of_findings(counts, Severity, text))


def annotated_link(examination: Examination, view: View, text: Text) -> Iterator[html.A]:
    """Link to the workbook with its findings; none if it holds data about a person."""
    if examination.findings and examination.outcome is not Outcome.IDENTIFYING:
        yield html.A(
            text("submit.annotated"),
            href=view.link("/download/annotated.xlsx"),
            className="button button-quiet",
        )


def restart_link(view: View, text: Text) -> html.A:
    address = view.with_choice("checked", "").link(SUBMISSION_PATH)
    return html.A(text("submit.again"), href=address, className="again")
