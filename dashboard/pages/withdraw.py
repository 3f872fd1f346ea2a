"""Withdraw a submission, or single figures of it: what leaves, why, and a confirmation."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import pandas as pd
from dash import Input, Output, State, callback, dcc, html, no_update

from dashboard import data
from dashboard.components.difference import SUBMISSION_PATH, value_or_status
from dashboard.components.frame import frame
from dashboard.components.layout import Drawn, attributes, card, page_link
from dashboard.components.page_registry import register_page
from dashboard.context import PageContext, resolve_context
from dashboard.data import records
from dashboard.intake import desk, is_open, open_round, with_reporting_collection
from dashboard.texts import Text
from dashboard.view import View
from metrics.catalogue.loader import catalogue
from metrics.core.crash_reports import report_unexpected
from metrics.core.errors import MetricsError, SubmissionError
from metrics.submissions.ledger import Submission
from metrics.submissions.withdrawals import Withdrawal, name_figures

WITHDRAWAL_PATH = "/withdraw"

register_page(__name__, WITHDRAWAL_PATH, order=45, in_menu=False)


def layout(**query: str) -> html.Div:
    context = withdrawal_context(View.from_query(query))
    text = context.text
    if not is_open():
        closed = html.P(text("submit.closed"), className="lead")
        return frame(WITHDRAWAL_PATH, context, [closed], of_release=False)
    lead = html.P(text("withdraw.lead"), className="lead")
    back = html.P(page_link(text("withdraw.back"), href=context.view.link(SUBMISSION_PATH)))
    body = [lead, *withdrawal_sections(context), back]
    return frame(WITHDRAWAL_PATH, context, body, of_release=False)


def withdrawal_context(view: View) -> PageContext:
    """The context of a view; without a collection, of the first that asks States."""
    return resolve_context(with_reporting_collection(view))


def withdrawal_sections(context: PageContext) -> Iterator[html.Section]:
    """What is in force and can be withdrawn, and the form for it."""
    text = context.text
    try:
        submission, observations = figures_of_context(context)
    except SubmissionError:
        yield html.Section(html.P(text("withdraw.nothing")), className="card")
        return
    sent = {"file": submission.file, "day": text.date(submission.received_at)}
    form = html.Div(withdrawal_form(observations, text), id="withdrawal-form")
    heading = text(
        "withdraw.place", area=text.code("area", submission.area), round=submission.round
    )
    yield card(heading, [html.P(text("withdraw.in_force", **sent)), form])


def figures_of_context(context: PageContext) -> tuple[Submission, pd.DataFrame]:
    view, collection = context.view, context.collection
    if not view.area:
        raise SubmissionError("no State was chosen")
    round_ = view.round or open_round(collection, datetime.now(UTC).date()).code
    return desk().figures_in_force(collection.code, view.area, round_)


def withdrawal_form(observations: pd.DataFrame, text: Text) -> list[Any]:
    """Which figures, why, and the button that shows what would leave."""
    options = [
        {"label": figure_line(name, row, text), "value": name}
        for name, row in zip(name_figures(observations), records(observations), strict=True)
    ]
    figures = dcc.Checklist(options, [], id="withdrawn-figures", className="figures")
    reason = dcc.Textarea(id="withdrawal-reason", rows=3, maxLength=1000)
    show = html.Button(
        text("withdraw.show"), id="withdrawal-show", className="button", type="button"
    )
    return [
        html.P(text("withdraw.which")),
        html.Details([html.Summary(text("withdraw.single")), figures]),
        html.Label([html.Span(text("withdraw.reason"), className="picker-label"), reason],
                   className="reason"),
        html.P(text("withdraw.reason_note"), className="quiet"),
        html.P(show, className="buttons"),
        html.Div(id="withdrawal-outcome", **attributes(aria_live="polite")),
    ]  # fmt: skip


def figure_line(name: str, row: dict[str, Any], text: Text) -> str:
    """`Investigations opened: 120 cases (INVESTIGATIONS_OPENED FI 2025)`."""
    indicator = catalogue().indicators.get(row["indicator"])
    title = indicator.name(text.language) if indicator else row["indicator"]
    return f"{title}: {value_or_status(row, text)} ({name})"


@callback(
    Output("withdrawal-outcome", "children"),
    Input("withdrawal-show", "n_clicks"),
    State("withdrawn-figures", "value"),
    State("withdrawal-reason", "value"),
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
    except SubmissionError:
        refusal = context.text("withdraw.reason_missing")
        return html.P(refusal, className="verdict verdict-refused", role="alert")
    return withdrawal_summary(withdrawal, submission, observations, context.text)


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
            html.Ul([html.Li(figure_line(name, rows[name], text)) for name in names]),
            html.P(text("withdraw.consequence")),
            dcc.Store(id="withdrawal-of", data=submission.vintage),
            html.P(confirm, className="buttons"),
        ],
        className="verdict verdict-acceptable",
    )


@callback(
    Output("withdrawal-form", "children"),
    Input("withdrawal-confirm", "n_clicks"),
    State("withdrawal-of", "data"),
    State("withdrawn-figures", "value"),
    State("withdrawal-reason", "value"),
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
    text = context.text
    try:
        with report_unexpected(data.home()):
            submission, _ = figures_of_context(context)
            if submission.vintage != vintage:
                raise SubmissionError(text("withdraw.meanwhile"))
            entry = desk().withdraw(submission, reason, figures)
    except MetricsError as error:
        return html.P(str(error), className="verdict verdict-refused", role="alert")
    return html.P(text("withdraw.done", entry=entry.key), className="verdict verdict-clean receipt")
