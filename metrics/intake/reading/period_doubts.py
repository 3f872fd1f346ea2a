"""Periods that are ambiguous, unless another period of the same table decides their meaning."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

PAIR = re.compile(
    r"(?<![0-9.,/-])(?P<year>(?:19|20)[0-9]{2})\s?[-–/]\s?(?P<second>[0-9]{2})(?![0-9]|[-./–][0-9P])"
)
THIRD = re.compile(
    r"\bT\s?(?P<number>[1-4])\s?[-/]?\s?(?P<year>(?:19|20)[0-9]{2})\b"
    r"|\b(?P<year_first>(?:19|20)[0-9]{2})\s?[-/]?\s?T\s?(?P<number_last>[1-4])\b",
    re.IGNORECASE,
)
DECEMBER = 12


@dataclass(frozen=True)
class PeriodDoubts:
    """Decides the meaning of ambiguous periods by the other periods of a table.

    `2011-12` is December, or the years 2011 and 2012; `T1 2024` is a quarter in several languages,
    and four months in SDMX.
    """

    names_years: bool = False  # a pair of years such as 2012-13 stands in the table
    names_months: bool = False
    names_fourth: bool = False  # T4 exists as a quarter only

    @classmethod
    def of_periods(cls, texts: Iterable[str]) -> Self:
        typed = set(texts)
        pairs = [match for text in typed if (match := PAIR.search(text))]
        thirds = [match for text in typed if (match := THIRD.search(text))]
        return cls(
            any(_follows(pair) and int(pair["second"]) > DECEMBER for pair in pairs),
            any(not _follows(pair) and 1 <= int(pair["second"]) <= DECEMBER for pair in pairs),
            any("4" in {third["number"], third["number_last"]} for third in thirds),
        )

    def decide(self, text: str, parsed: str) -> str:
        """The period that a text means, which by itself is `parsed`; empty if it is in doubt."""
        if (pair := PAIR.search(text)) and _follows(pair):
            return parsed if self.names_months and not self.names_years else ""
        if third := THIRD.search(text):
            return _quarter(third) if self.names_fourth else ""
        return parsed

    def ways(self, text: str) -> str:
        """Both ways in which a text can be read; empty if there is no doubt."""
        pair, third = PAIR.search(text), THIRD.search(text)
        if pair and _follows(pair) and not (self.names_years or self.names_months):
            year = int(pair["year"])
            return f"{year}-{pair['second']} / {year}–{year + 1}"
        if third and not self.names_fourth:
            number, year = _parts(third)
            return f"{_quarter(third)} / {year}-{4 * number - 3:02}/P4M"
        return ""


def _follows(pair: re.Match[str]) -> bool:
    """Whether the second number is the year after the first."""
    return int(pair["second"]) == (int(pair["year"]) + 1) % 100


def _parts(third: re.Match[str]) -> tuple[int, int]:
    number, year = third["number"] or third["number_last"], third["year"] or third["year_first"]
    return int(number), int(year)


def _quarter(third: re.Match[str]) -> str:
    number, year = _parts(third)
    return f"{year}-Q{number}"
