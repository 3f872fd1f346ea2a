"""Links from a page that cannot show what was asked for to what can be read."""

from collections.abc import Iterator

from dashboard.components.layout import Drawn, page_link
from dashboard.context import PageContext
from dashboard.data import collections_in_order, release_store
from dashboard.view import View

OFFERED_RELEASES = 5  # the newest ones


def other_releases(path: str, context: PageContext) -> Iterator[Drawn]:
    """The page in other releases of the collection; then the scoreboards of other collections."""
    text, own = context.text, context.release_label
    others = [label for label in context.labels if label != own]
    for label in others[:OFFERED_RELEASES]:
        yield page_link(
            text("note.release", release=label), href=context.view.link(path, release=label)
        )
    yield from other_collections(context)


def other_collections(context: PageContext) -> Iterator[Drawn]:
    """The scoreboards of the other collections that have a release."""
    for collection in collections_in_order():
        if collection.code != context.collection.code and release_store().labels(collection.code):
            href = View(lang=context.view.lang, collection=collection.code).link("/")
            yield page_link(collection.name(context.language), href=href)


def pages_without_figures(context: PageContext) -> Iterator[Drawn]:
    """What can be read before the first release: other collections, and what is measured."""
    yield from other_collections(context)
    href = context.view.lasting_choices.link("/catalogue")
    yield page_link(context.text("catalogue.title"), href=href)
