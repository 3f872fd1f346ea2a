"""What is counted is named, and each member counts once."""

import importlib
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.components.tallies import goal_status, goal_tally, series_tally
from dashboard.data import Release
from dashboard.series import series_of_goal
from dashboard.texts import texts
from metrics.catalogue.definitions import Goal
from metrics.catalogue.loader import catalogue
from metrics.core.tables import EU
from metrics.messages import languages
from tests.dashboard.reading import of_type, with_class, words

EN = texts("en")


@pytest.fixture(autouse=True)
def _registered(client: FlaskClient) -> None:
    """Pages can be registered only by an application."""


def goals() -> dict[str, Goal]:
    return dict(catalogue().restrict_to(catalogue().collections["sample"]).goals)


def followed(release: Release, area: str = EU) -> list[Any]:
    return [(goal, series_of_goal(goal, area, release)) for goal in goals().values()]


def total(tally: Any) -> int:
    return sum(int(words(number)) for number in of_type(tally, "Strong"))


@pytest.mark.parametrize("language", languages())
def test_goals_and_series_are_counted_apart_and_named(release: Release, language: str) -> None:
    text, own = texts(language), followed(release)
    with_target = [goal for goal in goals().values() if goal.headline]
    (of_goals,), (of_series,) = goal_tally(own, text), series_tally(own, text)
    assert total(of_goals) == len(with_target)
    assert text.counted("tally.goals", len(with_target)) in words(of_goals)
    assert text.counted("tally.series", total(of_series)) in words(of_series)


def test_a_series_that_serves_two_goals_counts_once(release: Release) -> None:
    goal, series = followed(release)[1]
    once, twice = series_tally([(goal, series)], EN), series_tally([(goal, series)] * 2, EN)
    assert [words(tally) for tally in once] == [words(tally) for tally in twice]


@pytest.mark.parametrize("area", [EU, "FI", "PT"])
def test_the_status_of_a_goal_is_that_of_its_headline_series(release: Release, area: str) -> None:
    for goal, own in followed(release, area):
        judged = [
            series
            for series in own
            if series.official and series.official.target in goal.headline_targets
        ]
        assert goal_status(goal, own) in {
            *(str(series.status) for series in judged),
            *(["not_assessed"] if goal.headline and not judged else []),
            *([] if goal.headline else [""]),
        }


@pytest.mark.usefixtures("home")
def test_the_overview_and_the_page_of_a_state_count_alike() -> None:
    pages = [
        importlib.import_module(f"dashboard.pages.{name}").layout(collection="sample", area="FI")
        for name in ("overview", "state")
    ]
    first, second = ([words(tally) for tally in with_class(page, "tally-block")] for page in pages)
    assert first == second
