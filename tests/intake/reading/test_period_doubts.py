"""Periods that can be read in two ways are asked, unless the table decides them."""

import pytest

from tests.sheets import figures, odd, read

MANY = {"collection": "published-figures", "round": "2026"}


def periods(*typed: str) -> tuple[list[object], list[tuple[object, ...]]]:
    rows = "\n".join(
        f"CYBERTIPLINE_REPORTS|IE|'{text}|{number}" for number, text in enumerate(typed)
    )
    reading = read(f"Indicator|Area|Period|Value\n{rows}", asked=MANY)
    return [period for (period,) in figures(reading, "period")], odd(reading, "typed", "understood")


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("2011-12", "2011-12 / 2011–2012"),
        ("2008/09", "2008-09 / 2008–2009"),
        ("T1 2024", "2024-Q1 / 2024-01/P4M"),
        ("2024-T3", "2024-Q3 / 2024-09/P4M"),
    ],
)
def test_a_period_with_two_meanings_is_asked(typed: str, understood: str) -> None:
    assert periods(typed) == ([""], [("period_ambiguous", typed, understood)])


def test_a_pair_of_years_makes_pairs_of_all() -> None:
    """2012-13 is no month, so 2011-12 is none."""
    read_as, issues = periods("2011-12", "2012-13")

    assert read_as == ["", ""]
    assert {rule for rule, *_ in issues} == {"period_not_understood"}


def test_a_month_makes_months_of_all() -> None:
    assert periods("2011-12", "2011-11") == (["2011-12", "2011-11"], [])


def test_a_fourth_makes_quarters_of_all() -> None:
    read_as, issues = periods("T1 2024", "T2 2024", "T3 2024", "T4 2024")

    assert read_as == ["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"]
    assert issues == []


@pytest.mark.parametrize("typed", ["2011", "2011-Q4", "2011-11", "2011-11/P2M", "2011-S2"])
def test_other_periods_are_in_no_doubt(typed: str) -> None:
    assert periods(typed) == ([typed], [])


def test_headings_are_in_doubt_like_cells() -> None:
    reading = read("Indicator|Area|T1 2024|T2 2024\nCYBERTIPLINE_REPORTS|FR|5|4", asked=MANY)
    assert odd(reading, "cell") == [("period_ambiguous", "C1"), ("period_ambiguous", "D1")]


def test_an_empty_period_is_missing_and_is_not_called_unknown() -> None:
    reading = read("Indicator|Area|Period|Value\nCYBERTIPLINE_REPORTS|FR||5", asked=MANY)
    assert odd(reading, "cell") == [("period_missing", "D2")]
