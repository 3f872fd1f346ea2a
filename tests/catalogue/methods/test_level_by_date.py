"""A level by a date: before it against the path, from it on against the level."""

import re
from datetime import date, timedelta

import pytest

from metrics.catalogue.methods.level_by_date import TargetPath, path_to_target
from metrics.commands.assessment_report import format_verdict
from metrics.core.verdicts import Status
from tests.drawn_series import DOWN, NONE, UP, assess, points, target

METHOD = "level_by_date"
BY_2030 = target(METHOD, value=60, by="2030")
COMPOUND = target(METHOD, value=160, by="2024", trajectory="compound")
AGREED = target(
    METHOD, value=100, by="2030", trajectory="table",
    agreed_path=[{"period": "2022", "value": 20}, {"period": "2026", "value": 40}],
)  # fmt: skip


@pytest.mark.parametrize(
    ("drawn", "status", "expected"),
    [
        ("2020 40 | 2025 50", Status.ON_TRACK, 50),
        ("2020 40 | 2025 49", Status.BEHIND, 50),
        ("2020 40 | 2025 40", Status.BEHIND, 50),
        ("2020 40 | 2025 39", Status.MOVING_AWAY, 50),
        ("2020 40 | 2025 60", Status.ACHIEVED, 60),
        ("2020 0 | 2025 30", Status.ON_TRACK, 30),  # a line may begin at zero
        ("2020 -20 | 2025 21", Status.ON_TRACK, 20),  # and below
    ],
)
def test_against_the_line_to_60_by_2030(drawn: str, status: Status, expected: float) -> None:
    verdict = assess(METHOD, drawn, BY_2030)

    assert verdict.status is status
    assert verdict.expected_value == pytest.approx(expected)


@pytest.mark.parametrize(
    ("drawn", "late"),
    [("2020 40 | 2025 48", 12), ("2020 40 | 2025 52", -12), ("2020 40 | 2025 30", 60)],
)
def test_months_late_against_the_line(drawn: str, late: float) -> None:
    assert assess(METHOD, drawn, BY_2030).months_late == pytest.approx(late)


def test_a_compound_path_runs_below_the_line() -> None:
    verdict = assess(METHOD, "2020 10 | 2022 40", COMPOUND, on=date(2023, 6, 1))

    assert verdict.status is Status.ON_TRACK
    assert verdict.expected_value == pytest.approx(40)
    assert [value for _, value in verdict.path] == pytest.approx([10, 20, 40, 80, 160])


@pytest.mark.parametrize(
    ("drawn", "value", "reason"),
    [
        ("2020 0 | 2022 5", 160, "zero_baseline"),
        ("2020 10 | 2022 5", 0, "zero_target"),
        ("2020 -10 | 2022 5", 160, "mixed_signs"),
    ],
)
def test_no_compound_path_through_zero(drawn: str, value: float, reason: str) -> None:
    direction = UP if value else DOWN
    agreed_target = target(METHOD, value=value, by="2024", trajectory="compound")

    assert assess(METHOD, drawn, agreed_target, direction, date(2023, 6, 1)).reason == reason


@pytest.mark.parametrize(
    ("drawn", "expected"), [("2020 5 | 2024 30", 30), ("2020 5 | 2021 9", 12.5)]
)
def test_an_agreed_table_is_read_between_its_years(drawn: str, expected: float) -> None:
    assert assess(METHOD, drawn, AGREED).expected_value == pytest.approx(expected)


def test_a_late_baseline_does_not_bend_an_agreed_table() -> None:
    path = path_to_target(AGREED, points("2024 3")[0])

    assert path.values == (20, 40, 100)


