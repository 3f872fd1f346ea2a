"""Steps, methods and formulas of indicators are tried, and each fault is named with its place."""

import ast
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from metrics.catalogue.checks.calculations import (
    faults_of_source,
    faults_of_steps,
    known_formulas,
)
from metrics.catalogue.checks.methods import (
    faults_of_calculations,
    faults_of_formula,
    faults_of_method,
)
from metrics.catalogue.indicators import indicators
from metrics.catalogue.methods import Method, methods, no_verdict
from metrics.core.verdicts import CalculationStep, Status, Verdict

BY_YEARS = {"change": 1.0, "years": 2.0}
WHERE_FORMULAS_ARE = "formulas with words are in metrics/messages, others in formulas.yaml"
NEW_STEP = "a new one needs calculation/steps/valu in metrics/messages"


def test_the_catalogue_has_no_such_fault() -> None:
    assert [*faults_of_steps()] == []
    assert [*faults_of_calculations()] == []


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ('calculation_step("value", 1, "by_years", change=1, years=2)', []),
        ('CalculationStep("months_late")', []),
        ('CalculationStep("value", 1, "by_years", {**more, "years": 2})', []),
        ('calculation_step("value", 1, "by_years", **more)', []),
        ('calculation_step("value", 1, formula, change=1)', []),
        (
            'calculation_step("value", 1, "by_years", chnge=1, years=2)',
            ["“chnge” is not a parameter of by_years; did you mean “change”?",
             "by_years lacks change: “{change} / {years:years}”"],
        ),
        (
            'CalculationStep("value", 1, "by_years", {"change": 1})',
            ["by_years lacks years: “{change} / {years:years}”"],
        ),
        (
            'calculation_step("value", 1, "by_yers", change=1)',
            ["“by_yers” is not a formula; did you mean “by_years”?; " + WHERE_FORMULAS_ARE],
        ),
        (
            'CalculationStep("valu")',
            [f"“valu” is not a step with words; did you mean “value”?; {NEW_STEP}"],
        ),
    ],
)  # fmt: skip
def test_a_step_is_compared_with_its_formula(source: str, faults: list[str]) -> None:
    found = [*map(str, faults_of_source("methods/own.py", ast.parse(f"\n{source}\n")))]

    assert found == [f"methods/own.py, line 2: {fault}" for fault in faults]


def test_an_unknown_format_of_a_formula_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    formulas = {**known_formulas(), "by_years": "{change} / {years:yeers}"}
    monkeypatch.setattr("metrics.catalogue.checks.calculations.known_formulas", lambda: formulas)

    assert [*map(str, faults_of_steps())] == [
        "calculation/formulas/by_years: “{change} / {years:yeers}”: “yeers” is not a format; did you mean “years”?"
    ]


def method(assess: Callable[..., Verdict], **fields: Any) -> Method:
    return replace(methods()["keep_at"], assess=assess, **fields)


def answering(*steps: CalculationStep, category: str = "kept") -> Callable[..., Verdict]:
    return lambda *_: Verdict(Status.ON_TRACK, category, arithmetic=steps)


def assess_without_day(points: object, target: object, direction: object) -> Verdict:
    return no_verdict("missing", [])


@pytest.mark.parametrize(
    ("own", "fault"),
    [
        (method(assess_without_day), "TypeError: assess_without_day() takes 3 positional arguments"),
        (method(answering(), rules=frozenset({"keep_att"})),
         "“keep_att” is not a rule of targets; did you mean “keep_at”?"),
        (method(answering(), union_method="milestone"), "“milestone” is not a method; "),
        (method(answering(category="keptt")),
         "“keep_at.keptt” has no words; write categories/keep_at.keptt in metrics/messages"),
        (method(answering(CalculationStep("value", 1, "by_years", {**BY_YEARS, "years": "two"}))),
         "calculation/steps/value: the formula cannot show {'change': 1.0, 'years': 'two'}: "),
        (method(answering(CalculationStep("value", 1, "by_years", {"change": 1.0}))),
         "by_years lacks years"),
        (method(answering(CalculationStep("value", 1, "by_years", {**BY_YEARS, "months": 1.0}))),
         "“months” is not a parameter of by_years"),
        (method(answering(), assess_all=lambda series: {}), "takes 1 positional argument but 2"),
    ],
)  # fmt: skip
def test_a_method_is_tried(own: Method, fault: str) -> None:
    (found,) = map(str, faults_of_method(own))
    assert found.startswith("methods: ")
    assert fault in found


def test_every_category_of_a_direction_needs_words() -> None:
    own = replace(deepcopy(methods()["direction_only"]), name="direction_again")  # texts keep keys

    found = " ".join(map(str, faults_of_method(own)))

    for category in ("right_direction", "wrong_direction", "no_change"):
        assert f"write categories/direction_again.{category} in" in found


def empty(_values: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame()


def two_tables(_hours: int, values: pd.DataFrame) -> pd.DataFrame:
    return values


@pytest.mark.parametrize(
    ("formula", "fault"),
    [
        (empty, "its table lacks area, period, component, value"),
        (two_tables, "TypeError: two_tables() missing 1 required positional argument: 'values'"),
        (lambda values: values["hours"], "KeyError: 'hours'"),
        (len, "returns int; it must return a table"),
    ],
)
def test_a_formula_of_an_indicator_is_tried(formula: Callable[[Any], Any], fault: str) -> None:
    derived = next(indicator for indicator in indicators() if indicator.formula)

    (found,) = map(str, faults_of_formula(derived, formula))
    assert found.startswith(f"indicators: {derived.code}: formula: ")
    assert fault in found
