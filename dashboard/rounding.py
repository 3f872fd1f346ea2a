"""Round for print, so that a printed difference is that of the two values printed beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from math import floor, isclose, log10

LARGE = 100
MOST_DECIMALS = 3
DIGITS_OF_LARGEST = 400  # a float has at most 309 digits before its point
NOISE = 1e-9  # relative: less is the noise of binary numbers


def decimals_of(value: float) -> int:
    return 0 if abs(value) >= LARGE else 1


def round_for_print(value: float | Decimal, decimals: int) -> Decimal:
    """Round half to even, as the number is written; never a negative zero."""
    with localcontext(Context(prec=DIGITS_OF_LARGEST)):
        return round(Decimal(str(value)), decimals) + 0


@dataclass(frozen=True)
class Comparison:
    """A value, what it is compared with, and their difference, as they are printed together."""

    decimals: int
    value: Decimal
    other: Decimal
    is_fixed: bool = False  # as many decimals wherever the figure is printed, zeros too

    @property
    def difference(self) -> Decimal:
        return self.value - self.other

    def gap(self, exact: float) -> Decimal:
        """The difference as printed, with the sign of the gap: positive where it is better."""
        return abs(self.difference) if exact >= 0 else -abs(self.difference)


def compare(
    value: float, other: float, fewest: int | None = None, most: int = MOST_DECIMALS
) -> Comparison:
    """Round both to the fewest decimals at which their difference is rounded correctly too.

    Values that differ are not printed as equal while so many decimals can show the difference.
    """
    exact = 0.0 if isclose(value, other, rel_tol=NOISE) else value - other
    usual = max(map(decimals_of, (value, other, exact)))
    decimals = range(usual if fewest is None else fewest, most + 1)
    choices = [round_both(value, other, places) for places in decimals]
    agreeing = (choice for choice in choices if is_faithful(choice, exact))
    return next(agreeing, choices[-1])


def round_both(value: float, other: float, decimals: int, *, is_fixed: bool = False) -> Comparison:
    first, second = round_for_print(value, decimals), round_for_print(other, decimals)
    return Comparison(decimals, first, second, is_fixed)


def is_faithful(choice: Comparison, exact: float) -> bool:
    """Whether the printed difference is the exact one, rounded, and zero only if that is zero."""
    is_right = choice.difference == round_for_print(exact, choice.decimals)
    return is_right and (choice.difference != 0 or exact == 0)


def decimals_in(number: float | Decimal, decimals: int | None = None) -> int:
    """How many decimals a number needs when it is printed alone; none for a whole number."""
    places = decimals_of(float(number)) if decimals is None else decimals
    exponent = round_for_print(number, places).normalize().as_tuple().exponent
    return max(0, -int(exponent))


def decimals_of_column(
    numbers: Iterable[float],
    comparisons: Sequence[Comparison] = (),
    pairs: Sequence[tuple[float, float]] = (),
    most: int = MOST_DECIMALS,
) -> int:
    """One number of decimals for the numbers of a column, and for pairs beside their differences.

    As many as any number or comparison of a pair needs, and as let every printed difference be
    the exact one, rounded.
    """
    printed = [number for one in comparisons for number in (one.value, one.other, one.difference)]
    needed = [*map(decimals_in, numbers), *(decimals_in(number, most) for number in printed)]
    least = min(max(needed, default=0), most)
    agreeing = (
        decimals
        for decimals in range(least, most + 1)
        if all(is_faithful(round_both(*pair, decimals), pair[0] - pair[1]) for pair in pairs)
    )
    return next(agreeing, most)


def fewest_decimals(value: float, other: float) -> int:
    """The fewest decimals that show two digits of the other, and that the values differ."""
    fewest = max(0, 1 - floor(log10(other))) if other > 0 else 0
    choices = (round_both(value, other, n) for n in range(fewest, fewest + MOST_DECIMALS))
    return next((own.decimals for own in choices if own.difference), fewest)
