"""A goal as a card: figure, year, reservation, coverage, method and who else has figures."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from dashboard.components.cards import card_coverage as covered
from dashboard.components.cards import goal_card, newest_absence, other_areas_note, series_line
from dashboard.data import Release
from dashboard.released.series import AssessedSeries, series_of_goal
from dashboard.texts import texts
from dashboard.view import View
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.loader import catalogue
from metrics.core.tables import EU
from metrics.messages import languages
from tests.dashboard.contexts import page_context
from tests.dashboard.reading import hint_of, of_type, with_class, words

EN = texts("en")
GOAL = catalogue().goals["GA-1.1"]


def of(release: Release, area: str, goal: Goal = GOAL) -> Sequence[AssessedSeries]:
    return series_of_goal(goal, area, release)


def line(release: Release, state: str, language: str = "en", **view: str) -> Any:
    context = page_context(release, lang=language, **view)
    return series_line(of(release, state)[0], GOAL, context)


@pytest.mark.parametrize(
    ("area", "said"),
    [
        ("FI", ["625 persons", "2025"]),
        ("DE", ["provisional value"]),
        ("EL", ["reported late"]),
        ("EE", ["0 persons", "2025"]),
        ("MT", ["2024", "2025: suppressed"]),
        ("LU", ["2025: not applicable"]),
        ("BG", ["2025: not available"]),
        ("CY", ["2025: not collected"]),
        (EU, ["of 27 with figures", "Method: Growth each year and on the compounded path"]),
    ],
)
def test_a_line_says(release: Release, area: str, said: list[str]) -> None:
    drawn = words(line(release, area)).replace("\xa0", " ")
    assert all(each in drawn for each in said)


@pytest.mark.parametrize(("chosen", "named"), [("", True), ("FI", False)])
def test_the_area_is_named_where_none_was_chosen(
    release: Release, chosen: str, *, named: bool
) -> None:
    said = words(with_class(line(release, "FI", area=chosen), "track-name"))
    assert said.startswith("Finland: ") is named


@pytest.mark.parametrize("language", languages())
def test_a_line_leads_to_its_chart_in_the_same_language(release: Release, language: str) -> None:
    (link,) = of_type(line(release, "FI", language, collection="sample"), "Link")
    view = View.parse(link.href.partition("?")[2])
    assert (view.lang, view.collection, view.goal) == (language, "sample", "GA-1.1")
    assert (view.indicator, view.area) == ("ICSE_VICTIMS", "FI")


def test_a_small_trend_has_words(release: Release) -> None:
    (image,) = of_type(line(release, "FI"), "Img")
    assert image.alt == "Trend: Victims identified in the ICSE database"


def test_a_card_shows_four_series_and_counts_the_others(release: Release) -> None:
    goal = catalogue().goals["GA-2.1"]
    followed = of(release, EU, goal)
    card = goal_card(goal, followed, page_context(release))
    assert len(of_type(card, "Li")) == 4
    assert words(with_class(card, "more")) == f"{len(followed) - 4} more series"


@pytest.mark.parametrize(
    ("code", "said"),
    [("GA-1.1", "No figure in this release."),
     (next((each.code for each in catalogue().goals.values() if not each.indicators), "GA-1.1"),
      "")],
)  # fmt: skip
def test_a_card_without_a_series_says_how_it_is_followed(code: str, said: str) -> None:
    goal = catalogue().goals[code]
    drawn = words(goal_card(goal, (), page_context()))
    expected = EN("overview.no_figures" if goal.indicators else "overview.actions_only")
    assert (said or expected) in drawn


def silent(release: Release, area: str) -> AssessedSeries:
    own = of(release, area)[0]
    return replace(own, values=())


def only(release: Release, areas: Sequence[str]) -> Release:
    values = release.tables["indicator_values"]
    kept = values[values["area"].isin(areas)].reset_index(drop=True)
    return replace(release, tables={**release.tables, "indicator_values": kept})


@pytest.mark.parametrize(
    ("areas", "said"),
    [
        (("FI", "SE"), "Figures of: Finland, Sweden"),
        (("BE", "BG", "CZ", "DK", "DE", "EE", "FI"), "7 other areas have figures"),
        ((), ""),
    ],
)
def test_who_else_has_figures_is_named_or_counted(
    release: Release, areas: tuple[str, ...], said: str
) -> None:
    found = other_areas_note(silent(release, EU), GOAL, page_context(only(release, areas)))
    assert words(found) == said


def test_areas_beside_a_figure_are_named_as_further_ones(release: Release) -> None:
    own, shown = of(release, EU)[0], page_context(only(release, ("FI", EU)))
    assert words(other_areas_note(own, None, shown)) == "Also for: Finland"


def test_a_state_without_a_figure_does_not_list_the_others(release: Release) -> None:
    assert other_areas_note(silent(release, "FI"), GOAL, page_context(release)) == []
    assert other_areas_note(of(release, EU)[0], GOAL, page_context(release)) == []


@pytest.mark.parametrize(("area", "is_newer"), [("MT", True), ("FI", False), ("EE", False)])
def test_a_newer_period_without_a_figure_is_said(
    release: Release, area: str, *, is_newer: bool
) -> None:
    assert bool(newest_absence(of(release, area)[0], EN)) is is_newer


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"areas_reporting": 24, "areas_expected": 27}, "24 of 27 with figures"),
        (
            {"areas_reporting": 26, "areas_expected": 27, "areas_withheld": 1},
            "26 of 27 with figures, 1 not shown",
        ),
        ({"areas_reporting": 1, "areas_expected": 1}, ""),
        ({}, ""),
    ],
)
def test_coverage_is_said_of_aggregates_only(row: dict[str, int], said: str) -> None:
    assert covered(row, EN) == said


@pytest.mark.parametrize("language", languages())
def test_a_caveat_is_marked_and_can_be_read(release: Release, language: str) -> None:
    (mark,) = with_class(line(release, "FI", language), "hint")
    caveat = catalogue().indicators["ICSE_VICTIMS"].caveat
    assert caveat is not None
    assert hint_of(mark) == caveat(language)
