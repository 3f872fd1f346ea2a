"""What changed on each slide between two releases: title, figures and statuses, in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.slides.content import DeckEntry
from dashboard.slides.deck import contents_of, open_deck
from dashboard.slides.deck_file import DeckFile
from dashboard.slides.opened import Deck
from metrics.core.errors import MetricsError
from metrics.messages.error_texts import error_text


@dataclass(frozen=True)
class SlideChange:
    """One entry of a deck: its first title, and what differs."""

    number: int
    title: str
    titles: tuple[tuple[str, str], ...] = ()  # findings, before and after
    figures: tuple[tuple[str, str, str], ...] = ()  # name, before and after
    finding: str = ""  # that a title of one's own no longer follows
    why: str = ""  # the earlier release does not have what the slide shows

    @property
    def is_changed(self) -> bool:
        return bool(self.titles or self.figures or self.why)

    def facts(self) -> Mapping[str, Any]:
        return {
            "n": self.number, "title": self.title, "titles": self.titles, "why": self.why,
            "figures": self.figures, "finding": self.finding, "is_changed": self.is_changed,
        }  # fmt: skip


def changes_since(
    before: DeckFile, deck: Deck, entries: Sequence[DeckEntry]
) -> Iterator[SlideChange]:
    """Each entry of a deck beside what it was in the file before, whose release is an earlier one.

    The entries are the same; links may name another release.
    """
    earlier = open_deck(before)
    for entry, written in zip(entries, before.slides, strict=True):
        try:
            old = DeckEntry(entry.number, written, tuple(contents_of(written, earlier)))
        except MetricsError as error:
            why = error_text(error, deck.language)
            yield SlideChange(entry.number, entry.contents[0].title, why=why)
            continue
        yield change_of(old, entry)


def change_of(before: DeckEntry, after: DeckEntry) -> SlideChange:
    old, new = before.figures, after.figures
    figures = tuple(
        (name, old.get(name, ""), new.get(name, ""))
        for name in dict.fromkeys([*old, *new])
        if old.get(name) != new.get(name)
    )
    titles = tuple(
        (one, other)
        for one, other in zip(before.findings, after.findings, strict=False)
        if one != other
    )
    is_own = bool(after.entry.title and after.entry.link)
    finding = after.findings[0] if is_own and (figures or titles) else ""
    title = after.contents[0].title
    return SlideChange(after.number, title, () if is_own else titles, figures, finding)
