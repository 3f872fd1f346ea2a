"""Dash does not check ids, as it would lay out every page for it; so they are checked here."""

import importlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from metrics.sample.progress import SampleProgress, write_progress
from metrics.submissions.desk import Desk
from tests.dashboard.reading import elements
from tests.dashboard.test_frame import PAGES
from tests.dashboard.test_submit import PLACE, staged
from tests.submitted import csv, place

OWN_OF_DASH = "_pages_"  # its router has a layout of its own


def registered(client: FlaskClient) -> list[Mapping[str, Any]]:
    callbacks: list[Mapping[str, Any]] = client.get("/_dash-dependencies").get_json()
    return callbacks


def ids_of_callback(callback: Mapping[str, Any]) -> Iterator[str]:
    for dependency in (*callback["inputs"], *callback["state"]):
        yield dependency["id"]
    for output in callback["output"].strip(".").split("..."):
        yield output.partition("@")[0].rpartition(".")[0]


def key_of_id(identity: str | Mapping[str, Any]) -> frozenset[str] | str:
    """An id; of one that is a pattern the names, whatever their values."""
    if isinstance(identity, str) and identity.startswith("{"):
        identity = json.loads(identity)
    return frozenset(identity) if isinstance(identity, Mapping) else str(identity)


@pytest.fixture
def laid_out(client: FlaskClient, empty_home: Path, tmp_path: Path) -> set[frozenset[str] | str]:
    """Every id of the frame and of the pages, with files that wait to be confirmed or withdrawn."""
    from dashboard.app import application  # noqa: PLC0415 - pages are registered by it
    from dashboard.components.html_block import html_block  # noqa: PLC0415
    from dashboard.texts import Text  # noqa: PLC0415
    from dashboard.view import View  # noqa: PLC0415

    write_progress(empty_home, SampleProgress("submissions", 1, 2))
    pages = {name: importlib.import_module(f"dashboard.pages.{name}") for name in PAGES}
    drawn = [page.layout() for page in pages.values()]
    digest = staged(ICSE_VICTIMS=41)
    drawn.append(pages["submit"].layout(**PLACE, checked=digest))
    drawn.append(pages["submit"].waiting_card(1, View(checked=digest), Text("en")))
    drawn.append(html_block("scoreboard.html", heads={}, states=(), groups=()))
    Desk(empty_home).submit(csv(tmp_path / "a.csv", period="2025"), **place("FI", "2025"))
    withdrawing = importlib.import_module("dashboard.pages.withdraw")
    drawn.append(withdrawing.layout(**PLACE))
    drawn.append(withdrawing.show_withdrawal(1, [], "counted twice", View(**PLACE).search))
    identities = (getattr(each, "id", None) for each in elements([application.layout, *drawn]))
    return {key_of_id(identity) for identity in identities if identity}


def test_every_callback_finds_its_ids(
    client: FlaskClient, laid_out: set[frozenset[str] | str]
) -> None:
    wanted = {key_of_id(identity) for callback in registered(client)
              for identity in ids_of_callback(callback)
              if not identity.startswith(OWN_OF_DASH)}  # fmt: skip
    assert "address" in wanted
    assert wanted <= laid_out, wanted - laid_out
