"""The receipt of a submission: what was received, changed and found, and what comes next."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from dash import dcc, html

from dashboard import data
from dashboard.components.layout import Drawn, attributes, card, page_link
from dashboard.components.submission.difference import (
    ROWS_OF_A_PAGE,
    SUBMISSION_PATH,
    values_table,
)
from dashboard.components.submission.examination_outcome import collection_name, file_in_words
from dashboard.components.submission.findings import finding_articles, numbers_of_findings
from dashboard.components.submission.frame import appearing_card
from dashboard.components.submission.free_texts import tables_of_texts
from dashboard.components.submission.validity import validity_in_words
from dashboard.intake import desk
from dashboard.texts import Text
from dashboard.view import LISTED_APART, View
from metrics.catalogue.loader import catalogue
from metrics.intake.finding_texts import describe_finding
from metrics.intake.findings import Severity
from metrics.submissions.archive import SubmissionKey
from metrics.submissions.free_text_words import typed_text
from metrics.submissions.ledger import Submission
from metrics.submissions.receipts import Receipt, receipt_number
from metrics.submissions.validity import Standing
from metrics.submissions.vintages import CHANGED, CHANGES, REMOVED

RECEIPT_PATH, RECEIPT_FILE = "/receipt", "/download/receipt.txt"
WITHDRAWAL_PATH, SUBMISSIONS_PATH = "/withdraw", "/submissions"
IN_FORCE = {Standing.IN_FORCE, Standing.IN_PART}
MONOSPACED = {"number", "digest", "digest_kept"}  # facts that are compared letter by letter


def receipt_address(submissions: Sequence[Submission], view: View, path: str = RECEIPT_PATH) -> str:
    """The address of the receipt of a submission, or of several that are parts of one report."""
    numbers = LISTED_APART.join(receipt_number(one) for one in submissions)
    collection = submissions[0].collection
    return View(lang=view.lang, collection=collection, receipt=numbers).link(path)


def withdrawal_address(submission: Submission, view: View) -> str:
    """The address under which the figures of a submission can be withdrawn, and no others."""
    own = View(lang=view.lang, collection=submission.collection, area=submission.area)
    number = receipt_number(submission)
    return own.link(WITHDRAWAL_PATH, round=submission.round, receipt=number)


def leave_for_receipt(submissions: Sequence[Submission], view: View, text: Text) -> Drawn:
    """What loads the receipt, at the address under which it can be opened again."""
    address = receipt_address(submissions, view)
    words = page_link(text("receipt.open"), href=address)
    arrival = dcc.Location(id="receipt-address", href=address, refresh=True)
    return html.Section([html.P(words), arrival], className="card")


def standing_line(key: SubmissionKey, view: View, text: Text) -> Iterator[html.P]:
    """The last entry of an area and round, its state, and its receipt."""
    vintages = [] if desk().store.is_new else desk().ledger.vintages(key)
    if not vintages:
        return
    latest, validities = vintages[-1], desk().validity_of(vintages)
    file = next((one for one in reversed(vintages) if not one.is_withdrawal), latest)
    facts = {
        "area": text.code("area", key.area),
        "round": key.round,
        "file": file.file,
        "day": text.date(file.received_at),
        "standing": validity_in_words(validities[file.key], text),
    }
    receipt = page_link(text("receipt.title"), href=receipt_address([latest], view))
    yield html.P([text("receipt.last", **facts), " ", receipt], className="standing")


def receipt_sections(receipt: Receipt, view: View, text: Text) -> Iterator[html.Section]:
    """One receipt: its facts, the ways on, the changed figures, and the findings in full."""
    kept = receipt.submission
    heading = text(
        "receipt.of_withdrawal" if kept.is_withdrawal else "receipt.of_file",
        area=text.code("area", kept.area),
        round=kept.round,
    )
    body = [facts_list(receipt, text), links_onward(receipt, view, text)]
    yield appearing_card(heading, body, "receipt")
    yield from changed_figures_card(receipt, text)
    yield from found_card(receipt, text)
    yield from confirmed_card(receipt, text)


def facts_list(receipt: Receipt, text: Text) -> html.Dl:
    return html.Dl([
        part
        for name, words in receipt_facts(receipt, text).items()
        for part in (
            html.Dt(text(f"receipt.{name}")),
            html.Dd(words, className="digest" if name in MONOSPACED else ""),
        )
    ])  # fmt: skip


def receipt_facts(receipt: Receipt, text: Text) -> Mapping[str, str]:
    """The facts of a receipt by the key of their name, without those that do not apply."""
    kept = receipt.submission
    facts = {
        "report": collection_name(kept.collection, text) or kept.collection,
        "state": text.code("area", kept.area),
        "round": round_in_words(kept, text),
        "received": text.listed(moments_of_receipt(kept, text)),
        "file": "" if kept.is_withdrawal else sent_file(kept, text),
        "extent": text(f"receipt.extent.{kept.extent}"),
        "reason": kept.reason or "",
        "figures": figures_in_words(receipt, text),
        "actions": text.number(kept.actions, 0) if kept.actions else "",
        "findings": "" if kept.is_withdrawal else findings_in_words(receipt, text),
        "texts": texts_in_words(receipt, text),
        "standing": validity_in_words(receipt.validity, text),
        "number": receipt_number(kept),
        "digest": "" if kept.is_withdrawal else kept.sent_digest or "",
        "digest_kept": "" if kept.is_withdrawal else kept.digest,
    }
    return {name: words for name, words in facts.items() if words}


def sent_file(kept: Submission, text: Text) -> str:
    """The name of the file as it was sent; of one that lost its name, why it has none."""
    return file_in_words(kept.file, kept.sent_digest or kept.digest, text)


def round_in_words(kept: Submission, text: Text) -> str:
    """`2025, due by 31 March 2026`."""
    due = due_day(kept)
    return text("receipt.round_due", round=kept.round, day=text.date(due)) if due else kept.round


def due_day(kept: Submission) -> date | None:
    """The day by which the round of a submission was due."""
    collection = catalogue().collections.get(kept.collection)
    rounds = collection.rounds if collection else ()
    return next((listed.due for listed in rounds if listed.code == kept.round), None)


def moments_of_receipt(kept: Submission, text: Text) -> Iterator[str]:
    """`29 Nov 2026, 15:12 UTC`, and that it was after the due date where it was."""
    yield minute_in_words(kept.received_at, text)
    due, received = due_day(kept), datetime.fromisoformat(kept.received_at).date()
    if due is not None and received > due and not kept.is_withdrawal:
        yield text("receipt.late")


def minute_in_words(received_at: str, text: Text) -> str:
    """`29 Nov 2026, 15:12 UTC`."""
    moment = datetime.fromisoformat(received_at)
    day = text.date(moment.date(), width="medium")
    return text("submissions.moment", day=day, time=f"{moment:%H:%M}")


def figures_in_words(receipt: Receipt, text: Text) -> str:
    """`26: new 20, changed 3, unchanged 2, removed 1`; of a withdrawal, how many it takes."""
    counts = receipt.counts
    if receipt.submission.is_withdrawal:
        return text.counted("receipt.withdrawn_figures", counts[REMOVED])
    kinds = ", ".join(
        f"{text(f'submit.{kind}').lower()} {text.number(counts[kind], 0)}" for kind in CHANGES
    )
    total = sum(counts.values()) - counts[REMOVED]
    return f"{text.number(total, 0)} ({kinds})"


def findings_in_words(receipt: Receipt, text: Text) -> str:
    """`2 warnings, 3 notes; 1 answered with an explanation`."""
    if receipt.findings is None:
        return text("submissions.findings_unknown")
    levels = (Severity.WARNING, Severity.NOTE)  # a file with errors is not kept
    counts = numbers_of_findings(
        Counter(finding.severity for finding in receipt.findings), levels, text
    )
    answered = text.counted("receipt.answered", receipt.answered) if receipt.answered else ""
    return text.listed([counts, answered])


def texts_in_words(receipt: Receipt, text: Text) -> str:
    """`3; the sender confirmed that none of them changes a figure`."""
    number = receipt.texts.number
    return text.counted("receipt.texts_confirmed", number) if number else ""


def links_onward(receipt: Receipt, view: View, text: Text) -> html.Div:
    """What happens next, and what the sender can do."""
    kept = receipt.submission
    own = View(lang=view.lang, collection=kept.collection, area=kept.area)
    links = [page_link(text("submissions.link"), href=own.link(SUBMISSIONS_PATH))]
    if receipt.validity.standing in IN_FORCE:
        words = text("submit.withdraw", area=text.code("area", kept.area), round=kept.round)
        links.insert(0, page_link(words, href=withdrawal_address(kept, view)))
    links.insert(0, page_link(text("receipt.correct"), href=own.link(SUBMISSION_PATH)))
    sentences = html.Ul([html.Li(sentence) for sentence in next_steps(receipt, text)])
    ways = html.P(links, className="page-links")
    return html.Div([html.H3(text("receipt.next")), sentences, ways])


def next_steps(receipt: Receipt, text: Text) -> Iterator[str]:
    """What happens next, depending on the state of the submission."""
    standing = receipt.validity.standing
    if standing == Standing.WITHDRAWAL:
        yield text("receipt.next_withdrawal")
    elif standing in IN_FORCE:
        release = release_with(receipt.submission)
        yield text("receipt.released", release=release) if release else text("submit.next")
        yield text("receipt.next_correction")
        yield text("receipt.next_withdraw")
    else:
        yield text("receipt.next_over", standing=validity_in_words(receipt.validity, text))
    yield text("receipt.keep")


def release_with(kept: Submission) -> str:
    """The current release, if it was built after a submission came; empty until then."""
    store = data.release_store()
    label = store.current(kept.collection)
    return label if label and kept.vintage <= store.data_until(kept.collection, label) else ""


def changed_figures_card(receipt: Receipt, text: Text) -> Iterator[html.Section]:
    """The figures that were changed or removed, old and new."""
    changes = receipt.changes
    rows = changes[changes["change"].isin([CHANGED, REMOVED])]
    if rows.empty:
        return
    part = rows.head(ROWS_OF_A_PAGE)
    numbers = {"first": 1, "last": len(part), "of": len(rows)}
    caption = {name: text.number(number, 0) for name, number in numbers.items()}
    is_withdrawal = receipt.submission.is_withdrawal
    heading = text("receipt.withdrawn" if is_withdrawal else "receipt.changed")
    table = values_table(part, text("submit.difference_caption", **caption), text)
    yield card(heading, [table], "as-read")


def found_card(receipt: Receipt, text: Text) -> Iterator[html.Section]:
    """Every finding in the file, with its explanation; notes are folded."""
    if receipt.groups:
        yield card(text("receipt.found"), [*finding_articles(receipt.groups, text)])


def confirmed_card(receipt: Receipt, text: Text) -> Iterator[html.Section]:
    """The texts beside figures that the sender confirmed, as they were typed."""
    if receipt.texts.number:
        body = [html.P(texts_in_words(receipt, text)), *tables_of_texts(receipt.texts, text)]
        yield card(text("receipt.texts"), body)


def ways_to_keep(submissions: Sequence[Submission], view: View, text: Text) -> html.P:
    """The buttons that print the receipt and save it as text."""
    saved = receipt_address(submissions, view, RECEIPT_FILE)
    printing = html.Button(
        text("receipt.print"), type="button", className="button", **attributes(data_prints="page")
    )
    saving = html.A(text("receipt.save"), href=saved, className="button button-quiet")
    return html.P([printing, saving], className="buttons")


def receipts_as_text(receipts: Sequence[Receipt], address: str, text: Text) -> str:
    """The receipts as plain text, for a mail or a file."""
    lines: list[str] = [text("receipt.title"), address]
    for receipt in receipts:
        facts = receipt_facts(receipt, text)
        lines += ["", *(f"{text(f'receipt.{name}')}: {words}" for name, words in facts.items())]
        lines += ["", text("receipt.next"), *(f"- {line}" for line in next_steps(receipt, text))]
        lines += [*found_lines(receipt, text), *confirmed_lines(receipt, text)]
    return "\n".join(lines) + "\n"


def found_lines(receipt: Receipt, text: Text) -> Iterator[str]:
    """`Warning  GA-1!F27  Large change: …`, a line for each finding."""
    if receipt.findings:
        yield from ("", text("receipt.found"))
    for finding in receipt.findings or ():
        words = describe_finding(finding, text.language)
        severity = text(f"submit.severity.{finding.severity}")
        yield "  ".join(filter(None, [
            f"- {severity}", finding.location, f"{words.title}: {words.what} {words.correction}",
        ]))  # fmt: skip


def confirmed_lines(receipt: Receipt, text: Text) -> Iterator[str]:
    """A line for each text beside figures that the sender confirmed."""
    if receipt.texts.number:
        yield from ("", f"{text('receipt.texts')}: {texts_in_words(receipt, text)}")
    for own in receipt.texts.listed:
        yield f"- {own.location}  {typed_text(own, text.language)}"
        for below in own.below:
            yield f"  - {below.location}  {typed_text(below, text.language)}"
