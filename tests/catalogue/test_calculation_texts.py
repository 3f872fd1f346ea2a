"""Steps of a calculation in words: every formula in every language, in its number format."""

import re

import pytest

from metrics.catalogue.calculation_texts import (
    FORMATS,
    VALUE_FORMATS,
    ReaderFormatter,
    describe_step,
    neutral_formulas,
)
from metrics.core.verdicts import CalculationStep, calculation_step
from metrics.messages import languages, messages

LATIN = re.compile(r"[A-Za-z]{2,}")
MATHEMATICS = {"ln", "max"}
NBSP = "\N{NO-BREAK SPACE}"


def formulas(language: str) -> dict[str, str]:
    return {**neutral_formulas(), **messages(language, "calculation")["formulas"]}


def placeholders(template: str) -> list[tuple[str, str]]:
    parts = ReaderFormatter("en").parse(template)
    return sorted((name, spec or "") for _, name, spec, _ in parts if name is not None)


def formula(key: str, language: str, **parameters: object) -> str:
    return describe_step(CalculationStep("value", 1, key, parameters), language).formula  # type: ignore[arg-type]  # any of the kinds


@pytest.mark.parametrize("language", languages())
def test_a_translated_formula_has_the_parameters_of_the_english_one(language: str) -> None:
    english = messages("en", "calculation")["formulas"]
    for key, template in formulas(language).items():
        assert placeholders(template) == placeholders(english.get(key, template)), key


@pytest.mark.parametrize("language", languages())
def test_every_format_exists(language: str) -> None:
    templates = [*formulas(language).values(), *VALUE_FORMATS.values()]
    assert {spec for template in templates for _, spec in placeholders(template)} <= FORMATS.keys()


def test_a_formula_without_words_needs_no_translation() -> None:
    for key, template in neutral_formulas().items():
        assert set(LATIN.findall(re.sub(r"\{.*?\}", "", template))) <= MATHEMATICS, key
    assert neutral_formulas().keys().isdisjoint(messages("en", "calculation")["formulas"])


def test_a_formula_in_greek_has_no_latin_word() -> None:
    for key, template in messages("el", "calculation")["formulas"].items():
        assert not LATIN.findall(re.sub(r"\{.*?\}", "", template)), key


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "2024: 8,824 / (1 + 9.7 / 100), 23 Member States"),
        ("fi", f"2024: 8{NBSP}824 / (1 + 9,7 / 100), 23 jäsenvaltiota"),
        ("el", f"2024: 8{NBSP}824 / (1 + 9,7 / 100), 23 κράτη μέλη"),
    ],
)
def test_numbers_in_a_formula_have_the_decimal_mark_of_the_reader(
    language: str, written: str
) -> None:
    found = formula(
        "divided_by_growth", language, period="2024", value=8824.0, change=9.7, states=23
    )
    assert found == written


@pytest.mark.parametrize(
    ("language", "years", "written"),
    [
        ("en", 1.0, "5 / 1 year"),
        ("en", 2.1, "5 / 2.1 years"),
        ("fi", 1.0, "5 / 1 vuosi"),
        ("fi", 2.1, "5 / 2,1 vuotta"),
        ("el", 1.0, "5 / 1 έτος"),
    ],
)
def test_one_of_a_unit_is_singular(language: str, years: float, written: str) -> None:
    assert formula("by_years", language, change=5.0, years=years).replace(NBSP, " ") == written


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "at 2022.5, linear"), ("fi", "kohdassa 2022,5, lineaarinen")],
)
def test_a_time_is_a_year_and_no_quantity(language: str, written: str) -> None:
    assert formula("linear_path", language, time=2022.5) == written


def test_a_number_in_a_formula_has_ten_significant_digits() -> None:
    assert formula("less_than", "en", value=0.0430174446012, other=-1 / 3e7) == (
        "0.0430174446 < −0.00000003333333333"
    )


@pytest.mark.parametrize(
    ("language", "status", "written"),
    [
        ("en", "P", "2024 (provisional value)"),
        ("fi", "P", "2024 (ennakkotieto)"),
        ("el", "P", "2024 (προσωρινή τιμή)"),
        ("en", "PU", "2024 (provisional value, low reliability)"),
    ],
)
def test_a_flag_has_its_name(language: str, status: str, written: str) -> None:
    assert formula("period_with_status", language, period="2024", status=status) == written


@pytest.mark.parametrize(
    ("key", "value", "written"),
    [
        ("step", "in_force", "in force"),
        ("step_asked_for", "none", "no framework"),
        ("step_asked_for", 2.0, "2"),
        ("day_agreed", "none", "none"),
        ("day_reached", "2024-03-01", "1 March 2024"),
        ("day_reached", "not_reached", "not reached"),
        ("states_reporting", "all", "all"),
        ("states_reporting", 26, "26"),
        ("states_that_have_not_said", ("BG", "HU"), "Bulgaria, Hungary"),
        ("states_that_have_not_said", (), "none"),
        ("status_by_the_method_alone", "moving_away", "Moving away"),
        ("wanted_direction", "↑", "↑"),
        ("latest_period_due", "2024-Q1", "Q1 2024"),
        ("middle_of_the_latest_period", 2025.5, "2025.5"),
        ("months_late", None, ""),
    ],
)
def test_a_value_is_written_by_what_it_is(key: str, value: object, written: str) -> None:
    assert describe_step(CalculationStep(key, value), "en").value == written  # type: ignore[arg-type]  # any of the kinds


def test_a_limit_is_written_with_its_sign() -> None:
    step = calculation_step("value_limit", 56.0, "period", period="2024", limit="UPPER")
    assert describe_step(step, "en").value == "< 56"


def test_a_formula_that_nobody_wrote_stands_under_its_key() -> None:
    assert formula("streak_of_years", "fi") == "streak of years"


def test_a_parameter_that_a_step_lacks_is_named_and_stops_no_page() -> None:
    assert formula("linear_path", "en") == "at [time], linear"
