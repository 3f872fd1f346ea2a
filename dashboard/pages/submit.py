"""Submit a workbook: upload it, see its findings and what it changes, and confirm it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

import dash
from babel.lists import format_list
from dash import MATCH, Input, Output, State, callback, dcc, html, no_update

from dashboard import data
from dashboard.components.guide_links import guide_link
from dashboard.components.language_marks import draw_in
from dashboard.components.layout import (
    Drawn,
    attributes,
    card,
    filters,
    join_links,
    page_link,
    script_words,
)
from dashboard.components.page_registry import register_page
from dashboard.components.pickers import picker
from dashboard.components.submission.action_changes import action_changes_card
from dashboard.components.submission.difference import (
    SUBMISSION_PATH,
    difference_card,
    values_anchor,
)
from dashboard.components.submission.examination_outcome import (
    annotated_link,
    outcome_card,
    restart_link,
)
from dashboard.components.submission.findings import findings_card
from dashboard.components.submission.frame import (
    appearing_card,
    appearing_sentence,
    intake_frame,
)
from dashboard.components.submission.free_texts import (
    has_open_texts,
    texts_card,
)
from dashboard.components.submission.questions import (
    CHOOSES_CORRECTED,
    changed_cells,
    has_open_question,
    question_cards,
    shared_question,
)
from dashboard.components.submission.receipt import (
    SUBMISSIONS_PATH,
    WITHDRAWAL_PATH,
    leave_for_receipt,
    receipt_address,
    standing_line,
)
from dashboard.context import PageContext, resolve_context
from dashboard.intake import (
    CONTEST_FIELD,
    MEGABYTE,
    MEGABYTES,
    desk,
    may_contest,
    open_round,
    reporting_collections,
    requested_scope,
    with_reporting_collection,
)
from dashboard.texts import Text
from dashboard.view import LISTED_APART, View
from metrics.catalogue.codelists import member_states
from metrics.catalogue.definitions.collections import Round
from metrics.core.crash_reports import UnforeseenError, report_unexpected
from metrics.core.errors import MetricsError, SupersededError, UnknownNameError
from metrics.intake.formats import readable_suffixes
from metrics.messages.error_texts import error_sentence
from metrics.messages.language_marks import marked
from metrics.messages.local_formats import locale_of
from metrics.submissions.archive import SubmissionKey
from metrics.submissions.contests import FEWEST_LETTERS, LONGEST_REASON
from metrics.submissions.desk import Examination, Outcome, RequestedScope
from metrics.submissions.examination_queue import AT_ONCE, WaitingError
from metrics.submissions.ledger import Extent, Submission
from metrics.submissions.receipts import find_receipts
from metrics.submissions.several_files import confirm_parts, find_overlap
from metrics.submissions.vintages import CHANGES, count_changes

register_page(__name__, SUBMISSION_PATH, order=54, needs_dash=True)

ASK_MILLISECONDS = 2_000
MOST_UPLOADS = 20  # files at once: the sheets of a workbook


def layout(**query: str) -> html.Div:
    context = submission_context(View.from_query(query))
    body = examined_page(context) if context.view.checked else steps(context)
    lead = "submit.lead_checked" if context.view.checked else "submit.lead"
    return intake_frame(SUBMISSION_PATH, context, context.text(lead), body)


def submission_context(view: View) -> PageContext:
    """The context of a view; a view without a collection is of the first that asks States."""
    return replace(resolve_context(with_reporting_collection(view)), view=view)


def steps(context: PageContext) -> Iterator[Any]:
    """The three steps to a submission, and the other collections and rounds."""
    text = context.text
    yield guide_link("analyst", context)
    parts: tuple[list[Any], ...] = (
        template_step(context), [html.P(text("submit.fill_in"))], [drop_zone(text)],
    )  # fmt: skip
    yield html.Ol(
        [
            html.Li(card(text(f"submit.step.{name}"), body), className="step")
            for name, body in zip(("get", "fill", "send"), parts, strict=True)
        ],
        className="steps",
    )
    yield from other_choices(context)


def template_step(context: PageContext) -> list[Any]:
    """The list of States, and the workbook for the chosen one."""
    view, text = context.view, context.text
    names = text.codes_by_name("area", member_states())
    area = view.area if view.area in names else ""
    chooser = picker("area", text("submit.area"), {"": text("submit.choose_area")} | names, area)
    if not area:
        return [filters(chooser), template_note(context)]
    key = SubmissionKey(context.collection.code, chosen_round(context).code, area)
    return [filters(chooser), template_link(context), *standing_line(key, view, text)]


def chosen_round(context: PageContext) -> Round:
    """The round in the address, or else the one that is open."""
    rounds = {listed.code: listed for listed in context.collection.rounds}
    today = datetime.now(UTC).date()
    return rounds.get(context.view.round) or open_round(context.collection, today)


def template_link(context: PageContext) -> html.P:
    """Link to the workbook for the chosen State and the open round."""
    collection, round_ = context.collection.code, chosen_round(context)
    link = html.A(
        context.text("submit.template", area=context.text.code("area", context.view.area)),
        href=context.view.link("/download/template.xlsx", collection=collection, round=round_.code),
        className="button",
    )
    return html.P(
        [link, " ", *template_note(context).children],
        className="buttons",
        **attributes(data_result="true"),
    )


def template_note(context: PageContext) -> html.P:
    """For which collection and round the workbook is, and until when to send it."""
    text, round_ = context.text, chosen_round(context)
    key = "submit.due_passed" if round_.due < datetime.now(UTC).date() else "submit.due"
    facts = {"collection": context.collection.name(text.language), "round": round_.code}
    note = f"{text('submit.template_note', **facts)} {text(key, day=text.date(round_.due))}"
    return html.P([html.Span(note, className="quiet")])


def other_choices(context: PageContext) -> Iterator[html.P]:
    """Links to the other rounds and to the other collections that ask States."""
    view, text, current = context.view, context.text, chosen_round(context).code
    rounds = [
        page_link(listed.code, href=view.link(SUBMISSION_PATH, round=listed.code))
        for listed in context.collection.rounds
        if listed.code != current and listed.opens <= datetime.now(UTC).date()
    ]
    collections = [
        page_link(
            known.name(text.language),
            href=view.link(SUBMISSION_PATH, collection=known.code, round="", release=""),
        )
        for known in reporting_collections()
        if known.code != context.collection.code
    ]
    for key, links in (("submit.other_rounds", rounds), ("submit.other_collections", collections)):
        if links:
            yield html.P([html.Span(text(key)), " ", *join_links(links, text)], className="quiet")
    yield html.P(page_link(text("submissions.link"), href=view.link(SUBMISSIONS_PATH, round="")))
    if view.area in member_states() and desk().in_force(
        SubmissionKey(context.collection.code, current, view.area)
    ):
        words = text("submit.withdraw", area=text.code("area", view.area), round=current)
        yield html.P(page_link(words, href=view.link(WITHDRAWAL_PATH, round=current)))


def drop_zone(text: Text) -> html.Div:
    """A button that opens the file chooser, in an area that accepts dropped files."""
    formats = marked(
        format_list(readable_suffixes(), "or", locale=locale_of(text.language)), text.language
    )
    notes = [
        html.P(text("submit.drop")),
        html.P(text("submit.several", most=MOST_UPLOADS), className="quiet"),
        html.P(text("submit.limits", formats=formats, size=MEGABYTES), className="quiet"),
    ]
    return file_chooser(text("submit.choose"), notes, "drop", text)


def correct_file(examination: Examination, view: View, text: Text) -> html.Div | html.Button:
    """The way to choose the corrected file; beside a chooser that asks for a reason, a button."""
    words = text("submit.choose_corrected")
    if not asks_for_reason(examination, view):
        return file_chooser(words, [], "drop drop-inline", text, data_anew="true")
    return html.Button(words, id=CHOOSES_CORRECTED, className="button", type="button")


def file_chooser(
    words: str, notes: Sequence[html.P], look: str, text: Text, **further: str
) -> html.Div:
    """What `assets/upload.js` makes a chooser of: a page has one."""
    return html.Div(
        [
            html.Button(words, id="choose", className="button", type="button"),
            *notes,
            html.P(id="upload-status", role="status"),
            html.Progress(id="upload-bar", max="1", hidden=True),
        ],
        id="drop",
        className=look,
        **attributes(
            data_accept=",".join(readable_suffixes()),
            data_limit=str(MEGABYTES * MEGABYTE),
            data_most=str(MOST_UPLOADS),
            **further,
        ),
        **script_words(
            text.language,
            sending=text("submit.sending"),
            large=text("submit.too_large", size=MEGABYTES),
            failed=text("submit.failed"),
            several=text("submit.too_many", most=MOST_UPLOADS),
        ),
    )


def examined_page(context: PageContext) -> Iterator[html.Div]:
    """What was found in a file, as one part that is drawn again when it is confirmed."""
    yield html.Div([*examined_sections(context)], id={"examined": context.view.checked})


def examined_sections(context: PageContext) -> Iterator[Any]:
    """What was found in one file, or in each of several that are parts of one report."""
    view, text = context.view, context.text
    try:
        with report_unexpected(data.home()):
            examinations = [
                desk().examine_upload(digest, text.language, patient=False, **scope_of_files(view))
                for digest in view.uploads
            ]
    except WaitingError as wait:
        yield waiting_card(wait.before, view, text)
        return
    except MetricsError as wrong:
        yield failure_card(wrong, view, text)
        return
    if len(examinations) > 1:
        yield parts_card(examinations, context)
        yield from shared_question(examinations, context)
    for examination in examinations:
        yield from file_sections(examination, context)
    if len(examinations) > 1 and not parts_hindrance(examinations, context):
        yield confirm_card(examinations, context)


def failure_card(wrong: MetricsError, view: View, text: Text) -> html.Section:
    """Why a file cannot be examined; of one that was confirmed since, the way to its receipt."""
    if isinstance(wrong, UnknownNameError) and (kept := confirmed_submissions(view)):
        address = receipt_address(kept, view)
        note = appearing_sentence(text("submit.confirmed_since"))
        ways = [html.A(text("receipt.open"), href=address, className="button")]
        ways.append(restart_link(view, text))
        body = [note, html.Div(ways, className="buttons")]
        return html.Section(body, id=values_anchor(view.uploads[0]), className="card")
    failure = appearing_sentence(upload_failure_sentence(wrong, text))
    return html.Section([failure, restart_link(view, text)], className="card")


def confirmed_submissions(view: View) -> list[Submission]:
    """The submissions of all files in the address; none unless each was confirmed."""
    found = [find_receipts(desk(), digest)[:1] for digest in view.uploads]
    return [kept for latest in found for kept in latest] if all(found) else []


def scope_of_files(view: View) -> RequestedScope:
    """The scope in the query; several files are parts, whatever it says."""
    scope = requested_scope(view)
    if len(view.uploads) > 1:
        scope["extent"] = Extent.PART
    return scope


def file_sections(examination: Examination, context: PageContext) -> Iterator[Any]:
    view, text = context.view, context.text
    if has_open_question(examination, context):
        yield from asked_sections(examination, context)
        return
    own = view.with_changes(checked=examination.digest)
    is_asked = has_open_texts(examination, view)
    is_alone = len(view.uploads) == 1
    can_confirm = is_alone and can_be_confirmed([examination]) and not is_asked
    ways: list[Any] = [*annotated_link(examination, own, text)]
    if is_alone:
        is_open = not is_asked and examination.outcome is Outcome.ACCEPTED
        correct = [] if is_open else [correct_file(examination, view, text)]
        check = [values_link(examination, text)] if can_confirm else []
        ways = [*check, *correct, *ways, restart_link(view, text)]
    yield outcome_card(examination, ways, text, is_asked=is_asked, is_part=not is_alone)
    yield from question_cards(examination, context)
    yield from texts_card(examination, context)
    yield from findings_card(examination, own, text)
    yield from difference_card(examination, view, text)
    yield from action_changes_card(examination, text)
    yield from contest_card(examination, context)
    if can_confirm:
        yield confirm_card([examination], context)


def asked_sections(examination: Examination, context: PageContext) -> Iterator[html.Section]:
    """The questions about a file; what was found and what changes depends on the answers."""
    view, text = context.view, context.text
    is_corrected = bool(changed_cells(examination)) and len(view.uploads) == 1
    correct = [correct_file(examination, view, text)] if is_corrected else []
    restart = [restart_link(view, text)] if len(view.uploads) == 1 else []
    ways = [*correct, *restart]
    yield outcome_card(examination, ways, text, is_asked=True, is_part=len(view.uploads) > 1)
    yield from question_cards(examination, context)


def asks_for_reason(examination: Examination, view: View) -> bool:
    """Whether the page takes a reason why findings about persons are none."""
    is_refused = examination.outcome is Outcome.IDENTIFYING and len(view.uploads) == 1
    return is_refused and may_contest()


def contest_card(examination: Examination, context: PageContext) -> Iterator[html.Section]:
    """Let a user of this machine say why findings about persons are none, and send the file again.

    The refused file is not kept, so the reason comes with the file.
    """
    text = context.text
    if not asks_for_reason(examination, context.view):
        return
    reason = dcc.Textarea(id=CONTEST_FIELD, rows=3, maxLength=LONGEST_REASON)
    labelled = html.Label(
        [html.Span(text("submit.contest_reason"), className="picker-label"), reason],
        className="reason",
    )
    least = attributes(data_letters=str(FEWEST_LETTERS))
    words = script_words(text.language, needed=text("submit.contest_needed"))
    problem = html.P(
        id="contest-problem", role="alert", className="field-problem", **least, **words
    )
    body = [html.P(text("submit.contest_note")), labelled, problem, drop_zone(text)]
    yield card(text("submit.contest"), body)


def can_be_confirmed(examinations: Sequence[Examination]) -> bool:
    """Whether all files are accepted, and any of them is new."""
    is_accepted = all(one.outcome is Outcome.ACCEPTED for one in examinations)
    return is_accepted and not all(one.same_as_current for one in examinations)


def values_link(examination: Examination, text: Text) -> html.A:
    """The way to the values, below which they are confirmed."""
    address = f"#{values_anchor(examination.digest)}"
    return html.A(text("submit.check_values"), href=address, className="button")


def confirm_card(examinations: Sequence[Examination], context: PageContext) -> html.Section:
    """What is confirmed, and the button: below the values, so that they are seen first."""
    text, counts = context.text, Counter[str]()
    for examination in examinations:
        if examination.difference is not None:
            counts.update(count_changes(examination.difference))
    numbers = ", ".join(
        text.counted(f"submit.count.{kind}", counts[kind]) for kind in CHANGES if counts[kind]
    )
    note = html.P(text("submit.confirm_note"))
    button = html.Div(confirm_button(examinations, context), className="buttons")
    return card(text("submit.confirm_title"), [note, html.P(numbers), button])


def confirm_button(examinations: Sequence[Examination], context: PageContext) -> html.Button:
    """Bound to the vintages shown as replaced: the desk refuses if others came meanwhile."""
    seen = [one.replaces.digest if one.replaces else "" for one in examinations]
    return html.Button(
        context.text("submit.confirm"),
        id={"confirms": context.view.checked, "seen": LISTED_APART.join(seen)},
        className="button",
        type="button",
    )


def parts_card(examinations: Sequence[Examination], context: PageContext) -> html.Section:
    """Whether several files can be submitted together, and the way to their values."""
    text, hindrance = context.text, parts_hindrance(examinations, context)
    look = f"verdict verdict-{'refused' if hindrance else 'clean'}"
    ways = [] if hindrance else [values_link(examinations[0], text)]
    body = [
        html.P(hindrance or text("submit.parts_clean"), className=look, role="status"),
        html.P(text("submit.parts_note"), className="quiet"),
        html.Div([*ways, restart_link(context.view, text)], className="buttons"),
    ]
    return appearing_card(text.counted("submit.parts", len(examinations)), body)


def parts_hindrance(examinations: Sequence[Examination], context: PageContext) -> str:
    """Why several files cannot be submitted together; empty if they can."""
    text = context.text
    if names := find_overlap(examinations):
        return text("submit.parts_overlap", first=names[0], second=names[1])
    if any(
        has_open_question(examination, context) or has_open_texts(examination, context.view)
        for examination in examinations
    ):
        return text("submit.answer_first_parts")
    if not can_be_confirmed(examinations):
        is_again = all(examination.same_as_current for examination in examinations)
        return text("submit.same" if is_again else "submit.parts_refused")
    return ""


def waiting_card(before: int, view: View, text: Text) -> html.Section:
    """How many files wait before this one, asked every other second without holding a thread.

    The clock is a part of what is drawn, so that it stops with the answer.
    """
    clock = dcc.Interval(id={"asks": view.checked}, interval=ASK_MILLISECONDS)
    body = [
        appearing_sentence(waiting_sentence(before, text), "waiting", role="status"),
        html.P(text("submit.waiting_note", at_once=AT_ONCE), className="quiet"),
        restart_link(view, text),
        clock,
    ]
    return html.Section(body, id={"waits": view.checked}, className="card")


def waiting_sentence(before: int, text: Text) -> str:
    return text.counted("submit.waiting", before) if before else text("submit.waiting_first")


@callback(
    Output({"waits": MATCH}, "children"),
    Output({"waits": MATCH}, "className"),
    Input({"asks": MATCH}, "n_intervals"),
    State("address", "search"),
    prevent_initial_call=True,
)
def ask_again(_ticks: int | None, search: str | None) -> Drawn:
    """Draw what is known of the file now: how many wait before it, or what was found."""
    context = submission_context(View.parse(search or ""))
    sections = draw_sections(context)
    still_waits = isinstance(getattr(sections[0], "id", None), dict)
    return (sections[0].children, "card") if still_waits else (sections, "")


def upload_failure_sentence(wrong: MetricsError, text: Text) -> str:
    """Why the file cannot be examined."""
    if isinstance(wrong, UnknownNameError):
        return text("submit.gone")
    if isinstance(wrong, UnforeseenError):
        return text("submit.unforeseen", report=wrong.report.name)
    return error_sentence(wrong, text.language)


@callback(
    Output({"examined": MATCH}, "children"),
    Input({"confirms": MATCH, "seen": dash.ALL}, "n_clicks"),
    State("address", "search"),
    prevent_initial_call=True,
)
def confirm_submission(clicks: list[int | None], search: str | None) -> Drawn:
    """Submit the file and show its receipt; what it changes now, if another came meanwhile."""
    if not any(clicks):
        return no_update
    context = submission_context(View.parse(search or ""))
    view, text = context.view, context.text
    seen = str(dash.ctx.inputs_list[0][0]["id"]["seen"])  # never None, which compares nothing
    try:
        with report_unexpected(data.home()):
            examinations = confirm_files(view, seen)
    except SupersededError:
        look = "verdict verdict-refused"
        note = draw_in(
            context.language,
            lambda: appearing_sentence(text("submit.meanwhile"), look, role="alert"),
        )
        return [html.Section(note, className="card"), *draw_sections(context)]
    except MetricsError as wrong:
        return draw_in(context.language, partial(failure_section, wrong, context))
    if kept := [one.submission for one in examinations if one.submission]:
        return leave_for_receipt(kept, view, text)
    return draw_sections(context)


def draw_sections(context: PageContext) -> list[Drawn]:
    """What is known of the file, in its languages."""
    return [*draw_in(context.language, lambda: [*examined_sections(context)])]


def failure_section(wrong: MetricsError, context: PageContext) -> html.Section:
    words = upload_failure_sentence(wrong, context.text)
    failure = appearing_sentence(words, "verdict verdict-refused", role="alert")
    return html.Section([failure, restart_link(context.view, context.text)], className="card")


def confirm_files(view: View, seen: str) -> list[Examination]:
    """Submit one file, or several as parts of one report: all or none."""
    texts = view.confirmed_texts
    if len(view.uploads) == 1:
        return [desk().confirm_upload(view.checked, seen, texts, **requested_scope(view))]
    replaced = seen.split(LISTED_APART)
    return confirm_parts(desk(), view.uploads, replaced, texts, **requested_scope(view))
