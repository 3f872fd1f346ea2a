"""The growth and the path of a total are of the same States, and who has no figure says why."""

import importlib
from dataclasses import replace

import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboard.addresses.selection import Selection
from dashboard.charts.captions import notes_of
from dashboard.charts.gaps import growth_strip, printed_growth
from dashboard.components.goal.data_tables import trend_table
from dashboard.components.goal.key_facts import (
    REPORTED_ABSENCES,
    absent_states,
    goal_strip,
    states_without_figure,
)
from dashboard.contents.figure_columns import with_growth
from dashboard.context import read_context
from dashboard.released.growth import released_growth
from dashboard.released.series import AssessedSeries
from dashboard.released.table_views import trend_view
from dashboard.texts import texts
from dashboard.view import View
from dashboard.wording.series_facts import MOST_AREAS_NAMED
from metrics.catalogue.codelists import member_states
from metrics.catalogue.codelists.statuses import absence_key
from metrics.core.tables import EU
from metrics.core.verdict_codes import Reason
from metrics.messages import languages
from tests.dashboard.contexts import selection
from tests.dashboard.reading import of_type, with_hint, words

EN = texts("en")

pytestmark = pytest.mark.usefixtures("home", "_registered")


@pytest.fixture
def _registered(client: FlaskClient) -> None:
    """Pages can be registered only by an application."""


def series_of(goal: str, area: str) -> tuple[Selection, AssessedSeries]:
    chosen = selection(View(goal=goal, area=area))
    assert chosen.series is not None
    return chosen, chosen.series


@pytest.mark.parametrize(("area", "name"), [(EU, "Growth, same States"), ("SE", "Growth")])
def test_the_growth_of_a_total_says_that_it_is_of_the_same_states(area: str, name: str) -> None:
    chosen, series = series_of("GA-1.1", area)
    strip = growth_strip(series, chosen.release, {row["period"] for row in series.values}, EN)

    assert strip is None or strip.name == name
    assert strip is not None or area != EU
    terms = [words(term) for term in of_type(goal_strip(chosen, series), "Dt")]
    assert f"{name}, target ≥ 10 %" in terms


def test_the_note_below_the_chart_says_where_the_path_starts() -> None:
    _, series = series_of("GA-1.1", EU)
    assert series.official is not None
    verdict = replace(
        series.official.verdict, reason=Reason.MATCHED_PANEL, baseline_value=6178.0,
        baseline_period="2020", period="2025",
    )  # fmt: skip
    carried = replace(series, assessments=(replace(series.official, verdict=verdict),))

    notes = " ".join(map(str, notes_of(carried, EN))).replace("\N{NO-BREAK SPACE}", " ")
    assert "The target path to 2025 starts at 6,178 persons in 2020." in notes
    assert EN("chart.carried") in notes
    assert "starts at" not in " ".join(map(str, notes_of(series, EN)))


def test_the_note_of_a_direction_alone_names_a_starting_level_and_no_target_path() -> None:
    _, series = series_of("CC2019-9", EU)
    assert series.official is not None
    verdict = replace(series.official.verdict, reason=Reason.MATCHED_PANEL)
    carried = replace(series, assessments=(replace(series.official, verdict=verdict),))

    notes = " ".join(map(str, notes_of(carried, EN)))
    assert "the starting level is that estimate" in notes
    assert "target path" not in notes


@pytest.mark.parametrize("language", languages())
def test_the_table_has_the_released_growth_where_growth_is_the_target(language: str) -> None:
    chosen, series = series_of("GA-1.1", EU)
    text, changes = texts(language), released_growth(series, chosen.release)
    rows = with_growth(trend_view(series), series, chosen.release, text)
    drawn = words(trend_table("", series, rows, text))

    assert changes
    assert text("chart.growth_same") in drawn
    assert all(words in drawn for words in printed_growth(changes, text).values())


def test_another_target_has_no_column_for_growth() -> None:
    chosen, series = series_of("GA-2.1", EU)
    rows = trend_view(series)
    assert with_growth(rows, series, chosen.release, EN) is rows


def test_states_without_a_figure_are_named_by_why() -> None:
    """A State whose figure is not applicable did report."""
    found = set()
    for goal in read_context(View()).definitions.goals:
        chosen = selection(View(goal=goal, area=EU))
        latest = chosen.series.last_known if chosen.series else None
        if latest is None:
            continue
        for why, areas in states_without_figure(chosen, latest["period"]).items():
            for area in areas:
                rows = chosen.in_states[area].rows
                row = next((row for row in rows if row["period"] == latest["period"]), {})
                assert pd.isna(row.get("value"))
                assert (absence_key(row) if why in REPORTED_ABSENCES else "strip.without") == why
            found.add(why)
    assert {"strip.without", "absent.not_applicable"} <= found


def test_many_states_without_a_figure_are_counted_and_listed_on_demand() -> None:
    chosen, _ = series_of("GA-1.1", EU)
    few, many = member_states()[:MOST_AREAS_NAMED], member_states()[: MOST_AREAS_NAMED + 1]

    listed = absent_states("strip.without", few, chosen)
    folded = absent_states("strip.without", many, chosen)

    assert not of_type(listed, "Details")
    assert words(of_type(folded, "Summary")) == "without 10 of 27"
    assert [words(link) for link in with_hint(folded)] == [*many]


@pytest.mark.parametrize("view", ["", "table", "all"])
def test_the_search_that_a_target_suggests_is_linked_once(view: str) -> None:
    page = importlib.import_module("dashboard.pages.goal").layout(goal="GA-1.1", view=view)
    assert words(page).count("States with growth below 10 %") == 1
