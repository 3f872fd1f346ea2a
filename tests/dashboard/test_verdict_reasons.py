"""Reasons in words: with the years and the States that they concern, in every language."""

import re
from dataclasses import replace
from math import nan

import pytest

from dashboard.released.assessments import Assessment, StatusAge
from dashboard.texts import texts
from dashboard.wording.verdict_reasons import change_and_threshold, reasons_in_words
from metrics.catalogue.definitions.targets import Target
from metrics.catalogue.loader import catalogue
from metrics.catalogue.methods import no_verdict, reason_sentences
from metrics.core.period import ReferencePeriod
from metrics.core.verdict_codes import Reason, Step
from metrics.core.verdicts import (
    CalculationStep,
    Point,
    Status,
    Verdict,
    arithmetic_as_cell,
    calculation_step,
)
from metrics.messages import languages

NEW_REASONS = (
    "not_current", "baseline_moved", "rebased_after_break", "not_bound", "small_base",
    "below_threshold", "not_confirmed", "states_not_confirmed", "too_few_years",
)  # fmt: skip


def verdict(reason: str, *steps: CalculationStep, value: float | None = None) -> Verdict:
    return Verdict(
        Status.ON_TRACK, reason=reason, period="2022", value=value, arithmetic=tuple(steps)
    )


def said(reason: str, *steps: CalculationStep, language: str = "en") -> str:
    return reasons_in_words(assessed(verdict(reason, *steps)), texts(language))


def assessed(given: Verdict, asked: Target | None = None, rule: str = "") -> Assessment:
    return Assessment("t", "yearly_growth", official=True, verdict=given, rule=rule, asked=asked,
                      calculation=arithmetic_as_cell(given))  # fmt: skip


def moved(cause: str) -> CalculationStep:
    return calculation_step("baseline_moved", cause, "between", start="2020", end="2023")


def growth(state: str) -> CalculationStep:
    return calculation_step(Step.GROWTH_OF_SAME_STATES, state, "between", start="2022", end="2023")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("reason", NEW_REASONS)
def test_every_reason_has_words_also_without_a_calculation(language: str, reason: str) -> None:
    (general,) = reason_sentences(reason, language)
    assert general != reason.replace("_", " ")
    assert said(reason, language=language)


def test_a_verdict_that_is_not_current_says_since_when() -> None:
    assert said("not_current") == "No value since 2022; the status is of 2022."


def test_an_old_verdict_as_of_a_chosen_period_names_that_period() -> None:
    age = StatusAge(Reason.NOT_CURRENT, "2022", chosen="2023", is_reported_later=True)
    old = assessed(verdict("provisional")).with_age(age)
    assert reasons_in_words(old, texts("en")).endswith(
        "No value for 2023 (there is a later one); the status is of 2022."
    )


def test_a_special_value_is_not_called_absent() -> None:
    assert "No comparable value since 2022;" in said("special_left_out;not_current")


def test_one_period_that_is_not_applicable_is_named_although_earlier_ones_have_values() -> None:
    points = [
        Point(ReferencePeriod.parse("2024"), 85.3),
        Point(ReferencePeriod.parse("2025"), nan, "M"),
    ]

    refused = no_verdict("not_applicable", points)

    assert (
        reasons_in_words(assessed(refused), texts("en"))
        == "The entry for 2025 is “not applicable”."
    )


@pytest.mark.parametrize(
    ("steps", "why"),
    [
        ([moved("no_value")], "there is no value for 2020"),
        ([moved("value_withheld")], "the value for 2020 is suppressed"),
        (
            [
                moved("no_growth_of_the_same_states"),
                growth("withheld"),
            ],
            "the growth of the same States from 2022 to 2023 is suppressed",
        ),
        (
            [
                moved("no_growth_of_the_same_states"),
                growth("unknown"),
            ],
            "the growth of the same States from 2022 to 2023 is not known",
        ),
    ],
)
def test_a_moved_baseline_names_both_years_and_the_cause(
    steps: list[CalculationStep], why: str
) -> None:
    assert (
        said("baseline_moved", *steps) == f"The comparison begins in 2023 instead of 2020: {why}."
    )


def test_a_series_assessed_from_its_break_on_says_so() -> None:
    assert said("rebased_after_break", moved("break_in_the_series")) == (
        "The series has a break in 2023, so it is assessed from 2023 on, not from 2020."
    )


@pytest.mark.parametrize(
    ("step", "compared"),
    [
        ("size_of_the_change_beside_it", "the change since the baseline"),
        ("distance_from_the_path_beside_it", "the distance from the path"),
        ("", "what decides the status"),
    ],
)
def test_a_volatile_series_says_what_the_usual_change_exceeds(step: str, compared: str) -> None:
    steps = [calculation_step(step, 3.0, "less_than", value=3.0, other=9.0)] if step else []

    assert said("volatile", *steps).startswith(f"The series fluctuates: {compared} is smaller")


@pytest.mark.parametrize("language", languages())
def test_the_two_numbers_of_a_milestone_are_distinguished(language: str) -> None:
    found = verdict(
        "states_not_confirmed",
        CalculationStep("states_not_confirmed_in_this_round", ("BG", "HU")),
        calculation_step(
            "reached_of_those_that_reported_in_this_round", 19, "of_number", number=24
        ),
        value=21.0,
    )

    sentence = reasons_in_words(assessed(found), texts(language))

    assert {"21", "2", "19"} <= set(re.findall(r"\d+", sentence))
    if language == "en":
        assert sentence.startswith("The 21 include 2 that have no figure for ")
    assert all(texts(language).code("area", area) in sentence for area in ("BG", "HU"))


