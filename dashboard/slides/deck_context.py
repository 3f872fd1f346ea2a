"""A deck as it is built: its file, the context of its release, and its template."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.charts.typefaces import USUAL_TYPEFACE, Typeface, measured_in
from dashboard.progress import Advance, no_advance
from dashboard.slides.deck_file import DeckFile
from dashboard.slides.text_frames import USUAL_FRAMES, SlideFrames, titled_in

if TYPE_CHECKING:  # what draws pictures lists the formats of decks too, and loads no release
    from dashboard.context import PageContext
    from dashboard.slides.content import DeckEntry


@dataclass(frozen=True)
class Deck:
    file: DeckFile
    context: "PageContext"
    template: bytes = b""
    advance: Advance = no_advance  # called by whatever writes it
    entries: "tuple[DeckEntry, ...]" = ()  # if they were read already
    typeface: Typeface = USUAL_TYPEFACE  # in which its words are measured
    missing_fonts: tuple[str, ...] = ()  # that its template names and are not installed here
    frames: SlideFrames = USUAL_FRAMES  # of the words around the middle

    @property
    def language(self) -> str:
        return self.context.language

    @property
    def steps(self) -> int:
        """Each entry is read, and then written."""
        return 2 * len(self.file.slides)

    def report_reading(self, number: int) -> None:
        self.advance(number, self.steps)

    def report_writing(self, number: int) -> None:
        self.advance(len(self.file.slides) + number, self.steps)

    @contextmanager
    def measured(self) -> Iterator[None]:
        """Words are measured in the typeface of the template, titles also in its room."""
        with measured_in(self.typeface), titled_in(self.frames.title):
            yield
