"""Submit a workbook: upload it, see its findings and what it changes, and confirm it."""

from collections.abc import Iterator
from typing import Any

import dash
from babel.lists import format_list
from dash import MATCH, Input, Output, State, callback, dcc, html, no_update

from dashboard import data
from dashboard.components.difference import difference_card
from dashboard.components.findings import findings_card
from dashboard.components.frame import frame
from dashboard.components.layout import Drawn, attributes, card, filters
from dashboard.components.page_registry import register_page
from dashboard.components.pickers import picker
from dashboard.context import PageContext, resolve_context
from dashboard.intake import (
    MEGABYTE,
    MEGABYTES,
    desk,
    is_from_this_machine,
    is_open,
    requested_scope,
)
from dashboard.texts import Text, texts
from dashboard.view import View
from metrics.catalogue.codelists import member_states
from metrics.core.crash_reports import UnforeseenError, report_unexpected
from metrics.core.errors import MetricsError, UnknownNameError
from metrics.intake.findings import Severity
from metrics.intake.formats import readable_suffixes
from metrics.submissions.desk import Examination, Outcome
from metrics.submissions.examination_queue import AT_ONCE, WAITING, BusyError, WaitingError

register_page(__name__, "/submit", order=40)

SUBMIT_PATH = "/submit"
ASK_MILLISECONDS = 2_000


def layout(**query: str) -> html.Div:
    context = resolve_context(View.from_query(query))
    text = context.text
    if not is_open():
        return frame(SUBMIT_PATH, context, [html.P(text("submit.closed"), className="lead")])
    body = (
        examined_sections(context)
        if context.view.checked
        else [*scope_pickers(context), drop_zone(text)]
    )
    return frame(SUBMIT_PATH, context, [html.P(text("submit.lead"), className="lead"), *body])


def scope_pickers(context: PageContext) -> Iterator[Any]:
    """Pickers for area and round; both may be left to the file."""
    view, text, collection = context.view, context.text, context.collection
    itself = {"": text("submit.by_file")}
    areas = {code: text.code("area", code) for code in member_states()}
    rounds = {listed.code: listed.code for listed in collection.rounds}
    area = view.area if view.area in areas else ""
    yield filters(
        picker("area", text("submit.area"), itself | areas, area),
        picker("round", text("submit.round"), itself | rounds, view.round),
    )
    if collection.areas == "member_states" and area:
        yield template_link(context)


def template_link(context: PageContext) -> html.P:
    """Link to the workbook for the chosen area, and the chosen or the last round."""
    view, text, collection = context.view, context.text, context.collection
    round_ = view.round or collection.rounds[-1].code
    note = text("submit.template_note", area=text.code("area", view.area), round=round_)
    link = html.A(
        text("submit.template"),
        href=view.link("/download/template.xlsx", collection=collection.code, round=round_),
        className="button button-quiet",
    )
    return html.P([link, " ", html.Span(note, className="quiet")], className="buttons")


def drop_zone(text: Text) -> html.Section:
    """A button that opens the file chooser, in an area that accepts dropped files."""
    formats = format_list(readable_suffixes(), "or", locale=text.locale)
    return html.Section(
        html.Div(
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
            ),
        ),
        className="card",
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
    yield verdict_card(examination, view, text)
    yield from difference_card(examination, view, text)
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
    sections = list(examined_sections(resolve_context(View.parse(search or ""))))
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
    return str(wrong)


def verdict_card(examination: Examination, view: View, text: Text) -> html.Section:
    """The outcome for the file in one sentence, and the possible next steps."""
    ways = [
        *confirm_button(examination, text),
        *annotated_link(examination, view, text),
        restart_link(view, text),
    ]
    look = f"verdict verdict-{verdict_style(examination)}"
    body = [
        html.P(verdict_sentence(examination, text), className=look, role="status"),
        finding_counts(examination, text) if examination.findings else None,
        *(html.P(sentence, className="quiet") for sentence in examination.unread_peers),
        html.Div(ways, className="buttons"),
        html.Div(id={"receipt": examination.digest}, **attributes(aria_live="polite")),
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
        return f"{text('submit.file_error')}: {examination.sentence}"
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
    address = view.with_choice("checked", "").link(SUBMIT_PATH)
    return html.A(text("submit.again"), href=address, className="again")


@callback(
    Output({"receipt": MATCH}, "children"),
    Output({"confirms": MATCH, "seen": dash.ALL}, "disabled"),
    Input({"confirms": MATCH, "seen": dash.ALL}, "n_clicks"),
    State("address", "search"),
    prevent_initial_call=True,
)
def confirm_submission(clicks: list[int | None], search: str | None) -> Drawn:
    if not any(clicks):
        return no_update, [no_update] * len(clicks)
    view = View.parse(search or "")
    text = texts(view.lang)
    seen = str(dash.ctx.inputs_list[0][0]["id"]["seen"])  # never None, which compares nothing
    try:
        with report_unexpected(data.home()):
            examination = desk().confirm_upload(view.checked, seen, **requested_scope(view))
    except MetricsError as wrong:
        failure = upload_failure_sentence(wrong, text)
        return html.P(failure, className="verdict verdict-refused"), [True]
    return receipt(examination, text), [True]


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
