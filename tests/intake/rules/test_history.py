"""A value is compared with what its own series leads to expect, however short the series."""

import pytest

from metrics.intake.findings import ValidationContext
from metrics.intake.rules import rules
from metrics.intake.validate import validate
from tests.intake.rules.broken import AA
from tests.tables import case, indicator, observations

STEADY = (1000, 1040, 990, 1030)
RULES = ("outlier_in_history", "large_change", "unexpected_zero")


def series(values: tuple[object, ...], first: int) -> str:
    rows = [f"AA | {first + number} | {value}" for number, value in enumerate(values)]
    return "\n".join(["indicator | period | value", *rows])


def held(*values: object, now: object) -> ValidationContext:
    """Yearly values that end in 2023, and the one of 2024."""
    earlier = observations(series(values, 2024 - len(values)))
    return case(f"indicator | value\nAA | {now}", indicator("AA"), history=earlier)


def asked(whole: ValidationContext) -> list[str]:
    return [name for name in RULES if len(rules()[name].offends(whole))]


def test_a_figure_without_its_period_is_compared_with_nothing() -> None:
    """The rule `period_missing` asks for it."""
    whole = case(
        "indicator | period | value\nAA | | 9\nAA | 2024 | 1700", indicator("AA"),
        history=observations(series(STEADY, 2020)),
    )  # fmt: skip

    assert [found.cell for found in validate(whole) if found.rule in RULES] == ["F6"]


@pytest.mark.parametrize(
    ("values", "now", "rule"),
    [
        (STEADY, 1070, ""),
        (STEADY, 1400, ""),  # not half more than expected
        (STEADY, 1700, "outlier_in_history"),
        (STEADY, 600, "outlier_in_history"),
        (STEADY, 10_300, "outlier_in_history"),  # a digit too many
        ((100, 100, 100, 100), 120, ""),  # a constant series has no spread at all
        ((100, 100, 100, 100), 300, "outlier_in_history"),
        ((100, 200, 400, 800), 1600, ""),  # what always doubles may double
        ((100, 200, 400, 800), 790, "outlier_in_history"),  # and is asked when it stands still
        ((1000, 1350, 1492, 1350), 3900, ""),  # three changes are too few to know the spread well
        ((1000, 1350, 1492, 1350), 15_000, "outlier_in_history"),
        # However much a series varies, three times all of it is questioned.
        ((400, 4100, 390, 5200, 610), 15_000, ""),
        ((400, 4100, 390, 5200, 610), 61_000, "outlier_in_history"),
        ((400, 4100, 390, 5200, 610), 120, "outlier_in_history"),
        ((400, 4100, 390, 5200, 610), 200, ""),
        ((4, 1, 5, 2), 14, ""),  # of so few, threefold may be chance
        ((10, 10, 10, 10), 24, ""),  # of ten cases so many more come by chance
        ((10, 10, 10, 10), 60, "outlier_in_history"),
        ((0, 0, 0, 0), 9, ""),
        ((0, 0, 0, 0), 10, "unexpected_zero"),
        ((0, 5, 0, 40), 44, ""),
        ((1000, 1040, 990), 1700, ""),  # too few to know what is usual
        ((1000, 1040, 990), 3100, "large_change"),
        ((4,), 13, ""),  # more than threefold, and still chance
        ((40,), 130, "large_change"),
        ((40,), 0, "unexpected_zero"),
        ((40,), "", ""),
        (("", "", "", ""), 500, ""),
    ],
)
def test_what_is_asked_about(values: tuple[object, ...], now: object, rule: str) -> None:
    assert asked(held(*values, now=now)) == ([rule] if rule else [])


@pytest.mark.parametrize("values", [(1000, 1040, 990, 1030, 3000), (1000, 1040, 990, 1030, 300)])
def test_after_one_odd_year_the_return_is_not_asked_about(values: tuple[int, ...]) -> None:
    assert asked(held(*values, now=1020)) == []


def test_a_change_is_counted_by_the_years_that_passed() -> None:
    later = observations(series((100, 110, 121, 133), 2011))
    tenfold = case("indicator | value\nAA | 400", indicator("AA"), history=later)

    assert asked(tenfold) == []  # 10 % a year for ten years come to 345


def test_between_values_many_years_apart_a_large_factor_is_usual() -> None:
    earlier = observations("indicator | period | value\nAA | 2014 | 100")

    assert asked(case("indicator | value\nAA | 900", indicator("AA"), history=earlier)) == []


def test_the_usual_change_is_said_beside_the_present_one() -> None:
    (said,) = rules()["outlier_in_history"].offends(held(*STEADY, now=310)).to_dict("records")

    assert (said["was"], said["change"], said["usual"]) == ("1030", "-70 %", "+4 %")


def test_where_a_total_is_asked_about_its_parts_are_not() -> None:
    drawn = "indicator | sex | period | value\nAA | _T | {0} | {1}\nAA | F | {0} | {1}"
    earlier = observations(drawn.format(2023, 100))
    whole = case(drawn.format(2024, 900), AA, history=earlier)

    assert [finding.cell for finding in validate(whole) if finding.rule == "large_change"] == ["F5"]


def test_a_part_that_is_odd_by_itself_is_asked_about() -> None:
    drawn = "indicator | sex | period | value\nAA | _T | {0} | 1000\nAA | F | {0} | {1}"
    whole = case(drawn.format(2024, 900), AA, history=observations(drawn.format(2023, 90)))

    assert [finding.cell for finding in validate(whole) if finding.rule == "large_change"] == ["F6"]
