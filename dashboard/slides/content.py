"""A slide before it is drawn: its words, its figures, and the parts of its middle."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from dashboard.context import PageContext
from dashboard.slides.deck_file import DeckFile, DeckSlide
from dashboard.slides.parts import SlidePart

Parts = Callable[[], Iterable[SlidePart]]  # read when the slide is drawn


@dataclass(frozen=True)
class SlideRequest:
    """One entry of a deck, with the context that its link names."""

    context: PageContext
    entry: DeckSlide
    deck: DeckFile
    path: str = ""


@dataclass(frozen=True)
class Footnote:
    """A sentence that is never left out: without room it is said in one of its shorter forms."""

    words: str
    shorter: tuple[str, ...] = ()  # the shortest last


def words_of_footnote(note: Footnote | str) -> str:
    """In full, as the notes have it."""
    return note.words if isinstance(note, Footnote) else note


@dataclass(frozen=True)
class SlideFigure:
    """What a slide shows of something, and of which period, where the words do not say it."""

    words: str
    period: str = ""
    exact: tuple[object, ...] = ()  # value, flags and status, however the words print them


@dataclass(frozen=True)
class AreaCaveat:
    """What is said about the figures of one area, without its name."""

    area: str  # its name
    words: str


Caveat = AreaCaveat | str


@dataclass(frozen=True, kw_only=True)
class SlideContent:
    """The words of a slide, in the language of the deck."""

    title: str
    goal_line: str
    parts: Parts
    footnotes: tuple[Footnote | str, ...] = ()  # the most important first; words may be left out
    notes: tuple[str, ...] = ()  # the calculation, who is missing
    short_path: str = ""
    link: str = ""
    source: tuple[str, ...] = ()  # collection, release and day
    figures: Mapping[str, SlideFigure] = field(default_factory=dict)  # by name, to be compared
    caveats: tuple[Caveat, ...] = ()  # without which the figures must not be read; compared too
    more: str = ""  # ends the footnotes where the notes have more
    finding: str = ""  # the title by rule, where the file of the deck has another
    own_notes: str = ""  # of the presenter, before the calculation
    axis_note: str = ""  # ends the notes of a slide with a chart that can be edited

    @property
    def all_notes(self) -> list[str]:
        return [*filter(None, [self.own_notes, *self.notes])]


def no_choices(_context: PageContext) -> Mapping[str, Collection[str]]:
    return {}


@dataclass(frozen=True)
class SlideKind:
    """A kind of slide: which links it is for, and how it reads what it shows."""

    name: str
    read: Callable[[SlideRequest], list[SlideContent]]
    paths: tuple[str, ...] = ()  # pages of which a link can be shown so
    views: tuple[str, ...] = ()  # tabs of such a page for which it is the usual kind
    is_usual: bool = False  # for a link to such a page that names no tab
    # By parameter, what a link can choose of the release on these pages.
    choices: Callable[[PageContext], Mapping[str, Collection[str]]] = no_choices


@dataclass(frozen=True)
class DeckEntry:
    """One entry of the file with the slides that it becomes: a long table is several."""

    number: int
    entry: DeckSlide
    contents: tuple[SlideContent, ...]

    @property
    def findings(self) -> tuple[str, ...]:
        """The titles by rule, even where the file has another."""
        return tuple(content.finding or content.title for content in self.contents)

    @property
    def figures(self) -> Mapping[str, SlideFigure]:
        return {name: figure for content in self.contents
                for name, figure in content.figures.items()}  # fmt: skip

    @property
    def caveats(self) -> tuple[Caveat, ...]:
        return tuple(dict.fromkeys(own for content in self.contents for own in content.caveats))
