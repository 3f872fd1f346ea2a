"""OpenDocument spreadsheets, as LibreOffice and others write them."""

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from metrics.core.errors import UnreadableError
from metrics.intake.formats.__main__ import read_and_copy
from metrics.intake.formats.contents import FileContents
from metrics.intake.formats.ods.reader import read_spreadsheet
from metrics.intake.formats.recognise import read_file
from metrics.intake.formats.shared.container import Container
from metrics.intake.formats.shared.known_texts import known_formula
from metrics.intake.formats.submitted_file import SubmittedFile
from metrics.intake.sandbox import unpack
from metrics.intake.workbook import NonValue, Workbook
from tests import hidden_data
from tests.hostile import parts_of, spreadsheet, zipped

NEEDS_LIBREOFFICE = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="soffice (libreoffice-calc) is not installed"
)


def contents(tmp_path: Path, body: bytes) -> FileContents:
    return read_spreadsheet(Container(zipped(tmp_path / "a.ods", spreadsheet(body))))


def row(cells: bytes, said: bytes = b"") -> bytes:
    return b"<table:table-row" + said + b">" + cells + b"</table:table-row>"


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (b'office:value-type="float" office:value="12">', 12.0),
        (b'office:value-type="percentage" office:value="0.12"><text:p>12%</text:p>', {"percent": "12%"}),
        (b'office:value-type="date" office:date-value="2024-03-01">', date(2024, 3, 1)),
        (b'office:value-type="time" office:time-value="PT36H"><text:p>36:00</text:p>', "36:00"),
        (b'office:value-type="boolean" office:boolean-value="true">', True),
        (b'office:value-type="string"><text:p>1<text:s text:c="2"/>234</text:p>', "1  234"),
        (b'office:value-type="string"><text:p>a</text:p><text:p>b</text:p>', "a\nb"),
        (b'table:formula="of:=[.A2]"><text:p/>', {"formula": "of:=[.A2]"}),
        (b'table:formula="of:=1/0" office:value-type="string"><text:p>#DIV/0!</text:p>', {"error": "#DIV/0!"}),
        (b'table:formula="of:=[.A2]" office:value-type="float" office:value="">', {"formula": "of:=[.A2]"}),
        (b'office:value-type="date" office:date-value="soon"><text:p>soon</text:p>', "soon"),
        (b'office:value-type="float"><text:p>12</text:p>', "12"),
    ],
)  # fmt: skip
def test_a_cell_says_what_it_holds(cell: bytes, value: object, tmp_path: Path) -> None:
    found = contents(tmp_path, row(b"<table:table-cell " + cell + b"</table:table-cell>"))
    assert found.sheets[0].rows == [[value]]


STYLE_VOCABULARY = 'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'


def test_input_messages_and_page_headers_are_given_without_what_a_program_fills_in(
    tmp_path: Path,
) -> None:
    def change(parts: hidden_data.Parts) -> None:
        hidden_data.before(
            hidden_data.CONTENT,
            "<office:spreadsheet>",
            "<table:content-validation table:base-cell-address=\"'Figures'.B2\"><table:help-message "
            'table:title="Note"><text:p>in thousands</text:p></table:help-message>'
            "</table:content-validation>",
        )(parts)
        hidden_data.style(
            f"<style:footer {STYLE_VOCABULARY}><text:p><text:file-name>???</text:file-name>draft "
            "<text:page-number>1</text:page-number></text:p></style:footer>"
            f"<style:footer-first {STYLE_VOCABULARY}><text:p>first</text:p></style:footer-first>"
        )(parts)

    path = tmp_path / "a.ods"
    path.write_bytes(hidden_data.ods(change))
    found = read_spreadsheet(Container(path)).left_out

    given = [(text.kind, text.text.strip(), text.sheet) for text in found]
    assert ("hint", "Note\nin thousands", "Figures") in given
    assert [text for kind, text, _ in given if kind == "header"] == ["draft", "first"]


