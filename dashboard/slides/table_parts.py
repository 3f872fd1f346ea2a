"""Tables that are too long for a slide, in parts of about the same length."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypeVar

R = TypeVar("R")


def in_equal_parts(rows: Sequence[R], most: int) -> list[Sequence[R]]:
    number = -(-len(rows) // most)
    ends = [round(len(rows) * part / number) for part in range(number + 1)] if number else []
    return [rows[start:end] for start, end in pairwise(ends)]


def in_parts_that_fit(
    rows: Sequence[R], most: int, fits: Callable[[Sequence[R]], bool]
) -> list[Sequence[R]]:
    """As few parts as have room for their rows, which are measured; a row is never divided."""
    divisions = (in_equal_parts(rows, number) for number in range(most, 0, -1))
    return next((parts for parts in divisions if all(map(fits, parts))), in_equal_parts(rows, 1))
