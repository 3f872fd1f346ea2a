"""Which slides of a presentation an entry of a deck becomes, by the numbers that are printed."""

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.texts import Text

FIRST_AFTER_COVER = 2  # number of a slide


@dataclass(frozen=True)
class SlideNumbers:
    first: int
    last: int

    def in_words(self, text: Text) -> str:
        """`Slide 3`, `Slides 4 to 6`."""
        if self.first == self.last:
            return text("deck.slide", n=text.number(self.first, 0))
        first, last = text.number(self.first, 0), text.number(self.last, 0)
        return text("deck.slides_from_to", first=first, last=last)


def numbers_of_entries(counts: Iterable[int]) -> list[SlideNumbers]:
    """Of entries that become so many slides each, one after the other behind the cover."""
    found, first = [], FIRST_AFTER_COVER
    for count in counts:
        found.append(SlideNumbers(first, first + count - 1))
        first += count
    return found
