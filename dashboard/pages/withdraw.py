"""Withdraw a submission, or single figures of it: what leaves, why, and a confirmation."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import pandas as pd
from dash import Input, Output, State, callback, dcc, html, no_update

from dashboard import data
from dashboard.components.language_marks import draw_in, mark_languages
from dashboard.components.layout import Drawn, attributes, card, filters, page_link
from dashboard.components.page_registry import register_page
from dashboard.components.pickers import picker
from dashboard.components.submission.difference import (
    SUBMISSION_PATH,
    names_of_observation,
    value_or_status,
)
from dashboard.components.submission.frame import intake_frame, refusal_sentence
from dashboard.components.submission.receipt import (
    WITHDRAWAL_PATH,
    leave_for_receipt,
    standing_line,
)
from dashboard.context import PageContext, resolve_context
from dashboard.data import records
from dashboard.intake import asked_round, desk, with_reporting_collection
from dashboard.texts import Text
from dashboard.view import View
from dashboard.wording.language_spans import composing_in
from metrics.catalogue.codelists import member_states
from metrics.core.crash_reports import UnforeseenError, report_unexpected
from metrics.core.errors import (
    MetricsError,
    SubmissionError,
    SupersededError,
    UnknownNameError,
)
from metrics.intake.finding_texts import name_periods
from metrics.messages.error_texts import error_sentence
from metrics.submissions.accepted_cache import key_of_submission
from metrics.submissions.archive import SubmissionKey
from metrics.submissions.ledger import Extent, Submission
from metrics.submissions.partial_reports import CARRIED_FROM
from metrics.submissions.withdrawals import (
    ReasonMissingError,
    Withdrawal,
    name_figures,
    remaining_parts,
)

REASON_FIELD = "withdrawal-reason"
REASON_ERRORS = {"no_reason", "personal_text", "number_in_reason"}  # answered at the field

register_page(__name__, WITHDRAWAL_PATH, order=56, in_menu=False, needs_dash=True)


def layout(**query: str) -> html.Div:
    context = withdrawal_context(View.from_query(query))
    lead, sections = context.text("withdraw.lead"), withdrawal_sections(context)
    return intake_frame(WITHDRAWAL_PATH, context, lead, sections)


def withdrawal_context(view: View) -> PageContext:
    """The context of a view; without a collection, of the first that asks States."""
    return resolve_context(with_reporting_collection(view))


def withdrawal_sections(context: PageContext) -> Iterator[Any]:
    """What is in force and can be withdrawn, the form for it, and the way back."""
    yield in_force_card(context)
    back = context.view.link(SUBMISSION_PATH)
    yield html.P(page_link(context.text("withdraw.back"), href=back))


def in_force_card(context: PageContext) -> html.Section:
    text = context.text
    if not context.view.area:
        return state_card(context)
    try:
        submission, observations = figures_of_context(context)
    except (SubmissionError, UnknownNameError):
        standing = [*last_standing(context)]
        return html.Section([html.P(text("withdraw.nothing")), *standing], className="card")
    file = desk().file_in_force(submission)
    sent = {"file": file.file, "day": text.date(file.received_at)}
    reduced = {"day": text.date(submission.received_at), "reason": submission.reason}
    chosen = figures_of_receipt(submission, observations, context.view.receipt)
    form = html.Div(withdrawal_form(observations, text, chosen), id="withdrawal-form")
    heading = text(
        "withdraw.place", area=text.code("area", submission.area), round=submission.round
    )
    facts = [html.P(text("withdraw.in_force", **sent))]
    if submission.extent == Extent.FIGURES:
        facts.append(html.P(text("withdraw.reduced", **reduced)))
    if chosen:
        facts.append(html.P(text.counted("withdraw.of_receipt", len(chosen))))
    return card(heading, [*facts, form])


def figures_of_receipt(
    submission: Submission, observations: pd.DataFrame, number: str
) -> Sequence[str]:
    """The figures in force of the file with a receipt; none where all or none are of that file."""
    vintage = number.rpartition("/")[2]
    is_of_file = origins_of(submission, observations) == vintage
    return [] if is_of_file.all() else name_figures(observations[is_of_file])


def last_standing(context: PageContext) -> Iterator[html.P]:
    """The state of the last submission of the State and round, and its receipt."""
    view, collection = context.view, context.collection
    key = SubmissionKey(collection.code, asked_round(view, collection), view.area)
    yield from standing_line(key, view, context.text)


def state_card(context: PageContext) -> html.Section:
    """Which State's figures will be withdrawn."""
    text = context.text
    names = text.codes_by_name("area", member_states())
    chooser = picker("area", text("submit.area"), {"": text("submit.choose_area")} | names, "")
    lead = html.P(text("withdraw.choose_state"))
    return html.Section([lead, filters(chooser)], className="card")


