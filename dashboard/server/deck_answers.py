"""What the browser keeps and shows of a deck, and what is said about a change of it."""

from collections.abc import Sequence
from typing import Any

from dashboard.access import may_keep_decks
from dashboard.components.add_to_deck import DECK_PAGE, kind_in_words
from dashboard.components.deck_view import DeckView
from dashboard.pictures.deck_process import known_readings
from dashboard.slides.deck_edits import AddView, AnyChange
from dashboard.slides.deck_file import CURRENT_RELEASE, DeckDraft
from dashboard.slides.deck_links import DeckLink
from dashboard.slides.entry_summaries import SlideReading
from dashboard.slides.kept_decks import DeckState
from dashboard.texts import Text
from dashboard.view import View
from dashboard.wording.language_spans import sentence_html

SUMMARY_KIND = "summary"  # one slide, whatever the link shows


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


def words_of_change(
    change: AnyChange, state: DeckState, text: Text, added: SlideReading | None = None
) -> dict[str, str]:
    """What is said about a change, and where the reader can go on.

    Of a view that was `added`, how many slides it becomes, if that is known.
    """
    if not isinstance(change, AddView):
        return {"message": sentence_html(text.language, lambda: text(f"deck.done_{change.do}"))}
    link, draft = DeckLink.parse(change.link), state.draft
    message = sentence_html(text.language, lambda: words_of_added(link, draft, added, text))
    return {"message": message} | link_to_deck(state, text)


def words_of_added(link: DeckLink, draft: DeckDraft, added: SlideReading | None, text: Text) -> str:
    named = {"entry": text.number(len(draft.slides), 0), "title": draft.title}
    message = text("deck.added", **named)
    if added and added.slides > 1:
        message = text.counted("deck.added_slides", added.slides, **named)
        if SUMMARY_KIND in added.kinds:
            message += f" {text('deck.one_slide', kind=kind_in_words(SUMMARY_KIND, text))}"
    is_other = link.is_of(draft.collection) and link.view.release not in {"", draft.release}
    if is_other and draft.release != CURRENT_RELEASE:
        message += f" {text('deck.added_other_release', release=draft.release)}"
    return message


def link_to_deck(state: DeckState, text: Text) -> dict[str, str]:
    own = View(lang=text.language, deck=state.kept.name, collection=state.draft.collection)
    link = own.link(DECK_PAGE)
    words = sentence_html(text.language, lambda: text("deck.open"))
    return {"link": link, "link_words": words}
