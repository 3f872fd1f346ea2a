"""HTML and SVG with elements in place of the language marks in their texts."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from metrics.catalogue.translatable import is_complete
from metrics.messages import language_of_most_texts, languages
from metrics.messages.language_marks import (
    has_language_marks,
    language_of_longest_part,
    parts_by_language,
    unmarked,
    writing_marks,
)

TAGS_OF_TEXT_ALONE = ("<option", "<textarea", "<title", "<desc")  # these contain no elements
TAGS_OF_DRAWN_TEXT = ("<text ", "<tspan")
HTML_TAG = re.compile("(<[^>]*>)")


@contextmanager
def composing_in(language: str) -> Iterator[None]:
    """Compose what is drawn inside of texts that say their language, if some are not translated."""
    is_known = language in languages()  # a deck may name none, which means English
    with writing_marks(are_needed=is_known and not is_complete(language)):
        yield


def html_in(language: str, write: Callable[[], str]) -> str:
    """The HTML that a function writes, with its languages marked."""
    with composing_in(language):
        return mark_html(write(), language_of_most_texts(language))


def mark_html(written: str, language: str) -> str:
    """What a template has written, with elements in place of the marks in its texts."""
    if not has_language_marks(written):
        return written
    pieces = [""]
    for piece in HTML_TAG.split(written):
        if piece.startswith("<"):
            pieces.append(unmarked(piece))
        elif pieces[-1].startswith(TAGS_OF_TEXT_ALONE):
            spoken = language_of_longest_part(piece, language)
            pieces[-1] = f'{pieces[-1][:-1]} lang="{spoken}">'
            pieces.append(unmarked(piece))
        else:
            element = "tspan" if pieces[-1].startswith(TAGS_OF_DRAWN_TEXT) else "span"
            pieces.append(_spans(piece, language, element))
    return "".join(pieces)


def _spans(written: str, language: str, element: str) -> str:
    return "".join(
        part if spoken == language else f'<{element} lang="{spoken}">{part}</{element}>'
        for part, spoken in parts_by_language(written, language)
    )
