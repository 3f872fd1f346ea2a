"""Excel workbooks, as all kinds of programs write them."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Literal
from xml.etree.ElementTree import fromstring

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Color, Font
from openpyxl.worksheet.worksheet import Worksheet

from metrics.core.errors import UnreadableError
from metrics.intake.formats.__main__ import read_and_copy
from metrics.intake.formats.contents import FileContents
from metrics.intake.formats.recognise import read_file, recognise
from metrics.intake.formats.shared.container import Container
from metrics.intake.formats.submitted_file import SubmittedFile
from metrics.intake.formats.xlsx import cells, clean_sheet
from metrics.intake.formats.xlsx.conditional import conditional_rules
from metrics.intake.formats.xlsx.reader import read_workbook
from metrics.intake.sandbox import unpack
from metrics.intake.workbook import NonValue
from tests.hostile import SHEET, changed, good, parts_of, with_rows, workbook, zipped


def contents(path: Path) -> FileContents:
    return read_workbook(path, Container(path))


def rows_with(tmp_path: Path, xml: bytes) -> list[list[object]]:
    with_rows(xml)(tmp_path / "a.xlsx")
    return contents(tmp_path / "a.xlsx").sheets[0].rows


def prefixed(xml: bytes) -> bytes:
    tags = re.sub(rb"<(/?)(?![?/])([a-zA-Z])", rb"<\1x:\2", xml)
    return tags.replace(b"xmlns=", b"xmlns:x=")


def strict(xml: bytes) -> bytes:
    old = b"http://schemas.openxmlformats.org/"
    xml = xml.replace(old + b"spreadsheetml/2006/", b"http://purl.oclc.org/ooxml/spreadsheetml/")
    return xml.replace(old + b"officeDocument/2006/", b"http://purl.oclc.org/ooxml/officeDocument/")


@pytest.mark.parametrize("change", [prefixed, strict, lambda xml: xml.replace(b'"', b"'")])
def test_the_same_workbook_written_otherwise_reads_the_same(
    change: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    parts = parts_of(good())
    sheets = {SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels"}
    workbook(tmp_path / "plain.xlsx")
    other = {name: change(xml) if name in sheets else xml for name, xml in parts.items()}
    zipped(tmp_path / "other.xlsx", parts | other)
    assert contents(tmp_path / "other.xlsx") == contents(tmp_path / "plain.xlsx")


def test_cells_without_addresses_stand_one_after_another(tmp_path: Path) -> None:
    rows = rows_with(
        tmp_path, b'<row><c><v>1</v></c><c t="e"><v>#REF!</v></c></row><row><c><v>3</v></c></row>'
    )
    assert rows == [[1.0, {"error": "#REF!"}], [3.0, None]]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (b'<c r="A1" t="e"><v>#N/A</v></c>', {"error": "#N/A"}),
        (b'<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', {"error": "#DIV/0!"}),
        (b'<c r="A1"><f>1+1</f></c>', {"formula": "=1+1"}),
        (b'<c r="A1"><f>1+1</f><v></v></c>', {"formula": "=1+1"}),
        (b'<c r="A1"><f>A2&amp;"x"</f><v/></c>', {"formula": '=A2&"…"'}),
        (b'<c r="A1"><f t="shared" si="0"/></c>', {"formula": ""}),
        (b'<c r="A1"><f>1+1</f><v>2</v></c>', 2.0),
        (b'<c r="A1" t="b"><v>1</v></c>', True),
        (b'<c r="A1" t="inlineStr"><is><t xml:space="preserve"> 0012 </t></is></c>', " 0012 "),
    ],
)
def test_a_cell_says_what_it_holds(cell: bytes, value: object, tmp_path: Path) -> None:
    assert rows_with(tmp_path, b'<row r="1">' + cell + b"</row>") == [[value]]


def test_a_formula_that_gives_an_empty_text_is_calculated(tmp_path: Path) -> None:
    cells = b'<c r="A1" t="str"><f>""</f><v></v></c><c r="B1"><v>1</v></c>'
    assert rows_with(tmp_path, b'<row r="1">' + cells + b"</row>") == [[None, 1.0]]


def test_an_uncalculated_cell_beyond_all_others_keeps_its_place(tmp_path: Path) -> None:
    rows = rows_with(
        tmp_path,
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="D3"><f>A1</f></c></row>',
    )
    assert (len(rows), rows[2]) == (3, [None, None, None, {"formula": "=A1"}])


@pytest.mark.parametrize(
    ("form", "value"),
    [
        ("0%", {"percent": "12.5%"}),
        ("0.00 %", {"percent": "12.5%"}),
        ("[Red]0.0%;-0.0%", {"percent": "12.5%"}),
        ("General", 0.125),
        ('0.00" %"', {"percent": "0.1250%"}),
        ("0.00\\%", {"percent": "0.1250%"}),
        ("0;-0%", 0.125),
    ],
)
def test_per_cent_is_told_by_the_number_format(form: str, value: object, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet().write("A1", 0.125, book.add_format({"num_format": form}))
    assert contents(tmp_path / "a.xlsx").sheets[0].rows == [[value]]


@pytest.mark.parametrize(
    ("form", "typed"),
    [
        ("dd/mm/yyyy", date(2024, 3, 1)),
        ("dd/mm/yyyy hh:mm", datetime(2024, 3, 1, 12, 30)),  # noqa: DTZ001
        ("hh:mm", time(12, 30)),
        ("[h]:mm:ss", timedelta(hours=36)),
    ],
)
def test_days_and_times_are_told_by_the_number_format(
    form: str, typed: date | time | timedelta, tmp_path: Path
) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet().write_datetime("A1", typed, book.add_format({"num_format": form}))
    assert contents(tmp_path / "a.xlsx").sheets[0].rows == [[typed]]


def test_merged_cells_hold_their_value_once(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet().merge_range("A1:B2", "Finland")
    (sheet,) = contents(tmp_path / "a.xlsx").sheets
    assert sheet.rows == [["Finland"]]
    assert sheet.merged == [(0, 0, 1, 1)]


def rich(path: Path, *runs: object, kind: str = "shared") -> FileContents:
    """A workbook with one rich text, saved by XlsxWriter or by openpyxl."""
    if kind == "shared":
        with xlsxwriter.Workbook(path) as book:
            formats = {
                "super": book.add_format({"font_script": 1}),
                "struck": book.add_format({"font_strikeout": True}),
                "signs": book.add_format({"font_name": "Wingdings"}),
                "white": book.add_format({"font_color": "#FFFFFF"}),
                "tiny": book.add_format({"font_size": 1}),
            }
            parts = [formats.get(str(run), run) for run in runs]
            book.add_worksheet().write_rich_string("A1", *parts)
        return contents(path)
    fonts = {
        "super": InlineFont(vertAlign="superscript"), "struck": InlineFont(strike=True),
        "signs": InlineFont(rFont="Wingdings"),
        "white": InlineFont(color=Color("FFFFFFFF")), "tiny": InlineFont(sz=1),
    }  # fmt: skip
    texts: list[Any] = []
    for run in runs:
        if run in fonts:
            texts.append(fonts[str(run)])
        elif texts and isinstance(texts[-1], InlineFont):
            texts.append(TextBlock(texts.pop(), str(run)))
        else:
            texts.append(str(run))
    book = openpyxl.Workbook()
    book.create_sheet("Rich", 0)["A1"] = CellRichText(*texts)
    book.save(path)
    return contents(path)


@pytest.mark.parametrize("kind", ["shared", "inline"])
@pytest.mark.parametrize(
    ("runs", "value"),
    [
        (("40", "super", "2"), {"marked": "40[2]"}),
        (("struck", "123", "145"), {"marked": "[123]145"}),
        (("signs", "40", "2"), {"marked": "[40]2"}),
        (("42", "super", "1)"), {"marked": "42[1)]"}),
        (("14", "super", "1a"), {"marked": "14[1a]"}),
        (("14", "super", "[1]"), {"marked": "14[(1)]"}),
        (("ca. ", "struck", "1", "4"), {"marked": "ca. [1]4"}),
        (("14", "white", "0"), {"marked": "14[0]"}),
        (("14", "tiny", "0"), {"marked": "14[0]"}),
        (("white", "14", "white", "0"), "140"),
        (("14", "super", "p"), "14p"),
        (("Year 2025", "super", "1)"), "Year 20251)"),
        (("see note", "super", "2"), "see note2"),
        (("about", "struck", "40"), "about40"),
    ],
)
def test_a_raised_or_struck_part_is_no_digit_of_the_number(
    runs: tuple[str, ...], value: object, kind: str, tmp_path: Path
) -> None:
    assert rich(tmp_path / "a.xlsx", *runs, kind=kind).sheets[0].rows == [[value]]


@pytest.mark.parametrize(
    "form",
    [{"font_script": 1}, {"font_script": 2}, {"font_name": "Wingdings"}, {"font_name": "Symbol"}],
)
def test_a_raised_number_or_one_in_signs_is_marked_in_its_copy_too(
    form: dict[str, object], tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, marked = book.add_worksheet(), book.add_format(form)
        sheet.write_number("A1", 40, marked)
        sheet.write_string("B1", "a", marked)
    assert shown(contents(path)) == []
    read_and_copy(path, path.name, tmp_path / "copy.xlsx")
    assert contents(tmp_path / "copy.xlsx").sheets[0].rows == [[{"marked": "[40]"}, "a"]]


@pytest.mark.parametrize("code", ["General", "0%", "#,##0"])
def test_a_number_that_is_struck_through_as_a_whole_is_marked(code: str, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        struck = book.add_format({"font_strikeout": True, "num_format": code})
        page = book.add_worksheet()
        page.write_number("A1", 40, struck)
        page.write_string("B1", "withdrawn", struck)
        page.write_number("C1", 41)
        page.write_blank("D1", None, struck)
    assert shown(contents(tmp_path / "a.xlsx")) == [("struck", 0, 1, "")]
    assert contents(tmp_path / "a.xlsx").sheets[0].rows == [[{"marked": "[40]"}, "withdrawn", 41.0]]


@pytest.mark.parametrize(
    ("code", "number", "value"),
    [
        ("0%", 0.62, {"percent": "62%"}),
        ('0.00" %"', 0.125, {"percent": "0.1250%"}),
        ('"c"', 2, {"disguised": "2"}),
        (";;;", 7, {"disguised": "7"}),
        ("#,##0,", 12000, {"disguised": "12000"}),
        ('0" p"', 40, {"disguised": "40"}),
        ('0" prel."', 40, {"disguised": "40"}),
        ('0" kpl"', 40, 40.0),
        ('#,##0;-#,##0;"-"', 0, 0.0),
        ("#,##0", 12000, 12000.0),
    ],
)
def test_a_number_is_what_its_format_shows(
    code: str, number: float, value: object, tmp_path: Path
) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet().write_number("A1", number, book.add_format({"num_format": code}))
    assert contents(tmp_path / "a.xlsx").sheets[0].rows == [[value]]
    copied = unpack(tmp_path / "a.xlsx", copy=tmp_path / "copy")  # which must read the same
    assert copied.sheets[0].rows[0] != [None]


def test_a_date_that_shows_its_year_is_that_year_and_named(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet, form = book.add_worksheet(), book.add_format({"num_format": "yyyy"})
        sheet.write_datetime("A1", date(2025, 1, 1), form)
        sheet.write_number("A2", 431, form)
    found = contents(tmp_path / "a.xlsx")
    assert found.sheets[0].rows == [[2025.0], [1901.0]]
    assert shown(found) == [
        ("year", 0, 0, "45658 (yyyy: 2025)"),
        ("year", 1, 0, "431 (yyyy: 1901)"),
    ]


@pytest.mark.parametrize(("results", "calculated"), [((0, 0), False), ((0, 3), True)])
def test_a_library_that_writes_zero_for_every_formula_has_calculated_none(
    results: tuple[int, ...], calculated: bool, tmp_path: Path
) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        for row, result in enumerate(results):
            sheet.write_formula(row, 0, f"=SUM(B{row + 1}:B9)", None, result)
    ((first,), _) = contents(tmp_path / "a.xlsx").sheets[0].rows
    assert first == (0.0 if calculated else {"formula": "=SUM(B1:B9)"})


@pytest.mark.parametrize(
    ("formula", "result", "is_kept"),
    [
        ("=SUM(B1:B3)", 6, True),
        ("=SUM(B1:B3)", 5, False),
        ("=SUM($B$1:B2,B3)", 6, True),
        ("=B1+B2*B3", 7, True),
        ("=B1+B2*B3", 9, False),
        ("=-(B1-B3)/B2", 1, True),
        ("=10+5", 15, True),
        ("=10+5", 12, False),
        ("=B9", 0, True),
        ("=SUM(A1:B3)", 99, True),  # of itself
        ("=SUM(B1:C3)", 6, True),  # a text counts as nothing
        ("=B1+C1", 99, True),  # a text: not evaluated
        ("=B1/B9", 99, False),
        ("=AVERAGE(B1:B3)", 99, False),
        ("=Sheet2!B1", 99, True),  # no such sheet: not evaluated
        ("=ROUND(B3/B2,0)", 2, True),
        ("=IF(B1>0,MAX(B1:B3),0)", 3, True),
        ("=IF(B1>1,B3,B2)", 3, False),
        ("=IFERROR(B1/B9,7)", 7, True),
        ("=COUNT(B1:C3)", 4, False),
        ("=1.005*100%", 1.005, True),
        ("=-B3^2", 9, True),  # as in all spreadsheet programs
        ('=IF(C1="TEXT",B2,B3)', 2, True),
        ("=RAND()", 99, True),
        ("=ROUND(B1,2)", 99, False),
        ("=B1^2", 99, False),
        ("=B1^2", 1, True),
    ],
)
def test_an_old_result_of_a_simple_formula_is_no_value(
    formula: str, result: float, is_kept: bool, tmp_path: Path
) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_formula("A1", formula, None, result)
        sheet.write_column("B1", [1, 2, 3])
        sheet.write("C1", "text")
        sheet.write_formula("D1", "=1+1", None, 2)
    workbook = unpack(tmp_path / "a.xlsx", copy=tmp_path / "copy")
    first = workbook.sheets[0].rows[0][0]
    assert first == (result if is_kept else NonValue("formula", formula))


@pytest.mark.parametrize(
    ("formula", "stored", "found"),
    [
        ("=SUM(B1:B3)", 5, ("outdated", "5 6")),
        ("=B1/B9", 5, ("outdated", "5 #DIV/0!")),
        ("=Other!A1*2", 8, ("outdated", "8 10")),
        ("='Other sheet'!A1", 4, ("outdated", "4 7")),
        ('=IF(B1=1,"Anna",0)', 4, ("outdated", "4 …")),
        ("=RANDBETWEEN(1,9)", 4, ("volatile", "")),
        ("=D1+1", 4, ("volatile", "")),  # of TODAY()
        ("=A1+1", 4, ("circular", "")),
        ("=E1", 4, ("circular", "")),
        ("=FORECAST(1,B1:B3,B1:B3)", 4, ("unchecked", "")),
        ("=[1]Book!A1", 4, ("unchecked", "")),
        ("=SUM(B1:B3)", 6, None),
        ('=IF(FALSE,A1,"RAND()")&""', 4, ("outdated", "4 …")),
    ],
)
def test_a_result_that_a_formula_does_not_give_is_named_with_both(
    formula: str, stored: float, found: tuple[str, str] | None, tmp_path: Path
) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("Data")
        book.add_worksheet("Other").write("A1", 5)
        book.add_worksheet("Other sheet").write("A1", 7)
        sheet.write_formula("A1", formula, None, stored)
        sheet.write_column("B1", [1, 2, 3])
        sheet.write_formula("D1", "=TODAY()-45000", None, 3)
        sheet.write_formula("E1", "=A1", None, stored)
    own = [(one.kind, one.text) for one in contents(tmp_path / "a.xlsx").displays if not one.column]
    assert own == ([found] if found else [])


@pytest.mark.parametrize(
    ("formula", "is_of_nothing"),
    [
        ("=B1", True),
        ("=B99", True),  # beyond the sheet
        ("=SUM(B1:B3)", True),  # empty cells and a text
        ("=B1+C1", True),
        ("=MAX(B1:C1)", True),
        ("=E1", True),  # a formula of an empty cell
        ("=IF(ISNUMBER(B1),B1,0)", True),
        ("=N(B2)", True),
        ("=IFERROR(B2+1,0)", True),
        ("=VLOOKUP(B1,B1:C3,2,FALSE)", True),
        ("=SUM(B1:B3)*D1", False),  # of a number
        ("=D2", False),  # a 0 that was typed
        ("=D1-D1", False),
        ('=COUNTIF(B1:B3,"case")', False),  # of a text: it is counted
        ('=IF(B2="x",1,0)', False),
        ('=COUNTIF(B3:C3,"case")', True),  # of empty cells
        ("=0", False),
        ("=5*0", False),
    ],
)
def test_a_zero_of_cells_without_a_number_is_named(
    formula: str, is_of_nothing: bool, tmp_path: Path
) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("Data")
        sheet.write_formula("A1", formula, None, 0)
        sheet.write("B2", "–")
        sheet.write_column("D1", [5, 0])
        sheet.write_formula("E1", "=B1", None, 0)
    kinds = [one.kind for one in contents(tmp_path / "a.xlsx").displays if not one.column]
    assert ("zero_of_nothing" in kinds) is is_of_nothing


def test_a_shared_formula_is_calculated_for_each_of_its_cells(tmp_path: Path) -> None:
    rows = (
        b'<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1*2</f><v>2</v></c>'
        b'<c r="B1"><v>1</v></c></row><row r="2"><c r="A2"><f t="shared" si="0"/><v>5</v></c>'
        b'<c r="B2"><v>2</v></c></row>'
    )
    with_rows(rows)(tmp_path / "a.xlsx")
    assert shown(contents(tmp_path / "a.xlsx")) == [("outdated", 1, 0, "5 4")]


def test_two_rows_of_one_number_are_refused(tmp_path: Path) -> None:
    rows = b'<row r="1"><c r="A1"><v>1</v></c></row>' * 2
    with_rows(rows)(tmp_path / "a.xlsx")
    with pytest.raises(UnreadableError, match="two of its rows have the number 1"):
        contents(tmp_path / "a.xlsx")


def test_hidden_rows_are_read_like_others(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write("A1", 1)
        sheet.write("A5", 5)
        sheet.set_row(4, None, None, {"hidden": True})
        sheet.set_column("B:C", None, None, {"hidden": True})
    found = contents(tmp_path / "a.xlsx")
    assert found.sheets[0].rows[4] == [5.0]
    assert shown(found) == [
        ("hidden_row", 4, -1, ""), ("hidden_column", -1, 1, ""), ("hidden_column", -1, 2, ""),
    ]  # fmt: skip


def shown(found: FileContents) -> list[tuple[str, int, int, str]]:
    return [(own.kind, own.row, own.column, own.text) for own in found.displays]


@pytest.mark.parametrize(
    ("form", "displayed"),
    [
        ({"num_format": '0" persons"'}, [("unit", 0, 0, "persons")]),
        ({"num_format": "[$€-407] #,##0"}, [("unit", 0, 0, "€")]),
        ({"num_format": 44}, [("unit", 0, 0, "¤")]),
        ({"font_color": "white"}, [("unseen", 0, 0, "")]),
        ({"font_color": "#FDFDFD"}, [("unseen", 0, 0, "")]),
        ({"font_color": "white", "bg_color": "#FFF9DB"}, [("unseen", 0, 0, "")]),
        ({"font_color": "#D9D9D9"}, []),
        ({"font_color": "red", "bg_color": "#008000"}, []),
        ({"font_color": "white", "bg_color": "navy"}, []),
        ({"font_color": "navy", "bg_color": "navy"}, [("unseen", 0, 0, "")]),
        ({"bg_color": "yellow"}, []),
        ({"font_color": "white", "num_format": "0%"}, [("unseen", 0, 0, "")]),
    ],
)
def test_what_is_seen_beside_a_number_or_hides_it_is_told(
    form: dict[str, object], displayed: list[object], tmp_path: Path
) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet().write_number("A1", 5, book.add_format(form))
    assert shown(contents(tmp_path / "a.xlsx")) == displayed


def test_a_zero_that_is_displayed_as_a_dash_or_as_nothing_is_reported(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet, hiding = book.add_worksheet(), book.add_worksheet()
        for column, form in enumerate(["0;-0;–", "#,###", 41, "0"]):
            sheet.write_column(0, column, [0, 5], book.add_format({"num_format": form}))
        hiding.hide_zero()
        hiding.write("A1", 0)
    found = contents(tmp_path / "a.xlsx")

    assert [own.rows[0] for own in found.sheets] == [[0, 0, 0, 0], [0]]
    assert shown(found) == [
        ("zero", 0, 0, ""), ("zero", 0, 1, ""), ("zero", 0, 2, ""), ("all_zeros", -1, -1, ""),
    ]  # fmt: skip


@pytest.mark.parametrize(("height", "is_seen"), [(0.1, False), (1.5, False), (3, True), (15, True)])
def test_a_row_or_column_that_is_too_thin_is_hidden(
    height: float, is_seen: bool, tmp_path: Path
) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_number("A1", 5)
        sheet.set_row(0, height)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    book.worksheets[0].column_dimensions["B"].width = height / 5
    book.save(tmp_path / "b.xlsx")

    hidden = [] if is_seen else [("hidden_row", 0, -1, "")]
    assert shown(contents(tmp_path / "a.xlsx")) == hidden
    narrow = [] if is_seen else [("hidden_column", -1, 1, "")]
    assert shown(contents(tmp_path / "b.xlsx")) == hidden + narrow


def test_a_colour_of_the_theme_may_be_that_of_the_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    cell = book.worksheets[0].cell(1, 1, 5)
    cell.font = Font(color=Color(theme=0))
    book.save(tmp_path / "a.xlsx")
    assert shown(contents(tmp_path / "a.xlsx")) == [("unseen", 0, 0, "")]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_read_and_said(
    state: Literal["hidden", "veryHidden"], tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("Notes").append(["kept out of sight"])
    book["Notes"].sheet_state = state
    book.save(tmp_path / "a.xlsx")
    found = contents(tmp_path / "a.xlsx")
    assert (found.sheets[1].rows, found.sheets[1].visible) == ([["kept out of sight"]], False)
    assert found.remarks == ["hidden_sheets"]


def texts(contents: FileContents, kind: str) -> list[tuple[str, str, str]]:
    found = [*contents.texts, *contents.left_out]
    return [(text.sheet, text.cell, text.text) for text in found if text.kind == kind]


def test_all_texts_outside_the_cells_come_out(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.set_properties({"title": "Figures", "author": "A clerk"})
        book.set_custom_property("Desk", "Unit 3")
        book.define_name("total", "=Data!$A$1")
        sheet = book.add_worksheet("Data")
        sheet.set_header("&CConfidential")
        sheet.insert_textbox("C3", "Call us", {"description": "a box"})
    found = contents(tmp_path / "a.xlsx")
    assert texts(found, "name") == [("Data", "", "Data"), ("", "", "total = Data!$A$1")]
    assert texts(found, "header") == [("Data", "", "&CConfidential")]
    assert texts(found, "drawing") == [("Data", "C3", "Call us"), ("Data", "C3", "a box")]
    said = {(cell, text) for _, cell, text in texts(found, "property")}
    assert {("title", "Figures"), ("creator", "A clerk"), ("Desk", "Unit 3")} <= said


@pytest.mark.parametrize("description", ["", "TextBox 1", "TextBox"])
def test_a_shape_without_text_has_nothing_to_confirm(description: str, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet("Data").insert_textbox("C3", " ", {"description": description})
    assert texts(contents(tmp_path / "a.xlsx"), "drawing") == []


def test_a_thread_replaces_the_comment_that_old_programs_see(tmp_path: Path) -> None:
    parts = parts_of(good())
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    link = b'<Relationship Id="rId9" Type="x/threadedComment" Target="../threadedComments/t1.xml"/>'
    parts[rels] = parts[rels].replace(b"</Relationships>", link + b"</Relationships>")
    parts["xl/threadedComments/t1.xml"] = (
        b'<ThreadedComments><threadedComment ref="C2"><text>Really?</text></threadedComment>'
        b"</ThreadedComments>"
    )
    zipped(tmp_path / "a.xlsx", parts)
    assert texts(contents(tmp_path / "a.xlsx"), "comment") == [("Data", "C2", "Really?")]


def test_comments_of_another_program_come_out_too(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert isinstance(book.active, Worksheet)
    book.active["B2"].comment = Comment("Is this right?", "A clerk")
    book.save(tmp_path / "a.xlsx")
    assert texts(contents(tmp_path / "a.xlsx"), "comment") == [("Sheet", "B2", "Is this right?")]


@pytest.mark.parametrize(
    ("part", "remark"),
    [
        ("xl/vbaProject.bin", "macros"),
        ("xl/externalLinks/externalLink1.xml", "external_links"),
        ("xl/pivotCache/pivotCacheRecords1.xml", "pivot_caches"),
        ("xl/media/image1.png", "images"),
        ("xl/embeddings/oleObject1.bin", "embedded_files"),
        ("xl/connections.xml", "connections"),
    ],
)
def test_what_is_left_aside_is_said(part: str, remark: str, tmp_path: Path) -> None:
    changed(part, lambda _: b"<x/>")(tmp_path / "a.xlsx")
    assert contents(tmp_path / "a.xlsx").remarks == [remark, "unlisted_parts"]


def test_macros_make_it_another_format(tmp_path: Path) -> None:
    changed("xl/vbaProject.bin", lambda _: b"x")(tmp_path / "a.xlsm")
    assert recognise(SubmittedFile(tmp_path / "a.xlsm", "a.xlsm")).name == "xlsm"


def test_an_odd_row_far_into_a_sheet_is_no_reason_to_lose_the_others(tmp_path: Path) -> None:
    plain = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, 500))
    odd = b'<row r="500"><c s="0" r="B500" t="e"><v>#N/A</v></c></row>'
    rows = rows_with(tmp_path, plain + odd)
    assert (rows[0], rows[499]) == ([1.0, None], [None, {"error": "#N/A"}])


def test_empty_rows_are_not_parsed_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More of them than a chunk holds; a parser takes ten times as long."""
    rows = b"".join(b'<row r="%d"/>' % number for number in range(2, 600_000))
    last = b'<row r="600000"><c r="A600000"><v>1</v></c></row>'
    with_rows(rows + last)(tmp_path / "a.xlsx")
    monkeypatch.setattr(cells, "parse_cells", lambda *_: pytest.fail("the sheet is parsed"))
    monkeypatch.setattr(clean_sheet, "clean_row", lambda *_: pytest.fail("a row is written anew"))

    assert contents(tmp_path / "a.xlsx").sheets[0].rows[-1] == [1.0]
    assert rows.count(b"<row") == copied_rows(tmp_path / "a.xlsx") - 1


