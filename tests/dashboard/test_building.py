"""While the sample is built every page says how far it is, and then leads to it."""

from pathlib import Path
from typing import Any

import pytest
from dash import no_update

from dashboard.app import server
from dashboard.components import building
from dashboard.context import resolve_context
from dashboard.view import View
from metrics.messages import languages
from metrics.sample.progress import SampleProgress, progress_of_build
from tests.dashboard.reading import of_type, words


def notice(**query: str) -> Any:
    with server.test_request_context("/"):
        return building.building_notice(resolve_context(View.from_query(query)))


def follow(search: str) -> Any:
    with server.test_request_context("/"):
        return building.follow_building(1, search)


@pytest.mark.usefixtures("home")
def test_without_a_building_nothing_is_shown_and_nothing_ticks() -> None:
    assert notice().hidden
    assert of_type(notice(), "Interval") == []


@pytest.mark.parametrize("language", languages())
def test_the_notice_counts_workbooks_and_ticks(home: Path, language: str) -> None:
    with progress_of_build(home) as show:
        show(SampleProgress("submissions", 35, 162))
        shown = notice(lang=language)
        then, stopped = follow(f"?lang={language}")

    assert {"35", "162"} <= {*words(shown).replace("/", " ").replace(".", " ").split()}
    assert then in words(shown)
    assert not stopped
    assert len(of_type(shown, "Interval")) == 1


def test_when_it_is_built_the_notice_leads_to_it(home: Path) -> None:
    leading, stopped = follow("?lang=en&area=FI")

    (link,) = of_type(leading, "A")
    assert link.href.startswith("/?")
    assert "collection=sample" in link.href
    assert stopped


@pytest.mark.usefixtures("home")
def test_a_page_that_waits_for_it_is_laid_out_again() -> None:
    (location,) = of_type(follow("?collection=sample&lang=el")[0], "Location")

    assert location.refresh is True
    assert "collection=sample" in location.href
    assert "lang=el" in location.href


@pytest.mark.usefixtures("empty_home")
def test_a_building_that_was_stopped_ticks_no_more() -> None:
    assert follow("") == (no_update, True)
