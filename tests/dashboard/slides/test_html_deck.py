"""A deck as a document for the browser: the same slides, figures and flags as the presentation."""

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from html.parser import HTMLParser

import pytest

from dashboard.context import read_context
from dashboard.slides.deck import open_deck
from dashboard.slides.deck_file import DeckSlide
from dashboard.slides.html_deck import write_html
from dashboard.slides.present_files import script_digest
from dashboard.view import View
from tests.dashboard.slides.decks import EVERY_KIND, built, deck_file, opened

pytestmark = pytest.mark.usefixtures("home")
LANGUAGES = ("en", "fi", "el")
TAG = re.compile(r"<[^>]+>")


@cache
def document(language: str) -> str:
    file = deck_file(language=language, address="https://metrics.example.eu")
    return write_html(open_deck(file)).decode()


def slides_of(written: str) -> list[str]:
    return re.findall(r'<section class="slide">(.*?)</section>', written, re.DOTALL)


def words_in(markup: str) -> str:
    return unescape(TAG.sub(" ", markup))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_slide_of_the_presentation_is_in_the_document(language: str) -> None:
    presentation = opened(built(deck_file(language=language, address="https://metrics.example.eu")))
    slides = slides_of(document(language))
    invented = read_context(View(lang=language)).text("note.invented")

    assert len(slides) == len(presentation.slides)
    for native, own in zip(presentation.slides, slides, strict=True):
        words = words_in(own)
        assert native.shapes.title.text in words
        assert "LIMITE" in words
        assert invented in words
        notes = native.notes_slide.notes_text_frame.text.split("\n")
        # Only in PowerPoint can a figure be entered into a chart.
        of_powerpoint = {"", read_context(View(lang=language)).text("slides.fixed_axis")}
        assert {note for note in notes if note not in words} <= of_powerpoint


def cells_of(table: str) -> list[str]:
    cells = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", table, re.DOTALL)
    return [" ".join(re.findall(r"<p[^>]*>(.*?)</p>", cell, re.DOTALL)) for cell in cells]


def test_tables_have_the_cells_of_the_presentation_in_their_order() -> None:
    presentation = opened(built(deck_file(address="https://metrics.example.eu")))
    for native, own in zip(presentation.slides, slides_of(document("en")), strict=True):
        tables = [shape.table for shape in native.shapes if shape.has_table]
        expected = [[" ".join(cell.text.split("\n")) for row in table.rows for cell in row.cells]
                    for table in tables]  # fmt: skip
        found = re.findall(r"<table.*?</table>", own, re.DOTALL)
        assert [[unescape(words) for words in cells_of(table)] for table in found] == expected


class Opened(HTMLParser):
    """Every address that a browser would ask for, and elements that are not closed."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.asked += [str(named[name]) for name in ("src", "srcset", "data") if named.get(name)]
        self.asked += [str(named["href"])] if tag == "link" else []
        if tag not in {"meta", "col", "path", "rect", "circle", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_document_asks_for_nothing_and_is_well_formed(language: str) -> None:
    read = Opened()
    read.feed(document(language))

    assert not read.asked
    assert not read.open
    assert f'<html lang="{language}">' in document(language)
    assert "url(" not in document(language)
    assert script_digest().startswith("'sha256-")


def figures_in(markup: str) -> Iterator[tuple[str, str]]:
    """Label and value, or the reason for none, of each figure that is drawn."""
    for data in re.findall(r"<g (data-[^>]*)>", markup):
        named = dict(re.findall(r'data-(\w+)="([^"]*)"', data))
        yield unescape(named["label"]), named.get("value") or named["absent"]


def test_the_chart_of_a_goal_has_the_values_of_its_data_sheet() -> None:
    file = deck_file(DeckSlide(link="/goal?goal=GA-1.1&area=FI"))
    (shape,) = [shape for shape in opened(built(file)).slides[1].shapes if shape.has_chart]
    columns = [series.values for series in shape.chart.plots[0].series]
    known = {value for column in columns for value in column if value is not None}
    written = write_html(open_deck(file)).decode()
    drawn = {float(value) for _, value in figures_in(written) if not value.startswith("absent")}

    assert drawn
    assert drawn <= known


def test_no_text_is_smaller_than_twelve_points() -> None:
    for slide in slides_of(document("el")):
        sizes = [float(size) for size in re.findall(r'(?:--s:|font-size=")([\d.]+)', slide)]
        assert min(sizes) >= 12


def test_a_link_is_one_only_where_it_leads_somewhere() -> None:
    file = deck_file(EVERY_KIND[2])
    assert "<a href=" not in write_html(open_deck(file)).decode()
    assert '<a href="https://metrics.example.eu/' in document("en")
