"""A report as a Word document: valid, with heads, languages, and charts that hold the figures."""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import load_workbook
from openxml_audit import OpenXmlValidator

from dashboard.data import Release
from dashboard.exports import formats_of
from dashboard.report.document import ReportTask
from metrics.core.tables import EU, VALUE
from tests.dashboard.report.small import HOSTILE, small_report

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

pytestmark = pytest.mark.usefixtures("home")


@cache
def written(language: str = "el") -> bytes:
    return formats_of(ReportTask)["docx"].write(ReportTask(small_report(language)))


def body() -> Any:
    return Document(BytesIO(written())).element.body


def test_a_document_is_valid(tmp_path: Path) -> None:
    file = tmp_path / "report.docx"
    file.write_bytes(written())

    assert [str(error) for error in OpenXmlValidator().validate(file).errors] == []


def test_a_chart_holds_every_figure_and_its_description(release: Release) -> None:
    with ZipFile(BytesIO(written())) as package:
        sheet = load_workbook(BytesIO(package.read("word/embeddings/workbook1.xlsx"))).active
        chart = package.read("word/charts/chart1.xml").decode()
    rows = [*sheet.iter_rows(min_row=2, values_only=True)] if sheet else []
    figures = {str(row[0])[:4]: next((cell for cell in row[1:2]), None) for row in rows}
    released = {row["period"]: row["value"] for row in release.series("ICSE_VICTIMS", VALUE, EU)}

    for period in ("2024", "2025"):
        assert figures[period] == pytest.approx(released[period])
    assert "externalData" in chart
    assert 'lang="el-GR"' in chart
    described = [own.get("descr") for own in body().iter() if own.tag.endswith("}docPr")]
    assert described == [one.picture.description for one in small_report("el").charts]


def test_tables_repeat_their_heads_and_name_themselves() -> None:
    tables = [*body().iter(f"{W}tbl")]

    assert tables
    for table in tables:
        assert table.find(f"{W}tr").find(f"{W}trPr").find(f"{W}tblHeader") is not None
        assert table.find(f"{W}tblPr").find(f"{W}tblCaption").get(f"{W}val")


def test_headings_are_in_the_contents_and_languages_are_named() -> None:
    document: Any = Document(BytesIO(written()))
    headings = [own.text for own in document.paragraphs if own.style.name.startswith("Heading")]
    links = ["".join(words.text for words in link.iter(f"{W}t"))
             for link in document.element.body.iter(f"{W}hyperlink")]  # fmt: skip
    languages = {own.get(f"{W}val") for own in body().iter(f"{W}lang")}

    assert [words.removesuffix("–") for words in links] == headings
    assert {"en-GB", "sv-SE"} <= languages
    assert document.core_properties.language == "el-GR"
    mark = small_report("el").invented
    assert mark in "".join(own.text for own in document.sections[0].header.paragraphs)


def test_the_contents_give_the_page_of_every_heading() -> None:
    """As fields: Writer fills them in when it opens the document, and Word if its reader agrees."""
    document: Any = Document(BytesIO(written()))
    marks = [own.get(f"{W}name") for own in body().iter(f"{W}bookmarkStart")]
    fields = [str(own.text).split() for own in body().iter(f"{W}instrText")]

    assert fields == [["PAGEREF", name, "\\h"] for name in marks]
    assert document.settings.element.find(f"{W}updateFields") is not None


def test_hostile_words_are_words() -> None:
    document = Document(BytesIO(written()))
    found = [own.text for own in document.paragraphs] + [
        cell.text for table in document.tables for cell in table.columns[0].cells
    ]

    assert sum(HOSTILE in words for words in found) >= 4


def test_the_same_document_is_the_same_bytes() -> None:
    again = formats_of(ReportTask)["docx"].write(ReportTask(small_report("el")))

    assert again == written()
