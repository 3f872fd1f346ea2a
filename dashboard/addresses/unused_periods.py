"""Pages and files of the newest figures, which use no period of an address."""

from dashboard.view import View

PAGES_OF_NEWEST = frozenset({"/", "/series", "/context", "/state", "/compare", "/report"})
FILES_OF_NEWEST = frozenset({"scoreboard", "comparison", "actions"})


def unused_period(page: str, view: View) -> str:
    """The period that an address names and the page does not use; else empty."""
    return view.period if page in PAGES_OF_NEWEST else ""
