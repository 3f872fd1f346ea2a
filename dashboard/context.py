"""The context of one request, resolved once: query, collection, release, language, actor."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

from flask import g, has_request_context

from dashboard import data
from dashboard.data import Release
from dashboard.texts import Text, texts
from dashboard.view import View
from metrics.catalogue.definitions.catalogue import Catalogue
from metrics.catalogue.definitions.collections import Collection
from metrics.catalogue.loader import catalogue
from metrics.core.tables import EU

ANONYMOUS = "anonymous"  # there is no sign-in yet


@dataclass(frozen=True, eq=False)
class PageContext:
    """Made once per request by `resolve_context` and passed to every function that lays out."""

    view: View
    collection: Collection
    release: Release | None  # None where nothing is released, or it could not be opened
    text: Text
    labels: tuple[str, ...] = ()  # of every release of the collection, newest first
    actor: str = ANONYMOUS
    current: str = ""  # the label of the release that is shown by default

    @property
    def language(self) -> str:
        return self.text.language

    @property
    def release_label(self) -> str:
        """The release that the address names, else the current one; empty if there is none."""
        return self.view.release if self.view.release in self.labels else self.current

    @property
    def is_invented(self) -> bool:
        return self.collection.nature == "invented"

    @property
    def is_published(self) -> bool:
        """Whether the figures are published ones; missing figures were never requested."""
        return self.collection.nature == "published"

    @property
    def first_area(self) -> str:
        """The area of a page if none is chosen: the Union, or all if publishers have one each."""
        return "" if self.collection.areas == "any" else EU

    @cached_property
    def definitions(self) -> Catalogue:
        """The frameworks, goals and indicators that the collection asks for."""
        return catalogue().restrict_to(self.collection)

    def with_changes(self, **changes: str) -> Self:
        """The same context with other query values; they must not change collection or release."""
        return replace(self, view=self.view.with_changes(**changes))


def resolve_context(view: View) -> PageContext:
    """The context of a view, resolved once per request."""
    if not has_request_context():
        return read_context(view)
    resolved: dict[View, PageContext] = g.setdefault("page_contexts", {})
    if view not in resolved:
        resolved[view] = read_context(view)
    return resolved[view]


def read_context(view: View) -> PageContext:
    """Read the pointer to the current release, and open the requested release.

    An unknown collection is replaced by the first that has a release and asks for the goal, if one
    is named; an unknown release by the current one.
    """
    context = bare_context(view)
    return replace(context, release=data.open_release(context.collection, context.release_label))


def collections_asking(goal: str) -> list[Collection]:
    """The collections that ask for a goal; all of them if none does."""
    every = data.collections_in_order()
    if goal not in catalogue().goals:
        return every
    return [known for known in every if goal in catalogue().restrict_to(known).goals] or every


def bare_context(view: View) -> PageContext:
    """The context before its release is opened, for the page that reports a failure."""
    asked = catalogue().collections.get(view.collection)
    candidates = [asked] if asked else collections_asking(view.goal)
    store = data.release_store()
    currents = ((candidate, store.current(candidate.code)) for candidate in candidates)
    collection, current = next((pair for pair in currents if pair[1]), (candidates[0], ""))
    labels = store.labels(collection.code)
    return PageContext(view, collection, None, texts(view.lang), labels, current=current)
