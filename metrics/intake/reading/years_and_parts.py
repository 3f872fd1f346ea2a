"""Join a column of years with one of their parts: `Year | Quarter`, 2025 and IV, is 2025-Q4."""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from metrics.intake.reading.figure_words import find_meaning
from metrics.intake.reading.headings import heading_parts, period_of_cell
from metrics.intake.reading.named_periods import NUMBERS_OF_PARTS
from metrics.intake.reading.numbers import cell_text
from metrics.intake.templates import words_meaning

NUMBERS_OF_MONTHS = range(1, 13)


def is_heading_of_parts(heading: str) -> bool:
    """Whether a heading is a word for quarters, half-years or months, and no other."""
    return bool(_word_of_parts(heading)) or _names_months(heading)


def join_parts_of_years(
    years: Sequence[object], parts: Sequence[object], heading: str
) -> list[object]:
    """The cells of the years; beside a part the text of both, such as `2025 IV quarter`."""
    return [
        year if part is None else _join_texts(cell_text(year), cell_text(part), heading)
        for year, part in zip(years, parts, strict=True)
    ]


@lru_cache(maxsize=1_000)
def _join_texts(year: str, part: str, heading: str) -> str:
    """The first way to write both that is a part of a year; as typed if none is."""
    ways = (way for way in _ways_to_join(year, part, heading) if _is_part(period_of_cell(way)))
    return next(ways, f"{year} {part}".strip())


def _ways_to_join(year: str, part: str, heading: str) -> Iterator[str]:
    yield part
    yield f"{year} {part}"
    if word := _word_of_parts(heading):
        yield f"{year} {part.rstrip('.')}. {word}"
        yield f"{year} {part} {word}"
    number = part.removesuffix(".")
    if _names_months(heading) and number.isdecimal() and int(number) in NUMBERS_OF_MONTHS:
        yield f"{year}-{int(number):02}"


def _is_part(period: str) -> bool:
    return bool(period) and not period.isdecimal()


def _word_of_parts(heading: str) -> str:
    return next((word for word in heading_parts(heading) if word in _words_of_parts()), "")


def _names_months(heading: str) -> bool:
    return any(find_meaning(part, "months") == part for part in heading_parts(heading))


@cache
def _words_of_parts() -> frozenset[str]:
    return frozenset(word for part in NUMBERS_OF_PARTS for word in words_meaning(part))
