"""What is counted is named, and each member counts once."""

import importlib
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.components.cards import not_assessed_note
from dashboard.components.state.goals import count_series
from dashboard.components.status_counts import goal_status, goal_tally, series_tally
from dashboard.contents.state_profile import expected_series, read_profile
from dashboard.context import PageContext, read_context
from dashboard.data import Release
from dashboard.released.goal_statuses import NO_FIGURE
from dashboard.released.scoreboard import read_scoreboard
from dashboard.released.series import series_of_goal
from dashboard.texts import texts
from dashboard.view import View
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.loader import catalogue
from metrics.core.tables import EU
from metrics.core.verdicts import Status
from metrics.messages import languages
from tests.dashboard.contexts import page_context
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
    assessed = [goal for goal, series in own if goal.headline and goal_status(goal, series)]
    (of_goals,), (of_series,) = goal_tally(own, text), series_tally(own, text)
    assert total(of_goals) == len(assessed)
    assert text.counted("tally.goals", len(assessed)) in words(of_goals)
    unassessed = [series for goal, series in own if goal.headline and not goal_status(goal, series)]
    numbers = Counter(any(one.last_known for one in series) for series in unassessed)
    assert len(assessed) + numbers.total() == len(with_target)
    for key, number in {
        "goals_unassessed": numbers[True],
        "goals_unreported": numbers[False],
    }.items():
        assert (text.counted(f"tally.{key}", number) in words(of_goals)) is bool(number)
    assert text.counted("tally.series", total(of_series)) in words(of_series)


def test_a_series_that_serves_two_goals_counts_once(release: Release) -> None:
    goal, series = followed(release)[1]
    once, twice = series_tally([(goal, series)], EN), series_tally([(goal, series)] * 2, EN)
    assert [words(tally) for tally in once] == [words(tally) for tally in twice]


@pytest.mark.parametrize("area", [EU, "FI", "PT"])
def test_the_status_of_a_goal_is_that_of_its_headline_series(release: Release, area: str) -> None:
    for goal, own in followed(release, area):
        assessed = [
            series
            for series in own
            if series.official and series.official.target in goal.headline_targets
        ]
        assert goal_status(goal, own) in {
            *(str(series.status) for series in assessed),
            *([] if assessed else [""]),
        }


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("area", ["FI", "HR", "PT"])
def test_every_series_that_is_counted_stands_in_the_tables_of_the_state(area: str) -> None:
    page = importlib.import_module("dashboard.pages.state").layout(collection="sample", area=area)
    rows = [row for row in of_type(page, "Tr") if with_class(row, "status")]
    listed = {words(of_type(row, "Link")[0]) for row in rows}

    assert EN.counted("tally.series", len(listed)) in words(page)


def test_a_series_that_serves_two_goals_is_counted_once(release: Release) -> None:
    profile = read_profile(page_context(release, area="FI"))
    goals = [*profile.goals, *profile.goals]

    assert count_series(profile.goals) == count_series(goals)
    assert count_series(goals) == len({own.name for entry in goals for own in entry.followed})


def test_a_count_says_how_many_rest_on_the_reading_of_the_catalogue(release: Release) -> None:
    own = followed(release)
    (series,) = (series for goal, listed in own if goal.code == "GA-1" for series in listed)
    assert series.official is not None
    for status, said in [
        (Status.NOT_ACHIEVED, "1 Not achieved of which 1 by the catalogue's reading"),
        (Status.NOT_ASSESSED, "1 Not assessed"),
    ]:
        verdict = replace(series.official.verdict, status=status)
        official = replace(series.official, verdict=verdict)
        assessed = replace(series, assessments=(official,))
        (counted,) = goal_tally([(catalogue().goals["GA-1"], [assessed])], EN)
        assert words(of_type(counted, "Li")) == said


def published(release: Release, area: str = "FI") -> PageContext:
    """A collection of published figures that has one series with a target, of Finland."""
    values = release.tables["indicator_values"]
    kept = values[(values["indicator"] == "ICSE_VICTIMS") & values["area"].isin(["FI"])]
    tables = {**release.tables, "indicator_values": kept.reset_index(drop=True)}
    shown = replace(release, tables=tables)
    collection = catalogue().collections["published-figures"]
    return PageContext(View(area=area), collection, shown, EN)


def test_published_figures_are_not_counted_where_nobody_has_them(release: Release) -> None:
    context = published(release)
    own = [(goal, expected_series(goal, "FI", context)) for goal in goals().values()]
    (of_series,) = series_tally(own, EN)

    assert total(of_series) == 1
    assert "Area of these series: Finland." in words(of_series)
    assert "Area of these series" not in words([*series_tally(own, EN, "FI")])
    assert [len(series) for _, series in own if series] == [1]
    assert not [series for goal in goals().values()
                for series in expected_series(goal, "SE", context)]  # fmt: skip


@pytest.mark.parametrize(
    ("area", "note"), [(EU, "Assessed by Member State, not for this area"), ("FI", "")]
)
def test_a_target_for_states_is_not_said_to_be_missing_for_the_union(
    release: Release, area: str, note: str
) -> None:
    goal = catalogue().goals["CC2019-25"]
    (series,) = series_of_goal(goal, area, release)

    said = "" if series.official else not_assessed_note(series, goal, EN)
    assert said == note


@pytest.mark.usefixtures("home")
def test_the_overview_and_the_page_of_a_state_count_alike() -> None:
    pages = [
        importlib.import_module(f"dashboard.pages.{name}").layout(collection="sample", area="FI")
        for name in ("overview", "state")
    ]
    of_series = words(with_class(pages[0], "tally-block")[-1]).split(".")[0]
    assert of_series in words(pages[1])


def test_goals_without_a_target_are_counted_under_the_names_of_the_scoreboard(
    release: Release,
) -> None:
    (of_goals,) = goal_tally(followed(release), EN, release)
    untargeted = sum(not goal.headline for goal in goals().values())
    shown = read_scoreboard(read_context(View(collection="sample"))).counts

    in_overview = Counter(goal_status(goal, series) for goal, series in followed(release))
    names = {mark: EN(f"status.{mark}") for mark in (Status.NOT_ASSESSED, NO_FIGURE)}
    assert EN.counted("tally.goals_untargeted", untargeted, **names) in words(of_goals)
    without_status = shown[Status.NOT_ASSESSED] + shown[NO_FIGURE]
    assert in_overview[Status.NOT_ASSESSED] + in_overview[""] == without_status
