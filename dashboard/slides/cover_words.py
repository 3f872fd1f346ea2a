"""What the first slide says: what the deck is about, and of which release."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.charts.arial_widths import arial_lines
from dashboard.context import PageContext
from dashboard.slides.deck_file import DeckFile
from dashboard.slides.frame_words import SizedWords
from dashboard.slides.measures import HANDLING_SHAPE, INVENTED_SHAPE
from dashboard.slides.opened import Deck
from dashboard.slides.paragraphs import keep_numbers_together
from dashboard.wording.series_facts import MIDDLE_DOT, invented_mark

COVER_SIZES, COVER_WIDTH, COVER_HEIGHT = (44, 40, 36, 32, 28), 812.0, 144.0


@dataclass(frozen=True)
class CoverWords:
    title: SizedWords
    subtitle: str  # in lines
    source: str
    notes: str


def marks_of_deck(deck: Deck) -> Mapping[str, str]:
    """Shape of the master → the mark in it, empty where the deck has none."""
    return {HANDLING_SHAPE: deck.file.marking, INVENTED_SHAPE: invented_mark(deck.context)}


def words_of_cover(
    file: DeckFile, context: PageContext, marks: Sequence[str], slides: int
) -> CoverWords:
    text, release = context.text, context.release
    title = keep_numbers_together(file.title)
    size = next((size for size in COVER_SIZES if fits_cover(title, size)), COVER_SIZES[-1])
    day = text("frame.as_of", day=text.date(release.as_of)) if release and release.as_of else ""
    collection = context.collection.name(text.language)
    named = text("note.release", release=context.release_label)
    host = file.address.partition("://")[2].rstrip("/")
    about = [file.subtitle] if file.subtitle else [collection, day]
    return CoverWords(
        SizedWords(title, size),
        "\n".join(filter(None, [*about, file.author])),
        MIDDLE_DOT.join(filter(None, [*marks, named, host])),
        text.counted("slides.cover_notes", slides, release=context.release_label),
    )


def fits_cover(title: str, size: float) -> bool:
    lines = arial_lines(title, COVER_WIDTH, size, is_bold=True)
    return len(lines) * size * 1.05 <= COVER_HEIGHT
