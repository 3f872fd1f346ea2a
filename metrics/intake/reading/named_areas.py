"""Find the Member States that a title, or the name of a sheet or a file, names."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from metrics.catalogue.codelists import LETTERS_OF_WORD, fold_spelling, member_states
from metrics.intake.reading.state_names import SHORTEST_NAME, names_of_states

WORD_OR_NUMBER = re.compile(r"[^\W_]+")
MOST_WORDS_OF_A_NAME = 4
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
    names = names_of_states()
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


def _area_by_code(text: str, codes_beside: Iterable[str]) -> Iterator[str]:
    parts = WORD_OR_NUMBER.findall(text)
    codes = [part for part in parts if part in member_states()]
    known = {*codes, *WORD_OR_NUMBER.findall(" ".join(codes_beside))}
    if len(codes) == 1 and all(part.isdecimal() or part in known for part in parts):
        yield codes[0]
