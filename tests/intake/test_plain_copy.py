"""The annotated copy of a large file: every cell and finding, without the formats of the sender."""

from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from metrics.intake import annotated_workbook
from metrics.intake.annotated_workbook import annotate_workbook
from metrics.intake.annotation_texts import COLOURS, MARK
from metrics.intake.findings import Finding, Severity
from metrics.intake.plain_copy import annotate_plain_copy
from metrics.intake.templates import FINDINGS
from metrics.intake.workbook import NonValue, Sheet, TextFragment, Workbook

WRONG = Finding("number_not_understood", Severity.ERROR, "Figures", "B2", {"typed": "many"})
BEYOND = Finding("required_missing", Severity.WARNING, "Figures", "D3", {})
NOON = datetime(2025, 3, 1, 12)  # noqa: DTZ001 - cells know no time zone
MIDNIGHT = datetime(2025, 3, 1)  # noqa: DTZ001
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

    assert [row[1].value for row in listed.iter_rows(min_row=2)] == ["Figures!B2", "Figures!D3"]
    links = [row[1].hyperlink for row in listed.iter_rows(min_row=2)]
    assert [link and link.location for link in links] == ["'Figures'!B2", "'Figures'!D3"]
    assert listed["A2"].fill.fgColor.rgb == f"FF{COLOURS[Severity.ERROR]}"


@pytest.mark.parametrize("limit", ["MOST_CELLS", "MOST_FINDINGS"])
def test_a_large_workbook_is_copied_without_its_formats(
    monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(annotated_workbook, limit, 0)

    copy = annotate_workbook(Path("is not opened again.xlsx"), BOOK, [WRONG])

    assert load_workbook(BytesIO(copy))["Figures"]["B2"].comment
