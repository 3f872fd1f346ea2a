"""The follow-up report: every goal with its figures, and every declared action with its State."""

import csv
import importlib
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboard.components.declared_actions import grouped_actions
from dashboard.data import Release
from dashboard.texts import texts
from metrics.catalogue.loader import catalogue
from metrics.messages import languages
from tests.dashboard.reading import of_type, with_class, words
from tests.dashboard.release import write_release

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture(autouse=True)
def _registered(client: FlaskClient) -> None:
    """Pages can be registered only by an application."""


def page(name: str, **query: str) -> Any:
    return importlib.import_module(f"dashboard.pages.{name}").layout(**query)


def downloaded(client: FlaskClient, query: str = "") -> list[dict[str, str]]:
    text = client.get(f"/download/actions.csv?collection=sample{query}").text
    return list(csv.DictReader(text.removeprefix("\ufeff").splitlines()))


def test_every_goal_of_the_collection_is_in_the_report() -> None:
    asked = catalogue().restrict_to(catalogue().collections["sample"]).goals
    codes = {words(code) for code in with_class(page("report"), "code")}
    assert set(asked) <= codes


@pytest.mark.parametrize("language", languages())
def test_every_declared_action_is_in_the_report_with_what_became_of_it(
    release: Release, language: str
) -> None:
    text, said = texts(language), words(page("report", lang=language))
    for row in release.tables["actions"].to_dict("records"):
        assert row["description"] in said
        assert text.code("action_status", row["status"]) in said
        assert text.code("progress", row["progress"]) in said


def test_the_figure_of_a_state_stands_beside_its_actions() -> None:
    card = next(card for card in with_class(page("report"), "actions") if "GA-1.1" in words(card))
    groups = [words(group).replace("\xa0", " ") for group in with_class(card, "group")]
    assert groups == ["Finland:  625 persons (2025)   Behind · 2025"]


def test_an_action_for_two_goals_is_listed_once_and_named_under_the_other() -> None:
    drawn = page("report")
    (card,) = [card for card in with_class(drawn, "actions") if "GA-2.1" in words(card)
               and "Criminalisation" in words(card)]  # fmt: skip

    assert words(drawn).count("The legislation will be updated.") == 1
    assert "1 action is declared for this goal too and listed under GA-1.1: Finland." in words(card)


