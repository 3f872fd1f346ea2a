"""What a page shows, a table holds: path, gap and status of every period are read, not computed."""

import csv
import importlib
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboard.texts import texts
from metrics.core.schemas import columns_of
from metrics.core.tables import BREAKDOWNS, TOTAL
from tests.dashboard.reading import of_type, with_class, words
from tests.dashboard.release import YEARS, write_release

GOAL, SERIES = "GA-1.1", "ICSE_VICTIMS"
STATUSES = ("not_assessed", "behind", "on_track", "moving_away", "on_track", "achieved")
ADDRESS = f"goal={GOAL}&area=FI&lang=en"


@pytest.fixture(autouse=True)
def _registered(client: FlaskClient) -> None:
    """Pages can be registered only by an application."""


def official_assessment(home: Path) -> "pd.Series[Any]":
    (file,) = home.rglob("assessments.parquet")
    table = pd.read_parquet(file)
    is_meant = (table["goal"] == GOAL) & (table["area"] == "FI") & table["official"]
    return table[is_meant & (table["indicator"] == SERIES)].iloc[0]


def common(folder: Path) -> dict[str, str]:
    """The series of Finland, and the target and method of its official assessment."""
    row = official_assessment(folder)
    names = ("goal", "target", "indicator", "area", "method")
    return {**dict.fromkeys(BREAKDOWNS, TOTAL), **{name: str(row[name]) for name in names}}


@pytest.fixture(scope="module")
def home_of_released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release whose tables hold figures that no arithmetic of a page would give."""
    home = tmp_path_factory.mktemp("released")
    folder = write_release(home)
    own = common(folder)
    trajectory = [
        own | {"period": str(year), "time": year + 0.5, "value": 1.0,
               "expected_value": 4000.0 + at, "gap": 3000.0 + at}
        for at, year in enumerate(YEARS)
    ]  # fmt: skip
    history = [
        own | {"period": str(year), "status": status, "category": "", "reason": "",
               "value": 1.0, "expected_value": 2.0, "gap": 3.0, "baseline_period": "2020",
               "areas_reporting": 1, "areas_expected": 1, "arithmetic": ""}
        for year, status in zip(YEARS, STATUSES, strict=True)
        if year != YEARS[0]
    ]  # fmt: skip
    for name, rows in {"trajectory": trajectory, "status_history": history}.items():
        table = pd.DataFrame(rows).reindex(columns=columns_of(name))
        table.to_parquet(folder / f"{name}.parquet", index=False)
    return home


@pytest.fixture
def released(home_of_released: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMPACT_HOME", str(home_of_released))


def page(**query: str) -> Any:
    layout = importlib.import_module("dashboard.pages.goal").layout
    return layout(goal=GOAL, area="FI", lang="en", **query)


def downloaded(client: FlaskClient, what: str, more: str = "") -> list[dict[str, str]]:
    text = client.get(f"/download/{what}.csv?{ADDRESS}{more}").text
    return list(csv.DictReader(text.removeprefix("\ufeff").splitlines()))


@pytest.mark.usefixtures("released")
def test_path_and_gap_of_each_period_are_those_of_its_status(client: FlaskClient) -> None:
    """The first period has no status: there the path of today is read."""
    rows = downloaded(client, "trend")
    assert [float(row["path"]) for row in rows] == [4000.0, *[2.0] * len(STATUSES[1:])]
    assert [float(row["gap"]) for row in rows] == [3000.0, *[3.0] * len(STATUSES[1:])]
    (table, *_) = of_type(page(view="table"), "Table")
    assert "2022 529 persons 2 " in words(of_type(table, "Tr")[3]).replace("\xa0", " ")


@pytest.mark.usefixtures("released")
def test_side_by_side_too(client: FlaskClient) -> None:
    rows = {row["area"]: row for row in downloaded(client, "states", "&period=2022")}
    assert (rows["FI"]["path"], rows["FI"]["gap"]) == ("2.0", "3.0")


@pytest.mark.usefixtures("released")
@pytest.mark.parametrize(
    ("period", "status"), list(zip(map(str, YEARS), STATUSES, strict=True))[:-1]
)
def test_the_status_of_a_chosen_period_is_shown_everywhere(
    client: FlaskClient, period: str, status: str
) -> None:
    word, drawn = texts("en")(f"status.{status}"), page(period=period, view="all")
    row = next(
        row for row in downloaded(client, "states", f"&period={period}") if row["area"] == "FI"
    )
    frame = next(
        frame
        for frame in of_type(with_class(drawn, "multiples"), "Li")
        if words(of_type(frame, "Link")) == "Finland"
    )

    assert row["status"] == status
    assert word in words(with_class(with_class(drawn, "says"), "status")[0])
    assert word in words(with_class(frame, "status"))
    summary = words(with_class(drawn, "status-list"))
    assert "FI" in summary.split(f"{word}: ", 1)[1].split(": ")[0]


@pytest.mark.usefixtures("released")
def test_a_status_of_another_year_than_the_figure_names_its_year(client: FlaskClient) -> None:
    """Croatia has not reported the last round."""
    rows = {row["area"]: row for row in downloaded(client, "states", "&period=2025")}
    assert rows["HR"]["status_period"] == "2024"
    frame = next(
        frame
        for frame in of_type(with_class(page(period="2025", view="states"), "multiples"), "Li")
        if words(of_type(frame, "Link")) == "Croatia"
    )
    assert "2025: no figure" in words(frame)
    assert "status of 2024" in words(frame)


@pytest.mark.usefixtures("released")
def test_each_period_has_its_status_in_table_and_file(
    client: FlaskClient, home_of_released: Path
) -> None:
    """The last one is the official assessment, which has a table of its own."""
    rows = downloaded(client, "trend")
    assert [row["status"] for row in rows][:-1] == ["", *STATUSES[1:-1]]
    assert [row["computed_status"] for row in rows][:-1] == ["", *STATUSES[1:-1]]
    assert rows[-1]["computed_status"] == official_assessment(home_of_released)["status"]
    (table, *_) = of_type(page(view="table"), "Table")
    assert "Status" in words(of_type(table, "Thead"))
    shown = [words(with_class(row, "status")) for row in of_type(table, "Tr")[1:]]
    assert shown[:4] == ["", "Behind", "On track", "Moving away"]


@pytest.mark.usefixtures("home")
def test_a_release_of_an_earlier_version_shows_what_it_has(client: FlaskClient) -> None:
    rows = downloaded(client, "trend")
    assert "status" not in rows[0]
    assert all(row["path"] for row in rows)
    (table, *_) = of_type(page(view="table"), "Table")
    assert "Status" not in words(of_type(table, "Thead"))
