"""What decides each status is printed with it: in both tables of a goal, for a State, and in files."""

from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from typing import Any

import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboard.components.goal.data_tables import states_table, trend_table
from dashboard.components.state.goals import series_values
from dashboard.released import table_views
from dashboard.released.assessments import Assessment, ReviewerOverride
from dashboard.released.series import AssessedSeries
from dashboard.server.routes import label_rows
from dashboard.texts import texts
from dashboard.wording.status_reasons import decisive_reason
from metrics.catalogue.loader import catalogue
from metrics.core.verdict_codes import Reason, Step
from metrics.core.verdicts import (
    CalculationStep,
    Status,
    Verdict,
    arithmetic_as_cell,
    calculation_step,
)
from metrics.messages import languages
from tests.dashboard.contexts import page_context
from tests.dashboard.reading import of_type, words
from tests.dashboard.test_verdict_ages import assessed

EN = texts("en")
DIRECTIVE = next(
    target for target in catalogue().goals["GA-2.1"].targets if target.id == "dir-2011-93"
)
KEPT = catalogue().goals["GA-1"].targets[0]
TEN_PER_CENT = catalogue().goals["GA-1.1"].targets[0]


def weighed(change: float, threshold: float) -> tuple[CalculationStep, ...]:
    formula = "more_than" if change > threshold else "not_more_than"
    return (
        CalculationStep("chance_variation", threshold),
        calculation_step(Step.SIZE_OF_CHANGE, change, formula, value=change, other=threshold),
    )


def directional(status: Status, category: str, reason: str = "", change: float = 9) -> Assessment:
    verdict = Verdict(status, category, reason, "2025", arithmetic=weighed(change, 3.8))
    return Assessment("t", "direction_only", official=True, verdict=verdict, rule="direction_only",
                      calculation=arithmetic_as_cell(verdict))  # fmt: skip


def milestone(category: str) -> Assessment:
    verdict = Verdict(Status.NOT_ACHIEVED, category, period="2025")
    return Assessment("t", "milestone_by_date", official=True, verdict=verdict,
                      rule="milestone_by_date", asked=DIRECTIVE)  # fmt: skip


def growth(category: str, reason: str) -> Assessment:
    verdict = Verdict(Status.BEHIND, category, reason, period="2025")
    return Assessment("t", "yearly_growth", official=True, verdict=verdict,
                      rule="growth_per_year", asked=TEN_PER_CENT)  # fmt: skip


def level(category: str, reason: str) -> Assessment:
    verdict = Verdict(Status.NOT_ACHIEVED, category, reason, period="2025")
    return Assessment("t", "keep_at", official=True, verdict=verdict, rule="keep_at", asked=KEPT)


def unassessed(*reasons: str) -> Assessment:
    return directional(Status.NOT_ASSESSED, "", ";".join(reasons))


MOVED = directional(Status.MOVING_AWAY, "wrong_direction", "provisional;years_missing")
UNCLEAR = directional(Status.NO_CLEAR_CHANGE, "", "provisional;below_threshold;small_base", 2)
OVERRIDE = ReviewerOverride(Status.BEHIND, "The register was rebuilt.", "A. Reviewer", "2026-04-01")

SAID = (
    (
        MOVED,
        (
            "Undesired direction: the change since the baseline (9) exceeds the threshold of "
            "3.8 (what chance alone can bring about)."
        ),
    ),
    (
        directional(Status.MOVING_AWAY, "wrong_direction", "limit"),
        (
            "Undesired direction: even at the published limit, the change since the baseline "
            "exceeds the threshold of 3.8 (what chance alone can bring about)."
        ),
    ),
    (
        UNCLEAR,
        (
            "The change since the baseline (2) does not exceed the threshold of 3.8 (what chance alone "
            "can bring about)."
        ),
    ),
    (
        directional(Status.ON_TRACK, "no_change", "at_limit;few_cases"),
        "The figure is at its natural limit in the desired direction; it cannot improve further.",
    ),
    (milestone("overdue"), "Overdue. Target: to reach the step “in force” by 18 December 2013."),
    (
        growth("worse_than_baseline", "below_threshold"),
        "No clear change since the baseline, and short of the path. Target: +10 % a year or better.",
    ),
    (
        level("not_kept_moving_away", "below_threshold"),
        (
            "Level not reached, without a clear change on the value before. "
            "Target: a level of 100\xa0% in every period."
        ),
    ),
    (level("not_kept", ""), "Level not reached. Target: a level of 100\xa0% in every period."),
    (unassessed("provisional", "not_bound"), "The commitment does not bind this Member State."),
    (unassessed("suppressed"), "The value is confidential and not shown."),
    (replace(MOVED, override=OVERRIDE), "The register was rebuilt."),
    (None, ""),
)


