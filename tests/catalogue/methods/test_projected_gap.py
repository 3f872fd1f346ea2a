"""The weather symbols of Destatis, beyond the published cases."""

import pytest

from metrics.catalogue.definitions.indicators import Direction
from metrics.catalogue.methods.projected_gap import (
    average_change,
    miss_share,
    symbol_by_date,
    symbol_of_direction,
    symbol_of_held_level,
)
from metrics.core.verdicts import Status
from tests.drawn_series import DIRECTION, DOWN, GERMAN_DAYS, UP, assess, line, target

METHOD = "projected_gap"
RISING = "2020 10 | 2021 12 | 2022 14 | 2023 16 | 2024 18 | 2025 20"


@pytest.mark.parametrize(
    ("share", "change", "symbol"),
    [
        (-1, 1, "sun"),
        (0.0499, 1, "sun"),
        (0.05, 1, "sun_cloud"),
        (0.20, 1, "sun_cloud"),
        (0.2001, 1, "cloud"),
        (1, 0, "thunderstorm"),
        (1.5, -1, "thunderstorm"),
    ],
)
def test_symbol_by_date(share: float, change: float, symbol: str) -> None:
    assert symbol_by_date(share, change) == symbol


@pytest.mark.parametrize(
    ("met", "change", "symbol"),
    [
        (True, 1, "sun"),
        (True, 0, "sun"),
        (True, -1, "sun_cloud"),
        (False, 1, "cloud"),
        (False, 0, "thunderstorm"),
        (False, -1, "thunderstorm"),
    ],
)
def test_symbol_held(met: bool, change: float, symbol: str) -> None:
    assert symbol_of_held_level(change, met=met) == symbol


@pytest.mark.parametrize(
    ("change", "last", "symbol"),
    [
        (1, 1, "sun"),
        (1, 0, "sun_cloud"),
        (1, -1, "sun_cloud"),
        (0, 1, "cloud"),
        (-1, 1, "cloud"),
        (0, 0, "thunderstorm"),
        (-1, -1, "thunderstorm"),
    ],
)
def test_symbol_of_direction(change: float, last: float, symbol: str) -> None:
    assert symbol_of_direction(change, last) == symbol


def test_average_change_counts_years_without_a_value() -> None:
    assert average_change([(2016, 10), (2018, 11), (2020, 14)]) == 1


def test_one_point_has_no_change() -> None:
    with pytest.raises(ValueError, match="two points"):
        average_change([(2016, 10)])


def test_miss_share_of_a_falling_target() -> None:
    assert miss_share(145.4, 100, 130.2, -1) == pytest.approx(0.6652, abs=1e-4)


@pytest.mark.parametrize(
    ("level", "status", "category"),
    [
        (30, Status.ON_TRACK, "sun"),
        (31.5, Status.BEHIND, "sun_cloud"),
        (40, Status.BEHIND, "cloud"),
        (20, Status.ACHIEVED, "sun"),
    ],
)
def test_two_a_year_lead_to_30_in_2030(level: float, status: Status, category: str) -> None:
    verdict = assess(METHOD, RISING, target("level_by_date", value=level, by="2030"))

    assert (verdict.status, verdict.category) == (status, category)


def test_older_points_than_six_play_no_part() -> None:
    agreed_target = target("level_by_date", value=30, by="2030")

    assert assess(METHOD, f"2010 99 | {RISING}", agreed_target).category == "sun"


@pytest.mark.parametrize(
    ("drawn", "reason"),
    [
        ("2023 1 | 2024 2 | 2025 3", "too_few_points"),
        ("2021 1 | 2022 2 | 2023 3 B | 2024 4", "break_in_series"),
        ("2017 1 | 2018 2 | 2019 3 | 2020 4 | 2021 : Q", "suppressed"),
    ],
)
def test_no_symbol_without(drawn: str, reason: str) -> None:
    assert assess(METHOD, drawn, DIRECTION).reason == reason


def test_a_break_before_the_last_six_points_does_no_harm() -> None:
    assert assess(METHOD, f"2018 1 | 2019 2 B | {RISING}", DIRECTION).category == "sun"


def test_german_days_to_deletion_by_hand() -> None:
    """Last six points: (1.54 − 2.93) / 6 years = −0.2317 a year, and −1.01 at last: a sun."""
    verdict = assess(METHOD, GERMAN_DAYS, DIRECTION, DOWN)

    assert line(verdict, "mean_change_a_year") == pytest.approx(-0.23167, abs=1e-5)
    assert (verdict.status, verdict.category) == (Status.ON_TRACK, "sun")


# Values and symbols of the year of the date itself, as published (DnsTestEnvironment/dns-data).
RENEWABLES = "2015 15.2 | 2016 15 | 2017 16.1 | 2018 16.9 | 2019 17.8 | 2020 19.5"  # 7.2.a
DAY_CARE = (
    "2015 44.136 | 2016 44.49 | 2017 45.239 | 2018 45.838 | 2019 46.871 | 2020 47.553"  # 4.2.b
)
LEAVERS = "2015 9.8 | 2016 10.3 | 2017 10.1 | 2018 10.3 | 2019 10.3 | 2020 10.2"  # 4.1.a


@pytest.mark.parametrize(
    ("drawn", "level", "direction", "status", "symbol"),
    [
        (RENEWABLES, 18, UP, Status.ACHIEVED, "sun"),
        (DAY_CARE, 60, UP, Status.NOT_ACHIEVED, "cloud"),
        (LEAVERS, 10, DOWN, Status.NOT_ACHIEVED, "thunderstorm"),
    ],
)
def test_the_year_of_the_date_has_a_symbol_still(
    drawn: str, level: float, direction: Direction, status: Status, symbol: str
) -> None:
    agreed_target = target("level_by_date", value=level, by="2020")
    verdict = assess(METHOD, drawn, agreed_target, direction)

    assert (verdict.status, verdict.category) == (status, symbol)


@pytest.mark.parametrize(
    ("drawn", "category"),
    [
        (f"{RENEWABLES} | 2021 18.8", "met"),  # after the date the rating ends
        ("2018 16.9 | 2019 17.8 | 2020 19.5", "met"),  # too few values for a symbol
    ],
)
def test_else_only_the_level_is_assessed(drawn: str, category: str) -> None:
    assert assess(METHOD, drawn, target("level_by_date", value=18, by="2020")).category == category


@pytest.mark.parametrize("drawn", [RENEWABLES, f"{RENEWABLES} | 2021 18.8"])
def test_a_break_suspends_the_rating_of_the_date_too(drawn: str) -> None:
    agreed_target = target("level_by_date", value=18, by="2020")

    assert (
        assess(METHOD, drawn.replace("16.9", "16.9 B"), agreed_target).reason == "break_in_series"
    )


def test_nothing_is_projected_to_a_date_that_has_passed() -> None:
    drawn = "2018 1 | 2019 2 | 2020 3 | 2021 4"

    assert assess(METHOD, drawn, target("level_by_date", value=9, by="2025")).reason == (
        "target_date_passed"
    )


@pytest.mark.parametrize(("drawn", "reason"), [("2010 9", ""), ("2010 20", "met_then_lost")])
def test_in_the_year_of_the_date_a_gap_before_the_values_used_is_not_said(
    drawn: str, reason: str
) -> None:
    used = "2015 10 | 2016 11 | 2017 12 | 2018 13 | 2019 14 | 2020 15"
    verdict = assess(METHOD, f"{drawn} | {used}", target("level_by_date", value=18, by="2020"))

    assert verdict.reason == reason
