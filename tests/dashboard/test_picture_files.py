"""The pictures of charts as files: from links on the pages, drawn in a process of their own."""

import re
import subprocess
import sys
from html import unescape

import pytest
from flask.testing import FlaskClient

from dashboard.addresses.alternatives import UnavailableError
from dashboard.answer_cache import AnswerCache
from dashboard.charts.picture import Picture
from dashboard.context import read_context
from dashboard.data import Release
from dashboard.exports import formats_of
from dashboard.pictures.drawing import DRAWING, KEPT_PICTURES, draw_in_process
from dashboard.pictures.view_pictures import CHARTS, find_picture, pictures_of_chart
from dashboard.view import View

LINK = re.compile(r'href="(/picture/[^"]+)"')
BEGINNINGS = {"svg": b"<?xml", "png": b"\x89PNG"}


@pytest.mark.parametrize("format_name", formats_of(Picture))
def test_a_picture_is_sent_under_a_name_that_says_what_it_shows(
    release: Release, client: FlaskClient, format_name: str
) -> None:
    query = f"goal=GA-1.1&area=FI&release={release.label}"
    answer = client.get(f"/picture/trend.{format_name}?{query}")

    assert answer.status_code == 200
    assert answer.data.startswith(BEGINNINGS[format_name])
    assert answer.mimetype == formats_of(Picture)[format_name].media_type
    disposition = answer.headers["Content-Disposition"]
    assert f"GA-1.1-FI-trend-{release.label}.{format_name}" in disposition


def test_browsers_keep_a_picture_of_a_release_and_ask_again_for_the_current_one(
    release: Release, client: FlaskClient
) -> None:
    pinned = client.get(f"/picture/trend.svg?goal=GA-1.1&release={release.label}")
    current = client.get("/picture/trend.svg?goal=GA-1.1")
    again = client.get("/picture/trend.svg?goal=GA-1.1",
                       headers={"If-None-Match": current.headers["ETag"]})  # fmt: skip

    assert pinned.headers["Cache-Control"] == "private, max-age=86400"
    assert current.headers["Cache-Control"] == "private, no-cache"
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("trend.svg?goal=GA-9.9", "GA-9.9"),
        ("trend.svg?goal=GA-1.1&area=XX", "XX"),
        ("trend.svg?goal=GA-1.1&release=2001-01-01", "2001-01-01"),
        ("trend.svg?goal=GA-1.1&colour=red", "colour"),
        ("trend.svg?goal=GA-1.1&period=1999", "1999"),
        ("trend-2.svg?goal=GA-1.1", ""),
        ("trends.svg?goal=GA-1.1", ""),
        ("map.svg?goal=GA-2.1", "Steps are not mapped"),
        ("trend.gif?goal=GA-1.1", ""),
    ],
)
def test_an_address_that_no_page_knows_has_no_picture(
    release: Release, client: FlaskClient, address: str, named: str
) -> None:
    answer = client.get(f"/picture/{address}")

    assert answer.status_code == 404, release
    assert named in answer.text


def picture_links(client: FlaskClient, query: str, page: str = "/goal") -> list[str]:
    return [unescape(address) for address in LINK.findall(client.get(f"{page}?{query}").text)]


def test_each_chart_of_the_page_of_a_goal_is_offered_as_a_picture(
    release: Release, client: FlaskClient
) -> None:
    """Every link leads to a picture, in the language and with the choices of its page."""
    trend = picture_links(client, "goal=GA-1.1&area=FI&lang=fi")
    states = picture_links(client, "goal=GA-1.1&view=states")

    assert {link.partition("?")[0] for link in trend} == {
        "/picture/trend.png",
        "/picture/trend.svg",
    }
    assert {link.partition("?")[0] for link in states} == {
        f"/picture/{name}.{kind}" for name in ("states", "multiples") for kind in ("png", "svg")
    }, release
    tiles = picture_links(client, "goal=GA-1&view=map&lang=el")
    assert {link.partition("?")[0] for link in tiles} == {
        f"/picture/map.{kind}" for kind in ("png", "svg")
    }
    assert client.get(tiles[0]).status_code == 200
    assert all("lang=fi" in link and "area=FI" in link for link in trend)
    assert client.get(trend[0]).status_code == 200
    assert client.get(states[-1]).status_code == 200


def test_a_picture_is_drawn_once_and_kept(release: Release) -> None:
    (picture,) = pictures_of_chart("trend", read_context(View(goal="GA-1.1", area="SE")))
    drawn = draw_in_process(picture, "svg")

    assert draw_in_process(picture, "svg") is drawn, release
    assert KEPT_PICTURES.get(("svg", picture)) is drawn


def test_a_picture_that_waits_too_long_for_others_is_answered_with_503(
    release: Release, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.pictures.drawing.KEPT_PICTURES", AnswerCache(1))
    monkeypatch.setattr(DRAWING, "waiting_seconds", 0)
    with DRAWING.turn:
        answer = client.get("/picture/trend.svg?goal=GA-1.1&area=MT")

    assert answer.status_code == 503, release
    assert "try again" in answer.text


def test_what_serves_pages_loads_neither_matplotlib_nor_pptx_and_what_draws_no_pandas() -> None:
    libraries = "sys.modules.keys() & {'matplotlib', 'pandas', 'plotly', 'dash'}"
    drawers = "sys.modules.keys() & {'matplotlib', 'pptx'}"
    pages = f"import dashboard.app, sys; print({drawers})"
    drawing = f"import dashboard.pictures.preloaded, sys; print({libraries})"
    printed = [
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True
        ).stdout.strip()
        for program in (pages, drawing)
    ]

    assert printed == ["set()", "{'matplotlib'}"]


def test_every_chart_of_a_page_has_a_kind_in_words(release: Release) -> None:
    for name in CHARTS:
        for picture in pictures_of_chart(name, read_context(View(goal="GA-1"))):
            assert picture.kind, release
            assert "." not in picture.kind, "the key of a text that is missing"


def test_a_comparison_is_offered_as_a_picture_with_what_is_set_aside(
    release: Release, client: FlaskClient
) -> None:
    query = "indicator=ICSE_VICTIMS&areas=DE,FR,SE"
    (link, _) = picture_links(client, query, "/compare")
    (picture,) = pictures_of_chart("comparison", read_context(View.parse(query)))
    page = unescape(client.get(f"/compare?{query}").text)

    assert client.get(link).status_code == 200
    assert picture.finding in page
    assert release.label in picture.address
    assert any("2023" in str(note) for note in picture.further_notes), "the break of France"
    for note in picture.further_notes:
        assert str(note) in page


@pytest.mark.parametrize("query", ["areas=XX", "indicator=NOTHING", "unit=furlongs"])
def test_a_comparison_that_the_page_refuses_has_no_picture(
    release: Release, client: FlaskClient, query: str
) -> None:
    answer = client.get(f"/picture/comparison.svg?{query}")

    assert answer.status_code == 404, release
    assert query.partition("=")[2] in answer.text


def test_each_chart_of_a_pair_of_breakdowns_has_a_picture(release: Release) -> None:
    with pytest.raises(UnavailableError, match="trend-2"):
        find_picture("trend-2", read_context(View(goal="GA-1.1", release=release.label)))
    (first,) = pictures_of_chart(
        "trend", read_context(View(goal="GA-1.1", indicator="ICSE_VICTIMS", breakdown="sex"))
    )
    assert len(first.lines) > 1
