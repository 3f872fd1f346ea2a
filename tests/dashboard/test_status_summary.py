"""Who is on track, in words: one line a status, in protocol order, never ranked."""

import importlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.components.status_summary import status_summary
from dashboard.data import Release
from dashboard.released.goal_statuses import SCOREBOARD_MARKS, mark_of_series
from dashboard.released.series import AssessedSeries
from dashboard.texts import texts
from dashboard.view import View
from dashboard.wording.narrative import method_name
from metrics.catalogue.codelists import member_states
from metrics.core.verdicts import Status
from metrics.messages import languages
from tests.dashboard.contexts import selection
from tests.dashboard.reading import of_type, with_hint, words
from tests.dashboard.release import REVIEWED

EN = texts("en")
GOALS = ("GA-1.1", "GA-2.1", "CC2019-5")


@pytest.fixture(autouse=True)
def _registered(client: FlaskClient) -> None:
    """Pages can be registered only by an application."""


def series_and_states(goal: str) -> tuple[AssessedSeries, dict[str, AssessedSeries]]:
    chosen = selection(View(goal=goal))
    assert chosen.series is not None
    return chosen.series, chosen.in_states


def lines(goal: str, language: str = "en") -> list[Any]:
    return of_type(list(status_summary(*series_and_states(goal), texts(language))), "Li")


def codes(line: Any) -> list[str]:
    return [words(each) for each in with_hint(line)]


@pytest.mark.parametrize("goal", GOALS)
@pytest.mark.usefixtures("home")
def test_every_state_is_named_once(goal: str) -> None:
    named = [code for line in lines(goal) for code in codes(line)]
    assert sorted(named) == sorted(member_states())


@pytest.mark.parametrize("goal", GOALS)
@pytest.mark.parametrize("status", SCOREBOARD_MARKS)
@pytest.mark.usefixtures("home")
def test_a_line_counts_and_names_those_of_its_status(goal: str, status: str) -> None:
    in_states = series_and_states(goal)[1].items()
    meant = [area for area, each in in_states if mark_of_series(each) == status]
    heads = [f"{EN(f'status.{status}')}: {len(meant)}"] if meant else []
    found = [each for each in lines(goal) if words(each).startswith(f"{EN(f'status.{status}')}:")]
    assert [words(of_type(each, "Strong")) for each in found] == heads
    assert [set(codes(each)) for each in found] == ([set(meant)] if meant else [])


@pytest.mark.parametrize("goal", GOALS)
@pytest.mark.usefixtures("home")
def test_the_states_stand_in_protocol_order(goal: str) -> None:
    for line in lines(goal):
        if not words(line).startswith("Not assessed"):
            assert codes(line) == [area for area in member_states() if area in codes(line)]


@pytest.mark.parametrize("language", languages())
@pytest.mark.usefixtures("home")
def test_the_series_and_the_method_are_named(language: str) -> None:
    text, (series, by_area) = texts(language), series_and_states("GA-1.1")
    said = words(list(status_summary(series, by_area, text)))
    assert series.title(text) in said
    assert method_name("yearly_growth", text) in said


@pytest.mark.usefixtures("home")
def test_who_is_not_assessed_is_said_with_the_reason() -> None:
    line = next(each for each in lines("GA-1.1") if words(each).startswith("Not assessed"))
    reasons = [each.official.verdict.reason for each in series_and_states("GA-1.1")[1].values()
               if each.official and mark_of_series(each) == Status.NOT_ASSESSED]  # fmt: skip
    assert words(line).count(".") >= len(set(reasons)) > 0


@pytest.mark.usefixtures("home")
def test_what_a_reviewer_has_set_is_said() -> None:
    line = next(each for each in lines("GA-1.1") if REVIEWED in codes(each))
    assert f"{REVIEWED}  (Set by a reviewer; computed:" in words(line)


def test_without_any_verdict_nothing_is_said(release: Release) -> None:
    series, by_area = series_and_states("GA-1.1")
    bare = {area: replace(each, assessments=()) for area, each in by_area.items()}
    assert not list(status_summary(series, bare, EN))


def test_a_state_that_sent_nothing_has_that_reason(release: Release) -> None:
    series, by_area = series_and_states("GA-1.1")
    empty = replace(by_area["FI"], assessments=(), values=())
    said = said_of([by_area["SE"], empty], series)
    assert "FI : There is no figure." in said


def said_of(every: Sequence[AssessedSeries], series: AssessedSeries) -> str:
    return words(list(status_summary(series, {each.area: each for each in every}, EN)))


@pytest.mark.usefixtures("home")
def test_the_page_of_a_goal_says_it_before_the_matrix() -> None:
    page = importlib.import_module("dashboard.pages.goal").layout(goal="GA-1.1", view="states")
    said = words(page)
    heads = [words(of_type(line, "Strong")) for line in lines("GA-1.1")]
    assert all(said.index(head) < said.index("Status of each series") for head in heads)
