"""What the page of a deck asks for: changes, files to open, what slides say, and presentations.

A deck is its file. It is kept in `data/decks`, or in the browser, which then sends it along and
keeps the answer; nothing of such a deck stays here.
"""

import json
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from queue import SimpleQueue
from threading import Event, Thread
from typing import Any
from urllib.parse import unquote

from flask import Flask, Response, abort, jsonify, request
from pydantic import BaseModel, ConfigDict, ValidationError
from werkzeug.exceptions import HTTPException

from dashboard import data
from dashboard.access import DECK_PATH, may_keep_decks
from dashboard.components.add_to_deck import DECK_PAGE
from dashboard.components.deck_view import DeckView, deck_store, empty_draft
from dashboard.components.html_block import template
from dashboard.exports import DocumentFormat, formats_of
from dashboard.hosts import site_address
from dashboard.pictures.decks_apart import build_apart, known_readings, read_apart
from dashboard.server.routes import requested_view
from dashboard.slides.deck_edits import (
    AddedBeforeError,
    AddView,
    AnyChange,
    PinRelease,
    changed_deck,
)
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
from dashboard.slides.deck_store import DeckChangedError, KeptDeck, plain_name
from dashboard.slides.deck_yaml import DECK_SUFFIX, LARGEST_FILE
from dashboard.slides.opened import Deck
from dashboard.slides.readings import BuiltDeck, DeckOrder, SlideReading
from dashboard.texts import Text, texts
from dashboard.view import View
from metrics.core.crash_reports import UnforeseenError, report_unexpected
from metrics.core.errors import KeyedText, MetricsError, SubmissionError, UnknownNameError
from metrics.core.printable_names import printable_name
from metrics.intake.limited_process import abandoned_when
from metrics.messages.error_texts import error_sentence

SENT_BY_PAGE = "EMPACT"
PROGRESS_LINES = "application/x-ndjson"  # an answer of several lines, each of which is JSON
MOST_FIGURES = 12  # of a slide, that are listed before the others are folded away
NO_MORE = None


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


def register_decks(server: Flask) -> None:
    for name, answer in {"change": change_deck, "open": open_file, "read": read_slides,
                         "build": build_deck_file}.items():  # fmt: skip
        rule = f"{DECK_PATH}/{name}"
        server.add_url_rule(rule, f"deck_{name}", answering_errors(answer), methods=["POST"])


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


def sentence_of(wrong: MetricsError, text: Text) -> str:
    if isinstance(wrong, UnforeseenError):
        return text("download.unforeseen", report=wrong.report.name)
    return error_sentence(wrong, text.language)


def reader_text() -> Text:
    return texts(requested_view().lang)


def asked() -> DeckRequest:
    try:
        return DeckRequest.model_validate(request.get_json(silent=True))
    except ValidationError:
        abort(400)


@dataclass(frozen=True)
class DeckState:
    """A deck as it was kept or sent: its file, and what is read of it."""

    kept: KeptDeck
    draft: DeckDraft


def file_name(kept: KeptDeck) -> str:
    return f"{kept.name or 'deck'}{DECK_SUFFIX}"


def state_of(sent: DeckRequest, text: Text) -> DeckState:
    """The deck that is kept under the name, or else was sent; a new one if there is none."""
    kept = KeptDeck(sent.name, sent.text.encode(errors="replace"))
    if may_keep_decks():
        store = deck_store()
        kept = store.read(sent.name or store.latest())
    return DeckState(kept, draft_of(kept, text))


def draft_of(kept: KeptDeck, text: Text) -> DeckDraft:
    return read_draft(kept.content, file_name(kept)) if kept.content else empty_draft(text)


def change_deck() -> Response:
    """Change a deck; without a change, show it."""
    sent, text = asked(), reader_text()
    if sent.start:
        return start_deck(sent.start, text)
    if sent.change is None:
        return jsonify(described(state_of(sent, text), text))
    try:
        state = changed_state(sent, sent.change, text)
    except AddedBeforeError as known:
        state = state_of(sent, text)
        words = {"message": error_sentence(known, text.language)} | link_to_deck(state, text)
        return jsonify(described(state, text) | words)
    except DeckChangedError as conflict:
        words = {"conflict": error_sentence(conflict, text.language)}
        return jsonify(described(state_of(sent, text), text) | words)
    return jsonify(described(state, text) | words_of_change(sent.change, state, text))


def changed_state(sent: DeckRequest, change: AnyChange, text: Text) -> DeckState:
    def edit(content: bytes) -> bytes:
        before = KeptDeck(sent.name, content)
        return changed_deck(draft_of(before, text), change, file_name(before))

    if may_keep_decks():
        store = deck_store()
        kept = store.change(sent.name or store.latest(), edit, sent.version)
    else:
        kept = KeptDeck(sent.name, edit(sent.text.encode(errors="replace")))
    return DeckState(kept, draft_of(kept, text))


def start_deck(title: str, text: Text) -> Response:
    """A new deck, which takes the release of the first view that is added to it."""
    content = write_deck_file(empty_draft(text).model_copy(update={"title": title.strip()}))
    read_draft(content, f"deck{DECK_SUFFIX}")
    state = DeckState(keep_new(content, title), read_draft(content, f"deck{DECK_SUFFIX}"))
    return jsonify(described(state, text) | {"message": text("deck.started", title=title.strip())})


def keep_new(content: bytes, words: str) -> KeptDeck:
    """A further deck beside those that are kept; where none is kept, only the content."""
    if not may_keep_decks():
        return KeptDeck("", content)
    store = deck_store()
    return store.change(store.unused_name(words), lambda _before: content, KeptDeck("").version)


