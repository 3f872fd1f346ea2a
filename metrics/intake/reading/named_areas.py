"""Find the Member States that a title, or the name of a sheet or a file, names."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
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


# Slavic, Baltic and Romanian names change their ending in the other cases: `Polski`, `Lietuvos`.
ENDINGS_OF_CASES: Mapping[str, Sequence[str]] = {
    "a": ("e", "ei", "ej", "i", "ie", "o", "oj", "oje", "om", "os", "ou", "u", "y"),
    "ia": ("ii", "iei"),
    "o": ("a", "e", "em", "u"),
    "as": ("e", "o", "u"),
    "ai": ("u", "uose"),
    "kka": ("kan", "kassa"),
    "nti": ("nnin", "nnissa"),
}
SHORTEST_STEM = 4
# What no rule gives.
OTHER_CASES: Mapping[str, Sequence[str]] = {
    "CY": ("kypru", "kyproksen", "kyproksessa"),
    "CZ": ("tsekin", "tsekissa", "чешката република"),
    "DE": ("niemiec", "niemczech"),
    "EE": ("viron", "virossa"),
    "FI": ("suomen", "suomessa"),
    "HU": ("wegier", "wegrzech"),
    "IE": ("heireann", "eirinn"),
    "LV": ("latis",),
    "NL": ("κατω χωρων", "nizozemi", "alankomaiden", "alankomaissa"),
    "PL": ("polsce",),
    "SK": tuple(f"slovensk{own} republik{end}" for own in ("ej", "e") for end in ("y", "e", "i")),
}
# "Slovene" in Slovene, and "of Slovakia" in Slovak: an adjective of one State, a case of another.
OF_TWO_STATES = "slovensk"


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
    whole = {name: code for name, code in plain.items() if len(name) >= SHORTEST_NAME}
    return _names_in_other_cases(whole) | whole


def _names_in_other_cases(names: Mapping[str, str]) -> dict[str, str]:
    """Forms by which one State is named; those that may be of two are left out."""
    irregular = ((form, code) for code, forms in OTHER_CASES.items() for form in forms)
    regular = ((form, code) for name, code in names.items() for form in _cases_of(name))
    found: dict[str, set[str]] = {}
    for form, code in (*irregular, *regular):
        found.setdefault(form, set()).add(code)
    return {form: next(iter(codes)) for form, codes in found.items() if len(codes) == 1}


def _cases_of(name: str) -> Iterator[str]:
    for ending, cases in ENDINGS_OF_CASES.items():
        stem = name.removesuffix(ending)
        if len(name) > len(stem) >= SHORTEST_STEM and stem != OF_TWO_STATES:
            yield from (f"{stem}{case}" for case in cases)


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
