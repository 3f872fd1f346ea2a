"""“Add to deck”: the view of a page becomes a slide; `assets/deck.js` sends it."""

from collections.abc import Sequence

import dash
from dash import html

from dashboard.addresses.lasting_addresses import lasting_address
from dashboard.components.layout import Drawn, attributes
from dashboard.context import PageContext
from dashboard.texts import Text

DECK_PAGE = "/deck"


def add_to_deck(path: str, context: PageContext, **chosen: str) -> html.Span:
    """A button for the usual slide of a page, and the other kinds folded away.

    A page without a kind of slide says so.
    """
    text, kinds = context.text, kinds_of_slides(path)
    if not kinds:
        return html.Span(text("deck.no_slide"), className="add-to-deck quiet")
    link = lasting_address(path, context, **chosen)
    words = attributes(data_failed=text("deck.failed"))
    usual = add_button(text("deck.add"), link, "")
    others = [html.Li(add_button(kind_in_words(kind, text), link, kind)) for kind in kinds[1:]]
    folded: list[Drawn] = []
    if others:
        summary = html.Summary(text("deck.add_as"))
        folded = [html.Details([summary, html.Ul(others)], className="choose deck-kinds")]
    answer = html.Span(role="status", className="deck-answer")
    return html.Span([usual, *folded, answer], className="add-to-deck", **words)


def kinds_of_slides(path: str) -> Sequence[str]:
    """What a page says of itself where it is registered: as which slides it can be shown."""
    found = (known.get("slides", ()) for known in dash.page_registry.values()
             if known["path"] == path)  # fmt: skip
    return next(found, ())


def add_button(words: str, link: str, kind: str) -> html.Button:
    named = attributes(data_deck_link=link, data_deck_kind=kind)
    return html.Button(words, type="button", className="button button-quiet", **named)


def kind_in_words(kind: str, text: Text) -> str:
    key = f"slide_kind.{kind}"
    return text(key) if key in text.words else kind
