"""Find the Member States that a title, or the name of a sheet or a file, names or misspells."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from metrics.catalogue.codelists import (
    LETTERS_OF_WORD,
    LISTS_OF_COUNTRIES,
    find_code,
    fold_spelling,
    member_states,
)
from metrics.intake.reading.figure_words import find_meaning
from metrics.intake.reading.state_names import SHORTEST_NAME, names_of_states
from metrics.intake.reading.suggestions import Suggestions

WORD_OR_NUMBER = re.compile(r"[^\W_]+")
MOST_WORDS_OF_A_NAME = 4
# A longer name may have the ending of a case: `Ruotsin`, `Deutschlands`, `Γερμανίας`.
SHORTEST_INFLECTED, LONGEST_ENDING = 5, 3
SHORTEST_MISSPELT = 5  # letters; `part`, `test` and `plan` are near to names of States
# `XQ – Suonaa`, as our workbooks name a State. `ID – identifier` is no State.
CODE_AND_NAME = re.compile(
    r"(?<![\w-])(?P<code>[A-Z]{2})\s?[–—-]\s?(?P<name>[A-ZÀ-ÖØ-ÞΑ-ΫА-Я][^\W\d_]{2,})"
)
WORDS_AND_A_YEAR = re.compile(r"(?P<name>[^\W\d_]+(?:[ -][^\W\d_]+)?)[\s,:–-]*(?:(?:19|20)\d\d)?")


class UnknownState(NamedTuple):
    """What looks like the name of a State, and the code of the nearest one, if one is near."""

    typed: str
    nearest: str = ""


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


def unknown_state_named(text: str) -> UnknownState | None:
    """A code with a name of which neither is known, or a text that only misspells a name.

    `VS-NfD` is a mark of confidentiality.
    """
    if find_meaning(text, "confidential"):
        return None
    for match in CODE_AND_NAME.finditer(text):
        code, name = match["code"], match["name"]
        is_short_form = fold_spelling(name).startswith(fold_spelling(code[0]))
        if not is_short_form and not _is_country(code) and not _is_country(name):
            return UnknownState(match.group())
    alone = WORDS_AND_A_YEAR.fullmatch(text.strip())
    if not alone or len(alone["name"]) < SHORTEST_MISSPELT:
        return None
    if _is_country(alone["name"]) or areas_by_name(text):
        return None
    nearest = Suggestions().nearest_code(alone["name"], "area")
    return UnknownState(alone["name"], nearest) if nearest else None


def _is_country(text: str) -> bool:
    return any(find_code(text, countries) for countries in LISTS_OF_COUNTRIES)
