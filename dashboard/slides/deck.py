"""From the file of a deck to its slides."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from urllib.parse import urlsplit
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from dashboard.charts.powerpoint_native import Pptx
from dashboard.context import read_context
from dashboard.slides.content import SlideContent, SlideRequest
from dashboard.slides.cover import add_cover
from dashboard.slides.deck_file import CURRENT_RELEASE, DeckFile, DeckSlide
from dashboard.slides.default_template import default_template
from dashboard.slides.kinds import kind_of_link, slide_kinds
from dashboard.slides.opened import Deck
from dashboard.slides.slide_frame import add_finding_slide, finish_slide, language_tag
from dashboard.slides.template import HANDLING_SHAPE, INVENTED_SHAPE, open_template, write_marks
from dashboard.slides.words import invented_mark
from dashboard.view import PARAMETERS, View
from metrics.catalogue.loader import catalogue
from metrics.core.errors import KeyedText, SubmissionError, UnknownNameError
from metrics.messages.error_texts import error_text

FIXED_TIME = (1980, 1, 1, 0, 0, 0)
TEXT_KIND = "text"


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
    def figures(self) -> Mapping[str, str]:
        return {name: words for content in self.contents
                for name, words in content.figures.items()}  # fmt: skip


def open_deck(file: DeckFile, template: bytes = b"") -> Deck:
    """The deck of a release: the one that the file names, or the current one."""
    view = View(lang=file.language, collection=file.collection)
    context = read_context(view)
    if file.collection and file.collection != context.collection.code:
        raise UnknownNameError.with_hint("a_collection", file.collection, catalogue().collections)
    if file.release != CURRENT_RELEASE:
        if file.release not in context.labels:
            phrase = KeyedText("deck_release")
            raise UnknownNameError.with_hint(phrase, file.release, context.labels)
        context = read_context(replace(view, release=file.release))
    if context.release is None:
        raise SubmissionError("no_release", collection=context.collection.code)
    return Deck(file, context, template)


def read_entry(number: int, entry: DeckSlide, deck: Deck) -> DeckEntry:
    """The words and figures of an entry's slides; an error names the slide."""
    try:
        return DeckEntry(number, entry, tuple(contents_of(entry, deck)))
    except (SubmissionError, UnknownNameError) as error:
        why = error_text(error, deck.language)
        raise SubmissionError("deck_slide", n=number, why=why) from error


def contents_of(entry: DeckSlide, deck: Deck) -> Iterator[SlideContent]:
    if not entry.link:
        kind, path, context = slide_kinds()[TEXT_KIND], "", deck.context
    else:
        path, view = parse_link(entry.link, deck)
        context = read_context(view)
        kind = kind_of_link(path, view.view, entry.kind)
    found = kind.read(SlideRequest(context, entry, deck.file, path))
    parts = Counter(content.goal_line for content in found)
    number: Counter[str] = Counter()
    for content in found:
        number[content.goal_line] += 1
        of_parts, at = parts[content.goal_line], number[content.goal_line]
        part = f" ({at}/{of_parts})" if of_parts > 1 else ""
        yield with_own_words(content, entry, part, deck)


def parse_link(link: str, deck: Deck) -> tuple[str, View]:
    """The page and the choices of a link, in the language and the release of the deck."""
    parts = urlsplit(link)
    view = View.parse(parts.query)
    if view.unknown:
        raise UnknownNameError.with_hint(
            KeyedText("deck_parameter"), view.unknown.split("\n")[0], sorted(PARAMETERS)
        )
    collection = view.collection or deck.context.collection.code
    is_own = collection == deck.context.collection.code
    release = deck.context.release_label if is_own else ""
    named = view.with_changes(lang=deck.language, collection=collection, release=release)
    return parts.path or "/", named


def with_own_words(content: SlideContent, entry: DeckSlide, part: str, deck: Deck) -> SlideContent:
    """The title and notes of the file: the finding that a title replaces stays in the notes."""
    text, title = deck.context.text, content.title
    notes = content.notes
    if entry.title:
        notes = (text("slides.edited", finding=content.title), *notes)
        title = entry.title
    own = (entry.notes,) if entry.notes else ()
    return replace(content, title=title + part, notes=(*notes, *own), finding=content.title)


def build_deck(
    deck: Deck, entries: Sequence[DeckEntry], drawn: Callable[[int], None] = lambda _: None
) -> bytes:
    """The presentation as a file; the same deck of the same release is the same bytes."""
    file, text = deck.file, deck.context.text
    presentation = open_template(deck.template or default_template(), file.template or "template")
    invented = invented_mark(deck.context)
    write_marks(presentation, {HANDLING_SHAPE: file.marking, INVENTED_SHAPE: invented})
    marks = [mark for mark in (file.marking, invented) if mark]
    count = sum(len(entry.contents) for entry in entries)
    slides = [add_cover(presentation, deck.file, deck.context, marks, count)]
    for entry in entries:
        slides += [add_finding_slide(presentation, content, marks) for content in entry.contents]
        drawn(entry.number)
    for slide in slides:
        finish_slide(slide, text.language)
    write_properties(presentation, deck)
    return saved(presentation)


def write_properties(presentation: Pptx, deck: Deck) -> None:
    properties, release = presentation.core_properties, deck.context.release
    properties.title, properties.language = deck.file.title, language_tag(deck.language)
    properties.author = properties.last_modified_by = deck.context.text("frame.product")
    properties.subject = deck.context.text("note.release", release=deck.context.release_label)
    day = release.as_of if release and release.as_of else "1980-01-01"
    written = datetime.fromisoformat(day[:10]).replace(tzinfo=UTC)
    properties.created = properties.modified = written
    properties.revision = 1


def saved(presentation: Pptx) -> bytes:
    """The file without the time at which it was written."""
    written, fixed = BytesIO(), BytesIO()
    presentation.save(written)
    with ZipFile(written) as source, ZipFile(fixed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(ZipInfo(name, FIXED_TIME), source.read(name), ZIP_DEFLATED)
    return fixed.getvalue()


def write_presentation(deck: Deck) -> bytes:
    """Read and draw every slide."""
    entries = [read_entry(number, entry, deck) for number, entry in enumerate(deck.file.slides, 1)]
    return build_deck(deck, entries)
