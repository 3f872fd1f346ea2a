"""Parse quarters and months named in words of the 24 official languages: `III ketv. 2024`."""

import re
from collections.abc import Iterator
from functools import cache

from metrics.catalogue.codelists import fold_spelling, one_of
from metrics.intake.templates import headings, words_meaning
from metrics.messages import OFFICIAL_LANGUAGES, month_names

ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
YEAR_SHAPE = r"(?P<year>(?:19|20)[0-9]{2})"
# With the ending of an ordinal: 1. 2nd 3:e 1er 2ú 4ba’, and "al II-lea" in Romanian.
QUARTER_SHAPE = r"(?P<number>[1-4]|iv|i{1,3})(?!\d)(?:[.:º-]{0,2}[^\W\d_]{0,4}['’]?\.?)"
# A year is followed by its own word, or a date by a preposition: 2024 m., 2024. gada, trimestre de.
BESIDE_A_YEAR = ("m", "g", "r", "gada", "roku", "roka", "god", "de", "del", "di", "do", "of", "του")
BETWEEN = rf"[\s.,/-]*(?:(?:{'|'.join(BESIDE_A_YEAR)})\b\.?)?\s*"


@cache
def _quarter_shapes() -> tuple[re.Pattern[str], ...]:
    word = rf"(?:{one_of(words_meaning('quarter'))})(?![^\W\d_])\.?"
    article = r"(?:a[lh]?\s)?"
    shapes = (
        rf"{QUARTER_SHAPE}\s?{word}{BETWEEN}{YEAR_SHAPE}",
        rf"{YEAR_SHAPE}{BETWEEN}{QUARTER_SHAPE}\s?{word}",
        rf"{word}\s?{article}{QUARTER_SHAPE}{BETWEEN}{YEAR_SHAPE}",
        rf"{YEAR_SHAPE}{BETWEEN}{word}\s?{article}{QUARTER_SHAPE}",
    )
    return tuple(re.compile(rf"(?<![\w.,/-]){shape}(?!\w|[.,/-]\d)") for shape in shapes)


def find_quarter(text: str) -> tuple[str, tuple[int, int]]:
    """The only quarter in a folded text, `2024-Q3`, and its position; empty if there is none."""
    for shape in _quarter_shapes():
        if match := shape.search(text):
            number = match["number"]
            return f"{match['year']}-Q{ROMAN.get(number) or number}", match.span()
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