def described(state: DeckState, text: Text) -> dict[str, Any]:
    """What the browser keeps of a deck, and shows."""
    kept, draft = state.kept, state.draft
    return {
        "name": kept.name,
        "text": kept.content.decode(),
        "version": kept.version,
        "kept": "file" if may_keep_decks() else "browser",
        "html": str(DeckView(draft, text, kept.name, known_readings(draft)).html()),
    }


def words_of_change(change: AnyChange, state: DeckState, text: Text) -> dict[str, str]:
    """What is said of a change, and where the reader can go on."""
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
    draft = read_draft(content, name)
    refuse_unreadable_slides(draft, content, name)
    state = DeckState(keep_new(content, name.rpartition(".")[0] or name), draft)
    has_comments = any(line.lstrip().startswith(b"#") for line in content.splitlines())
    remark = f" {text('deck.comments')}" if has_comments else ""
    message = text.counted("deck.opened", len(draft.slides), file=name) + remark
    return jsonify(described(state, text) | {"message": message})


def refuse_unreadable_slides(draft: DeckDraft, content: bytes, name: str) -> None:
    """SubmissionError names every slide that cannot be made, with its line."""
    in_words = draft.model_copy(update={"language": reader_text().language})
    readings = read_apart(in_words) if draft.slides else []
    lines = lines_of_slides(content, name) if draft.slides else []
    faults = [
        KeyedText.filled("deck_slide_of_line", line=line, n=number, why=reading.error)
        for number, (line, reading) in enumerate(zip(lines, readings, strict=True), 1)
        if reading.error
    ]
    if faults:
        raise SubmissionError("deck_wrong", file=name, faults=joined_faults(faults))


def read_slides() -> Response:
    """The deck with what each slide says, which takes a moment where it was not read before."""
    text = reader_text()
    state = state_of(asked(), text)
    readings = readings_of(state.draft, text)
    view = DeckView(state.draft, text, state.kept.name, readings)
    return jsonify(described(state, text) | {"html": str(view.html())})


def readings_of(draft: DeckDraft, text: Text) -> list[SlideReading]:
    """What is said of each slide; of a deck that cannot be opened at all, the reason at each."""
    try:
        return read_apart(draft)
    except (SubmissionError, UnknownNameError) as wrong:
        reason = error_sentence(wrong, text.language)
        return [SlideReading(error=reason) for _ in draft.slides]


def build_deck_file() -> Response:
    """The presentation, after lines that say how far it is."""
    sent, text = asked(), reader_text()
    state = state_of(sent, text)
    draft, formats = state.draft, formats_of(Deck)
    if sent.format not in formats:
        abort(404)
    file = read_deck_file(write_deck_file(draft), file_name(state.kept))  # with slides
    own = file.model_copy(update={"address": draft.address or site_address()})
    order = DeckOrder(own, sent.format, template_beside(draft))
    if sent.again:
        pinned = PinRelease(do="pin", release=current_release(draft)).apply(draft)
        order = replace(order, before=own, file=own.model_copy(
            update={"release": pinned.release, "slides": pinned.slides}))  # fmt: skip

    def finish(built: BuiltDeck) -> dict[str, Any]:
        return finished(built, order, formats[sent.format], text) | {"pinned": built.release}

    return Response(progress_lines(order, finish, text), mimetype=PROGRESS_LINES)


def current_release(draft: DeckDraft) -> str:
    current = data.release_store().current(draft.collection) if draft.collection else ""
    if not current:
        raise SubmissionError("no_release", collection=draft.collection)
    return current


def template_beside(draft: DeckDraft) -> bytes:
    """The template that the deck names, beside its file; only where decks are files."""
    if not draft.template:
        return b""
    path = deck_store().folder / draft.template
    is_beside = path.name == draft.template and may_keep_decks()
    if not is_beside or not path.is_file():
        raise SubmissionError("deck_no_template", file=draft.template)
    return path.read_bytes()


def progress_lines(
    order: DeckOrder, finish: Callable[[BuiltDeck], dict[str, Any]], text: Text
) -> Iterator[str]:
    """A line for each step, and one with the file or with what is wrong."""
    steps: SimpleQueue[dict[str, Any] | None] = SimpleQueue()
    has_left, home = Event(), data.home()

    def build() -> None:
        try:
            with abandoned_when(has_left.is_set), report_unexpected(home):
                built = build_apart(order, lambda done, all_: steps.put({"done": done, "of": all_}))
                steps.put(finish(built))
        except MetricsError as wrong:
            steps.put({"error": sentence_of(wrong, text)})
        finally:
            steps.put(NO_MORE)

    Thread(target=build, daemon=True).start()
    try:
        while (step := steps.get()) is not NO_MORE:
            yield json.dumps(step) + "\n"
    finally:
        has_left.set()


def finished(
    built: BuiltDeck, order: DeckOrder, written: DocumentFormat[Deck], text: Text
) -> dict[str, Any]:
    stem = plain_name(order.file.title)
    message = text.counted("deck.built", built.slides - 1, release=built.release)
    answer: dict[str, Any] = {
        "file": b64encode(built.content).decode(),
        "file_name": f"{stem}-{built.release}{written.suffix}",
        "media_type": written.media_type,
        "message": message,
    }
    if order.before is not None:
        answer["html"] = changes_in_words(built.changes, order, built.release, text)
    return answer


def changes_in_words(
    changes: tuple[Mapping[str, Any], ...], order: DeckOrder, after: str, text: Text
) -> str:
    before = order.before.release if order.before else ""
    return template("deck_changes.html").render(
        text=text, changes=changes, before=before, after=after, most=MOST_FIGURES,
        language=order.file.language or text.language,
    )  # fmt: skip
