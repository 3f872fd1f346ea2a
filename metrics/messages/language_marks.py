"""Marks inside a text that say in which language a part of it is.

Where a translation is incomplete, a sentence can be put together from texts in two languages. While
a page is drawn in such a language, each text carries the language tag of Unicode; whatever joins
texts keeps the tags, and who writes the page replaces them.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from itertools import groupby
from typing import Any, ParamSpec, TypeVar

Arguments = ParamSpec("Arguments")
Made = TypeVar("Made")

TAG_LETTERS = 0xE0000  # a tag letter is this far above the letter of ASCII
LANGUAGE_TAG, CANCEL_TAG = "\U000e0001", "\U000e007f"
TAG = re.compile(f"{LANGUAGE_TAG}([\U000e0061-\U000e007a]{{2}})|{CANCEL_TAG}")

_are_written: ContextVar[bool] = ContextVar("language marks are written", default=False)


@contextmanager
def writing_marks(*, are_needed: bool) -> Iterator[None]:
    """Mark every text that is looked up inside, if that is needed."""
    before = _are_written.set(are_needed)
    try:
        yield
    finally:
        _are_written.reset(before)


def are_marks_written() -> bool:
    return _are_written.get()


def cache_texts(
    maxsize: int | None = None,
) -> Callable[[Callable[Arguments, Made]], Callable[Arguments, Made]]:
    """As `lru_cache`, for what is made of texts: once with marks, and once without."""

    def decorate(make: Callable[Arguments, Made]) -> Callable[Arguments, Made]:
        with_marks, without_marks = lru_cache(maxsize)(make), lru_cache(maxsize)(make)

        @wraps(make)
        def cached(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Made:
            kept = with_marks if _are_written.get() else without_marks
            return kept(*args, **kwargs)  # type: ignore[arg-type]

        return cached

    return decorate


def marked(text: str, language: str) -> str:
    """The text with its language around it, while marks are written."""
    if not text or not _are_written.get():
        return text
    return _tagged(text, language)


def _tagged(text: str, language: str) -> str:
    tag = "".join(chr(TAG_LETTERS + ord(letter)) for letter in language)
    return f"{LANGUAGE_TAG}{tag}{text}{CANCEL_TAG}"


def has_language_marks(text: str) -> bool:
    return LANGUAGE_TAG in text or CANCEL_TAG in text


def unmarked(text: str) -> str:
    return TAG.sub("", text) if has_language_marks(text) else text


def split_marked(text: str, separator: str) -> list[str]:
    """As `split`, where each piece has the marks of its own words."""
    pieces = text.split(separator)
    if len(pieces) == 1 or not has_language_marks(text):
        return pieces
    found: list[str] = []
    open_tags: list[str] = []
    for piece in pieces:
        begin = "".join(open_tags)
        for tag in TAG.finditer(piece):
            if tag[1]:
                open_tags.append(tag[0])
            elif open_tags:
                open_tags.pop()
        found.append(begin + piece + CANCEL_TAG * len(open_tags))
    return found


def parts_by_language(text: str, language: str) -> list[tuple[str, str]]:
    """The text in parts with their languages; what is not marked is in the language given.

    Parts without a letter, such as a comma, belong to the part before them.
    """
    found: list[tuple[str, str]] = []
    for part, spoken in _marked_parts(text, language):
        is_mute = not any(map(str.isalpha, part))
        found.append((part, found[-1][1] if is_mute and found else spoken))
    return [
        ("".join(part for part, _ in parts), spoken)
        for spoken, parts in groupby(found, key=lambda part: part[1])
    ]


def with_flat_marks(text: str, language: str) -> str:
    """The text with a mark around each part in another language, and none within another."""
    return "".join(
        part if spoken == language else _tagged(part, spoken)
        for part, spoken in parts_by_language(text, language)
    )


def language_of_longest_part(text: str, language: str) -> str:
    """For what cannot be divided, such as the title of a drawing."""
    return language_of_longest(parts_by_language(text, language), language)


def language_of_longest(parts: Iterable[tuple[str, str]], language: str) -> str:
    """By the number of letters: digits and signs are in no language."""
    return max(parts, key=lambda part: sum(map(str.isalpha, part[0])), default=("", language))[1]


def change_texts(value: Any, change: Callable[[str], str]) -> Any:  # noqa: ANN401 - any data
    """The same data with every text in it changed, within lists and mappings too."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {name: change_texts(own, change) for name, own in value.items()}
    if isinstance(value, list | tuple):
        return [change_texts(own, change) for own in value]
    return value


def _marked_parts(text: str, language: str) -> Iterator[tuple[str, str]]:
    open_languages, begin = [language], 0
    for tag in TAG.finditer(text):
        if tag.start() > begin:
            yield text[begin : tag.start()], open_languages[-1]
        if letters := tag[1]:
            open_languages.append("".join(chr(ord(letter) - TAG_LETTERS) for letter in letters))
        elif len(open_languages) > 1:
            open_languages.pop()
        begin = tag.end()
    if begin < len(text):
        yield text[begin:], open_languages[-1]
