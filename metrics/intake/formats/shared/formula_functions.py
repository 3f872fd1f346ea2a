"""The functions of spreadsheets that are evaluated, over numbers, texts and truth values."""

import operator
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from math import floor, isfinite, prod
from statistics import median

from metrics.intake.formats.shared.formula_parser import NotEvaluatedError

Scalar = float | str | bool | None  # None: an empty cell
MOST_PLACES = 15
LARGEST_NUMBER = 1e15


class CellError(Exception):
    """The error that a formula gives, such as #DIV/0!."""


def as_number(value: Scalar) -> float:
    """A value in arithmetic; programs differ on texts, which are not evaluated."""
    if isinstance(value, str):
        raise NotEvaluatedError
    return float(value or 0)


def as_truth(value: Scalar) -> bool:
    if isinstance(value, str):
        raise NotEvaluatedError
    return bool(value)


def as_text(value: Scalar) -> str:
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return value or ""


def calculate(sign: str, left: Scalar, right: Scalar) -> Scalar:
    if sign == "&":
        return as_text(left) + as_text(right)
    if sign in COMPARED:
        return COMPARED[sign](compare(left, right), 0)
    first, second = as_number(left), as_number(right)
    if sign == "/" and second == 0:
        raise CellError("#DIV/0!")
    if sign == "^" and (abs(first) > LARGEST_NUMBER or abs(second) > MOST_PLACES or first <= 0):
        raise NotEvaluatedError
    return finite(ARITHMETIC[sign](first, second))


def finite(number: float) -> float:
    if not isfinite(number):
        raise NotEvaluatedError
    return number


ARITHMETIC: Mapping[str, Callable[[float, float], float]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
    "^": operator.pow,
}  # fmt: skip
COMPARED: Mapping[str, Callable[[int, int], bool]] = {
    "=": operator.eq, "<>": operator.ne, "<": operator.lt, ">": operator.gt, "<=": operator.le,
    ">=": operator.ge,
}  # fmt: skip


def compare(left: Scalar, right: Scalar) -> int:
    """-1, 0 or 1: numbers are before texts, and these before truth values."""
    first, second = _ranked(left, right), _ranked(right, left)
    return (first > second) - (first < second)


def _ranked(value: Scalar, beside: Scalar) -> tuple[int, float, str]:
    if value is None:  # empty: 0, an empty text or false, as the other value is
        value = "" if isinstance(beside, str) else False if isinstance(beside, bool) else 0.0
    if isinstance(value, str):
        return 1, 0, value.casefold()
    return 2 if isinstance(value, bool) else 0, float(f"{value:.15g}"), ""


def rounding_function(rounding: str) -> Callable[..., float]:
    def to_places(number: Scalar, places: Scalar = 0.0) -> float:
        value, digits = as_number(number), int(as_number(places))
        if abs(digits) > MOST_PLACES or abs(value) > LARGEST_NUMBER:
            raise NotEvaluatedError
        step = Decimal(1).scaleb(-digits)
        return float((Decimal(f"{value:.15g}") / step).quantize(Decimal(1), rounding) * step)

    return to_places


def remainder(number: Scalar, divisor: Scalar) -> float:
    if as_number(divisor) == 0:
        raise CellError("#DIV/0!")
    return as_number(number) % as_number(divisor)


def position_of_text(part: Scalar, text: Scalar) -> float:
    wanted = as_text(part).casefold()
    if any(sign in wanted for sign in "*?~"):
        raise NotEvaluatedError
    found = as_text(text).casefold().find(wanted)
    if found < 0:
        raise CellError("#VALUE!")
    return found + 1.0


def length_of_part(number: Scalar) -> int:
    count = int(as_number(number))
    if count < 0:
        raise CellError("#VALUE!")
    return count


def end_of_text(text: Scalar, number: Scalar = 1.0) -> str:
    count = length_of_part(number)
    return as_text(text)[-count:] if count else ""


def not_available() -> Scalar:
    raise CellError("#N/A")


# Of single values; a range in their place is not evaluated.
OF_VALUES: Mapping[str, Callable[..., Scalar]] = {
    "ABS": lambda number: abs(as_number(number)),
    "INT": lambda number: float(floor(finite(as_number(number)))),
    "MOD": remainder,
    "SIGN": lambda number: float(compare(as_number(number), 0.0)),
    "ROUND": rounding_function(ROUND_HALF_UP),
    "ROUNDUP": rounding_function(ROUND_UP),
    "ROUNDDOWN": rounding_function(ROUND_DOWN),
    "TRUNC": rounding_function(ROUND_DOWN),
    "NOT": lambda value: not as_truth(value),
    "TRUE": lambda: True,
    "FALSE": lambda: False,
    "NA": not_available,
    "ISBLANK": lambda value: value is None,
    "ISNUMBER": lambda value: isinstance(value, float),
    "ISTEXT": lambda value: isinstance(value, str),
    "LEN": lambda text: float(len(as_text(text))),
    "TRIM": lambda text: " ".join(as_text(text).split(" ")).strip(),
    "LEFT": lambda text, number=1.0: as_text(text)[: length_of_part(number)],
    "RIGHT": end_of_text,
    "SEARCH": position_of_text,
    "EXACT": lambda left, right: as_text(left) == as_text(right),
}


def mean(numbers: Sequence[float]) -> float:
    if not numbers:
        raise CellError("#DIV/0!")
    return sum(numbers) / len(numbers)


def middle(numbers: Sequence[float]) -> float:
    if not numbers:
        raise CellError("#NUM!")
    return median(numbers)


# Of all numbers in cells and ranges, where texts and truth values count as nothing.
OF_NUMBERS: Mapping[str, Callable[[Sequence[float]], float]] = {
    "SUM": lambda numbers: float(sum(numbers)),
    "PRODUCT": lambda numbers: float(prod(numbers)) if numbers else 0.0,
    "MAX": lambda numbers: max(numbers, default=0.0),
    "MIN": lambda numbers: min(numbers, default=0.0),
    "AVERAGE": mean,
    "MEDIAN": middle,
    "COUNT": lambda numbers: float(len(numbers)),
}
