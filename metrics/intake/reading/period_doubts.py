"""Periods that are ambiguous, unless another period of the same table decides their meaning."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from metrics.intake.reading.days import DECEMBER, FIRST_DAY_OF_YEAR, days_meant, whole_year

PAIR = re.compile(
    r"(?<![0-9.,/-])(?P<year>(?:19|20)[0-9]{2})\s?[-–/]\s?(?P<second>[0-9]{2})(?![0-9]|[-./–][0-9P])"
)
THIRD = re.compile(
    r"\bT\s?(?P<number>[1-4])\s?[-/]?\s?(?P<year>(?:19|20)[0-9]{2})\b"
    r"|\b(?P<year_first>(?:19|20)[0-9]{2})\s?[-/]?\s?T\s?(?P<number_last>[1-4])\b",
    re.IGNORECASE,
)
FIRST_MONTHS_OF_QUARTERS = {"01", "04", "07", "10"}


@dataclass(frozen=True)
class PeriodDoubts:
    """Decides the meaning of ambiguous periods by the other periods of a table.

    `2011-12` is December, or the years 2011 and 2012; `T1 2024` is a quarter in several languages,
    and four months in SDMX. `1.1.2024` names the year, or beside `1.2.2024` January; beside
    `1.4.2024`, it may name a month or a quarter.
    """

    names_years: bool = False  # the table has a pair of years such as 2012-13
    names_months: bool = False
    names_fourth: bool = False  # T4 exists as a quarter only
    days: frozenset[str] = frozenset()  # if any of them does not name a year

    @classmethod
    def of_periods(cls, texts: Iterable[str]) -> Self:
        typed = set(texts)
        pairs = [match for text in typed if (match := PAIR.search(text))]
        thirds = [match for text in typed if (match := THIRD.search(text))]
        days = {text: days for text in typed if (days := days_meant(text))}
        return cls(
            any(_follows(pair) and int(pair["second"]) > DECEMBER for pair in pairs),
            any(not _follows(pair) and 1 <= int(pair["second"]) <= DECEMBER for pair in pairs),
            any("4" in {third["number"], third["number_last"]} for third in thirds),
            frozenset() if all(map(whole_year, days)) else frozenset().union(*days.values()),
        )

    def decide(self, text: str, parsed: str) -> str:
        """The period that a text means, which by itself is `parsed`; empty if it is in doubt."""
        if (pair := PAIR.search(text)) and _follows(pair):
            return parsed if self.names_months and not self.names_years else ""
        if third := THIRD.search(text):
            return _quarter(third) if self.names_fourth else ""
        return self._decide_day(text, parsed) if parsed and self.days else parsed

    def _decide_day(self, text: str, parsed: str) -> str:
        """The period that a day names beside others: the first of a month may stand for it."""
        day = next(iter(days_meant(text)), "")
        if not day:
            return parsed
        months = {own[5:7] for own in self.days}
        are_first = all(own.endswith("-01") for own in self.days)
        if not are_first or (len(months) > 1 and months <= FIRST_MONTHS_OF_QUARTERS):
            return ""
        return day[:7] if day[5:] == FIRST_DAY_OF_YEAR else parsed

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
