"""How many goals have a status, which share a headline series, and how many verdicts a goal has."""

import importlib
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.components.cards import series_line
from dashboard.components.status_counts import (
    assessed_goals_sentence,
    goal_status,
    goal_tally,
    shared_headlines,
)
from dashboard.contents.state_profile import expected_series
from dashboard.data import Release
from dashboard.released.goal_statuses import GoalStatus
from dashboard.released.scoreboard import ScoreboardRow
from dashboard.released.series import series_of_goal
from dashboard.texts import texts
from dashboard.wording.narrative import reason_text
from metrics.catalogue.loader import catalogue
from metrics.core.tables import EU
from metrics.core.verdicts import Status, Verdict
from metrics.messages import languages
from tests.dashboard.contexts import page_context
from tests.dashboard.reading import with_class, words

EN = texts("en")

pytestmark = pytest.mark.usefixtures("home", "_registered")


@pytest.fixture
def _registered(client: FlaskClient) -> None:
    """Pages can be registered only by an application."""


def page(name: str, **query: str) -> Any:
    return page_module(name).layout(**query)


def page_module(name: str) -> Any:
    return importlib.import_module(f"dashboard.pages.{name}")


def followed(release: Release, area: str = EU) -> list[Any]:
    context = page_context(release, collection="sample")
    goals = context.definitions.goals.values()
    return [(goal, expected_series(goal, area, context)) for goal in goals]


def test_the_overview_says_how_many_goals_have_a_status(release: Release) -> None:
    goals = followed(release)
    assessed = [status for goal, own in goals if (status := goal_status(goal, own))]
    number = len([status for status in assessed if status != "not_assessed"])
    said = f"European Union (27 Member States): {number} of {len(goals)} goals have a status."
    assert said in words(with_class(page("overview", collection="sample", area=EU), "tallies"))


@pytest.mark.parametrize("area", [EU, "FI"])
@pytest.mark.parametrize("language", languages())
def test_no_goal_with_a_status_is_said_as_none_of_all(language: str, area: str) -> None:
    text = texts(language)
    goals = [(goal, ()) for goal in catalogue().goals.values()]
    assert assessed_goals_sentence(goals, area, text) == text.counted(
        "tally.assessed", 0, all=str(len(goals)), area=text.code("area", area)
    )


def test_the_overview_counts_the_goals_with_a_status(release: Release) -> None:
    said = assessed_goals_sentence(followed(release, "FI"), "FI", EN)
    assert said.startswith("Finland: ")
    assert said in words(page("overview", collection="sample", area="FI"))


@pytest.mark.parametrize("language", languages())
def test_a_status_that_could_not_be_given_has_its_reason_beside_it(
    release: Release, language: str
) -> None:
    text, goal = texts(language), catalogue().goals["GA-2.2"]
    assessed = series_of_goal(goal, EU, release)[0]
    assert assessed.official is not None
    unknown = Verdict(Status.NOT_ASSESSED, reason="provisional;participants_unknown")
    series = replace(assessed, assessments=(replace(assessed.official, verdict=unknown),))
    reason = reason_text("participants_unknown", text)

    context = page_context(release, collection="sample", lang=language)
    assert reason in words(series_line(series, goal, context))
    report = page_module("report")
    row = report.FiguredRow(ScoreboardRow(goal, GoalStatus(EU, ""), series, ()), series)
    assert reason in words(report.figure_with_status(row, text))
    assert reason not in words(series_line(assessed, goal, context))
    assert reason_text("provisional", text) not in words(series_line(series, goal, context))


def test_goals_with_one_headline_series_are_named(release: Release) -> None:
    goals = followed(release)
    number, shared = shared_headlines(goals, EN)
    said = " ".join(words(tally) for tally in goal_tally(goals, EN, release))
    assert shared
    assert number + sum(len(codes) - 1 for codes in shared.values()) == len(
        [goal for goal, own in goals if goal_status(goal, own)]
    )
    for name, codes in shared.items():
        assert f"{name} ({', '.join(codes)})" in said
    assert f"are assessed by {number} headline series" in said


def test_the_report_counts_every_status_of_a_goal(release: Release) -> None:
    drawn = page("report", collection="sample")
    for goal, own in followed(release):
        card = next(card for card in with_class(drawn, "actions") if goal.code in words(card))
        assessed = [series for series in own if series.official]
        more = len(assessed) - 1
        assert (f"{more} more series of this goal ha" in words(card)) is (more > 0)


@pytest.mark.parametrize("goal", ["GA-2.1", "GA-3.1"])
@pytest.mark.parametrize("language", languages())
def test_the_page_says_how_the_policy_targets_are_numbered(goal: str, language: str) -> None:
    note = catalogue().frameworks["GA2012"].note
    assert note is not None
    drawn = page("goal", collection="sample", goal=goal, lang=language, view="wording")
    assert note(language) in words(with_class(drawn, "wording"))
