"""A change of a deck, which the page or a view asks for; without one, the deck as it is."""

from flask import Response, jsonify

from dashboard.pictures.deck_process import read_in_process
from dashboard.pictures.limited_process import NotInTimeError
from dashboard.server.deck_answers import described, link_to_deck, words_of_change
from dashboard.server.deck_requests import deck_request, reader_text
from dashboard.slides.deck_edits import AddedBeforeError, AddView
from dashboard.slides.deck_file import DeckDraft
from dashboard.slides.deck_store import DeckChangedError
from dashboard.slides.entry_summaries import SlideReading
from dashboard.slides.kept_decks import begin_deck, edit_deck, read_deck
from dashboard.texts import Text
from dashboard.wording.language_spans import sentence_html
from metrics.core.errors import MetricsError, SubmissionError
from metrics.messages.error_texts import error_sentence


def change_deck() -> Response:
    """Change a deck; without a change, show it."""
    sent, text = deck_request(), reader_text()
    if sent.start:
        return start_deck(sent.start.strip(), text)
    if sent.change is None:
        return jsonify(described(read_deck(sent.deck, text), text))
    reading = None
    try:
        if isinstance(sent.change, AddView):
            reading = read_added(sent.change, read_deck(sent.deck, text).draft, text)
        state = edit_deck(sent.deck, sent.change, sent.version, text)
    except AddedBeforeError as known:
        state = read_deck(sent.deck, text)
        words = {"message": error_html(known, text)} | link_to_deck(state, text)
        return jsonify(described(state, text) | words)
    except DeckChangedError as conflict:
        words = {"conflict": error_html(conflict, text)}
        return jsonify(described(read_deck(sent.deck, text), text) | words)
    return jsonify(described(state, text) | words_of_change(sent.change, state, text, reading))


def read_added(change: AddView, draft: DeckDraft, text: Text) -> SlideReading | None:
    """What a view that is added becomes; SubmissionError if no slide can be made of it.

    None if that is not known in time: the page of the deck says it then.
    """
    after = change.apply(draft)
    alone = after.model_copy(update={"slides": after.slides[-1:]})
    try:
        (reading,) = read_in_process(alone)
        if reading.error and after.language != text.language:
            (reading,) = read_in_process(alone.model_copy(update={"language": text.language}))
    except NotInTimeError:
        return None
    if reading.error:
        raise SubmissionError("deck_not_added", why=reading.error)
    return reading


def start_deck(title: str, text: Text) -> Response:
    state = begin_deck(title, text)
    message = sentence_html(text.language, lambda: text("deck.started", title=title))
    return jsonify(described(state, text) | {"message": message})


def error_html(error: MetricsError, text: Text) -> str:
    return sentence_html(text.language, lambda: error_sentence(error, text.language))
