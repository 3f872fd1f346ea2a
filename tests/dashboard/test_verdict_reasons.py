"""Reasons in words: with the years and the States that they concern, in every language."""

import re

import pytest

from dashboard.texts import texts
from dashboard.verdict_reasons import reasons_in_words
from metrics.catalogue.methods import reason_sentences
from metrics.core.verdict_codes import StepLabel
from metrics.core.verdicts import ArithmeticStep, Status, Verdict
from metrics.messages import languages

NEW_REASONS = (
    "not_current", "baseline_moved", "rebased_after_break", "not_bound", "small_base",
    "below_threshold", "not_confirmed", "states_not_confirmed", "too_few_years",
)  # fmt: skip


def verdict(reason: str, *steps: ArithmeticStep, value: float | None = None) -> Verdict:
    return Verdict(
        Status.ON_TRACK, reason=reason, period="2022", value=value, arithmetic=tuple(steps)
    )


def said(reason: str, *steps: ArithmeticStep, language: str = "en") -> str:
    return reasons_in_words(verdict(reason, *steps), texts(language))


def moved(cause: str) -> ArithmeticStep:
    return ArithmeticStep("baseline moved", "2020 → 2023", cause)


GROWTH = StepLabel.GROWTH_OF_SAME_STATES


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("reason", NEW_REASONS)
def test_every_reason_has_words_also_without_a_calculation(language: str, reason: str) -> None:
    (general,) = reason_sentences(reason, language)
    assert general != reason.replace("_", " ")
    assert said(reason, language=language)


def test_a_verdict_that_is_not_current_says_since_when() -> None:
    assert said("not_current") == "There is no value since 2022; the status is of 2022."


@pytest.mark.parametrize(
    ("steps", "why"),
    [
        ([moved("no value")], "there is no value for 2020"),
        ([moved("value withheld")], "the value for 2020 is withheld"),
        (
            [
                moved("no growth of the same states"),
                ArithmeticStep(GROWTH, "2022 → 2023", "withheld"),
            ],
            "the growth of the same States from 2022 to 2023 is withheld",
        ),
        (
            [
                moved("no growth of the same states"),
                ArithmeticStep(GROWTH, "2022 → 2023", "unknown"),
            ],
            "the growth of the same States from 2022 to 2023 is not known",
        ),
    ],
)
def test_a_moved_baseline_names_both_years_and_the_cause(
    steps: list[ArithmeticStep], why: str
) -> None:
    assert (
        said("baseline_moved", *steps) == f"The comparison begins in 2023 instead of 2020: {why}."
    )


def test_a_series_judged_from_its_break_on_says_so() -> None:
    assert said("rebased_after_break", moved("break in the series")) == (
        "The series breaks in 2023; it is judged from 2023 on, no longer from 2020."
    )


@pytest.mark.parametrize("language", languages())
def test_the_two_numbers_of_a_milestone_are_distinguished(language: str) -> None:
    judged = verdict(
        "states_not_confirmed",
        ArithmeticStep("states not confirmed in this round", "2022", "BG HU"),
        ArithmeticStep("reached, of those that reported in this round", "of 24", 19),
        value=21.0,
    )

    sentence = reasons_in_words(judged, texts(language))

    assert {"21", "24", "19"} <= set(re.findall(r"\d+", sentence))
    assert all(texts(language).code("area", area) in sentence for area in ("BG", "HU"))


def test_reasons_stand_one_after_the_other() -> None:
    assert said("provisional;not_current").startswith("The latest value is provisional. There is")
