"""A language of which every second text is translated: each text of a page or file names its own.

The translations are the English texts in Cyrillic letters, so each word in Latin ones is English.
"""

import json
import os
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from babel.messages.catalog import Catalog, Message
from pypdf import PdfReader

from dashboard.wording.language_spans import HEARD_ATTRIBUTES
from metrics.catalogue.translatable import messages_of_definitions
from metrics.messages.compiled import po_source
from metrics.messages.language_marks import TAG
from metrics.messages.po_files import messages_of, parse_po, po_text
from tests.package_copy import copy_package, run_copy

LANGUAGE = "bg"
SOME = 50  # texts that make the difference between more and less than half
FIRST_TEXTS = (0, 1) if os.environ.get("EMPACT_EVERY_PLACE") else (1,)
# Every page that the links lead to, with a second choice of each; then what is not a page.
ASKED = """
import json, re
WORDS = {"error", "message", "link_words", "conflict", "notice"}
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
chosen = "goal=GA-1.1&lang=bg"
for address in ("/picture/trend.svg?goal=zz&lang=bg", f"/embed/trend?{chosen}",
                f"/download/trend.csv?{chosen}&release=zz"):
    answers[address] = client.get(address).get_data(as_text=True)
files = ["/download/states.csv", "/feed.atom", "/picture/trend.svg"]
others = {file: client.get(f"{file}?{chosen}").get_data(as_text=True) for file in files}
from dashboard.components.build_notice import notice_html
from dashboard.context import resolve_context
from dashboard.view import View
sender, view = {"X-Requested-With": "EMPACT"}, {"link": "/goal?goal=GA-1.1&lang=bg"}
def sent_deck(route, **sent):
    answer = client.post(f"/deck/{route}?lang=bg", json={"name": "", "text": "", **sent}, headers=sender)
    return [json.loads(line) for line in answer.get_data(as_text=True).splitlines()]
added = sent_deck("change", change={"do": "add", "kind": "", **view})[0]
deck = {"text": added["text"], "version": added["version"]}
moves = [{"do": "add", "kind": "", **view}, {"do": "remove", "at": 1}, {"do": "move", "at": 7, "to": 9}]
written = [added, *(line for move in moves for line in sent_deck("change", change=move, **deck)),
           *sent_deck("change", start="zz"),
           client.post("/upload?lang=bg", data=b"x", headers=sender).get_json()]
context = resolve_context(View.parse("lang=bg"))
written.append({"notice": notice_html(context, lambda: context.text("building.ready"))})
by_scripts = [{name: words[name] for name in WORDS & words.keys()} for words in written]
print(json.dumps([answers, others, by_scripts]))
"""
# What is written as files: a deck in every format, and a report.
WRITTEN = r"""
from pathlib import Path
from dashboard.slides.command import write_deck
links = ("/", "/goal?goal=GA-1.1", "/state?area=FI")
deck = "title: '1'\nlanguage: bg\nslides:\n" + "".join(f"  - link: {link}\n" for link in links)
for suffix in (".html", ".pptx", ".pdf"):
    Path(f"deck{suffix}").write_bytes(write_deck(deck.encode(), Path("deck.yaml"), suffix=suffix))
report = client.get("/report/third-countries.docx?lang=bg")
Path("report.docx").write_bytes(report.data)
"""
ATTRIBUTES = "attributes"  # those that are heard, in the place of the name of their element
# These contain no elements, so they have one language.
NO_PARTS = {"title", "option", "textarea", ATTRIBUTES}
# Words of attributes are HTML for a script, except those that are heard, names, and what is printed.
NOT_BY_SCRIPTS = {*HEARD_ATTRIBUTES, "data-title", "data-name", "data-label", "data-source"}
SENTENCE = re.compile("[А-Яа-я]{2}|^[A-Z][a-z]+ |<span")
NOT_READ = {"script", "style", "code"}
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
PLACEHOLDER = re.compile(r"\{\w+\}")
FORMULA = re.compile(r"\b(?:max|min)\(")
SHORT_LATIN = re.compile("[A-Za-z]{2}")
LATIN, CYRILLIC = re.compile("[A-Za-z]*[a-z]{3}"), re.compile("[А-Яа-я]")
# Addresses and files; names; what a sender wrote.
OF_NO_LANGUAGE = re.compile(
    r"#\S+|\S+[./]\S*\w|axe-core|wcag\w+|best-practice|suomi|test$|half done|Verified on the spot"
)


class Reader(HTMLParser):
    """The texts of a document and those of its attributes, each with its language and element."""

    def __init__(self, document: str, language: str = "") -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = [("", language)]
        self.texts: list[tuple[str, str, str]] = []
        self.feed(document)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        language = values.get("lang") or self.open[-1][1]
        if tag not in VOID:
            self.open.append((tag, language))
        if tag not in NO_PARTS:
            heard = [value for name in HEARD_ATTRIBUTES if (value := values.get(name))]
            self.texts += [(language, ATTRIBUTES, " ".join(heard))] if heard else []
        for name, value in values.items():
            if (
                name.startswith("data-")
                and name not in NOT_BY_SCRIPTS
                and SENTENCE.search(value or "")
            ):
                page = next(own for _, own in self.open[1:] or self.open)  # where they are written
                self.texts += Reader(value or "", page).texts

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


