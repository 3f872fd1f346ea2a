"""A period without a figure of the series: one answer on the page, in its lists and in its files."""

import csv
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.addresses.selection import choose
from dashboard.context import read_context
from dashboard.texts import texts
from dashboard.view import View
from metrics.messages import languages
from tests.dashboard.reading import elements, of_type, with_class, words

SERIES = "TAKEDOWN_MEAN_DAYS[hosting=DOMESTIC]"  # of Germany: 2014 to 2022
SHARE = "TAKEDOWN_SHARE_2D[hosting=DOMESTIC]"  # from 2014
ASKED = {"collection": "published-figures", "area": "DE"}


@pytest.fixture(autouse=True)
def shown(published_release: Path, monkeypatch: pytest.MonkeyPatch, client: FlaskClient) -> None:
    monkeypatch.setenv("EMPACT_HOME", str(published_release.parents[3]))


def page(indicator: str, period: str, language: str = "en", view: str = "") -> object:
    from dashboard.pages import goal  # noqa: PLC0415 - registers a page

    return goal.layout(**ASKED, indicator=indicator, period=period, lang=language, view=view)


def test_every_list_of_the_page_is_as_of_a_year_without_a_figure() -> None:
    drawn = page(SERIES, "2023")
    (listed,) = with_class(drawn, "leading-series")

    assert words(of_type(drawn, "H1")).startswith("As of 2023:")
    assert "2024" not in words(listed)
    assert "no value for 2023" in words(with_class(drawn, "fact-status"))


def test_before_the_first_figure_there_is_no_status() -> None:
    drawn = page(SHARE, "2013")

    assert "No figure" in words(with_class(drawn, "fact-status"))
    assert "As of 2013" in words(of_type(drawn, "H1"))
    assert "Undesired direction" not in words(with_class(drawn, "by-status"))


def test_files_accept_the_years_that_the_page_accepts(client: FlaskClient) -> None:
    statuses = {}
    for period in ("2023", "1900"):
        query = "&".join(f"{name}={value}" for name, value in ASKED.items())
        query += f"&indicator={SERIES}&period={period}&lang=en"
        for file in ("trend", "states"):
            answer = client.get(f"/download/{file}.csv?{query}")
            statuses[file, period] = answer.status_code
            if file == "states" and period == "2023":
                rows = csv.DictReader(answer.text.removeprefix("\ufeff").splitlines())
                (own,) = [row for row in rows if row["area"] == "DE"]
                assert (own["status"], own["status_period"]) == ("not_current", "2022")
    assert statuses == {("trend", "2023"): 200, ("states", "2023"): 200,
                        ("trend", "1900"): 404, ("states", "1900"): 404}  # fmt: skip


@pytest.mark.parametrize("language", languages())
def test_a_period_that_does_not_exist_is_named_before_a_status_with_its_year(language: str) -> None:
    text = texts(language)
    drawn = page(SHARE, "1900", language)
    written = words(drawn)
    note, year = text("missing.period", period="1900"), text("status.of_period", period="2024")

    assert written.index(note) < written.index(text("status.unwanted_direction"))
    assert year in words(with_class(drawn, "fact-status"))
    assert year in words(with_class(drawn, "by-status"))
    assert written.count(note) == 1


def test_no_period_of_the_release_breaks_a_page() -> None:
    context = read_context(View(**ASKED))
    assert context.release is not None
    for year in context.release.years:
        chosen = choose(context.with_changes(indicator=SERIES, period=year))
        assert chosen.period == year
        for view in ("states", "map", "calculation"):
            page(SERIES, year, view=view)


@pytest.mark.parametrize(
    ("period", "status"), [("2019", "Desired direction"), ("2015", "Undesired direction")]
)
def test_the_alternative_text_of_the_chart_is_as_of_the_period(period: str, status: str) -> None:
    drawn = page(SHARE, period)
    described = [own.to_plotly_json()["props"].get("aria-label", "") for own in elements(drawn)
                 if getattr(own, "role", "") == "img"]  # fmt: skip

    said = words(with_class(drawn, "verdict-first"))
    assert status in said
    assert f"As of {period}: {said}" in " ".join(described)
