"""Excel: what styles and conditional formats make of numbers is read as seen, or asked."""

from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
import xlsxwriter

from metrics.core.errors import UnreadableError
from metrics.intake.formats.__main__ import read_and_copy
from metrics.intake.formats.contents import FileContents
from metrics.intake.formats.recognise import read_file
from metrics.intake.formats.submitted_file import SubmittedFile

X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"


def contents(path: Path) -> FileContents:
    return read_file(SubmittedFile(path, path.name))


def displays(path: Path) -> list[tuple[str, int, int]]:
    return [(own.kind, own.row, own.column) for own in contents(path).displays]


def with_later_rule(path: Path, rule: str) -> Path:
    """A workbook with 431 in A1, and a rule as later versions of the format write it."""
    plain = path.with_name("plain.xlsx")
    with xlsxwriter.Workbook(plain) as book:
        book.add_worksheet().write_row(0, 0, [431, "text"])
    extension = (
        f'<extLst><ext xmlns:x14="{X14}" uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}">'
        f'<x14:conditionalFormattings><x14:conditionalFormatting xmlns:xm="{XM}">{rule}'
        "<xm:sqref>A1:A9</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings>"
        "</ext></extLst></worksheet>"
    )
    with ZipFile(plain) as archive, ZipFile(path, "w") as changed:
        for name in archive.namelist():
            part = archive.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = part.replace(b"</worksheet>", extension.encode())
            changed.writestr(name, part)
    return path


def later_rule(kind: str, formula: str, form: str) -> str:
    return f"<x14:cfRule {kind}><xm:f>{formula}</xm:f><x14:dxf>{form}</x14:dxf></x14:cfRule>"


COMPARED = 'type="cellIs" priority="1" operator="greaterThan"'
STRUCK = '<font><strike val="1"/></font>'
SCALED = '<numFmt numFmtId="170" formatCode="0,"/>'


@pytest.mark.parametrize(
    ("kind", "formula", "form", "value"),
    [
        (COMPARED, "400", STRUCK, {"marked": "[431]"}),
        (COMPARED, "500", STRUCK, 431.0),
        (COMPARED, "400", SCALED, {"disguised": "431"}),
        (COMPARED, "400", "<font><b/></font>", 431.0),
        ('type="expression" priority="1"', "Sheet2!A1=1", STRUCK, {"marked": "[431]"}),
    ],
)
def test_rules_of_later_versions_count_in_the_file_and_its_copy(
    kind: str, formula: str, form: str, value: object, tmp_path: Path
) -> None:
    path = with_later_rule(tmp_path / "a.xlsx", later_rule(kind, formula, form))
    read_and_copy(path, path.name, tmp_path / "copy.xlsx")

    for name in ("a.xlsx", "copy.xlsx"):
        assert contents(tmp_path / name).sheets[0].rows == [[value, "text"]]


def test_a_later_rule_that_shows_another_figure_is_refused(tmp_path: Path) -> None:
    form = '<numFmt numFmtId="170" formatCode="&quot;41&quot;"/>'
    path = with_later_rule(tmp_path / "a.xlsx", later_rule(COMPARED, "400", form))

    with pytest.raises(UnreadableError, match="a figure of its own"):
        contents(path)


WHITE = '<font><color rgb="FFFFFFFF"/></font>'
RED = '<fill><patternFill><bgColor rgb="FFC00000"/></patternFill></fill>'
BAR = '<x14:cfRule type="dataBar"><x14:dataBar showValue="{}"/></x14:cfRule>'


@pytest.mark.parametrize(
    ("rule", "is_unseen"),
    [
        (later_rule(COMPARED, "400", WHITE), True),
        (later_rule(COMPARED, "500", WHITE), False),
        (later_rule(COMPARED, "400", WHITE + RED), False),
        (BAR.format(0), True),
        (BAR.format(1), False),
    ],
)  # fmt: skip
def test_a_number_that_a_later_rule_hides_is_named(
    rule: str, is_unseen: bool, tmp_path: Path
) -> None:
    path = with_later_rule(tmp_path / "a.xlsx", rule)

    assert displays(path) == ([("unseen", 0, 0)] if is_unseen else [])
    assert contents(path).sheets[0].rows == [[431.0, "text"]]


