"""A language of which every second text is translated: each text of a page says its language.

The translations are the English texts in Cyrillic letters, so each word in Latin ones is English.
"""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from metrics.catalogue.translatable import messages_of_definitions
from metrics.messages.compiled import po_source
from metrics.messages.language_marks import TAG
from metrics.messages.po_files import messages_of, parse_po, po_text
from tests.package_copy import copy_package, run_copy

LANGUAGE = "bg"
# Every page that the links lead to, with a second choice of each; then what is not a page.
ASKED = """
import json, re
import dash
from collections import Counter
from urllib.parse import urlsplit
from dashboard.app import server
client, answers, visits = server.test_client(), {}, Counter()
paths = {page["path"] for page in dash.page_registry.values()}
waiting = [f"{path}?lang=bg" for path in sorted(paths)]
waiting += [f"/goal?lang=bg&view={view}" for view in ("all", "map", "calculation", "wording")]
while waiting:
    address = waiting.pop(0)
    path = urlsplit(address).path
    if path not in paths or (visits[path] >= 2 and "view=" not in address):
        continue
    visits[path] += 1
    answer = client.get(address, follow_redirects=True)
    if answer.mimetype != "text/html":
        continue
    answers[address] = answer.get_data(as_text=True)
    links = [link.replace("&amp;", "&") for link in re.findall(r' href="(/[^"#]*)', answers[address])]
    waiting += [link for link in links if "lang=bg" in link and "view=" not in link]
files = ["/download/states.csv", "/feed.atom", "/picture/trend.svg"]
others = {file: client.get(f"{file}?goal=GA-1.1&lang=bg").get_data(as_text=True) for file in files}
print(json.dumps([answers, others]))
"""
NO_PARTS = {"title", "option", "textarea"}  # these contain no elements, so they have one language
NOT_READ = {"script", "style", "code"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
LATIN, CYRILLIC = re.compile("[A-Za-z]*[a-z]{3}"), re.compile("[А-Яа-я]")
# Addresses and files; names; what a sender wrote.
OF_NO_LANGUAGE = re.compile(
    r"\S+[./]\S*\w|axe-core|wcag\w+|best-practice|suomi|half done|Verified on the spot"
)


class Reader(HTMLParser):
    """The texts of a document, each with its language and its element."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = [("", "")]
        self.texts: list[tuple[str, str, str]] = []
        self.feed(document)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append((tag, dict(attrs).get("lang") or self.open[-1][1]))

    def handle_endtag(self, tag: str) -> None:
        while len(self.open) > 1 and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not NOT_READ & {tag for tag, _ in self.open}:
            self.texts.append((*self.open[-1][::-1], data.strip()))


def in_cyrillic(text: str) -> str:
    """The text with other letters, except in its placeholders."""
    parts = re.split(r"(\{[^}]*\})", text)
    return "".join(part if part.startswith("{") else part.translate(LETTERS) for part in parts)


LETTERS = {ord("A") + n: 0x410 + n for n in range(26)} | {
    ord("a") + n: 0x430 + n for n in range(26)
}


def half_translated(step: int = 2) -> str:
    english = [*messages_of(parse_po(po_source("en").decode(), "en"))]
    catalog = Catalog(LANGUAGE)
    for message in [*english, *messages_of_definitions(LANGUAGE)][::step]:
        texts = [message.id] if isinstance(message.id, str) else [*message.id]
        written = [in_cyrillic(text) for text in texts]
        string = written[0] if len(written) == 1 else tuple(written)
        catalog[message.id] = Message(message.id, string, context=message.context)
    return po_text(catalog)


def wrongly_marked(document: str) -> Iterator[str]:
    for language, element, text in Reader(document).texts:
        words = OF_NO_LANGUAGE.sub("", text)
        is_english, is_other = LATIN.search(words), CYRILLIC.search(words)
        if is_english and is_other and element not in NO_PARTS:
            yield f"two languages in <{element}>: {text}"
        elif (is_english and not is_other and language == LANGUAGE and element != "title") or (
            is_other and not is_english and language == "en" and element != "title"
        ):
            yield f"in <{element} lang={language}>: {text}"
    if TAG.search(document):
        yield "language marks are left"


@pytest.mark.usefixtures("home")
def test_each_text_of_every_page_is_in_an_element_of_its_language(tmp_path: Path) -> None:
    folder = copy_package(tmp_path, "metrics", "dashboard", "docs")
    po = folder / "metrics" / "messages" / f"{LANGUAGE}.po"
    po.write_text(half_translated(), encoding="utf-8")

    done = run_copy(folder, "-c", ASKED)

    assert done.returncode == 0, done.stderr
    pages, files = json.loads(done.stdout)
    wrong = {
        address: found for address, page in pages.items() if (found := [*wrongly_marked(page)])
    }
    assert {address: found[:5] for address, found in wrong.items()} == {}
    assert len(pages) > 20
    assert [name for name, content in files.items() if TAG.search(content)] == []
