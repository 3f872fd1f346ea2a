"""Recognise places and institutions that are named after a person, by a word nearby."""

import re
from functools import cache

from metrics.intake.rules.identifying.headings import listed_words

CAPITAL = "[A-ZÀ-ÞĀ-ŽΑ-ΩΆ-ΏА-Я]"
CAPITALISED = rf"(?:{CAPITAL}[^\W\d_]{{0,30}}+[-']){{0,3}}{CAPITAL}[^\W\d_A-Z]{{1,30}}"
QUOTE = "[\"']?"
LONGEST_DISTANCE = 60


def is_institution(match: re.Match[str]) -> bool:
    """Whether a word such as foundation is next to the name, or within it.

    Groups 1 and 2 of the match are the given name and the surname.
    """
    text, start, end = match.string, match.start(1), match.end(2)
    parts = re.split(r"[-' \n]", text[start:end])
    before, after = _neighbour_patterns()
    within = any(map(_institution_pattern("no_person").fullmatch, parts))
    return within or bool(
        after.match(text, end) or before.search(text[max(0, start - LONGEST_DISTANCE) : start])
    )


def is_institution_word(word: str) -> bool:
    return bool(_institution_pattern("no_person").fullmatch(word))


@cache
def _institution_pattern(kind: str) -> re.Pattern[str]:
    """Match words for institutions, in compounds and with endings, or words of the kind."""
    stems, whole = _alternatives("institution"), _alternatives(kind)
    return re.compile(rf"[^\W\d_]{{0,30}}(?:{stems})[^\W\d_]{{0,3}}|{whole}", re.IGNORECASE)


@cache
def _neighbour_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Match what stands before a name in that of an institution, and what stands after it."""
    first, last = (
        _institution_pattern("before_a_name").pattern,
        _institution_pattern("no_person").pattern,
    )
    before = rf"(?<!\w)(?i:{first})(?: (?i:{_alternatives('particle')})\.?){{0,4}} {QUOTE}$"
    other_name = rf"(?: \({CAPITALISED}\))?"
    after = rf"{QUOTE}s?{other_name}(?: {CAPITALISED})?{QUOTE}(?: ?-| )(?i:{last})(?!\w)"
    return re.compile(before), re.compile(after)


def _alternatives(kind: str) -> str:
    return "|".join(sorted(map(re.escape, listed_words(kind)), key=len, reverse=True))
