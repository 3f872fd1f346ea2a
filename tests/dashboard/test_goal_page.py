"""The page of a goal: facts in one line, tabs, which series leads, States by status, the map."""

import importlib
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.addresses.goal_tabs import EVERY_TAB, TABS
from dashboard.charts.tiles import MapScale, map_scale
from dashboard.components.html_block import HTML_SOURCE
from dashboard.data import Release
from dashboard.released.states_by_status import states_by_status
from dashboard.view import View
from metrics.catalogue.codelists import member_states
from metrics.core.tables import EU
from tests.dashboard.contexts import selection
from tests.dashboard.reading import elements, hint_of, of_type, with_class, with_hint, words

pytestmark = pytest.mark.usefixtures("home", "client")


def page(**query: str) -> Any:
    return importlib.import_module("dashboard.pages.goal").layout(**query)


def map_of(drawn: Any) -> str:
    (source,) = [part.data for part in elements(drawn) if getattr(part, "id", "") == HTML_SOURCE]
    return str(source)


@pytest.mark.parametrize("view", TABS)
def test_each_tab_is_a_link_and_the_open_one_is_marked(view: str) -> None:
    drawn = page(goal="GA-1.1", area="FI", view=view, lang="en")
    (tabs,) = with_class(drawn, "tabs")
    links = [part for part in elements(tabs) if hasattr(part, "href")]
    (current,) = with_class(tabs, "current")

    assert [View.parse(link.href.partition("?")[2]).view for link in links] == list(TABS)
    assert getattr(current, "aria-current") == "page"
    assert View.parse(current.href.partition("?")[2]).area == "FI"
    assert len(with_class(drawn, "goal-tab")) == (len(TABS) - 1 if view == EVERY_TAB else 1)


def test_an_unknown_tab_is_named_and_the_chart_is_shown() -> None:
    drawn = page(goal="GA-1.1", view="maps", lang="en")
    assert "Did you mean “map”?" in words(with_class(drawn, "absent"))
    assert with_class(drawn, "goal-tab-chart")


def test_the_facts_of_a_goal_stand_in_one_line_of_six_at_most() -> None:
    drawn = page(goal="GA-1.1", area=EU, lang="en")
    (strip,) = with_class(drawn, "strip")
    facts = of_type(strip, "Div")
    links = with_hint(facts[-1])

    assert len(facts) <= 6
    assert ("HR", "Croatia") in [(words(link), hint_of(link)) for link in links]
    assert all("/state?" in link.href for link in links)


def test_a_line_says_which_series_leads_and_links_to_the_others() -> None:
    drawn = page(goal="GA-4.2", area="FI", lang="en")
    (lines,) = with_class(drawn, "leading-series")
    assert words(of_type(lines, "Summary")).startswith("Headline series: ")
    assert "other series: " in words(of_type(lines, "Summary"))
    assert all("indicator=" in link.href for link in of_type(lines, "Link"))
    assert not with_class(page(goal="GA-3.2", area="FI"), "leading-series")


def test_the_states_beside_the_chart_are_all_there_once_with_a_link_each() -> None:
    drawn = page(goal="GA-1.1", area=EU, lang="en")
    (aside,) = with_class(drawn, "by-status")
    links = with_hint(aside)
    codes = [words(each) for each in links]
    counts = [int(words(each)) for each in of_type(aside, "Strong")]

    assert sorted(codes) == sorted(member_states())
    assert sum(counts) == len(member_states())
    assert [View.parse(link.href.partition("?")[2]).area for link in links] == codes


def test_a_state_is_listed_by_the_mark_of_the_scoreboard(release: Release) -> None:
    assert release.label
    marks = states_by_status(selection(View(goal="GA-1.1", area=EU)).in_states)
    assert {area: mark for mark, states in marks.items() for area in (s.area for s in states)}[
        "MT"
    ] == "suppressed"


def test_the_goals_before_and_after_are_one_link_away() -> None:
    drawn = page(goal="GA-1.1", area="FI", view="table")
    before, after = (with_class(drawn, name)[0] for name in ("goal-prev", "goal-next"))
    views = [View.parse(link.href.partition("?")[2]) for link in (before, after)]
    assert [view.goal for view in views] == ["GA-1", "GA-2.1"]
    assert {(view.area, view.view) for view in views} == {("FI", "table")}


def test_the_map_has_a_tile_for_each_state_with_its_value_or_why_not() -> None:
    html = map_of(page(goal="GA-1", area=EU, view="map", lang="en"))
    assert html.count('<li class="tile ') == len(member_states())
    assert 'class="suppressed"' in html
    assert 'data-hint="Malta: suppressed"' in html or "Malta, 2024" in html


def test_a_count_is_mapped_as_its_rate_or_not_at_all() -> None:
    drawn = page(goal="GA-3.1", area=EU, view="map", lang="en")
    refused = words(with_class(drawn, "map"))
    assert "There is no map of counts" in refused
    assert "has no meaning" in refused
    steps = page(goal="GA-2.1", area=EU, view="map", lang="en")
    assert "Steps are not mapped" in words(with_class(steps, "map"))


@pytest.mark.parametrize(
    ("values", "scale"),
    [([5.2, 7.1, 14.7, 22.5, 45.2], MapScale(0, 10.0)), ([], MapScale(0.0, 1.0)),
     ([0.0], MapScale(0.0, 1.0)), ([63.3, 67.0, 72.8, 79.3, 80.4, 94.1], MapScale(60, 5.0)),
     ([0.02, 0.03], MapScale(0.02, 0.0025))],
)  # fmt: skip
def test_the_classes_of_a_map_are_five_of_one_width(values: list[float], scale: MapScale) -> None:
    found = map_scale(values)
    assert (found.base, found.width) == pytest.approx((scale.base, scale.width))
    assert {found.class_of(value) for value in values} <= set(range(1, 6))


@pytest.mark.parametrize(
    ("view", "anchor"),
    [("states", "status"), ("states", "actions"), ("map", "map"), ("wording", "wording"),
     ("calculation", "calculation")],
)  # fmt: skip
def test_a_section_has_an_address_at_its_heading(view: str, anchor: str) -> None:
    drawn = page(goal="GA-4.2", area=EU, view=view)
    (section,) = [part for part in elements(drawn) if getattr(part, "id", "") == anchor]
    assert f"#{anchor}" in [link.href for link in of_type(of_type(section, "H2"), "A")]


def test_what_does_not_exist_is_still_said_and_the_wording_stays(client: FlaskClient) -> None:
    assert client
    drawn = page(goal="GA-9.9", lang="en")
    assert words(of_type(drawn, "H1")) == "There is no such series, goal or area"
    assert not with_class(drawn, "tabs")
    wrong = page(goal="GA-1.1", indicator="NONE", view="wording", lang="en")
    assert of_type(wrong, "Blockquote")
