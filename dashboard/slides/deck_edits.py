"""What can be done to a deck on its page: each change makes a new deck of an earlier one."""

from typing import Annotated, Literal, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from dashboard.data import release_store
from dashboard.slides.deck_file import (
    CURRENT_RELEASE,
    LONGEST_MARKING,
    LONGEST_SUBTITLE,
    LONGEST_TITLE,
    DeckDraft,
    DeckFile,
    DeckSlide,
    read_draft,
    write_deck_file,
)
from dashboard.slides.deck_links import DeckLink, without_release
from dashboard.slides.deck_natures import refuse_mixed
from dashboard.texts import texts
from dashboard.view import View
from metrics.catalogue.loader import catalogue
from metrics.core.errors import SubmissionError
from metrics.messages import languages

LONGEST_LINK = 4000
AnyDeck = TypeVar("AnyDeck", bound=DeckFile)


class AddedBeforeError(SubmissionError):
    """The deck has the view already: a second click, for example."""

    def __init__(self, number: int) -> None:
        super().__init__("deck_has_view", n=number)


class DeckChange(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    def apply(self, draft: DeckDraft) -> DeckDraft:
        raise NotImplementedError

    def file_after(self, draft: DeckDraft) -> bytes:
        return write_deck_file(self.apply(draft))

    def given_texts(self, *others: str) -> dict[str, str]:
        """The changed texts, without spaces around them; `others` are fields that hold no text."""
        given = self.model_dump(exclude={"do", *others}, exclude_none=True)
        return {name: value.strip() for name, value in given.items()}


class AddView(DeckChange):
    """The view of a page becomes the last slide."""

    do: Literal["add"]
    link: str = Field(max_length=LONGEST_LINK)
    kind: str = ""

    def apply(self, draft: DeckDraft) -> DeckDraft:
        link = DeckLink.parse(self.link)
        if draft.collection and link.view.collection in catalogue().collections:
            refuse_mixed(link.view.collection, draft.collection)
        slide = slide_of_view(link, self.kind, draft)
        found = next((at for at, other in enumerate(draft.slides, 1)
                      if (other.link, other.kind) == (slide.link, slide.kind)), None)  # fmt: skip
        if found is not None:
            raise AddedBeforeError(found)
        return with_slides(with_release_of(draft, link.view), *draft.slides, slide)


class AddText(DeckChange):
    do: Literal["add_text"]
    text: str
    body: str = ""  # a line for each point

    def apply(self, draft: DeckDraft) -> DeckDraft:
        slide = DeckSlide.model_construct(text=self.text.strip(), body=lines_of(self.body))
        return with_slides(draft, *draft.slides, slide)


class MoveSlide(DeckChange):
    do: Literal["move"]
    at: int
    to: int

    def apply(self, draft: DeckDraft) -> DeckDraft:
        moved, others = slide_at(draft, self.at), without(draft, self.at)
        to = min(max(self.to, 0), len(others))
        return with_slides(draft, *others[:to], moved, *others[to:])


class RemoveSlide(DeckChange):
    do: Literal["remove"]
    at: int

    def apply(self, draft: DeckDraft) -> DeckDraft:
        slide_at(draft, self.at)
        return with_slides(draft, *without(draft, self.at))


class EditSlide(DeckChange):
    """Title, notes, kind, or the words of a text slide; what is left out stays."""

    do: Literal["edit"]
    at: int
    title: str | None = None
    notes: str | None = None
    kind: str | None = None
    text: str | None = None
    body: str | None = None

    def apply(self, draft: DeckDraft) -> DeckDraft:
        lines = {} if self.body is None else {"body": lines_of(self.body)}
        changed = self.given_texts("at", "body") | lines
        slide = slide_at(draft, self.at).model_copy(update=changed)
        kept = [*draft.slides]
        kept[self.at] = slide
        return with_slides(draft, *kept)


class EditDeck(DeckChange):
    """The words of the first slide, the marking, and the language."""

    do: Literal["edit_deck"]
    title: str | None = None
    subtitle: str | None = None
    author: str | None = None
    marking: str | None = None
    language: str | None = None

    def apply(self, draft: DeckDraft) -> DeckDraft:
        return with_first_title(draft.model_copy(update=self.given_texts()))


class PinRelease(DeckChange):
    """The figures of another release on every slide."""

    do: Literal["pin"]
    release: str

    def apply(self, draft: DeckDraft) -> DeckDraft:
        return pinned_to(draft, self.release)


class ReplaceDeck(DeckChange):
    """Another file takes the place of the deck, or an earlier state of it, as it was written."""

    do: Literal["replace"]
    text: str

    def file_after(self, _draft: DeckDraft) -> bytes:
        return self.text.encode(errors="replace")


class DeleteDeck(DeckChange):
    """The deck is kept no longer; its reader can still put the text that it had back."""

    do: Literal["delete"]

    def file_after(self, _draft: DeckDraft) -> bytes:
        return b""


AnyChange: TypeAlias = Annotated[
    AddView
    | AddText
    | MoveSlide
    | RemoveSlide
    | EditSlide
    | EditDeck
    | PinRelease
    | ReplaceDeck
    | DeleteDeck,
    Field(discriminator="do"),
]
DECK_CHANGES: TypeAdapter[AnyChange] = TypeAdapter(AnyChange)
# How long each text of a form may be.
LONGEST = {
    "title": LONGEST_TITLE,
    "subtitle": LONGEST_SUBTITLE,
    "author": LONGEST_SUBTITLE,
    "marking": LONGEST_MARKING,
    "text": LONGEST_TITLE,
}


def changed_deck(draft: DeckDraft, change: DeckChange, name: str) -> bytes:
    """The file of the deck after a change, empty if it is deleted; SubmissionError for no deck."""
    content = change.file_after(draft)
    if content:
        read_draft(content, name)
    return content


def with_slides(draft: DeckDraft, *slides: DeckSlide) -> DeckDraft:
    return draft.model_copy(update={"slides": slides})


def slide_at(draft: DeckDraft, at: int) -> DeckSlide:
    if not 0 <= at < len(draft.slides):
        raise SubmissionError("deck_no_slide", n=at + 1)
    return draft.slides[at]


def without(draft: DeckDraft, at: int) -> list[DeckSlide]:
    return [slide for other, slide in enumerate(draft.slides) if other != at]


def lines_of(words: str) -> tuple[str, ...]:
    return tuple(filter(None, (line.strip() for line in words.splitlines())))


def slide_of_view(link: DeckLink, kind: str, draft: DeckDraft) -> DeckSlide:
    """The slide of a page: its link without what the deck says for all slides.

    A view of another collection keeps its collection and its release.
    """
    dropped = {"lang": "", "page": "", "figure": "", "deck": ""}
    if not draft.collection or link.is_of(draft.collection):
        dropped |= {"collection": "", "release": ""}
    return DeckSlide.model_construct(link=link.view.printed_link(link.path, **dropped), kind=kind)


def with_release_of(draft: DeckDraft, view: View) -> DeckDraft:
    """A deck without slides takes collection, release and language from the first view."""
    if draft.slides or draft.collection:
        return draft
    return with_first_title(draft.model_copy(update={
        "collection": view.collection, "release": view.release or CURRENT_RELEASE,
        "language": view.lang,
    }))  # fmt: skip


def with_first_title(draft: DeckDraft) -> DeckDraft:
    """The title that a deck begins with is in the language of its slides."""
    if draft.title not in {first_title(language) for language in languages()}:
        return draft
    return draft.model_copy(update={"title": first_title(draft.language)})


def first_title(language: str) -> str:
    return texts(language)("deck.first_title")


def pinned_to(file: AnyDeck, release: str) -> AnyDeck:
    """A deck with the figures of a release."""
    slides = tuple(in_current_release(slide, file.collection) for slide in file.slides)
    return file.model_copy(update={"release": release, "slides": slides})


def in_current_release(slide: DeckSlide, collection: str) -> DeckSlide:
    """A slide of another collection names a release of that in its link; any other none."""
    path, _, query = slide.link.partition("?")
    view = View.parse(query)
    if not view.release or view.collection in {"", collection}:
        return slide.model_copy(update={"link": without_release(slide.link, collection)})
    current = release_store().current(view.collection) or view.release
    return slide.model_copy(update={"link": view.printed_link(path, release=current)})
