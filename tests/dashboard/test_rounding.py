"""Two values and their difference agree as they are printed."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.rounding import MOST_DECIMALS, compare, round_for_print
from dashboard.texts import texts
from metrics.messages import languages

COUNTS = st.integers(0, 10**7).map(float)
MEASURED = st.floats(-1e6, 1e6, allow_nan=False, allow_infinity=False)
VALUES = st.one_of(COUNTS, MEASURED)


def parsed(printed: str) -> Decimal:
    """What a reader of English understands, without the unit."""
    return Decimal(
        re.sub(r"[^\d.−]", "", printed.split("\N{NO-BREAK SPACE}", maxsplit=1)[0]).replace("−", "-")
    )


@given(VALUES, VALUES)
def test_printed_values_differ_by_the_printed_difference(value: float, other: float) -> None:
    text, found = texts("en"), compare(value, other)

    printed = [
        text.quantity(number, "HOURS", found.decimals) for number in (found.value, found.other)
    ]
    difference = text.difference(found.difference, "HOURS", found.decimals)

    assert parsed(printed[0]) - parsed(printed[1]) == parsed(difference)


@given(COUNTS, COUNTS)
def test_counts_differ_exactly(value: float, other: float) -> None:
    found = compare(value, other)

    assert found.decimals <= 1
    assert found.difference == Decimal(int(value)) - Decimal(int(other))


@given(VALUES, VALUES)
def test_a_difference_is_rounded_by_less_than_its_last_decimal(value: float, other: float) -> None:
    found = compare(value, other)

    assert abs(float(found.difference) - (value - other)) <= 10**-found.decimals + 1e-6


@pytest.mark.parametrize(
    ("value", "other", "printed"),
    [
        (63.64, 63.35, ("63.64", "63.35", "0.29")),  # 63.6, 63.4 and 0.3 contradict one another
        (63.6, 63.3, ("63.6", "63.3", "0.3")),
        (144.5, 144.1, ("144.5", "144.1", "0.4")),
        (110.0, 110.0, ("110.0", "110.0", "0.0")),
        (0.1 + 0.2, 0.3, ("0.3", "0.3", "0.0")),
        (63.31, 63.3, ("63.31", "63.30", "0.01")),
        (4846.0, 5209.7, ("4846", "5210", "-364")),
    ],
)
def test_values_have_the_decimals_that_make_the_difference_agree(
    value: float, other: float, printed: tuple[str, str, str]
) -> None:
    found = compare(value, other)

    assert tuple(map(str, (found.value, found.other, found.difference)))[:2] == tuple(
        str(Decimal(number)) for number in printed[:2]
    )
    assert found.difference == Decimal(printed[2])


@pytest.mark.parametrize(("exact", "printed"), [(15.346, "15.34"), (-15.346, "-15.34")])
def test_a_gap_is_the_difference_of_the_printed_figures(exact: float, printed: str) -> None:
    """79.472 − 64.126 = 15.346, which a share of two decimals cannot show beside both."""
    found = compare(79.472, 64.126, most=2)

    assert found.gap(exact) == Decimal(printed)


@given(VALUES, st.integers(0, MOST_DECIMALS))
def test_nothing_is_printed_as_minus_zero(value: float, decimals: int) -> None:
    rounded = round_for_print(value, decimals)

    assert not (rounded == 0 and rounded.is_signed())
    assert {texts(language).signed(-0.04, 1) for language in languages()} == {"0"}
