"""The frame of the pages that accept or withdraw figures."""

from collections.abc import Iterable, Sequence
from typing import Any

from dash import html

from dashboard.components.frame import frame
from dashboard.components.layout import Drawn, attributes
from dashboard.context import PageContext
from dashboard.intake import is_open


def intake_frame(path: str, context: PageContext, lead: str, sections: Iterable[Any]) -> html.Div:
    """A page with its sections, which are not drawn at all where the intake is closed."""
    is_closed = not is_open()
    sentence = html.P(context.text("submit.closed") if is_closed else lead, className="lead")
    body = [] if is_closed else sections
    return frame(path, context, [sentence, *body], of_release=False)


def appearing_card(
    heading: Drawn, body: Sequence[Drawn], kind: str = "", key: str = ""
) -> html.Section:
    """A section whose heading `assets/focus.js` gives the focus when the section appears.

    With another key it is another section, although it has the same place.
    """
    titled = html.H2(heading, tabIndex=-1, **attributes(data_appears="true"))
    return html.Section([titled, *body], key=key, className=f"card {kind}".strip())


def refusal_sentence(words: str, field: str = "", attempt: int = 1) -> html.P:
    """Why something is refused; the field that must be filled in is marked, and has the focus.

    With a further attempt it is a new sentence, which is read out again.
    """
    at_field = attributes(data_field=field) if field else {}
    look = "verdict verdict-refused"
    return html.P(words, key=str(attempt), className=look, role="alert", **at_field)


def appearing_sentence(words: str, look: str = "", role: str = "note") -> html.P:
    """A sentence that appears in place of a section, and has the focus like its heading."""
    marked = attributes(data_appears="true")
    return html.P(words, tabIndex=-1, className=look, role=role, **marked)
