"""Reference periods: the time that a value is about, never the day it was sent."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

DIFFERENT_TEXTS = 4096  # more than any release names; each is parsed once
MONTHS_IN = {"S": 6, "T": 4, "Q": 3, "M": 1}

# SDMX reporting periods (2024-S1, 2024-Q3, 2024-M03), calendar months (2024-03), and time ranges
# (2024-01/P8M) for figures that cover only a part of the year.
PERIOD = re.compile(
    r"(?P<year>(19|20)\d{2})"
    r"(-?(?P<part>[STQM])(?P<number>\d{1,2})|-(?P<month>\d{2})(/P(?P<length>\d{1,2})M)?|-?A1)?"
)


@dataclass(frozen=True, order=True)
class ReferencePeriod:
    """A year, a half-year, a quarter, a month, or a run of months: 2024, 2024-Q1, 2024-01/P8M."""

    year: int
    first_month: int = 1
    months: int = 12

    def __post_init__(self) -> None:
        if not (1 <= self.first_month <= 12 and self.months >= 1):  # noqa: PLR2004
            raise ValueError(f"{self.year}-{self.first_month:02}/P{self.months}M is no period")

    @classmethod
    def parse(cls, typed: object) -> Self:
        return cls._parse(str(typed).strip().removesuffix(".0").upper())

    @classmethod
    @lru_cache(maxsize=DIFFERENT_TEXTS)
    def _parse(cls, text: str) -> Self:
        match = PERIOD.fullmatch(text)
        if match is None:
            raise ValueError(f"“{text}” is not a reference period; write 2024, 2024-Q1 or 2024-03")
        year = int(match["year"])
        if match["part"]:
            return cls._part(year, match["part"], int(match["number"]))
        if match["month"]:
            return cls(year, int(match["month"]), int(match["length"] or 1))
        return cls(year)

    @classmethod
    def _part(cls, year: int, part: str, number: int) -> Self:
        months = MONTHS_IN[part]
        if not 1 <= number <= 12 // months:
            raise ValueError(f"{year}-{part}{number} does not exist; {part} runs to {12 // months}")
        return cls(year, months * (number - 1) + 1, months)

    def __str__(self) -> str:
        if self.is_full_year:
            return str(self.year)
        if self.months in {6, 3} and (self.first_month - 1) % self.months == 0:
            letter = {6: "S", 3: "Q"}[self.months]
            return f"{self.year}-{letter}{(self.first_month - 1) // self.months + 1}"
        month = f"{self.year}-{self.first_month:02}"
        return month if self.months == 1 else f"{month}/P{self.months}M"

    @property
    def is_full_year(self) -> bool:
        return self.first_month == 1 and self.months == 12  # noqa: PLR2004

    @property
    def midpoint(self) -> float:
        """The middle of the period on a time axis in years."""
        return self.year + (self.first_month - 1 + self.months / 2) / 12

    @property
    def end(self) -> float:
        """The end of the period on a time axis in years: the time of a stock."""
        return self.year + (self.first_month - 1 + self.months) / 12

    @property
    def year_before(self) -> Self:
        return type(self)(self.year - 1, self.first_month, self.months)

    @property
    def year_after(self) -> Self:
        return type(self)(self.year + 1, self.first_month, self.months)

    @property
    def just_before(self) -> Self:
        """The period of the same length that ends where this one begins."""
        month = 12 * self.year + self.first_month - 1 - self.months
        return type(self)(month // 12, month % 12 + 1, self.months)

    def begins_before(self, other: Self) -> bool:
        return (self.year, self.first_month) < (other.year, other.first_month)

    def parts(self, months: int) -> Iterator[Self]:
        """Split the period into consecutive periods of so many months."""
        first = 12 * self.year + self.first_month - 1
        for month in range(first, first + self.months, months):
            yield type(self)(month // 12, month % 12 + 1, months)

    def years_until(self, other: Self) -> float:
        return other.midpoint - self.midpoint


def parse_periods(texts: Iterable[str]) -> dict[str, ReferencePeriod]:
    """Parse each different text of a column once: thousands of rows name a few periods."""
    return {text: ReferencePeriod.parse(text) for text in dict.fromkeys(texts)}
