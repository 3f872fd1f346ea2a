"""What changed on each slide between two releases: title, figures and statuses, in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from dashboard.slides.content import DeckEntry, SlideFigure
from dashboard.slides.deck import contents_of, open_deck
from dashboard.slides.deck_file import DeckFile
from dashboard.slides.opened import Deck
from dashboard.texts import Text
from metrics.core.errors import MetricsError
from metrics.core.period import ReferencePeriod
from metrics.messages.error_texts import error_text


@dataclass(frozen=True)
class TitleChange:
    """The finding of a slide, which its title says by rule."""

    before: str
    after: str


@dataclass(frozen=True)
class SlideChange:
    """One entry of a deck: its first title, and what differs."""

    number: int
    title: str
    titles: tuple[TitleChange, ...] = ()
    figures: tuple[str, ...] = ()  # sentences: the name, and the figure before and after
    finding: str = ""  # that a title of one's own no longer follows
    why: str = ""  # the earlier release does not have what the slide shows

    @property
    def is_changed(self) -> bool:
        return bool(self.titles or self.figures or self.why)

    def facts(self) -> Mapping[str, Any]:
        """For what knows none of these classes: a template, and the command line."""
        return asdict(self) | {"is_changed": self.is_changed}


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
        yield change_of(old, entry, deck.context.text)


def change_of(before: DeckEntry, after: DeckEntry, text: Text) -> SlideChange:
    old, new = before.figures, after.figures
    figures = tuple(
        figure_in_words(name, old.get(name), new.get(name), text)
        for name in dict.fromkeys([*old, *new])
        if old.get(name) != new.get(name)
    )
    titles = tuple(
        TitleChange(earlier, later)
        for earlier, later in zip(before.findings, after.findings, strict=False)
        if earlier != later
    )
    is_own = bool(after.entry.title and after.entry.link)
    finding = after.findings[0] if is_own and (figures or titles) else ""
    title = after.contents[0].title
    return SlideChange(after.number, title, () if is_own else titles, figures, finding)


def figure_in_words(
    name: str, before: SlideFigure | None, after: SlideFigure | None, text: Text
) -> str:
    """`Name: 9.21 (2025) → 9.4 (2026)`; that a later figure is gone is said of its period."""
    if before and after and is_earlier(after.period, before.period):
        return text(
            "slides.figure_gone", name=name, before=before.words, after=after.words,
            period=text.period(before.period), earlier=text.period(after.period),
        )  # fmt: skip
    printed = {"before": dated(before, text), "after": dated(after, text)}
    return text("slides.figure_changed", name=name, **printed)


def is_earlier(period: str, other: str) -> bool:
    if not period or not other:
        return False
    return ReferencePeriod.parse(period).end < ReferencePeriod.parse(other).end


def dated(figure: SlideFigure | None, text: Text) -> str:
    if figure is None:
        return "–"
    return f"{figure.words} ({text.period(figure.period)})" if figure.period else figure.words
