"""A change of a deck, which the page or a view asks for; without one, the deck as it is."""

from flask import Response, jsonify

from dashboard.server.deck_answers import described, link_to_deck, words_of_change
from dashboard.server.deck_requests import deck_request, reader_text
from dashboard.slides.deck_edits import AddedBeforeError
from dashboard.slides.deck_store import DeckChangedError
from dashboard.slides.kept_decks import begin_deck, edit_deck, read_deck
from dashboard.texts import Text
from dashboard.wording.language_spans import sentence_html
from metrics.core.errors import MetricsError
from metrics.messages.error_texts import error_sentence


def change_deck() -> Response:
    """Change a deck; without a change, show it."""
    sent, text = deck_request(), reader_text()
    if sent.start:
        return start_deck(sent.start.strip(), text)
    if sent.change is None:
        return jsonify(described(read_deck(sent.deck, text), text))
    try:
        state = edit_deck(sent.deck, sent.change, sent.version, text)
    except AddedBeforeError as known:
        state = read_deck(sent.deck, text)
        words = {"message": error_html(known, text)} | link_to_deck(state, text)
        return jsonify(described(state, text) | words)
    except DeckChangedError as conflict:
        words = {"conflict": error_html(conflict, text)}
        return jsonify(described(read_deck(sent.deck, text), text) | words)
    return jsonify(described(state, text) | words_of_change(sent.change, state, text))


def start_deck(title: str, text: Text) -> Response:
    state = begin_deck(title, text)
    message = sentence_html(text.language, lambda: text("deck.started", title=title))
    return jsonify(described(state, text) | {"message": message})


def error_html(error: MetricsError, text: Text) -> str:
    return sentence_html(text.language, lambda: error_sentence(error, text.language))
