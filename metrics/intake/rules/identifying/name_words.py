"""Tell words that are names of persons from words that may also be something else."""

import unicodedata
from functools import cache

from metrics.catalogue.codelists import fold_text
from metrics.intake.rules.identifying.headings import given_names, listed_words
from metrics.intake.rules.identifying.institutions import is_institution_word

# Of files and addresses: anna.html is no name.
ENDINGS = {"html", "xhtml", "xlsx", "xlsm", "docx", "pptx", "json", "yaml", "jpeg", "info", "name"}
SHORTEST_SURNAME = 3


def is_given_name(word: str) -> bool:
    """Whether a word is a common given name; capitals may lack their accents."""
    name = fold_text(word)
    return name in given_names() or (word.isupper() and name in _unaccented_given_names())


@cache
def _unaccented_given_names() -> frozenset[str]:
    decomposed = (unicodedata.normalize("NFD", name) for name in given_names())
    return frozenset(
        "".join(letter for letter in name if not unicodedata.combining(letter))
        for name in decomposed
    )


def are_names(one: str, other: str) -> bool:
    """Whether one of two words is a given name, and the other can be a surname of the same case."""
    if one[0].isupper() != other[0].isupper():
        return False
    surnames = [word for word in (one, other) if not is_given_name(word)]
    is_pair = len(surnames) == 1 and any(map(is_only_a_name, (one, other)))
    if not is_pair or surnames[0] in ENDINGS:
        return False
    return len(surnames[0]) > SHORTEST_SURNAME and not is_excluded(surnames[0])


def is_only_a_name(word: str) -> bool:
    """Whether a word is a given name, and neither an ordinary word nor a place."""
    other = listed_words("also_a_word") | listed_words("also_a_place")
    return is_given_name(word) and fold_text(word) not in other


def is_excluded(word: str) -> bool:
    parts = word.split("-")
    return fold_text(word) in _excluded_words() or any(map(is_institution_word, parts))


@cache
def _excluded_words() -> frozenset[str]:
    kinds = ("saint", "no_second_name", "no_person", "also_a_place")
    return frozenset(fold_text(word) for kind in kinds for word in listed_words(kind))
