"""Suggest the known name nearest to an unknown one, for a limited number of texts."""

import re
from collections.abc import Mapping
from functools import cache

from metrics.catalogue.codelists import (
    LISTS_OF_COUNTRIES,
    code_by_country_name,
    find_code,
    fold_spelling,
    suggested_spellings,
)
from metrics.core.similar_names import LEAST_SIMILARITY, nearest_name

# Each takes milliseconds, and more suggestions than this help nobody.
MOST_SUGGESTIONS = 200
LONGEST_UNKNOWN = 80
# `aland` is no slip for `poland` (0.73), and a code of two letters has several neighbours.
SIMILAR_COUNTRIES = 0.8
SHORTEST_NAME_OF_COUNTRY = 4
RUN_OF_DIGITS = re.compile(r"\d+")


class Suggestions:
    """Remembers its results: the same spelling mistake often occurs in every row."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, int], str] = {}

    def nearest(self, text: str, names: Mapping[str, str], least: float = LEAST_SIMILARITY) -> str:
        """The code of the nearest case-folded name; empty if none is near."""
        key = (fold_spelling(text)[:LONGEST_UNKNOWN], id(names))
        if key not in self._found and len(self._found) < MOST_SUGGESTIONS:
            self._found[key] = names.get(nearest_name(key[0], names, least), "")
        return self._found.get(key, "")

    def nearest_of_codes(self, text: str, codes: Mapping[str, str]) -> str:
        """The nearest code with the numbers of the text: GA-1.9 is no slip for GA-1.1."""
        code, numbers = self.nearest(text, codes), RUN_OF_DIGITS.findall(text)
        return code if not numbers or numbers == RUN_OF_DIGITS.findall(code) else ""

    def nearest_code(self, text: str, name: str) -> str:
        """The code with the nearest spelling, unless the text means something else.

        The group 0-17 is no slip for 16-17, and another country is none for a Member State.
        """
        if name in LISTS_OF_COUNTRIES:
            return self._nearest_country(text, name)
        code = self.nearest(text, _spellings(name))
        return code if code and _may_mean(text, code, name) else ""

    def _nearest_country(self, text: str, name: str) -> str:
        is_another = any(find_code(text, countries) for countries in LISTS_OF_COUNTRIES)
        typed = fold_spelling(text)
        if is_another or len(typed) < SHORTEST_NAME_OF_COUNTRY:
            return ""
        # `strike` is no slip for `österrike`: few people mistake the first letter.
        alike = _spellings_by_letter(name).get(typed[0], {})
        return self.nearest(typed, alike, SIMILAR_COUNTRIES)


@cache
def _spellings(name: str) -> Mapping[str, str]:
    return {**code_by_country_name(name), **suggested_spellings(name)}


@cache
def _spellings_by_letter(name: str) -> Mapping[str, Mapping[str, str]]:
    """The spellings of a list by their first letter."""
    found: dict[str, dict[str, str]] = {}
    for spelling, code in _spellings(name).items():
        found.setdefault(spelling[:1], {})[spelling] = code
    return found


def _may_mean(text: str, code: str, name: str) -> bool:
    """Whether some spelling of the code has the numbers of the text."""
    numbers = RUN_OF_DIGITS.findall(text)
    own = (spelling for spelling, other in _spellings(name).items() if other == code)
    return not numbers or any(RUN_OF_DIGITS.findall(spelling) == numbers for spelling in own)
