"""A request is resolved once: its collection, its release, its language."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.context import ANONYMOUS, read_context, resolve_context
from dashboard.view import View
from tests.dashboard.release import LABEL, write_release

OPENED: list[list[Path]] = []  # of each block that counts, the files opened so far


def _note_opened(event: str, arguments: tuple[object, ...]) -> None:
    if OPENED and event == "open" and isinstance(arguments[0], str):
        OPENED[-1].append(Path(arguments[0]))


sys.addaudithook(_note_opened)  # by Python itself: no way of opening a file escapes it


@contextmanager
def opened_files(folder: Path) -> Iterator[list[Path]]:
    """The files below a folder that the block opens."""
    found: list[Path] = []
    OPENED.append([])
    try:
        yield found
    finally:
        found += [path for path in OPENED.pop() if path.is_relative_to(folder)]


def rendered(client: FlaskClient, path: str, search: str) -> str:
    """A page as the browser's router asks for it."""
    asked = {"pathname": path, "search": search}
    inputs = [{"id": "_pages_location", "property": name, "value": value}
              for name, value in asked.items()]  # fmt: skip
    outputs = [{"id": "_pages_content", "property": "children"},
               {"id": "_pages_store", "property": "data"}]  # fmt: skip
    answer = client.post("/_dash-update-component", json={
        "output": ".._pages_content.children..._pages_store.data..",
        "outputs": outputs, "inputs": inputs, "changedPropIds": ["_pages_location.pathname"],
    })  # fmt: skip
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("path", ["/", "/goal", "/state", "/submit", "/catalogue", "/nowhere"])
def test_the_pointer_is_read_once_per_request(client: FlaskClient, home: Path, path: str) -> None:
    rendered(client, path, "?collection=sample")  # opens the release, which is kept

    with opened_files(home / "data/processed") as opened:
        rendered(client, path, "?collection=sample")

    assert opened == [home / "data/processed/sample/current"]


def test_each_collection_is_looked_at_once_until_one_has_a_release(
    client: FlaskClient, empty_home: Path
) -> None:
    for collection in ("sample", "published-figures"):
        write_release(empty_home, collection)
    rendered(client, "/goal", "")

    with opened_files(empty_home / "data/processed") as opened:
        rendered(client, "/goal", "")

    assert opened == [empty_home / "data/processed/published-figures/current"]


@pytest.mark.usefixtures("home")
def test_within_a_request_the_context_is_one_object(client: FlaskClient) -> None:
    view = View(collection="sample", lang="fi")

    with client.application.test_request_context("/"):
        assert resolve_context(view) is resolve_context(View(collection="sample", lang="fi"))
        assert resolve_context(view) is not resolve_context(View(collection="sample"))
    assert resolve_context(view) is not resolve_context(view)


@pytest.mark.usefixtures("home")
def test_a_context_holds_what_a_page_needs() -> None:
    context = read_context(View(collection="sample", lang="el"))

    assert context.release is not None
    assert (context.collection.code, context.release.label) == ("sample", LABEL)
    assert (context.language, context.labels, context.actor) == ("el", (LABEL,), ANONYMOUS)
    assert context.is_invented
    assert context.with_changes(area="FI").view == View(collection="sample", lang="el", area="FI")


@pytest.mark.parametrize("path", ["/", "/goal", "/state"])
def test_a_release_that_is_not_what_was_published_is_not_shown(
    client: FlaskClient, empty_home: Path, path: str
) -> None:
    facts = write_release(empty_home) / "build.json"
    digests = {"indicator_values.parquet": "0" * 64}
    facts.write_text(json.dumps(json.loads(facts.read_text()) | {"tables": digests}), "utf-8")

    content = rendered(client, path, "?collection=sample")

    assert "is not what was published" in content
    assert "Skip to the content" in content
    assert "No release yet" not in content
    assert LABEL in content
    assert client.get(path).status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert client.get("/download/trend.csv?goal=GA-1.1&collection=sample").status_code == 500