def figures_of_context(context: PageContext) -> tuple[Submission, pd.DataFrame]:
    view, collection = context.view, context.collection
    if not view.area:
        raise SubmissionError("no_state_chosen")
    return desk().figures_in_force(collection.code, view.area, asked_round(view, collection))


def withdrawal_form(
    observations: pd.DataFrame,
    text: Text,
    chosen: Sequence[str] = (),
    given_reason: str = "",
    outcome: html.P | None = None,
) -> list[Any]:
    """Which figures, why, and the button that shows what would leave."""
    options = [
        {"label": figure_line(row, text), "value": name}
        for name, row in zip(name_figures(observations), records(observations), strict=True)
    ]
    figures = dcc.Checklist(options, [*chosen], id="withdrawn-figures", className="figures")
    reason = dcc.Textarea(id=REASON_FIELD, value=given_reason, rows=3, maxLength=1000)
    show = html.Button(
        text("withdraw.show"), id="withdrawal-show", className="button", type="button"
    )
    which = [] if chosen else [html.P(text("withdraw.which"))]
    return [
        *which,
        html.Details([html.Summary(text("withdraw.single")), figures], open=bool(chosen)),
        html.Label([html.Span(text("withdraw.reason"), className="picker-label"), reason],
                   className="reason"),
        html.P(text("withdraw.reason_note"), className="quiet"),
        html.P(show, className="buttons"),
        html.Div(outcome, id="withdrawal-outcome", **attributes(aria_live="polite")),
    ]  # fmt: skip


def figure_line(row: dict[str, Any], text: Text) -> str:
    """`Victims identified, girls and women, 2025: 120 persons`."""
    period = name_periods(row["period"], text.language)
    names = ", ".join([*names_of_observation(row, text), period])
    return f"{names}: {value_or_status(row, text)}"


@callback(
    Output("withdrawal-outcome", "children"),
    Input("withdrawal-show", "n_clicks"),
    State("withdrawn-figures", "value"),
    State(REASON_FIELD, "value"),
    State("address", "search"),
    prevent_initial_call=True,
)
def show_withdrawal(
    clicks: int | None, figures: Sequence[str], reason: str | None, search: str | None
) -> Drawn:
    """What would leave, and the button that withdraws it."""
    if not clicks:
        return no_update
    context = withdrawal_context(View.parse(search or ""))
    try:
        submission, observations = figures_of_context(context)
        withdrawal = Withdrawal(submission.vintage, reason or "", tuple(figures))
        desk().check_reason(withdrawal.reason)
    except (SubmissionError, UnknownNameError) as wrong:
        refusal = partial(withdrawal_refusal, wrong, context.text, clicks)
        return draw_in(context.language, refusal)
    summary = partial(withdrawal_summary, withdrawal, submission, observations, context.text)
    return draw_in(context.language, summary)


def withdrawal_refusal(wrong: MetricsError, text: Text, attempt: int = 1) -> html.P:
    """Why nothing is withdrawn, in the reader's language."""
    if isinstance(wrong, ReasonMissingError):
        sentence = text("withdraw.reason_missing")
    elif isinstance(wrong, SupersededError):
        sentence = text("withdraw.meanwhile")
    elif isinstance(wrong, UnforeseenError):
        sentence = text("submit.unforeseen", report=wrong.report.name)
    else:
        sentence = error_sentence(wrong, text.language)
    field = REASON_FIELD if wrong.text.key in REASON_ERRORS else ""
    return refusal_sentence(sentence, field, attempt)


