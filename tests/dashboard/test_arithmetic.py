"""The arithmetic line by line, in the reader's language, and nothing of another in it."""

import json
import re
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from dashboard.assessments import Assessment, ReviewerOverride
from dashboard.charts.marks import dated_status
from dashboard.components.arithmetic import (
    arithmetic,
    format_step_value,
    step_value,
    translate_formula,
)
from dashboard.data import Release
from dashboard.narrative import method_name
from dashboard.series import AssessedSeries, series_of_goal
from dashboard.texts import texts
from metrics.catalogue.loader import catalogue
from metrics.catalogue.materiality import materiality
from metrics.catalogue.methods import methods
from metrics.core.tables import EU
from metrics.core.verdicts import ArithmeticStep, Status, Verdict, arithmetic_as_cell
from metrics.messages import languages, messages
from tests.dashboard.reading import of_type, with_class, words

EN = texts("en")
LATIN = re.compile(r"[A-Za-z]{2,}")
MATHEMATICS = {"ln", "max", "min"}
FORMULAS = (
    "at least 10 % on the value before", "2020 to 2025", "of 5 observed", "days / 30.4375",
    "2024: 8824 / (1 + 9.7 / 100), 23 Member States", "12 × (5 − max(0, ln(8824 / 6177) / ln 1.1))",
    "at 3, linear", "at most, by 2027", "2021: on 5",
    "Σ (value − path)", "the end of", "as stated", "at the latest",
    "on track from, acceleration needed from", "sun below, cloud above", "from 5 to",
    "level, of 27 Member States", "change, divided by n", "the target is met", "500 × 2 − 5, from −5 to 5",
    "the target, which the baseline had met", "any growth is enough", "any loss is too much",
    "kept at its natural limit", "1 − (2 − 150 / 100)^4.44",
)  # fmt: skip


def lines(release: Release) -> list[ArithmeticStep]:
    stored = release.tables["assessments"]["arithmetic"]
    return [ArithmeticStep(**each) for written in stored for each in json.loads(written)]


@pytest.mark.parametrize("language", languages())
def test_every_line_of_a_release_has_a_label_in_words(release: Release, language: str) -> None:
    labels = {f"line.{each.label}" for each in lines(release)}
    assert len(labels) > 20
    assert labels <= messages(language, "interface").keys()


@pytest.mark.parametrize("language", [each for each in languages() if each != "en"])
def test_no_formula_of_a_release_keeps_an_english_word(release: Release, language: str) -> None:
    said = {translate_formula(each.formula, texts(language)) for each in lines(release)}
    english = {word for key in messages("en", "interface") for word in [key.removeprefix("formula.")]
               if key.startswith("formula.")}  # fmt: skip
    kept = {word for each in said for word in LATIN.findall(each)}
    assert not kept & english - MATHEMATICS


@pytest.mark.parametrize("written", FORMULAS)
def test_a_formula_is_said_in_greek_letters(written: str) -> None:
    assert set(LATIN.findall(translate_formula(written, texts("el")))) <= MATHEMATICS


@pytest.mark.parametrize("written", FORMULAS)
def test_a_formula_stays_as_the_method_wrote_it_in_english(written: str) -> None:
    assert translate_formula(written, EN) == written


@pytest.mark.parametrize("written", FORMULAS)
@pytest.mark.parametrize("language", languages())
def test_no_translation_changes_a_number(language: str, written: str) -> None:
    def numbers(text: str) -> list[str]:
        return re.findall(r"\d+(?:\.\d+)?", text)

    assert numbers(translate_formula(written, texts(language))) == numbers(written)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "2024 (provisional value)"),
        ("fi", "2024 (ennakkotieto)"),
        ("el", "2024 (προσωρινή τιμή)"),
    ],
)
def test_a_flag_has_its_name(language: str, said: str) -> None:
    assert translate_formula("2024 (P)", texts(language)) == said


@pytest.mark.parametrize(
    ("label", "value", "said"),
    [
        ("step", "in_force", "in force"),
        ("step asked for", "none", "no framework"),
        ("day agreed", "none", "none"),
        ("day reached", "2024-03-01", "1 March 2024"),
        ("day reached", "not reached", "not reached"),
        ("states asked", "all", "all"),
        ("states that have not said", "BG HU", "BG HU"),
        ("status by the method alone", "moving away", "Moving away"),
    ],
)
def test_a_value_that_is_no_number_is_said_in_words(label: str, value: str, said: str) -> None:
    assert format_step_value(ArithmeticStep(label, "", value), value, EN) == said


@pytest.mark.parametrize(
    ("language", "written", "said"),
    [
        (
            "en",
            "2024: 8824 / (1 + 9.7 / 100), 1 states",
            "2024: 8824 / (1 + 9.7 / 100), 1 Member State",
        ),
        ("fi", "5 / 1 years", "5 / 1 vuosi"),
        ("el", "of 1 Member States", "από 1 κράτος μέλος"),
        ("en", "5 / 2.1 years", "5 / 2.1 years"),
        ("en", "of 21 states", "of 21 Member States"),
    ],
)
def test_one_of_a_unit_is_singular_in_a_formula(language: str, written: str, said: str) -> None:
    assert translate_formula(written, texts(language)) == said


def test_the_source_of_a_threshold_is_a_link_that_no_translation_touches() -> None:
    address = "https://example.org/on/level/of/value"
    step = ArithmeticStep("source of the threshold", "", address)

    link = step_value(step, texts("fi"))

    assert (link.href, words(link)) == (address, "example.org")


