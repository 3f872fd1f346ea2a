"""A deck as a file of a format: lines say how far it is, and the last one has the file."""

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from queue import SimpleQueue
from threading import Event, Thread
from typing import Any

from dashboard import data
from dashboard.access import may_keep_decks
from dashboard.charts.typefaces import USUAL_NAME
from dashboard.exports import DocumentFormat
from dashboard.html_templates import template
from dashboard.pictures.deck_process import build_in_process
from dashboard.slides.deck_context import Deck
from dashboard.slides.deck_edits import pinned_to
from dashboard.slides.deck_file import FAULTY_SLIDES, DeckFile, faults_of_entries
from dashboard.slides.deck_store import plain_name
from dashboard.slides.entry_summaries import BuiltDeck, DeckOrder
from dashboard.slides.kept_decks import deck_store
from dashboard.slides.slide_numbers import SlideNumbers
from dashboard.texts import Text
from dashboard.wording.language_spans import html_in, sentence_html
from metrics.core.crash_reports import UnforeseenError, report_unexpected
from metrics.core.errors import MetricsError, SubmissionError
from metrics.intake.limited_process import abandoned_when
from metrics.messages.error_texts import error_sentence, full_sentence

PROGRESS_LINES = "application/x-ndjson"  # an answer of several lines, each of which is JSON
MOST_FIGURES = 12  # of a slide, that are listed before the others are folded away
NO_MORE = None


def order_of_deck(file: DeckFile, format_name: str, *, is_again: bool) -> DeckOrder:
    """What to build: the deck as it is, or again with the current release."""
    order = DeckOrder(file, format_name, template_beside(file))
    if not is_again:
        return order
    current = data.release_store().current(file.collection) if file.collection else ""
    if not current:
        raise SubmissionError("no_release", collection=file.collection)
    return replace(order, before=file, file=pinned_to(file, current))


def template_beside(file: DeckFile) -> bytes:
    """The template that the deck names, beside its file; only where decks are files."""
    if not file.template:
        return b""
    path = deck_store().folder / file.template
    is_beside = path.name == file.template and may_keep_decks()
    if not is_beside or not path.is_file():
        raise SubmissionError("deck_no_template", file=file.template)
    return path.read_bytes()


def progress_lines(order: DeckOrder, written: DocumentFormat[Deck], text: Text) -> Iterator[str]:
    """A line for each step, and one with the file or with what is wrong."""
    steps: SimpleQueue[Mapping[str, Any] | None] = SimpleQueue()
    has_left, home = Event(), data.home()

    def build() -> None:
        try:
            with abandoned_when(has_left.is_set), report_unexpected(home):
                built = build_in_process(
                    order, lambda done, all_: steps.put({"done": done, "of": all_})
                )
                steps.put(finished(built, order, written, text))
        except MetricsError as wrong:
            steps.put({"error": refusal_html(wrong, text)})
        finally:
            steps.put(NO_MORE)

    Thread(target=build, daemon=True).start()
    try:
        while (step := steps.get()) is not NO_MORE:
            yield json.dumps(step) + "\n"
    finally:
        has_left.set()


def refusal_html(wrong: MetricsError, text: Text) -> str:
    """What is wrong; of slides that cannot be made, each with a link to its entry on the page."""
    if wrong.text.key != FAULTY_SLIDES:
        return sentence_html(text.language, partial(sentence_of, wrong, text))
    faults = [*faults_of_entries(wrong)]

    def written() -> str:
        entries = [(number, full_sentence(why, text.language)) for number, why in faults]
        return template("deck_faults.html").render(text=text, entries=entries)

    return html_in(text.language, written)


def sentence_of(wrong: MetricsError, text: Text) -> str:
    if isinstance(wrong, UnforeseenError):
        return text("download.unforeseen", report=wrong.report.name)
    return error_sentence(wrong, text.language)


def finished(
    built: BuiltDeck, order: DeckOrder, written: DocumentFormat[Deck], text: Text
) -> Mapping[str, Any]:
    stem = plain_name(order.file.title)
    answer: dict[str, Any] = {
        "file": b64encode(built.content).decode(),
        "file_name": f"{stem}-{built.release}{written.suffix}",
        "media_type": written.media_type,
        "message": sentence_html(text.language, lambda: " ".join(words_of_built(built, text))),
        "pinned": built.release,
    }
    if order.before is not None:
        changes = partial(changes_in_words, built, order.before, text)
        answer["html"] = html_in(text.language, changes)
    return answer


def words_of_built(built: BuiltDeck, text: Text) -> Iterator[str]:
    yield text.counted("deck.built", built.slides - 1, release=built.release)
    if built.unmeasured:
        yield text("deck.unmeasured", fonts=", ".join(built.unmeasured), measured=USUAL_NAME)


def changes_in_words(built: BuiltDeck, before: DeckFile, text: Text) -> str:
    numbers = [SlideNumbers(**change["slides"]).in_words(text) for change in built.changes]
    return template("deck_changes.html").render(
        text=text, changes=built.changes, numbers=numbers, before=before.release,
        after=built.release, most=MOST_FIGURES, language=before.language or text.language,
    )  # fmt: skip
