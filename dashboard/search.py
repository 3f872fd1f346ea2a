"""Search by words: what is typed into a search box, in any language of the catalogue."""

from collections.abc import Iterable, Iterator

from metrics.catalogue.codelists import fold_text
from metrics.catalogue.definitions.base import Words


def matches_search(words: Iterable[str], typed: str) -> bool:
    """Whether every typed word occurs, in any language."""
    text = fold_text(" ".join(words))
    return all(word in text for word in fold_text(typed).split())


def every_language(*words: Words | None) -> Iterator[str]:
    return (text for word in words if word for text in word.by_language.values())
