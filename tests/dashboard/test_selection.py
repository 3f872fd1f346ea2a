"""What is shown where the address leaves it open: the Union, or a plain word on who stands in."""

import importlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboard.addresses.selection import choose, newest_well_covered, preferred_series
from dashboard.components.goal.absence import area_notes, why_not_union
from dashboard.context import read_context
from dashboard.released.series import leads_goal, series_by_area
from dashboard.texts import texts
from dashboard.view import View
from metrics.core.tables import EU
from metrics.messages import languages
from tests.dashboard.contexts import selection
from tests.dashboard.reading import of_type, with_class, words
from tests.dashboard.release import write_release

GOAL = "GA-1.1"


@pytest.fixture(autouse=True)
def _registered(client: FlaskClient) -> None:
    """Pages can be registered only by an application."""


@pytest.fixture(scope="module")
def home_without_union(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("without_union")
    folder = write_release(home)
    for path in (folder / "indicator_values.parquet", folder / "assessments.parquet"):
        table = pd.read_parquet(path)
        table[table["area"] != EU].to_parquet(path, index=False)
    return home


@pytest.fixture
def without_union(home_without_union: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMPACT_HOME", str(home_without_union))


@pytest.fixture(scope="module")
def home_of_withheld_union(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("withheld_union")
    path = write_release(home) / "indicator_values.parquet"
    table = pd.read_parquet(path)
    table.loc[table["area"] == EU, ["value", "confidentiality_status"]] = [None, "C"]
    table.to_parquet(path, index=False)
    return home


@pytest.fixture
def withheld_union(home_of_withheld_union: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMPACT_HOME", str(home_of_withheld_union))


@pytest.fixture(scope="module", params=["provisional;matched_panel", ""], ids=["panel", "plain"])
def reason(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The reasons that every assessment of the shown release gives."""
    home, reason = tmp_path_factory.mktemp("reason"), str(request.param)
    path = write_release(home) / "assessments.parquet"
    pd.read_parquet(path).assign(reason=reason).to_parquet(path, index=False)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("EMPACT_HOME", str(home))
        yield reason


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("goal", [GOAL, "GA-2.1", "CC2019-5"])
def test_the_union_is_first_shown(goal: str) -> None:
    assert selection(View(goal=goal)).area == EU


@pytest.mark.usefixtures("withheld_union")
@pytest.mark.parametrize("language", languages())
def test_a_state_with_a_figure_comes_before_a_union_without_and_the_reason_is_said(
    language: str,
) -> None:
    chosen = selection(View(goal=GOAL, lang=language))

    page = importlib.import_module("dashboard.pages.goal")
    said = words(page.layout(goal=GOAL, lang=language, view="all"))

    assert chosen.area != EU
    assert chosen.series is not None
    assert chosen.series.last_known is not None
    assert why_not_union(chosen, chosen.series) in said
    assert texts(language)("absent.suppressed") in said


@pytest.mark.usefixtures("without_union")
@pytest.mark.parametrize("language", languages())
def test_a_state_that_stands_in_is_named(language: str) -> None:
    text, chosen = texts(language), selection(View(goal=GOAL, lang=language))
    page = importlib.import_module("dashboard.pages.goal").layout(goal=GOAL, lang=language)
    why = text("goal.no_union", union=text.code("area", EU))
    assert chosen.area != EU
    assert text("goal.unasked", area=text.code("area", chosen.area), why=why) in words(page)


@pytest.mark.usefixtures("without_union")
def test_a_state_that_was_chosen_needs_no_word() -> None:
    assert not selection(View(goal=GOAL, area="FI")).is_default_area


@pytest.mark.parametrize("collection", ["sample", "published-figures"])
def test_a_goal_opens_on_the_first_area_with_a_figure_of_its_headline(
    collection: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The Union, else the first in protocol order; where there is none, the Union says so."""
    home = request.getfixturevalue("home" if collection == "sample" else "published_release")
    monkeypatch.setenv("EMPACT_HOME", str(home if collection == "sample" else home.parents[3]))
    context = read_context(View(collection=collection))
    assert context.release is not None
    for goal in context.definitions.goals.values():
        opened = choose(context.with_changes(goal=goal.code))
        areas = [
            series.area
            for series in series_by_area(goal, context.release)
            if leads_goal(goal, series)
        ]
        assert opened.area == (areas[0] if areas else EU), goal.code
        assert opened.series is not None
        assert leads_goal(goal, opened.series) or not goal.headline_series
        assert bool(opened.series.last_known) is bool(areas), goal.code
        if not areas and goal.headline_series:
            said = words([*area_notes(opened, opened.series)])
            others = [*series_by_area(goal, context.release)]
            assert ("has no figure in any area" in said) is bool(others)
            assert all(own.title(context.text) in said for own in others)

    menu = choose(context)
    assert menu.series is not None
    assert menu.series.last_known


@pytest.mark.usefixtures("empty_home")
def test_without_a_release_the_union_is_meant() -> None:
    assert selection(View(goal=GOAL)).area == EU


@pytest.mark.parametrize("language", languages())
def test_a_path_on_figures_carried_back_is_explained_under_its_chart(
    reason: str, language: str
) -> None:
    page = importlib.import_module("dashboard.pages.goal").layout(goal=GOAL, lang=language)
    (figure, *_) = of_type(with_class(page, "trend-card"), "Figure")
    assert (texts(language)("chart.carried") in words(figure)) is ("matched_panel" in reason)


@pytest.mark.usefixtures("withheld_union")
def test_the_series_that_says_why_it_has_no_figure_comes_before_an_empty_one() -> None:
    followed = selection(View(goal="GA-2.1")).followed
    empty = replace(followed[0], values=())
    assert preferred_series([empty, *followed[1:]]) is followed[1]


@pytest.mark.parametrize(
    ("figures", "chosen"),
    [
        ({"2023": 9, "2024": 10, "2025": 1}, "2024"),
        ({"2024": 27, "2025": 25}, "2025"),
        ({"2024": 1, "2025": 1}, "2025"),
        ({"2020": 11, "2021": 5, "2022": 4}, "2020"),
        ({}, ""),
    ],
)
def test_the_states_are_compared_in_the_newest_period_that_most_have(
    figures: dict[str, int], chosen: str
) -> None:
    assert newest_well_covered(figures) == chosen
