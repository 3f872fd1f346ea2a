"""From the file of a deck to its slides."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from io import BytesIO

from dashboard.charts.language_tags import language_tag
from dashboard.charts.native_charts import Pptx
from dashboard.charts.reproducible_files import without_times
from dashboard.context import PageContext, read_context
from dashboard.progress import Advance, no_advance
from dashboard.slides.content import DeckEntry, SlideContent, SlideRequest
from dashboard.slides.cover import add_cover
from dashboard.slides.cover_words import CoverWords, marks_of_deck, words_of_cover
from dashboard.slides.deck_context import Deck
from dashboard.slides.deck_file import (
    CURRENT_RELEASE,
    FAULTY_SLIDES,
    DeckFile,
    DeckSlide,
    joined_faults,
)
from dashboard.slides.deck_links import DeckLink
from dashboard.slides.deck_natures import refuse_mixed
from dashboard.slides.default_template import default_template
from dashboard.slides.kinds import kind_of_link, slide_kinds
from dashboard.slides.slide_frame import add_finding_slide, finish_slide, laid_out_slide
from dashboard.slides.slide_numbers import FIRST_AFTER_COVER
from dashboard.slides.template import open_template, write_marks
from dashboard.slides.template_faults import TemplateFaults
from dashboard.slides.template_frames import read_template
from dashboard.slides.unknown_choices import refuse_other_release, refuse_unknown
from dashboard.texts import texts
from dashboard.view import View
from dashboard.wording.office_languages import with_run_languages
from metrics.catalogue.loader import catalogue
from metrics.core.errors import KeyedText, SubmissionError, UnknownNameError
from metrics.messages import language_of_most_texts
from metrics.messages.language_marks import are_marks_written, change_texts, unmarked

TEXT_KIND = "text"
USUAL_TEMPLATE = "template"  # where a message names a file


def read_slide_context(view: View) -> PageContext:
    """As of a page, with numbers as slides print them."""
    return replace(read_context(view), text=texts(view.lang))


def open_deck(file: DeckFile, template: bytes = b"", advance: Advance = no_advance) -> Deck:
    """The deck of a release: the one that the file names, or the current one."""
    view = View(lang=file.language, collection=file.collection)
    context = read_slide_context(view)
    if file.collection and file.collection != context.collection.code:
        raise UnknownNameError.with_hint("a_collection", file.collection, catalogue().collections)
    if file.release != CURRENT_RELEASE:
        if file.release not in context.labels:
            phrase = KeyedText("deck_release")
            raise UnknownNameError.with_hint(phrase, file.release, context.labels)
        context = read_slide_context(replace(view, release=file.release))
    if context.release is None:
        raise SubmissionError("no_release", collection=context.collection.code)
    name = file.template or USUAL_TEMPLATE
    deck = Deck(file, context, template, advance)
    if not template:
        return deck
    own = read_template(template, name)
    return replace(deck, typeface=own.typeface, missing_fonts=own.missing_fonts, frames=own.frames)


def read_entries(
    deck: Deck, lines: Sequence[int] = (), advance: Callable[[int], object] = lambda _: None
) -> list[DeckEntry]:
    """Every entry of a deck; SubmissionError names each that cannot be made, by its line."""
    entries: list[DeckEntry] = []
    faults: list[KeyedText] = []
    for number, entry in enumerate(deck.file.slides, 1):
        try:
            entries.append(read_entry(number, entry, deck))
        except (SubmissionError, UnknownNameError) as error:
            at = {"line": lines[number - 1]} if lines else {}
            key = "deck_slide_of_line" if lines else "deck_slide"
            faults += [KeyedText.filled(key, n=number, why=without_marks(why), **at)
                       for why in error.faults]  # fmt: skip
        advance(number)
    if faults:
        raise SubmissionError(FAULTY_SLIDES, faults=joined_faults(faults))
    return entries


def read_entry(number: int, entry: DeckSlide, deck: Deck) -> DeckEntry:
    """The slides of an entry, whose words are measured in the typeface of the deck."""
    with deck.measured():
        return DeckEntry(number, entry, tuple(contents_of(entry, deck)))


def without_marks(fault: KeyedText) -> KeyedText:
    """A fault with a text of the slide in it, which was composed with marks."""
    return KeyedText(fault.key, change_texts(fault.parameters, unmarked))


def contents_of(entry: DeckSlide, deck: Deck) -> Iterator[SlideContent]:
    if not entry.link:
        kind, path, context = slide_kinds()[TEXT_KIND], "", deck.context
    else:
        refuse_other_release(DeckLink.parse(entry.link), deck.context)
        path, view = parse_link(entry.link, deck)
        context = read_slide_context(view)
        refuse_unknown(DeckLink(path, view), entry, context)
        refuse_mixed(context.collection.code, deck.context.collection.code)
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
    parsed, context = DeckLink.parse(link), deck.context
    view = parsed.view_in(deck.language, context.collection.code, context.release_label)
    return parsed.path, view


def with_own_words(content: SlideContent, entry: DeckSlide, part: str, deck: Deck) -> SlideContent:
    """The title and notes of the file: the finding that a title replaces stays in the notes."""
    text, title = deck.context.text, content.title
    notes = content.notes
    if entry.title:
        notes = (text("slides.edited", finding=content.title), *notes)
        title = entry.title
    return replace(content, title=title + part, notes=notes, own_notes=entry.notes,
                   finding=content.title, more=text("slides.more_in_notes"),
                   axis_note=text("slides.fixed_axis"))  # fmt: skip


@dataclass(frozen=True)
class DeckContents:
    """What each format of a deck writes: the marks, the cover, then the slides of its entries."""

    deck: Deck
    entries: Sequence[DeckEntry]

    @cached_property
    def shape_marks(self) -> Mapping[str, str]:
        return marks_of_deck(self.deck)

    @cached_property
    def marks(self) -> Sequence[str]:
        return [*filter(None, self.shape_marks.values())]

    @property
    def cover(self) -> CoverWords:
        slides = sum(len(entry.contents) for entry in self.entries)
        return words_of_cover(self.deck, self.marks, slides)

    def slides(self) -> Iterator[SlideContent]:
        """An entry counts as written when the first content of the next one is asked for."""
        for entry in self.entries:
            yield from entry.contents
            self.deck.report_writing(entry.number)

    def numbered_slides(self) -> Iterator[tuple[int, SlideContent]]:
        """With the numbers that are printed: the cover is the first."""
        return enumerate(self.slides(), FIRST_AFTER_COVER)


def read_contents(deck: Deck) -> DeckContents:
    """With the entries that were read before, if they were."""
    return DeckContents(deck, deck.entries or read_entries(deck, advance=deck.report_reading))


def write_presentation(deck: Deck) -> bytes:
    """The presentation as a file; the same deck of the same release is the same bytes."""
    contents, template = read_contents(deck), deck.template or default_template()
    presentation = open_template(template, deck.file.template or USUAL_TEMPLATE)
    with deck.measured():
        write_marks(presentation, contents.shape_marks)
        faults = TemplateFaults(deck)
        faults.check_cover(contents.cover)
        slides = [add_cover(presentation, contents.cover, deck.frames)]
        for number, content in contents.numbered_slides():
            laid_out = laid_out_slide(content, contents.marks, deck.frames)
            faults.check_slide(number, laid_out)
            slides.append(add_finding_slide(presentation, laid_out, deck.frames))
    faults.refuse_any()
    spoken = language_of_most_texts(deck.language)
    for slide in slides:
        finish_slide(slide, spoken)
    write_properties(presentation, deck)
    written = saved(presentation)
    return with_run_languages(written, spoken) if are_marks_written() else written


def write_properties(presentation: Pptx, deck: Deck) -> None:
    properties, release = presentation.core_properties, deck.context.release
    properties.title, properties.language = deck.file.title, language_tag(deck.language)
    product = deck.context.text("frame.product")
    properties.author, properties.last_modified_by = deck.file.author or product, product
    properties.subject = deck.context.text("note.release", release=deck.context.release_label)
    day = release.as_of if release and release.as_of else "1980-01-01"
    written = datetime.fromisoformat(day[:10]).replace(tzinfo=UTC)
    properties.created = properties.modified = written
    properties.revision = 1


def saved(presentation: Pptx) -> bytes:
    """The file without the time at which it was written."""
    written = BytesIO()
    presentation.save(written)
    return without_times(written.getvalue())
