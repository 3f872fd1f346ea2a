"""Places and institutions that bear the name of a person: a word beside the name tells them."""

import re
from functools import cache

from metrics.intake.rules.identifying.headings import words

CAPITALISED = r"(?:[A-ZÀ-ÞΑ-ΩΆ-ΏА-ЯĀ-Ž][^\W\d_]+[-'’])*[A-ZÀ-ÞΑ-ΩΆ-ΏА-ЯĀ-Ž][^\W\d_A-Z]+"
QUOTE = "[\"“”„«»'‘’]?"


def is_institution(match: re.Match[str]) -> bool:
    """Does a word such as foundation stand directly beside the name, or within it?

    Groups 1 and 2 of the match are the given name and the surname.
    """
    text, start, end = match.string, match.start(1), match.end(2)
    parts = re.split(r"[-'’ ]", text[start:end])
    before, after = _beside()
    within = any(map(_word("no_person").fullmatch, parts))
    return within or bool(after.match(text, end) or before.search(text[max(0, start - 60) : start]))


@cache
def _word(kind: str) -> re.Pattern[str]:
    """A word for an institution, also within a compound and with an ending; or one of the kind."""
    stems, whole = _any("institution"), _any(kind)
    return re.compile(rf"[^\W\d_]*(?:{stems})[^\W\d_]{{0,3}}|{whole}", re.IGNORECASE)


@cache
def _beside() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Before the name, with a particle between; after it, with one more name between."""
    first, last = _word("before_a_name").pattern, _word("no_person").pattern
    before = rf"(?<!\w)(?i:{first})(?: (?i:{_any('particle')})\.?)* {QUOTE}$"
    after = rf"{QUOTE}s?(?: {CAPITALISED})?{QUOTE}(?: ?-| )(?i:{last})(?!\w)"
    return re.compile(before), re.compile(after)


def _any(kind: str) -> str:
    return "|".join(sorted(map(re.escape, words(kind)), key=len, reverse=True))
