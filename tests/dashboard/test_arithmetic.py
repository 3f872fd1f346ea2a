"""The arithmetic line by line, in the reader's language, and nothing of another in it."""

import re
from dataclasses import replace
from typing import Any

import pytest

from dashboard.charts.marks import dated_status
from dashboard.components.arithmetic import arithmetic, step_cells
from dashboard.data import Release
from dashboard.released.assessments import Assessment, ReviewerOverride
from dashboard.released.series import AssessedSeries, series_of_goal
from dashboard.texts import texts
from dashboard.wording.narrative import method_name
from metrics.catalogue.calculation_texts import describe_step, neutral_formulas
from metrics.catalogue.loader import catalogue
from metrics.catalogue.materiality import materiality
from metrics.catalogue.methods import difference_step, methods
from metrics.core.older_calculations import AS_WRITTEN
from metrics.core.tables import EU
from metrics.core.verdicts import (
    CalculationStep,
    Status,
    Verdict,
    arithmetic_as_cell,
    arithmetic_from_cell,
    calculation_step,
)
from metrics.messages import languages, messages
from tests.dashboard.reading import of_type, with_class, words

EN = texts("en")


def steps_of(release: Release) -> list[CalculationStep]:
    stored = release.tables["assessments"]["arithmetic"]
    return [step for written in stored for step in arithmetic_from_cell(str(written))]


@pytest.mark.parametrize("language", languages())
def test_every_step_of_a_release_is_in_words(release: Release, language: str) -> None:
    known = messages(language, "calculation")
    formulas = known["formulas"].keys() | neutral_formulas().keys() | {""}
    assert len({step.key for step in steps_of(release)}) > 20
    for step in steps_of(release):
        assert step.key in known["steps"]
        assert step.formula in formulas
        assert "{" not in describe_step(step, language).formula


def test_the_formula_of_an_older_release_is_marked_as_english() -> None:
    step = CalculationStep("path", 3.0, AS_WRITTEN, {"text": "at 2022.5, linear"})

    _, written, _ = step_cells(step, texts("fi"))

    assert (words(written), written.lang) == ("at 2022.5, linear", "en")


@pytest.mark.parametrize(
    ("step", "written"),
    [
        (calculation_step("value_limit", 56.0, "period", period="2024", limit="UPPER"), "< 56"),
        (CalculationStep("middle_of_the_latest_period", 2025.5), "2025.5"),
        (CalculationStep("path", 1234.56789), "1,234.5679"),
        (CalculationStep("months_late"), "–"),
    ],
)
def test_a_number_is_written_by_what_it_is(step: CalculationStep, written: str) -> None:
    assert step_cells(step, EN)[-1] == written


def test_the_source_of_a_threshold_is_a_link_that_no_translation_touches() -> None:
    address = "https://example.org/on/level/of/value"
    step = CalculationStep("source_of_the_threshold", address)

    link = step_cells(step, texts("fi"))[-1]

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
        assert methods()[each.method].source.en in said


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
    series = AssessedSeries(catalogue().indicators["ICSE_VICTIMS"], "FI", {}, (), (assessment,))
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
    goal, then = catalogue().goals["GA-1.1"], difference_step("value_less_path", 3.0, 4321.0)
    latest = series_of_goal(goal, "FI", release)[0]
    cell = arithmetic_as_cell(Verdict(Status.MOVING_AWAY, arithmetic=(then,)))
    history = {
        "2022": earlier_status("2022") | {"arithmetic": cell},
        "2025": earlier_status("2025"),
    }

    drawn = words(arithmetic(goal, replace(latest, status_history=history), EN, "2022"))

    assert "3 − 4,321" in drawn
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
        link = step_cells(CalculationStep("source_of_the_threshold", address), texts("en"))[-1]
        assert (words(link), link.href) == (publisher, address)