def copied_rows(path: Path) -> int:
    """The rows of the sheet that a clean copy holds."""
    copied = clean_sheet.sheet_xml(
        Container(path), SHEET, clean_sheet.KeptOfBook(set(), set()), is_plain=True
    )
    return b"".join(copied).count(b"<row")


@pytest.mark.parametrize(
    "row",
    [
        b'<row r="1"><c r="A1"><v>1</v></c><x/></row>',
        b'<row r="1"><c r="A1"><v>1</v>2</c></row>',
        b'<row r="1"><c r="A1"><x/></v></c></row>',
        b'<row r="1">3<c r="A1"><v>1</v></c></row>',
        b'<row r="1"/>3<row r="2"/>',
        b'<row r="1"><c r="A1" t="inlineStr"><is><r><t>4</t></r></is></c></row>',
        b'<row r="1"><c r="A1"><f>B1</f>5<v>1</v></c></row>',
    ],
)
def test_anything_beside_plain_cells_is_unusual(row: bytes) -> None:
    with pytest.raises(cells.UnusualXmlError):
        cells.refuse_unusual(row)


def with_extent(ref: bytes) -> Callable[[bytes], bytes]:
    return lambda xml: re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="%s"/>' % ref, xml)


@pytest.mark.parametrize("ref", [b"1:10901", b"", b"A:C", b"A1:XFD1048576", b"B2", b"#REF!"])
def test_the_extent_that_a_sheet_claims_is_not_needed(ref: bytes, tmp_path: Path) -> None:
    workbook(tmp_path / "plain.xlsx")
    changed(SHEET, with_extent(ref))(tmp_path / "other.xlsx")

    assert contents(tmp_path / "other.xlsx").sheets == contents(tmp_path / "plain.xlsx").sheets


