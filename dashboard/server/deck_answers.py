"""What the browser keeps and shows of a deck, and what is said about a change of it."""

from collections.abc import Sequence
from typing import Any

from dashboard.access import may_keep_decks
from dashboard.components.add_to_deck import DECK_PAGE
from dashboard.components.deck_view import DeckView
from dashboard.pictures.deck_process import known_readings
from dashboard.slides.deck_edits import AddView, AnyChange
from dashboard.slides.deck_file import CURRENT_RELEASE
from dashboard.slides.deck_links import DeckLink
from dashboard.slides.kept_decks import DeckState
from dashboard.slides.readings import SlideReading
from dashboard.texts import Text
from dashboard.view import View


def described(
    state: DeckState, text: Text, readings: Sequence[SlideReading] | None = None
) -> dict[str, Any]:
    """What the browser keeps of a deck, and shows; without readings, with those that are known."""
    kept = state.kept
    view = DeckView(state, text, readings or known_readings(state.draft))
    return {
        "name": kept.name,
        "text": kept.content.decode(),
        "version": kept.version,
        "kept": "file" if may_keep_decks() else "browser",
        "html": str(view.html()),
    }


def words_of_change(change: AnyChange, state: DeckState, text: Text) -> dict[str, str]:
    """What is said about a change, and where the reader can go on."""
    draft, number = state.draft, len(state.draft.slides)
    if not isinstance(change, AddView):
        return {"message": text(f"deck.done_{change.do}")}
    message = text("deck.added", n=text.number(number, 0), title=draft.title)
    link = DeckLink.parse(change.link)
    is_other = link.is_of(draft.collection) and link.view.release not in {"", draft.release}
    if is_other and draft.release != CURRENT_RELEASE:
        message += f" {text('deck.added_other_release', release=draft.release)}"
    return {"message": message} | link_to_deck(state, text)


def link_to_deck(state: DeckState, text: Text) -> dict[str, str]:
    own = View(lang=text.language, deck=state.kept.name, collection=state.draft.collection)
    link = own.link(DECK_PAGE)
    return {"link": link, "link_words": text("deck.open")}
