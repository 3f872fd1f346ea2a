"""Levels to be kept, directions, and steps on a ladder."""

from datetime import date

import pytest

from metrics.catalogue.definitions.indicators import Direction
from metrics.catalogue.definitions.targets import Target
from metrics.core.verdicts import Status
from tests.drawn_series import DIRECTION, DOWN, GERMAN_DAYS, NONE, UP, assess, line, target


@pytest.mark.parametrize(
    ("direction", "drawn", "status"),
    [
        (UP, "2024 100", Status.ACHIEVED),
        (UP, "2024 99", Status.NOT_ACHIEVED),
        (UP, "2023 98 | 2024 99", Status.NOT_ACHIEVED),
        (UP, "2023 99 | 2024 98", Status.MOVING_AWAY),
        (UP, "2023 100 | 2024 98", Status.MOVING_AWAY),
        (DOWN, "2024 100", Status.ACHIEVED),
        (DOWN, "2024 99", Status.ACHIEVED),
        (DOWN, "2023 102 | 2024 101", Status.NOT_ACHIEVED),
        (NONE, "2024 100", Status.ACHIEVED),
        (NONE, "2024 101", Status.NOT_ACHIEVED),
    ],
)
def test_keep_at_100(direction: Direction, drawn: str, status: Status) -> None:
    assert assess("keep_at", drawn, target("keep_at", value=100), direction).status is status


@pytest.mark.parametrize(("drawn", "status"), [("2024 0", "achieved"), ("2024 1", "not_achieved")])
def test_keep_at_zero(drawn: str, status: str) -> None:
    assert assess("keep_at", drawn, target("keep_at", value=0), DOWN).status == status


def test_keep_at_counts_the_periods_kept() -> None:
    verdict = assess("keep_at", "2022 100 | 2023 90 | 2024 100", target("keep_at", value=100))

    assert line(verdict, "periods_kept") == 2


def test_a_level_needs_no_values_from_before_a_break() -> None:
    verdict = assess("keep_at", "2022 120 | 2023 90 B | 2024 100", target("keep_at", value=100))

    assert (verdict.status, verdict.reason) == (Status.ACHIEVED, "break_before")
    assert verdict.baseline_period == "2023"


@pytest.mark.parametrize(
    ("drawn", "direction", "category"),
    [
        ("2020 5 | 2024 6", UP, "right_direction"),
        ("2020 5 | 2024 6", DOWN, "wrong_direction"),
        ("2020 5 | 2024 5", DOWN, "no_change"),
        ("2020 0 | 2024 5", UP, "right_direction"),
        ("2020 -5 | 2024 -3", UP, "right_direction"),
    ],
)
def test_the_change_since_the_baseline_decides(
    drawn: str, direction: Direction, category: str
) -> None:
    assert assess("direction_only", drawn, DIRECTION, direction).category == category


def test_german_days_to_deletion_by_hand() -> None:
    """1.54 − 1.88 = −0.34 days in 8 years: down, as desired; missing years count as years."""
    verdict = assess("direction_only", GERMAN_DAYS, DIRECTION, DOWN)

    assert (verdict.status, verdict.reason) == (Status.ON_TRACK, "years_missing")
    assert line(verdict, "change_since_the_baseline") == pytest.approx(-0.34)
    assert line(verdict, "change_a_year") == pytest.approx(-0.0425)


def test_an_adverse_last_change_is_said_beside() -> None:
    verdict = assess("direction_only", "2020 5 | 2021 9 | 2022 8", DIRECTION)

    assert (verdict.status, verdict.reason) == (Status.ON_TRACK, "last_change_adverse")


@pytest.mark.parametrize(
    ("drawn", "direction", "reason"),
    [
        ("2020 5", UP, "too_few_points"),
        ("2020 5 | 2021 6", NONE, "no_direction"),
        ("2020 5 | 2021 6 B", UP, "break_in_series"),
    ],
)
def test_no_direction_without(drawn: str, direction: Direction, reason: str) -> None:
    assert assess("direction_only", drawn, DIRECTION, direction).reason == reason


