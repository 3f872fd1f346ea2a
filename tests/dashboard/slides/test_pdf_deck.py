"""A deck as PDF: a page for each slide, tagged, with every word of the presentation, none cut."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.resources import as_file, files
from io import BytesIO
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from pypdf import PageObject, PdfReader

from dashboard.charts.arial_widths import UNITS, arial_width, letter_widths
from dashboard.context import read_context
from dashboard.exports import formats_of
from dashboard.slides.content import SlideContent
from dashboard.slides.deck import open_deck, read_entries
from dashboard.slides.deck_context import Deck
from dashboard.slides.deck_file import DeckFile, DeckSlide
from dashboard.slides.frame_words import words_of_frame
from dashboard.slides.parts import SlidePart, TablePart, TextPart
from dashboard.slides.tables import fitted
from dashboard.typesetting.svg_letters import with_typefaces
from dashboard.typesetting.typesetter import PACKAGE_OF_ARIMO
from dashboard.view import View
from tests.dashboard.report.small import HOSTILE
from tests.dashboard.report.test_report_pdf import structure
from tests.dashboard.slides.decks import EVERY_KIND, deck_file

pytestmark = pytest.mark.usefixtures("home")
ADDRESS = "https://metrics.example.eu"
LANGUAGES = ("en", "el")
HOSTILE_SLIDE = DeckSlide(text=HOSTILE, body=(HOSTILE,))


@dataclass(frozen=True)
class Letters:
    """Letters that stand together, from their left end, on a line of a page."""

    words: str
    x: float
    y: float
    size: float

    @property
    def right(self) -> float:
        return self.x + arial_width(self.words, self.size)

    def is_on(self, lower: "Letters") -> bool:
        """Whether its small letters reach into those of the other one."""
        nearest = max(self.size, lower.size) * 0.5
        is_beside = self.x >= lower.right - 1 or lower.x >= self.right - 1
        return 1 < self.y - lower.y < nearest and not is_beside


@dataclass(frozen=True)
class ReadPage:
    words: str  # without the gaps between them, which are places on a page
    lines: tuple[Letters, ...]


class WrittenDeck:
    def __init__(self, contents: tuple[SlideContent, ...], content: bytes) -> None:
        self.contents, self.content = contents, content
        self.reader = PdfReader(BytesIO(content))

    @cached_property
    def pages(self) -> list[ReadPage]:
        return [read_page(page) for page in self.reader.pages]

    @cached_property
    def parts(self) -> list[list[SlidePart]]:
        return [[*content.parts()] for content in self.contents]


def read_page(page: PageObject) -> ReadPage:
    lines = []

    def visit(words: str, cm: Any, tm: Any, _font: Any, size: float) -> None:
        if words.strip():
            x, y = tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]
            lines.append(Letters(words.strip(), x, y, size * abs(tm[3] * cm[3])))

    return ReadPage(flat(page.extract_text(visitor_text=visit)), tuple(lines))


def write(file: DeckFile) -> WrittenDeck:
    deck = open_deck(file)
    entries = tuple(read_entries(deck))
    contents = tuple(content for entry in entries for content in entry.contents)
    return WrittenDeck(contents, formats_of(Deck)["pdf"].write(replace(deck, entries=entries)))


@cache
def written(language: str) -> WrittenDeck:
    return write(deck_file(*EVERY_KIND, HOSTILE_SLIDE, language=language, address=ADDRESS))


def flat(words: str) -> str:
    """Without the gaps between words, which are places on a page."""
    return "".join(words.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_slide_is_a_page_with_all_its_words(language: str) -> None:
    deck = written(language)
    invented = read_context(View(lang=language)).text("note.invented")

    assert len(deck.pages) == 1 + len(deck.contents)
    assert "Commitments" in deck.pages[0].words
    assert {(page.mediabox.width, page.mediabox.height) for page in deck.reader.pages} == {
        (960, 540)
    }
    for number, content in enumerate(deck.contents, 2):
        found, frame = deck.pages[number - 1].words, words_of_frame(content, ["LIMITE", invented])
        named = (frame.title.words, frame.goal_line.words, frame.footnotes.words,
                 frame.source.words, frame.short_link, invented, "LIMITE", str(number))  # fmt: skip
        assert [words for words in named if flat(words) not in found] == []
        parts = words_of_parts(deck.parts[number - 2])
        assert [words for words in parts if flat(words) not in found] == []


def words_of_parts(parts: list[SlidePart]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, TextPart):
            yield from part.text.words
        if isinstance(part, TablePart):
            for row in part.rows:
                for cell, width in zip(row, part.look.widths, strict=True):
                    own = fitted(cell, width, part.look.row_height)
                    yield from (line.words for line in own.lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_cut_or_stands_on_another(language: str) -> None:
    for number, page in enumerate(written(language).pages, 1):
        lines = sorted(page.lines, key=lambda line: -line.y)
        assert lines
        assert [line for line in lines if line.x < 0 or line.right > 960 or line.y < 0] == []
        for at, upper in enumerate(lines):
            for lower in lines[at + 1 :]:
                if upper.y - lower.y > upper.size:
                    break
                assert not upper.is_on(lower), (language, number, upper, lower)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_tagged_in_its_language_with_alternative_texts(language: str) -> None:
    deck = written(language)
    root: Any = deck.reader.trailer["/Root"]
    elements = [*structure(root["/StructTreeRoot"])]
    tags = [str(own["/S"]) for own in elements]
    parts = [part for found in deck.parts for part in found]
    charts = [part.look.description for part in parts if not isinstance(part, TablePart | TextPart)]
    tables = [part for part in parts if isinstance(part, TablePart) and part.look.head_height]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_object().get_data()
    assert (tags.count("/H1"), tags.count("/H2")) == (1, len(deck.contents))
    assert [own.get("/Alt") for own in elements if own["/S"] == "/Figure"] == charts
    assert tags.count("/Table") == len(tables)
    assert tags.count("/TH") == sum(len(table.rows[0]) for table in tables)
    assert len(deck.reader.outline) == 2, "the cover, and the slides below it"


def test_it_has_no_letters_but_those_that_slides_are_measured_with() -> None:
    fonts: set[str] = set()
    for page in written("el").reader.pages:
        resources: Any = page["/Resources"]
        fonts |= {str(font.get_object()["/BaseFont"]) for font in resources["/Font"].values()}

    assert {name.partition("+")[2] for name in fonts} <= {
        "Arimo-Regular", "DejaVuSans", "DejaVuSans-Bold"}  # fmt: skip


def test_a_letter_is_as_wide_in_arimo_as_slides_are_measured() -> None:
    """Regular and bold are one file: the width of a bold letter depends on its axis."""
    file = files(PACKAGE_OF_ARIMO).joinpath("files", "Arimo[wght].ttf")
    with as_file(file) as path:
        font = TTFont(path)
        bold = instantiateVariableFont(TTFont(path), {"wght": 700})
    for weight, is_bold in ((font, False), (bold, True)):
        names, units = weight.getBestCmap(), weight["head"].unitsPerEm
        for letter, width in letter_widths(is_bold=is_bold).items():
            own = weight["hmtx"][names[ord(letter)]][0] * UNITS / units
            assert own == pytest.approx(width, abs=4) or letter in "µ·"


def test_no_word_is_read_as_markup() -> None:
    found = written("en").pages[-1].words

    assert found.count(flat(HOSTILE)) == 2, "in title and text"


def test_the_same_deck_is_the_same_bytes() -> None:
    file = deck_file(EVERY_KIND[2], EVERY_KIND[8])

    assert write(file).content == write(file).content


def test_a_sign_in_a_chart_stands_between_the_letters_around_it() -> None:
    line = '<text x="10.0" y="5.0" font-size="10" text-anchor="middle">a ◷ &amp;</text>'
    half = (arial_width("a ", 10) + arial_width("◷", 10) + arial_width(" &", 10)) / 2

    found = with_typefaces(line)

    assert f'<tspan x="{10 - half:.1f}" font-family="Arimo">a </tspan>' in found
    assert 'font-family="DejaVu Sans">◷</tspan>' in found
    assert "&amp;</tspan></text>" in found
    assert "text-anchor" not in found
    assert with_typefaces(line.replace("◷", "b")) == line.replace("◷", "b")
    assert "◷" not in letter_widths(is_bold=False)
