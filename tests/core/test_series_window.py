"""Which points may be compared with one another."""

import pytest

from metrics.core.period import ReferencePeriod
from metrics.core.series_window import (
    NoVerdictError,
    Window,
    latest_window,
    observed_window,
    require_points,
    window_from_baseline,
)
from metrics.core.verdicts import CalculationStep
from tests.drawn_series import points


def seen(window: Window) -> list[str]:
    return [str(point.period) for point in window.points]


@pytest.mark.parametrize(
    ("drawn", "compared"),
    [
        ("2021 2 | 2020 1", ["2020", "2021"]),
        ("2020 1 | 2021 2 | 2022-01/P8M 2", ["2020", "2021"]),
        ("2020 1 | 2020-Q1 1 | 2020-Q2 1", ["2020"]),
        ("2023-Q1 1 | 2023-Q2 1 | 2024-Q1 2", ["2023-Q1", "2024-Q1"]),
        ("2023-01/P8M 1 | 2024-01/P8M 2", ["2023-01/P8M", "2024-01/P8M"]),
        ("2020 1 | 2021 2 | 2021 2", ["2020", "2021"]),  # published twice, the same
        ("2020 1 | 2021 : O | 2021 2", ["2020", "2021"]),
        ("2020 1 | 2021 2 | 2022 9 F", ["2020", "2021"]),  # a forecast was not observed
        ("2020 0 | 2021 : L", ["2020"]),  # zero is a value
    ],
)
def test_only_periods_of_one_length_are_compared(drawn: str, compared: list[str]) -> None:
    assert seen(observed_window(points(drawn))) == compared


def test_a_milestone_stands_at_any_time() -> None:
    drawn = points("2020 1 | 2021-Q1 2")

    assert seen(observed_window(drawn, any_length=True)) == ["2020", "2021-Q1"]


@pytest.mark.parametrize(
    ("drawn", "notes"),
    [
        ("2020 1 | 2021 2", ()),
        ("2020 1 | 2022 2", ("years_missing",)),
        ("2020 1 | 2021 2 | 2022 : O", ("latest_missing",)),
        ("2020 1 | 2021 2 | 2022-01/P8M 2", ("part_left_out",)),
        ("2020 1 P | 2021 2 E", ("estimated",)),
        ("2020 1 | 2021 2 PU", ("provisional", "low_reliability")),
        ("2020 1 D | 2021 2 D", ("definition_differs",)),
    ],
)
def test_what_must_be_said_beside(drawn: str, notes: tuple[str, ...]) -> None:
    assert observed_window(points(drawn)).qualifications == notes


@pytest.mark.parametrize(
    ("drawn", "reason"),
    [
        ("2020 : O", "missing"),
        ("2020 : L | 2021 : O", "missing"),
        ("2020 : M", "not_applicable"),
        ("2020 5 | 2021 : M", "not_applicable"),
        ("2020 : Q | 2021 : O", "suppressed"),
        ("2020 5 | 2021 : Q", "suppressed"),
        ("2020 5 | 2020 6", "two_values"),
    ],
)
def test_zero_missing_not_applicable_and_suppressed_are_told_apart(drawn: str, reason: str) -> None:
    with pytest.raises(NoVerdictError) as raised:
        observed_window(points(drawn))

    assert raised.value.reason == reason


@pytest.mark.parametrize("value", ["inf", "-inf", "1e300", "1e-300"])
def test_what_is_beyond_all_measure_is_no_statistic(value: str) -> None:
    with pytest.raises(NoVerdictError, match="not_finite"):
        observed_window(points(f"2020 5 | 2021 {value}"))


@pytest.mark.parametrize(
    ("one", "other", "status"),
    [("P", "A", "P"), ("B", "P", "BP"), ("A", "A", "A")],
)
def test_what_either_of_two_equal_rows_says_holds(one: str, other: str, status: str) -> None:
    """In whichever order they come: a status must not depend on it."""
    orders = (f"2020 1 {one} | 2020 1 {other}", f"2020 1 {other} | 2020 1 {one}")

    assert {observed_window(points(order)).last.observation_status for order in orders} == {status}


@pytest.mark.parametrize("drawn", ["2020 5 | 2020 : Q", "2020 : Q | 2020 5", "2020 : O | 2020 : Q"])
def test_of_two_rows_the_one_that_withholds_counts(drawn: str) -> None:
    with pytest.raises(NoVerdictError, match="suppressed"):
        observed_window(points(drawn))


def test_nothing_at_all_is_no_value() -> None:
    with pytest.raises(NoVerdictError, match="no_value"):
        observed_window([])


def test_years_elapse_from_middle_to_middle() -> None:
    assert observed_window(points("2023-Q1 1 | 2025-Q1 2")).years == 2


@pytest.mark.parametrize(
    ("baseline", "first", "notes"),
    [("2020", "2020", ()), ("2021", "2021", ()), ("2018", "2020", ("baseline_moved",))],
)
def test_a_baseline_narrows_the_window(baseline: str, first: str, notes: tuple[str, ...]) -> None:
    whole = observed_window(points("2020 1 | 2021 2 | 2022 3"))

    window = window_from_baseline(whole, ReferencePeriod.parse(baseline))

    assert str(window.base.period) == first
    assert window.qualifications == notes


def test_the_last_points_forget_the_breaks_before_them() -> None:
    window = observed_window(points("2019 1 | 2020 1 B | 2021 2 | 2022 3"))

    assert seen(latest_window(window, longest=3, needed=2)) == ["2020", "2021", "2022"]
    with pytest.raises(NoVerdictError, match="break_in_series"):
        latest_window(window, longest=4, needed=2)


def test_too_few_points_are_counted() -> None:
    with pytest.raises(NoVerdictError) as raised:
        require_points(observed_window(points("2020 1 | 2021 2")), 4)

    assert raised.value.lines == (
        CalculationStep("points_needed", 4),
        CalculationStep("points_observed", 2),
    )