# A milestone's values count from the step that is asked for: 0 has reached it.
BY_2013 = target("milestone_by_date", step="in_force", by="2013-12-18")
BY_2030 = target("milestone_by_date", step="in_force", by="2030-12-31")
SOME_DAY = target("milestone_by_date", step="in_force")


@pytest.mark.parametrize(
    ("drawn", "agreed_target", "category", "months"),
    [
        ("2024 0 A 2013-12-18", BY_2013, "met", None),
        ("2024 0 A 2014-12-18", BY_2013, "met_late", 12),
        ("2024 1 A 2013-05-01", BY_2013, "met", None),  # a later step, and that in time
        ("2024 -1", BY_2013, "overdue", 149.4),
        ("2024 -1", BY_2030, "not_yet_due", None),
        ("2024 -1", SOME_DAY, "not_yet_met", None),
        ("2024 0", SOME_DAY, "met", None),
        ("2023 0 | 2024 -1", BY_2030, "not_yet_due", None),  # met and lost: the latest governs
        ("2024 0 A 2027-01-01", BY_2030, "not_yet_due", None),  # announced, not reached
        ("2024-03 0 A 2013-05-01", BY_2013, "met", None),  # a state of affairs at any time
    ],
)
def test_a_milestone(
    drawn: str, agreed_target: Target, category: str, months: float | None
) -> None:
    verdict = assess("milestone_by_date", drawn, agreed_target)

    assert verdict.category == category
    assert verdict.status.startswith("not_yet") == category.startswith("not_yet")
    assert verdict.status == category or not category.startswith("not_yet")  # one code for both
    assert verdict.months_late == (months and pytest.approx(months, abs=0.1))


@pytest.mark.parametrize(
    ("drawn", "category", "reason"),
    [
        ("2024 0", "met", "day_not_stated"),  # first seen after the day: in time or not?
        ("2023 -1 | 2024 0", "met_late", "day_not_stated"),  # seen not reached after the day
        ("2012 0", "met", ""),  # seen before the day
        ("2024 1 A 2020-01-01", "met", "day_not_stated"),  # the day is that of a later step
    ],
)
def test_a_milestone_without_its_day(drawn: str, category: str, reason: str) -> None:
    verdict = assess("milestone_by_date", drawn, BY_2013)

    assert (verdict.category, verdict.reason) == (category, reason)


def test_a_milestone_that_was_lost_is_said_to_be() -> None:
    assert assess("milestone_by_date", "2023 0 | 2024 -1", BY_2030).reason == "met_then_lost"


@pytest.mark.parametrize(
    ("drawn", "by", "category"),
    [
        ("2023 26 | 2024 27", "2024-12-31", "met"),
        ("2024 26", "2024-12-31", "overdue"),
        ("2024 26", "2030-12-31", "not_yet_due"),
        ("2024 26", None, "not_yet_met"),
        ("2024 26 | 2025 27", "2024-12-31", "met_late"),
        ("2024 27 A 2025-02-01", "2024-12-31", "met_late"),
        ("2024 27 | 2025 26", "2024-12-31", "overdue"),
    ],
)
def test_every_member_state(drawn: str, by: str | None, category: str) -> None:
    everywhere = target("all_areas_by_date", step="connected", by=by)

    assert assess("all_areas_by_date", drawn, everywhere).category == category


def test_how_many_states_are_lacking() -> None:
    verdict = assess("all_areas_by_date", "2024 25", target("all_areas_by_date", step="connected"))

    assert (verdict.value, verdict.expected_value, verdict.gap) == (25, 27, -2)


def test_overdue_since_the_day_agreed() -> None:
    agreed_target = target("all_areas_by_date", step="connected", by="2024-06-01")
    verdict = assess("all_areas_by_date", "2024 25", agreed_target, on=date(2025, 6, 1))

    assert verdict.months_late == pytest.approx(12, abs=0.05)
