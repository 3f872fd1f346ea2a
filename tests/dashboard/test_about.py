"""Every status and term is defined in one place, and pages lead there; who is responsible."""

from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.released.goal_statuses import SCOREBOARD_MARKS
from dashboard.texts import texts
from metrics.messages import languages
from tests.dashboard.reading import elements, of_type, with_class, words

pytestmark = pytest.mark.usefixtures("home")


def about(**query: str) -> Any:
    from dashboard.pages.about import layout  # noqa: PLC0415 - pages need an application

    return layout(**query)


@pytest.fixture(autouse=True)
def _registered(client: FlaskClient) -> None:
    """Pages can be registered only by an application."""


@pytest.mark.parametrize("language", languages())
def test_each_status_has_an_anchor_and_a_meaning(language: str) -> None:
    drawn, text = about(lang=language), texts(language)
    terms = {each.id: each for each in of_type(drawn, "Dt")}
    assert {f"status-{mark}" for mark in SCOREBOARD_MARKS} <= terms.keys()
    meanings = [words(each) for each in of_type(drawn, "Dd")]
    assert len(set(meanings)) == len(meanings) == len(terms)
    assert text("status_meaning.behind") in meanings


def test_the_scoreboard_and_the_foot_of_each_page_lead_to_the_definitions() -> None:
    from dashboard.pages.scoreboard import layout  # noqa: PLC0415

    drawn = layout(lang="fi")
    links = [each.href for each in elements(drawn) if "about" in (getattr(each, "href", "") or "")]
    assert links.count("/about?lang=fi#statuses") == 2


def test_a_release_is_cited_with_an_address_that_stays() -> None:
    (section,) = [each for each in of_type(about(), "Section") if each.id == "citing"]
    (link,) = of_type(section, "Link")
    assert "collection=sample" in link.href
    assert "release=2026-04-10" in link.href


@pytest.mark.parametrize(
    ("contact", "href"),
    [
        ("statistics@example.org", "mailto:statistics@example.org"),
        ("https://example.org/contact", "https://example.org/contact"),
        ("Unit of statistics, Helsinki", ""),
        ("", ""),
    ],
)
def test_the_operator_is_named_where_configured(
    monkeypatch: pytest.MonkeyPatch, contact: str, href: str
) -> None:
    monkeypatch.setenv("EMPACT_CONTACT", contact)
    sections = [each for each in of_type(about(), "Section") if each.id == "contact"]
    assert len(sections) == bool(contact)
    assert [each.href for section in sections for each in of_type(section, "A")] == [
        *filter(None, [href])
    ]
    assert all(contact in words(section) for section in sections)


def test_without_scripts_a_page_says_where_the_figures_are(client: FlaskClient) -> None:
    document = client.get("/goal?lang=en").get_data(as_text=True)
    told = document.partition("<noscript>")[2].partition("</noscript>")[0]
    assert "charts are not drawn" in told
    assert 'href="/explore?lang=en"' in told
    assert with_class(about(), "index")


@pytest.mark.parametrize("language", languages())
def test_a_page_that_needs_scripts_says_so_in_the_language_of_the_reader(
    client: FlaskClient, language: str
) -> None:
    document = client.get(f"/submit?lang={language}").text
    said = document.partition("<noscript>")[2].partition("</noscript>")[0]
    assert texts(language)("without_script.needed") in unescape(said)
    assert "Loading..." not in document
