"""“Add to deck”: the view of a page becomes a slide; `assets/deck.js` sends it."""

from collections.abc import Sequence

import dash
from dash import html

from dashboard.addresses.lasting_addresses import lasting_address
from dashboard.components.layout import attributes, script_words
from dashboard.context import PageContext
from dashboard.texts import Text

DECK_PAGE = "/deck"


def add_to_deck(path: str, context: PageContext, kind: str = "", **chosen: str) -> html.Span:
    """A button for the usual slide of a page, or for another kind; a page without one says so.

    `chosen` is what the page has chosen by default.
    """
    text = context.text
    if not kinds_of_slides(path):
        return html.Span(text("deck.no_slide"), className="add-to-deck quiet")
    link = lasting_address(path, context, **chosen)
    view = attributes(data_deck_link=link, data_deck_kind=kind)
    words = script_words(text.language, failed=text("deck.add_failed"), adding=text("deck.adding"))
    label = text("deck.add_multiples" if kind == "multiples" else "deck.add")
    button = html.Button(label, type="button", className="deck-button", **view, **words)
    return html.Span([button, html.Span(role="status", className="deck-answer")],
                     className="add-to-deck")  # fmt: skip


def kinds_of_slides(path: str) -> Sequence[str]:
    """What a page says about itself where it is registered: as which slides it can be shown."""
    found = (known.get("slides", ()) for known in dash.page_registry.values()
             if known["path"] == path)  # fmt: skip
    return next(found, ())


def kind_in_words(kind: str, text: Text) -> str:
    key = f"slide_kind.{kind}"
    return text(key) if key in text.words else kind
