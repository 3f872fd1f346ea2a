"""Where a State has no total of an indicator but a part, the page offers the part."""

from importlib import import_module
from pathlib import Path
from shutil import copytree
from typing import Any

import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboard.texts import texts
from metrics.core.tables import BREAKDOWNS, TOTAL
from tests.dashboard.reading import of_type, picker, with_class, words
from tests.dashboard.release import LABEL

SHOWN, AREA = "ICSE_VICTIMS", "FI"


@pytest.fixture(scope="module")
def only_parts(written: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release of the other tests, without the total of one indicator for Finland."""
    home = tmp_path_factory.mktemp("parts")
    copytree(written / "data", home / "data")
    file = home / "data/processed/sample" / LABEL / "indicator_values.parquet"
    table = pd.read_parquet(file)
    is_total = (table[list(BREAKDOWNS)] == TOTAL).all(axis=1)
    lost = is_total & table["area"].eq(AREA) & table["indicator"].eq(SHOWN)
    assert lost.any()
    table[~lost].to_parquet(file, index=False)
    return home


@pytest.fixture(autouse=True)
def shown(only_parts: Path, monkeypatch: pytest.MonkeyPatch, client: FlaskClient) -> FlaskClient:
    monkeypatch.setenv("EMPACT_HOME", str(only_parts))
    return client


def card(**query: str) -> Any:
    page = import_module("dashboard.pages.goal")
    return with_class(page.layout(collection="sample", indicator=SHOWN, **query), "trend-card")


@pytest.mark.parametrize("language", ["en", "fi", "el"])
def test_the_parts_of_the_area_are_offered_and_no_figure_is_not_said(language: str) -> None:
    text = texts(language)
    drawn = card(area=AREA, lang=language)

    assert text("goal.other_series_here", area=text.code("area", AREA)) in words(drawn)
    assert text("goal.no_series") not in words(drawn)
    offered = [link.href for link in of_type(drawn, "Link") if f"area={AREA}" in link.href]
    assert [href for href in offered if "sex%3DF" in href or "sex=F" in href]


def test_an_area_with_the_total_offers_no_other_series() -> None:
    text = texts("en")
    area = text.code("area", "SE")

    assert text("goal.other_series_here", area=area) not in words(card(area="SE"))


@pytest.mark.parametrize("language", ["en", "fi", "el"])
def test_a_component_without_any_value_is_named_in_words(language: str) -> None:
    """`ICSE_VICTIMS[component=year_on_year]` is an address, not a name."""
    page, code = import_module("dashboard.pages.goal"), f"{SHOWN}[component=year_on_year]"
    drawn = page.layout(collection="sample", indicator=code, area=AREA, lang=language)
    names = [name for parameter in ("indicator", "component")
             for name in picker(drawn, parameter).options.values()]  # fmt: skip

    assert texts(language).code("component", "year_on_year") in names
    assert not [name for name in names if SHOWN in name]


def test_an_indicator_of_another_goal_is_named_in_words() -> None:
    page = import_module("dashboard.pages.goal")
    drawn = page.layout(collection="sample", goal="GA-4.2", indicator=SHOWN, area="SE")

    assert not [name for name in picker(drawn, "indicator").options.values() if SHOWN in name]
