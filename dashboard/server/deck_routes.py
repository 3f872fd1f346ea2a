"""What the page of a deck asks for: changes, files to open, what slides say, and presentations.

A deck is its file. It is kept in `data/decks`, or in the browser, which then sends it along and
keeps the answer; nothing of such a deck stays here.
"""

from flask import Flask, Response, abort, jsonify

from dashboard.access import DeckRoute
from dashboard.exports import formats_of
from dashboard.hosts import public_address
from dashboard.pictures.deck_process import read_in_process
from dashboard.server.deck_answers import described
from dashboard.server.deck_building import PROGRESS_LINES, order_of_deck, progress_lines
from dashboard.server.deck_changing import change_deck
from dashboard.server.deck_opening import open_file
from dashboard.server.deck_requests import answering_errors, deck_request, reader_text
from dashboard.slides.deck_context import Deck
from dashboard.slides.deck_file import DeckDraft, read_deck_file, write_deck_file
from dashboard.slides.entry_summaries import SlideReading
from dashboard.slides.kept_decks import read_deck
from dashboard.texts import Text
from metrics.core.errors import SubmissionError, UnknownNameError
from metrics.messages.error_texts import error_sentence


def register_decks(server: Flask) -> None:
    answers = {
        DeckRoute.CHANGE: change_deck,
        DeckRoute.OPEN: open_file,
        DeckRoute.READ: read_slides,
        DeckRoute.BUILD: build_deck_file,
    }
    for route, answer in answers.items():
        endpoint = f"deck_{route.name.lower()}"
        server.add_url_rule(route, endpoint, answering_errors(answer), methods=["POST"])


def read_slides() -> Response:
    """The deck with what each slide says, which takes a moment where it was not read before."""
    text = reader_text()
    state = read_deck(deck_request().deck, text)
    return jsonify(described(state, text, readings_of(state.draft, text)))


def readings_of(draft: DeckDraft, text: Text) -> list[SlideReading]:
    """What is said about each slide; of a deck that cannot be opened at all, the reason at each."""
    try:
        return read_in_process(draft)
    except (SubmissionError, UnknownNameError) as wrong:
        reason = error_sentence(wrong, text.language)
        return [SlideReading(slides=0, error=reason) for _ in draft.slides]


def build_deck_file() -> Response:
    """The presentation, after lines that say how far it is."""
    sent, text, formats = deck_request(), reader_text(), formats_of(Deck)
    state = read_deck(sent.deck, text)
    if sent.format not in formats:
        abort(404)
    file = read_deck_file(write_deck_file(state.draft), state.kept.file_name)  # with slides
    own = file.model_copy(update={"address": file.address or public_address()})
    order = order_of_deck(own, sent.format, is_again=sent.again)
    return Response(progress_lines(order, formats[sent.format], text), mimetype=PROGRESS_LINES)
