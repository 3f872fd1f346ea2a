"""Quote only the words of a text that are in our lists; the others may be about a person."""

import re
from collections.abc import Iterator
from functools import cache

from metrics.catalogue.codelists import LETTERS_OF_WORD, codelist, fold_spelling
from metrics.catalogue.loader import catalogue
from metrics.intake.reading.figure_words import figure_words
from metrics.intake.reading.headings import A_YEAR, vocabulary
from metrics.intake.reading.named_areas import areas_by_name
from metrics.intake.reading.named_periods import ROMAN, month_of
from metrics.intake.templates import headings
from metrics.messages import languages

OMISSION = "…"
CODED_WORDS = ("unit", "observation_status", "confidentiality_status", "limit", "sex", "age")
SECTIONS_OF_WORDS = ("labels", "observations", "actions", "dimensions", "words")
WORD_OR_NUMBER = re.compile(r"[^\W\d_]+|\d+")
# Two words that are left out, with no more than signs between them, are one.
LEFT_OUT_TOGETHER = re.compile(rf"{OMISSION}(?:[^\w…]*{OMISSION})+")
SHORTEST_BEGINNING = 4  # of a word whose ending is open
# One or two digits, and the words before and after them; not a part of a longer number.
NUMBER_BESIDE_WORD = re.compile(
    r"(?:(?P<before>[^\W\d_]+)[ -])?(?<![\d.,/])(?<!\d )(?P<number>\d{1,2})(?![.,/-]?\d| \d)"
    r"(?:\.? ?(?P<after>[^\W\d_]+))?"
)
ROUND_NUMBERS = re.compile(r"10{0,6}|0{3}")


def quote_known_words(text: str) -> str:
    """The text with `…` for all words but those of our lists; empty if it has none of these."""
    if not any(map(_is_known, LETTERS_OF_WORD.findall(text))) and not A_YEAR.search(text):
        return ""
    lines = (" ".join(line.split()) for line in text.splitlines())
    quoted = (LEFT_OUT_TOGETHER.sub(OMISSION, "".join(_pieces(line))) for line in lines)
    return "\n".join(filter(None, quoted))


def _pieces(plain: str) -> Iterator[str]:
    """What stands between the words and numbers, and each of these if it is known."""
    kept = {
        match.start("number") for match in NUMBER_BESIDE_WORD.finditer(plain) if _is_kept(match)
    }
    end = 0
    for match in WORD_OR_NUMBER.finditer(plain):
        yield plain[end : match.start()]
        own, end = match[0], match.end()
        if own.isdecimal():
            is_known = match.start() in kept or _is_number_of_figures(own)
        else:
            is_known = _is_known(own)
        yield own if is_known else OMISSION
    yield plain[end:]


def _is_number_of_figures(own: str) -> bool:
    return bool(A_YEAR.fullmatch(own) or ROUND_NUMBERS.fullmatch(own))


def _is_kept(match: re.Match[str]) -> bool:
    """Whether a number is beside a known word; not beside a month, as in a date of birth."""
    words = (word for word in (match["before"], match["after"]) if word)
    return any(not month_of(fold_spelling(word)) and _is_known(word) for word in words)


def _is_known(word: str) -> bool:
    plain = fold_spelling(word)
    if plain in _known_words() or plain in ROMAN:
        return True
    beginnings = (plain[:end] for end in range(SHORTEST_BEGINNING, len(plain) + 1))
    if any(begin in _known_beginnings() for begin in beginnings):
        return True
    return bool(month_of(plain) or areas_by_name(word))


@cache
def _known_words() -> frozenset[str]:
    texts = (text.removesuffix("*") for text in _listed_texts())
    return frozenset(
        word for text in texts for word in LETTERS_OF_WORD.findall(fold_spelling(text))
    )


@cache
def _known_beginnings() -> frozenset[str]:
    """The words of which any ending belongs to the same meaning: `provis*`."""
    words = (fold_spelling(text.removesuffix("*")) for text in _listed_texts() if text[-1:] == "*")
    last = (LETTERS_OF_WORD.findall(word)[-1:] for word in words)
    return frozenset(word for found in last for word in found if len(word) >= SHORTEST_BEGINNING)


def _listed_texts() -> Iterator[str]:
    for kind in SECTIONS_OF_WORDS:
        yield from headings(kind)
    yield from vocabulary("observations")
    for by_language in figure_words().values():
        for words in by_language.values():
            yield from words
    for name in CODED_WORDS:
        for code in codelist(name).values():
            yield from code.spellings
    for indicator in catalogue().indicators.values():
        yield from (indicator.name(language) for language in languages())