def test_parts_may_be_named_with_backslashes(tmp_path: Path) -> None:
    workbook(tmp_path / "plain.xlsx")
    named = {name.replace("/", "\\"): xml for name, xml in parts_of(good()).items()}
    zipped(tmp_path / "other.xlsx", named)

    assert contents(tmp_path / "other.xlsx") == contents(tmp_path / "plain.xlsx")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8"])
def test_the_part_of_a_power_query_is_searched_and_left_out(encoding: str, tmp_path: Path) -> None:
    query = '<?xml version="1.0"?><DataMashup note="someone@example.org">AAAA</DataMashup>'
    parts = parts_of(good()) | {"customXml/item1.xml": query.encode(encoding)}
    relations = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rQ" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/customXml" Target="../customXml/item1.xml"/></Relationships>',
    )
    zipped(tmp_path / "a.xlsx", parts | {"xl/_rels/workbook.xml.rels": relations})

    read = contents(tmp_path / "a.xlsx")

    assert "custom_data" in read.remarks
    assert any("someone@example.org" in text.text for text in read.left_out)


@pytest.mark.parametrize(("code", "is_refused"), [('"41"', True), ("#,##0", False), (";;;", False)])
def test_a_conditional_format_that_shows_another_figure_is_refused(
    code: str, is_refused: bool, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["value", 14])
        look = book.add_format({"num_format": code})
        sheet.conditional_format("B1", {"type": "no_errors", "format": look})

    if is_refused:
        with pytest.raises(UnreadableError, match="a figure of its own"):
            read_file(SubmittedFile(path, path.name))
    else:
        value = {"disguised": "14"} if code == ";;;" else 14.0
        assert read_file(SubmittedFile(path, path.name)).sheets[0].rows == [["value", value]]


