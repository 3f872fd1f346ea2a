"""The status that each period had, or would have had with the figures up to it."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.core.schemas import TARGETED_SERIES, columns_of
from metrics.core.tables import EU
from metrics.release.publish import normalise_table
from metrics.statistics.assessment.basis import assessment_basis
from metrics.statistics.status_history import EarlierHistory, status_history
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
DIRECTION = {"rule": "direction_only"}
GROWTH = {"rule": "growth_per_year", "percent": 10, "method": "yearly_growth"}
IN_FORCE = {"rule": "milestone_by_date", "step": "in_force", "by": "2024-06-30"}
EVERYWHERE = {**IN_FORCE, "rule": "all_areas_by_date", "applies_to": "eu"}
CELLS = [
    "status", "category", "reason", "value", "baseline_period", "expected_value", "gap", "arithmetic",
]  # fmt: skip


def drawn(
    rows: pd.DataFrame, target: dict[str, Any], series_indicator: Any = FLOW, area: str = "FI"
) -> Any:
    table = status_history(assessment_basis(rows, catalogue_of(series_indicator, target), ON))
    return table[table["area"] == area].reset_index(drop=True)


def statuses(
    drawing: str, target: dict[str, Any], series_indicator: Any = FLOW
) -> list[tuple[str, ...]]:
    component = "step" if series_indicator is LADDER else "value"
    table = drawn(values_of({"FI": drawing}, component=component), target, series_indicator)
    return list(zip(table["period"], table["status"], strict=True))


def test_each_period_has_the_status_that_its_figures_gave() -> None:
    found = statuses("2022 1000 | 2023 1150 | 2024 900 | 2025 1500", GROWTH)

    assert found == [("2023", "on_track"), ("2024", "moving_away"), ("2025", "on_track")]


def test_a_period_without_a_verdict_has_a_row_where_its_own_figures_do_not_show_why() -> None:
    """Too few figures are seen in the series; that one is of a special event is a reason kept."""
    found = drawn(values_of({"FI": "2021 1000 | 2022 5000 S | 2023 1100"}), DIRECTION)

    assert next(zip(found["period"], found["status"], found["reason"], strict=True)) == (
        "2022", "not_assessed", "special_left_out",
    )  # fmt: skip


def test_a_milestone_that_is_overdue_today_was_not_yet_due_then() -> None:
    """The day of an earlier verdict is the day after its period, the last that of the release."""
    found = statuses("2022 0 | 2023 1 | 2024 1 | 2025 1", IN_FORCE, LADDER)

    assert found == [
        ("2022", "not_yet_due"), ("2023", "not_yet_due"),
        ("2024", "not_achieved"), ("2025", "not_achieved"),
    ]  # fmt: skip


def test_a_period_that_ends_after_the_release_is_assessed_on_the_day_of_the_release() -> None:
    late = {**IN_FORCE, "by": "2026-09-30"}

    found = statuses("2025 1 | 2026 1 | 2027 1", late, LADDER)

    assert [status for _, status in found] == ["not_yet_due"] * 3


@pytest.mark.parametrize(
    ("drawing", "expected"),
    [
        ("2023 1 | 2024 : O | 2025 3", ["2025"]),  # a missing figure is not assessed
        ("2022 1 | 2023 2 | 2024 3 B | 2025 4", ["2023", "2025"]),  # nor one right after a break
        ("2022 1 | 2023 2 | 2023-Q4 3 | 2024 4", ["2023", "2024"]),  # nor a part of a year
        ("2025 1", ["2025"]),  # the official assessment stands, with its reason
        ("2023 1 | 2024 2 | 2025 : Q", ["2024", "2025"]),
        ("2023 1 | 2024 2 | 2025 : O", ["2024"]),  # the official one is that of 2024
    ],
)
def test_which_periods_can_be_assessed(drawing: str, expected: list[str]) -> None:
    assert [period for period, _ in statuses(drawing, DIRECTION)] == expected


def test_figures_of_other_states_count_up_to_the_period_too() -> None:
    """Nobody was ahead of Bulgaria in 2024, though others have sent 2025 since."""
    rows = values_of(
        {"BG": "2022 10 | 2023 40 | 2024 80", "FI": "2022 10 | 2023 40 | 2024 80 | 2025 99"}
    )

    assert drawn(rows, DIRECTION, area="BG")["reason"].tolist() == ["", "latest_missing"]


def test_states_are_counted_as_of_each_period() -> None:
    states = every_state("2023 1 | 2024 2 | 2025 2", FI="2023 1 | 2024 1 | 2025 2")

    found = drawn(values_of(states, component="step"), EVERYWHERE, LADDER, EU)

    assert found["value"].tolist() == [0, 26, 27]
    assert found["status"].tolist() == ["not_yet_due", "not_achieved", "achieved_late"]


def test_a_panel_that_changed_later_leaves_earlier_verdicts_alone() -> None:
    states = every_state("2023 100 | 2024 120 | 2025 120", but=["FI"], FI="2025 1000")
    rows = pd.concat([values_of({EU: "2023 2600 | 2024 3120 | 2025 4120"}), values_of(states)])
    partial = reported_by(rows, y2023=26, y2024=26)

    found = drawn(partial, GROWTH, area=EU)

    assert list(zip(found["period"], found["reason"], strict=True)) == [
        ("2024", "part_of_the_states"), ("2025", "changing_panel"),
    ]  # fmt: skip


def test_a_step_stands_in_every_period_in_which_any_state_reported() -> None:
    """Finland said nothing for 2023 and 2025; Sweden did."""
    states = {"FI": "2022 2 | 2024 2", "SE": "2021 1 | 2022 1 | 2023 1 | 2024 1 | 2025 1"}
    values = values_of(states, component="step")

    found = drawn(values, {**IN_FORCE, "by": "2030-12-31"}, LADDER)

    assert list(zip(found["period"], found["status"], found["reason"], strict=True)) == [
        ("2022", "achieved", ""), ("2023", "achieved", "not_confirmed"),
        ("2024", "achieved", ""), ("2025", "achieved", "not_confirmed"),
    ]  # fmt: skip


def test_after_a_break_there_is_a_status_again_from_the_second_value_on() -> None:
    found = drawn(
        values_of({"FI": "2021 100 | 2022 150 | 2023 900 B | 2024 1100 | 2025 1300"}), DIRECTION
    )

    assert list(zip(found["period"], found["baseline_period"], found["reason"], strict=True)) == [
        ("2022", "2021", ""),
        ("2024", "2023", "rebased_after_break"), ("2025", "2023", "rebased_after_break"),
    ]  # fmt: skip


def test_each_period_has_the_coverage_of_its_figure() -> None:
    states = every_state("2024 1000 | 2025 1500", but=["FI"], FI="2025 900")
    union = values_of({EU: "2024 26000 | 2025 39900"})
    growth = values_of({EU: "2025 50"}, component="year_on_year")
    rows = reported_by(pd.concat([union, values_of(states), growth]), y2024=26)

    found = drawn(rows, DIRECTION, area=EU)
    of_state = drawn(rows, DIRECTION, area="SE")

    assert found[["period", "areas_reporting", "areas_expected"]].to_numpy().tolist() == [
        ["2025", 27, 27]
    ]
    assert of_state[["areas_reporting", "areas_expected"]].to_numpy().tolist() == [[0, 0]]


def test_a_period_says_what_it_was_compared_with_then() -> None:
    """As of 2023 the change was too small; as of 2024 it was not (France in the sample, F18)."""
    found = drawn(values_of({"FI": "2022 900 | 2023 929 | 2024 1400"}), DIRECTION)

    assert found["status"].tolist() == ["no_clear_change", "wanted_direction"]
    assert found["gap"].tolist() == [29, 500]
    assert found["baseline_period"].tolist() == ["2022", "2022"]


@settings(max_examples=15, deadline=None)
@given(
    values=st.lists(st.integers(1, 50), min_size=1, max_size=6),
    statuses_drawn=st.lists(st.sampled_from("AAABOQP"), min_size=6, max_size=6),
    rule=st.sampled_from([DIRECTION, GROWTH, {"rule": "keep_at", "value": 20}]),
)
def test_the_last_row_is_the_official_assessment(
    values: list[int], statuses_drawn: list[str], rule: dict[str, Any]
) -> None:
    drawing = " | ".join(
        f"{2020 + n} {':' if status in 'OQ' else value} {status}"
        for n, (value, status) in enumerate(zip(values, statuses_drawn, strict=False))
    )
    rows, defined = values_of({"FI": drawing}), catalogue_of(FLOW, rule)

    history = status_history(assessment_basis(rows, defined, ON))
    official = assess_values(rows, defined, ON)

    last = history.groupby(list(TARGETED_SERIES), sort=False).tail(1).set_index("area")
    pd.testing.assert_frame_equal(
        last.loc[["FI"], CELLS], official.set_index("area").loc[["FI"], CELLS]
    )


@settings(max_examples=8, deadline=None)
@given(values=st.lists(st.integers(20, 90), min_size=3, max_size=6))
def test_an_earlier_row_is_what_a_release_of_then_would_have_said(values: list[int]) -> None:
    """Assessed again from the figures up to the period, on the day after it."""
    texts = [f"{2020 + n} {value}" for n, value in enumerate(values)]
    history = drawn(values_of({"FI": " | ".join(texts)}), GROWTH).set_index("period")

    for n in range(1, len(values) - 1):
        then = assess_values(
            values_of({"FI": " | ".join(texts[: n + 1])}),
            catalogue_of(FLOW, GROWTH),
            date(2021 + n, 1, 1),
        ).set_index("area")
        if then.loc["FI", "period"]:
            pd.testing.assert_frame_equal(
                history.loc[[str(2020 + n)], CELLS].reset_index(drop=True),
                then.loc[["FI"], CELLS].reset_index(drop=True),
            )
        else:
            assert str(2020 + n) not in history.index


@settings(max_examples=10, deadline=None)
@given(
    values=st.lists(st.integers(20, 90), min_size=2, max_size=5),
    before=st.sampled_from([date(2021, 3, 1), date(2023, 12, 31), date(2025, 5, 1)]),
    rule=st.sampled_from([DIRECTION, GROWTH, IN_FORCE]),
)
def test_what_was_assessed_before_equals_what_is_assessed_now(
    values: list[int], before: date, rule: dict[str, Any]
) -> None:
    """Whatever the day of the earlier release, in the middle of the series too."""
    is_step = rule is IN_FORCE
    second = EVERYWHERE if is_step else DIRECTION if rule is GROWTH else GROWTH
    texts = [
        f"{2020 + n} {int(value > 50) if is_step else value}" for n, value in enumerate(values)
    ]
    rows = values_of({"FI": " | ".join(texts)}, component="step" if is_step else "value")
    defined = catalogue_of(LADDER if is_step else FLOW, rule, second)
    released = normalise_table(status_history(assessment_basis(rows, defined, before)))
    then = EarlierHistory(released, before)  # the two targets of a period are side by side
    today = assessment_basis(rows, defined, ON)

    pd.testing.assert_frame_equal(status_history(today, [then]), status_history(today))


def test_what_was_assessed_before_is_not_assessed_again() -> None:
    """The marked rows of the earlier release are taken over, all but the last."""
    rows = values_of({"FI": "2021 50 | 2022 70 | 2023 90"})
    today = assessment_basis(rows, catalogue_of(FLOW, GROWTH), ON)
    marked = status_history(today).assign(reason="marked")

    history = status_history(today, [EarlierHistory(marked, date(2026, 1, 1))])

    own = history[history["area"] == "FI"].set_index("period")["reason"]
    assert own["2022"] == "marked"
    assert own["2023"] != "marked"


def test_a_series_without_a_row_has_none() -> None:
    empty = status_history(
        assessment_basis(values_of({"FI": "2021 1"}).head(0), catalogue_of(FLOW, DIRECTION), ON)
    )

    assert (len(empty), list(empty.columns)) == (0, columns_of("status_history"))
