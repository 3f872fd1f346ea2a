"""Find the Member States that a title, or the name of a sheet or a file, names."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from metrics.catalogue.codelists import (
    code_by_country_name,
    codelist,
    fold_spelling,
    member_states,
)
from metrics.intake.reading.qualifiers import LETTERS_OF_WORD

WORD_OR_NUMBER = re.compile(r"[^\W_]+")
MOST_WORDS_OF_A_NAME = 4
SHORTEST_NAME = 4
# A longer name may have the ending of a case: `Ruotsin`, `Deutschlands`, `Γερμανίας`.
SHORTEST_INFLECTED, LONGEST_ENDING = 5, 3


def other_areas_named(text: str, area: str, codes_beside: Iterable[str] = ()) -> str:
    """The codes of the States that a text names, if none of them is the area of the submission.

    A code alone counts as well, also beside a year and the parts of `codes_beside`: `SE 2025`.
    """
    named = areas_by_name(text) or {*_area_by_code(text, codes_beside)}
    return "" if not area or area in named else ", ".join(sorted(named))


@lru_cache(maxsize=10_000)
def areas_by_name(text: str) -> frozenset[str]:
    """The codes of the States of which a text has the name, in any official language."""
    words = LETTERS_OF_WORD.findall(fold_spelling(text))
    if max(map(len, words), default=0) < SHORTEST_NAME:
        return frozenset()  # CLDR takes half a second to load
    names = _names_of_states()
    phrases = (
        " ".join(words[first : first + length])
        for length in range(1, MOST_WORDS_OF_A_NAME + 1)
        for first in range(len(words) - length + 1)
    )
    return frozenset(
        names[spelling]
        for phrase in phrases
        for spelling in _without_endings(phrase)
        if spelling in names
    )


def _without_endings(phrase: str) -> Iterator[str]:
    yield phrase
    for length in range(1, LONGEST_ENDING + 1):
        if len(phrase) - length >= SHORTEST_INFLECTED:
            yield phrase[:-length]


@cache
def _names_of_states() -> Mapping[str, str]:
    """The Member States by their names in all official languages, without codes."""
    states, listed = {*member_states()}, codelist("area")
    names = {fold_spelling(name): code for code in states for name in listed[code].spellings} | {
        name: code for name, code in code_by_country_name("area").items() if code in states
    }
    plain = {
        " ".join(LETTERS_OF_WORD.findall(spelling)): code
        for name, code in names.items()
        for spelling in (name, *_greek_genitive(name))
    }
    return {name: code for name, code in plain.items() if len(name) >= SHORTEST_NAME}


def _greek_genitive(name: str) -> Iterator[str]:
    """`Κύπρου` and `Βελγίου`, whose endings replace those of the names; folded."""
    stem = name.removesuffix("σ")
    if stem.endswith("ο"):
        yield f"{stem}υ"


def _area_by_code(text: str, codes_beside: Iterable[str]) -> Iterator[str]:
    parts = WORD_OR_NUMBER.findall(text)
    codes = [part for part in parts if part in member_states()]
    known = {*codes, *WORD_OR_NUMBER.findall(" ".join(codes_beside))}
    if len(codes) == 1 and all(part.isdecimal() or part in known for part in parts):
        yield codes[0]
