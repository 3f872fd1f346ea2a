"""Which pages and files are as of a period of the address, and which use none."""

from dashboard.view import View

PAGES_AS_OF_PERIOD = frozenset({"/", "/state", "/compare"})
PAGES_OF_NEWEST = frozenset({"/series", "/context", "/report"})
FILES_OF_NEWEST = frozenset({"actions"})


def unused_period(page: str, view: View) -> str:
    """The period that an address names and the page does not use; else empty."""
    return view.period if page in PAGES_OF_NEWEST else ""
