"""The document of a page: whole, small, and kept as long as nothing changes it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import brotli
import pytest
from flask.testing import FlaskClient

from dashboard import context as contexts
from dashboard.answer_cache import AnswerCache, KeptAnswer
from dashboard.context import PageContext
from dashboard.view import View
from tests.dashboard.release import LABEL, write_release

SAMPLE = "?collection=sample&lang=en"
BROTLI = {"Accept-Encoding": "br"}
# Page → kB of its document, compressed.
MOST_KILOBYTES = {"/": 30, "/series": 30, "/goal": 35, "/state": 30, "/report": 60,
                  "/catalogue": 40, "/nowhere": 5}  # fmt: skip
WITHOUT_CHARTS = ("/", "/series", "/catalogue", "/nowhere")
OF_SUBMISSIONS = ("/submit", "/submissions", "/withdraw")
STARTS_DASH = "_dash-renderer"


def scripts_of(document: str) -> list[str]:
    return re.findall(r'<script[^>]* src="([^"?]*)', document)


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("path", MOST_KILOBYTES)
def test_a_page_is_one_small_document(client: FlaskClient, path: str) -> None:
    answer = client.get(path + SAMPLE, headers=BROTLI)
    document = brotli.decompress(answer.data).decode()

    assert len(answer.data) < MOST_KILOBYTES[path] * 1024
    assert document.count("<h1") == 1
    assert STARTS_DASH not in document
    assert any("plotly" in script for script in scripts_of(document)) == (
        path not in WITHOUT_CHARTS and "chart-data" in document
    )
    assert answer.headers["Content-Security-Policy"]


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("query", "status"),
    [("&goal=XX-9", 404), ("&goal=GA-1.1&area=XX", 404), ("&indicator=NOPE", 404),
     ("&goal=GA-1.1&area=FI", 200), ("", 200)],
)  # fmt: skip
def test_a_page_without_its_subject_is_not_found(
    client: FlaskClient, query: str, status: int
) -> None:
    answers = [client.get(f"/goal{SAMPLE}{query}") for _ in ("laid out", "kept")]

    assert {answer.status_code for answer in answers} == {status}


@pytest.mark.usefixtures("home")
def test_the_breadcrumb_of_an_unknown_goal_ends_at_the_scoreboard(client: FlaskClient) -> None:
    document = client.get("/g/XX-9" + SAMPLE, follow_redirects=True).text
    (breadcrumb,) = re.findall(r'<nav[^>]*class="breadcrumb".*?</nav>', document)

    assert re.sub("<[^>]*>", "", breadcrumb) == "Scoreboard"


@pytest.mark.usefixtures("home")
def test_a_page_with_callbacks_is_drawn_by_dash(client: FlaskClient) -> None:
    document = client.get("/submit" + SAMPLE).text

    assert STARTS_DASH in document
    assert len(document) < 12_000
    assert "ICSE" not in document


@pytest.mark.usefixtures("home")
def test_a_document_that_a_browser_has_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/" + SAMPLE)
    again = client.get("/" + SAMPLE, headers={"If-None-Match": first.headers["ETag"]})
    other = client.get("/" + SAMPLE + "&area=FI", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data) == (304, b"")
    assert other.status_code == 200


@pytest.mark.usefixtures("home")
def test_files_with_their_version_in_the_address_are_kept_for_good(client: FlaskClient) -> None:
    document = client.get("/goal" + SAMPLE).text
    addresses = re.findall(r'(?:src|href)="(/(?:assets|scripts)/[^"]*)"', document)

    assert any("plotly" in address for address in addresses)
    for address in addresses:
        with client.get(address) as answer:
            assert answer.status_code == 200
            assert "immutable" in answer.headers["Cache-Control"], address
    with client.get("/assets/style.css?m=1") as outdated:
        assert "immutable" not in outdated.headers["Cache-Control"]


def laid_out(monkeypatch: pytest.MonkeyPatch, client: FlaskClient, *addresses: str) -> list[bool]:
    """Of each address, whether its page was laid out for it, and not kept from before."""
    from dashboard.server.page_documents import PageDocuments  # noqa: PLC0415

    calls: list[View] = []
    lay_out = PageDocuments.lay_out
    found = []

    def counted(documents: Any, page: Mapping[str, Any], view: View) -> KeptAnswer:
        calls.append(view)
        return lay_out(documents, page, view)

    with monkeypatch.context() as patch:
        patch.setattr(PageDocuments, "lay_out", counted)
        for address in addresses:
            calls.clear()
            client.get(address)
            found.append(bool(calls))
    return found


@pytest.mark.usefixtures("home")
def test_a_view_is_laid_out_once_and_each_other_one_for_itself(
    monkeypatch: pytest.MonkeyPatch, client: FlaskClient
) -> None:
    one = "/series?collection=sample&area=FI&lang=en&period=2021"
    others = [one.replace("FI", "SE"), one.replace("=en", "=el"), one.replace("/series", "/goal"),
              one + "&no=parameter"]  # fmt: skip
    client.get(one)

    assert laid_out(monkeypatch, client, one, *others, one) == [
        False,
        True,
        True,
        True,
        True,
        False,
    ]


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("path", OF_SUBMISSIONS)
def test_what_depends_on_submissions_is_not_kept(
    monkeypatch: pytest.MonkeyPatch, client: FlaskClient, path: str
) -> None:
    import dash  # noqa: PLC0415

    (page,) = (page for page in dash.page_registry.values() if page["path"] == path)
    assert not page["is_kept"]


@pytest.mark.usefixtures("home")
def test_who_asks_is_part_of_what_is_kept(
    monkeypatch: pytest.MonkeyPatch, client: FlaskClient
) -> None:
    address = "/series?collection=sample&area=EE&lang=en"
    read = contexts.read_context

    def as_analyst(view: View) -> PageContext:
        return replace(read(view), actor="an analyst")

    client.get(address)
    with monkeypatch.context() as patch:
        patch.setattr(contexts, "read_context", as_analyst)
        assert laid_out(monkeypatch, client, address, address) == [True, False]
    assert laid_out(monkeypatch, client, address) == [False]


def test_a_new_release_is_shown_at_once(client: FlaskClient, empty_home: Path) -> None:
    address = "/?collection=sample&lang=en"
    assert "No release" in client.get(address).text

    write_release(empty_home)
    assert f"Release {LABEL}" in client.get(address).text

    write_release(empty_home, label="2026-05-01")
    newer = client.get(address).text
    assert "Release 2026-05-01" in newer
    assert f"Release {LABEL}" in client.get(f"{address}&release={LABEL}").text


def test_each_workspace_has_its_own_pages(
    monkeypatch: pytest.MonkeyPatch, client: FlaskClient, home: Path, tmp_path: Path
) -> None:
    address = "/?collection=sample&lang=en"
    assert home.is_dir()
    assert f"Release {LABEL}" in client.get(address).text

    monkeypatch.setenv("EMPACT_HOME", str(tmp_path))

    assert f"Release {LABEL}" not in client.get(address).text


def answer_of(size: int) -> KeptAnswer:
    return KeptAnswer(b"x" * size, "", 200)


def test_what_is_kept_stays_below_its_limit_and_the_oldest_goes_first() -> None:
    kept = AnswerCache(most_bytes=100_000)
    for number in range(10_000):
        kept.put(number, answer_of(5_000))
        assert kept.get(0) or number > 0
    assert kept.size <= kept.most
    assert len(kept) == 16
    assert kept.get(9_999) is not None
    assert kept.get(9_000) is None


def test_what_is_asked_for_again_stays() -> None:
    kept = AnswerCache(most_bytes=20_000)
    for number in range(50):
        kept.put(number, answer_of(5_000))
        assert kept.get(0) is not None, number


def test_what_is_larger_than_the_limit_is_not_kept() -> None:
    kept = AnswerCache(most_bytes=20_000)
    kept.put("large", answer_of(50_000))
    assert (len(kept), kept.size) == (0, 0)