@pytest.mark.parametrize(
    ("form", "is_unseen"),
    [
        ({"font_color": "white"}, True),
        ({"font_color": "white", "bg_color": "red"}, False),
        ({"font_color": "red", "bg_color": "red"}, True),
        ({"font_color": "red"}, False),
    ],
)
def test_a_number_in_white_by_a_condition_is_named(
    form: dict[str, object], is_unseen: bool, tmp_path: Path
) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_column(0, 0, [431, 3])
        rule = {"type": "cell", "criteria": ">", "value": 5, "format": book.add_format(form)}
        sheet.conditional_format("A1:A9", rule)

    assert displays(tmp_path / "a.xlsx") == ([("unseen", 0, 0)] if is_unseen else [])


@pytest.mark.parametrize(
    ("form", "value"),
    [
        ({"font_strikeout": True}, {"marked": "[12]"}),
        ({"font_name": "Wingdings"}, {"marked": "[12]"}),
        ({"font_script": 1}, {"marked": "[12]"}),
        ({"bold": True}, "12"),
    ],
)
def test_a_number_typed_as_text_in_a_marked_cell_is_asked(
    form: dict[str, object], value: object, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_string(0, 0, "12", book.add_format(form))
    read_and_copy(path, path.name, tmp_path / "copy.xlsx")

    for name in ("a.xlsx", "copy.xlsx"):
        assert contents(tmp_path / name).sheets[0].rows == [[value]]


@pytest.mark.parametrize(("size", "is_unseen"), [(1, True), (2.5, True), (6, False)])
def test_a_number_that_is_too_small_to_read_is_named(
    size: float, is_unseen: bool, tmp_path: Path
) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet().write_number(0, 0, 12, book.add_format({"font_size": size}))

    assert displays(tmp_path / "a.xlsx") == ([("unseen", 0, 0)] if is_unseen else [])


def test_a_number_typed_as_text_in_white_is_named(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet().write_string(0, 0, "12", book.add_format({"font_color": "white"}))

    assert displays(tmp_path / "a.xlsx") == [("unseen", 0, 0)]


def test_rows_with_cells_are_seen_where_all_other_rows_are_hidden(tmp_path: Path) -> None:
    """As of a workbook that shows nothing below its table."""
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.set_default_row(hide_unused_rows=True)
        sheet.write_column(0, 0, [431, 3])

    assert displays(tmp_path / "a.xlsx") == []


def test_columns_without_a_width_of_their_own_may_be_hidden(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "plain.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [431, 3])
        sheet.set_column(0, 0, 12)
    with ZipFile(tmp_path / "plain.xlsx") as archive, ZipFile(tmp_path / "a.xlsx", "w") as changed:
        for name in archive.namelist():
            narrow = b'<sheetFormatPr defaultColWidth="0" '
            changed.writestr(name, archive.read(name).replace(b"<sheetFormatPr ", narrow))

    assert displays(tmp_path / "a.xlsx") == [("hidden_column", -1, 1)]


def seen_numbers(path: Path) -> Path:
    """One of each: struck, scaled, white, covered by a bar or icon, hidden; by style or condition.

    `files/seen_numbers.ods` is what LibreOffice 7 saved of this workbook.
    """
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Data")
        struck = book.add_format({"font_strikeout": True})
        white = book.add_format({"font_color": "white"})
        scaled = book.add_format({"num_format": '0," χιλ."'})
        sheet.write_row(0, 0, ["indicator", "value", "v2", "v3", "v4", "v5"])
        for row in range(1, 8):
            sheet.write_string(row, 0, f"ICSE_{row}", struck if row == 2 else None)
            sheet.write_row(row, 1, [100 * row, 12000 * row])
            sheet.write_number(row, 3, row, white if row == 3 else None)
            sheet.write_row(row, 4, [10 * row, 7])
        above = {"type": "cell", "criteria": ">", "value": 400, "format": struck}
        sheet.conditional_format("B2:B8", above)
        always = {"type": "formula", "criteria": "=TRUE", "format": scaled}
        sheet.conditional_format("C2:C8", always)
        below = {"type": "cell", "criteria": "<", "value": 2, "format": white}
        sheet.conditional_format("D2:D8", below)
        sheet.conditional_format("E2:E8", {"type": "data_bar", "bar_only": True})
        icons = {"type": "icon_set", "icon_style": "3_arrows", "icons_only": True}
        sheet.conditional_format("F2:F8", icons)
        sheet.set_column(6, 6, 12, struck)
        sheet.write_row(9, 6, [5], struck)
        sheet.write_number(10, 6, 5, struck)
        sheet.write_string(11, 6, "8", struck)
        sheet.write_number(12, 1, 12000, book.add_format({"num_format": "0,"}))
        sheet.set_row(5, None, None, {"hidden": True})
        sheet.set_column(3, 3, 10, None, {"hidden": True})
    return path


def test_opendocument_is_read_as_excel_where_numbers_are_seen_otherwise(tmp_path: Path) -> None:
    excel = seen_numbers(tmp_path / "seen.xlsx")
    opendocument = Path(__file__).parent / "files" / "seen_numbers.ods"

    rows = contents(excel).sheets[0].rows

    assert contents(opendocument).sheets[0].rows == rows
    assert sorted(displays(opendocument)) == sorted(displays(excel))
    assert rows[5][1] == {"marked": "[500]"}
    assert rows[1][2] == {"disguised": "12000"}
    assert [row[6] for row in rows[9:12]] == [{"marked": f"[{own}]"} for own in (5, 5, 8)]


def test_the_copy_of_such_an_opendocument_file_reads_as_the_file(tmp_path: Path) -> None:
    opendocument = Path(__file__).parent / "files" / "seen_numbers.ods"
    read_and_copy(opendocument, opendocument.name, tmp_path / "copy.ods")

    assert contents(tmp_path / "copy.ods").sheets[0].rows == contents(opendocument).sheets[0].rows


def test_a_text_is_displayed_by_the_section_of_its_format_for_texts(tmp_path: Path) -> None:
    texts = [
        ("412", '@" thousand"', {"disguised": "412"}), ("E", '0;0;0;"A"', "E"), ("P", ";;;", "P"),
        ("412", "0;-0;;@", "412"), ("12", '0" persons"', "12"), ("Value", "yyyy-mm-dd;@", "Value"),
    ]  # fmt: skip
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("Data")
        for row, (text, code, _) in enumerate(texts):
            sheet.write_string(row, 0, text, book.add_format({"num_format": code}))

    assert contents(tmp_path / "a.xlsx").sheets[0].rows == [[read] for *_, read in texts]
    assert displays(tmp_path / "a.xlsx") == [("other_text", row, 0) for row in range(3)]


def test_a_day_without_its_year_and_a_repeated_number_are_named(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("Data")
        for row, code in enumerate(("d.m", "d-mmm", "yyyy-mm-dd")):
            sheet.write_datetime(row, 0, date(2019, 10, 1), book.add_format({"num_format": code}))
        sheet.write_number(3, 0, 4, book.add_format({"align": "fill"}))
        sheet.write_string(4, 0, "Value", book.add_format({"align": "fill"}))

    read = [row[0] for row in contents(tmp_path / "a.xlsx").sheets[0].rows]

    assert read == [date(2019, 10, 1)] * 3 + [{"disguised": "4"}, "Value"]
    assert displays(tmp_path / "a.xlsx") == [("other_text", row, 0) for row in range(2)]
