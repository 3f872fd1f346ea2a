"""What changed on each slide between two releases: figures, flags, statuses and caveats, in words.

What is only printed in another way is no change; a title that is only worded otherwise is named
apart.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from dashboard.slides.content import AreaCaveat, Caveat, DeckEntry, SlideFigure
from dashboard.slides.deck import open_deck, read_entry
from dashboard.slides.deck_context import Deck
from dashboard.slides.deck_file import DeckFile
from dashboard.slides.slide_numbers import SlideNumbers, numbers_of_entries
from dashboard.texts import Text
from metrics.core.errors import MetricsError
from metrics.core.period import ReferencePeriod
from metrics.messages.error_texts import error_text
from metrics.messages.language_marks import change_texts, unmarked

ROWS_OF_A_TABLE = 2
NUMBER_GAP = re.compile(r"(?<=\d)\s(?=\d{3}\b)")


@dataclass(frozen=True)
class TitleChange:
    """The finding of a slide, which its title says by rule."""

    before: str
    after: str


@dataclass(frozen=True)
class SlideChange:
    """One entry of a deck: its slides, its first title, and what differs."""

    slides: SlideNumbers
    title: str
    titles: tuple[TitleChange, ...] = ()
    figures: tuple[str, ...] = ()  # sentences: the name, and the figure before and after
    caveats: tuple[str, ...] = ()  # sentences: those that are new, and those that are gone
    wording: tuple[TitleChange, ...] = ()  # of the same figures
    finding: str = ""  # that a title of one's own no longer follows
    why: str = ""  # the earlier release does not have what the slide shows

    @property
    def is_changed(self) -> bool:
        return bool(self.titles or self.figures or self.caveats or self.why)

    def facts(self) -> Mapping[str, Any]:
        """For what knows none of these classes: a template, and the command line.

        Texts are without the marks of their languages, as lists of changes are plain.
        """
        facts = asdict(self) | {"is_changed": self.is_changed}
        plain: Mapping[str, Any] = change_texts(facts, unmarked)
        return plain


def changes_since(
    before: DeckFile, deck: Deck, entries: Sequence[DeckEntry]
) -> Iterator[SlideChange]:
    """Each entry of a deck beside what it was in the file before, whose release is an earlier one.

    The entries are the same; links may name another release.
    """
    earlier = replace(open_deck(before), typeface=deck.typeface, frames=deck.frames)
    numbers = numbers_of_entries(len(entry.contents) for entry in entries)
    for slides, entry, written in zip(numbers, entries, before.slides, strict=True):
        try:
            old = read_entry(entry.number, written, earlier)
        except MetricsError as error:
            why = error_text(error, deck.language)
            yield SlideChange(slides, entry.contents[0].title, why=why)
            continue
        yield change_of(old, entry, slides, deck.context.text)


def change_of(before: DeckEntry, after: DeckEntry, slides: SlideNumbers, text: Text) -> SlideChange:
    figures, caveats = changed_figures(before, after, text), changed_caveats(before, after, text)
    worded = changed_findings(before, after, text)
    has_other_facts = bool(figures or caveats) or any(
        has_other_numbers(one, text) for one in worded
    )
    change = SlideChange(slides, after.contents[0].title, figures=figures, caveats=caveats)
    if after.entry.title and after.entry.link:
        return replace(change, finding=after.findings[0] if has_other_facts else "")
    if has_other_facts:
        return replace(change, titles=worded)
    return replace(change, wording=worded)


def changed_figures(before: DeckEntry, after: DeckEntry, text: Text) -> tuple[str, ...]:
    old, new = before.figures, after.figures
    if min(len(old), len(new)) >= ROWS_OF_A_TABLE and old.keys().isdisjoint(new):
        numbers = {
            name: text.number(len(rows), 0) for name, rows in (("before", old), ("after", new))
        }
        return (text("slides.other_rows", **numbers),)
    return tuple(
        figure_in_words(name, old.get(name), new.get(name), text)
        for name in dict.fromkeys([*old, *new])
        if differs(old.get(name), new.get(name), text)
    )


def differs(before: SlideFigure | None, after: SlideFigure | None, text: Text) -> bool:
    """Whether the figure is another one, and is printed as such."""
    if before is None or after is None:
        return before is not after
    are_known = before.exact and after.exact
    if are_known and before.exact == after.exact:
        return False
    printed = [(plain(figure.words, text), figure.period) for figure in (before, after)]
    return printed[0] != printed[1]


def plain(words: str, text: Text) -> str:
    """Words without what is mere notation: kinds of spaces, and zeros behind the last decimal."""
    joined = NUMBER_GAP.sub("", " ".join(unmarked(words).split()))
    mark = re.escape(text.separators[0])
    return re.sub(rf"(\d)({mark}\d*?)0+(?!\d)", strip_mark, joined)


def strip_mark(number: re.Match[str]) -> str:
    decimals = number[2] if len(number[2]) > 1 else ""
    return number[1] + decimals


def changed_caveats(before: DeckEntry, after: DeckEntry, text: Text) -> tuple[str, ...]:
    """Compared area by area; areas with the same change are named together."""
    old, new = (caveats_by_area(entry.caveats, text) for entry in (before, after))
    changes: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for area in dict.fromkeys([*new, *old]):
        earlier, later = old.get(area, {}), new.get(area, {})
        gone = tuple(words for key, words in earlier.items() if key not in later)
        added = tuple(words for key, words in later.items() if key not in earlier)
        if gone or added:
            changes.setdefault((gone, added), []).append(area)
    return tuple(
        sentence
        for (gone, added), areas in changes.items()
        for sentence in change_of_caveats(gone, added, ", ".join(filter(None, areas)), text)
    )


def caveats_by_area(caveats: Iterable[Caveat], text: Text) -> dict[str, dict[str, str]]:
    """Area → the caveats by what is compared of them; without an area, those of the whole slide."""
    found: dict[str, dict[str, str]] = {}
    for caveat in caveats:
        own = caveat if isinstance(caveat, AreaCaveat) else AreaCaveat("", caveat)
        found.setdefault(own.area, {})[plain(own.words, text)] = own.words
    return found


def change_of_caveats(
    gone: Sequence[str], added: Sequence[str], areas: str, text: Text
) -> Iterator[str]:
    """Of the whole slide each sentence by itself; of areas what replaces what."""
    if not areas:
        yield from (text("slides.caveat_new", caveat=words) for words in added)
        yield from (text("slides.caveat_gone", caveat=words) for words in gone)
    elif gone and added:
        before, after = text.listed(gone), text.listed(added)
        yield text("slides.caveat_changed_in", areas=areas, before=before, after=after)
    else:
        key = "slides.caveat_new_in" if added else "slides.caveat_gone_in"
        yield text(key, areas=areas, caveat=text.listed(added or gone))


def changed_findings(before: DeckEntry, after: DeckEntry, text: Text) -> tuple[TitleChange, ...]:
    return tuple(
        TitleChange(earlier, later)
        for earlier, later in zip(before.findings, after.findings, strict=False)
        if plain(earlier, text) != plain(later, text)
    )


def has_other_numbers(change: TitleChange, text: Text) -> bool:
    numbers = [re.findall(r"\d+", plain(words, text)) for words in (change.before, change.after)]
    return numbers[0] != numbers[1]


def figure_in_words(
    name: str, before: SlideFigure | None, after: SlideFigure | None, text: Text
) -> str:
    """`Name: 9.21 (2025) → 9.4 (2026)`; that a later figure is gone is said about its period."""
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