@pytest.fixture(scope="module")
def home_without_finland(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("without_finland")
    path = write_release(home) / "indicator_values.parquet"
    values = pd.read_parquet(path)
    is_lost = (values["area"] == "FI") & (values["indicator"] == "ICSE_VICTIMS")
    values[~is_lost].to_parquet(path, index=False)
    return home


@pytest.mark.parametrize("language", languages())
def test_no_area_is_named_twice_in_a_line_without_a_figure(
    home_without_finland: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("EMPACT_HOME", str(home_without_finland))

    groups = with_class(page("report", lang=language), "group")

    text, finland = texts(language), texts(language).code("area", "FI")
    of_goal = text("goal.status", status="\0").split("\0")[0]
    (line,) = [words(group) for group in groups if finland in words(group)
               and of_goal in words(group)]  # fmt: skip
    assert line.count(finland) == 1


@pytest.fixture(scope="module")
def home_of_the_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The only figures of GA-1.1 are those of Finland, given as figures of the world."""
    home = tmp_path_factory.mktemp("world")
    folder = write_release(home)
    for name in ("indicator_values", "assessments"):
        table = pd.read_parquet(folder / f"{name}.parquet")
        is_followed = table["indicator"].isin(catalogue().goals["GA-1.1"].indicators)
        kept = table[~is_followed | ((table["area"] == "FI") & (name == "indicator_values"))].copy()
        kept.loc[kept["indicator"].isin(catalogue().goals["GA-1.1"].indicators), "area"] = "W0"
        kept.to_parquet(folder / f"{name}.parquet", index=False)
    return home


@pytest.fixture
def figures_of_the_world(
    home: Path, home_of_the_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After `home`, which every test of this file uses, and instead of it."""
    monkeypatch.setenv("EMPACT_HOME", str(home_of_the_world))


@pytest.mark.usefixtures("figures_of_the_world")
@pytest.mark.parametrize("language", languages())
def test_the_report_has_the_figures_of_other_areas(language: str) -> None:
    text = texts(language)
    (card,) = [card for card in with_class(page("report", lang=language), "actions")
               if words(with_class(card, "code")[0]) == "GA-1.1"]  # fmt: skip

    assert f"{text.code('area', 'W0')}: " in words(card)
    assert text("overview.no_figures") not in words(card)


@pytest.mark.usefixtures("figures_of_the_world")
def test_the_page_of_a_goal_says_only_that_no_member_state_has_a_figure() -> None:
    drawn = words(page("goal", goal="GA-1.1", collection="sample", view="all"))

    assert "World, 2025" in drawn
    assert "No Member State has a figure for this goal." in drawn
    assert texts("en")("goal.no_series") not in drawn


def test_the_report_says_what_is_workload_and_what_is_read_with_care(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Where no assessed series has a figure, one of workload stands under the goal."""
    folder, kept = write_release(tmp_path), "HOTLINE_REPORTS_RECEIVED"
    others = {*catalogue().goals["GA-4.2"].indicators} - {kept}
    for name in ("indicator_values", "assessments"):
        table = pd.read_parquet(folder / f"{name}.parquet")
        table[~table["indicator"].isin(others)].to_parquet(folder / f"{name}.parquet", index=False)
    monkeypatch.setenv("EMPACT_HOME", str(tmp_path))
    text, indicator = texts("en"), catalogue().indicators[kept]

    (card,) = [card for card in with_class(page("report"), "actions")
               if words(with_class(card, "code")[0]) == "GA-4.2"]  # fmt: skip

    assert text("card.workload") in words(card)
    (caveat,) = with_class(card, "caveat")
    assert indicator.caveat is not None
    assert indicator.caveat("en") in words(caveat)


def test_the_menu_leads_to_the_report() -> None:
    (header,) = of_type(page("overview", collection="sample"), "Header")
    assert "/report?collection=sample" in [link.href for link in of_type(header, "Link")]


def test_the_file_has_a_row_for_each_action_and_goal(client: FlaskClient, release: Release) -> None:
    declared = release.tables["actions"]
    rows = downloaded(client)
    assert len(rows) == sum(len(goals.split(";")) for goals in declared["goals"])
    first = rows[0]
    assert (first["goal"], first["area"], first["figure"]) == ("GA-1.1", "FI", "625.0")
    assert (first["official_status"], first["status_period"]) == ("behind", "2025")


@pytest.mark.parametrize(("goal", "number"), [("GA-1.1", 2), ("GA-3.1", 1), ("GA-4.2", 1)])
def test_the_page_of_a_goal_has_its_actions_and_a_file_of_them(
    client: FlaskClient, goal: str, number: int
) -> None:
    (card,) = with_class(page("goal", goal=goal, collection="sample", view="states"), "actions")
    rows = downloaded(client, f"&goal={goal}")
    assert len(rows) == number
    assert all(row["description"] in words(card) for row in rows)
    assert any(f"goal={goal}" in link.href for link in of_type(card, "A"))


def test_a_goal_without_declared_actions_says_so() -> None:
    (card,) = with_class(
        page("goal", goal="CC2019-24", collection="sample", view="states"), "actions"
    )
    assert texts("en")("actions.none") in words(card)


def test_actions_with_third_countries_stand_under_the_country_they_name() -> None:
    rows = [("FI", "AL"), ("SE", "Albania"), ("EL", "Thailand"), ("EE", "")]
    declared = pd.DataFrame([
        {"area": area, "partner": partner, "description": f"Done by {area}.",
         "theme": "LIVE_STREAMING", "status": "undertaken", "timeframe": "", "progress": "done"}
        for area, partner in rows
    ])  # fmt: skip

    drawn = grouped_actions(declared, "Actions", texts("fi"))

    bodies = [words(body) for body in of_type(drawn, "Tbody")]
    assert [body.split("  ")[0].split(" Done")[0] for body in bodies] == [
        "Albania", "Thaimaa", "Kumppanimaata ei ole nimetty",
    ]  # fmt: skip
    assert "Suomi" in bodies[0]
    assert "Ruotsi" in bodies[0]
    assert all("reaaliaikaisena suoratoistona" in body for body in bodies)
