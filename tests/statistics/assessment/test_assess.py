"""Every target, area and method: one row each, also where there is no verdict."""

import json
from datetime import date
from typing import Any

import pandas as pd
import pytest

from metrics.catalogue.codelists import member_states
from metrics.catalogue.loader import Catalogue, catalogue
from metrics.core.tables import BREAKDOWNS, EU
from metrics.statistics.assessment.assess import ASSESSED
from metrics.statistics.assessment.overrides import Override
from tests.drawn_values import (
    LADDER,
    assess_values,
    catalogue_of,
    every_state,
    reported_by,
    values_of,
)
from tests.tables import indicator

ON = date(2026, 6, 1)
FLOW = indicator("DRAWN")
PARTS: dict[str, Any] = {"numerator": {"en": "n"}, "denominator": {"en": "d"}}
SHARE = indicator("DRAWN", kind="share", unit="PC", **PARTS)
GROWTH = {"rule": "growth_per_year", "percent": 10, "method": "yearly_growth"}
DIRECTION = {"rule": "direction_only"}
IN_FORCE = {"rule": "milestone_by_date", "step": "in_force", "by": "2024-12-31"}
EVERYWHERE = {"rule": "all_areas_by_date", "step": "in_force", "applies_to": "eu"}
NOTHING = values_of({"FI": "2020 1"}).head(0)


def row(
    rows: pd.DataFrame, defined: Catalogue, area: str = "FI", method: str = "", **others: Any
) -> Any:
    table = assess_values(rows, defined, ON, **others)
    found = table[(table["area"] == area) & (table["method"].str.startswith(method))]
    return found.iloc[0]


def step_values(verdict: Any, label: str) -> list[Any]:
    return [step["value"] for step in json.loads(verdict["arithmetic"]) if step["key"] == label]


@pytest.mark.parametrize(
    ("target", "areas"),
    [
        (DIRECTION, 28),
        ({**DIRECTION, "applies_to": "states"}, 27),
        ({**DIRECTION, "applies_to": "eu"}, 1),
        ({**DIRECTION, "areas": ("FI", "SE")}, 2),  # a target of two states is none of the Union
        ({**EVERYWHERE, "areas": ("FI", "SE")}, 1),  # unless it is about how many they are
        ({**DIRECTION, "beside": ("growth_ratio", "projected_gap")}, 84),
        ({**DIRECTION, "valid_from": "2026-06-02"}, 0),
        ({**DIRECTION, "valid_to": "2026-05-31"}, 0),
        ({**DIRECTION, "valid_from": "2026-06-01", "valid_to": "2026-06-01"}, 28),
    ],
)
def test_one_row_for_each_area_and_method(target: dict[str, Any], areas: int) -> None:
    defined = LADDER if target["rule"] == "all_areas_by_date" else FLOW

    assert len(assess_values(NOTHING, catalogue_of(defined, target), ON)) == areas


def test_a_table_of_nothing_has_its_columns() -> None:
    table = assess_values(NOTHING, catalogue_of(FLOW), ON)

    assert list(table.columns)[: len(ASSESSED)] == list(ASSESSED)
    assert len(table) == 0


def test_the_official_method_comes_first_and_others_go_by_their_names() -> None:
    target = {**GROWTH, "beside": ("growth_ratio",)}
    table = assess_values(
        values_of({"FI": "2024 1000 | 2025 1200"}), catalogue_of(FLOW, target), ON
    )

    finland = table[table["area"] == "FI"]
    assert finland["method"].tolist() == ["yearly_growth", "growth_ratio"]
    assert finland["official"].tolist() == [True, False]
    assert finland["status"].tolist() == ["on_track", "on_track"]


def test_a_row_carries_the_whole_verdict() -> None:
    verdict = row(values_of({"FI": "2024 1000 | 2025 1200"}), catalogue_of(FLOW, GROWTH))

    assert (verdict["baseline_period"], verdict["period"]) == ("2024", "2025")
    assert (verdict["value"], verdict["expected_value"]) == (1200, pytest.approx(1100))
    assert json.loads(verdict["path"])[0] == [2024.5, 1000]
    assert step_values(verdict, "value") == [1000, 1200]


