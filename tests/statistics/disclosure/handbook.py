"""Rules and formulas of the handbook that no release applies, for its published examples.

Source: Handbook on Statistical Disclosure Control (sdcTools/HandbookSDC at eef4a18), chapters 4.2
and 5. The product needs the protection that a rule asks for, and rounds tables as a whole.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction


def is_dominated(contributions: Sequence[float], n: int, k: float) -> bool:
    """The (n,k) rule: the n largest have more than k per cent of the whole."""
    return sum(sorted(contributions)[-n:]) > k / 100 * sum(contributions)


def is_estimable(contributions: Sequence[float], p: float) -> bool:
    """The p% rule: the second contributor can estimate the first to within p per cent."""
    *others, _, first = sorted(contributions)
    return sum(others) < p / 100 * first


def equivalent_k(p: float) -> float:
    """The k for which (2,k) protects the largest contributor as p% does: 100 * 100 / (100 + p)."""
    return 100 * 100 / (100 + p)


def open_interval(rounded: int, base: int) -> tuple[int, int]:
    """The interval in which an attacker can place a count that was rounded on its own."""
    return (0, base - 1) if rounded == 0 else (rounded - base + 1, rounded + base - 1)


def rounding_odds(count: int, base: int) -> dict[int, Fraction]:
    """Unbiased random rounding: the two multiples, and the probability of each."""
    below = count - count % base
    up = Fraction(count % base, base)
    return {below: 1 - up, below + base: up} if up else {count: Fraction(1)}


def cell_key(record_keys: Sequence[float]) -> float:
    """The fractional part of the sum of the keys of the records in a cell."""
    return sum(record_keys) % 1


def perturbed_count(count: int, key: float, changes: Mapping[float, int]) -> int:
    """The count changed according to its key; `changes` has the upper end of each key range."""
    return count + changes[min(end for end in changes if key <= end)]
