"""The page of a deck: changes, files, what slides say, presentations, and who may keep files."""

import json
import re
from base64 import b64decode
from pathlib import Path
from shutil import copytree
from typing import Any

import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboard.components.add_to_deck import kinds_of_slides
from dashboard.components.deck_view import view_in_words
from dashboard.pictures import deck_process
from dashboard.slides.kinds import kinds_of_page, slide_kinds
from dashboard.texts import texts
from dashboard.view import View
from tests.dashboard.release import LABEL, write_release
from tests.dashboard.slides.decks import opened, words_of

FROM_PAGE = {"X-Requested-With": "EMPACT"}
JSON = {"Content-Type": "application/json"}
GOAL = f"/goal?lang=en&collection=sample&release={LABEL}&goal=GA-1.1&area=FI"
NEWER = "2026-06-10"


@pytest.fixture
def workspace(written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Of the one person who works on this machine."""
    copytree(written, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("EMPACT_HOME", str(tmp_path))
    monkeypatch.setenv("EMPACT_INTAKE", "local")
    return tmp_path


def changed(client: FlaskClient, change: Any = None, **sent: Any) -> dict[str, Any]:
    body = {**sent, **({"change": change} if change else {})}
    answer = client.post("/deck/change?lang=en", json=body, headers=FROM_PAGE)
    found: dict[str, Any] = answer.get_json()
    return found | {"status": answer.status_code}


def built(client: FlaskClient, **sent: Any) -> list[dict[str, Any]]:
    answer = client.post("/deck/build?lang=en", json=sent, headers=FROM_PAGE)
    return [json.loads(line) for line in answer.text.splitlines()]


def test_a_view_that_is_added_is_kept_in_a_file_of_the_workspace(
    workspace: Path, client: FlaskClient
) -> None:
    page = client.get(GOAL).text
    assert "Add to deck" in page

    found = changed(client, {"do": "add", "link": GOAL})

    assert "as entry 1" in found["message"]
    assert found["link"] == "/deck?lang=en&collection=sample&deck=deck"
    written = (workspace / "data/decks/deck.yaml").read_text("utf-8")
    assert f"release: '{LABEL}'" in written
    assert "- link: /goal?area=FI&goal=GA-1.1" in written
    shown = client.get("/deck?lang=en").text
    assert "data/decks/deck.yaml" in shown
    assert "GA-1.1 · " in shown, "it was read when it was added"
    assert "Sample figures (invented)" in shown


def test_what_a_slide_says_is_read_once_with_the_kinds_that_it_can_have(
    workspace: Path, client: FlaskClient
) -> None:
    added = changed(client, {"do": "add", "link": GOAL})
    broken = added["text"] + "- link: /goal?goal=GA-9\n"
    assert changed(client, {"do": "replace", "text": broken})["status"] == 200

    answer = client.post("/deck/read?lang=en", json={"name": "deck"}, headers=FROM_PAGE)
    html = answer.get_json()["html"]

    assert "GA-1.1 · " in html
    assert "Member States side by side" in html
    assert "/picture/trend.svg?" in html
    assert "Remove the entry, or correct its link in the deck file." in html, workspace
    assert html.count("data-unread") == 0
    assert "GA-1.1 · " in client.get("/deck?lang=en").text, "it was kept"


def test_powerpoint_is_the_first_format_and_each_is_explained(client: FlaskClient) -> None:
    html = changed(client, {"do": "add_text", "text": "Points for discussion"})["html"]
    assert re.findall(r'data-build="(\w+)"', html) == ["pptx", "html", "pdf"]
    assert "PPTX is for PowerPoint and Impress" in html


def test_an_entry_has_the_numbers_that_its_slides_have_when_they_are_presented(
    workspace: Path, client: FlaskClient
) -> None:
    for link in (GOAL, "/?collection=sample&framework=CC2019"):
        added = changed(client, {"do": "add", "link": link})
    changed(client, {"do": "replace", "text": added["text"] + "- link: /goal?goal=GA-9\n"})
    first = changed(client, {"do": "add_text", "text": "Points for discussion"})["html"]
    are_read = ["Slide 2", "Slides 3 to 5"]
    assert numbers_of_slides(first) == [*are_read, "Entry 3", "Entry 4"], workspace

    answer = client.post("/deck/read?lang=en", json={"name": "deck"}, headers=FROM_PAGE)
    html = answer.get_json()["html"]

    assert numbers_of_slides(html) == ["Slide 2", "Slides 3 to 5", "Entry 3", "Slide 6"]
    assert 'aria-label="Remove: Slides 3 to 5"' in html
    presented = changed(client, {"do": "remove", "at": 2}, name="deck")
    assert numbers_of_slides(presented["html"]) == ["Slide 2", "Slides 3 to 5", "Slide 6"]
    slides = opened(b64decode(built(client, name="deck")[-1]["file"])).slides
    assert slides[5].shapes.title.text == "Points for discussion"


def numbers_of_slides(html: str) -> list[str]:
    return re.findall(r'deck-number">([^<]*)<', html)


def test_where_no_files_are_kept_the_deck_comes_with_each_request_and_stays_nowhere(
    workspace: Path, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EMPACT_INTAKE")
    first = changed(client, {"do": "add", "link": GOAL}, name="deck")
    second = changed(client, {"do": "add_text", "text": "<script>alert(1)</script>"},
                     text=first["text"])  # fmt: skip

    assert first["kept"] == "browser"
    assert second["text"].count("\n- ") == 2
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in second["html"]
    assert "<script>" not in second["html"]
    assert not (workspace / "data/decks").exists()
    assert built(client, text=second["text"])[-1]["file_name"].endswith(f"-{LABEL}.pptx")


def test_a_change_from_a_tab_that_saw_an_earlier_deck_is_refused_and_shows_what_it_is_now(
    workspace: Path, client: FlaskClient
) -> None:
    seen = changed(client, {"do": "add", "link": GOAL})
    changed(client, {"do": "add_text", "text": "From the other tab"}, name="deck")

    late = changed(client, {"do": "remove", "at": 0}, name="deck", version=seen["version"])

    assert "was changed in another tab" in late["conflict"]
    assert "From the other tab" in late["html"]
    assert "GA-1.1" in (workspace / "data/decks/deck.yaml").read_text("utf-8")


def test_a_deleted_deck_has_no_file_and_can_be_put_back(
    workspace: Path, client: FlaskClient
) -> None:
    changed(client, {"do": "add_text", "text": "Another deck"}, name="other")
    seen = changed(client, {"do": "add", "link": GOAL}, name="talk")
    file = workspace / "data/decks/talk.yaml"
    assert "Delete this deck" in seen["html"]

    gone = changed(client, {"do": "delete"}, name="talk", version=seen["version"])

    assert not file.exists()
    assert (gone["name"], gone["text"]) == ("talk", "")
    assert "The deck was deleted." in gone["message"]
    assert 'data-do="delete"' not in gone["html"]
    assert "?deck=other" in gone["html"], "the others are still one link away"
    back = changed(client, {"do": "replace", "text": seen["text"]}, name="talk",
                   version=gone["version"])  # fmt: skip
    assert file.read_text("utf-8") == seen["text"] == back["text"]


def test_every_entry_has_a_picture_or_a_tile_that_names_its_kind(
    workspace: Path, client: FlaskClient
) -> None:
    for link in (GOAL, f"/?lang=en&collection=sample&release={LABEL}"):
        changed(client, {"do": "add", "link": link})
    changed(client, {"do": "add_text", "text": "Points for discussion"})

    answer = client.post("/deck/read?lang=en", json={"name": "deck"}, headers=FROM_PAGE)
    html = answer.get_json()["html"]

    tiles = re.findall(r'deck-tile-kind">([^<]*)<', html)
    assert html.count("<img ") == 1, workspace
    assert tiles == ["Scoreboard", "Text"]


def test_a_template_is_said_to_be_of_the_presentation_alone(
    workspace: Path, client: FlaskClient
) -> None:
    folder = workspace / "data/decks"
    folder.mkdir(parents=True)
    (folder / "talk.yaml").write_text("title: T\ntemplate: council.pptx\nslides:\n- text: A\n")

    html = changed(client, name="talk")["html"]

    assert "The template council.pptx is used for PPTX." in html


def test_the_presentation_comes_with_its_progress(
    workspace: Path, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EMPACT_ADDRESS", "https://metrics.example.eu/submit")
    changed(client, {"do": "add", "link": GOAL})
    changed(client, {"do": "edit_deck", "author": "The presidency", "marking": "LIMITE"})

    *steps, last = built(client, name="deck")

    assert [step["done"] for step in steps] == [1, 2], workspace
    assert "1 slide and the first slide" in last["message"]
    cover, slide = opened(b64decode(last["file"])).slides
    assert "The presidency" in words_of(cover)
    assert "LIMITE" in words_of(slide)
    assert "metrics.example.eu/g/GA-1.1" in words_of(slide), "with the address of the site"


def test_slides_are_counted_in_one_way_and_no_field_looks_filled(
    workspace: Path, client: FlaskClient
) -> None:
    changed(client, {"do": "add", "link": "/?collection=sample&lang=en"})
    answer = client.post("/deck/read?lang=en", json={"name": "deck"}, headers=FROM_PAGE)
    html, built_words = answer.get_json()["html"], built(client, name="deck")[-1]["message"]

    (counted,) = re.findall(r"\d+ slides? and the first slide", html)
    assert counted in built_words, workspace
    assert "placeholder" not in html
    assert "for example LIMITE" in html


def test_readers_are_answered_while_decks_wait(workspace: Path, client: FlaskClient) -> None:
    changed(client, {"do": "add", "link": GOAL})
    waiting = [deck_process.QUEUE.acquire(blocking=False) for _ in range(4)]
    try:
        (refused,) = built(client, name="deck")
    finally:
        for _ in waiting:
            deck_process.QUEUE.release()

    assert "try again" in refused["error"], workspace
    assert "file" in built(client, name="deck")[-1]


def test_issued_again_it_lists_what_changed_on_each_slide(
    workspace: Path, client: FlaskClient
) -> None:
    changed(client, {"do": "add", "link": GOAL})
    changed(client, {"do": "edit", "at": 0, "title": "Our own words"})
    folder = write_release(workspace, label=NEWER)
    values = pd.read_parquet(folder / "indicator_values.parquet")
    latest = values["indicator"].eq("ICSE_VICTIMS") & values["period"].eq("2025")
    values.loc[latest, "value"] += 1000
    values.to_parquet(folder / "indicator_values.parquet", index=False)
    assert "Issue again with the current release" in changed(client, name="deck")["html"]

    last = built(client, name="deck", again=True)[-1]

    assert last["pinned"] == NEWER
    assert f"Changes from release {LABEL} to {NEWER}" in last["html"]
    assert "The title is your own, and its figures changed." in last["html"]
    pinned = changed(client, {"do": "pin", "release": NEWER}, name="deck")
    assert f"release: '{NEWER}'" in pinned["text"]
    assert "Issue again" not in pinned["html"]


WRONG = (
    "title: T\ncollection: sample\nslides:\n  - link: /goal?goal=GA-9\n  - link: /about\n"
    "  - link: /submit\n  - link: /goal?gaol=GA-1.1\n  - link: /\n    as: matrx\n"
)


def test_a_file_is_opened_whole_or_with_all_its_mistakes_not_at_all(
    workspace: Path, client: FlaskClient
) -> None:
    def answer_to(content: str) -> Any:
        headers = FROM_PAGE | {"X-File-Name": "Council%20talk.yaml"}
        return client.post("/deck/open?lang=en", data=content.encode(), headers=headers)

    refused = answer_to(WRONG)

    assert refused.status_code == 422
    lines = refused.get_json()["error"].split("\n")
    assert [line.split(",")[0] for line in lines[1:]] == ["line 4", "line 6", "line 7", "line 8"]
    assert not (workspace / "data/decks").exists(), "nothing is opened by half"
    opened_deck = answer_to("# mine\ntitle: T\ncollection: sample\nslides:\n  - link: /about\n")
    assert opened_deck.get_json()["name"] == "council-talk"
    assert "lines from # on, are lost" in opened_deck.get_json()["message"]
    assert (workspace / "data/decks/council-talk.yaml").read_text("utf-8").startswith("# mine")


def test_only_pages_of_this_site_change_decks_and_only_small_ones(
    workspace: Path, client: FlaskClient
) -> None:
    for route in ("change", "open", "read", "build"):
        path = f"/deck/{route}"
        assert client.post(path, json={}).status_code == 403
        other = FROM_PAGE | {"Origin": "https://evil.example"}
        assert client.post(path, json={}, headers=other).status_code == 403
        assert client.get(path).status_code in {404, 405}
    assert (
        client.post("/deck/change", data=b"x" * 2_000_000, headers=FROM_PAGE | JSON).status_code
        == 413
    )
    assert client.post("/deck/change", json={"name": 1}, headers=FROM_PAGE).status_code == 400
    assert changed(client, {"do": "add", "link": GOAL}, name="../x")["status"] == 422, workspace


def test_a_deck_that_somebody_broke_by_hand_is_named_with_its_line(
    workspace: Path, client: FlaskClient
) -> None:
    (workspace / "data/decks").mkdir(parents=True)
    (workspace / "data/decks/deck.yaml").write_text("tilte: A\nslides: []\n", "utf-8")

    assert "line 1: “tilte” is not a field here" in client.get("/deck?lang=en").text
    assert changed(client, {"do": "add", "link": GOAL})["status"] == 422
    assert (workspace / "data/decks/deck.yaml").read_text("utf-8").startswith("tilte")


def test_every_page_offers_the_kinds_of_slides_that_can_show_it(
    workspace: Path, client: FlaskClient
) -> None:
    write_release(workspace, label="2026-04-09")  # so that there is something to compare
    paths = {path for kind in slide_kinds().values() for path in kind.paths}
    assert {"/", "/goal", "/state", "/compare"} <= paths
    for path in paths:
        offered, known = kinds_of_slides(path), [kind.name for kind in kinds_of_page(path)]
        assert sorted(offered) == sorted(known), f"`slides` of the page {path}"
        assert offered[0] == known[0], f"the usual kind of {path} comes first"
        page = client.get(f"{path}?collection=sample&lang=en&release={LABEL}").text
        assert f'data-deck-link="{path}?' in page


def test_a_view_of_which_no_slide_can_be_made_is_refused_when_it_is_added(
    workspace: Path, client: FlaskClient
) -> None:
    for link, why in {
        "/goal?collection=sample&goal=GA-9": "GA-9",
        "/changes?collection=sample": "This is the first release of the collection",
    }.items():
        refused = changed(client, {"do": "add", "link": link})
        assert refused["status"] == 422
        assert "This view cannot become a slide, so it was not added." in refused["error"]
        assert why in refused["error"]
    assert not (workspace / "data/decks/deck.yaml").exists()


def test_how_many_slides_a_view_becomes_is_said_when_it_is_added(
    workspace: Path, client: FlaskClient
) -> None:
    added = changed(client, {"do": "add", "link": "/?collection=sample"})
    html = client.get("/deck?lang=en").text
    last = re.findall(r"Slides 2 to (\d+)", html)[0]
    assert f"as entry 1, which becomes {int(last) - 1} slides." in added["message"], workspace
    assert "the kind “Summary on one slide” makes one slide of it" in added["message"]
    summary = changed(client, {"do": "add", "link": "/?collection=sample", "kind": "summary"})
    assert "as entry 2." in summary["message"]


def test_a_build_that_fails_names_the_entries_with_a_link_to_each(
    workspace: Path, client: FlaskClient
) -> None:
    added = changed(client, {"do": "add", "link": GOAL})
    broken = added["text"] + "- link: /goal?goal=GA-9\n- link: /goal?goal=GA-1.1&area=XX\n"
    changed(client, {"do": "replace", "text": broken})
    *_, failed = built(client, name="deck")
    assert failed["error"].count("<li>") == 2, workspace
    for number, why in {2: "GA-9", 3: "XX"}.items():
        assert f'<a href="#slide-{number}">Entry {number}</a>: ' in failed["error"]
        assert why in failed["error"]


def test_an_entry_names_its_series_in_words_and_each_area_once() -> None:
    view = View(indicator="ICSE_VICTIMS[sex=F]", area="FI", areas="FI,SE")
    assert view_in_words("/compare", view, texts("en")) == (
        "Compare: Victims identified in the ICSE database, girls and women, Finland, Sweden"
    )
