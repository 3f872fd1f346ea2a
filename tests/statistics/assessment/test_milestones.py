"""Steps stand until revoked, and every Member State means those that are bound."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from metrics.catalogue.codelists import member_states
from metrics.catalogue.codelists.groups import accessions
from metrics.catalogue.definitions.targets import StepTarget
from metrics.catalogue.loader import catalogue
from metrics.core.period import ReferencePeriod
from metrics.core.tables import EU, STEP
from metrics.statistics.aggregation.aggregate import aggregate
from metrics.statistics.assessment.milestones import latest_known_step
from tests.drawn_series import points
from tests.drawn_values import LADDER, assess_values, catalogue_of, every_state, values_of
from tests.tables import indicator

ROOT = Path(__file__).parents[3]
ON = date(2026, 6, 1)
IN_FORCE = {"rule": "milestone_by_date", "step": "in_force", "applies_to": "states"}
EVERYWHERE = {"rule": "all_areas_by_date", "step": "in_force", "applies_to": "eu"}
LATE = dict.fromkeys(("BE", "BG", "CZ"), "2024 2")
NOT_YET = dict.fromkeys(("DK", "DE", "EE", "IE", "EL", "ES"), "2024 1 | 2025 1")
SAMPLE = every_state("2024 2 | 2025 2", **NOT_YET, **LATE)


def table_of(states: dict[str, str], *targets: dict[str, Any], aggregated: bool = True) -> Any:
    defined = catalogue_of(LADDER, *targets)
    rows = values_of(states, component=STEP)
    return assess_values(aggregate(rows, defined) if aggregated else rows, defined, ON)


def union_verdict(states: dict[str, str], *, aggregated: bool = True, **target: Any) -> Any:
    table = table_of(states, {**EVERYWHERE, **target}, aggregated=aggregated)
    return table[table["area"] == EU].iloc[0]


def steps(verdict: Any) -> dict[str, Any]:
    return {step["key"]: step["value"] for step in json.loads(verdict["arithmetic"])}


@pytest.mark.parametrize("aggregated", [True, False])
def test_the_union_keeps_what_a_state_without_a_report_has_reached(aggregated: bool) -> None:
    """The fault of the sample: 21 in force in 2024, and 18 in 2025, as three had sent nothing."""
    verdict = union_verdict(SAMPLE, aggregated=aggregated)

    assert (verdict["value"], verdict["period"]) == (21, "2025")
    assert verdict["reason"] == "states_not_confirmed"
    assert steps(verdict)["states_not_confirmed_in_this_round"] == ["BE", "BG", "CZ"]
    assert steps(verdict)["number_not_confirmed_in_this_round"] == 3
    assert steps(verdict)["reached_of_those_that_reported_in_this_round"] == 18


@pytest.mark.parametrize(
    ("silent", "reason"),
    [
        (["BE", "BG"], ""),
        (["DE", "FR", "IT"], "low_coverage"),  # 24 of 27 States, but 58 % of the children
        (["EE", "LV", "LT", "MT", "CY", "LU", "SI", "HR", "SK", "IE"], "low_coverage"),  # 17
    ],
)
@pytest.mark.parametrize("aggregated", [True, False])
def test_few_states_give_no_verdict_on_the_union(
    silent: list[str], reason: str, *, aggregated: bool
) -> None:
    """Three States with a law in force may be 3 of 27, or 27 of 27: nobody knows."""
    states = {area: drawn for area, drawn in every_state("2025 2").items() if area not in silent}

    verdict = union_verdict(states, aggregated=aggregated)

    assert (verdict["reason"], verdict["status"] == "not_assessed") == (reason, bool(reason))
    assert verdict["value"] == len(states)
    assert steps(verdict)["share_of_the_states_that_are_known"] == len(states) / 27
    assert ("eurostat" in steps(verdict).get("source_of_the_threshold", "")) is bool(reason)


def test_a_sum_of_few_states_says_so() -> None:
    rows = values_of({"FI": "2024 100 | 2025 200", "SE": "2024 100 | 2025 200"})
    defined = catalogue_of(indicator("DRAWN"), {"rule": "direction_only"})

    table = assess_values(aggregate(rows, defined), defined, ON)
    union = table[table["area"] == EU].iloc[0]

    assert (union["status"], union["reason"]) == ("not_assessed", "low_coverage")
    assert steps(union)["share_of_the_states_that_are_known"] == 2 / 27


def test_one_number_for_one_thing() -> None:
    """The count of the Union is that of the States whose own verdict is achieved."""
    table = table_of(SAMPLE, EVERYWHERE, IN_FORCE)

    achieved = (table["area"] != EU) & (table["status"] == "achieved")
    assert table.loc[table["area"] == EU, "value"].tolist() == [float(achieved.sum())]


@settings(max_examples=15, deadline=None)
@example(drawn=[["0", "0", "0"], ["2", ": M", ": O"], ["2", ": Q", ": O"], ["2", ": L", "1"]])
@given(
    drawn=st.lists(
        st.lists(st.sampled_from(["0", "1", "2", ": O", ": M", ""]), min_size=3, max_size=3),
        min_size=4, max_size=4,
    )
)  # fmt: skip
def test_the_aggregate_and_the_verdicts_agree(drawn: list[list[str]]) -> None:
    states = {
        area: " | ".join(f"{2023 + n} {value}" for n, value in enumerate(values) if value)
        for area, values in zip(("FI", "SE", "DE", "FR"), drawn, strict=True)
    }
    states = {area: text for area, text in states.items() if text} | {"IT": "2025 1"}

    table = table_of(states, EVERYWHERE, IN_FORCE)

    achieved = (table["area"] != EU) & (table["status"] == "achieved")
    assert table.loc[table["area"] == EU, "value"].tolist() == [float(achieved.sum())]


def test_states_that_are_not_bound_are_neither_counted_nor_overdue() -> None:
    """As Denmark, to which Directives based on Title V of the Treaty do not apply."""
    bound = {"not_bound": ("DK",), "by": "2013-12-18"}
    states = every_state("2025 2 A 2013-12-01", DK="2025 0")

    table = table_of(states, {**EVERYWHERE, **bound}, {**IN_FORCE, **bound})

    of_union, of_denmark = (table[table["area"] == area].iloc[0] for area in (EU, "DK"))
    assert (of_union["value"], of_union["expected_value"]) == (26, 26)
    assert of_union["status"] == "achieved"
    assert steps(of_union)["states_not_bound"] == ["DK"]
    assert "DK" not in steps(of_union)["states_that_have_not_reached_it"]
    assert (of_denmark["status"], of_denmark["reason"]) == ("not_assessed", "not_bound")


def test_a_step_that_was_taken_back_is_taken_back() -> None:
    verdict = union_verdict(every_state("2024 2", FI="2024 2 | 2025 1"))

    assert verdict["value"] == 26
    assert steps(verdict)["states_that_have_not_reached_it"] == ["FI"]


def test_a_state_that_says_that_a_step_does_not_apply_is_listed_apart() -> None:
    verdict = union_verdict(every_state("2025 2", FI="2024 2 | 2025 : M"))

    assert steps(verdict)["states_to_which_it_does_not_apply"] == ["FI"]
    assert steps(verdict)["states_that_have_not_said"] == []
    assert verdict["value"] == 26


@pytest.mark.parametrize(
    ("drawn", "period", "step"),
    [
        ("2023 2", "2025", 2),
        ("2023 2 | 2024 : O", "2025", 2),
        ("2023 2 | 2024 1", "2025", 1),
        ("2023 2 | 2024 1", "2023", 2),
        ("2024 2", "2023", None),
        ("2023 2 | 2024 : Q", "2025", None),
        ("2023 2 | 2024 : M", "2025", None),
        ("2024-Q1 1 | 2024-Q3 2", "2024", 2),
    ],
)
def test_the_latest_known_step(drawn: str, period: str, step: int | None) -> None:
    found = latest_known_step(points(drawn), ReferencePeriod.parse(period))

    assert (found and found.value) == step


def test_when_the_last_state_reached_it_is_known_from_earlier_rounds_too() -> None:
    states = every_state("2024 2 A 2024-05-01", SE="2025 2 A 2025-02-01")

    verdict = union_verdict(states, by="2024-12-31")

    assert (verdict["status"], steps(verdict)["day_reached"]) == ("achieved_late", "2025-02-01")


def test_nothing_of_a_later_round_is_known_before() -> None:
    states = every_state("2023 1 | 2024 1", FI="2023 1")
    rows = values_of(states, component=STEP)

    assert set(pd.unique(aggregate(rows, catalogue_of(LADDER))["period"])) == {"2023", "2024"}


@pytest.mark.parametrize(
    ("drawn", "status"),
    [("2025 2 A 2013-07-01", "achieved"), ("2025 2 A 2013-07-02", "achieved_late"),
     ("2025 1", "not_achieved")],
)  # fmt: skip
def test_a_state_that_acceded_later_is_due_on_its_accession(drawn: str, status: str) -> None:
    """Croatia, of a directive that the other States had to transpose before it was a member."""
    table = table_of(every_state(drawn), {**IN_FORCE, "by": "2013-04-06"})
    croatia, finland = (table[table["area"] == area].iloc[0] for area in ("HR", "FI"))

    assert croatia["status"] == status
    assert finland["status"] in {"achieved_late", "not_achieved"}
    assert steps(croatia)["day_agreed"] == steps(finland)["day_agreed"] == "2013-04-06"
    assert steps(croatia)["day_of_accession"] == "2013-07-01"
    assert "day_of_accession" not in steps(finland)
    if status == "not_achieved":
        later = (date(2013, 7, 1) - date(2013, 4, 6)).days / (365.25 / 12)
        assert finland["months_late"] - croatia["months_late"] == pytest.approx(later)


def test_every_member_state_has_the_day_of_its_accession() -> None:
    """As in the table of the treaties, which also counts the deadlines that it moves."""
    text = (
        (ROOT / "docs/sources.md").read_text(encoding="utf-8").partition("## Days of accession")[2]
    )
    rows = re.findall(r"^\| (\d{4}-\d\d-\d\d) \| ([A-Z, ]+) \|", text, flags=re.MULTILINE)
    documented = {area: day for day, areas in rows for area in areas.split(", ")}
    days = {
        target.by
        for goal in catalogue().goals.values()
        for target in goal.targets
        if isinstance(target, StepTarget) and target.by
    }
    moved = {(area, day) for area, own in accessions().items() for day in days if own > day}

    assert [*accessions()] == [*member_states()]
    assert {area: str(day) for area, day in accessions().items()} == documented
    assert moved == {("HR", date(2013, 4, 6))}
    assert f"by {(date(2013, 7, 1) - date(2013, 4, 6)).days} days" in text
