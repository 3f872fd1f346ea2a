"""Parse quarters, half-years and months in words of the official languages: `III ketv. 2024`."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from metrics.catalogue.codelists import fold_spelling, one_of
from metrics.intake.templates import headings, words_meaning
from metrics.messages import OFFICIAL_LANGUAGES, month_names

ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
YEAR_SHAPE = r"(?P<year>(?:19|20)[0-9]{2})"
# The numbers of the parts of a year, by the name of their words.
NUMBERS_OF_PARTS: Mapping[str, str] = {"quarter": "[1-4]|iv|i{1,3}", "half_year": "[12]|i{1,2}"}
LETTERS_OF_PARTS = {"quarter": "Q", "half_year": "S"}
# The ending of an ordinal: 1. 2nd 3:e 1er 2ú 4ba’, and "al II-lea" in Romanian.
ORDINAL = r"(?!\d)(?:[.:º-]{0,2}[^\W\d_]{0,4}['’]?\.?)"
# A year is followed by its own word, or a date by a preposition: 2024 m., 2024. gada, trimestre de.
BESIDE_A_YEAR = ("m", "g", "r", "gada", "roku", "roka", "god", "de", "del", "di", "do", "of", "του")
BETWEEN = rf"[\s.,/-]*(?:(?:{'|'.join(BESIDE_A_YEAR)})\b\.?)?\s*"


@cache
def _shapes_of_parts(part: str) -> tuple[re.Pattern[str], ...]:
    number = rf"(?P<number>{NUMBERS_OF_PARTS[part]}){ORDINAL}"
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
                number = match["number"]
                return f"{match['year']}-{letter}{ROMAN.get(number) or number}", match.span()
    return "", (0, 0)


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
