"""One method on a bare series, as a statistician would try it."""

from datetime import date
from math import nan
from typing import Any

import pytest

from metrics.catalogue.codelists import codelist
from metrics.catalogue.methods import assess_series
from metrics.core.errors import DefinitionError, UnknownNameError
from metrics.core.tables import BREAK, FORECAST, NORMAL, SPECIAL_EVENT, WITHOUT_VALUE
from metrics.core.verdicts import Point, Status
from tests.drawn_series import points


def test_a_published_case_in_one_line() -> None:
    verdict = assess_series("growth_ratio", {2015: 14.5, 2023: 10.2}, "down", value=7.25, by=2030)

    assert verdict.category == "substantial_progress"
    assert verdict.score == pytest.approx(2.5185563910306596)


@pytest.mark.parametrize(
    ("method", "target", "category"),
    [
        ("yearly_growth", {"percent": 10}, "on_path"),
        ("growth_ratio", {"percent": 10}, "substantial_progress"),
        ("level_by_date", {"value": 20, "by": "2030"}, "on_path"),
        ("keep_at", {"value": 20}, "not_kept"),
        ("direction_only", {}, "right_direction"),
        ("growth_ratio", {"limit": 100, "baseline": "2021"}, "substantial_progress"),
        ("milestone_by_date", {"step": "in_force"}, "met"),
    ],
)
def test_the_fields_say_what_the_target_is(
    method: str, target: dict[str, Any], category: str
) -> None:
    values = {2020: 10, 2021: 11.5, "2022": 13, 2023: 16}

    assert assess_series(method, values, "up", **target).category == category


def test_nan_is_missing_and_points_carry_their_status() -> None:
    with_nan = assess_series("direction_only", {2020: 1, 2021: 2, 2022: nan})
    given = assess_series("direction_only", points("2020 1 | 2021 2 P"))

    assert (with_nan.period, with_nan.reason) == ("2021", "latest_missing")
    assert given.reason == "provisional"


# A break and a special event decide what is compared; a forecast is no observation.
OTHERWISE = {*WITHOUT_VALUE, NORMAL, BREAK, FORECAST, SPECIAL_EVENT}


@pytest.mark.parametrize("status", sorted({*codelist("observation_status")} - OTHERWISE))
def test_a_verdict_on_a_qualified_value_says_so(status: str) -> None:
    assert assess_series("direction_only", points(f"2020 1 | 2021 2 {status}")).reason


def test_no_point_is_no_value() -> None:
    none: list[Point] = []

    assert assess_series("direction_only", none).reason == "no_value"


@pytest.mark.parametrize(
    ("on", "reason"), [(None, "years_missing"), (date(2031, 1, 1), "target_date_passed")]
)
def test_without_a_day_it_is_assessed_when_the_latest_period_ended(
    on: date | None, reason: str
) -> None:
    values = {2015: 14.5, 2023: 10.2}

    assert assess_series("growth_ratio", values, "down", on, value=7.25, by=2030).reason == reason


def test_a_method_assesses_its_own_targets_only() -> None:
    verdict = assess_series("keep_at", {2020: 1}, percent=10)

    assert (verdict.status, verdict.reason) == (Status.NOT_ASSESSED, "other_rule")


def test_what_makes_no_target_is_named() -> None:
    with pytest.raises(UnknownNameError, match="did you mean “keep_at”"):
        assess_series("keep_et", {2020: 1})
    with pytest.raises(DefinitionError, match=r"level_by_date\.value: is missing"):
        assess_series("growth_ratio", {2020: 1}, by=2030)
    with pytest.raises(ValueError, match="not a reference period"):
        assess_series("keep_at", {"20200": 1}, value=1)


@pytest.mark.parametrize("method", ["growth_ratio", "yearly_growth"])
def test_a_growth_that_no_number_can_hold_is_refused(method: str) -> None:
    ends = {1900: 1e-99, 2099: 1e99}

    assert assess_series(method, ends, percent=1000).status is Status.BEHIND
    with pytest.raises(DefinitionError, match=r"less than or equal to 1000 \(it says 1001\)"):
        assess_series(method, ends, percent=1001)


@pytest.mark.parametrize(
    ("method", "values", "status"),
    [
        ("growth_ratio", [1000, 1002, 1004, 1006], Status.WANTED_DIRECTION),  # limited progress
        ("growth_ratio", [1000, 1010, 1020, 1030], Status.WANTED_DIRECTION),  # moderate progress
        ("growth_ratio", [5, 6, 6, 5], Status.NO_CLEAR_CHANGE),
        ("projected_gap", [5, 8, 9, 7], Status.WANTED_DIRECTION),  # sun behind a cloud
        ("projected_gap", [9, 8, 6, 7], Status.UNWANTED_DIRECTION),  # cloud
        ("projected_gap", [5, 6, 4, 5], Status.NO_CLEAR_CHANGE),
        ("direction_only", [5, 6, 4, 5], Status.NO_CLEAR_CHANGE),
    ],
)
def test_no_method_calls_a_direction_without_a_level_behind(
    method: str, values: list[float], status: Status
) -> None:
    series = dict(zip(range(2020, 2024), values, strict=True))

    assert assess_series(method, series).status is status