ROW_OF_14 = b'<row r="1"><c r="A1">%s</c><c r="B1"><v>2</v></c></row>'


@pytest.mark.parametrize(
    "rows",
    [
        ROW_OF_14 % b"<v>&#49;4</v>",
        ROW_OF_14 % b"<v>1&#x34;</v>",
        ROW_OF_14 % b"<v>1<!-- x -->4</v>",
        ROW_OF_14 % b"<v><![CDATA[14]]></v>",
        ROW_OF_14 % b"<v>1<?x y?>4</v>",
        ROW_OF_14 % b"<f>7+7</f><v>1&#x34;</v>",
        ROW_OF_14 % b"<v>14</v>"
        + b'</sheetData><sheetData><row r="2"><c r="A2"><v>9</v></c></row>',
    ],
)
def test_a_number_that_two_readers_read_differently_is_refused(rows: bytes, tmp_path: Path) -> None:
    """Also where no clean copy is written that would show the difference."""
    with_rows(rows)(tmp_path / "a.xlsx")

    with pytest.raises(UnreadableError, match="can be read in two ways"):
        contents(tmp_path / "a.xlsx")


def test_a_reference_in_the_text_of_a_formula_is_no_doubt(tmp_path: Path) -> None:
    text = b'<row r="1"><c r="A1" t="str"><f>B1</f><v>a &amp; b</v></c></row>'
    with_rows(text)(tmp_path / "a.xlsx")

    assert contents(tmp_path / "a.xlsx").sheets[0].rows == [["a & b"]]


