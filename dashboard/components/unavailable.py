"""What the address asks for and does not exist, with links to what does."""

from collections.abc import Iterator, Sequence
from typing import Any

from dash import html

from dashboard.addresses.alternatives import Offer, UnavailableError
from dashboard.addresses.selection import Selection
from dashboard.components.layout import card, page_link
from dashboard.texts import Text


def unavailable_notice(selection: Selection) -> Iterator[html.Section]:
    if selection.unavailable is not None:
        yield unavailable_card(selection.unavailable, selection.text)


def unavailable_card(unavailable: UnavailableError, text: Text) -> html.Section:
    body: list[Any] = [html.P(str(unavailable), role="alert")]
    if unavailable.offers:
        body += [html.P(text("missing.offers")), offer_list(unavailable.offers)]
    return card(text("missing.heading"), body, "empty")


def offer_list(offers: Sequence[Offer]) -> html.Ul:
    links = [html.Li(page_link(offer.label, href=offer.href)) for offer in offers]
    return html.Ul(links, className="offers")
