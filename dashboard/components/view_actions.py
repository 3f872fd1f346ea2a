"""What can be done with a view: copy the link that stays with it, and make a slide of it."""

from dash import html

from dashboard.components.add_to_deck import add_to_deck
from dashboard.components.copy_link import copy_link
from dashboard.context import PageContext


def view_actions(path: str, context: PageContext, **chosen: str) -> html.Span:
    """For a page with the choices in the address; `chosen` is what it chose by default."""
    actions = [copy_link(path, context, **chosen), add_to_deck(path, context, **chosen)]
    return html.Span(actions, className="view-actions")