@pytest.mark.parametrize(
    ("series", "reason"),
    [
        ({"SE": "2025 1"}, "no_value"),
        ({"FI": "2024 : O | 2025 : L"}, "missing"),
        ({"FI": "2024 : M | 2025 : M"}, "not_applicable"),
        ({"FI": "2024 100 | 2025 : Q"}, "suppressed"),
        ({"FI": "2024 0 | 2025 5"}, "zero_baseline"),
    ],
)
def test_no_verdict_has_its_reason(series: dict[str, str], reason: str) -> None:
    verdict = row(values_of(series), catalogue_of(FLOW, GROWTH))

    assert (verdict["status"], verdict["reason"]) == ("not_assessed", reason)


def test_a_suppressed_value_is_not_in_the_arithmetic_either() -> None:
    """Even where a careless step before has left the number in its row."""
    verdict = row(values_of({"FI": "2024 100 | 2025 77 Q"}), catalogue_of(FLOW, GROWTH))

    assert step_values(verdict, "value") == [100, None]
    assert "77" not in verdict["arithmetic"]


def test_the_part_that_the_target_names_is_assessed() -> None:
    girls = {**DIRECTION, "at": {"sex": "F"}}
    rows = pd.concat([
        values_of({"FI": "2024 10 | 2025 40"}, sex="F"), values_of({"FI": "2024 40 | 2025 10"})
    ])  # fmt: skip

    verdict = row(rows, catalogue_of(FLOW, girls))

    assert (verdict["sex"], verdict["status"]) == ("F", "wanted_direction")


def test_without_a_total_each_part_is_assessed() -> None:
    parts = indicator("DRAWN", by=("sex",), has_total=False)
    table = assess_values(NOTHING, catalogue_of(parts, {**DIRECTION, "applies_to": "eu"}), ON)

    assert set(table["sex"]) >= {"F", "M"}


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ({**DIRECTION, "beside": ("yearly_growth",)}, "other_rule"),
        ({**DIRECTION, "beside": ("level_and_change",)}, "not_comparable"),
    ],
)
def test_a_method_that_is_not_for_the_target_says_so(target: dict[str, Any], reason: str) -> None:
    rows = values_of({"FI": "2024 1 | 2025 2"})

    assert row(rows, catalogue_of(FLOW, target), method=target["beside"][0])["reason"] == reason


def test_context_is_never_assessed() -> None:
    context = indicator("DRAWN", role="context")
    rows = values_of({"FI": "2024 1000 | 2025 1200"})

    assert row(rows, catalogue_of(context, GROWTH))["reason"] == "context_only"


def test_a_share_is_held_against_its_limit_of_100_per_cent() -> None:
    rows = values_of({"FI": "2024 98 | 2025 98.3"})
    beside = {**DIRECTION, "beside": ("growth_ratio",)}

    share = row(rows, catalogue_of(SHARE, beside), method="growth_ratio")
    count = row(rows, catalogue_of(FLOW, beside), method="growth_ratio")

    assert (share["category"], count["category"]) == ("substantial_progress", "limited_progress")


def test_states_are_compared_with_one_another() -> None:
    series = {area: f"2024 {40 + n} | 2025 {41 + n}" for n, area in enumerate(member_states())}
    target = {**DIRECTION, "beside": ("level_and_change",)}

    verdict = row(values_of(series), catalogue_of(SHARE, target), "BE", "level_and_change")

    assert (verdict["status"], verdict["category"]) == ("not_assessed", "least_favourable")


@pytest.mark.parametrize(
    ("drawn", "status"),
    [
        ("2024 2 A 2024-03-01", "achieved"),
        ("2025 2 A 2025-03-01", "achieved_late"),
        ("2025 1", "not_achieved"),
    ],
)
def test_a_state_has_taken_a_step_in_time_late_or_not(drawn: str, status: str) -> None:
    rows = values_of({"FI": drawn}, component="step")

    assert row(rows, catalogue_of(LADDER, IN_FORCE))["status"] == status


def test_a_step_is_named_and_stands_at_its_place_on_the_ladder() -> None:
    verdict = row(values_of({"FI": "2025 1"}, component="step"), catalogue_of(LADDER, IN_FORCE))

    assert (verdict["value"], verdict["expected_value"], verdict["gap"]) == (1, 2, -1)
    assert step_values(verdict, "step") == ["adopted"]
    assert step_values(verdict, "step_asked_for") == ["in_force"]


