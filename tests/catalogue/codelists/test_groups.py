"""Who belonged to a group when."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.catalogue.codelists import codelist, member_states
from metrics.catalogue.codelists.groups import (
    AreaGroup,
    Member,
    fixed_group,
    groups,
    last_day,
    union,
)
from metrics.core.period import ReferencePeriod
from metrics.core.tables import EU

YEARS = st.builds(ReferencePeriod, st.integers(1995, 2060))


def at(period: str, group: str = "EU28") -> tuple[str, ...]:
    return groups()[group].at(ReferencePeriod.parse(period))


@pytest.mark.parametrize(
    ("period", "day"),
    [
        ("2024", "2024-12-31"), ("2024-Q1", "2024-03-31"), ("2024-02", "2024-02-29"),
        ("2023-02", "2023-02-28"), ("2023-S1", "2023-06-30"), ("2024-07/P12M", "2025-06-30"),
        ("2024-12", "2024-12-31"), ("2023-01/P8M", "2023-08-31"),
    ],
)  # fmt: skip
def test_the_last_day_of_a_period(period: str, day: str) -> None:
    assert last_day(ReferencePeriod.parse(period)) == date.fromisoformat(day)


@given(st.integers(1950, 2090), st.integers(1, 12), st.integers(1, 36))
def test_the_day_after_a_period_begins_the_next(year: int, month: int, months: int) -> None:
    ends = last_day(ReferencePeriod(year, month, months))

    begins = date.fromordinal(ends.toordinal() + 1)
    assert (begins.year - year) * 12 + begins.month - month == months
    assert begins.day == 1


@pytest.mark.parametrize(
    ("area", "period", "belongs"),
    [
        ("HR", "2013-06", False), ("HR", "2013-07", True), ("HR", "2013", True),
        ("GB", "2019", True), ("GB", "2020-01", True), ("GB", "2020-02", False),
        ("GB", "2020", False),
    ],
)  # fmt: skip
def test_membership_is_that_at_the_end_of_the_period(area: str, period: str, belongs: bool) -> None:
    assert (area in at(period)) is belongs


@given(YEARS)
def test_the_union_is_the_same_27_at_all_times(period: ReferencePeriod) -> None:
    assert union().at(period) == member_states()


def test_the_union_is_an_area_and_its_members_are_too() -> None:
    assert {EU, *member_states()} <= {*codelist("area")}
    assert union() == groups()[EU]


@pytest.mark.parametrize("code", groups())
def test_nobody_is_in_a_group_twice(code: str) -> None:
    areas = [member.area for member in groups()[code].members]

    assert len(areas) == len({*areas})


@given(st.lists(st.sampled_from(member_states()), unique=True), YEARS)
def test_a_group_of_ones_own_is_the_same_at_all_times(
    areas: list[str], period: ReferencePeriod
) -> None:
    assert fixed_group("X", areas).at(period) == tuple(areas)


@given(YEARS, st.dates(date(1990, 1, 1), date(2060, 1, 1)))
def test_a_member_comes_in_once_and_stays_until_it_leaves(
    period: ReferencePeriod, since: date
) -> None:
    later = ReferencePeriod(period.year + 1)
    group = AreaGroup("X", (Member("FI", since),))

    assert {*group.at(period)} <= {*group.at(later)}
