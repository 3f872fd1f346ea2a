"""A value of a special event is compared with no other: it neither begins nor ends a comparison."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from metrics.core.tables import EU
from metrics.core.verdicts import arithmetic_from_cell, calculation_step
from metrics.statistics.assessment.basis import assessment_basis
from metrics.statistics.status_history import status_history
from tests.drawn_values import assess_values, catalogue_of, every_state, reported_by, values_of
from tests.tables import indicator

ON = date(2026, 6, 1)
COUNT = indicator("DRAWN")
DIRECTION = {"rule": "direction_only", "beside": ("growth_ratio", "projected_gap")}
GROWTH = {"rule": "growth_per_year", "percent": 10, "method": "yearly_growth",
          "beside": ("growth_ratio",)}  # fmt: skip
KEEP = {"rule": "keep_at", "value": 100}
REACH = {"rule": "level_by_date", "value": 100, "by": 2027}
LEFT_OUT = "special_left_out"


def assessed(series: dict[str, str], target: dict[str, Any], area: str = "FI") -> pd.DataFrame:
    table = assess_values(values_of(series), catalogue_of(COUNT, target), ON)
    return table[table["area"] == area]


def official(drawn: str, target: dict[str, Any] = DIRECTION) -> Any:
    table = assessed({"FI": drawn}, target)
    return table[table["official"]].iloc[0]


def summary(verdict: Any) -> tuple[str, str, str, set[str]]:
    names = "status", "baseline_period", "period"
    reasons = {reason for reason in verdict["reason"].split(";") if reason}
    return (*(verdict[name] for name in names), reasons)


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        # A jump that one image host made is no progress of the latest year.
        ("2022 100 | 2023 101 | 2024 400 S", ("no_clear_change", "2022", "2023", {LEFT_OUT, "below_threshold"})),
        ("2022 100 | 2023 200 | 2024 20 S", ("wanted_direction", "2022", "2023", {LEFT_OUT})),
        # A year of a strike is no baseline to rise from.
        ("2021 20 S | 2022 200 | 2023 201 | 2024 202",
         ("no_clear_change", "2022", "2024", {LEFT_OUT, "baseline_moved", "below_threshold"})),
        # Between the ends it is left out too.
        ("2022 100 | 2023 20 S | 2024 200", ("wanted_direction", "2022", "2024", {LEFT_OUT})),
        # It is a value all the same: only a year without one is missing.
        ("2021 100 | 2023 20 S | 2024 200", ("wanted_direction", "2021", "2024", {LEFT_OUT, "years_missing"})),
        ("2020 20 S | 2022 100 | 2023 101 | 2024 200",
         ("wanted_direction", "2022", "2024", {LEFT_OUT, "baseline_moved"})),
        ("2023 100 | 2024 400 S", ("not_assessed", "", "", {LEFT_OUT})),
        ("2023 100 S | 2024 400 S", ("not_assessed", "", "", {LEFT_OUT})),
        ("2023 100 | 2024 200", ("wanted_direction", "2023", "2024", set())),
    ],
)  # fmt: skip
def test_a_direction_is_assessed_without_special_years(
    drawn: str, expected: tuple[str, str, str, set[str]]
) -> None:
    assert summary(official(drawn)) == expected


@pytest.mark.parametrize("target", [DIRECTION, GROWTH, KEEP, REACH])
def test_no_verdict_of_any_rule_rests_on_a_special_year_without_saying_so(
    target: dict[str, Any],
) -> None:
    ordinary = "2020 50 | 2021 60 | 2022 70 | 2023 80 | 2024 90"
    with_special = assessed({"FI": f"{ordinary} | 2025 500 S"}, target)
    without = assessed({"FI": ordinary}, target)

    assert with_special["status"].tolist() == without["status"].tolist()
    assert with_special["period"].tolist() == without["period"].tolist()
    assert with_special["value"].tolist() == without["value"].tolist()
    assert with_special["reason"].str.contains(LEFT_OUT).all()


def test_the_value_left_out_is_in_the_arithmetic() -> None:
    arithmetic = arithmetic_from_cell(official("2022 100 | 2023 200 | 2024 20 S")["arithmetic"])

    left_out = calculation_step("left_out_special_event", 20, "period", period="2024")
    assert left_out in arithmetic


def test_a_moved_baseline_names_the_special_event() -> None:
    verdict = official("2021 20 S | 2022 200 | 2023 201 | 2024 300")

    cause, moved = "value_of_a_special_event", {"start": "2021", "end": "2022"}
    step = calculation_step("baseline_moved", cause, "between", **moved)
    assert step in arithmetic_from_cell(verdict["arithmetic"])


def test_a_special_latest_year_is_not_missing() -> None:
    table = assessed({"FI": "2023 100 | 2024 200 | 2025 20 S", "SE": "2024 5 | 2025 9"}, DIRECTION)

    reasons = table[table["official"]].iloc[0]["reason"].split(";")
    assert LEFT_OUT in reasons
    assert "latest_missing" not in reasons


def test_a_special_year_has_no_status_of_its_own() -> None:
    values = values_of({"FI": "2022 100 | 2023 200 | 2024 20 S | 2025 300"})
    history = status_history(assessment_basis(values, catalogue_of(COUNT, DIRECTION), ON))

    assert history[history["area"] == "FI"]["period"].tolist() == ["2023", "2025"]


def test_a_special_year_of_the_union_is_left_out_too() -> None:
    rows = reported_by(
        pd.concat([
            values_of({EU: "2023 1000 | 2024 1500 | 2025 300 S"}),
            values_of(every_state("2023 40 | 2024 60 | 2025 12")),
        ])
    )  # fmt: skip

    table = assess_values(rows, catalogue_of(COUNT, DIRECTION), ON)
    verdict = table[(table["area"] == EU) & table["official"]].iloc[0]
    assert summary(verdict) == ("wanted_direction", "2023", "2024", {LEFT_OUT})
