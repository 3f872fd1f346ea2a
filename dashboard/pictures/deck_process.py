"""Read and build decks in a process of its own, so that what serves pages loads no python-pptx.

The process is forked as for pictures (`dashboard.pictures.drawing`), opens the release itself, and
ends. What was read of an entry is kept, as a release never changes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import BoundedSemaphore
from urllib.parse import urlsplit

from dashboard import data
from dashboard.answer_cache import KeptLast
from dashboard.exports import formats_of
from dashboard.pictures.limited_process import NotInTimeError, OneAtATime, advance_of
from dashboard.progress import Advance
from dashboard.slides.deck_context import Deck
from dashboard.slides.deck_file import CURRENT_RELEASE, DeckFile, DeckSlide
from dashboard.slides.entry_summaries import BuiltDeck, DeckOrder, SlideReading
from dashboard.view import View
from dashboard.wording.language_spans import composing_in
from metrics.intake.limited_process import Ask, WorkLimits

MAKING = OneAtATime(
    WorkLimits(90, 900, "to_make_slides"), waiting_seconds=60, refusal="deck_not_built"
)
QUEUE = BoundedSemaphore(4)  # of the 16 threads of a worker: the others answer readers
TEMPLATED_FORMAT = "pptx"  # no other format has the looks of a template
KEPT_READINGS = 1000  # of each worker


@dataclass(frozen=True)
class ReadingKey:
    """All on which the words of a slide depend."""

    home: Path
    link: str
    kind: str
    language: str
    collection: str
    release: str
    current: str  # the release of the collection that the link names, if it names another


class KeptReadings(KeptLast[SlideReading]):
    def __init__(self) -> None:
        super().__init__(KEPT_READINGS)


READINGS = KeptReadings()


def known_readings(file: DeckFile) -> list[SlideReading | None]:
    """What is known of each entry without reading it."""
    return [READINGS.get(key_of(entry, file)) if entry.link else reading_of_text(entry)
            for entry in file.slides]  # fmt: skip


def read_in_process(file: DeckFile) -> list[SlideReading]:
    """What is said about each entry; SubmissionError if the deck as a whole cannot be opened."""
    known = known_readings(file)
    missing = [at for at, reading in enumerate(known) if reading is None]
    if missing:
        asked = file.model_copy(update={"slides": tuple(file.slides[at] for at in missing)})
        with in_queue():
            found = MAKING.run(read_for_asker, asked)
        for at, reading in zip(missing, found, strict=True):
            known[at] = reading
            if not reading.error:
                READINGS.put(key_of(file.slides[at], file), reading)
    return [reading for reading in known if reading is not None]


def build_in_process(order: DeckOrder, advance: Advance) -> BuiltDeck:
    """The file of a deck; SubmissionError names every slide that cannot be made."""
    with in_queue():
        return MAKING.run(build_for_asker, order, advance=advance)


@contextmanager
def in_queue() -> Iterator[None]:
    if not QUEUE.acquire(blocking=False):
        raise NotInTimeError(MAKING.refusal)
    try:
        yield
    finally:
        QUEUE.release()


def key_of(entry: DeckSlide, file: DeckFile) -> ReadingKey:
    store = data.release_store()
    current = store.current(file.collection) if file.collection else ""
    release = current if file.release == CURRENT_RELEASE else file.release
    other = View.parse(urlsplit(entry.link).query).collection
    return ReadingKey(data.home(), entry.link, entry.kind, file.language, file.collection, release,
                      store.current(other) if other else "")  # fmt: skip


def reading_of_text(entry: DeckSlide) -> SlideReading:
    return SlideReading(entry.text, kind="text")


def read_for_asker(_ask: Ask, file: DeckFile) -> list[SlideReading]:
    from dashboard.slides.deck import open_deck  # noqa: PLC0415 - loads python-pptx

    deck = open_deck(file)
    return [read_for_page(entry, deck) for entry in file.slides]


def read_for_page(entry: DeckSlide, deck: Deck) -> SlideReading:
    from dashboard.slides.deck import contents_of, parse_link  # noqa: PLC0415
    from dashboard.slides.kinds import kind_of_link, kinds_of_page  # noqa: PLC0415
    from metrics.core.errors import MetricsError  # noqa: PLC0415
    from metrics.messages.error_texts import error_sentence  # noqa: PLC0415

    try:
        contents = list(contents_of(entry, deck))
        if not entry.link:
            return reading_of_text(entry)
        path, view = parse_link(entry.link, deck)
        kind = kind_of_link(path, view.view, entry.kind)
    except MetricsError as error:
        return SlideReading(slides=0, error=error_sentence(error, deck.language))
    first = contents[0]
    names = tuple(possible.name for possible in kinds_of_page(path))
    return SlideReading(first.finding, first.goal_line, len(contents), kind.name, names)


def build_for_asker(ask: Ask, order: DeckOrder) -> BuiltDeck:
    from dashboard.slides.changes import changes_since  # noqa: PLC0415
    from dashboard.slides.deck import open_deck, read_entries  # noqa: PLC0415

    with composing_in(order.file.language):
        template = order.template if order.format_name == TEMPLATED_FORMAT else b""
        deck = open_deck(order.file, template, advance_of(ask))
        entries = read_entries(deck, advance=deck.report_reading)
        content = formats_of(Deck)[order.format_name].write(replace(deck, entries=tuple(entries)))
        found = changes_since(order.before, deck, entries) if order.before else ()
        changes = tuple(change.facts() for change in found)
        slides = 1 + sum(len(entry.contents) for entry in entries)
        label = deck.context.release_label
        return BuiltDeck(content, slides, label, changes, deck.missing_fonts)