def test_repeated_cells_and_rows_stand_as_often_as_they_are_meant(tmp_path: Path) -> None:
    one = b'<table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="1"/>'
    gap = b'<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
    found = contents(tmp_path, gap + row(one, b' table:number-rows-repeated="2"'))
    assert found.sheets[0].rows == [[None, None], [None, None], [1.0, 1.0], [1.0, 1.0]]


def test_a_merged_cell_is_named_with_the_rows_and_columns_that_it_covers(tmp_path: Path) -> None:
    wide = b'<table:table-cell table:number-columns-repeated="2"/>'
    spans = b'table:number-columns-spanned="2" table:number-rows-spanned="3"'
    merged = b'<table:table-cell office:value-type="string" %s><text:p>F</text:p>'
    body = row(wide + merged % spans + b"</table:table-cell><table:covered-table-cell/>")

    (sheet,) = contents(tmp_path, body).sheets
    assert sheet.merged == [(0, 2, 2, 3)]


@pytest.mark.parametrize(
    ("look", "part", "value"),
    [
        (b'style:text-position="super 58%"', b"2", "40[2]"),
        (b'style:text-position="sub 58%"', b"1)", "40[1)]"),
        (b'fo:color="#ffffff"', b"0", "40[0]"),
        (b'fo:font-size="1pt"', b"0", "40[0]"),
    ],
)
def test_a_raised_or_unseen_part_of_a_text_is_no_digit_of_the_number(
    look: bytes, part: bytes, value: str, tmp_path: Path
) -> None:
    style = (
        b'<style:style xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
        b'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
        b'style:name="T1" style:family="text"><style:text-properties %s/></style:style>'
    )
    cell = (
        b'<table:table-cell office:value-type="string"><text:p>40<text:span '
        b'text:style-name="T1">%s</text:span></text:p></table:table-cell>'
    )
    found = contents(tmp_path, style % look + row(cell % part))
    assert found.sheets[0].rows == [[{"marked": value}]]


def test_a_number_that_is_struck_through_as_a_whole_is_marked(tmp_path: Path) -> None:
    style = (
        b'<style:style xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
        b'style:name="ce1" style:family="table-cell">'
        b'<style:text-properties style:text-line-through-style="solid"/></style:style>'
    )
    number = b'<table:table-cell %s office:value-type="float" office:value="40"/>'
    struck = number % b'table:style-name="ce1"'
    found = contents(tmp_path, style + row(struck + number % b""))
    assert found.sheets[0].rows == [[{"marked": "[40]"}, 40.0]]


STYLES = (
    b'<style:style xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    b'style:name="%s" style:family="%s">'
    b'<style:text-properties style:text-line-through-style="solid"/></style:style>'
)
FLOAT = b'<table:table-cell office:value-type="float" office:value="14">%s</table:table-cell>'
STRUCK = b'<table:table-cell table:style-name="S" office:value-type="float" office:value="14.5"/>'
ODD_CELLS = {
    "another number": (b"", FLOAT % b"<text:p>41</text:p>", {"disguised": "14"}),
    "a tab in it": (b"", FLOAT % b"<text:p>1<text:tab/>4</text:p>", {"disguised": "14"}),
    "two paragraphs": (b"", FLOAT % b"<text:p>1</text:p><text:p>4</text:p>", {"disguised": "14"}),
    "a part struck through": (
        STYLES % (b"T", b"text"),
        (
            b'<table:table-cell office:value-type="string"><text:p>1'
            b'<text:span text:style-name="T">4</text:span></text:p></table:table-cell>'
        ),
        {"marked": "1[4]"},
    ),
    "struck through": (STYLES % (b"S", b"table-cell"), STRUCK, {"marked": "[14.5]"}),
    "in signs": (
        (STYLES % (b"S", b"table-cell")).replace(
            b'text-line-through-style="solid"', b'font-name="Wingdings"'
        ),
        STRUCK,
        {"marked": "[14.5]"},
    ),
    "struck through, as LibreOffice writes it": (
        (STYLES % (b"S", b"table-cell")).replace(b'style="solid"', b'type="single"'),
        STRUCK,
        {"marked": "[14.5]"},
    ),
    "nothing, by its format": (b"", FLOAT % b"<text:p/>", {"disguised": "14"}),
    "a flag beside it": (b"", FLOAT % b"<text:p>14 p</text:p>", {"disguised": "14"}),
    "a footnote sign": (b"", FLOAT % b"<text:p>14*</text:p>", {"disguised": "14"}),
    "per mille": (b"", FLOAT % "<text:p>14 ‰</text:p>".encode(), {"disguised": "14"}),
    "a minus": (b"", FLOAT % "<text:p>−14</text:p>".encode(), {"disguised": "14"}),
    "thousands": (b"", FLOAT % "<text:p>14 хил.</text:p>".encode(), {"disguised": "14"}),
    "its unit": (b"", FLOAT % b"<text:p>14 kpl</text:p>", 14.0),
}  # fmt: skip


