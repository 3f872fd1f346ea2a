"""Releases built before steps had keys hold English labels; their pages read as before."""

import json

import pytest

from metrics.core.verdicts import CalculationStep, arithmetic_from_cell


@pytest.mark.parametrize(
    ("label", "formula", "value", "expected"),
    [
        ("value", "2020 (P)", 9.0, CalculationStep("value", 9.0, "as_written", {"text": "2020 (P)"})),
        ("months late", "", None, CalculationStep("months_late")),
        (
            "value − path, added up over the observed periods", "Σ (value − path)", 2,
            CalculationStep(
                "value_less_path_added_up_over_the_observed_periods", 2, "as_written",
                {"text": "Σ (value − path)"},
            ),
        ),
        (
            "baseline moved", "2020 → 2023", "no growth of the same states",
            CalculationStep(
                "baseline_moved", "no_growth_of_the_same_states", "between",
                {"start": "2020", "end": "2023"},
            ),
        ),
        (
            "reached, of those that reported in this round", "of 24", 19,
            CalculationStep(
                "reached_of_those_that_reported_in_this_round", 19, "of_number", {"number": 24}
            ),
        ),
        (
            "states not bound", "2025", "DK",
            CalculationStep("states_not_bound", ("DK",), "as_written", {"text": "2025"}),
        ),
        (
            "states that have not said", "2025", "none",
            CalculationStep("states_that_have_not_said", "none", "as_written", {"text": "2025"}),
        ),
        ("status by the method alone", "", "on track",
         CalculationStep("status_by_the_method_alone", "on_track")),
        ("step", "", "in_force", CalculationStep("step", "in_force")),
        ("growth a year, not judged", "", 3, CalculationStep("growth_a_year_not_assessed", 3)),
    ],
)  # fmt: skip
def test_an_older_step_is_read_with_its_key(
    label: str, formula: str, value: object, expected: CalculationStep
) -> None:
    cell = json.dumps([{"label": label, "formula": formula, "value": value}])

    assert arithmetic_from_cell(cell) == (expected,)


def test_an_empty_cell_has_no_calculation() -> None:
    assert arithmetic_from_cell("") == ()


def test_a_step_is_read_under_the_key_of_today_after_a_key_was_renamed() -> None:
    step = {"key": "smallest_baseline_that_is_judged", "value": 9, "formula": "", "parameters": {}}

    (read,) = arithmetic_from_cell(json.dumps([step]))

    assert read == CalculationStep("smallest_baseline_that_is_assessed", 9)
