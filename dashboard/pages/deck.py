"""The deck: views that were added become slides, in an order and with words of one's own."""

from dash import dcc, html
from markupsafe import Markup

from dashboard.components.add_to_deck import DECK_PAGE
from dashboard.components.deck_view import DeckView
from dashboard.components.frame import frame
from dashboard.components.layout import attributes, script_words
from dashboard.components.page_registry import register_page
from dashboard.context import resolve_context
from dashboard.pictures.deck_process import known_readings
from dashboard.slides.deck_store import KeptDeck
from dashboard.slides.kept_decks import empty_draft, read_deck
from dashboard.texts import Text, texts
from dashboard.view import View
from metrics.core.errors import SubmissionError
from metrics.messages.error_texts import error_sentence

register_page(__name__, DECK_PAGE, order=53)


def layout(**query: str) -> html.Div:
    """The deck of a file at once; `assets/deck.js` writes that of the browser."""
    view = View.from_query(query)
    text = texts(view.lang)
    try:
        state = read_deck(KeptDeck(view.deck), text)
        draft = state.draft
        view_of_deck = DeckView(state, text, known_readings(draft))
        written: html.Div = written_block(view_of_deck.html())
    except SubmissionError as wrong:
        draft = empty_draft(text)
        sentence = error_sentence(wrong, text.language)
        written = html.Div(html.P(sentence, role="alert", className="absent deck-problem"))
    words = script_words(
        text.language,
        failed=text("deck.failed"),
        working=text("deck.working"),
        undone=text("deck.undone"),
        too_large=text("deck.too_large"),
        download=text("deck.download"),
        stale=text("deck.changed_elsewhere"),
    )
    working = attributes(aria_label=text("deck.working"))
    children = [
        html.P(text("deck.lead"), className="lead"),
        said_above(text, html.Progress(id="deck-progress", max="1", hidden=True, **working)),
        html.Div(id="deck-problem", role="alert", className="absent deck-problem", hidden=True),
        html.Div(id="deck-result", className="card deck-result", hidden=True),
        written,
    ]
    of_deck = view.with_changes(collection=view.collection or draft.collection)
    body = html.Div(children, id="deck-page", **words)
    return frame(DECK_PAGE, resolve_context(of_deck), [body], of_release=False)


def said_above(text: Text, progress: html.Progress) -> html.Div:
    """What is said about a change, with Undo beside it, and how far a file is: in view always."""
    words = attributes(data_undo="", data_key="undo-above")
    undo = html.Button(text("deck.undo"), id="deck-undo", type="button", hidden=True,
                       className="button button-quiet", **words)  # fmt: skip
    status = html.P(id="deck-status", role="status", className="deck-status")
    return html.Div([status, undo, progress], className="deck-said")


def written_block(written: Markup) -> html.Div:
    """HTML of a template, which `assets/deck.js` replaces after each change."""
    return html.Div(dcc.Store(id="deck-source", data=written), id="deck-block")
