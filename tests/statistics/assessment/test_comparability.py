"""From which period on a series is assessed, and that a baseline that moved is named."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from metrics.catalogue.calculation_texts import describe_step
from metrics.core.tables import CHANGE_IN_POINTS, EU, YEAR_ON_YEAR
from metrics.core.verdicts import arithmetic_from_cell
from tests.drawn_values import assess_values, catalogue_of, every_state, reported_by, values_of
from tests.tables import indicator

ON = date(2026, 6, 1)
FLOW = indicator("DRAWN")
PARTS: dict[str, Any] = {"numerator": {"en": "n"}, "denominator": {"en": "d"}}
SHARE = indicator("DRAWN", kind="share", unit="PC", **PARTS)
DIRECTION = {"rule": "direction_only"}
GROWTH = {"rule": "growth_per_year", "percent": 10, "method": "yearly_growth"}
LEVEL = {"rule": "level_by_date", "value": 1000, "by": "2030"}


def verdict_on(
    rows: pd.DataFrame, target: dict[str, Any], defined: Any = FLOW, area: str = "FI"
) -> Any:
    table = assess_values(rows, catalogue_of(defined, target), ON)
    return table[table["area"] == area].iloc[0]


def step(verdict: Any, key: str) -> tuple[str, Any]:
    found = [one for one in arithmetic_from_cell(verdict["arithmetic"]) if one.key == key]
    return (describe_step(found[0], "en").formula, found[0].value) if found else ("", None)


@pytest.mark.parametrize(
    ("target", "status"),
    [(DIRECTION, "wanted_direction"), (GROWTH, "on_track"), (LEVEL, "on_track")],
)
def test_after_a_break_a_state_is_assessed_from_the_break_on(
    target: dict[str, Any], status: str
) -> None:
    """The fault of the sample: Czechia, suspended for as long as the window began before 2023."""
    rows = values_of({"CZ": "2020 900 | 2021 950 | 2022 990 | 2023 300 B | 2024 400 | 2025 500"})

    verdict = verdict_on(rows, target, area="CZ")

    assert (verdict["status"], verdict["reason"]) == (status, "rebased_after_break")
    assert (verdict["baseline_period"], verdict["baseline_value"]) == ("2023", 300)
    assert step(verdict, "baseline_moved") == ("2020 → 2023", "break_in_the_series")


@pytest.mark.parametrize(
    ("drawn", "reason"),
    [
        ("2023 900 | 2024 950 | 2025 300 B", "break_in_series"),  # nothing to compare with yet
        ("2023 900 | 2024 : B | 2025 300", "break_in_series"),
        ("2022 900 | 2023 : B | 2024 300 | 2025 500", "rebased_after_break"),
        ("2021 9 | 2022 90 B | 2023 95 B | 2024 300 | 2025 500", "rebased_after_break"),
        ("2022 300 B | 2023 400 | 2025 900", "years_missing"),  # nothing before the break
    ],
)
def test_once_there_are_values_enough_since_the_last_break(drawn: str, reason: str) -> None:
    assert verdict_on(values_of({"FI": drawn}), DIRECTION)["reason"] == reason


def test_the_last_of_several_breaks_counts() -> None:
    rows = values_of({"FI": "2021 90 | 2022 95 B | 2023 300 B | 2024 400 | 2025 500"})

    assert verdict_on(rows, DIRECTION)["baseline_period"] == "2023"


def test_an_agreed_baseline_before_a_break_is_moved_to_it() -> None:
    rows = values_of({"FI": "2020 90 | 2021 95 | 2022 98 | 2023 300 B | 2024 400 | 2025 500"})

    verdict = verdict_on(rows, {**DIRECTION, "baseline": "2021"})

    assert verdict["reason"] == "rebased_after_break"
    assert step(verdict, "baseline_moved") == ("2021 → 2023", "break_in_the_series")


def test_a_small_count_after_a_break_gives_no_verdict_and_says_both() -> None:
    rows = values_of({"FI": "2022 90 | 2023 4 B | 2024 80"})

    assert verdict_on(rows, DIRECTION)["reason"] == "rebased_after_break;small_base"


def test_the_method_that_assesses_the_last_six_values_is_given_those_since_the_break() -> None:
    target = {**DIRECTION, "method": "projected_gap"}
    drawn = "2019 99 | 2020 98 | 2021 97 B | 2022 200 | 2023 300 | 2024 400 | 2025 500"

    verdict = verdict_on(values_of({"FI": drawn}), target)

    assert (verdict["baseline_period"], verdict["reason"]) == ("2021", "rebased_after_break")


@pytest.mark.parametrize(
    ("drawn", "why"),
    [
        ("2020 : Q | 2021 100 | 2022 150 | 2023 200", "value_withheld"),
        ("2019 : Q | 2020 : Q | 2021 100 | 2022 150 | 2023 200", "value_withheld"),
    ],
)
def test_a_window_shorter_than_the_series_is_named(drawn: str, why: str) -> None:
    verdict = verdict_on(values_of({"FI": drawn}), DIRECTION)

    first = drawn.split(maxsplit=1)[0]
    assert (verdict["status"], verdict["reason"]) == ("wanted_direction", "baseline_moved")
    assert step(verdict, "baseline_moved") == (f"{first} → 2021", why)


def test_what_was_never_reported_is_no_part_of_the_series() -> None:
    rows = values_of({"FI": "2020 : O | 2021 100 | 2022 150 | 2023 200"})

    assert verdict_on(rows, DIRECTION)["reason"] == ""


def test_no_value_at_the_agreed_baseline_names_both_years() -> None:
    rows = values_of({"FI": "2021 100 | 2022 150 | 2023 200"})

    verdict = verdict_on(rows, {**DIRECTION, "baseline": "2019"})

    assert verdict["reason"] == "baseline_moved"
    assert step(verdict, "baseline_moved") == ("2019 → 2021", "no_value")


def test_a_moved_baseline_needs_three_values() -> None:
    verdict = verdict_on(values_of({"FI": "2020 : Q | 2021 100 | 2022 200"}), DIRECTION)

    assert verdict["status"] == "not_assessed"
    assert verdict["reason"] == "baseline_moved;too_few_years"
    assert step(verdict, "values_since_the_moved_baseline") == ("2 < 3", 2)
    assert pd.isna(verdict["gap"])


def union(growth: str, totals: str, component: str = YEAR_ON_YEAR, **reporting: int) -> Any:
    """Totals of the Union and the growth of its matched panel; Finland reports from 2022 on."""
    states = every_state("2020 10 | 2021 10 | 2022 10 | 2023 10 | 2024 10 | 2025 10", but=["FI"])
    late = {"FI": "2022 10 | 2023 10 | 2024 10 | 2025 10"}
    tables = [
        values_of({EU: totals}), values_of({**states, **late}),
        values_of({EU: growth}, component=component),
    ]  # fmt: skip
    return reported_by(pd.concat(tables), **{"y2020": 26, "y2021": 26, **reporting})


TOTALS = "2020 1000 | 2021 1100 | 2022 1300 | 2023 1400 | 2024 1500 | 2025 1600"


def test_the_moved_baseline_of_the_union_is_named_with_both_years() -> None:
    """Growth into 2023 is suppressed: the panel cannot be followed further back than 2023."""
    rows = union("2021 10 | 2022 10 | 2023 : Q | 2024 20 | 2025 20", TOTALS)

    verdict = verdict_on(rows, DIRECTION, area=EU)

    assert (verdict["status"], verdict["baseline_period"]) == ("wanted_direction", "2023")
    assert verdict["reason"] == "matched_panel;baseline_moved"
    assert step(verdict, "baseline_moved") == ("2020 → 2023", "no_growth_of_the_same_states")
    assert step(verdict, "growth_of_the_same_states") == ("2022 → 2023", "withheld")


def test_growth_that_nobody_knows_is_said_to_be_unknown() -> None:
    rows = union("2024 20 | 2025 20", TOTALS)

    verdict = verdict_on(rows, DIRECTION, area=EU)

    assert step(verdict, "growth_of_the_same_states") == ("2022 → 2023", "unknown")


def test_two_values_of_a_panel_give_no_verdict() -> None:
    """The fault of the sample: on track from 2024 to 2025, while the total fell."""
    rows = union("2025 20", TOTALS.replace("1600", "1490"))

    verdict = verdict_on(rows, DIRECTION, area=EU)

    assert verdict["status"] == "not_assessed"
    assert verdict["reason"] == "matched_panel;baseline_moved;too_few_years"


def test_a_panel_that_reaches_back_to_the_first_year_has_not_moved() -> None:
    rows = union("2021 20 | 2022 20 | 2023 20 | 2024 20 | 2025 20", TOTALS)

    verdict = verdict_on(rows, DIRECTION, area=EU)

    assert (verdict["reason"], verdict["baseline_period"]) == ("matched_panel", "2020")


def test_a_share_is_carried_back_by_percentage_points() -> None:
    growth = "2021 1 | 2022 2 | 2023 3 | 2024 4 | 2025 -5"
    totals = "2020 50 | 2021 51 | 2022 60 | 2023 63 | 2024 67 | 2025 62"
    rows = union(growth, totals, component=CHANGE_IN_POINTS)

    verdict = verdict_on(rows, DIRECTION, SHARE, area=EU)

    assert (verdict["baseline_value"], verdict["value"]) == (62 - 1 - 2 - 3 - 4 + 5, 62)
    assert step(verdict, "carried_back_by_matched_growth") == (
        "2024: 62 − (−5), 27 Member States",
        67,
    )


def test_a_break_of_the_union_starts_a_segment_too() -> None:
    rows = reported_by(
        pd.concat([
            values_of({EU: "2020 1000 | 2021 1100 | 2022 3000 B | 2023 3500 | 2024 4000"}),
            values_of(every_state("2020 10 | 2021 10 | 2022 10 | 2023 10 | 2024 10")),
        ])
    )  # fmt: skip

    verdict = verdict_on(rows, DIRECTION, area=EU)

    assert (verdict["status"], verdict["baseline_period"]) == ("wanted_direction", "2022")
    assert verdict["reason"] == "rebased_after_break"


def test_a_withheld_total_of_the_union_is_no_fault() -> None:
    rows = reported_by(
        pd.concat([
            values_of({EU: "2023 1000 | 2024 1100 B | 2025 : Q"}),
            values_of(every_state("2023 10 | 2024 10 | 2025 10")),
        ])
    )  # fmt: skip

    verdict = verdict_on(rows, DIRECTION, area=EU)

    assert (verdict["status"], verdict["reason"]) == ("not_assessed", "suppressed")
