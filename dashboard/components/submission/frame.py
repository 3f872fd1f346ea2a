"""The frame of the pages that accept or withdraw figures."""

from collections.abc import Iterable
from typing import Any

from dash import html

from dashboard.components.frame import frame
from dashboard.context import PageContext
from dashboard.intake import is_open


def intake_frame(path: str, context: PageContext, lead: str, sections: Iterable[Any]) -> html.Div:
    """A page with its sections, which are not drawn at all where the intake is closed."""
    is_closed = not is_open()
    sentence = html.P(context.text("submit.closed") if is_closed else lead, className="lead")
    body = [] if is_closed else sections
    return frame(path, context, [sentence, *body], of_release=False)
