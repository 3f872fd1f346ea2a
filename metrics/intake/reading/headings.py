"""Parse the heading of a column: the column's role and period."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from metrics.catalogue.codelists import find_code, fold_spelling
from metrics.core.period import ReferencePeriod
from metrics.core.tables import ATTRIBUTES, BREAKDOWNS
from metrics.intake.templates import headings
from metrics.messages import readable

LONGEST_HEADING = 120  # characters; anything longer is running text
# Periods as people write them; for half-years SDMX writes S, and many people H.
YEAR, PART = r"(?P<year>(?:19|20)[0-9]{2})", r"(?P<part>[QTSHM])\s?(?P<number>[0-9]{1,2})"
PERIODS = tuple(
    re.compile(rf"(?<![0-9.,/-]){shape}(?![0-9/]|[.,-][0-9])", re.IGNORECASE)
    for shape in (
        rf"{YEAR}-(?P<month>[0-9]{{2}})(?P<length>/P[0-9]{{1,2}}M)?",
        rf"{YEAR}\s?[-/]?\s?{PART}",
        rf"{PART}\s?[-/]?\s?{YEAR}",
        rf"(?P<month>0?[1-9]|1[0-2])/{YEAR}",
        YEAR,
    )
)
A_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
PUNCTUATION = " .:;,*()[]–-/"


@dataclass(frozen=True)
class Heading:
    """`role` is a column of the tables, a label of the instructions, or a breakdown."""

    role: str
    period: str = ""
    status: str = ""  # of all values below it: `2024 p`


@cache
def vocabulary(kind: str) -> Mapping[str, str]:
    """The case-folded words for a kind of table, in all languages.

    An attribute also goes by its own name: `contact_office`, or `Contact office`.
    """
    if kind == "observations":
        attributes = {spelt: name for name in ATTRIBUTES for spelt in (name, readable(name))}
        named = {word: by for word, by in headings("dimensions").items() if by in BREAKDOWNS}
        return attributes | named | headings("observations")
    return headings(kind)


@cache
def _all_words() -> frozenset[str]:
    return frozenset(word for kind in ("observations", "actions") for word in vocabulary(kind))


def may_be_heading(text: str) -> bool:
    """Whether a text is worth parsing: a quick check, as sheets hold many texts."""
    if len(text) > LONGEST_HEADING:
        return False
    return fold_spelling(text).strip(PUNCTUATION) in _all_words() or A_YEAR.search(text) is not None


@lru_cache(maxsize=10_000)
def parse_heading(text: str, kind: str) -> Heading | None:
    """Parse `Value 2024`, `Observation status:` or `2023`; None if a text is no heading."""
    if not text or len(text) > LONGEST_HEADING:
        return None
    known = vocabulary(kind)
    plain = fold_spelling(text).strip(PUNCTUATION)
    if plain in known:
        return Heading(known[plain])
    return _parse_dated_heading(plain, known) if kind == "observations" else None


def _parse_dated_heading(plain: str, known: Mapping[str, str]) -> Heading | None:
    """Parse `Value 2024`; `Year 2024` or `2024` alone is a column of values, too."""
    period, text = split_period(plain)
    word = text.strip(PUNCTUATION)
    role = known.get(word) if word else "value"
    role = "value" if role == "period" else role
    if period and not role and (status := find_code(word, "observation_status")):
        return Heading("value", period, status)
    return Heading(role, period) if role and period else None


def split_period(text: str) -> tuple[str, str]:
    """The one period in a text, in standard form, and the text without it."""
    shapes = PERIODS if A_YEAR.search(text) else ()
    for shape in shapes:
        matches = [*shape.finditer(text)]
        if len(matches) == 1 and (period := _matched_period(matches[0])):
            start, end = matches[0].span()
            before, after = text[:start].rstrip(PUNCTUATION), text[end:].lstrip(PUNCTUATION)
            return period, fold_spelling(f"{before} {after}")
    return "", text


def _matched_period(match: re.Match[str]) -> str:
    parts = match.groupdict()
    text = parts["year"]
    if parts.get("part"):
        text += f"-{parts['part'].upper().replace('H', 'S')}{int(parts['number'])}"
    elif parts.get("month"):
        text += f"-{int(parts['month']):02}{(parts.get('length') or '').upper()}"
    try:
        return str(ReferencePeriod.parse(text))
    except ValueError:
        return ""


@lru_cache(maxsize=10_000)
def period_in_text(text: str) -> str:
    """The period, if the text is nothing else; otherwise empty."""
    try:
        return str(ReferencePeriod.parse(text))
    except ValueError:
        period, rest = split_period(fold_spelling(text))
        return period if not rest.strip(PUNCTUATION) else ""


def parse_period(cell: object) -> str:
    """The period in a cell: spreadsheets turn `2024-03` into the first of March."""
    if isinstance(cell, date):
        return f"{cell:%Y-%m}" if cell.day == 1 and cell.month > 1 else ""
    return period_in_text(str(cell))
