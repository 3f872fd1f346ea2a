"""Two indices of a sum can differ: each page says which of them it shows."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.components.guide_links import INDEX_ANCHOR
from dashboard.documents import read_document
from dashboard.texts import texts
from dashboard.view import View
from metrics.messages import languages
from tests.dashboard.reading import of_type, words

SUM = {"collection": "published-figures", "area": "EU27_2020"}


@pytest.fixture(autouse=True)
def shown(published_release: Path, monkeypatch: pytest.MonkeyPatch, client: FlaskClient) -> None:
    monkeypatch.setenv("EMPACT_HOME", str(published_release.parents[3]))


def page(name: str, **query: str) -> object:
    from dashboard.pages import compare, goal  # noqa: PLC0415 - registers pages

    return {"compare": compare, "goal": goal}[name].layout(**query)


def links(drawn: object) -> set[str]:
    return {link.href.partition("#")[2] for link in of_type(drawn, "Link")
            if View.parse(link.href.partition("#")[0].partition("?")[2]).document == "methods"}  # fmt: skip


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("view", ["chart", "table"])
def test_the_page_of_the_released_index_says_that_it_begins_again(view: str, language: str) -> None:
    named = "CYBERTIPLINE_REPORTS[component=chained_index]"
    drawn = page("goal", **SUM, indicator=named, view=view, lang=language)

    assert texts(language)("index.released") in words(drawn)
    assert links(drawn) == {INDEX_ANCHOR}


@pytest.mark.parametrize(("unit", "is_said"), [("index", True), ("value", False)])
def test_a_comparison_by_index_says_which_index_it_is(unit: str, is_said: bool) -> None:
    asked = {"collection": SUM["collection"], "areas": SUM["area"], "unit": unit}
    drawn = page("compare", **asked, indicator="CYBERTIPLINE_REPORTS", lang="en")

    assert (texts("en")("index.compared") in words(drawn)) is is_said
    assert links(drawn) == ({INDEX_ANCHOR} if is_said else set())


def test_a_series_of_a_single_state_has_one_index() -> None:
    asked = {"collection": SUM["collection"], "areas": "DE,FI", "unit": "index"}
    drawn = page("compare", **asked, indicator="CYBERTIPLINE_REPORTS", lang="en")

    assert texts("en")("index.compared") not in words(drawn)


def test_the_link_leads_to_a_part_of_the_methods() -> None:
    sections = read_document("methods", str, "en").sections
    assert INDEX_ANCHOR in {section.anchor for section in sections}