def test_reasons_stand_one_after_the_other() -> None:
    assert said("provisional;not_current").startswith("The latest value is provisional. No value")


@pytest.mark.parametrize(
    ("term", "change", "threshold", "expected"),
    [
        (
            "chance_variation",
            30.136,
            31.983,
            "(30.1) does not exceed the threshold of 32 (what chance alone can",
        ),
        (
            "smallest_yearly_growth_that_counts",
            0.04,
            0.05,
            "(0.04) does not exceed the threshold of 0.05 (change",
        ),
        (
            "half_the_widths_of_the_bands",
            300.0,
            420.0,
            "(300) does not exceed the threshold of 420 (half the width",
        ),
    ],
)
def test_a_change_that_counts_as_none_is_said_beside_its_threshold(
    term: str, change: float, threshold: float, expected: str
) -> None:
    steps = (
        CalculationStep(term, threshold),
        calculation_step(
            Step.SIZE_OF_CHANGE, change, "not_more_than", value=change, other=threshold
        ),
    )
    assert expected in said("below_threshold", *steps)


GROWTH = next(
    target for target in catalogue().goals["GA-1.1"].targets if target.id == "ten-per-cent"
)


@pytest.mark.parametrize(
    ("status", "change", "sentence"),
    [
        (
            Status.NO_CLEAR_CHANGE,
            3.0,
            (
                "The change since the baseline (3\xa0persons) does not exceed the threshold of "
                "94\xa0persons (what chance alone can bring about)."
            ),
        ),
        (
            Status.BEHIND,
            3.0,
            (
                "The change since the baseline (3\xa0persons) does not exceed the threshold of "
                "94\xa0persons (what chance alone can bring about), but the distance from the path does."
            ),
        ),
        (
            Status.NO_CLEAR_CHANGE,
            3.27,  # from a value that was calculated back
            (
                "The change since the baseline (3\xa0persons) does not exceed the threshold of "
                "94\xa0persons (what chance alone can bring about)."
            ),
        ),
        (Status.NO_CLEAR_CHANGE, 0.0, "The figure is the same as at the baseline."),
    ],
)
def test_a_change_is_weighed_in_its_unit_and_does_not_contradict_the_status(
    status: Status, change: float, sentence: str
) -> None:
    steps = (
        CalculationStep("chance_variation", 94.0),
        calculation_step(Step.SIZE_OF_CHANGE, change, "not_more_than", value=change, other=94.0),
    )
    found = Verdict(status, reason="below_threshold", period="2022", arithmetic=steps)

    assert reasons_in_words(assessed(found, GROWTH), texts("en")) == sentence


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (2.0, "The change on the value before (2) does not"),
        (0.0, "The figure is the same as the value"),
    ],
)
def test_a_level_to_be_kept_is_compared_with_the_value_before(change: float, sentence: str) -> None:
    steps = (
        CalculationStep("chance_variation", 94.0),
        calculation_step(Step.SIZE_OF_CHANGE, change, "not_more_than", value=change, other=94.0),
    )
    found = Verdict(Status.NOT_ACHIEVED, reason="below_threshold", period="2022", arithmetic=steps)

    assert reasons_in_words(assessed(found, rule="keep_at"), texts("en")).startswith(sentence)


def test_the_change_of_a_share_has_the_digits_of_the_title() -> None:
    """4.2475 percentage points are 4.25 in the title; the threshold is a round number."""
    (asked,) = (
        target for target in catalogue().goals["GA-4.2"].targets
        if target.indicator == "TAKEDOWN_WITHIN_24H"
    )  # fmt: skip
    steps = (
        CalculationStep("smallest_change_that_counts", 1.0),
        calculation_step(Step.SIZE_OF_CHANGE, 4.2475, "more_than", value=4.2475, other=1.0),
    )
    weighed = change_and_threshold(assessed(verdict("", *steps), asked), texts("en"))

    assert weighed is not None
    assert weighed["change"] == "4.25\N{NO-BREAK SPACE}percentage points"
    assert weighed["threshold"] == "1\N{NO-BREAK SPACE}percentage point"


@pytest.mark.parametrize(
    ("goal", "indicator", "ends", "printed"),
    [
        ("GA-4.2", "TAKEDOWN_WITHIN_24H", (26.2554, 7.1846), "19.08"),  # 26.26 − 7.18
        ("GA-4.2", "TAKEDOWN_SHARE_2D", (60.0, 61.92), "1.92"),  # the digits of its source
    ],
)
def test_the_change_of_a_share_in_a_reason_is_that_of_the_printed_shares(
    goal: str, indicator: str, ends: tuple[float, float], printed: str
) -> None:
    targets = catalogue().goals[goal].targets
    asked = next(target for target in targets if target.indicator == indicator)
    size = abs(ends[1] - ends[0])
    steps = (
        CalculationStep(Step.LEAST_VARIATION, 3.15),
        calculation_step(Step.SIZE_OF_CHANGE, size, "not_more_than", value=size, other=3.15),
    )
    latest = verdict("", *steps, value=ends[1])
    of_today = replace(latest, baseline_value=ends[0], expected_value=ends[0])
    for found in (of_today, replace(of_today, baseline_value=None)):  # as of a chosen period
        weighed = change_and_threshold(assessed(found, asked), texts("en"))

        assert weighed is not None
        assert weighed["change"] == f"{printed}\N{NO-BREAK SPACE}percentage points"
        assert weighed["why"] == texts("en")("threshold.chance")
