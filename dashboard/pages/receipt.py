"""The receipt of a submission, at an address of its own: opened again, printed, saved."""

from collections.abc import Iterator
from typing import Any

from dash import html

from dashboard.components.layout import page_link
from dashboard.components.page_registry import answer_as_missing, register_page
from dashboard.components.submission.frame import intake_frame
from dashboard.components.submission.receipt import (
    RECEIPT_PATH,
    SUBMISSIONS_PATH,
    receipt_sections,
    ways_to_keep,
)
from dashboard.context import PageContext, resolve_context
from dashboard.intake import desk, with_reporting_collection
from dashboard.view import View
from metrics.core.errors import UnknownNameError
from metrics.messages.error_texts import error_sentence
from metrics.submissions.receipts import read_receipt

register_page(__name__, RECEIPT_PATH, order=57, in_menu=False)


def layout(**query: str) -> html.Div:
    context = resolve_context(with_reporting_collection(View.from_query(query)))
    return intake_frame(
        RECEIPT_PATH, context, context.text("receipt.lead"), receipts_in_address(context)
    )


def receipts_in_address(context: PageContext) -> Iterator[Any]:
    """Every receipt that the address names; a sentence in place of one that does not exist."""
    text, view = context.text, context.view
    found = []
    for number in view.receipts:
        try:
            found.append(read_receipt(desk(), number))
        except UnknownNameError as unknown:
            answer_as_missing()
            yield html.P(error_sentence(unknown, text.language), role="alert", className="absent")
    if found:
        yield ways_to_keep([receipt.submission for receipt in found], view, text)
    else:
        way = view.with_changes(receipt="").link(SUBMISSIONS_PATH)
        yield html.P(page_link(text("submissions.link"), href=way))
    for receipt in found:
        yield from receipt_sections(receipt, view, text)
