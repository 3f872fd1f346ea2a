"""Published figures cover some goals of some States: only those are drawn, the others are named."""

import importlib
from pathlib import Path
from shutil import copytree
from typing import Any

import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboard.context import read_context
from dashboard.data import Release
from dashboard.texts import texts
from dashboard.view import View
from metrics.catalogue.codelists import member_states
from metrics.catalogue.loader import catalogue
from metrics.core.tables import EU
from tests.dashboard.chart_figures import figures_on
from tests.dashboard.reading import of_type, with_class, with_hint, words
from tests.dashboard.release import LABEL

EN = texts("en")
GIVEN = ("BE", "MT", "FI")  # Malta says that its last figure is suppressed
GOALS = ("GA-1.1", "GA-4.2")
COLLECTION = "published-figures"


@pytest.fixture(scope="module")
def published(written: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release of the other tests, with the figures of three States for two goals."""
    home = tmp_path_factory.mktemp("published")
    folder = home / "data/processed" / COLLECTION
    copytree(written / "data/processed/sample", folder)
    for name in ("indicator_values", "assessments"):
        file = folder / LABEL / f"{name}.parquet"
        table = pd.read_parquet(file)
        wanted = {code for goal in GOALS for code in catalogue().goals[goal].indicators}
        is_given = table["area"].isin(GIVEN) & table["indicator"].isin(wanted)
        table[is_given].to_parquet(file, index=False)
    return home


@pytest.fixture(autouse=True)
def shown(published: Path, monkeypatch: pytest.MonkeyPatch, client: FlaskClient) -> FlaskClient:
    monkeypatch.setenv("EMPACT_HOME", str(published))
    return client


def page(name: str, **query: str) -> Any:
    return importlib.import_module(f"dashboard.pages.{name}").layout(**query)


def others() -> list[str]:
    return [EN.code("area", area) for area in member_states() if area not in GIVEN]


def test_there_is_a_frame_for_each_state_with_a_figure() -> None:
    (frames,) = with_class(page("goal", goal="GA-1.1", view="states"), "multiples")
    named = [words(each) for each in of_type(frames, "Link")]
    assert named == [EN.code("area", area) for area in GIVEN]


@pytest.mark.parametrize("view", ["states", "all"])
def test_who_has_none_stands_in_one_line(view: str) -> None:
    said = words(page("goal", goal="GA-1.1", view=view))
    assert f"No figure from: {', '.join(others())}." in said


def test_the_chart_of_the_states_has_a_row_for_each_with_a_figure() -> None:
    states = figures_on(page("goal", goal="GA-1.1", view="states"))[-1]
    assert list(states.layout.yaxis.categoryarray) == [EN.code("area", area) for area in GIVEN]


def test_who_said_that_a_figure_is_suppressed_is_shown_and_not_named_as_silent() -> None:
    table = of_type(page("goal", goal="GA-1.1", view="states", period="2025"), "Table")[0]
    malta = next(row for row in of_type(table, "Tr") if "Malta" in words(row))
    assert "suppressed" in words(malta)


def test_the_file_still_has_a_row_for_every_state(client: FlaskClient) -> None:
    text = client.get(f"/download/states.csv?collection={COLLECTION}&goal=GA-1.1").text
    assert len(text.splitlines()) == 1 + len(member_states())


def test_the_matrix_has_a_column_for_each_state_with_a_figure() -> None:
    (matrix,) = with_class(page("goal", goal="GA-1.1", view="states"), "matrix")
    assert [words(each) for each in with_hint(of_type(matrix, "Thead"))] == list(GIVEN)


def test_the_matrix_leaves_out_a_series_that_nobody_has() -> None:
    drawn = page("goal", goal="GA-2.1", view="states")
    assert not with_class(drawn, "matrix")
    assert with_class(page("goal", goal="GA-4.2", view="states"), "matrix")


def test_a_goal_without_any_figure_says_so_and_draws_nothing() -> None:
    drawn = page("goal", goal="GA-3.1", view="all")
    assert not of_type(drawn, "Graph")
    assert not with_class(drawn, "multiples")
    assert "No figure in this release." in words(with_class(drawn, "trend-card"))
    assert "No Member State has a figure of this series." in words(drawn)


def test_the_overview_names_the_goals_without_a_figure_in_lines() -> None:
    drawn = page("overview")
    cards = [words(with_class(each, "code")[0]) for each in with_class(drawn, "goal-card")]
    assert set(GOALS) <= set(cards)
    assert "GA-3.1" not in cards
    lines = " ".join(words(each) for each in of_type(drawn, "P") if "No figure yet" in words(each))
    assert "GA-3.1" in lines


def test_each_goal_stands_on_the_overview_once() -> None:
    drawn = page("overview")
    codes = [words(each) for each in with_class(drawn, "code")]
    asked = catalogue().restrict_to(catalogue().collections[COLLECTION]).goals
    assert set(asked) <= set(codes)


def test_a_goal_is_first_shown_for_an_area_that_has_figures() -> None:
    assert words(with_class(page("goal", goal="GA-1.1"), "says")).startswith(
        tuple(EN(f"status.{each}") for each in ("behind", "on_track", "not_assessed"))
    )
    release = read_context(View()).release
    assert isinstance(release, Release)
    assert release.areas[0] != EU


def test_a_state_is_not_asked_for_rounds_by_a_publisher() -> None:
    assert "Reporting by round" not in words(page("state", area="FI"))


def test_the_goals_of_a_state_without_a_figure_stand_in_one_line() -> None:
    drawn = page("state", area="FI")
    groups = [words(each) for each in with_class(drawn, "group")]
    assert any(each.startswith("GA-1.1") for each in groups)
    assert not any(each.startswith("GA-3.1") for each in groups)
