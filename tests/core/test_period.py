"""Reference periods: every way to write one, and what is no period."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.core.period import ReferencePeriod, parse_periods

PERIODS = st.builds(
    ReferencePeriod,
    year=st.integers(1900, 2099),
    first_month=st.integers(1, 12),
    months=st.integers(1, 99),
)


@pytest.mark.parametrize(
    ("typed", "period", "written"),
    [
        ("2024", (2024, 1, 12), "2024"),
        (2024, (2024, 1, 12), "2024"),
        (2024.0, (2024, 1, 12), "2024"),
        ("2024-A1", (2024, 1, 12), "2024"),
        ("2024A1", (2024, 1, 12), "2024"),
        (" 2024 ", (2024, 1, 12), "2024"),
        ("2024-S2", (2024, 7, 6), "2024-S2"),
        ("2024-s2", (2024, 7, 6), "2024-S2"),
        ("2024Q3", (2024, 7, 3), "2024-Q3"),
        ("2024-T2", (2024, 5, 4), "2024-05/P4M"),
        ("2024-03", (2024, 3, 1), "2024-03"),
        ("2024-M03", (2024, 3, 1), "2024-03"),
        ("2024-M3", (2024, 3, 1), "2024-03"),
        ("2023-01/P8M", (2023, 1, 8), "2023-01/P8M"),
        ("2024-07/P6M", (2024, 7, 6), "2024-S2"),
        ("2024-01/P12M", (2024, 1, 12), "2024"),
    ],
)
def test_a_period_is_read_and_written(
    typed: object, period: tuple[int, int, int], written: str
) -> None:
    found = ReferencePeriod.parse(typed)

    assert found == ReferencePeriod(*period)
    assert str(found) == written


@pytest.mark.parametrize(
    "typed",
    ["", "24", "1824", "2124", "2024-Q5", "2024-S0", "2024-T4", "2024-13", "2024-00", "2024-3",
     "2024-M13", "2024/25", "2024-01-31", "2024-01/P0M", "FY2024", None, 20.24],
)  # fmt: skip
def test_what_is_no_period_is_refused(typed: object) -> None:
    with pytest.raises(ValueError, match=r"is not a reference period|does not exist|is no period"):
        ReferencePeriod.parse(typed)


@given(PERIODS)
def test_what_is_written_is_read_back(period: ReferencePeriod) -> None:
    assert ReferencePeriod.parse(str(period)) == period


@given(PERIODS)
def test_the_midpoint_lies_within_the_period(period: ReferencePeriod) -> None:
    begin = period.year + (period.first_month - 1) / 12

    assert begin < period.midpoint < period.end


@given(PERIODS, PERIODS)
def test_the_way_there_and_back_is_nothing(one: ReferencePeriod, other: ReferencePeriod) -> None:
    assert one.years_until(other) == pytest.approx(-other.years_until(one))


@given(PERIODS)
def test_the_year_before_is_one_year_earlier_and_as_long(period: ReferencePeriod) -> None:
    assert period.year_before.years_until(period) == pytest.approx(1)
    assert period.year_before.months == period.months


@pytest.mark.parametrize(
    ("typed", "midpoint", "end"),
    [
        ("2024", 2024.5, 2025),
        ("2024-S1", 2024.25, 2024.5),
        ("2023-01/P8M", 2023 + 1 / 3, 2023 + 2 / 3),
    ],
)
def test_where_a_period_lies_on_the_axis(typed: str, midpoint: float, end: float) -> None:
    period = ReferencePeriod.parse(typed)

    assert (period.midpoint, period.end) == pytest.approx((midpoint, end))


@pytest.mark.parametrize(
    ("typed", "full"), [("2024", True), ("2024-S1", False), ("2024-07/P12M", False)]
)
def test_only_a_calendar_year_is_a_full_year(typed: str, full: bool) -> None:
    assert ReferencePeriod.parse(typed).is_full_year is full


def test_periods_stand_in_time() -> None:
    typed = ["2024-Q2", "2023", "2024", "2024-Q1"]

    assert [str(period) for period in sorted(map(ReferencePeriod.parse, typed))] == [
        "2023", "2024-Q1", "2024", "2024-Q2",
    ]  # fmt: skip


@given(PERIODS, st.sampled_from([1, 3, 4, 6, 12]))
def test_the_parts_of_a_period_follow_one_another_without_a_gap(
    period: ReferencePeriod, months: int
) -> None:
    parts = [*period.parts(months)]

    assert (parts[0].year, parts[0].first_month) == (period.year, period.first_month)
    assert all(one.end == pytest.approx(other.end - months / 12) for one, other in pairwise(parts))
    assert 0 <= parts[-1].end - period.end + 1e-9 < months / 12


@pytest.mark.parametrize(
    ("period", "written"),
    [((2024, 1, 3), "2024-Q1"), ((2024, 2, 3), "2024-02/P3M"), ((2024, 10, 6), "2024-10/P6M")],
)
def test_only_a_calendar_quarter_is_a_quarter(period: tuple[int, int, int], written: str) -> None:
    assert str(ReferencePeriod(*period)) == written


@pytest.mark.parametrize("period", [(2024, 0, 1), (2024, 13, 1), (2024, 1, 0)])
def test_what_lies_outside_a_calendar_is_no_period(period: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="is no period"):
        ReferencePeriod(*period)


def test_each_text_of_a_column_is_parsed_once_and_in_its_order() -> None:
    found = parse_periods(["2024", "2023-Q1", "2024"])

    assert [*found.items()] == [
        ("2024", ReferencePeriod(2024)),
        ("2023-Q1", ReferencePeriod(2023, 1, 3)),
    ]


def test_a_column_with_a_text_that_is_no_period_is_refused() -> None:
    with pytest.raises(ValueError, match="“2024-X” is not a reference period"):
        parse_periods(["2024", "2024-X"])
