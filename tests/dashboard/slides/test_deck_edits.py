"""Each change of a deck on its page, and what a hostile file or a second tab can do."""

import time
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.slides.deck import contents_of, open_deck
from dashboard.slides.deck_edits import DECK_CHANGES, AddedBeforeError, changed_deck, first_title
from dashboard.slides.deck_file import (
    MOST_FAULTS,
    DeckDraft,
    DeckSlide,
    read_draft,
    write_deck_file,
)
from dashboard.slides.deck_store import DeckChangedError, DeckStore, KeptDeck, plain_name
from metrics.core.errors import SubmissionError
from metrics.messages.error_texts import error_text
from tests.dashboard.slides.decks import deck_file

VIEW = "/goal?lang=fi&collection=sample&release=2026-04-10&goal=GA-1.1&area=FI&page=2"
DECK = DeckDraft(title="Talk", slides=(DeckSlide(link="/"), DeckSlide(text="A", body=("x",)),
                                       DeckSlide(link="/about")))  # fmt: skip


def after(draft: DeckDraft, **change: Any) -> DeckDraft:
    content = changed_deck(draft, DECK_CHANGES.validate_python(change), "talk.yaml")
    return read_draft(content, "talk.yaml")


def subjects(draft: DeckDraft) -> list[str]:
    return [slide.link or slide.text for slide in draft.slides]


def test_the_first_view_gives_the_deck_its_release_and_its_language() -> None:
    deck = after(DeckDraft(title="Talk"), do="add", link=VIEW)

    assert (deck.collection, deck.release, deck.language) == ("sample", "2026-04-10", "fi")
    assert subjects(deck) == ["/goal?area=FI&goal=GA-1.1"]


def test_a_view_of_another_collection_keeps_its_release_and_a_second_click_adds_nothing() -> None:
    other = DeckDraft(title="Talk", collection="sample-interim-regulation")
    deck = after(other, do="add", link=VIEW)

    assert "collection=sample&release=2026-04-10" in deck.slides[0].link
    with pytest.raises(AddedBeforeError):
        after(deck, do="add", link=VIEW)
    assert len(after(deck, do="add", link=VIEW, kind="states").slides) == 2


@pytest.mark.parametrize(("deck", "added"), [
    ("published-figures", "sample"), ("sample", "published-figures"), ("empact-cse", "sample"),
])  # fmt: skip
def test_invented_and_other_figures_are_never_in_one_deck(deck: str, added: str) -> None:
    """The mark of invented figures is that of the whole deck."""
    draft = DeckDraft(title="Talk", collection=deck)
    with pytest.raises(SubmissionError, match=f"“{added}”, the deck of “{deck}”"):
        after(draft, do="add", link=f"/goal?goal=GA-1.1&collection={added}")


def test_a_deck_file_with_a_link_to_invented_figures_among_others_is_not_built(
    home: Path, published_release: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for workspace in (published_release.parents[3], home):
        released = workspace / "data" / "processed"
        copytree(released, tmp_path / "data" / "processed", dirs_exist_ok=True)
    monkeypatch.setenv("EMPACT_HOME", str(tmp_path))
    of_sample = DeckSlide(link="/goal?goal=GA-1.1&area=FI&collection=sample")
    deck = open_deck(deck_file(of_sample, collection="published-figures"))

    with pytest.raises(SubmissionError, match="invented and other figures need a deck each"):
        list(contents_of(of_sample, deck))


def test_a_short_address_is_the_view_that_it_leads_to() -> None:
    deck = after(DeckDraft(title="Talk"), do="add", link="/g/ga-1.1/finland?collection=sample")

    assert subjects(deck) == ["/goal?area=FI&goal=GA-1.1"]


def test_slides_are_moved_and_removed() -> None:
    assert subjects(after(DECK, do="move", at=0, to=2)) == ["A", "/about", "/"]
    assert subjects(after(DECK, do="move", at=2, to=-1)) == ["/about", "/", "A"]
    assert subjects(after(DECK, do="remove", at=1)) == ["/", "/about"]
    with pytest.raises(SubmissionError):
        after(DECK, do="remove", at=3)


def test_the_title_that_a_deck_begins_with_is_in_the_language_of_its_slides() -> None:
    begun = after(DeckDraft(title=first_title("en"), language="en"), do="edit_deck", language="el")
    own = after(DeckDraft(title="Talk", language="en"), do="edit_deck", language="el")

    assert begun.title == first_title("el") != first_title("en")
    assert own.title == "Talk"


def test_titles_notes_kinds_and_texts_are_changed_and_the_rest_stays() -> None:
    titled = after(DECK, do="edit", at=0, title=" Our words ")
    noted = after(titled, do="edit", at=0, notes="Thank them.\nThen pause.", kind="matrix")
    text = after(noted, do="edit", at=1, text="B", body="one\n\n two ")
    cover = after(text, do="edit_deck", subtitle="Working party", author="FI", marking="LIMITE")

    assert cover.slides[0] == DeckSlide(
        link="/", title="Our words", notes="Thank them.\nThen pause.", kind="matrix"
    )
    assert (cover.slides[1].text, cover.slides[1].body) == ("B", ("one", "two"))
    assert (cover.title, cover.author, cover.marking) == ("Talk", "FI", "LIMITE")
    assert after(cover, do="replace", text=write_deck_file(DECK).decode()) == DECK


@pytest.mark.parametrize(
    "change",
    [{"do": "edit", "at": 0, "title": "x" * 151}, {"do": "edit_deck", "title": "a\x07b"},
     {"do": "edit_deck", "language": "xx"}, {"do": "add_text", "text": " "},
     {"do": "add", "link": "https://evil.example/goal"}],
)  # fmt: skip
def test_a_change_that_no_slide_can_show_is_refused(change: dict[str, Any]) -> None:
    if change["do"] == "add":
        assert "evil" not in subjects(after(DECK, **change))[-1], "only the page of this site stays"
        return
    with pytest.raises(SubmissionError):
        after(DECK, **change)


TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=40)


