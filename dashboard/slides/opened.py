"""A deck as it is built: its file, the context of its release, and its template."""

from dataclasses import dataclass, replace

from dashboard.context import PageContext, read_context
from dashboard.slides.deck_file import CURRENT_RELEASE, DeckFile
from dashboard.view import View
from metrics.catalogue.loader import catalogue
from metrics.core.errors import KeyedText, SubmissionError, UnknownNameError


@dataclass(frozen=True)
class Deck:
    file: DeckFile
    context: PageContext
    template: bytes = b""

    @property
    def language(self) -> str:
        return self.context.language


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
