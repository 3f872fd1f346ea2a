"""The catalogue: an index, folded entries, a search, and links that lead somewhere."""

import importlib
import itertools
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.components.goal_wording import goals_without_value
from dashboard.texts import texts
from dashboard.view import View
from dashboard.wording.agreed_wording import citation, target_lines
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.definitions.indicators import Indicator
from metrics.catalogue.loader import catalogue
from metrics.messages import languages
from tests.dashboard.contexts import page_context
from tests.dashboard.reading import elements, of_type, with_class, words

EN = texts("en")
GOALS, INDICATORS = catalogue().goals, catalogue().indicators


@pytest.fixture(autouse=True)
def _registered(client: FlaskClient) -> None:
    """Pages can be registered only by an application."""


def page(**query: str) -> Any:
    return importlib.import_module("dashboard.pages.catalogue").layout(**query)


def entries(drawn: Any) -> dict[str, Any]:
    return {each.id: each for each in with_class(drawn, "entry")}


@pytest.fixture(scope="module")
def whole(client: FlaskClient) -> Any:
    return page()


def test_every_link_within_the_page_leads_somewhere(whole: Any) -> None:
    anchors = {each.href[1:] for each in of_type(whole, "A") if each.href.startswith("#")}
    places = {each.id for each in elements(whole) if isinstance(getattr(each, "id", None), str)}
    assert len(anchors) > len(INDICATORS) / 2
    assert anchors <= places


def test_no_two_places_bear_the_same_name(whole: Any) -> None:
    named = [each.id for each in elements(whole) if isinstance(getattr(each, "id", None), str)]
    assert len(named) == len(set(named))


def test_the_index_counts_what_each_part_holds(whole: Any) -> None:
    (index,) = with_class(whole, "index")
    numbers = [int(words(each)) for each in with_class(index, "note")]
    assert sum(numbers) == len(GOALS) + len(INDICATORS)


@pytest.mark.parametrize("typed", ["icse", "lanzarote", "GA-1.1", "nothing of the sort"])
def test_the_index_follows_the_search(typed: str) -> None:
    drawn = page(q=typed)
    numbers = [int(words(each)) for each in with_class(with_class(drawn, "index"), "note")]
    assert sum(numbers) == len(entries(drawn))


def test_everything_is_folded_at_first(whole: Any) -> None:
    assert not any(each.open for each in entries(whole).values())


@pytest.mark.parametrize(("typed", "unfolded"), [("GA-1.1", True), ("GA-4.2", True), ("a", False)])
def test_the_few_that_were_searched_for_are_unfolded(typed: str, unfolded: bool) -> None:
    assert {each.open for each in entries(page(q=typed)).values()} == {unfolded}


def test_a_search_without_a_result_shows_no_empty_part() -> None:
    drawn = page(q="nothing of the sort")
    assert "0 goals and commitments, 0 indicators" in words(drawn)
    assert not with_class(drawn, "framework")


@pytest.mark.parametrize("goal", GOALS.values(), ids=GOALS)
def test_a_goal_can_be_read_whole(whole: Any, goal: Goal) -> None:
    said = words(entries(whole)[goal.code])
    assert goal.name("en") in said
    assert goal.wording("en") in said
    assert "".join(citation(goal, goal.source, EN)) in said


@pytest.mark.parametrize("indicator", INDICATORS.values(), ids=INDICATORS)
def test_an_indicator_can_be_read_whole(whole: Any, indicator: Indicator) -> None:
    said = words(entries(whole)[indicator.code])
    assert indicator.definition("en") in said
    assert EN.code("unit", indicator.unit) in said
    assert (indicator.caveat is None) or indicator.caveat("en") in said


@pytest.mark.parametrize("goal", [each for each in GOALS.values() if each.indicators][:6],
                         ids=lambda goal: goal.code)  # fmt: skip
def test_a_goal_leads_to_its_figures_and_its_indicators(whole: Any, goal: Goal) -> None:
    entry = entries(whole)[goal.code]
    assert [each.href for each in of_type(entry, "Link")] == [f"/goal?goal={goal.code}"]
    assert [each.href for each in of_type(entry, "A")] == [f"#{each}" for each in goal.indicators]


@pytest.mark.parametrize("language", languages())
def test_no_note_of_a_framework_is_left_in_english(language: str) -> None:
    for framework in catalogue().frameworks.values():
        if framework.note:
            assert (framework.note(language) == framework.note("en")) is (language == "en")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("goal", [each for each in GOALS.values() if each.targets],
                         ids=lambda goal: goal.code)  # fmt: skip
def test_no_target_is_said_twice(goal: Goal, language: str) -> None:
    said = target_lines(goal, texts(language))
    assert len(said) == len(set(said)) <= len(goal.targets)


def test_a_target_for_several_instruments_is_one_line() -> None:
    said = [each for each in target_lines(GOALS["GA-2.1"], EN) if "Lanzarote Convention" in each]
    assert len(said) == 2
    assert all("Palermo Protocol" in each for each in said)


def test_a_directive_is_said_with_its_day_and_whom_it_does_not_bind() -> None:
    said = [each for each in target_lines(GOALS["CC2019-7"], EN) if "2011/93" in each]
    assert len(said) == 2
    assert all("by 18 December 2013; does not bind Denmark" in each for each in said)


def test_every_part_of_a_target_is_named() -> None:
    for goal in GOALS.values():
        said = " ".join(target_lines(goal, EN))
        parts = [EN.code(by, code) for each in goal.targets for by, code in each.at.items()]
        assert all(part in said for part in parts)


@pytest.mark.parametrize("number", [0, 1, 3])
def test_goals_without_a_figure_are_links_in_one_line(number: int) -> None:
    goals = list(GOALS.values())[:number]
    lines = list(goals_without_value(goals, page_context(lang="en", collection="sample")))
    assert len(lines) == min(number, 1)
    assert [each.href for each in of_type(lines, "Link")] == [
        f"/goal?lang=en&collection=sample&goal={each.code}" for each in goals
    ]


@pytest.mark.parametrize("language", languages())
def test_headings_of_entries_stand_under_those_of_their_part(language: str) -> None:
    levels = [int(type(each).__name__[1]) for each in elements(page(lang=language))
              if type(each).__name__ in {"H1", "H2", "H3", "H4"}]  # fmt: skip
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@pytest.mark.parametrize("language", ["fi", "el"])
def test_what_is_still_in_english_is_marked_to_be_read_out_in_it(language: str) -> None:
    shown = entries(page(lang=language))
    for code, indicator in INDICATORS.items():
        marked = {each.lang for each in of_type(shown[code], "P") if hasattr(each, "lang")}
        assert marked == {language if language in indicator.definition.by_language else "en"}


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("collection", catalogue().collections)
def test_every_link_of_the_page_in_a_collection_is_answered(
    client: FlaskClient, collection: str
) -> None:
    """A goal of another collection is linked there; only goals with such links are asked for."""
    drawn = page(collection=collection)
    hrefs = {link.href for link in of_type(drawn, "Link") if link.href.startswith("/goal")}
    definitions = catalogue().restrict_to(catalogue().collections[collection])
    asked = {href: View.parse(href.partition("?")[2]) for href in hrefs}

    assert hrefs
    for href, view in asked.items():
        own = catalogue().restrict_to(catalogue().collections[view.collection or collection])
        assert not view.goal or view.goal in own.goals, href
    elsewhere = [href for href, view in asked.items() if view.goal not in {"", *definitions.goals}]
    for href in elsewhere:
        assert client.get(href).status_code == 200, href