def test_who_has_not_reached_a_step_and_who_has_not_said() -> None:
    states = every_state("2025 2", but=["SE"], FI="2025 1")
    rows = pd.concat([
        values_of(states, component="step"), values_of({EU: "2025 25"}, component="reached")
    ])  # fmt: skip

    verdict = row(rows, catalogue_of(LADDER, EVERYWHERE), EU)

    assert (verdict["value"], verdict["gap"], verdict["status"]) == (25, -2, "not_yet_met")
    assert step_values(verdict, "states_that_have_not_reached_it") == [["FI"]]
    assert step_values(verdict, "states_that_have_not_said") == [["SE"]]


def test_another_step_than_the_usual_one_is_counted_from_the_states() -> None:
    """The aggregates count who is in force; this target asks only that it be adopted."""
    rows = pd.concat([
        values_of(every_state("2025 1"), component="step"),
        values_of({EU: "2025 0"}, component="reached"),
    ])  # fmt: skip

    verdict = row(rows, catalogue_of(LADDER, {**EVERYWHERE, "step": "adopted"}), EU)

    assert (verdict["value"], verdict["status"]) == (27, "achieved")


def test_who_has_a_suppressed_step_is_not_said_to_report_nothing() -> None:
    states = every_state("2025 1", but=["SE"], FI="2025 : Q", DK="2025 : O")
    target = {**EVERYWHERE, "step": "adopted"}

    verdict = row(values_of(states, component="step"), catalogue_of(LADDER, target), EU)

    assert step_values(verdict, "states_whose_step_is_suppressed") == [["FI"]]
    assert step_values(verdict, "states_that_have_not_said") == [["DK", "SE"]]


def test_all_were_in_time_when_the_last_of_them_was() -> None:
    states = every_state("2025 2 A 2024-05-01", SE="2025 2 A 2025-02-01")
    rows = values_of(states, component="step")
    target = {**EVERYWHERE, "by": "2024-12-31"}

    verdict = row(rows, catalogue_of(LADDER, target), EU)

    assert (verdict["status"], step_values(verdict, "day_reached")) == (
        "achieved_late",
        ["2025-02-01"],
    )


def union_and_states(union: str, states: dict[str, str], growth: str = "", **n: int) -> Any:
    tables = [values_of({EU: union}), values_of(states)]
    if growth:
        tables.append(values_of({EU: growth}, component="year_on_year"))
    return reported_by(pd.concat(tables), **n)


def test_the_union_with_all_its_states_is_assessed_on_its_totals() -> None:
    rows = union_and_states("2024 2700 | 2025 3000", every_state("2024 100 | 2025 111"))

    verdict = row(rows, catalogue_of(FLOW, GROWTH), EU)

    assert (verdict["status"], verdict["reason"]) == ("on_track", "")


def test_a_panel_that_changes_is_no_progress() -> None:
    states = every_state("2024 10 | 2025 10", but=["FI"], FI="2025 100")
    rows = union_and_states("2024 260 | 2025 360", states, y2024=26)

    verdict = row(rows, catalogue_of(FLOW, GROWTH), EU)

    assert (verdict["status"], verdict["reason"]) == ("not_assessed", "changing_panel")
    assert step_values(verdict, "states_reporting") == [26, "all"]


def test_a_panel_of_which_the_growth_is_withheld_is_not_said_to_be_too_small() -> None:
    states = every_state("2024 10 | 2025 11", but=["FI"], FI="2025 100")
    rows = union_and_states("2024 260 | 2025 386", states, "2025 : Q", y2024=26)

    verdict = row(rows, catalogue_of(FLOW, GROWTH), EU)

    assert (verdict["status"], verdict["reason"]) == ("not_assessed", "growth_withheld")
    assert step_values(verdict, "growth_of_the_same_states") == ["withheld"]


def test_a_matched_panel_that_a_method_cannot_assess_has_the_reason_of_the_method() -> None:
    """Growth from fewer than ten cases is refused, and that is said; the panel is not too small."""
    states = every_state("2024 1 | 2025 1", but=["FI"], FI="2025 9")
    rows = union_and_states("2024 26 | 2025 92", states, "2025 1050", y2024=26)

    verdict = row(rows, catalogue_of(FLOW, GROWTH), EU)

    assert verdict["status"] == "not_assessed"
    assert verdict["reason"].split(";")[0] == "small_base"
    assert "matched_panel" in verdict["reason"]