@pytest.mark.parametrize(
    ("rule", "form", "value"),
    [
        ({"type": "formula", "criteria": "=TRUE"}, {"num_format": '0" χιλ."'}, "disguised"),
        ({"type": "formula", "criteria": "=B1>2"}, {"num_format": "0,"}, "disguised"),
        ({"type": "formula", "criteria": "=TRUE"}, {"font_strikeout": True}, "marked"),
        ({"type": "cell", "criteria": ">", "value": 400}, {"font_strikeout": True}, "marked"),
        ({"type": "cell", "criteria": "<", "value": 5}, {"num_format": '0"*"'}, ""),
        ({"type": "formula", "criteria": "=TRUE"}, {"bold": True}, ""),
        ({"type": "formula", "criteria": "=FALSE"}, {"font_strikeout": True}, ""),
        ({"type": "formula", "criteria": "=A1>500"}, {"font_strikeout": True}, ""),
        ({"type": "formula", "criteria": "=A1=430+1"}, {"font_strikeout": True}, "marked"),
        (
            {"type": "cell", "criteria": "between", "minimum": 1, "maximum": 5},
            {"num_format": "0,"},
            "",
        ),
        (
            {"type": "cell", "criteria": "not between", "minimum": 1, "maximum": 5},
            {"num_format": "0,"},
            "disguised",
        ),
        (
            {"type": "text", "criteria": "containing", "value": "431"},
            {"font_strikeout": True},
            "marked",
        ),
        ({"type": "text", "criteria": "begins with", "value": "9"}, {"font_strikeout": True}, ""),
        ({"type": "top", "value": 1}, {"font_strikeout": True}, "marked"),  # not evaluated
    ],
)
def test_a_conditional_format_counts_as_one_of_the_cell(
    rule: dict[str, object], form: dict[str, object], value: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_number("A1", 431)
        sheet.write_string("B1", "text")
        sheet.conditional_format("A1:B1048576", rule | {"format": book.add_format(form)})
    read_and_copy(path, path.name, tmp_path / "copy.xlsx")

    expected = {"disguised": {"disguised": "431"}, "marked": {"marked": "[431]"}, "": 431.0}[value]
    for name in ("a.xlsx", "copy.xlsx"):
        assert contents(tmp_path / name).sheets[0].rows == [[expected, "text"]]


@pytest.mark.parametrize(
    ("criteria", "form", "kind"),
    [
        ("=TRUE", {"font_color": "white"}, "unseen"),
        ("=TRUE", {"num_format": ';;;"F"'}, "other_text"),
        ('=A1="C"', {"num_format": ';;;"F"'}, "other_text"),
        ('=A1="F"', {"num_format": ';;;"F"'}, ""),
        ("=FALSE", {"font_color": "white"}, ""),
    ],
)
def test_a_text_that_a_conditional_format_changes_is_named(
    criteria: str, form: dict[str, object], kind: str, tmp_path: Path
) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_string("A1", "C")
        rule = {"type": "formula", "criteria": criteria, "format": book.add_format(form)}
        sheet.conditional_format("A1:A9", rule)
    assert shown(contents(tmp_path / "a.xlsx")) == ([(kind, 0, 0, "")] if kind else [])


@pytest.mark.parametrize(("last", "rules"), [("A9", 1), ("A\u0669", 0)])
def test_the_rows_of_a_conditional_format_are_in_usual_digits(last: str, rules: int) -> None:
    listed = f'<conditionalFormatting sqref="A1:{last}"><cfRule dxfId="0"/></conditionalFormatting>'
    assert len([*conditional_rules(fromstring(f"<worksheet>{listed}</worksheet>"))]) == rules
