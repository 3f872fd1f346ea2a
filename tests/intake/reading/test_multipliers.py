"""Numbers with a factor are read where the row counts in it, and asked about elsewhere."""

from math import nan

import pytest

from tests.sheets import figures, odd, read


@pytest.mark.parametrize(
    ("indicator", "typed", "read_as"),
    [
        ("DATA_VOLUME_EXAMINED", "1,2 mio", ("number", 1.2, "1.2")),
        ("DATA_VOLUME_EXAMINED", "1.2 million items", ("number", 1.2, "1.2")),
        ("DATA_VOLUME_EXAMINED", "2 mrd", ("multiplied", nan, "2000")),
        ("DATA_VOLUME_EXAMINED", "1.234 milj.", ("multiplied", nan, "")),
        ("PEOPLE_REACHED", "1,2 млн.", ("multiplied", nan, "1200000")),
        ("PEOPLE_REACHED", "3 tys.", ("multiplied", nan, "3000")),
        ("PEOPLE_REACHED", "1,2 mil.", ("multiplied", nan, "")),
        ("PEOPLE_REACHED", "noin 1,2 milj.", ("estimate", nan, "1200000")),
    ],
)
def test_a_factor_is_applied_only_where_the_row_counts_in_it(
    indicator: str, typed: str, read_as: tuple[str, float, str]
) -> None:
    reading = read(f"Indicator|Value\n{indicator}|'{typed}")

    ((form, value, understood),) = figures(reading, "form", "value", "understood")
    assert (form, understood) == read_as[::2]
    assert value == pytest.approx(read_as[1], nan_ok=True)


@pytest.mark.parametrize(
    ("unit", "rules"), [("million", []), ("млн.", []), ("millions of items", []), ("millions of euros", ["unit_differs"]),
      ("mrd", ["unit_differs"]), ("1000", ["unit_differs"])]
)  # fmt: skip
def test_the_unit_beside_a_value_may_be_its_factor_alone(unit: str, rules: list[str]) -> None:
    reading = read(f"Indicator|Unit|Value\nDATA_VOLUME_EXAMINED|{unit}|1.2")

    assert [rule for (rule,) in odd(reading)] == rules