@given(TEXTS.filter(str.strip), TEXTS, st.lists(TEXTS, max_size=3))
def test_what_is_written_is_read_again(title: str, notes: str, body: list[str]) -> None:
    slides = (DeckSlide(text=title, notes=notes, body=tuple(body)),)
    deck = DeckDraft(title=title, subtitle=notes, slides=slides)

    assert read_draft(write_deck_file(deck), "talk.yaml") == deck


BOMB = "\n".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
HOSTILE = {
    "references": (f"title: T\na: &a [x]\n{BOMB}\nslides: [{{text: x}}]", "a reference"),
    "depth": (f"title: T\nslides: {'[' * 90_000}", "line 2"),
    "python": (
        "title: !!python/object/apply:os.system [x]\nslides: [{text: x}]",
        "line 1: “title”",
    ),
    "slides": ("title: T\nslides:\n" + "  - {text: a}\n" * 10_000, "1 to 100 slides"),
    "faults": ("title: T\nslides:\n" + "  - {txt: a}\n" * 9000, "more"),
    "size": ("x" * 300_000, "larger than 200 kB"),
    "hosts": (
        (
            "title: T\naddress: javascript:alert(1)\nslides:\n  - link: https://evil.example/goal\n"
            "  - link: javascript:alert(1)\n  - link: //evil/goal\n  - link: http://[::1\n"
            "  - link: http://localhost:8050/goal?goal=GA-1.1\n"
        ),
        "line 7: “http://[::1” is no page of this dashboard",
    ),
    "twice": ("title: T\ntitle: U\nslides: [{text: a}]", "line 2: “title” is written twice"),
    "control": ('title: "T\\u0007"\nslides: [{text: x}]', "line 1: “title” has a sign"),
    "points": (f"title: T\nslides:\n  - text: A\n    body: [{'a,' * 11}]", "at most 10 points"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_quickly_with_its_lines(name: str) -> None:
    text, expected = HOSTILE[name]
    began = time.process_time()

    with pytest.raises(SubmissionError) as refused:
        read_draft(text.encode(), "deck.yaml")

    said = error_text(refused.value)
    assert expected in said.replace("\N{NO-BREAK SPACE}", "").replace(",", "")
    assert said.count("\n") <= MOST_FAULTS + 2
    assert time.process_time() - began < 3


def test_every_fault_of_a_link_is_named_beside_those_of_fields() -> None:
    text = "titel: T\nslides:\n  - link: https://evil.example/\n  - link: /\n    nots: x\n"
    with pytest.raises(SubmissionError) as refused:
        read_draft(text.encode(), "deck.yaml")

    lines = error_text(refused.value).split("\n")[1:]
    assert [line.split(":")[0] for line in lines] == ["line 1", "line 1", "line 3", "line 5"]


def test_a_deck_is_kept_as_a_file_of_its_owner(tmp_path: Path) -> None:
    store = DeckStore(tmp_path / "data" / "decks")
    kept = store.change("talk", lambda before: before + b"title: T\n")

    path = tmp_path / "data" / "decks" / "talk.yaml"
    assert path.read_bytes() == b"title: T\n" == store.read("talk").content
    assert path.stat().st_mode & 0o077 == 0
    assert kept == KeptDeck("talk", b"title: T\n")
    assert store.names() == ["talk"] == [store.latest()]
    assert not list(path.parent.glob("*.part"))
    assert store.unused_name("Talk!") == "talk-2"
    assert plain_name("Ελλάδα") == "deck"


def test_a_change_of_what_another_tab_has_changed_is_refused_and_additions_follow_each_other(
    tmp_path: Path,
) -> None:
    store = DeckStore(tmp_path / "decks")
    seen = store.change("talk", lambda _before: b"a").version
    store.change("talk", lambda before: before + b"b")

    with pytest.raises(DeckChangedError):
        store.change("talk", lambda _before: b"", seen)

    assert store.read("talk").content == b"ab"


@pytest.mark.parametrize("name", ["../talk", "a/b", "", ".", "Talk", "a" * 80])
def test_a_name_leads_to_no_other_folder(name: str, tmp_path: Path) -> None:
    with pytest.raises(SubmissionError):
        DeckStore(tmp_path).read(name)
