"""What the heading of a column says: which column it is, and of which period."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from metrics.catalogue.codelists import folded
from metrics.core.period import ReferencePeriod
from metrics.core.tables import ATTRIBUTES, BREAKDOWNS
from metrics.intake.templates import headings
from metrics.messages import readable

LONGEST = 120  # letters of a heading; anything longer is a text
# Periods as people write them; SDMX writes the half-year S, many write H.
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
AROUND = " .:;,*()[]–-/"


@dataclass(frozen=True)
class Heading:
    """`role` is a column of the tables, a label of the instructions, or a breakdown."""

    role: str
    period: str = ""


@cache
def vocabulary(kind: str) -> Mapping[str, str]:
    """The folded words of a kind of table. Breakdowns may head columns of observations.

    An attribute goes by its own name where no language has words for it yet.
    """
    if kind == "observations":
        attributes = {folded(readable(name)): name for name in ATTRIBUTES}
        named = {word: by for word, by in headings("dimensions").items() if by in BREAKDOWNS}
        return attributes | named | headings("observations")
    return headings(kind)


@cache
def _every_word() -> frozenset[str]:
    return frozenset(word for kind in ("observations", "actions") for word in vocabulary(kind))


def may_head(text: str) -> bool:
    """Whether a text is worth asking for: said quickly, as sheets hold many different texts."""
    if len(text) > LONGEST:
        return False
    return folded(text).strip(AROUND) in _every_word() or A_YEAR.search(text) is not None


@lru_cache(maxsize=10_000)
def heading(text: str, kind: str) -> Heading | None:
    """The heading that a text is, if it is one: `Value 2024`, `Observation status:`, `2023`."""
    if not text or len(text) > LONGEST:
        return None
    known = vocabulary(kind)
    plain = folded(text).strip(AROUND)
    if plain in known:
        return Heading(known[plain])
    return _of_a_period(plain, known) if kind == "observations" else None


def _of_a_period(plain: str, known: Mapping[str, str]) -> Heading | None:
    """`Value 2024`. "Year 2024" heads the values of that year, and so does "2024" alone."""
    period, text = split_period(plain)
    word = text.strip(AROUND)
    role = known.get(word) if word else "value"
    role = "value" if role == "period" else role
    return Heading(role, period) if role and period else None


def split_period(text: str) -> tuple[str, str]:
    """The one period in a text, written as it is stored, and the text without it."""
    shapes = PERIODS if A_YEAR.search(text) else ()
    for shape in shapes:
        found = [*shape.finditer(text)]
        if len(found) == 1 and (period := _period(found[0])):
            start, end = found[0].span()
            return period, folded(text[:start].rstrip(AROUND) + " " + text[end:].lstrip(AROUND))
    return "", text


def _period(match: re.Match[str]) -> str:
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
def period_of(text: str) -> str:
    """A cell that holds nothing but a period; empty where it is none."""
    try:
        return str(ReferencePeriod.parse(text))
    except ValueError:
        period, rest = split_period(folded(text))
        return period if not rest.strip(AROUND) else ""


def as_period(cell: object) -> str:
    """Spreadsheets turn `2024-03` into the first of March; other days are no period."""
    if isinstance(cell, date):
        return f"{cell:%Y-%m}" if cell.day == 1 and cell.month > 1 else ""
    return period_of(str(cell))
