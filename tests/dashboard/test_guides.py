"""The guides are shown with their pictures, and the pages where they are needed lead to them."""

import importlib
import re
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard import documents
from dashboard.documents import (
    DOCUMENTS,
    document_names,
    is_guide,
    language_of_document,
    translated_name,
)
from dashboard.view import View
from metrics.core.errors import DefinitionError, UnknownNameError
from metrics.messages import ENGLISH, languages
from tests.dashboard.reading import elements, of_type, with_class, words

ROLES = ("analyst", "operator", "policy-officer", "presenter")
LINK = re.compile(r"\]\(([^)\s]+)\)")
MEGABYTE = 1_000_000


@pytest.fixture(autouse=True)
def _registered(client: FlaskClient) -> None:
    """Pages can be registered only by an application."""


def page(name: str, **query: str) -> Any:
    return importlib.import_module(f"dashboard.pages.{name}").layout(**query)


def markdown(drawn: Any) -> str:
    return "\n".join(str(text.children) for text in of_type(drawn, "Markdown"))


def anchors(name: str, language: str) -> set[str]:
    """The anchors of the headings of a document."""
    drawn = of_type(page("guides", document=name, lang=language), "Section")
    return {section.id for section in drawn if hasattr(section, "id")}


def documents_linked(drawn: Any) -> list[str]:
    """The documents to which the links of a page lead."""
    addresses = [getattr(each, "href", "") or "" for each in elements(drawn)]
    views = [View.parse(address.partition("?")[2]) for address in addresses]
    return [view.document for view in views if view.document]


@pytest.mark.usefixtures("home")
def test_the_guides_come_first_and_every_document_is_offered() -> None:
    offered = documents_linked(page("guides"))
    assert offered[: len(ROLES)] == [f"guides/{role}" for role in ROLES]
    assert {"workbook", "glossary", "operations"} < set(offered)
    parts = {name for name in document_names() if name.startswith("decisions/")}
    assert offered == [name for name in document_names() if name not in parts]
    targets = LINK.findall(markdown(page("guides", document="decisions")))
    assert parts == {View.parse(target.partition("?")[2]).document for target in targets}


@pytest.mark.parametrize("name", document_names())
@pytest.mark.usefixtures("home")
def test_a_document_is_shown_in_the_language_of_the_reader_or_in_english(name: str) -> None:
    drawn = page("guides", document=name, lang="el")
    (title,) = of_type(drawn, "H1")
    (article,) = with_class(drawn, "document")
    language = "el" if is_guide(name) else ENGLISH
    file = translated_name(name, language)
    assert (DOCUMENTS / f"{file}.md").read_text("utf-8").startswith(f"# {words(title)}\n")
    assert (title.lang, article.lang) == (language, language)


@pytest.mark.usefixtures("home")
def test_a_list_names_each_document_in_the_language_in_which_it_is_found() -> None:
    drawn = page("guides", lang="fi")
    items = of_type(with_class(drawn, "documents"), "Li")

    assert {item.lang for item in items} == {"fi", ENGLISH}
    assert words(items[0]).startswith("Opas analyytikoille")
    assert "Asiakirjat, joita ei ole käännetty, ovat englanniksi." in words(drawn)
    assert "not translated" not in words(page("guides", lang=ENGLISH))


