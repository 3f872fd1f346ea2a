"""Page headers, text boxes and comments may say that the figures are others than they seem."""

import json
from dataclasses import replace

import pytest

from metrics.catalogue.loader import catalogue
from metrics.intake.formats import reader_answers
from metrics.intake.formats.contents import DisplayContents, FileContents, TextContents
from metrics.intake.reading import ingest
from metrics.intake.reading.marginal_texts import KEPT_WORDS
from metrics.intake.workbook import ParsedSubmission, Sheet, TextFragment, Workbook
from tests.sheets import BELONGS, drawn, odd

TABLE = "Indicator|Value|Remark\nICSE_VICTIMS|12|"
COMPLETE = "Indicator|Area|Period|Value\nICSE_VICTIMS|FI|2024|12"


def read_with(table: str, *fragments: TextFragment) -> ParsedSubmission:
    workbook = Workbook("drawn.xlsx", "xlsx", (Sheet("Figures", drawn(table)),))
    return ingest(replace(workbook, text_fragments=fragments), catalogue(), BELONGS)


def header(text: str) -> TextFragment:
    return TextFragment("header", "Figures", "", text)


def comment(cell: str, text: str) -> TextFragment:
    return TextFragment("comment", "Figures", cell, text)


@pytest.mark.parametrize(
    ("table", "text", "named"),
    [
        (COMPLETE, "&CFigures in thousands", "× 1000"),
        (COMPLETE, "&Cσε εκατοντάδες", "× 100"),
        (COMPLETE, '&L&"Arial,Bold"&12Luvut tuhansina', "× 1000"),
        (TABLE, "&R2023", "2023"),
        (TABLE, "&CPolisen i Sverige", "SE"),
        (TABLE, "Sweden, in millions", "× 1000, SE"),
    ],
)
def test_a_page_header_that_changes_the_figures_is_asked_about(
    table: str, text: str, named: str
) -> None:
    reading = read_with(table, header(text))

    assert odd(reading, "sheet", "understood") == [("margin_on_figures", "Figures", named)]


@pytest.mark.parametrize(
    ("table", "text"),
    [
        (TABLE, "&CPage &P of &N"),
        (TABLE, "&LFinland 2024"),
        (TABLE, "&RPrinted 2026"),
        (TABLE, "For official use only"),
        (COMPLETE, "&CSweden 2023"),  # each row says itself whose and of when it is
    ],
)
def test_other_page_headers_are_no_question(table: str, text: str) -> None:
    assert odd(read_with(table, header(text))) == []


def test_a_text_box_is_read_like_a_page_header() -> None:
    reading = read_with(COMPLETE, TextFragment("drawing", "Figures", "F2", "in Tausend"))

    assert odd(reading, "understood") == [("margin_on_figures", "× 1000")]


def test_a_text_box_against_publication_is_asked_about() -> None:
    reading = read_with(COMPLETE, TextFragment("drawing", "Figures", "F2", "Do not publish."))

    assert odd(reading, "understood") == [("margin_on_figures", "do not publish")]


@pytest.mark.parametrize(
    ("cell", "text", "rule"),
    [
        ("B1", "in thousands", "comment_on_figures"),
        ("B2", "Ruotsi", "comment_on_figures"),
        ("B2", "2023", "comment_on_figures"),
        ("B2", "euros", "comment_on_figures"),
        ("A2", "Girls only", "comment_on_figures"),
        ("B2", "at least", "comment_on_figures"),
        ("B2", "10-14", "comment_on_figures"),
        ("B2", "3 of 5 regions", "comment_on_figures"),
        ("B2", "χωρίς Δεκέμβριο", "comment_on_figures"),
        ("B2", "data until 30.9.2024", "comment_on_figures"),
        ("B2", "The figure is confidential and must not be published.", "remark_on_figure"),
        ("C2", "Do not publish this figure.", "remark_on_figure"),
        ("B2", "checked", "comment_not_read"),
        ("C2", "in thousands", None),  # the column of remarks has comments of ours
        ("B2", "— empact —\nin thousands", None),
        ("B9", "checked", "comment_not_read"),
        ("F2", "in thousands", None),
    ],
)
def test_a_comment_on_a_cell_of_a_table_is_never_passed_over(
    cell: str, text: str, rule: str | None
) -> None:
    table = TABLE + "\n" * 8 + "VIDTF_EXPERTS|3|"
    reading = read_with(table, comment(cell, text))

    assert odd(reading, "cell") == ([(rule, cell)] if rule else [])


def test_of_texts_that_the_copy_leaves_out_only_words_about_figures_are_kept() -> None:
    contents = FileContents(
        [],
        left_out=[
            TextContents("header", "Anna Virtanen: Sweden 2023, in thousands", "Figures"),
            TextContents("drawing", "Anna Virtanen", "Figures"),
            TextContents("part", "in thousands"),
        ],
        displays=[
            DisplayContents("unit", "Figures", 1, 3, "Anna Virtanen"),
            DisplayContents("unit", "Figures", 2, 3, "€"),
            DisplayContents("hidden_row", "Figures", 2, -1),
        ],
    )
    answer = reader_answers.encode_contents(contents).encode()

    kept = json.loads(reader_answers.without_left_out(answer, KEPT_WORDS).split(b"\n")[1])

    assert [text["text"] for text in kept["left_out"]] == ["…: Sweden 2023, in thousands", "…"]
    assert [own["text"] for own in kept["displays"]] == ["…", "€", ""]


@pytest.mark.parametrize(
    ("table", "cell"),
    [
        ("Indicator|Value 2024\nICSE_VICTIMS|12", "B2"),
        ("Indicator|Period|Value\nICSE_VICTIMS|2024|12", "C2"),
    ],
)
@pytest.mark.parametrize(("text", "is_asked"), [("figure of 2019", True), ("as of 2024", False)])
def test_a_comment_on_a_value_may_name_another_year_than_the_table(
    table: str, cell: str, text: str, is_asked: bool
) -> None:
    reading = read_with(table, comment(cell, text))

    assert (("comment_on_figures", cell) in odd(reading, "cell")) == is_asked
