"""The kinds of slides: one module each, from a link to the words and charts of a slide.

`kind_of_link` chooses by the link, or by the entry of a deck.
"""

import sys
from collections.abc import Mapping
from functools import cache

from dashboard.slides.content import SlideKind
from metrics.core.discover import discover, index_by_name
from metrics.core.errors import KeyedText, SubmissionError, UnknownNameError


@cache
def slide_kinds() -> Mapping[str, SlideKind]:
    found = discover(sys.modules[__name__], SlideKind)
    return index_by_name(sorted(found, key=lambda kind: kind.name), "kinds")


def kind_of_link(path: str, view: str, asked: str) -> SlideKind:
    """The kind of a link; SubmissionError where no slide can be made of its page."""
    kinds = slide_kinds()
    if asked and asked not in kinds:
        raise UnknownNameError.with_hint(KeyedText("deck_kind"), asked, kinds)
    possible = kinds_of_page(path)
    if not possible:
        pages = sorted({known for kind in kinds.values() for known in kind.paths})
        raise SubmissionError("deck_page", page=path, known=", ".join(pages))
    if asked:
        if kinds[asked] not in possible:
            names = ", ".join(kind.name for kind in possible)
            raise SubmissionError("deck_kind_of_page", kind=asked, page=path, known=names)
        return kinds[asked]
    of_view = (kind for kind in possible if view and view in kind.views)
    usual = (kind for kind in possible if kind.is_usual)
    return next(of_view, None) or next(usual, possible[0])


def kinds_of_page(path: str) -> list[SlideKind]:
    """The kinds that a link to a page can have, the usual one first."""
    possible = (kind for kind in slide_kinds().values() if path in kind.paths)
    return sorted(possible, key=lambda kind: not kind.is_usual)
