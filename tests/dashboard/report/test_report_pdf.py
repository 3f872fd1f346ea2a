"""A report as PDF: tagged, in its language, marked, and every word as it was written."""

import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from dashboard.charts.arial_widths import longest_word
from dashboard.context import read_context
from dashboard.data import Release, records
from dashboard.exports import formats_of
from dashboard.report.declared_actions import actions_table
from dashboard.report.document import (
    DocumentColumn,
    DocumentTable,
    ReportSection,
    ReportTask,
    heading_cell,
    text_cell,
)
from dashboard.report.follow_up import document_of_release, follow_up_report
from dashboard.view import View
from metrics.catalogue.codelists import member_states
from tests.dashboard.report.small import HOSTILE, small_report

WIDTH_OF_PAGE, ROOM_BESIDE_WORDS, SIZE_IN_TABLES = 493, 6, 7.5  # points, in Word

pytestmark = pytest.mark.usefixtures("home")


@cache
def written(language: str) -> bytes:
    return formats_of(ReportTask)["pdf"].write(ReportTask(small_report(language)))


def structure(node: Any) -> Iterator[Any]:
    """Every element of the tree of tags."""
    found = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(found, list):
        for part in found:
            yield from structure(part)
    elif hasattr(found, "get"):
        if "/S" in found:
            yield found
        yield from structure(found.get("/K"))


@pytest.mark.parametrize("language", ["en", "el"])
def test_a_pdf_is_tagged_in_its_language_with_alternative_texts(language: str) -> None:
    document = small_report(language)
    reader = PdfReader(BytesIO(written(language)))
    root: Any = reader.trailer["/Root"]
    elements = [*structure(root["/StructTreeRoot"])]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == document.title
    alternatives = [own.get("/Alt") for own in elements if own["/S"] == "/Figure"]
    assert alternatives == [chart.picture.description for chart in document.charts]
    assert {"/H1", "/P", "/TH", "/TD", "/Caption", "/TOC", "/Title", "/BlockQuote"} <= {
        str(own["/S"]) for own in elements
    }
    assert "sv" in {str(own.get("/Lang")) for own in elements}
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_object().get_data()


def test_a_status_is_never_parted_by_a_hyphen() -> None:
    document = small_report("el")
    words = {cell.words for block in document.every_block() if isinstance(block, DocumentTable)
             for row in block.rows for cell in row if cell.mark and cell.words}  # fmt: skip
    pages = [page.extract_text() for page in PdfReader(BytesIO(written("el"))).pages]
    flat = " ".join(" ".join(pages).split())

    assert words
    assert all(word in flat for word in words)


def test_no_greek_word_is_parted() -> None:
    """The patterns of the typesetter would part a single letter from its word."""
    lines = [line for page in PdfReader(BytesIO(written("el"))).pages
             for line in page.extract_text().splitlines()]  # fmt: skip
    parted = [line for line in lines if re.search(r"[α-ώ][-\u2010\u00ad]$", line)]
    assert parted == []


def test_a_row_is_on_one_page_with_the_name_of_its_state_unless_it_is_longer_than_a_page() -> None:
    columns = (DocumentColumn("State"), DocumentColumn("Action"))
    middles = ["measure " * 30] * 50 + ["μέτρα " * 180] * 10  # a Greek letter has two bytes
    rows = [(heading_cell(f"State{number}."), text_cell(f"begin{number}. {middle} end{number}."))
            for number, middle in enumerate(middles)]  # fmt: skip
    longest = (heading_cell("Longest."), text_cell("measure " * 2000 + "last."))
    table = DocumentTable("Actions", columns, (*rows, longest))
    context = read_context(View(collection="sample"))
    document = document_of_release("Rows", (ReportSection("Rows", (table,)),), context)
    written_rows = formats_of(ReportTask)["pdf"].write(ReportTask(document))
    pages = [page.extract_text() for page in PdfReader(BytesIO(written_rows)).pages]

    for number in range(60):
        (page,) = (page for page in pages if f"begin{number}." in page)
        assert f"State{number}." in page
        assert f"end{number}." in page
    assert "last." in pages[-1]
    assert len(pages) > 5


@pytest.mark.parametrize("language", ["en", "fi", "el"])
def test_no_word_of_a_heading_is_broken_where_a_theme_stands_beside_an_action(
    language: str,
) -> None:
    context = read_context(View(collection="sample", lang=language))
    assert context.release is not None
    row = records(context.release.tables["actions"])[0] | {"partner": "TH", "theme": "legislation"}
    columns = actions_table("", [row], context.text).columns
    whole = sum(column.share for column in columns)
    for column in columns:
        room = WIDTH_OF_PAGE * column.share / whole - ROOM_BESIDE_WORDS
        assert longest_word(column.heading, SIZE_IN_TABLES, is_bold=True) <= room, column.heading


def test_summary_states_and_methods_begin_a_page(release: Release) -> None:
    context = read_context(View(collection="sample"))
    document = follow_up_report(context)
    begun = [section.title for chapter in document.sections
             for section in (chapter, *chapter.parts) if section.begins_page]  # fmt: skip

    text, states = context.text, [context.text.code("area", area) for area in member_states()]
    chapters = (text("follow_up.summary"), text("state.menu"))
    assert begun == [*chapters, *states, text("slides.methods")]


def test_every_font_is_embedded_and_every_page_is_marked() -> None:
    reader: Any = PdfReader(BytesIO(written("en")))
    fonts = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
             for page in reader.pages
             for font in (one.get_object() for one in page["/Resources"]["/Font"].values())]  # fmt: skip

    assert all({"/FontFile2", "/FontFile3"} & font.keys() for font in fonts)
    assert all("Sample figures (invented)" in page.extract_text() for page in reader.pages)
    assert len(reader.outline) >= 3


def test_no_word_is_read_as_markup() -> None:
    pages = "".join(page.extract_text() for page in PdfReader(BytesIO(written("en"))).pages)
    flat = "".join(pages.split())

    assert flat.count("".join(HOSTILE.split())) >= 5, "in contents, title, text, table and label"


def test_a_suppressed_figure_is_on_no_page() -> None:
    pages = [page.extract_text() for page in PdfReader(BytesIO(written("en"))).pages]
    row = next(line for page in pages for line in page.splitlines() if line.startswith("Malta "))

    assert row.split()[6] == "c"


def test_the_same_report_is_the_same_bytes() -> None:
    again = formats_of(ReportTask)["pdf"].write(ReportTask(small_report("el")))

    assert again == written("el")