@pytest.mark.parametrize(("style", "cell", "value"), ODD_CELLS.values(), ids=ODD_CELLS)
def test_the_copy_of_a_number_that_is_asked_about_reads_as_the_file_does(
    style: bytes, cell: bytes, value: object, tmp_path: Path
) -> None:
    path = zipped(tmp_path / "a.ods", spreadsheet(style + row(cell)))
    read_and_copy(path, path.name, tmp_path / "copy.ods")

    copied = read_spreadsheet(Container(tmp_path / "copy.ods"))
    assert copied.sheets[0].rows == [[value]]


@pytest.mark.parametrize("number", ["1_4", "１４"])
def test_what_only_python_reads_as_a_number_is_a_text(number: str, tmp_path: Path) -> None:
    cell = FLOAT.replace(b'"14"', f'"{number}"'.encode()) % b"<text:p>41</text:p>"
    assert contents(tmp_path, row(cell)).sheets[0].rows == [["41"]]


def test_many_rows_one_by_one_are_not_counted_again_for_each(tmp_path: Path) -> None:
    cell = b'<table:table-cell office:value-type="float" office:value="1"/>'
    assert len(contents(tmp_path, row(cell * 3) * 4000).sheets[0].rows) == 4000


def test_two_sheets_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="its sheet 2 has the name of another"):
        contents(tmp_path, b'</table:table><table:table table:name="Data">')


def test_a_password_is_named(tmp_path: Path) -> None:
    parts = spreadsheet(b"") | {"META-INF/manifest.xml": b"<m><f><encryption-data/></f></m>"}
    with pytest.raises(UnreadableError, match="protected by a password"):
        read_spreadsheet(Container(zipped(tmp_path / "a.ods", parts)))