def withdrawal_summary(
    withdrawal: Withdrawal, submission: Submission, observations: pd.DataFrame, text: Text
) -> html.Div:
    names = withdrawal.figures or name_figures(observations)
    rows = dict(zip(name_figures(observations), records(observations), strict=True))
    confirm = html.Button(
        text("withdraw.confirm"), id="withdrawal-confirm", className="button", type="button"
    )
    return html.Div(
        [
            html.P(html.Strong(text.counted("withdraw.leaving", len(names)))),
            *([] if withdrawal.figures else [every_file_note(submission, observations, text)]),
            html.Ul([html.Li(figure_line(rows[name], text)) for name in names]),
            html.P(text.counted("withdraw.consequence", len(names))),
            *parts_in_force(withdrawal, observations, text),
            html.P(text("withdraw.given_reason", reason=withdrawal.reason)),
            dcc.Store(id="withdrawal-of", data=submission.vintage),
            html.P(confirm, className="buttons"),
        ],
        className="verdict verdict-acceptable",
    )


def every_file_note(submission: Submission, observations: pd.DataFrame, text: Text) -> html.P:
    """That the figures of all files leave, with the names of these files, and how to choose."""
    names = text.listed(dict.fromkeys(files_in_force(submission, observations)))
    facts = {"area": text.code("area", submission.area), "round": submission.round, "files": names}
    return html.P(text("withdraw.every_file", single=text("withdraw.single"), **facts))


def files_in_force(submission: Submission, observations: pd.DataFrame) -> list[str]:
    """The names of the files that hold the figures in force, the oldest first."""
    held = set(origins_of(submission, observations))
    vintages = desk().ledger.vintages(key_of_submission(submission))
    return [vintage.file for vintage in vintages if vintage.vintage in held]


def origins_of(submission: Submission, observations: pd.DataFrame) -> pd.Series:
    """The vintage whose file holds each of the figures in force."""
    origins = observations.get(CARRIED_FROM, pd.Series("", observations.index)).fillna("")
    return origins.mask(origins == "", submission.vintage)


def parts_in_force(
    withdrawal: Withdrawal, observations: pd.DataFrame, text: Text
) -> Iterator[html.P | html.Ul]:
    """The parts that stay when their total is withdrawn."""
    names = remaining_parts(withdrawal.figures, observations)
    if names:
        rows = dict(zip(name_figures(observations), records(observations), strict=True))
        yield html.P(text.counted("withdraw.parts_stay", len(names)))
        yield html.Ul([html.Li(figure_line(rows[name], text)) for name in names])


@callback(
    Output("withdrawal-form", "children"),
    Input("withdrawal-confirm", "n_clicks"),
    State("withdrawal-of", "data"),
    State("withdrawn-figures", "value"),
    State(REASON_FIELD, "value"),
    State("address", "search"),
    prevent_initial_call=True,
)
def confirm_withdrawal(
    clicks: int | None, vintage: str, figures: Sequence[str], reason: str, search: str | None
) -> Drawn:
    """Withdraw what was shown, unless another submission came meanwhile."""
    if not clicks:
        return no_update
    context = withdrawal_context(View.parse(search or ""))
    text, observations = context.text, None
    try:
        with report_unexpected(data.home()):
            submission, observations = figures_of_context(context)
            if submission.vintage != vintage:
                raise SupersededError("replaced_meanwhile", place=submission.key)
            entry = desk().withdraw(submission, reason, figures)
    except MetricsError as wrong:
        with composing_in(context.language):
            refusal: Drawn = withdrawal_refusal(wrong, text)
            if observations is not None:
                refusal = withdrawal_form(observations, text, figures, reason, refusal)
            return mark_languages(refusal, context.language)
    return leave_for_receipt([entry], context.view, text)
