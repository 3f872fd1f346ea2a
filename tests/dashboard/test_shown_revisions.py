"""Which figures were revised since the submission before, and which release is the current one."""

import csv
import importlib
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.texts import texts
from metrics.messages import languages
from tests.dashboard.reading import of_type, picker, with_class, words
from tests.dashboard.release import LABEL
from tests.dashboard.revised_release import LATER, write_revised_release


@pytest.fixture(scope="module")
def revised_home(written: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("revised")
    copytree(written / "data", home / "data")
    write_revised_release(home)
    (home / "data/processed/sample/current").write_text(LATER)
    return home


@pytest.fixture
def revised(
    revised_home: Path, monkeypatch: pytest.MonkeyPatch, client: FlaskClient
) -> FlaskClient:
    monkeypatch.setenv("EMPACT_HOME", str(revised_home))
    return client


def page(name: str, **query: str) -> Any:
    return importlib.import_module(f"dashboard.pages.{name}").layout(**query)


@pytest.mark.usefixtures("revised")
@pytest.mark.parametrize("view", ["chart", "table"])
def test_the_page_of_a_series_gives_the_old_and_the_new_figure(view: str) -> None:
    said = words(with_class(page("goal", goal="GA-1.1", area="FI", view=view), "trend-card"))
    plain = said.replace("\xa0", " ")
    assert f"Revised in release {LATER}" in plain
    assert "2025: 625 persons instead of 600 persons (submitted on 2 April 2026)" in plain
    assert "2024: 625 persons instead of not available" in plain


@pytest.mark.usefixtures("revised")
def test_a_series_and_a_release_without_a_revision_have_no_such_note() -> None:
    for query in ({"area": "SE"}, {"area": "FI", "release": LABEL}):
        assert "Revised in release" not in words(page("goal", goal="GA-1.1", **query))
    assert texts("en")("report.not_revised") in words(page("report", release=LABEL))


@pytest.mark.usefixtures("revised")
@pytest.mark.parametrize("language", languages())
def test_the_report_lists_every_revision(language: str) -> None:
    text = texts(language)
    table = next(
        table
        for table in of_type(page("report", lang=language), "Table")
        if text("report.revised_old") in words(table)
    )
    rows = [words(row) for row in of_type(table, "Tr")]
    assert len(rows) == 1 + 2
    assert all(text("report.revised_old") in row for row in rows[:1])
    assert "600" in rows[1]
    assert text("absent.missing") in rows[2]


@pytest.mark.usefixtures("revised")
@pytest.mark.parametrize("language", languages())
def test_the_picker_marks_replaced_releases_and_orders_by_time(language: str) -> None:
    text = texts(language)
    drawn = page("overview", lang=language)
    offered = picker(drawn, "release").options
    assert list(offered) == [LATER, LABEL]
    assert offered[LATER].startswith(f"{LATER} · ")
    assert "09:15" in offered[LATER]
    assert text("frame.replaced") not in offered[LATER]
    assert offered[LABEL].startswith(f"{LABEL} · {text('frame.replaced')}")
    assert words(with_class(drawn, "as-of")).endswith(f" · {text('frame.current')}")


@pytest.mark.usefixtures("revised")
@pytest.mark.parametrize("view", ["chart", "table"])
def test_the_page_of_a_series_says_why_a_figure_was_withdrawn(view: str) -> None:
    plain = words(page("goal", goal="GA-1.1", area="SE", view=view)).replace("\xa0", " ")
    assert "2023: the figure was withdrawn on 2 April 2026. Reason given: counted twice." in plain
    assert "2022: the figure was withdrawn on 2 April 2026." in plain
    assert "withdrawn on" not in words(page("goal", goal="GA-1.1", area="FI", view=view))


@pytest.mark.usefixtures("revised")
@pytest.mark.parametrize("language", languages())
def test_the_report_lists_every_withdrawn_figure_with_its_reason(language: str) -> None:
    text = texts(language)
    listed = [words(row) for row in of_type(page("report", lang=language), "Tr")]
    withdrawn = [row for row in listed if text.date("2026-04-02T0915Z") in row][-2:]

    assert [text.code("area", "SE") in row for row in withdrawn] == [True, True]
    assert "counted twice" in withdrawn[0]
    assert text("report.withdrawn_unpublished") in withdrawn[1]


@pytest.mark.usefixtures("revised")
def test_a_release_without_a_withdrawal_says_so_and_offers_no_file(revised: FlaskClient) -> None:
    said = page("report", release=LABEL)
    assert texts("en")("report.not_withdrawn") in words(said)
    assert "/download/withdrawals" not in str(said)
    assert len(downloaded(revised, release=LABEL)) == 0


def test_withdrawn_figures_are_offered_as_a_file(revised: FlaskClient) -> None:
    assert "/download/withdrawals.csv" in str(page("report"))
    rows = downloaded(revised)
    assert [(row["series"], row["area"], row["period"], row["reason"]) for row in rows] == [
        ("ICSE_VICTIMS", "SE", "2023", "counted twice"),
        ("ICSE_VICTIMS", "SE", "2022", ""),
    ]
    assert {row["release"] for row in rows} == {LATER}
    assert "value" not in rows[0]


def downloaded(client: FlaskClient, release: str = "") -> list[dict[str, str]]:
    query = {"collection": "sample", "release": release}
    answer = client.get("/download/withdrawals.csv", query_string=query)
    assert answer.status_code == 200
    return list(csv.DictReader(answer.text.removeprefix("\ufeff").splitlines()))