def filled(path: Path) -> None:
    """What a submitter may have done to a workbook."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Data")
        sheet.write("B3", 0.12, book.add_format({"num_format": "0%"}))
        sheet.write_row("C3", ["0012", "1\xa0234,5"])
        sheet.write_datetime("E3", date(2024, 3, 1), book.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write_formula("F3", "=1/0", None, "#DIV/0!")
        sheet.write_formula("G3", "=1+1", None, 2)
        sheet.write("H3", True)
        sheet.write("A5", 5)
        sheet.set_row(4, None, None, {"hidden": True})
        sheet.write_comment("B3", "estimated")
        stamp = book.add_worksheet("empact")
        stamp.write_row("A1", ["area", "FI"])
        stamp.very_hidden()
        book.define_name("empact_template", '="follow_up"')
        book.set_custom_property("empact_template_version", "3")


@pytest.fixture(scope="module", params=["ods", "xlsx"])
def saved(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    """The same workbook after LibreOffice has saved it."""
    folder = tmp_path_factory.mktemp("saved")
    filled(folder / "filled.xlsx")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", request.param,
               "--outdir", str(folder / "out"), str(folder / "filled.xlsx")]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return unpack(folder / "out" / f"filled.{request.param}")


@NEEDS_LIBREOFFICE
def test_libreoffice_keeps_every_value_at_its_place(saved: Workbook) -> None:
    error = NonValue("error", "#DIV/0!")
    expected = [None, "12%", "0012", "1\xa0234,5", date(2024, 3, 1), error, 2.0, True]
    assert saved.sheets[0].rows[2] == expected


@NEEDS_LIBREOFFICE
def test_libreoffice_keeps_the_stamp(saved: Workbook) -> None:
    assert saved.stamp == {"area": "FI", "template": "follow_up", "template_version": "3"}


@NEEDS_LIBREOFFICE
def test_libreoffice_keeps_what_is_hidden_hidden(saved: Workbook) -> None:
    assert [sheet.visible for sheet in saved.sheets] == [True, False]
    assert saved.sheets[0].rows[4][0] == 5.0


@NEEDS_LIBREOFFICE
def test_libreoffice_keeps_comments(saved: Workbook) -> None:
    comments = [comment for comment in saved.text_fragments if comment.kind == "comment"]
    assert [(comment.sheet, comment.cell, comment.text) for comment in comments] == [
        ("Data", "B3", "estimated")
    ]


def test_the_parts_of_a_spreadsheet_are_what_they_seem(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.ods", spreadsheet(b""))
    assert sorted(parts_of(path.read_bytes())) == ["content.xml", "mimetype"]


def test_the_type_may_stand_in_the_list_of_contents_alone(tmp_path: Path) -> None:
    parts = hidden_data.ods_parts()
    media_type = parts.pop("mimetype").decode()
    entry = f'<file-entry media-type="{media_type}" full-path="/"/>'
    hidden_data.before(hidden_data.LIST, "</manifest>", entry)(parts)
    path = tmp_path / "fi.ods"
    path.write_bytes(hidden_data.zip_of(parts))

    assert read_file(SubmittedFile(path, path.name)).sheets[0].rows[1][3] == 14.0


def with_formula(formula: str, result: str, other: str = "2") -> bytes:
    """A formula in A1 with its result, and 1, 2 and 3 below one another beside it."""
    cell = '<table:table-cell table:formula="{}" office:value-type="float" office:value="{}"/>'
    number = '<table:table-cell office:value-type="float" office:value="{}"/>'
    rows = [
        cell.format(formula, result) + number.format(1),
        "<table:table-cell/>" + number.format(2),
    ]
    rows += [cell.format("of:=[.B1]+1", other) + number.format(3)]
    return b"".join(row(cells.encode()) for cells in rows)


@pytest.mark.parametrize(
    ("formula", "result", "is_kept"),
    [
        ("of:=SUM([.B1:.B3])", "6", True),
        ("of:=SUM([.B1:.B3])", "5", False),
        ("of:=SUM([.$B$1:.$B$2];[.B3])", "6", True),
        ("of:=SUM([.B1];[.B3])", "5", False),
        ("of:=[.B1]+[.B2]*[.B3]", "7", True),
        ("of:=[.B1]+[.B2]*[.B3]", "9", False),
        ("oooc:=[.B1]/[.B2]", "0.5", True),
        ("of:=[.B1]/[.B2]", "0.4", False),
        ("of:=AVERAGE([.B1:.B3])", "99", False),
        ("of:=IF([.B1]=1;ROUND([.B3]/[.B2];0);0)", "2", True),
        ("of:=[$Other.B1]", "99", True),  # no such sheet: not evaluated
        ("of:=[.A1]+1", "99", True),  # of itself
    ],
)
def test_an_old_result_of_a_simple_formula_is_no_value(
    formula: str, result: str, is_kept: bool, tmp_path: Path
) -> None:
    found = contents(tmp_path, with_formula(formula, result)).sheets[0].rows[0][0]
    assert (found == float(result)) == is_kept
    assert is_kept or found == {"formula": known_formula(formula)}


@pytest.mark.parametrize(("other", "is_calculated"), [("0", False), ("2", True)])
def test_results_that_are_all_zero_and_that_no_program_calculated_are_none(
    other: str, is_calculated: bool, tmp_path: Path
) -> None:
    body = with_formula("of:=ROUND([.B1]/4;0)", "0", other)
    assert (contents(tmp_path, body).sheets[0].rows[0][0] == 0.0) == is_calculated
