"""The deck of a reader: a file of the workspace, or what the browser keeps and sends along."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from dashboard import data
from dashboard.access import may_keep_decks
from dashboard.slides.deck_edits import AnyChange, changed_deck, first_title
from dashboard.slides.deck_file import DeckDraft, read_draft, write_deck_file
from dashboard.slides.deck_store import DeckStore, KeptDeck
from dashboard.texts import Text


@dataclass(frozen=True)
class DeckState:
    """A deck as it was kept or sent: its file, and what is read of it."""

    kept: KeptDeck
    draft: DeckDraft

    @classmethod
    def read(cls, kept: KeptDeck, text: Text) -> Self:
        """SubmissionError names each mistake of the file; of none, a deck to begin with."""
        return cls(kept, draft_of(kept, text))


def deck_store() -> DeckStore:
    return DeckStore(data.home() / "data" / "decks")


def empty_draft(text: Text) -> DeckDraft:
    """A deck to begin with."""
    return DeckDraft(title=first_title(text.language), language=text.language)


def draft_of(kept: KeptDeck, text: Text) -> DeckDraft:
    return read_draft(kept.content, kept.file_name) if kept.content else empty_draft(text)


def read_deck(sent: KeptDeck, text: Text) -> DeckState:
    """The deck that is kept under the name, or else the one that was sent."""
    if not may_keep_decks():
        return DeckState.read(sent, text)
    store = deck_store()
    return DeckState.read(store.read(sent.name or store.latest()), text)


def edit_deck(sent: KeptDeck, change: AnyChange, version: str | None, text: Text) -> DeckState:
    """The deck after a change, kept if decks are; DeckChangedError if it is another version."""

    def edit(content: bytes) -> bytes:
        before = KeptDeck(sent.name, content)
        return changed_deck(draft_of(before, text), change, before.file_name)

    return DeckState.read(keep_edited(sent, edit, version), text)


def keep_edited(sent: KeptDeck, edit: Callable[[bytes], bytes], version: str | None) -> KeptDeck:
    if not may_keep_decks():
        return KeptDeck(sent.name, edit(sent.content))
    store = deck_store()
    return store.change(sent.name or store.latest(), edit, version)


def begin_deck(title: str, text: Text) -> DeckState:
    """A new deck, which takes the release of the first view that is added to it."""
    content = write_deck_file(empty_draft(text).model_copy(update={"title": title}))
    begun = DeckState.read(KeptDeck("", content), text)
    return DeckState(keep_new(content, title), begun.draft)


def keep_new(content: bytes, words: str) -> KeptDeck:
    """A further deck beside those that are kept; where none is kept, only the content."""
    if not may_keep_decks():
        return KeptDeck("", content)
    store = deck_store()
    return store.change(store.unused_name(words), lambda _before: content, KeptDeck("").version)
