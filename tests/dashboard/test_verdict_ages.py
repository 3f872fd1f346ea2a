"""A verdict older than the latest round says so wherever it stands: by every method, in every view."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from dashboard.components.arithmetic import arithmetic
from dashboard.components.cards import series_line
from dashboard.components.goal.data_tables import states_table, trend_table
from dashboard.components.goal.matrix import matrix
from dashboard.components.goal.state_comparison import small_multiples
from dashboard.components.status_summary import status_counts_sentence, status_summary
from dashboard.data import records
from dashboard.released import table_views
from dashboard.released.assessments import Assessment
from dashboard.released.series import AssessedSeries
from dashboard.released.state_statuses import marks_of_states
from dashboard.server.routes import label_rows
from dashboard.texts import texts
from metrics.catalogue.loader import catalogue
from metrics.core.verdict_codes import AGE_REASONS, Step
from metrics.core.verdicts import CalculationStep, Status, Verdict, arithmetic_as_cell
from metrics.messages import languages
from tests.dashboard.contexts import page_context
from tests.dashboard.reading import words

EN = texts("en")
GOAL = catalogue().goals["CC2019-13"]
METHODS = ("direction_only", "growth_ratio", "projected_gap")
AGES = {"not_current": "no value since 2024", "not_confirmed": "not confirmed since 2024"}


def assessed(reason: str = "not_current") -> AssessedSeries:
    """A share whose value of the latest round is missing, assessed by three methods on that before."""
    values = pd.DataFrame({
        "period": ["2023", "2024", "2025"], "value": [60.0, 70.0, float("nan")],
        "observation_status": ["A", "A", "O"], "confidentiality_status": "F", "late": False,
        "remark": "", "source": "", "areas_expected": 1, "areas_reporting": 1,
        "component": "value",
    })  # fmt: skip
    verdict = Verdict(Status.ON_TRACK, reason=reason, period="2024", value=70.0)
    assessments = tuple(
        Assessment("t", method, official=method == METHODS[0], verdict=verdict)
        for method in METHODS
    )
    row = {"status": "on_track", "category": "", "reason": reason, "period": "2024", "value": 70.0,
           "baseline_period": "", "expected_value": float("nan"), "gap": float("nan")}  # fmt: skip
    indicator = catalogue().indicators["EVIDENCE_REQUESTS"]
    return AssessedSeries(
        indicator, "FI", {}, records(values), assessments, status_history={"2024": row}
    )


def states(series: AssessedSeries) -> pd.DataFrame:
    return table_views.states_view({"FI": series}, "2025")


VIEWS: dict[str, Callable[[AssessedSeries], Any]] = {
    "card": lambda series: series_line(series, GOAL, page_context()),
    "table": lambda series: trend_table("t", series, table_views.trend_view(series), EN),
    "states": lambda series: states_table("t", series, states(series), EN),
    "side by side": lambda series: small_multiples([series], "2025", page_context()),
    "summary": lambda series: list(status_summary(series, {"FI": series}, EN)),
}  # fmt: skip


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("age", sorted(AGE_REASONS))
def test_every_view_says_that_a_verdict_is_not_current(view: str, age: str) -> None:
    said, usual = (words(VIEWS[view](assessed(reason))) for reason in (age, ""))
    assert AGES[age] in said or f". {AGES[age].capitalize()}" in said
    assert f". {AGES[age]}" not in said
    assert AGES[age] not in usual.lower()


@pytest.mark.parametrize("language", languages())
def test_the_matrix_says_it_in_the_row_of_every_method(language: str) -> None:
    drawn = words(list(matrix(GOAL, {"FI": [assessed()]}, page_context(lang=language))))
    note = texts(language)("age.not_current", period="2024").capitalize()

    assert drawn.count(f". {note}") == len(METHODS)


def test_the_calculation_names_the_period_of_every_method() -> None:
    assert words(arithmetic(GOAL, assessed(), EN)).count("On track · 2024") == len(METHODS)


@pytest.mark.parametrize("view", [table_views.trend_view, states])
def test_the_file_says_it_in_words(view: Callable[[AssessedSeries], pd.DataFrame]) -> None:
    rows = label_rows(view(assessed()), assessed(), page_context())

    assert set(rows["status_note"]) - {""} == {"no value since 2024"}


def test_the_report_counts_the_verdicts_that_are_not_current() -> None:
    current = replace(assessed(""), area="SE")

    said = words(list(status_counts_sentence(None, marks_of_states([assessed(), current]), EN)))
    assert said == "Member States: On track 1; Not current 1."


def unconfirmed_step(*, is_kept: bool) -> AssessedSeries:
    """A step of 2021 that stood unconfirmed in 2022, and was reported again in 2023."""
    step = [CalculationStep(Step.STEP_REPORTED_FOR, "2021")] if is_kept else []
    past = Verdict(Status.NOT_YET_MET, "not_yet_met", "not_confirmed", arithmetic=tuple(step))
    rows = {
        period: {"status": "not_yet_met", "category": "not_yet_met", "reason": reason,
                 "period": period, "value": 1.0, "baseline_period": "", "expected_value": 3.0,
                 "gap": -2.0, "arithmetic": arithmetic_as_cell(past) if reason else ""}
        for period, reason in (("2021", ""), ("2022", "not_confirmed"), ("2023", ""))
    }  # fmt: skip
    values = pd.DataFrame({
        "period": ["2021", "2023"], "value": 1.0, "observation_status": "A",
        "confidentiality_status": "F", "late": False, "remark": "", "component": "step",
    })  # fmt: skip
    verdict = Verdict(Status.NOT_YET_MET, "not_yet_met", period="2023", value=1.0)
    official = Assessment("t", "milestone_by_date", official=True, verdict=verdict)
    indicator = catalogue().indicators["DATA_RETENTION_FRAMEWORK"]
    return AssessedSeries(indicator, "HR", {}, records(values), (official,), status_history=rows)


@pytest.mark.parametrize(("is_kept", "period"), [(True, "2021"), (False, "2022")])
def test_a_step_of_a_past_period_is_unconfirmed_since_it_was_reported(
    is_kept: bool, period: str
) -> None:
    """A release of an earlier version has no arithmetic that names the period."""
    past = unconfirmed_step(is_kept=is_kept).as_of("2022")
    said = words(small_multiples([past], "2022", page_context()))
    note = "for 2022 (there is a later one)" if is_kept else "since 2022"
    assert f"Not current (last: Not yet met · {period}). Not confirmed {note}" in said
