"""Tables that are too long for a slide, in parts of about the same length."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

R = TypeVar("R")


def in_equal_parts(rows: Sequence[R], most: int) -> list[Sequence[R]]:
    number = -(-len(rows) // most)
    ends = [round(len(rows) * part / number) for part in range(number + 1)] if number else []
    return [rows[start:end] for start, end in pairwise(ends)]
