"""A link in the file of a deck: its page, its choices, and the release whose figures it shows."""

from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from dashboard.addresses.short_addresses import long_link
from dashboard.view import View


def without_release(link: str, collection: str) -> str:
    """A link to the collection of its deck shows the release of that; any other stays."""
    path, _, query = link.partition("?")
    view = View.parse(query)
    is_own = view.collection in {"", collection}
    return view.printed_link(path, release="") if view.release and is_own else link


@dataclass(frozen=True)
class DeckLink:
    path: str
    view: View

    @classmethod
    def parse(cls, link: str) -> Self:
        """The page of this site that a link leads to; of a short one, the page in full."""
        parts = urlsplit(long_link(link))
        return cls(parts.path, View.parse(parts.query))

    def is_of(self, collection: str) -> bool:
        """Whether it shows the collection of a deck, and so the release of that deck."""
        return self.view.collection in {"", collection}

    def view_in(self, language: str, collection: str, release: str) -> View:
        """The choices in the language and release of a deck.

        A link to another collection may name a release of that.
        """
        return self.view.with_changes(
            lang=language,
            collection=self.view.collection or collection,
            release=release if self.is_of(collection) else self.view.release,
        )