@pytest.mark.parametrize(
    ("drawn", "status", "category", "reason"),
    [
        ("2020 40 | 2025 60", Status.ACHIEVED, "met", ""),
        ("2020 40 | 2024 61 | 2025 62", Status.ACHIEVED, "met", ""),
        ("2020 40 | 2025 59", Status.NOT_ACHIEVED, "not_met", ""),
        ("2020 40 | 2024 61 | 2025 59", Status.NOT_ACHIEVED, "not_met", "met_then_lost"),
        ("2024 40 | 2025 59 | 2026 60", Status.ACHIEVED_LATE, "met_late", ""),
        ("2024 40 | 2026 60", Status.ACHIEVED, "met", "date_not_observed"),
        ("2026 60", Status.ACHIEVED, "met", "date_not_observed"),
    ],
)
def test_from_its_date_on_only_the_level_counts(
    drawn: str, status: Status, category: str, reason: str
) -> None:
    verdict = assess(METHOD, drawn, target(METHOD, value=60, by="2025"), on=date(2027, 6, 1))

    assert (verdict.status, verdict.category) == (status, category)
    assert verdict.reason.removesuffix("years_missing").removesuffix(";") == reason


def test_late_by_so_many_months() -> None:
    by_2024 = target(METHOD, value=60, by="2024")

    assert assess(METHOD, "2024 40 | 2025 50 | 2026 60", by_2024).months_late == pytest.approx(24)


def test_nothing_is_extrapolated_to_a_date_that_has_passed() -> None:
    verdict = assess(METHOD, "2020 40 | 2023 58", target(METHOD, value=60, by="2025"))

    assert (verdict.status, verdict.reason) == (Status.NOT_ASSESSED, "target_date_passed")


@pytest.mark.parametrize(("on", "category"), [((2025, 12, 31), "off_path"), ((2026, 1, 1), "")])
def test_on_the_last_day_of_its_year_the_date_has_not_passed(
    on: tuple[int, int, int], category: str
) -> None:
    verdict = assess(METHOD, "2020 40 | 2024 50", target(METHOD, value=60, by="2025"), on=date(*on))

    assert verdict.category == category


@pytest.mark.parametrize(
    ("by", "last_day"),
    [
        ("2026-Q1", date(2026, 3, 31)),
        ("2024-02", date(2024, 2, 29)),
        ("2026-S1", date(2026, 6, 30)),
    ],
)
def test_a_date_within_a_year_has_passed_on_the_day_after_it(by: str, last_day: date) -> None:
    agreed_target = target(METHOD, value=60, by=by)
    days = (last_day, last_day + timedelta(days=1))

    reasons = [assess(METHOD, "2020 40 | 2021 50", agreed_target, on=day).reason for day in days]
    assert reasons == ["", "target_date_passed"]


def test_a_baseline_beyond_the_target_is_no_start_of_a_path_down() -> None:
    verdict = assess(METHOD, "2020 80 | 2025 55", BY_2030)

    assert (verdict.status, verdict.expected_value) == (Status.MOVING_AWAY, 60)
    assert "baseline_met_target" in verdict.reason


def test_the_way_from_baseline_to_target_is_wanted_where_nobody_said() -> None:
    assert assess(METHOD, "2020 80 | 2025 70", BY_2030, NONE).status is Status.ON_TRACK
    assert assess(METHOD, "2020 60 | 2025 70", BY_2030, NONE).reason == "no_direction"


def test_one_point_is_no_way() -> None:
    assert assess(METHOD, "2025 50", BY_2030).reason == "too_few_points"


def test_zero_is_a_level_like_any_other() -> None:
    verdict = assess(METHOD, "2020 10 | 2025 0", target(METHOD, value=0, by="2030"), DOWN)

    assert verdict.status is Status.ACHIEVED


@pytest.mark.parametrize("drawn", ["2020 40 | 2025 50", "2020-Q1 40 | 2025-Q1 50"])
def test_a_time_is_written_as_a_year_and_not_as_a_quantity(drawn: str) -> None:
    verdict = assess(METHOD, drawn, BY_2030)
    written = "\n".join(format_verdict(verdict, METHOD))

    assert re.search(r"middle of the latest period: .+ = 2025\.\d+$", written, re.MULTILINE)
    assert re.search(r"not before its beginning = 202\d\.?\d*$", written, re.MULTILINE)
    assert "2,02" not in written


def test_a_path_that_turns_was_never_passed() -> None:
    assert TargetPath((2020, 2022, 2024), (10, 30, 20)).time_of_value(15) is None
