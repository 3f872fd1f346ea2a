"""A deck as it is built: its file, the context of its release, and its template."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.charts.typefaces import USUAL_TYPEFACES, Typefaces
from dashboard.progress import Advance, no_advance
from dashboard.slides.deck_file import DeckFile

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
    typefaces: Typefaces = USUAL_TYPEFACES  # in which its words are measured

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
