"""HTML: a deck as a document that a browser presents, without a server."""

from dashboard.exports import DocumentFormat
from dashboard.slides.deck_context import Deck


def write_document(deck: Deck) -> bytes:
    from dashboard.slides.html_deck import write_html  # noqa: PLC0415

    return write_html(deck)


PRESENT_DOCUMENT = DocumentFormat("html", ".html", "text/html", Deck, write_document)