def of_goal(release: Release, code: str, area: str) -> tuple[AssessedSeries, str]:
    goal = catalogue().goals[code]
    series = series_of_goal(goal, area, release)[0]
    return series, words(arithmetic(goal, series, EN))


@pytest.mark.parametrize("code", ["GA-1.1", "GA-2.1", "GA-4.2", "CC2019-7"])
def test_each_method_is_named_with_its_source(release: Release, code: str) -> None:
    series, said = of_goal(release, code, "FI")
    for each in series.assessments:
        assert method_name(each.method, EN) in said
        assert methods()[each.method].source in said


def test_no_status_goes_without_the_name_of_its_method(release: Release) -> None:
    """P9 of `docs/methods.md`: methods disagree, and each says which it is beside its status."""
    goal = catalogue().goals["GA-1.1"]
    series = series_of_goal(goal, "FI", release)[0]
    heads = of_type(arithmetic(goal, series, EN), "Summary")

    for each, head in zip(series.assessments, heads, strict=True):
        assert method_name(each.method, EN) in words(head)
        assert with_class(head, f"status-{each.verdict.status.value}")


def test_every_figure_that_went_in_stands_in_a_line(release: Release) -> None:
    series, said = of_goal(release, "GA-1.1", "FI")
    for row in series.rows:
        assert EN.number(row["value"], 4) in said


def test_the_official_method_is_unfolded_and_the_others_are_not(release: Release) -> None:
    goal = catalogue().goals["GA-1.1"]
    drawn = arithmetic(goal, series_of_goal(goal, "FI", release)[0], EN)
    first, *others = [each.open for each in of_type(drawn, "Details")]
    assert first is True
    assert others
    assert not any(others)


def test_the_computed_status_stays_beside_the_reviewers() -> None:
    goal = catalogue().goals["GA-1.1"]
    override = ReviewerOverride(Status.ACHIEVED, "Verified.", "Head of unit", "2026-04-09")
    assessment = Assessment("x", "yearly_growth", True, Verdict(Status.BEHIND), "", override)
    series = AssessedSeries(
        catalogue().indicators["ICSE_VICTIMS"], "FI", {}, pd.DataFrame(), (assessment,)
    )
    drawn = arithmetic(goal, series, EN)
    assert with_class(drawn, "status-behind")
    assert "Head of unit" in words(with_class(drawn, "override"))


def test_without_a_target_it_says_so(release: Release) -> None:
    goal = catalogue().goals["GA-1.1"]
    bare = replace(series_of_goal(goal, "FI", release)[0], assessments=())
    assert EN("arithmetic.none") in words(arithmetic(goal, bare, EN))


def earlier_status(period: str) -> dict[str, Any]:
    return {
        "status": "moving_away", "category": "", "reason": "", "period": period, "value": 3.0,
        "expected_value": 4.0, "gap": -1.0, "baseline_period": "2020",
    }  # fmt: skip


@pytest.mark.parametrize("language", languages())
def test_the_arithmetic_is_of_the_chosen_period(release: Release, language: str) -> None:
    """No badge of a later status stands under the one of the chosen period."""
    goal, text = catalogue().goals["GA-1.1"], texts(language)
    latest = series_of_goal(goal, "FI", release)[0]
    assert latest.last_known
    history = {period: earlier_status(period) for period in ("2022", latest.last_known["period"])}
    series = replace(latest, status_history=history)

    drawn = arithmetic(goal, series, text, "2022")

    (head,) = of_type(drawn, "Summary")
    assert dated_status("moving_away", "2022", text) in words(head)
    assert text("arithmetic.not_kept", period="2022", latest="2025") in words(drawn)
    assert words(arithmetic(goal, series, text, "2025")) == words(arithmetic(goal, latest, text))


def test_an_earlier_status_stands_above_its_own_arithmetic(release: Release) -> None:
    goal, then = catalogue().goals["GA-1.1"], ArithmeticStep("value − path", "3 − 4321", -4318.0)
    latest = series_of_goal(goal, "FI", release)[0]
    cell = arithmetic_as_cell(Verdict(Status.MOVING_AWAY, arithmetic=(then,)))
    history = {
        "2022": earlier_status("2022") | {"arithmetic": cell},
        "2025": earlier_status("2025"),
    }

    drawn = words(arithmetic(goal, replace(latest, status_history=history), EN, "2022"))

    assert "3 − 4321" in drawn
    assert EN.number(-4318.0, 4) in drawn
    assert EN("arithmetic.not_kept", period="2022", latest="2025") not in drawn


@pytest.mark.parametrize("area", ["FI", EU])
def test_a_year_has_no_sign_between_thousands(release: Release, area: str) -> None:
    goal = catalogue().goals["GA-1.1"]
    said = words(arithmetic(goal, series_of_goal(goal, area, release)[0], EN))
    assert "202" in said
    assert not re.search(r"\b2,0[12]\d\b", said)


@pytest.mark.parametrize(
    ("host", "publisher"),
    [("www.nber.org", "National Center for Health Statistics (United States)"),
     ("github.com", "Eustat"), ("open-sdg", "Statistics Canada and Open SDG")],
)  # fmt: skip
def test_the_source_of_a_threshold_has_the_name_of_its_publisher(host: str, publisher: str) -> None:
    addresses = [source.address for source in materiality().sources if host in source.address]
    assert addresses
    for address in addresses:
        link = step_value(ArithmeticStep("source", "", address), texts("en"))
        assert (words(link), link.href) == (publisher, address)
