"""Properties of units: whether a unit counts something, has fractions, how large it may be."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from metrics.core.discover import read_csv

PER_CENT = "PC"
POINTS = "POINTS"
LARGEST_COUNT = 1e12  # of units without a largest value of their own


@dataclass(frozen=True)
class Unit:
    """Properties of a unit, from its row in `unit.csv`; an empty cell means a plain count.

    A value above `largest` is treated as a typing mistake, or as a number in another unit: more
    persons than live in the Union, more hours than a takedown can last.
    """

    is_count: bool
    is_divisible: bool
    largest: float
    has_growth: bool  # an age has none: it rises by a year in every year
    factor: float  # how many single ones a value of 1 is: a million of million items


@cache
def units() -> Mapping[str, Unit]:
    """Each unit by its code."""
    return {
        row["code"]: Unit(
            is_count=row["is_count"] != "no",
            is_divisible=row["is_divisible"] == "yes",
            largest=float(row["largest"] or LARGEST_COUNT),
            has_growth=row["has_growth"] != "no",
            factor=float(row["factor"] or 1),
        )
        for row in read_csv(__package__, "unit.csv")
    }


@cache
def growing_units() -> frozenset[str]:
    return frozenset(code for code, unit in units().items() if unit.has_growth)


@cache
def divisible_units() -> frozenset[str]:
    return frozenset(code for code, unit in units().items() if unit.is_divisible)


@cache
def largest_values() -> Mapping[str, float]:
    return {code: unit.largest for code, unit in units().items()}


def factor_of_unit(unit: str) -> float:
    """The factor of a unit, 1 of an unknown one."""
    return units()[unit].factor if unit in units() else 1


@cache
def counting_units() -> frozenset[str]:
    return frozenset(code for code, unit in units().items() if unit.is_count)


def unit_of_difference(unit: str) -> str:
    """The unit of a difference between two values: percentages differ by percentage points."""
    return POINTS if unit == PER_CENT else unit
