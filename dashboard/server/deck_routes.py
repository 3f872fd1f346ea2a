"""What the page of a deck asks for: changes, files to open, what slides say, and presentations.

A deck is its file. It is kept in `data/decks`, or in the browser, which then sends it along and
keeps the answer; nothing of such a deck stays here.
"""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import unquote

from flask import Flask, Response, abort, jsonify, request
from pydantic import BaseModel, ConfigDict, ValidationError
from werkzeug.exceptions import HTTPException

from dashboard import data
from dashboard.access import DeckRoute, may_keep_decks
from dashboard.components.add_to_deck import DECK_PAGE
from dashboard.components.deck_view import DeckView
from dashboard.exports import formats_of
from dashboard.hosts import public_address
from dashboard.pictures.deck_process import known_readings, read_in_process
from dashboard.server.deck_building import (
    PROGRESS_LINES,
    order_of_deck,
    progress_lines,
    sentence_of,
)
from dashboard.server.routes import requested_view
from dashboard.slides.deck_edits import AddedBeforeError, AddView, AnyChange
from dashboard.slides.deck_file import (
    CURRENT_RELEASE,
    DeckDraft,
    joined_faults,
    lines_of_slides,
    read_deck_file,
    read_draft,
    write_deck_file,
)
from dashboard.slides.deck_links import DeckLink
from dashboard.slides.deck_store import DeckChangedError, KeptDeck
from dashboard.slides.deck_yaml import DECK_SUFFIX, LARGEST_FILE
from dashboard.slides.kept_decks import (
    DeckState,
    begin_deck,
    edit_deck,
    keep_new,
    read_deck,
)
from dashboard.slides.opened import Deck
from dashboard.slides.readings import SlideReading
from dashboard.slides.unknown_choices import faults_of_names
from dashboard.texts import Text, texts
from dashboard.view import View
from metrics.core.crash_reports import UnforeseenError, report_unexpected
from metrics.core.errors import KeyedText, MetricsError, SubmissionError, UnknownNameError
from metrics.core.printable_names import printable_name
from metrics.messages.error_texts import error_sentence

SENT_BY_PAGE = "EMPACT"


