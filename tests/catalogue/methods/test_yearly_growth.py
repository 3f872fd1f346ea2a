"""At least 10 % yearly, read each year and along the compounded path."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.catalogue.methods import methods
from metrics.catalogue.methods.yearly_growth import growth_per_year, months_late, required_value
from metrics.core.verdicts import Status
from tests.drawn_series import CZECH_SUSPECTS, DOWN, GROWTH, assess, line, target

METHOD = "yearly_growth"


@pytest.mark.parametrize(
    ("drawn", "status", "category"),
    [
        ("2020 100 | 2021 110", Status.ON_TRACK, "on_path"),  # exactly 10 %, also in floats
        ("2020 100 | 2021 110 | 2022 121", Status.ON_TRACK, "on_path"),
        ("2020 100 | 2021 109", Status.BEHIND, "off_path"),
        ("2020 100 | 2021 100", Status.BEHIND, "off_path"),
        ("2020 100 | 2021 99", Status.MOVING_AWAY, "worse_than_baseline"),
        ("2020 100 | 2021 150 | 2022 149", Status.ON_TRACK, "on_path"),  # ahead since 2021
        ("2020 100 | 2021 0", Status.MOVING_AWAY, "worse_than_baseline"),
    ],
)
def test_the_compounded_path_decides(drawn: str, status: Status, category: str) -> None:
    verdict = assess(METHOD, drawn, GROWTH)

    assert (verdict.status, verdict.category) == (status, category)


def test_czech_suspects_by_hand() -> None:
    """96 × 1.1^8 = 205.78; 306 is 100.22 more; ln(306/96)/ln 1.1 = 12.163 years of growth."""
    verdict = assess(METHOD, CZECH_SUSPECTS, GROWTH)

    assert verdict.status is Status.ON_TRACK
    assert verdict.expected_value == pytest.approx(205.7845, abs=1e-4)
    assert verdict.gap == pytest.approx(100.2155, abs=1e-4)
    assert verdict.months_late == pytest.approx(-49.95, abs=0.01)


def test_czech_suspects_each_year() -> None:
    verdict = assess(METHOD, CZECH_SUSPECTS, GROWTH)

    growths = [step.value for step in verdict.arithmetic if "growth_a_year_in" in step.key]
    assert growths == pytest.approx(
        [87.5, 19.44, -34.88, 3.57, 45.52, -28.44, 68.87, 20.0], abs=0.01
    )
    assert (line(verdict, "years_met"), line(verdict, "years_missed")) == (5, 3)


def test_shortfall_in_units_and_months() -> None:
    verdict = assess(METHOD, "2020 100 | 2021 105 | 2022 110", GROWTH)

    assert verdict.gap == pytest.approx(110 - 121)
    assert verdict.months_late == pytest.approx(12.0)
    assert line(verdict, "value_less_path_added_up_over_the_observed_periods") == pytest.approx(-16)


def test_months_late_begin_with_the_path() -> None:
    """A value below the baseline was never passed by the path: late by all the time there was."""
    assert assess(METHOD, "2020 100 | 2022 40", GROWTH).months_late == 24


@pytest.mark.parametrize(
    ("drawn", "status"),
    [
        ("2020 100 | 2021 90", Status.ON_TRACK),
        ("2020 100 | 2021 95", Status.BEHIND),
        ("2020 100 | 2021 101", Status.MOVING_AWAY),
    ],
)
def test_a_falling_target(drawn: str, status: Status) -> None:
    falling = target("growth_per_year", percent=-10)

    assert assess(METHOD, drawn, falling, DOWN).status is status


def test_gap_is_positive_where_a_falling_target_is_beaten() -> None:
    verdict = assess(METHOD, "2020 100 | 2021 80", target("growth_per_year", percent=-10), DOWN)

    assert verdict.gap == pytest.approx(10)


@pytest.mark.parametrize(
    ("drawn", "reason"),
    [
        ("2020 0 | 2021 50", "zero_baseline"),
        ("2020 -5 | 2021 50", "negative_value"),
        ("2020 50 | 2021 -5 | 2022 60", "negative_value"),
        ("2020 2 | 2021 4", "small_base"),
        ("2020 9 | 2021 40", "small_base"),
        ("2020 50", "too_few_points"),
        ("2020 50 | 2021 60 B", "break_in_series"),
        ("2020 50 | 2021 : B | 2022 60", "break_in_series"),
        ("2020 : O | 2021 : O", "missing"),
        ("2020 : M | 2021 : M", "not_applicable"),
        ("2020 50 | 2021 : Q", "suppressed"),
        ("2020 50 | 2021 60 Q", "suppressed"),
        ("2024 50 | 2025-01/P8M 60", "partial_year"),
        ("2020 50 | 2020 60 | 2021 70", "two_values"),
    ],
)
def test_says_why_there_is_no_verdict(drawn: str, reason: str) -> None:
    verdict = assess(METHOD, drawn, GROWTH)

    assert (verdict.status, verdict.reason) == (Status.NOT_ASSESSED, reason)


def test_no_growth_of_a_year_is_printed_on_fewer_than_ten_cases() -> None:
    """From 5 to 60 is 1,100 %, and of no meaning; the path from 50 decides."""
    verdict = assess("yearly_growth", "2020 50 | 2021 5 | 2022 65", GROWTH)

    assert line(verdict, "growth_a_year_not_assessed") is None
    assert [line(verdict, label) for label in ("years_met", "years_missed")] == [0, 1]
    assert verdict.status == "on_track"


def test_a_small_baseline_is_shown_where_it_is_not_assessed() -> None:
    verdict = assess(METHOD, "2020 2 | 2021 4", GROWTH)

    assert [step.value for step in verdict.arithmetic] == [2, 4, 10, 4]


def test_only_counts_can_be_small() -> None:
    assert assess(METHOD, "2020 2.5 | 2021 4.5", GROWTH).status is Status.ON_TRACK


def test_an_agreed_baseline_counts_and_a_later_one_stands_in_for_it() -> None:
    agreed = target("growth_per_year", percent=10, baseline="2021")

    as_agreed = assess(METHOD, "2020 10 | 2021 100 | 2022 105", agreed)
    moved = assess(METHOD, "2020 10 | 2022 100 | 2023 105", agreed)

    assert (as_agreed.baseline_value, as_agreed.reason) == (100, "")
    assert (moved.baseline_period, moved.reason) == ("2022", "baseline_moved")


@pytest.mark.parametrize(
    ("drawn", "reason"),
    [("2021 : Q | 2022 100 | 2023 120", "suppressed"), ("2018 100 | 2019 120", "no_baseline")],
)
def test_no_verdict_without_the_agreed_baseline(drawn: str, reason: str) -> None:
    agreed = target("growth_per_year", percent=10, baseline="2021")

    assert assess(METHOD, drawn, agreed).reason == reason


def test_a_break_before_the_baseline_does_no_harm() -> None:
    agreed = target("growth_per_year", percent=10, baseline="2021")

    assert assess(METHOD, "2020 10 | 2021 100 B | 2022 120", agreed).status is Status.ON_TRACK


def test_keep_the_level_where_no_growth_is_asked() -> None:
    level = target("growth_per_year", percent=0)

    assert assess(METHOD, "2020 100 | 2021 100", level).months_late is None
    assert assess(METHOD, "2020 100 | 2021 100", level).status is Status.ON_TRACK


def test_the_path_is_drawn_to_the_year_after_at_the_middle_of_each() -> None:
    verdict = assess(METHOD, "2020 100 | 2022 130", GROWTH)

    times, values = zip(*verdict.path, strict=True)
    assert times == (2020.5, 2021.5, 2022.5, 2023.5)
    assert values == pytest.approx([100, 110, 121, 133.1])


@given(base=st.floats(1, 1e6), percent=st.floats(-50, 100), years=st.integers(1, 40))
def test_growth_brings_back_what_the_path_asked(base: float, percent: float, years: int) -> None:
    reached = required_value(base, percent, years)

    assert growth_per_year(base, reached, years) == pytest.approx(percent, abs=1e-6)


@given(base=st.floats(1, 1e6), percent=st.floats(1, 100), years=st.integers(1, 40))
def test_on_the_path_nothing_is_late(base: float, percent: float, years: int) -> None:
    reached = required_value(base, percent, years)

    assert months_late(base, reached, percent, years) == pytest.approx(0, abs=1e-4)


def test_its_source_is_the_document_that_has_the_goal() -> None:
    """The Council conclusions of June 2012 set policy targets, and no growth of 10 % a year."""
    source = methods()[METHOD].source.en

    assert "declaration of 5 December 2012" in source
    assert "Council" not in source