def test_a_withheld_figure_that_is_in_no_total_is_not_counted_in_it() -> None:
    """Finland says that its figure is suppressed, and sends none: 26 are in the total of 2025."""
    states = every_state("2024 10 | 2025 10", but=["FI"], FI="2024 10 | 2025 : Q")
    rows = union_and_states("2024 270 | 2025 260", states, y2025=26)

    verdict = row(rows, catalogue_of(FLOW, GROWTH), EU)

    assert step_values(verdict, "states_reporting") == ["all", 26]


def test_growth_within_the_same_states_is_assessed_where_it_is_known() -> None:
    """The 26 that reported both years stood still, whatever Finland added to the total."""
    states = every_state("2024 100 | 2025 100", but=["FI"], FI="2025 1000")
    rows = union_and_states("2024 2600 | 2025 3600", states, "2025 0", y2024=26)

    verdict = row(rows, catalogue_of(FLOW, GROWTH), EU)

    assert (verdict["status"], verdict["reason"]) == ("behind", "matched_panel;below_threshold")
    assert (verdict["baseline_value"], verdict["value"]) == (3600, 3600)


def test_the_same_states_in_every_year_are_a_panel_too() -> None:
    states = every_state("2024 100 | 2025 120", but=["MT"])
    rows = union_and_states("2024 2600 | 2025 3120", states, y2024=26, y2025=26)

    verdict = row(rows, catalogue_of(FLOW, GROWTH), EU)

    assert (verdict["status"], verdict["reason"]) == ("on_track", "part_of_the_states")


def test_as_many_states_are_not_the_same_states() -> None:
    states = every_state("2024 10 | 2025 10", but=["FI", "SE"], FI="2025 90", SE="2024 10")
    rows = union_and_states("2024 260 | 2025 340", states, y2024=26, y2025=26)

    assert row(rows, catalogue_of(FLOW, GROWTH), EU)["reason"] == "changing_panel"


def test_a_suppressed_state_still_stands_in_the_sum() -> None:
    states = every_state("2024 100 | 2025 120", but=["MT"], FI="2024 : Q | 2025 120")
    rows = union_and_states("2024 2600 | 2025 3120", states, y2024=26, y2025=26)

    assert row(rows, catalogue_of(FLOW, GROWTH), EU)["reason"] == "part_of_the_states"


def test_a_level_is_kept_by_the_states_that_report() -> None:
    states = every_state("2024 100 | 2025 100", but=["FI"], FI="2025 100")
    rows = union_and_states("2024 100 | 2025 100", states, y2024=26)

    verdict = row(rows, catalogue_of(SHARE, {"rule": "keep_at", "value": 100}), EU)

    assert verdict["status"] == "achieved"


@pytest.mark.parametrize(
    ("change", "status", "category", "carried"),
    [
        ("2025 5", "not_achieved", "not_kept", [75]),
        ("2025 -9", "not_achieved", "not_kept_moving_away", [89]),
        ("2025 : Q", "not_achieved", "not_kept", []),
    ],
)
def test_whether_a_level_is_lost_further_is_seen_from_the_same_states(
    change: str, status: str, category: str, carried: list[float]
) -> None:
    """The 26 of 2024 had 90 %. Finland reports since 2025, when all 27 have 80 %."""
    states = every_state("2024 90 | 2025 85", but=["FI"], FI="2025 20")
    growth = values_of({EU: change}, component="change_points")
    rows = union_and_states("2024 90 | 2025 80", states, y2024=26)
    level = {"rule": "keep_at", "value": 100, "beside": ["projected_gap"]}

    verdict = row(pd.concat([rows, growth]), catalogue_of(SHARE, level), EU)

    assert (verdict["status"], verdict["category"]) == (status, category)
    assert ("further_from_level" in verdict["reason"]) is (category == "not_kept_moving_away")
    assert step_values(verdict, "carried_back_by_matched_growth") == carried
    assert step_values(verdict, "value") == [90, 80]


def test_the_last_years_of_a_level_are_those_of_the_same_states() -> None:
    """Reported, 96 to 80 % would be a loss; the States that report every year gain a point."""
    states = every_state("2022 90 | 2023 91 | 2024 92 | 2025 93", but=["FI"], FI="2025 20")
    growth = values_of({EU: "2023 1 | 2024 1 | 2025 1"}, component="change_points")
    rows = union_and_states(
        "2022 96 | 2023 91 | 2024 92 | 2025 80", states, y2022=26, y2023=26, y2024=26
    )
    level = {"rule": "keep_at", "value": 100, "beside": ["projected_gap"]}

    beside = row(pd.concat([rows, growth]), catalogue_of(SHARE, level), EU, "projected_gap")

    assert beside["category"] == "cloud"
    assert step_values(beside, "mean_change_a_year") == [1]
    assert "matched_panel" in beside["reason"]


