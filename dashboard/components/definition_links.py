"""Links to the page that defines each status, mark and term."""

from typing import Any

from dash import dcc, html

from dashboard.components.layout import Drawn, page_link
from dashboard.context import PageContext
from dashboard.dash_internals import is_component

ABOUT_PATH = "/about"
STATUSES = "statuses"  # the part of the page with the statuses
DEFINED = "defined"  # the class of what leads to its definition


def definitions_link(context: PageContext) -> dcc.Link:
    return page_link(
        context.text("about.statuses_link"), href=f"{about_address(context)}#{STATUSES}"
    )


def about_address(context: PageContext) -> str:
    return context.view.lasting_choices.link(ABOUT_PATH)


def definition_link(words: Drawn, anchor: str, kind: str = "", **named: Any) -> html.A:  # noqa: ANN401
    """A status or term that leads to its definition, once `complete_definitions` has its page."""
    return html.A(words, href=f"#{anchor}", className=f"{DEFINED} {kind}".strip(), **named)


def term_link(words: Drawn, term: str) -> html.A:
    return definition_link(words, f"term-{term}")


def complete_definitions(drawn: Drawn, address: str) -> None:
    """Give the links to definitions within a page the address of the page that has them."""
    if isinstance(drawn, list | tuple):
        for part in drawn:
            complete_definitions(part, address)
    elif is_component(drawn):
        linked: Any = drawn  # Dash declares no properties
        if DEFINED in (getattr(linked, "className", None) or "").split():
            linked.href = address + linked.href
        complete_definitions(getattr(linked, "children", None), address)
