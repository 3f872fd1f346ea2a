"""Where the path stands in every period of a series, and how far the figure is from it."""

from datetime import date
from math import nan
from typing import Any

import pandas as pd
import pytest

from metrics.core.schemas import columns_of
from metrics.core.tables import EU
from metrics.statistics.assessment.basis import assessment_basis
from metrics.statistics.trajectory import trajectory
from tests.drawn_values import LADDER, catalogue_of, every_state, reported_by, values_of
from tests.tables import indicator

ON = date(2026, 6, 1)
FLOW = indicator("DRAWN")
FALLING = indicator("DRAWN", direction="down")
LEVEL = {"rule": "level_by_date", "value": 20, "by": "2026", "baseline": "2021"}
GROWTH = {"rule": "growth_per_year", "percent": 10, "method": "yearly_growth"}
IN_FORCE = {"rule": "milestone_by_date", "step": "in_force", "by": "2024-12-31"}
EVERYWHERE = {"rule": "all_areas_by_date", "step": "in_force", "applies_to": "eu"}


def drawn(
    rows: pd.DataFrame, target: dict[str, Any], series_indicator: Any = FLOW, area: str = "FI"
) -> Any:
    table = trajectory(assessment_basis(rows, catalogue_of(series_indicator, target), ON))
    return table[table["area"] == area].reset_index(drop=True)


def path(
    drawing: str, target: dict[str, Any], series_indicator: Any = FLOW
) -> list[tuple[Any, ...]]:
    """Period, expected value and gap of Finland."""
    table = drawn(values_of({"FI": drawing}), target, series_indicator)
    return list(zip(table["period"], table["expected_value"], table["gap"], strict=True))


def test_a_figure_is_compared_with_the_path_in_every_year() -> None:
    """From 10 in 2021 to 20 in 2026, two a year."""
    found = path("2021 10 | 2022 15 | 2023 12", LEVEL)

    assert found == [
        ("2021", pytest.approx(10), pytest.approx(0)),
        ("2022", pytest.approx(12), pytest.approx(3)),
        ("2023", pytest.approx(14), pytest.approx(-2)),
    ]


def test_less_is_a_positive_gap_where_less_is_better() -> None:
    found = path("2021 30 | 2022 25 | 2023 27", LEVEL, FALLING)

    assert [gap for _, _, gap in found] == pytest.approx([0, 3, -1])


@pytest.mark.parametrize(
    ("drawing", "expected"),
    [
        ("2020 9 | 2021 10 | 2022 12", [nan, 10, 12]),  # before the path starts
        ("2021 10 | 2022 : O | 2023 14", [10, 12, 14]),  # a missing value is expected too
        ("2021 10 | 2022-Q1 3 | 2022 12", [10, nan, 12]),  # no part of a year
        ("2021 10 | 2022 12 | 2025 18", [10, 12, 14, 16, 18]),  # every year left out
    ],
)
def test_where_the_path_stands(drawing: str, expected: list[float]) -> None:
    found = [value for _, value, _ in path(drawing, LEVEL)]

    assert found == pytest.approx(expected, nan_ok=True)


def test_after_a_break_the_path_begins_at_the_break() -> None:
    """From 10 in 2023, the first value after the break, to 19 in 2026; nothing before it."""
    level = {**LEVEL, "value": 19}

    found = path("2021 4 | 2022 5 | 2023 10 B | 2024 14", level)

    assert [value for _, value, _ in found] == pytest.approx([nan, nan, 10, 13], nan_ok=True)
    assert [gap for *_, gap in found] == pytest.approx([nan, nan, 0, 1], nan_ok=True)


def test_a_year_that_was_left_out_has_a_row_without_a_value() -> None:
    table = drawn(values_of({"FI": "2021 10 | 2023 14"}), LEVEL)

    assert table["period"].tolist() == ["2021", "2022", "2023"]
    assert table["time"].tolist() == [2021.5, 2022.5, 2023.5]
    assert table["value"].tolist() == pytest.approx([10, nan, 14], nan_ok=True)
    assert table["gap"].isna().tolist() == [False, True, False]


def test_a_suppressed_value_gives_no_gap_away() -> None:
    """Even where a careless step before has left the number in its row."""
    table = drawn(values_of({"FI": "2021 10 | 2022 77 Q | 2023 14"}), LEVEL)

    assert table[["value", "gap"]].isna().to_numpy().tolist()[1] == [True, True]


def test_the_year_of_the_verdict_has_its_numbers() -> None:
    """A growth target asks 110 of 2025, and its verdict says so."""
    growth = {"rule": "growth_per_year", "percent": 10, "method": "yearly_growth"}

    assert path("2024 100 | 2025 120", growth)[-1][1:] == pytest.approx((110, 10))


@pytest.mark.parametrize("area", ["FI", EU])
def test_a_milestone_has_its_periods_and_no_path(area: str) -> None:
    target = EVERYWHERE if area == EU else IN_FORCE
    rows = values_of(every_state("2024 1 | 2025 2"), component="step")

    table = drawn(rows, target, LADDER, area)

    assert table["period"].tolist() == ["2024", "2025"]
    assert table["value"].tolist() == ([0, 27] if area == EU else [1, 2])
    assert table[["expected_value", "gap"]].isna().all(axis=None)


def test_only_the_official_method_draws_a_path() -> None:
    target = {**LEVEL, "beside": ("projected_gap",)}

    table = drawn(values_of({"FI": "2021 10 | 2022 12"}), target)

    assert table["method"].tolist() == ["level_by_date"] * 2


def test_a_series_without_a_row_has_none() -> None:
    empty = trajectory(
        assessment_basis(values_of({"FI": "2021 1"}).head(0), catalogue_of(FLOW), ON)
    )

    assert (len(empty), list(empty.columns)) == (0, columns_of("trajectory"))


def test_a_path_carried_back_has_a_gap_only_where_the_same_states_stand_behind_the_figure() -> None:
    states = every_state("2024 100 | 2025 100", but=["FI"], FI="2025 1000")
    union = values_of({EU: "2024 2600 | 2025 3600"})
    growth = values_of({EU: "2025 0"}, component="year_on_year")
    rows = reported_by(pd.concat([union, values_of(states), growth]), y2024=26)
    found = drawn(rows, GROWTH, area=EU)

    assert found["expected_value"].notna().all()
    assert dict(zip(found["period"], found["gap"].notna(), strict=True)) == {
        "2024": False, "2025": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("drawing", "target", "series_indicator", "relative"),
    [
        ("2024 100 | 2025 99", GROWTH, FLOW, -10.0),  # of 110
        ("2021 30 | 2022 25", LEVEL, FALLING, 100 * 3 / 28),  # less is better
        ("2024 5 | 2025 4", GROWTH, FLOW, nan),  # the path is below ten
    ],
)
def test_the_relative_gap_is_the_gap_in_per_cent_of_the_path(
    drawing: str, target: dict[str, Any], series_indicator: Any, relative: float
) -> None:
    table = drawn(values_of({"FI": drawing}), target, series_indicator)
    found = table["relative_gap"].iloc[-1]

    assert found == pytest.approx(relative, nan_ok=True)
