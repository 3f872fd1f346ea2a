"""What a page says about a deck: of each entry its finding and its kind, or why it has no slide.

Nothing here draws, so that what serves pages need not load what writes presentations.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.slides.deck_file import DeckFile


@dataclass(frozen=True)
class SlideReading:
    """An entry as slides: the title by rule, what it is about, and the kinds that it can have."""

    finding: str = ""
    goal_line: str = ""
    slides: int = 1  # none where no slide can be made
    kind: str = ""
    kinds: tuple[str, ...] = ()
    error: str = ""  # why no slide can be made


@dataclass(frozen=True)
class DeckOrder:
    """What to build: a deck in a format, and with what it is compared."""

    file: DeckFile
    format_name: str
    template: bytes = b""
    before: DeckFile | None = None  # the same deck of an earlier release


@dataclass(frozen=True)
class BuiltDeck:
    content: bytes
    slides: int
    release: str
    changes: tuple[Mapping[str, Any], ...] = ()  # of each slide since the earlier release
    unmeasured: tuple[str, ...] = ()  # typefaces of its template that are not installed here