@pytest.mark.usefixtures("home")
def test_a_guide_that_is_not_translated_is_announced_and_shown_in_english(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(documents, "DOCUMENTS", tmp_path)
    (tmp_path / "guides").mkdir()
    (tmp_path / "guides" / "analyst.md").write_text("# Guide\n\nSend it.\n", "utf-8")

    drawn = page("guides", document="guides/analyst", lang="fi")

    assert [part.lang for part in (*of_type(drawn, "H1"), *with_class(drawn, "document"))] == [
        ENGLISH,
        ENGLISH,
    ]
    assert "Opas analyytikoille (englanniksi)" in words(page("submit", lang="fi"))


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", document_names())
@pytest.mark.usefixtures("home")
def test_what_a_document_links_to_is_there(name: str, language: str, client: FlaskClient) -> None:
    if language_of_document(name, language) != language:
        return
    targets = LINK.findall(markdown(page("guides", document=name, lang=language)))
    within = [target for target in targets if "://" not in target]
    assert is_guide(name) <= bool(within)
    for target in within:
        if target.startswith("#"):
            assert target[1:] in anchors(name, language), target
            continue
        shown = View.parse(target.partition("?")[2].partition("#")[0])
        if "#" in target:
            assert target.partition("#")[2] in anchors(shown.document, language), target
        assert client.get(target, buffered=True).status_code == HTTPStatus.OK, target
        assert target.endswith(".png") or (shown.document in document_names(), shown.lang) == (
            True,
            language,
        )


@pytest.mark.parametrize("language", languages())
def test_every_picture_is_shown_and_together_they_are_small(
    language: str, client: FlaskClient
) -> None:
    folder = DOCUMENTS / "guides" / ("" if language == ENGLISH else language)
    shown = {
        folder / target
        for guide in folder.glob("*.md")
        for target in LINK.findall(guide.read_text("utf-8"))
        if target.endswith(".png")
    }
    kept = set((folder / "images").glob("*.png"))
    assert shown == kept
    assert sum(picture.stat().st_size for picture in kept) < MEGABYTE
    for picture in kept:
        address = f"/documents/{picture.relative_to(DOCUMENTS).as_posix()}"
        answer = client.get(address, buffered=True)
        assert (answer.mimetype, answer.data) == ("image/png", picture.read_bytes())


@pytest.mark.parametrize("name", ["nothing", "../README", "guides/../glossary", "/etc/passwd"])
@pytest.mark.usefixtures("home")
def test_an_unknown_document_is_named_and_the_others_are_offered(name: str) -> None:
    drawn = page("guides", document=name, lang="en")
    alerts = [each for each in elements(drawn) if getattr(each, "role", "") == "alert"]
    (alert,) = [each for each in alerts if not getattr(each, "hidden", False)]
    assert words(alert) == f"There is no document “{name}”."
    assert documents_linked(drawn)[-1] in document_names()
    with pytest.raises(UnknownNameError):
        documents.read_document(name, str)


@pytest.mark.parametrize("path", ["glossary.md", "../README.md", "guides/images/none.png"])
def test_only_pictures_are_given_out(client: FlaskClient, path: str) -> None:
    assert client.get(f"/documents/{path}").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    ("name", "roles"),
    [
        ("overview", ["policy-officer"]),
        ("goal", ["policy-officer", "presenter"]),
        ("state", ["policy-officer"]),
        ("report", ["presenter"]),
        ("submit", ["analyst"]),
    ],
)
@pytest.mark.usefixtures("home")
def test_a_page_leads_to_the_guides_of_its_readers(
    name: str, roles: list[str], language: str
) -> None:
    assert documents_linked(page(name, lang=language)) == [f"guides/{role}" for role in roles]


@pytest.mark.parametrize("language", languages())
@pytest.mark.usefixtures("empty_home")
def test_a_page_without_a_release_leads_an_operator_to_the_guide(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "guides/operator" not in documents_linked(page("overview", lang=language))
    monkeypatch.setenv("EMPACT_INTAKE", "local")
    assert "guides/operator" in documents_linked(page("overview", lang=language))


@pytest.mark.usefixtures("home")
def test_where_the_documents_are_missing_no_page_leads_to_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(documents, "DOCUMENTS", tmp_path)
    assert documents_linked(page("overview")) == []
    assert documents_linked(page("guides")) == []


@pytest.mark.usefixtures("home")
def test_a_document_that_is_not_utf8_is_named_and_hides_no_other(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(documents, "DOCUMENTS", tmp_path)
    (tmp_path / "glossary.md").write_text("# Glossary\n", "utf-8")
    (tmp_path / "notes.md").write_bytes("# Días\n".encode("latin-1"))
    drawn = page("guides")
    assert documents_linked(drawn) == ["glossary"]
    assert "docs/notes.md is not in UTF-8" in words(drawn)
    with pytest.raises(DefinitionError, match=r"docs/notes\.md is not in UTF-8"):
        page("guides", document="notes")


def test_a_link_that_no_page_shows_leaves_its_words() -> None:
    body = (
        "[here](#below), [code](../CONTRIBUTING.md), [words](glossary.md#what), [out](https://x.eu)"
    )
    redirected = documents.redirect_links(body, "workbook", "/guides?document={}".format)
    assert redirected == (
        "[here](#section-below), code, [words](/guides?document=glossary#section-what), "
        "[out](https://x.eu)"
    )


def test_headings_have_the_anchors_that_links_name() -> None:
    lines = 'Above\n## Two `words`\ntext\n```\n## no heading\n```\n### Two words\n<a id="own"></a>\n#### See [it](a.md)'
    document = documents.ProjectDocument("a", "A", lines)

    anchors = [section.anchor for section in document.sections]

    expected = ["", "two-words", "two-words-1", "own", "see-it"]
    assert anchors == [documents.SECTION + name if name else "" for name in expected]
    assert [section.body for section in document.sections][-2:] == ["", "#### See [it](a.md)"]
    assert document.sections[1].body == "## Two `words`\ntext\n```\n## no heading\n```"
