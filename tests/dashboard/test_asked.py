"""What a status is about is printed with it: the required step, or a level that nobody agreed."""

import importlib
import json
from dataclasses import replace
from typing import Any

import pytest

from dashboard.components.cards import series_line
from dashboard.components.overrides import status_with_notes
from dashboard.data import Release
from dashboard.pages import __name__ as pages
from dashboard.released.series import AssessedSeries, read_series, series_of_goal
from dashboard.target_text import asked_in_words, rests_on_reading
from dashboard.texts import texts
from dashboard.wording.agreed_wording import target_lines
from dashboard.wording.narrative import sentences, status_sentences
from metrics.catalogue.definitions.targets import StepTarget
from metrics.catalogue.loader import catalogue
from metrics.core.tables import EU
from metrics.core.verdicts import Status, Verdict
from metrics.messages import languages
from tests.dashboard.contexts import page_context
from tests.dashboard.reading import with_class, words

pytestmark = pytest.mark.usefixtures("home", "client")

EN = texts("en")
NOT_AGREED = "a level of 100\xa0%, the catalogue's reading; no document sets one"


def followed(release: Release, goal: str, area: str) -> AssessedSeries:
    return series_of_goal(catalogue().goals[goal], area, release)[0]


def page(name: str, **query: str) -> Any:
    return importlib.import_module(f"{pages}.{name}").layout(**query)


@pytest.mark.parametrize("area", [EU, "FI"])
@pytest.mark.parametrize("goal", ["GA-2.1", "CC2019-10", "CC2019-22"])
def test_the_step_asked_for_stands_on_card_and_in_sentence(
    release: Release, goal: str, area: str
) -> None:
    series = followed(release, goal, area)
    assert series.official is not None
    assert isinstance(series.official.asked, StepTarget)
    reading = "" if goal == "GA-2.1" else ", the catalogue's reading"
    asked = f"at least “{EN.code('step', series.official.asked.step)}”{reading}"
    drawn = words(series_line(series, catalogue().goals[goal], page_context()))
    assert f": {asked}" in drawn
    day = " by 18 December 2013" if goal == "GA-2.1" else ""
    assert f"Target: {asked}{day}." in sentences(series, release, EN)


@pytest.mark.parametrize("language", languages())
def test_a_step_that_no_directive_names_is_marked_among_the_targets(language: str) -> None:
    text = texts(language)
    lines = target_lines(catalogue().goals["CC2019-7"], text)
    said = {line: text("target.step_not_agreed") in line for line in lines}
    assert [line for line in said if "2011/93/" in line and said[line]] == []
    assert all(said[line] for line in lines if text.code("instrument", "LANZAROTE") in line)


def test_a_direction_that_the_wording_does_not_set_is_marked_and_named(release: Release) -> None:
    """Paragraph 9 only notes the importance of gender mainstreaming."""
    goal = catalogue().goals["CC2019-9"]
    said = " ".join(sentences(followed(release, goal.code, EU), release, EN))
    agreed = " ".join(sentences(followed(release, "CC2019-5", EU), release, EN))

    assert rests_on_reading(goal)
    assert f"Target: {EN('asked.direction_not_agreed')}." in said
    assert "direction was agreed" not in said
    assert "Only a direction was agreed" in agreed


def test_without_a_verdict_nothing_is_asked_for_beside_it(release: Release) -> None:
    assessed = followed(release, "GA-2.1", "FI")
    assert assessed.official is not None
    official = replace(assessed.official, verdict=Verdict(Status.NOT_ASSESSED, reason="no_value"))
    series = replace(assessed, assessments=(official,))
    assert "at least" not in words(status_with_notes(series, EN))
    assert "at least" not in " ".join(sentences(series, release, EN))


@pytest.mark.parametrize(("name", "query"), [
    ("overview", {"area": EU}), ("goal", {"goal": "GA-1", "area": EU}), ("report", {"goal": "GA-1"}),
    ("state", {"area": "FI"}),
])  # fmt: skip
def test_a_level_that_no_document_agreed_is_said_beside_the_status(
    name: str, query: dict[str, str]
) -> None:
    statuses = [words(badge) for badge in with_class(page(name, **query), "status")]
    assert any(NOT_AGREED in said for said in statuses)


@pytest.mark.parametrize("language", languages())
def test_every_target_is_worded_in_every_language(language: str) -> None:
    text = texts(language)
    for goal in catalogue().goals.values():
        for target in goal.targets:
            asked = asked_in_words(target, text)
            step = getattr(target, "step", "")
            assert (text.code("step", step) in asked) if step else bool(asked) is not target.agreed


@pytest.mark.parametrize(
    ("indicator", "codes", "asked"),
    [
        ("MNR_CAPABILITY", {"capability": "GOVERNANCE"}, "at least “gaps identified”"),
        ("LEGISLATION_EVALUATION", {"coverage": "GENDER"}, "at least “evaluated”"),
    ],
)
def test_a_count_of_states_without_a_status_names_its_step(
    release: Release, indicator: str, codes: dict[str, str], asked: str
) -> None:
    series = read_series(release, indicator, EU, codes)
    said = f"This is the number of Member States that have reached {asked}."
    assert said in sentences(series, release, EN)
    assert asked in words(series_line(series, catalogue().goals["CC2019-6"], page_context()))
    in_state = read_series(release, indicator, "FI", codes)
    assert said not in sentences(in_state, release, EN)


@pytest.mark.parametrize("goal", ["CC2019-6", "CC2019-8"])
def test_a_goal_that_asks_for_no_step_has_no_status(goal: str) -> None:
    drawn = page("goal", goal=goal, area=EU, view="all")
    assert not with_class(with_class(drawn, "says"), "status")
    assert "Nothing is assessed here." in words(drawn)


def test_a_state_that_acceded_later_is_said_to_have_another_deadline(release: Release) -> None:
    series = followed(release, "GA-2.1", "FI")
    assert series.official is not None
    step = {"key": "day_of_accession", "value": "2013-07-01"}
    acceded = replace(series.official, calculation=json.dumps([step]))

    said = "so its deadline is the day of accession, 1 July 2013."
    assert said in " ".join(status_sentences(acceded, EN))
    assert said not in " ".join(status_sentences(series.official, EN))
