"""Decks in the browser, as the dashboard answers: a kept deck, one that is sent, and one view."""

from io import BytesIO
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from dashboard.data import Release
from dashboard.slides.kept_decks import deck_store

DECK = b"""title: Commitments
language: fi
collection: sample
marking: LIMITE
slides:
  - link: /goal?goal=GA-1.1&area=FI
  - text: Points for discussion
"""


def test_a_view_is_a_slide_in_its_own_language_and_release(
    release: Release, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EMPACT_ADDRESS", "https://metrics.example.eu/submit")
    link = f"/goal?goal=GA-1.1&area=FI&lang=fi&release={release.label}"
    answer = client.get(f"/present?link={quote(link)}")

    assert answer.status_code == 200
    assert answer.text.count('<section class="slide">') == 2
    assert '<html lang="fi">' in answer.text
    assert release.label in answer.text
    assert '<a href="https://metrics.example.eu/' in answer.text


def test_only_the_script_of_the_document_may_run_and_nothing_may_be_asked_for(
    release: Release, client: FlaskClient
) -> None:
    answer = client.post("/present", data={"text": DECK.decode()})
    policy = answer.headers["Content-Security-Policy"]

    assert answer.status_code == 200, release
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert policy.endswith("frame-ancestors 'none'")
    assert "LIMITE" in answer.text


@pytest.mark.usefixtures("release")
def test_a_file_is_presented_or_its_faults_are_named(client: FlaskClient) -> None:
    sent = client.post("/present", data={"file": (BytesIO(DECK), "talk.yaml")})
    wrong = client.post(
        "/present", data={"file": (BytesIO(DECK.replace(b"title", b"tilte")), "talk.yaml")}
    )

    assert sent.status_code == 200
    assert wrong.status_code == 404
    assert "talk.yaml" in wrong.text
    assert "tilte" in wrong.text


@pytest.mark.usefixtures("release")
def test_a_kept_deck_is_presented_to_whom_it_belongs(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EMPACT_INTAKE", "local")
    deck_store().change("alliance", lambda _before: DECK)

    assert client.get("/present?deck=alliance").status_code == 200
    assert "talks" in client.get("/present?deck=talks").text
    monkeypatch.setenv("EMPACT_INTAKE", "closed")
    assert client.get("/present?deck=alliance").status_code == 404
    assert client.get("/present").status_code == 404


def test_each_page_with_slides_leads_to_them(release: Release, client: FlaskClient) -> None:
    page = client.get("/goal?goal=GA-1.1&area=FI&lang=en").text
    assert 'href="/present?link=%2Fgoal' in page, release
