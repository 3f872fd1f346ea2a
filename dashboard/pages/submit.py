"""A workbook is dropped, checked, compared with what it replaces, and confirmed."""

from collections.abc import Iterator
from typing import Any

import dash
from babel.lists import format_list
from dash import MATCH, Input, Output, State, callback, html, no_update

from dashboard import data
from dashboard.components.difference import difference
from dashboard.components.findings import findings
from dashboard.components.frame import frame
from dashboard.components.layout import Drawn, attributes, card, filters
from dashboard.components.page_registry import register_page
from dashboard.components.pickers import picker
from dashboard.context import PageContext, resolve_context
from dashboard.intake import MEGABYTE, MEGABYTES, desk, is_open, said
from dashboard.texts import Text, texts
from dashboard.view import View
from metrics.catalogue.codelists import member_states
from metrics.core.crash_reports import UnforeseenError, report_unexpected
from metrics.core.errors import MetricsError, UnknownNameError
from metrics.intake.findings import Severity
from metrics.intake.formats import readable_suffixes
from metrics.submissions.desk import Examination, Outcome

register_page(__name__, "/submit", order=40)

PATH = "/submit"


def layout(**query: str) -> html.Div:
    context = resolve_context(View.of(query))
    text = context.text
    if not is_open():
        return frame(PATH, context, [html.P(text("submit.closed"), className="lead")])
    body = checked(context) if context.view.checked else [*pickers(context), drop(text)]
    return frame(PATH, context, [html.P(text("submit.lead"), className="lead"), *body])


def pickers(context: PageContext) -> Iterator[Any]:
    """For whom and for which round; the file may also say it itself."""
    view, text, collection = context.view, context.text, context.collection
    itself = {"": text("submit.by_file")}
    areas = {code: text.code("area", code) for code in member_states()}
    rounds = {each.code: each.code for each in collection.rounds}
    area = view.area if view.area in areas else ""
    yield filters(
        picker("area", text("submit.area"), itself | areas, area),
        picker("round", text("submit.round"), itself | rounds, view.round),
    )
    if collection.areas == "member_states" and area:
        yield template_link(context)


def template_link(context: PageContext) -> html.P:
    """The workbook to fill in, for the chosen area and the chosen or last round."""
    view, text, collection = context.view, context.text, context.collection
    round_ = view.round or collection.rounds[-1].code
    note = text("submit.template_note", area=text.code("area", view.area), round=round_)
    link = html.A(
        text("submit.template"),
        href=view.link("/download/template.xlsx", collection=collection.code, round=round_),
        className="button button-quiet",
    )
    return html.P([link, " ", html.Span(note, className="quiet")], className="buttons")


def drop(text: Text) -> html.Section:
    """A button that opens the chooser, in a field that a file can be dropped on."""
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


def checked(context: PageContext) -> Iterator[Any]:
    view, text = context.view, context.text
    try:
        with report_unexpected(data.home()):
            examination = desk().examine_upload(view.checked, text.language, **said(view))
    except MetricsError as wrong:
        yield html.Section([html.P(stopped(wrong, text)), again(view, text)], className="card")
        return
    yield verdict(examination, view, text)
    yield from difference(examination, text)
    yield from findings(examination, view, text)


def stopped(wrong: MetricsError, text: Text) -> str:
    """Why nothing can be said of a file."""
    if isinstance(wrong, UnknownNameError):
        return text("submit.gone")
    if isinstance(wrong, UnforeseenError):
        return text("submit.unforeseen", report=wrong.report.name)
    return str(wrong)


def verdict(told: Examination, view: View, text: Text) -> html.Section:
    """What became of the file, in one sentence, and what can be done now."""
    ways = [*confirmation(told, text), *annotated(told, view, text), again(view, text)]
    look = f"verdict verdict-{manner(told)}"
    body = [
        html.P(sentence(told, text), className=look, role="status"),
        counts(told, text) if told.findings else None,
        *(html.P(each, className="quiet") for each in told.unread_peers),
        html.Div(ways, className="buttons"),
        html.Div(id={"receipt": told.digest}, **attributes(aria_live="polite")),
    ]
    return card(title(told, text), body)


def title(told: Examination, text: Text) -> str:
    unknown = text("submit.not_recognised")
    area = text.code("area", told.area) if told.area else unknown
    return text("submit.checked", file=told.received.name, area=area, round=told.round or unknown)


def manner(told: Examination) -> str:
    if told.outcome is Outcome.UNREADABLE:
        return "unreadable"
    if told.outcome is not Outcome.ACCEPTED:
        return "refused"
    return "acceptable" if told.count(Severity.WARNING) else "clean"


def sentence(told: Examination, text: Text) -> str:
    if told.same_as_current:
        return text("submit.same")
    if told.outcome is Outcome.UNREADABLE:
        return f"{text('submit.file_error')}: {told.sentence}"
    if told.outcome is Outcome.IDENTIFYING:
        return text("submit.identifying")
    said = text(f"submit.{manner(told)}")
    return f"{text('submit.taken_back')} {said}" if told.same_as_replaced else said


def counts(told: Examination, text: Text) -> html.P:
    return html.P(", ".join(text.counted(f"submit.{each}s", told.count(each)) for each in Severity))


def confirmation(told: Examination, text: Text) -> Iterator[html.Button]:
    """Bound to the vintage that was shown as replaced: another one meanwhile is not overwritten."""
    if told.outcome is Outcome.ACCEPTED and not told.same_as_current:
        seen = told.replaces.digest if told.replaces else ""
        yield html.Button(
            text("submit.confirm"),
            id={"confirms": told.digest, "seen": seen},
            className="button",
            type="button",
        )


def annotated(told: Examination, view: View, text: Text) -> Iterator[html.A]:
    """The file back with its findings; of one with data about a person no copy is made."""
    if told.findings and told.outcome is not Outcome.IDENTIFYING:
        yield html.A(
            text("submit.annotated"),
            href=view.link("/download/annotated.xlsx"),
            className="button button-quiet",
        )


def again(view: View, text: Text) -> html.A:
    return html.A(text("submit.again"), href=view.link(PATH, checked=""), className="again")


@callback(
    Output({"receipt": MATCH}, "children"),
    Output({"confirms": MATCH, "seen": dash.ALL}, "disabled"),
    Input({"confirms": MATCH, "seen": dash.ALL}, "n_clicks"),
    State("address", "search"),
    prevent_initial_call=True,
)
def confirm(clicks: list[int | None], search: str | None) -> Drawn:
    if not any(clicks):
        return no_update, [no_update] * len(clicks)
    view = View.parse(search or "")
    text = texts(view.lang)
    seen = dash.ctx.inputs_list[0][0]["id"]["seen"]
    try:
        with report_unexpected(data.home()):
            told = desk().confirm_upload(view.checked, seen, **said(view))
    except MetricsError as wrong:
        return html.P(stopped(wrong, text), className="verdict verdict-refused"), [True]
    return receipt(told, text), [True]


def receipt(told: Examination, text: Text) -> Drawn:
    if told.submission is None:
        return html.P(
            text("submit.same" if told.same_as_current else "submit.refused"), className="verdict"
        )
    kept = told.submission
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
            html.P(text("submit.digest", digest=kept.digest), className="digest"),
            html.P(text("submit.next")),
        ],
        className="verdict verdict-clean receipt",
    )
