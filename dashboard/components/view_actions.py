"""What can be done with a view: copy the link that stays with it, and make a slide of it."""

from urllib.parse import urlencode

from dash import html

from dashboard.access import PRESENT_PATH
from dashboard.addresses.lasting_addresses import lasting_address
from dashboard.components.add_to_deck import add_to_deck, kinds_of_slides
from dashboard.components.copy_link import copy_link
from dashboard.context import PageContext


def view_actions(path: str, context: PageContext, **chosen: str) -> html.Span:
    """For a page with the choices in the address; `chosen` is what it chose by default."""
    actions: list[html.Span | html.A] = [copy_link(path, context, **chosen)]
    actions += [add_to_deck(path, context, **chosen)]
    if kinds_of_slides(path):
        actions += [present_link(lasting_address(path, context, **chosen), context)]
    return html.Span(actions, className="view-actions")


def present_link(link: str, context: PageContext) -> html.A:
    """The view as a slide on the whole screen, after the first slide."""
    href = f"{PRESENT_PATH}?{urlencode({'link': link})}#2"
    return html.A(context.text("present.view"), href=href, target="_blank")
