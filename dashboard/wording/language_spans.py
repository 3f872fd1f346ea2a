"""HTML and SVG with elements in place of the language marks in their texts."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape

from metrics.catalogue.translatable import is_complete
from metrics.messages import language_of_most_texts, languages
from metrics.messages.language_marks import (
    has_language_marks,
    language_of_longest,
    language_of_longest_part,
    parts_by_language,
    unmarked,
    writing_marks,
)

ELEMENTS_OF_TEXT_ALONE = {"option", "textarea", "title", "desc"}  # these contain no elements
ELEMENTS_OF_DRAWN_TEXT = {"text", "tspan"}
VOID_ELEMENTS = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr",
}  # fmt: skip
# Attributes whose words are read out, or shown, in the language of their element.
HEARD_ATTRIBUTES = ("alt", "aria-label", "data-heading", "data-hint", "placeholder", "title")
HTML_TAG = re.compile("(<[^>]*>)")
TAG_NAME = re.compile(r"</?([a-zA-Z][\w:-]*)")
ATTRIBUTE = re.compile(r'\s([\w:-]+)="([^"]*)"')
OWN_LANGUAGE = re.compile(r'\slang="[^"]*"')


@dataclass(frozen=True)
class Surroundings:
    """The language of the element around a text, and that of its texts without a mark."""

    language: str
    of_unmarked: str

    def within(self, named: str | None, heard: Sequence[str]) -> "Surroundings":
        """Those in an element that names its language, or that has words in its attributes."""
        if named is not None:
            return Surroundings(named, named)
        if not heard:
            return self
        parts = [part for words in heard for part in parts_by_language(words, self.of_unmarked)]
        return Surroundings(language_of_longest(parts, self.language), self.of_unmarked)


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


def sentence_html(language: str, write: Callable[[], str]) -> str:
    """A sentence that a script of the page writes into it."""
    return html_in(language, lambda: escape(write(), quote=False))


def mark_html(written: str, language: str) -> str:
    """What a template has written, with elements in place of the marks in its texts."""
    return mark_html_within(written, Surroundings(language, language))


def mark_html_within(written: str, around: Surroundings) -> str:
    if not has_language_marks(written):
        return written
    marker = _HtmlMarker(around)
    for piece in HTML_TAG.split(written):
        marker.add(piece)
    return "".join(marker.pieces)


class _HtmlMarker:
    """Follows which elements are open, while the pieces of a document are added."""

    def __init__(self, around: Surroundings) -> None:
        self.pieces: list[str] = []
        self.open = [("", around)]

    def add(self, piece: str) -> None:
        tag = TAG_NAME.match(piece)
        if tag is None:
            self.pieces.append(self._marked(piece) if not piece.startswith("<") else piece)
        elif piece.startswith("</"):
            self._close(tag[1])
            self.pieces.append(piece)
        else:
            self.pieces.append(self._opened(piece, tag[1]))

    def _opened(self, tag: str, element: str) -> str:
        attributes = dict(ATTRIBUTE.findall(tag))
        heard = [attributes[name] for name in HEARD_ATTRIBUTES if name in attributes]
        around = self.open[-1][1]
        within = around.within(attributes.get("lang"), heard)
        if element not in VOID_ELEMENTS and not tag.endswith("/>"):
            self.open.append((element, within))
        plain = unmarked(tag)
        is_new = "lang" not in attributes and within.language != around.language
        return _with_language(plain, within.language) if is_new else plain

    def _close(self, name: str) -> None:
        """Close the innermost element of this name, and what was left open in it."""
        named = [at for at, (opened, _) in enumerate(self.open) if opened == name]
        if named:
            del self.open[named[-1] :]

    def _marked(self, text: str) -> str:
        name, around = self.open[-1]
        if name in ELEMENTS_OF_TEXT_ALONE:
            spoken = language_of_longest_part(text, around.of_unmarked)
            if text and spoken != around.language:
                self.pieces[-1] = _with_language(self.pieces[-1], spoken)
            return unmarked(text)
        element = "tspan" if name in ELEMENTS_OF_DRAWN_TEXT else "span"
        parts = parts_by_language(text, around.of_unmarked)
        pieces = [
            part
            if spoken == around.language or not part.strip()
            else f'<{element} lang="{spoken}">{part}</{element}>'
            for part, spoken in parts
        ]
        # One element, because a flexible box lays out each of its children by itself.
        return f"<{element}>{''.join(pieces)}</{element}>" if len(parts) > 1 else "".join(pieces)


def _with_language(tag: str, language: str) -> str:
    """The tag with this language in place of another."""
    end = "/>" if tag.endswith("/>") else ">"
    return f'{OWN_LANGUAGE.sub("", tag).removesuffix(end)} lang="{language}"{end}'