class DeckRequest(BaseModel):
    """What a page sends: the name of a deck that is kept here, or its text."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = ""
    text: str = ""
    version: str | None = None  # that the reader saw, where the change depends on it
    change: AnyChange | None = None
    start: str = ""  # the title of a new deck
    format: str = "pptx"
    again: bool = False  # with the current release

    @property
    def deck(self) -> KeptDeck:
        return KeptDeck(self.name, self.text.encode(errors="replace"))


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


def answering_errors(answer: Callable[[], Response]) -> Callable[[], Response]:
    """Refuse what no page of this site sent, and turn errors into sentences."""

    def answered() -> Response:
        if request.headers.get("X-Requested-With") != SENT_BY_PAGE:
            abort(403)
        try:
            with report_unexpected(data.home(), HTTPException):
                return answer()
        except MetricsError as wrong:
            return refusal(wrong)

    return answered


def refusal(wrong: MetricsError) -> Response:
    text = reader_text()
    answer = jsonify(error=sentence_of(wrong, text))
    answer.status_code = 500 if isinstance(wrong, UnforeseenError) else 422
    return answer


def reader_text() -> Text:
    return texts(requested_view().lang)


def asked() -> DeckRequest:
    try:
        return DeckRequest.model_validate(request.get_json(silent=True))
    except ValidationError:
        abort(400)


def change_deck() -> Response:
    """Change a deck; without a change, show it."""
    sent, text = asked(), reader_text()
    if sent.start:
        return start_deck(sent.start.strip(), text)
    if sent.change is None:
        return jsonify(described(read_deck(sent.deck, text), text))
    try:
        state = edit_deck(sent.deck, sent.change, sent.version, text)
    except AddedBeforeError as known:
        state = read_deck(sent.deck, text)
        words = {"message": error_sentence(known, text.language)} | link_to_deck(state, text)
        return jsonify(described(state, text) | words)
    except DeckChangedError as conflict:
        words = {"conflict": error_sentence(conflict, text.language)}
        return jsonify(described(read_deck(sent.deck, text), text) | words)
    return jsonify(described(state, text) | words_of_change(sent.change, state, text))


def start_deck(title: str, text: Text) -> Response:
    state = begin_deck(title, text)
    return jsonify(described(state, text) | {"message": text("deck.started", title=title)})


def described(
    state: DeckState, text: Text, readings: Sequence[SlideReading] | None = None
) -> dict[str, Any]:
    """What the browser keeps of a deck, and shows; without readings, with those that are known."""
    kept = state.kept
    view = DeckView(state, text, readings or known_readings(state.draft))
    return {
        "name": kept.name,
        "text": kept.content.decode(),
        "version": kept.version,
        "kept": "file" if may_keep_decks() else "browser",
        "html": str(view.html()),
    }


def words_of_change(change: AnyChange, state: DeckState, text: Text) -> dict[str, str]:
    """What is said about a change, and where the reader can go on."""
    draft, number = state.draft, len(state.draft.slides)
    if not isinstance(change, AddView):
        return {"message": text(f"deck.done_{change.do}")}
    message = text("deck.added", n=text.number(number, 0), title=draft.title)
    link = DeckLink.parse(change.link)
    is_other = link.is_of(draft.collection) and link.view.release not in {"", draft.release}
    if is_other and draft.release != CURRENT_RELEASE:
        message += f" {text('deck.added_other_release', release=draft.release)}"
    return {"message": message} | link_to_deck(state, text)


def link_to_deck(state: DeckState, text: Text) -> dict[str, str]:
    own = View(lang=text.language, deck=state.kept.name, collection=state.draft.collection)
    link = own.link(DECK_PAGE)
    return {"link": link, "link_words": text("deck.open")}


def open_file() -> Response:
    """Open a file: every mistake is named, and nothing is opened of a file that has one."""
    text = reader_text()
    content = request.stream.read(LARGEST_FILE + 1)
    name = printable_name(unquote(request.headers.get("X-File-Name", "")) or f"deck{DECK_SUFFIX}")
    draft = read_draft(content, name, faults_of_names)
    refuse_unreadable_slides(draft, content, name)
    state = DeckState(keep_new(content, name.rpartition(".")[0] or name), draft)
    has_comments = any(line.lstrip().startswith(b"#") for line in content.splitlines())
    remark = f" {text('deck.comments')}" if has_comments else ""
    message = text.counted("deck.opened", len(draft.slides), file=name) + remark
    return jsonify(described(state, text) | {"message": message})


def refuse_unreadable_slides(draft: DeckDraft, content: bytes, name: str) -> None:
    """SubmissionError names every slide that cannot be made, with its line."""
    in_words = draft.model_copy(update={"language": reader_text().language})
    readings, lines = read_in_process(in_words), lines_of_slides(content, name)
    faults = [
        KeyedText.filled("deck_slide_of_line", line=line, n=number, why=why)
        for number, (line, reading) in enumerate(zip(lines, readings, strict=True), 1)
        for why in reading.error.splitlines()
    ]
    if faults:
        raise SubmissionError("deck_wrong", file=name, faults=joined_faults(faults))


def read_slides() -> Response:
    """The deck with what each slide says, which takes a moment where it was not read before."""
    text = reader_text()
    state = read_deck(asked().deck, text)
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
    sent, text, formats = asked(), reader_text(), formats_of(Deck)
    state = read_deck(sent.deck, text)
    if sent.format not in formats:
        abort(404)
    file = read_deck_file(write_deck_file(state.draft), state.kept.file_name)  # with slides
    own = file.model_copy(update={"address": file.address or public_address()})
    order = order_of_deck(own, sent.format, is_again=sent.again)
    return Response(progress_lines(order, formats[sent.format], text), mimetype=PROGRESS_LINES)
