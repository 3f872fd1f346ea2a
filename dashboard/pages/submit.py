"""Submit a workbook: upload it, see its findings and what it changes, and confirm it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import dash
from babel.lists import format_list
from dash import MATCH, Input, Output, State, callback, dcc, html, no_update

from dashboard import data
from dashboard.components.action_changes import action_changes_card
from dashboard.components.difference import SUBMISSION_PATH, difference_card
from dashboard.components.findings import findings_card
from dashboard.components.frame import frame
from dashboard.components.layout import (
    Drawn,
    attributes,
    card,
    filters,
    join_links,
    page_link,
)
from dashboard.components.page_registry import register_page
from dashboard.components.pickers import picker
from dashboard.components.submission_questions import has_open_question, question_cards
from dashboard.context import PageContext, resolve_context
from dashboard.intake import (
    MEGABYTE,
    MEGABYTES,
    desk,
    is_from_this_machine,
    is_open,
    open_round,
    reporting_collections,
    requested_scope,
    with_reporting_collection,
)
from dashboard.texts import Text
from dashboard.view import View
from metrics.catalogue.codelists import member_states
from metrics.catalogue.definitions.collections import Round
from metrics.core.crash_reports import UnforeseenError, report_unexpected
from metrics.core.errors import MetricsError, SupersededError, UnknownNameError
from metrics.intake.findings import Severity
from metrics.intake.formats import readable_suffixes
from metrics.intake.refusal_texts import translate_refusal
from metrics.submissions.desk import Examination, Outcome
from metrics.submissions.examination_queue import AT_ONCE, WAITING, BusyError, WaitingError

register_page(__name__, SUBMISSION_PATH, order=40)

ASK_MILLISECONDS = 2_000


def layout(**query: str) -> html.Div:
    context = submission_context(View.from_query(query))
    text = context.text
    if not is_open():
        closed = html.P(text("submit.closed"), className="lead")
        return frame(SUBMISSION_PATH, context, [closed], of_release=False)
    body = examined_page(context) if context.view.checked else steps(context)
    lead = html.P(text("submit.lead"), className="lead")
    return frame(SUBMISSION_PATH, context, [lead, *body], of_release=False)


def submission_context(view: View) -> PageContext:
    """The context of a view; a view without a collection is of the first that asks States."""
    return replace(resolve_context(with_reporting_collection(view)), view=view)


def steps(context: PageContext) -> Iterator[Any]:
    """The three steps to a submission, and the other collections and rounds."""
    text = context.text
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
    names = {code: text.code("area", code) for code in member_states()}
    area = view.area if view.area in names else ""
    chooser = picker("area", text("submit.area"), {"": text("submit.choose_area")} | names, area)
    return [filters(chooser), template_link(context) if area else template_note(context)]


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
    return html.P([link, " ", *template_note(context).children], className="buttons")


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
            yield html.P([html.Span(text(key)), " ", *join_links(links)], className="quiet")
    if view.area in member_states():
        words = text("submit.withdraw", area=text.code("area", view.area), round=current)
        yield html.P(page_link(words, href=view.link("/withdraw", round=current)))


def drop_zone(text: Text) -> html.Div:
    """A button that opens the file chooser, in an area that accepts dropped files."""
    formats = format_list(readable_suffixes(), "or", locale=text.locale)
    return html.Div(
        [
            html.Button(text("submit.choose"), id="choose", className="button", type="button"),
            html.P(text("submit.drop")),
            html.P(text("submit.limits", formats=formats, size=MEGABYTES), className="quiet"),
            html.P(id="upload-status", role="status"),
            html.Progress(id="upload-bar", max="1", hidden=True),
        ],
        id="drop",
        className="drop",
        **attributes(
            data_accept=",".join(readable_suffixes()),
            data_limit=str(MEGABYTES * MEGABYTE),
            data_sending=text("submit.sending"),
            data_large=text("submit.too_large", size=MEGABYTES),
            data_failed=text("submit.failed"),
            data_several=text("submit.several"),
        ),
    )


def examined_page(context: PageContext) -> Iterator[html.Div]:
    """What was found in a file, as one part that is drawn anew when it is confirmed."""
    sections = [*examined_sections(context)]
    yield html.Div(
        sections, id={"examined": context.view.checked}, **attributes(aria_live="polite")
    )


def examined_sections(context: PageContext) -> Iterator[Any]:
    view, text = context.view, context.text
    try:
        with report_unexpected(data.home()):
            examination = desk().examine_upload(
                view.checked, text.language, patient=False, **requested_scope(view)
            )
    except WaitingError as wait:
        yield waiting_card(wait.before, view, text)
        return
    except MetricsError as wrong:
        failure = html.P(upload_failure_sentence(wrong, text))
        yield html.Section([failure, restart_link(view, text)], className="card")
        return
    yield verdict_card(examination, context)
    yield from question_cards(examination, context)
    yield from difference_card(examination, view, text)
    yield from action_changes_card(examination, text)
    yield from findings_card(examination, view, text)


def waiting_card(before: int, view: View, text: Text) -> html.Section:
    """How many files wait before this one, asked anew every other second without holding a thread.

    The clock is a part of what is drawn, so that it stops with the answer.
    """
    clock = dcc.Interval(id={"asks": view.checked}, interval=ASK_MILLISECONDS)
    body = [
        html.P(waiting_sentence(before, text), className="waiting", role="status"),
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
    sections = list(examined_sections(submission_context(View.parse(search or ""))))
    still_waits = isinstance(getattr(sections[0], "id", None), dict)
    return (sections[0].children, "card") if still_waits else (sections, "")


def upload_failure_sentence(wrong: MetricsError, text: Text) -> str:
    """Why the file cannot be examined."""
    if isinstance(wrong, UnknownNameError):
        return text("submit.gone")
    if isinstance(wrong, UnforeseenError):
        return text("submit.unforeseen", report=wrong.report.name)
    if isinstance(wrong, BusyError):
        return text("submit.busy", at_once=AT_ONCE, waiting=WAITING)
    return translate_refusal(str(wrong), text.language)


def verdict_card(examination: Examination, context: PageContext) -> html.Section:
    """The outcome for the file in one sentence, and the possible next steps."""
    view, text = context.view, context.text
    is_asked = has_open_question(examination, context)
    ways = [
        *([] if is_asked else confirm_button(examination, text)),
        *annotated_link(examination, view, text),
        restart_link(view, text),
    ]
    look = f"verdict verdict-{verdict_style(examination)}"
    body = [
        html.P(verdict_sentence(examination, text), className=look, role="status"),
        html.P(text("submit.answer_first")) if is_asked else None,
        finding_counts(examination, text) if examination.findings else None,
        *(html.P(sentence, className="quiet") for sentence in examination.unread_peers),
        html.Div(ways, className="buttons"),
    ]
    return card(examination_title(examination, text), body)


def examination_title(examination: Examination, text: Text) -> str:
    unknown = text("submit.not_recognised")
    area = text.code("area", examination.area) if examination.area else unknown
    return text(
        "submit.checked",
        file=examination.received.name,
        area=area,
        round=examination.round or unknown,
    )


def verdict_style(examination: Examination) -> str:
    if examination.outcome is Outcome.UNREADABLE:
        return "unreadable"
    if examination.outcome is not Outcome.ACCEPTED:
        return "refused"
    return "acceptable" if examination.count(Severity.WARNING) else "clean"


def verdict_sentence(examination: Examination, text: Text) -> str:
    if examination.same_as_current:
        return text("submit.same")
    if examination.outcome is Outcome.UNREADABLE:
        sentence = translate_refusal(examination.sentence, text.language)
        return f"{text('submit.file_error')}: {sentence}"
    if examination.outcome is Outcome.IDENTIFYING:
        way = "local" if is_from_this_machine() else "elsewhere"
        return f"{text('submit.identifying')} {text(f'submit.contest_{way}')}"
    sentence = text(f"submit.{verdict_style(examination)}")
    return f"{text('submit.taken_back')} {sentence}" if examination.same_as_replaced else sentence


def finding_counts(examination: Examination, text: Text) -> html.P:
    counts = (text.counted(f"submit.{severity}s", examination.count(severity))
              for severity in Severity)  # fmt: skip
    return html.P(", ".join(counts))


def confirm_button(examination: Examination, text: Text) -> Iterator[html.Button]:
    """Bound to the vintage shown as replaced: the desk refuses if another came meanwhile."""
    if examination.outcome is Outcome.ACCEPTED and not examination.same_as_current:
        seen = examination.replaces.digest if examination.replaces else ""
        yield html.Button(
            text("submit.confirm"),
            id={"confirms": examination.digest, "seen": seen},
            className="button",
            type="button",
        )


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
            examination = desk().confirm_upload(view.checked, seen, **requested_scope(view))
    except SupersededError:
        note = html.P(text("submit.meanwhile"), className="verdict verdict-refused", role="alert")
        return [html.Section(note, className="card"), *examined_sections(context)]
    except MetricsError as wrong:
        failure = html.P(upload_failure_sentence(wrong, text), className="verdict verdict-refused")
        return html.Section([failure, restart_link(view, text)], className="card")
    done = [receipt(examination, text), restart_link(view, text)]
    return card(examination_title(examination, text), done)


def receipt(examination: Examination, text: Text) -> Drawn:
    if examination.submission is None:
        return html.P(
            text("submit.same" if examination.same_as_current else "submit.refused"),
            className="verdict",
        )
    kept = examination.submission
    where = text(
        "submit.receipt_text",
        area=text.code("area", kept.area),
        round=kept.round,
        vintage=kept.vintage,
    )
    return html.Div(
        [
            html.H3(text("submit.receipt")),
            html.P(where),
            html.P(text("submit.digest", digest=examination.digest), className="digest"),
            html.P(text("submit.digest_kept", digest=kept.digest), className="digest"),
            html.P(text("submit.next")),
        ],
        className="verdict verdict-clean receipt",
    )
