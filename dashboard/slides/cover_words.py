"""What the first slide says: what the deck is about, and of which release."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.slides.deck_context import Deck
from dashboard.slides.frame_words import SizedWords, sized_words
from dashboard.slides.measures import HANDLING_SHAPE, INVENTED_SHAPE
from dashboard.slides.paragraphs import keep_numbers_together
from dashboard.wording.series_facts import MIDDLE_DOT, invented_mark


@dataclass(frozen=True)
class CoverWords:
    title: SizedWords
    subtitle: SizedWords  # in lines
    source: SizedWords
    notes: str
    marks: str  # above the notes


def marks_of_deck(deck: Deck) -> Mapping[str, str]:
    """Shape of the master → the mark in it, empty where the deck has none."""
    return {HANDLING_SHAPE: deck.file.marking, INVENTED_SHAPE: invented_mark(deck.context)}


def words_of_cover(deck: Deck, marks: Sequence[str], slides: int) -> CoverWords:
    file, context, frames = deck.file, deck.context, deck.frames
    text, release = context.text, context.release
    day = text("frame.as_of", day=text.date(release.as_of)) if release and release.as_of else ""
    collection = context.collection.name(text.language)
    named = text("note.release", release=context.release_label)
    host = file.address.partition("://")[2].rstrip("/")
    about = [file.subtitle] if file.subtitle else [collection, day]
    return CoverWords(
        sized_words(keep_numbers_together(file.title), frames.cover_title),
        sized_words("\n".join(filter(None, [*about, file.author])), frames.cover_subtitle),
        sized_words(MIDDLE_DOT.join(filter(None, [*marks, named, host])), frames.cover_source),
        text.counted("slides.cover_notes", slides, release=context.release_label),
        MIDDLE_DOT.join(marks),
    )