@pytest.mark.parametrize(("assessment", "said"), SAID)
def test_the_reason_that_decides_is_named_without_what_only_qualifies(
    assessment: Assessment | None, said: str
) -> None:
    assert decisive_reason(assessment, EN) == said


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("assessment", [MOVED, UNCLEAR, milestone("met_late")])
def test_every_language_has_its_own_words(assessment: Assessment, language: str) -> None:
    said = decisive_reason(assessment, texts(language))

    assert said[0].isupper()
    assert language == "en" or said != decisive_reason(assessment, EN)


def test_a_change_whose_calculation_was_not_kept_is_still_below_a_threshold() -> None:
    assert "below the threshold" in decisive_reason(replace(UNCLEAR, calculation=""), EN)


def with_reason(assessment: Assessment) -> AssessedSeries:
    """The share of another test, assessed as here in its latest year with a value."""
    verdict = replace(assessment.verdict, period="2024", value=70.0)
    return replace(assessed(""), assessments=(replace(assessment, verdict=verdict),))


VIEWS: dict[str, Callable[[AssessedSeries], Any]] = {
    "trend": lambda series: trend_table("t", series, table_views.trend_view(series), EN),
    "states": lambda series: states_table(
        "t", series, table_views.states_view({"FI": series}, "2025"), EN
    ),
    "state": lambda series: series_values(
        catalogue().goals["CC2019-13"], series, page_context(area="FI")
    )["reason"],
}


@pytest.mark.usefixtures("client")  # the page of a State can be imported by an application only
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("assessment", [MOVED, UNCLEAR])
def test_every_table_with_a_status_has_its_reason(view: str, assessment: Assessment) -> None:
    assert decisive_reason(assessment, EN) in words(VIEWS[view](with_reason(assessment)))


@pytest.mark.parametrize(
    "view", [table_views.trend_view, lambda one: table_views.states_view({"FI": one}, "2025")]
)
def test_the_file_has_it_beside_the_status(
    view: Callable[[AssessedSeries], pd.DataFrame],
) -> None:
    rows = label_rows(view(with_reason(MOVED)), assessed(), page_context())

    assert set(rows["status_reason"]) - {""} == {decisive_reason(MOVED, EN)}


def test_an_earlier_status_has_the_reason_of_then() -> None:
    """Not that of today: the figure was at its limit in the year before."""
    earlier = {"reason": Reason.AT_LIMIT, "period": "2023"}
    history = {**assessed("").status_history["2024"], **earlier}
    series = with_reason(MOVED)
    series = replace(series, status_history={"2023": history, **series.status_history})
    first, second, _ = of_type(VIEWS["trend"](series), "Tr")[1:]

    assert "natural limit" in words(first)
    assert "Undesired direction" in words(second)


@pytest.mark.usefixtures("home")
def test_each_status_of_the_states_has_a_reason(client: FlaskClient) -> None:
    asked = {"collection": "sample", "goal": "GA-1.1", "indicator": "ICSE_VICTIMS"}
    answer = client.get("/download/states.csv", query_string=asked)
    rows = pd.read_csv(StringIO(answer.text), keep_default_na=False)

    assert len(rows) == 27
    assert all(rows["status_reason"])


def test_a_level_that_is_to_be_kept_is_not_called_a_path() -> None:
    assert EN(level("not_kept", "").path_key) == "Level to be kept"
