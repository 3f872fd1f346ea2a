"""Parse quarters, half-years and months in words of the official languages: `III ketv. 2024`."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from metrics.catalogue.codelists import fold_spelling, one_of
from metrics.intake.templates import headings, words_meaning
from metrics.messages import OFFICIAL_LANGUAGES, month_names

# II ketv., and Β΄ τρίμηνο in Greek.
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
NUMBERS_IN_LETTERS = {**ROMAN, "α": 1, "β": 2, "γ": 3, "δ": 4}
ORDINALS = ("first", "second", "third", "fourth")
YEAR_SHAPE = r"(?P<year>(?:19|20)[0-9]{2})"
# The numbers of the parts of a year, by the name of their words.
NUMBERS_OF_PARTS: Mapping[str, str] = {
    "quarter": "[1-4]|iv|i{1,3}|[αβγδ]", "half_year": "[12]|i{1,2}|[αβ]",
}  # fmt: skip
ORDINALS_OF_PARTS = {"quarter": ORDINALS, "half_year": ORDINALS[:2]}
LETTERS_OF_PARTS = {"quarter": "Q", "half_year": "S"}
# The ending of a number: 1. 2nd 3:e 1er 2ú 4ba’ Α’, and "al II-lea" in Romanian.
ENDING = r"(?!\d)(?:[.:º-]{0,2}[^\W\d_]{0,4}['’ʹ]?\.?)"
# A year is followed by its own word, or a date by a preposition: 2024 m., 2024. gada, trimestre de.
BESIDE_A_YEAR = ("m", "g", "r", "gada", "roku", "roka", "god", "de", "del", "di", "do", "of", "του")
OF_A_YEAR = (
    *BESIDE_A_YEAR, "an", "av", "du", "gads", "godine", "leta", "na", "od", "rok", "ta", "tal",
    "van", "von", "aasta", "aastal", "vuoden", "vuonna", "af aret", "av aret", "del ano",
    "dell'anno", "de l'annee", "des jahres", "do ano", "a anului", "al anului", "of the year",
    "του ετους", "van het jaar", "на", "на година",
)  # fmt: skip
BETWEEN = rf"[\s.,/-]*(?:(?:{one_of(OF_A_YEAR)})\b\.?)?[\s-]*"

# Abbreviations of months in one language that are words of others: the average, from, out, set,
# ago, all, between, she, zero, for, one. Beside a year alone they are asked about.
OTHER_WORDS = {
    "ago", "avg", "fra", "noll", "out", "pro", "set", "sie", "svi", "tra", "uno",
}  # fmt: skip


@cache
def _shapes_of_parts(part: str) -> tuple[re.Pattern[str], ...]:
    ordinal = one_of(word for name in ORDINALS_OF_PARTS[part] for word in words_meaning(name))
    number = rf"(?:(?P<number>{NUMBERS_OF_PARTS[part]}){ENDING}|(?P<ordinal>{ordinal})\b)"
    word = rf"(?:{one_of(words_meaning(part))})(?![^\W\d_])\.?"
    article = r"(?:a[lh]?\s)?"
    shapes = (
        rf"{number}\s?{word}{BETWEEN}{YEAR_SHAPE}",
        rf"{YEAR_SHAPE}{BETWEEN}{number}\s?{word}",
        rf"{word}\s?{article}{number}{BETWEEN}{YEAR_SHAPE}",
        rf"{YEAR_SHAPE}{BETWEEN}{word}\s?{article}{number}",
    )
    return tuple(re.compile(rf"(?<![\w.,/-]){shape}(?!\w|[.,/-]\d)") for shape in shapes)


def find_part_of_year(text: str) -> tuple[str, tuple[int, int]]:
    """The only quarter or half-year in a folded text, `2024-Q3`, and its position; else empty."""
    for part, letter in LETTERS_OF_PARTS.items():
        for shape in _shapes_of_parts(part):
            if match := shape.search(text):
                return f"{match['year']}-{letter}{_number_in(match)}", match.span()
    return "", (0, 0)


def _number_in(part: re.Match[str]) -> str:
    """The number of a quarter or half-year, written in digits, letters or as a word."""
    if part["number"]:
        return str(NUMBERS_IN_LETTERS.get(part["number"], part["number"]))
    return str(_numbers_of_ordinals()[part["ordinal"]])


@cache
def _numbers_of_ordinals() -> dict[str, int]:
    return {word: at for at, name in enumerate(ORDINALS, 1) for word in words_meaning(name)}


def month_beside_year(text: str) -> int:
    """The month that a folded name beside a year means; 0 also if it may be another word."""
    return 0 if text.strip(" .,:;()[]-–/") in OTHER_WORDS else month_of(text)


def month_of(text: str) -> int:
    """The month that a folded name means in all languages that have it; 0 if there is none."""
    words = [word for word in re.split(r"[\s.,]+", text) if word and word not in BESIDE_A_YEAR]
    name = " ".join(words)
    # CLDR takes half a second to load, so the words of our own headings are excluded first.
    if not name or name in headings("observations"):
        return 0
    months = months_by_name().get(name, set())
    return next(iter(months)) if len(months) == 1 else 0


@cache
def months_by_name() -> dict[str, set[int]]:
    """Months by name: `listopad` is October in Croatian and November in Czech and Polish."""
    found: dict[str, set[int]] = {}
    for name, month in _all_month_names():
        found.setdefault(fold_spelling(name).strip(" ."), set()).add(month)
    return found


def _all_month_names() -> Iterator[tuple[str, int]]:
    for language in OFFICIAL_LANGUAGES:
        yield from month_names(language)
