"""The annotated copy of a large file: every cell and finding, without the formats of the sender."""

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from metrics.intake import annotated_workbook, annotation_texts
from metrics.intake.annotated_workbook import annotate_workbook
from metrics.intake.annotation_texts import COLOURS, MARK, FindingWords
from metrics.intake.copy_of_cells import annotate_plain_copy
from metrics.intake.finding_texts import FindingText, describe_finding
from metrics.intake.findings import Finding, Severity
from metrics.intake.sandbox import unpack
from metrics.intake.workbook import NonValue, Sheet, TextFragment, Workbook
from tests.intake.test_annotated_copies import CELLS, plain
from tests.sheets import listed_cells, listed_levels

FINDINGS = FindingWords("en").sheet_name
WRONG = Finding("number_not_understood", Severity.ERROR, "Figures", "B2", {"typed": "many"})
BEYOND = Finding("required_missing", Severity.WARNING, "Figures", "D3", {})
NOON = datetime(2025, 3, 1, 12)  # noqa: DTZ001 - cells know no time zone
MIDNIGHT = datetime(2025, 3, 1)  # noqa: DTZ001
AWKWARD = st.sampled_from(
    [
        "_x000D_",
        " two  spaces ",
        '<a> & "b"',
        "first\nsecond",
        "x" * 300,
        "=1+1",
        "1e5",
        0.1 + 0.2,
        1e300,
        1e-7,
    ]
)
ROWS: list[list[object]] = [
    ["=cmd()", "value", None],
    [date(2025, 3, 1), "many\x07", 1.5],
    [NOON, True, NonValue("error", "#N/A")],
]
BOOK = Workbook(
    "large.xlsx",
    "xlsx",
    (Sheet("Figures", ROWS), Sheet("Old", [["x"]], visible=False), Sheet(FINDINGS, [["y"]])),
    (
        TextFragment("comment", "Figures", "A1", f"Our own\n{MARK}\nfound earlier"),
        TextFragment("property", "", "creator", "The Statistics Office"),
    ),
)
ODS = replace(BOOK, format="ods")


def test_each_cell_is_at_its_address_and_each_finding_at_its_cell() -> None:
    copy = load_workbook(BytesIO(annotate_plain_copy(BOOK, [WRONG, BEYOND])))
    page = copy["Figures"]

    assert [[cell.value for cell in row] for row in page["A1:C3"]] == [
        ["=cmd()", "value", None],
        [MIDNIGHT, "many\ufffd", 1.5],
        [NOON, True, "#N/A"],
    ]
    assert page["A1"].data_type == "s"
    assert page["B2"].fill.fgColor.rgb == f"FF{COLOURS[Severity.ERROR]}"
    assert page["D3"].fill.fgColor.rgb == f"FF{COLOURS[Severity.WARNING]}"
    assert MARK in page["B2"].comment.text
    assert page["A1"].comment.text == "Our own"
    assert copy.sheetnames == [FINDINGS, "Figures", "Old"]
    assert copy["Old"].sheet_state == "hidden"
    assert copy.properties.creator == "The Statistics Office"


def test_the_list_has_a_row_and_a_link_for_each_finding() -> None:
    listed = load_workbook(BytesIO(annotate_plain_copy(BOOK, [WRONG, BEYOND])))[FINDINGS]

    cells = listed_cells(listed, 2)
    assert [cell.value for cell in cells] == ["Figures!B2", "Figures!D3"]
    links = [cell.hyperlink for cell in cells]
    assert [link and link.location for link in links] == ["'Figures'!B2", "'Figures'!D3"]
    first = listed_cells(listed, 1)[0]
    assert first.fill.fgColor.rgb == f"FF{COLOURS[Severity.ERROR]}"


@pytest.mark.parametrize("limit", ["MOST_CELLS", "MOST_FINDINGS"])
def test_a_large_workbook_is_copied_without_its_formats(
    monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(annotated_workbook, limit, 0)

    copy = annotate_workbook(Path("is not opened again.xlsx"), BOOK, [WRONG])

    assert load_workbook(BytesIO(copy))["Figures"]["B2"].comment


@settings(max_examples=12, deadline=None)
@given(st.lists(st.lists(CELLS | AWKWARD, min_size=1, max_size=4), min_size=1, max_size=6))
def test_what_is_copied_is_read_again_as_it_was(rows: list[list[object]]) -> None:
    copy = annotate_plain_copy(Workbook("a.csv", "csv", (Sheet("One", rows),)), [])
    with TemporaryDirectory() as folder:
        path = Path(folder, "copy.xlsx")
        path.write_bytes(copy)
        read = next(sheet for sheet in unpack(path).sheets if sheet.name == "One")

    assert plain(read.rows) == plain(rows)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_what_no_cell_can_hold_is_an_error_in_it(number: float) -> None:
    copy = annotate_plain_copy(Workbook("a.csv", "csv", (Sheet("One", [[number]]),)), [])

    assert load_workbook(BytesIO(copy))["One"]["A1"].value == "#NUM!"


def test_each_finding_is_put_into_words_once(monkeypatch: pytest.MonkeyPatch) -> None:
    described: list[object] = []

    def describe(finding: Finding, language: str) -> FindingText:
        described.append(finding)
        return describe_finding(finding, language)

    monkeypatch.setattr(annotation_texts, "describe_finding", describe)
    annotate_plain_copy(BOOK, [WRONG, BEYOND])

    assert described == [WRONG, BEYOND]


def test_findings_of_one_cause_fold_below_the_row_that_counts_them() -> None:
    again = Finding("number_not_understood", Severity.ERROR, "Figures", "B3", {"typed": "few"})
    listed = load_workbook(BytesIO(annotate_plain_copy(BOOK, [WRONG, again])))[FINDINGS]

    assert listed_levels(listed) == [0, 1, 1]
    assert [cell.font.bold for cell in listed_cells(listed, 1)] == [True, False, False]


def test_both_kinds_of_copy_have_the_same_list() -> None:
    notes = [
        Finding("number_read_from_text", Severity.NOTE, "Figures", f"B{row}") for row in (2, 3)
    ]
    found = [*notes, WRONG]
    plain_list = load_workbook(BytesIO(annotate_plain_copy(BOOK, found)))[FINDINGS]
    own_list = load_workbook(BytesIO(annotate_workbook(Path("x.ods"), ODS, found)))[FINDINGS]

    assert [*plain_list.values] == [*own_list.values]
    for number, row in own_list.row_dimensions.items():
        other = plain_list.row_dimensions[number]
        assert (row.height, row.hidden) == (other.height, other.hidden)
    assert plain_list.print_title_rows == own_list.print_title_rows
