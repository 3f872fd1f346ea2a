"""While the sample is built every page says how far it is, and then leads to it."""

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.components.build_notice import BUILDING_PATH, building_notice
from dashboard.context import resolve_context
from dashboard.view import View
from metrics.messages import languages
from metrics.sample.progress import SampleProgress, progress_of_build
from tests.dashboard.reading import words


def notice(**query: str) -> Any:
    return building_notice(resolve_context(View.from_query(query)))


def follow(client: FlaskClient, search: str) -> Any:
    return client.get(BUILDING_PATH + search).get_json()


@pytest.mark.usefixtures("home")
def test_without_a_building_nothing_is_shown_and_nothing_asks() -> None:
    assert notice().hidden
    assert not hasattr(notice(), "data-follows")


@pytest.mark.parametrize("language", languages())
def test_the_notice_counts_workbooks_and_asks(
    client: FlaskClient, home: Path, language: str
) -> None:
    with progress_of_build(home) as show:
        show(SampleProgress("submissions", 35, 162))
        shown = notice(lang=language)
        answer = follow(client, f"?lang={language}")

    assert {"35", "162"} <= {*words(shown).replace("/", " ").replace(".", " ").split()}
    assert getattr(shown, "data-follows") == f"{BUILDING_PATH}?lang={language}"
    assert answer == {"notice": words(shown), "asks_again": True, "address": ""}


@pytest.mark.parametrize("path", ["/", "/goal", "/catalogue"])
def test_the_notice_is_not_kept_with_a_page(client: FlaskClient, home: Path, path: str) -> None:
    with progress_of_build(home) as show:
        show(SampleProgress("submissions", 35, 162))
        during = client.get(f"{path}?lang=en").text
    after = client.get(f"{path}?lang=en").text

    assert ("data-follows" in during, "data-follows" in after) == (True, False)


@pytest.mark.usefixtures("home")
def test_when_it_is_built_the_notice_leads_to_it(client: FlaskClient) -> None:
    answer = follow(client, "?lang=en&area=FI")

    assert '<a href="/?' in answer["notice"]
    assert "collection=sample" in answer["notice"]
    assert not answer["asks_again"]


@pytest.mark.usefixtures("home")
def test_a_page_that_waits_for_it_is_loaded_again(client: FlaskClient) -> None:
    answer = follow(client, "?collection=sample&lang=el")

    assert answer["address"].startswith("/?")
    assert {"collection=sample", "lang=el"} <= {*answer["address"].removeprefix("/?").split("&")}


@pytest.mark.usefixtures("empty_home")
def test_a_building_that_was_stopped_is_asked_for_no_more(client: FlaskClient) -> None:
    assert follow(client, "") == {"notice": "", "asks_again": False, "address": ""}
