"""What a sign means is read by everyone: no `title`, and a hint only where the focus can go."""

import re
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient

from dashboard.components.hints import hint, hint_button
from tests.dashboard.reading import hint_of, words

pytestmark = pytest.mark.usefixtures("home")

FOCUSED = {"a", "button", "select"}
NO_END = {"input", "br", "img", "hr", "meta", "link"}
PAGES = (
    "/", "/series", "/context", "/goal?goal=GA-1.1&view=all", "/goal?goal=GA-4.2&view=all&area=FI",
    "/state?area=FI", "/compare?indicator=ICSE_VICTIMS&areas=EU27_2020,FI", "/find", "/report",
    "/reporting", "/changes", "/revisions", "/explore", "/catalogue", "/about",
)  # fmt: skip


class Signs(HTMLParser):
    """Collects what a document may not have."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.feed(document)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        is_bare = "data-hint" in given and not (given["data-hint"] or given.get("aria-label"))
        cannot_focus = "data-hint" in given and (
            tag not in FOCUSED or (tag == "a" and "href" not in given)
        )
        is_nested = tag in {"a", "button"} and not {"a", "button", "summary"}.isdisjoint(self.open)
        is_badge = (given.get("class") or "").startswith("status status-")
        is_undefined = tag == "span" and is_badge and "summary" not in self.open
        if "title" in given or is_bare or cannot_focus or is_nested or is_undefined:
            self.wrong.append(self.get_starttag_text() or tag)
        if tag not in NO_END:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass


@pytest.fixture(scope="module")
def defined(client: FlaskClient) -> set[str]:
    """The anchors of the page that defines statuses, marks and terms."""
    return set(re.findall(r'id="([^"]+)"', client.get("/about").get_data(as_text=True)))


@pytest.mark.parametrize("address", PAGES)
def test_no_words_are_for_the_mouse_alone_and_each_status_leads_to_its_definition(
    client: FlaskClient, defined: set[str], address: str
) -> None:
    document = client.get(address).get_data(as_text=True)

    assert Signs(document).wrong == []
    linked = re.findall(r'href="/about[^"]*#((?:status|value|term)-[^"]+)"', document)
    assert set(linked) <= defined


def test_without_words_there_is_no_hint() -> None:
    assert not hint("")
    button = hint_button("*", "set by a reviewer", "reviewed")
    assert (words(button), hint_of(button)) == ("*", "set by a reviewer")
