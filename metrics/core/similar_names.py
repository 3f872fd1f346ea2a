"""Suggest the known name, or year, that was probably meant by an unknown one."""

from collections.abc import Iterable
from difflib import get_close_matches

# By difflib's ratio: `spania` is a slip for `spain` (0.73), `percent` is none for `events` (0.62).
LEAST_SIMILARITY = 0.7


MOST_YEARS_APART = 3


def nearest_name(typed: str, names: Iterable[str], least: float = LEAST_SIMILARITY) -> str:
    """The most similar name; empty if none is so similar that it can have been meant.

    Of a year the nearest one: `2020` for `2019`, which looks more like `2021`.
    """
    known = [*names]
    if is_year(typed) and all(map(is_year, known)):
        return nearest_year(typed, known)
    return next(iter(get_close_matches(typed, known, n=1, cutoff=least)), "")


def nearest_year(typed: str, years: Iterable[str]) -> str:
    near = {year: abs(int(year) - int(typed)) for year in years}
    found = (year for year, apart in near.items() if apart <= MOST_YEARS_APART)
    return min(found, key=near.__getitem__, default="")


def is_year(text: str) -> bool:
    return len(text) == len("2026") and text.isdecimal()
