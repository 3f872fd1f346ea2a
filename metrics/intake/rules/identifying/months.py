"""Find days of which the month is written as a word, in the languages of the Union."""

import re
from collections.abc import Iterator
from functools import cache

from metrics.catalogue.codelists import fold_text
from metrics.messages import month_names

LANGUAGES = (
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "it", "lt", "lv",
    "mt", "nb", "nl", "pl", "pt", "ro", "sk", "sl", "sv", "sr_Latn", "uk", "ru", "tr", "sq",
)  # fmt: skip
SHORTEST_NAME = 3
YEAR_BESIDE_MONTH = r"(?:19|20)\d\d"
# 1 January 1990, 1st of Jan. 90, 1. tammikuuta 1990, 1 de enero de 1990, 1η Ιανουαρίου 1990
DAY = r"(?:3[01]|[12]\d|0?[1-9])"
DAY_FIRST = rf"(?<![\d.,/-]){DAY}[^\W\d_]{{0,3}}\.?°?(?: ?- ?| )?(?:(?:de|of|d|ta) |d'|ta' ?)?"
MONTH = r"[^\W\d_]{3,14}"
DAY_IN_WORDS = re.compile(
    rf"(?<!\d){YEAR_BESIDE_MONTH}\. gada {DAY}\. (?P<last>{MONTH})(?!\w)"
    rf"|(?<!\d){YEAR_BESIDE_MONTH}\.? ?(?:(?:m|g)\. )?(?P<middle>{MONTH})\.? {DAY}(?!\d)"
    rf"|{DAY_FIRST}(?P<second>{MONTH})[.,]{{0,2}}(?: ?- ?| )?(?:(?:de|del|do) )?'?"
    rf"(?:{YEAR_BESIDE_MONTH}|\d\d)(?!\d)"
    rf"|(?<!\w)(?P<first>{MONTH})\.? {DAY}(?:st|nd|rd|th)?,? {YEAR_BESIDE_MONTH}(?!\d)",
    re.IGNORECASE,
)
# Endings differ from case to case: janvāris, janvārī.
STEM = 5


@cache
def names_of_months() -> frozenset[str]:
    """The names of the months, in full and shortened, as they stand alone and within a day."""
    return frozenset(name for name in _all_names() if len(name) >= SHORTEST_NAME)


def _all_names() -> Iterator[str]:
    for language in LANGUAGES:
        yield from (fold_text(name).strip(". ") for name, _ in month_names(language))


def names_month(match: re.Match[str]) -> bool:
    """Whether the word within a match of `DAY_IN_WORDS` is the name of a month."""
    words = [word for word in match.groups() if word]
    names = [fold_text(word) for word in words]
    return any(name in names_of_months() or name[:STEM] in _stems() for name in names)


@cache
def _stems() -> frozenset[str]:
    return frozenset(name[:STEM] for name in names_of_months() if len(name) > STEM)