def test_figures_carried_back_are_not_called_the_totals_that_were_reported() -> None:
    states = every_state("2024 10 | 2025 10", but=["FI"], FI="2025 100")
    rows = union_and_states("2024 260 | 2025 360", states, "2025 20", y2024=26)

    verdict = row(rows, catalogue_of(FLOW, GROWTH), EU)

    assert step_values(verdict, "value_carried_back_on_the_matched_panel") == [300]
    assert step_values(verdict, "value") == [360]


@pytest.mark.parametrize(
    ("own", "others", "reason"),
    [
        ("2023 10 | 2024 40", "2024 10 | 2025 40", "latest_missing"),
        ("2023 10 | 2024 40 | 2025 : O", "2024 10 | 2025 40", "latest_missing"),
        ("2023 10 | 2024 40", "2024 10 | 2025 : Q", "latest_missing"),  # suppressed, yet sent
        ("2024 10 | 2025 40", "2023 10 | 2024 40", ""),
        ("2024 10 | 2025 40", "2024 10 | 2025 40", ""),
        ("2023 10 | 2024 40", "2024 10 | 2025 40 F", ""),  # a forecast is no report
        ("2023 10 | 2024 40", "2024 10 | 2025 : O", ""),
        ("2023 10 | 2024 40", "2024 10 | 2025-Q1 40", ""),  # no full year yet
        ("2024 40", "2024 10 | 2025 40", "too_few_points"),  # no verdict, nothing beside it
    ],
)
def test_what_a_state_has_not_sent_for_the_latest_period_of_the_others_is_said(
    own: str, others: str, reason: str
) -> None:
    verdict = row(values_of({"BG": own, "FI": others}), catalogue_of(FLOW, DIRECTION), "BG")

    assert verdict["reason"] == reason


def test_a_step_not_told_for_the_latest_period_is_said_too() -> None:
    rows = values_of({"BG": "2024 2", "FI": "2025 2"}, component="step")

    assert row(rows, catalogue_of(LADDER, IN_FORCE), "BG")["reason"] == "not_confirmed"


OVERRIDE = Override(
    goal="G", target="t0", area="FI", status="behind", reason="A register was merged.",
    reviewer="A. Reviewer", date=date(2026, 5, 1),
)  # fmt: skip


def test_an_override_stands_beside_the_computed_verdict() -> None:
    rows = values_of({"FI": "2024 1000 | 2025 1200", "SE": "2024 1000 | 2025 1200"})

    verdict = row(rows, catalogue_of(FLOW, GROWTH), overrides=[OVERRIDE])

    assert (verdict["status"], verdict["override_status"]) == ("on_track", "behind")
    assert (verdict["override_by"], verdict["override_on"]) == ("A. Reviewer", "2026-05-01")
    assert row(rows, catalogue_of(FLOW, GROWTH), "SE", overrides=[OVERRIDE])["override_by"] == ""


def test_an_unrelated_state_changes_no_verdict() -> None:
    alone = values_of({"FI": "2024 1000 | 2025 1200"})
    both = values_of({"FI": "2024 1000 | 2025 1200", "SE": "2024 5 | 2025 900"})

    pd.testing.assert_series_equal(
        row(alone, catalogue_of(FLOW, GROWTH)), row(both, catalogue_of(FLOW, GROWTH))
    )


def test_the_order_of_rows_changes_nothing() -> None:
    rows = union_and_states("2024 2700 | 2025 3000", every_state("2024 100 | 2025 111"))
    defined = catalogue_of(FLOW, {**GROWTH, "beside": ("growth_ratio",)})

    backwards = assess_values(rows.iloc[::-1], defined, ON)

    pd.testing.assert_frame_equal(backwards, assess_values(rows, defined, ON))


def test_every_target_of_the_catalogue_is_assessed() -> None:
    table = assess_values(NOTHING, catalogue(), ON)

    assert set(table["status"]) == {"not_assessed"}
    assert set(table["goal"]) == {goal.code for goal in catalogue().goals.values() if goal.targets}
    assert not table.duplicated(["goal", "target", *BREAKDOWNS, "area", "method"]).any()
