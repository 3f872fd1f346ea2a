"""A deck as it is built: its file, the context of its release, and its template."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.slides.deck_file import DeckFile

if TYPE_CHECKING:  # what draws pictures lists the formats of decks too, and loads no release
    from dashboard.context import PageContext


@dataclass(frozen=True)
class Deck:
    file: DeckFile
    context: "PageContext"
    template: bytes = b""

    @property
    def language(self) -> str:
        return self.context.language
