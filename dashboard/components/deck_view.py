"""The deck as its page shows it: the words of its first slide, and an entry for each slide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from markupsafe import Markup

from dashboard import data
from dashboard.access import PRESENT_PATH, may_keep_decks
from dashboard.components.add_to_deck import kind_in_words
from dashboard.components.frame import name_of_page, page_words
from dashboard.exports import formats_of
from dashboard.html_templates import template
from dashboard.released.series import read_series
from dashboard.slides.deck_context import Deck
from dashboard.slides.deck_edits import LONGEST
from dashboard.slides.deck_file import (
    CURRENT_RELEASE,
    MOST_LINES,
    DeckDraft,
    DeckSlide,
    write_deck_file,
)
from dashboard.slides.deck_links import DeckLink
from dashboard.slides.entry_summaries import SlideReading
from dashboard.slides.kept_decks import DeckState, deck_store
from dashboard.slides.slide_numbers import numbers_of_entries
from dashboard.texts import Text
from dashboard.view import View
from dashboard.wording.language_spans import html_in
from metrics.catalogue.loader import catalogue
from metrics.core.series import parse_series
from metrics.core.tables import EU
from metrics.messages import ENGLISH, language_name, languages

USUAL_FORMAT = "pptx"
# The kinds of slides whose chart is also a picture, by the name of that picture.
PICTURES = {
    "goal": "trend",
    "states": "states",
    "multiples": "multiples",
    "map": "map",
    "comparison": "comparison",
}
MOST_DECK_LINKS = 12  # of decks, as links


@dataclass(frozen=True)
class EntryView:
    """One entry of a deck in words."""

    number: int
    entry: DeckSlide
    reading: SlideReading | None  # None while it is being read
    slides: str  # by the numbers that are printed: `Slides 4 to 6`
    link: str = ""  # in the release and the language of the deck
    view: str = ""  # the page and what it is about, in words
    picture: str = ""
    kinds: Mapping[str, str] = field(default_factory=dict)  # in words, by name

    @property
    def kind(self) -> str:
        """The kind of its slides in words; of one that is being read, none."""
        name = self.reading.kind if self.reading else ""
        return self.kinds.get(name, "")

    @property
    def title(self) -> str:
        finding = self.reading.finding if self.reading else ""
        return self.entry.title or self.entry.text or finding


@dataclass(frozen=True)
class DeckView:
    """A deck on its page: which one, and in whose words."""

    state: DeckState
    text: Text
    readings: Sequence[SlideReading | None]  # of each entry

    @property
    def draft(self) -> DeckDraft:
        return self.state.draft

    @property
    def name(self) -> str:
        return self.state.kept.name

    @property
    def is_written(self) -> bool:
        """Whether there is a file, here or in the browser."""
        return bool(self.state.kept.content)

    @property
    def release(self) -> str:
        """The label of the release that the deck shows."""
        return self.current if self.draft.release == CURRENT_RELEASE else self.draft.release

    @cached_property
    def current(self) -> str:
        return data.release_store().current(self.draft.collection) if self.draft.collection else ""

    @property
    def slides(self) -> int:
        """What the entries become, as far as they were read; without the first slide."""
        return sum(reading.slides if reading else 1 for reading in self.readings)

    def html(self) -> Markup:
        return Markup(html_in(self.text.language, self.written))  # noqa: S704 - escaped by template

    def written(self) -> str:
        draft, text = self.draft, self.text
        entries = [self.entry(number) for number in range(1, len(draft.slides) + 1)]
        return template("deck.html").render(
            text=text, deck=draft, view=self, entries=entries,
            written=write_deck_file(draft).decode() if entries else "", present=PRESENT_PATH,
            languages={code: language_name(code, code) for code in languages()},
            language=draft.language or ENGLISH, longest=LONGEST, most_lines=MOST_LINES,
            collection=self.collection_name(), invented=self.invented_words(),
            formats={name: name.upper() for name in formats_in_order()},
            usual_format=USUAL_FORMAT,
            is_file=may_keep_decks(), names=self.other_names(),
        )  # fmt: skip

    def other_names(self) -> list[str]:
        """The decks that were changed last, and the one that is shown."""
        names = deck_store().names() if may_keep_decks() else []
        return [*dict.fromkeys([*names[:MOST_DECK_LINKS], *({self.name} & {*names})])]

    def collection_name(self) -> str:
        known = catalogue().collections.get(self.draft.collection)
        name = str(known.name(self.text.language)) if known else ""
        return "" if name == self.invented_words() else name

    def invented_words(self) -> str:
        known = catalogue().collections.get(self.draft.collection)
        is_invented = known is not None and known.nature == "invented"
        return self.text("note.invented") if is_invented else ""

    @cached_property
    def slides_in_words(self) -> Sequence[str]:
        """The slides of each entry; until all before it are read, which entry it is."""
        text = self.text
        counts = [reading.slides if reading else 0 for reading in self.readings]
        numbers, are_known = numbers_of_entries(counts), True
        found = []
        for at, (reading, own) in enumerate(zip(self.readings, numbers, strict=True), 1):
            are_known = are_known and reading is not None
            is_slide = are_known and reading is not None and not reading.error
            found.append(own.in_words(text) if is_slide else text("deck.entry", n=at))
        return found

    def entry(self, number: int) -> EntryView:
        entry, reading = self.draft.slides[number - 1], self.readings[number - 1]
        slides = self.slides_in_words[number - 1]
        if not entry.link:
            kinds = {"text": kind_in_words("text", self.text)}
            return EntryView(number, entry, reading, slides, kinds=kinds)
        link = DeckLink.parse(entry.link)
        language = self.draft.language or ENGLISH
        view = link.view_in(language, self.draft.collection, self.release)
        kind = reading.kind if reading else ""
        known = reading.kinds if reading else ()
        picture = ""
        if kind in PICTURES and reading and not reading.error:
            picture = view.with_changes(view="").link(f"/picture/{PICTURES[kind]}.svg")
        names = {name: kind_in_words(name, self.text) for name in known}
        words = view_in_words(link.path, view, self.text)
        return EntryView(
            number, entry, reading, slides, view.link(link.path), words, picture, names
        )


def formats_in_order() -> list[str]:
    """The one that most people present with first."""
    return sorted(formats_of(Deck), key=lambda name: (name != USUAL_FORMAT, name))


def view_in_words(path: str, view: View, text: Text) -> str:
    """`Goals: GA-1.1, Finland`: the page of a link, and what it is about."""
    page = page_words(name_of_page(path), "menu", text)
    codes = dict.fromkeys(filter(None, [view.area, *view.areas.split(",")]))
    areas = [text.code("area", area.strip()) for area in codes]
    framework = catalogue().frameworks.get(view.framework)
    named = [str(framework.name(text.language)) if framework else "", view.goal]
    named += [series_in_words(written, text) for written in (view.indicator, view.second)]
    chosen = ", ".join(filter(None, [*named, *areas]))
    return f"{page}: {chosen}" if chosen else page


def series_in_words(written: str, text: Text) -> str:
    """`Victims identified in the ICSE database, female` of `ICSE_VICTIMS[sex=F]`.

    What nothing is called stays as it is written: the entry says that it is unknown.
    """
    if not written:
        return ""
    try:
        asked = parse_series(written)
    except ValueError:
        return written
    if asked.indicator not in catalogue().indicators:
        return written
    return read_series(None, asked.indicator, EU, asked.codes, asked.component).title(text)