def half_translated(first: int) -> str:
    """Every second text: from the first on, and some more; or from the second on, and some less.

    With more than half of them, a page is in the language, and with less in English.
    """
    english = [*messages_of(parse_po(po_source("en").decode(), "en"))]
    others = [*messages_of_definitions(LANGUAGE)]
    some, rest = english[:SOME], [*english[SOME:], *others]
    catalog = Catalog(LANGUAGE)
    for message in [*(some if first == 0 else ()), *rest[first::2]]:
        texts = [message.id] if isinstance(message.id, str) else [*message.id]
        written = [in_cyrillic(text) for text in texts]
        string = written[0] if len(written) == 1 else tuple(written)
        catalog[message.id] = Message(message.id, string, context=message.context)
    return po_text(catalog)


def wrongly_marked(document: str, around: str = "") -> Iterator[str]:
    for language, element, text in Reader(document, around).texts:
        words = PLACEHOLDER.sub("", FORMULA.sub("(", OF_NO_LANGUAGE.sub("", text)))
        is_english, is_other = LATIN.search(words), CYRILLIC.search(words)
        if element in NO_PARTS and is_other and SHORT_LATIN.search(words):
            continue  # it cannot be divided, and is in the language of its longest part
        if is_english and is_other:
            yield f"two languages in <{element}>: {text}"
        elif (is_english and not is_other and language == LANGUAGE and element != "title") or (
            is_other and not is_english and language == "en" and element != "title"
        ):
            yield f"in <{element} lang={language}>: {text}"
    if TAG.search(document):
        yield "language marks are left"


def runs_of(path: Path) -> Iterator[tuple[str, str]]:
    """Language and words of each run of an Office file; no mark may be left in its parts."""
    with ZipFile(path) as package:
        for name in package.namelist():
            content = package.read(name)
            if name.endswith(".xml"):
                assert not TAG.search(content.decode()), name
                for element in ET.fromstring(content).iter():
                    if element.tag in {f"{DRAWING}r", f"{WORD}r"}:
                        yield language_of_run(element), "".join(element.itertext())


def language_of_run(run: ET.Element) -> str:
    own, named = run.find(f"{DRAWING}rPr"), run.find(f"{WORD}rPr/{WORD}lang")
    tag = own.get("lang") if own is not None else None
    tag = named.get(f"{WORD}val") if named is not None else tag
    return tag.partition("-")[0] if tag else LANGUAGE


def wrongly_tagged(path: Path) -> Iterator[str]:
    for language, text in runs_of(path):
        words = FORMULA.sub("(", OF_NO_LANGUAGE.sub("", text))
        expected = {"en"} if LATIN.search(words) else set()
        expected |= {LANGUAGE} if CYRILLIC.search(words) else set()
        if expected - {language}:
            yield f"{language}: {text}"


def languages_of_structure(path: Path) -> tuple[str, set[str]]:
    """The language of a PDF file, and those that its structure names."""
    root: Any = PdfReader(path).trailer["/Root"]
    found: set[str] = set()
    waiting = [root["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop()
        element = element.get_object() if hasattr(element, "get_object") else element
        if isinstance(element, list):
            waiting += element
        elif isinstance(element, dict):
            found |= {str(element["/Lang"])} if "/Lang" in element else set()
            waiting += [element["/K"]] if "/K" in element else []
    return str(root["/Lang"]), found


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("first", FIRST_TEXTS)
def test_each_text_of_every_page_and_file_names_its_language(tmp_path: Path, first: int) -> None:
    folder = copy_package(tmp_path, "metrics", "dashboard", "docs")
    po = folder / "metrics" / "messages" / f"{LANGUAGE}.po"
    po.write_text(half_translated(first), encoding="utf-8")

    done = run_copy(folder, "-c", ASKED + WRITTEN)

    assert done.returncode == 0, done.stderr
    pages, files, by_scripts = json.loads(done.stdout)
    wrong = {
        address: found for address, page in pages.items() if (found := [*wrongly_marked(page)])
    }
    assert {address: found[:5] for address, found in wrong.items()} == {}
    assert len(pages) > 20
    said = [words for written in by_scripts for words in written.values()]
    assert [name for name, content in files.items() if TAG.search(content)] == []
    (page,) = {found for own in pages.values() for found in re.findall(r'<html lang="(\w+)"', own)}
    assert page == (LANGUAGE, "en")[first]
    assert [fault for words in said for fault in wrongly_marked(words, page)] == []
    assert len(said) > len(by_scripts)
    check_files(folder, page)


def check_files(folder: Path, page: str) -> None:
    """A deck in every format, and a report, for which most texts are in the language of a page."""
    other = "en" if page == LANGUAGE else LANGUAGE
    deck = (folder / "deck.html").read_text(encoding="utf-8")
    assert [*wrongly_marked(deck)][:5] == []
    assert deck.count(f'lang="{other}"') > 20
    assert [*wrongly_tagged(folder / "deck.pptx")][:5] == []
    assert [*wrongly_tagged(folder / "report.docx")][:5] == []
    language, others = languages_of_structure(folder / "deck.pdf")
    assert (language, other in others) == (page, True)
    text = "".join(page.extract_text() for page in PdfReader(folder / "deck.pdf").pages)
    assert not TAG.search(text)
