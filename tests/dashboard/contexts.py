"""Requests as pages get them, with or without a release."""

from dashboard.addresses.selection import Selection, choose
from dashboard.context import PageContext, read_context
from dashboard.data import Release
from dashboard.texts import texts
from dashboard.view import View
from metrics.catalogue.loader import catalogue


def page_context(release: Release | None = None, /, **query: str) -> PageContext:
    """A request that shows a release of the invented collection."""
    view = View(**query)
    return PageContext(view, catalogue().collections["sample"], release, texts(view.lang))


def selection(view: View) -> Selection:
    """What the page of a goal shows for an address."""
    return choose(read_context(view))
