"""What is kept of a file holds nothing that was not looked through."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from metrics.core.errors import UnreadableError
from metrics.intake.formats import reader_answers
from metrics.intake.formats.__main__ import read_and_copy
from metrics.intake.formats.contents import FileContents
from metrics.intake.formats.recognise import read_file, write_copy
from metrics.intake.formats.shared.stamp import STAMP_KEYS
from metrics.intake.formats.submitted_file import SubmittedFile
from metrics.intake.formats.xlsx.clean_styles import plain_format
from metrics.intake.rules.identifying.normalisation import normalise_text
from metrics.intake.templates import STAMPED, templates
from metrics.messages import languages
from tests import hidden_data
from tests.hidden_data import (
    CONTAINER,
    ODS,
    ODS_AUTHORS,
    OPAQUE,
    TRACES,
    XLSX,
    XLSX_AMBIGUOUS,
    XLSX_AUTHORS,
    XLSX_REFUSED,
)
from tests.hostile import LAUGHS, parts_of
from tests.sheets import order

XLSX_FILES = {name: hidden_data.xlsx(change) for name, change in (XLSX | XLSX_AUTHORS).items()}
XLSX_FILES |= {name: change(hidden_data.workbook()) for name, change in CONTAINER.items()}
ODS_FILES = {name: hidden_data.ods(change) for name, change in (ODS | ODS_AUTHORS).items()}
PLAIN_ODS = hidden_data.ods(lambda _: None)
ODS_FILES |= {name: change(PLAIN_ODS) for name, change in CONTAINER.items()}
FILES = [(".xlsx", name, content) for name, content in XLSX_FILES.items()]
FILES += [(".ods", name, content) for name, content in ODS_FILES.items()]
ERRORS = {"macros", "images", "embedded_files", "unlisted_parts", "stray_bytes"}


def read_and_copied(folder: Path, content: bytes, suffix: str) -> tuple[FileContents, bytes]:
    path, copy = folder / f"fi{suffix}", folder / "copy"
    path.write_bytes(content)
    file = SubmittedFile(path, path.name)
    contents = read_file(file)
    write_copy(file, contents, copy)
    return contents, copy.read_bytes()


def texts_of(contents: FileContents) -> str:
    """All texts as the rules search them."""
    left_out = [text.text for text in contents.left_out]
    return "\n".join(map(normalise_text, [*left_out, *kept_texts_of(contents).splitlines()]))


def kept_texts_of(contents: FileContents) -> str:
    texts = [*(text.text for text in contents.texts), *(text for _, text in contents.stamp)]
    return "\n".join([*texts, cells_of(contents)])


def cells_of(contents: FileContents) -> str:
    rows = [row for sheet in contents.sheets for row in sheet.rows]
    return "\n".join(str(cell) for row in rows for cell in row)


@pytest.mark.parametrize(
    ("suffix", "name", "content"), FILES, ids=[f"{s} {n}" for s, n, _ in FILES]
)
def test_a_person_is_found_or_left_out(
    tmp_path: Path, suffix: str, name: str, content: bytes
) -> None:
    contents, copy = read_and_copied(tmp_path, content, suffix)
    kept = copy + b"".join(parts_of(copy).values())
    stored = reader_answers.without_left_out(reader_answers.encode_contents(contents).encode())
    authors = XLSX_AUTHORS if suffix == ".xlsx" else ODS_AUTHORS

    if name not in authors:
        is_refused = ERRORS & {*contents.remarks}
        is_found = "irtanen" in texts_of(contents) or "123 4567" in texts_of(contents)
        assert is_found or (is_refused and name in OPAQUE)
    if not any(trace in kept_texts_of(contents) for trace in ("irtanen", "123 4567")):  # searched
        assert not [trace for trace in TRACES if trace in kept + stored]


@pytest.mark.parametrize("name", XLSX_REFUSED)
def test_a_refusal_does_not_quote_the_person(tmp_path: Path, name: str) -> None:
    content = hidden_data.xlsx(XLSX_REFUSED[name])

    with pytest.raises(UnreadableError) as refusal:
        read_and_copied(tmp_path, content, ".xlsx")

    assert "irtanen" not in str(refusal.value).lower()


@pytest.mark.parametrize("name", XLSX_AMBIGUOUS)
def test_a_workbook_that_two_readers_read_differently_is_refused(tmp_path: Path, name: str) -> None:
    path, copy = tmp_path / "fi.xlsx", tmp_path / "copy"
    path.write_bytes(hidden_data.xlsx(XLSX_AMBIGUOUS[name]))

    with pytest.raises(UnreadableError, match="read in two ways"):
        read_and_copy(path, path.name, copy)

    assert not copy.exists()


@pytest.mark.parametrize("name", [*CONTAINER, "unlisted sheet", "unlisted member", *sorted(OPAQUE)])
def test_what_no_program_shows_is_an_error(tmp_path: Path, name: str) -> None:
    contents, _ = read_and_copied(tmp_path, XLSX_FILES[name], ".xlsx")

    assert ERRORS & {*contents.remarks}


@pytest.mark.parametrize(
    ("suffix", "content"), [(".xlsx", hidden_data.workbook()), (".ods", PLAIN_ODS)]
)
def test_a_plain_workbook_has_nothing_to_leave_out(
    tmp_path: Path, suffix: str, content: bytes
) -> None:
    assert read_and_copied(tmp_path, content, suffix)[0].remarks == []


def many_cells() -> bytes:
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet('Ένα & "δύο"')
        per_cent = book.add_format({"num_format": '0.0"" %', "bg_color": "#FFEE00"})
        day = book.add_format({"num_format": 'd. mmmm"ta" yyyy'})
        sheet.write_row(0, 0, ["a <b> & c", "  two  spaces ", "line\nbreak", "Ääkköset", True])
        sheet.write_row(1, 0, [1, -2.5, 1e300, 0.1 + 0.2])
        sheet.write(2, 0, 0.125, per_cent)
        sheet.write_datetime(3, 0, datetime(2024, 3, 1, 12, 30), day)  # noqa: DTZ001 - as in a cell
        sheet.write_formula(4, 0, "=1+1", None, 2)
        sheet.write_formula(4, 1, '="x"', None, "x")
        sheet.write_formula(4, 2, "=1/0", None, "#DIV/0!")
        sheet.write_rich_string(5, 0, "plain ", book.add_format({"bold": True}), "bold", " end")
        sheet.merge_range(6, 0, 7, 2, "merged")
        sheet.write_comment("A1", "a comment")
        sheet.write_blank(9, 9, None, per_cent)
        book.add_worksheet("hidden").hide()
    return stream.getvalue()


def written_by_openpyxl() -> bytes:
    book = openpyxl.load_workbook(BytesIO(many_cells()))
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def unusual_rows() -> bytes:
    rows = (
        b'<row><c><v>1</v></c><c t="inlineStr"><is><r><t>a</t></r><r><t> b</t></r></is></c></row>'
        b'<row r="4"><c s="0" r="B4" t="e" cm="1"><v>#N/A</v></c><c><f>A1+1</f></c></row>'
    )
    parts = parts_of(hidden_data.workbook())
    sheet = parts[hidden_data.SHEET]
    begin, end = sheet.index(b"<sheetData>") + 11, sheet.index(b"</sheetData>")
    parts[hidden_data.SHEET] = sheet[:begin] + rows + sheet[end:]
    return hidden_data.zip_of(parts)


def open_document() -> bytes:
    row = (
        '<table:table-row table:number-rows-repeated="3"><table:table-cell/><table:table-cell '
        'office:value-type="percentage" office:value="0.12345"/><table:table-cell '
        'office:value-type="date" office:date-value="2024-03-01T12:00:00"/><table:table-cell '
        'office:value-type="boolean" office:boolean-value="true"/><table:table-cell '
        'table:number-columns-repeated="2" office:value-type="string"><text:p>a<text:s '
        'text:c="3"/>b</text:p><text:p>c</text:p></table:table-cell><table:table-cell '
        'table:formula="of:=[.A1]+1"/><table:table-cell office:value-type="string">'
        "<text:p>#N/A</text:p></table:table-cell></table:table-row>"
    )
    merged = (
        '<table:table-row><table:table-cell office:value-type="string" '
        'table:number-rows-spanned="2" table:number-columns-spanned="3"><text:p>merged</text:p>'
        '</table:table-cell><table:covered-table-cell table:number-columns-repeated="2"/>'
        '<table:table-cell table:number-columns-spanned="2"/></table:table-row>'
    )
    rows = f"{row}{merged}<table:table-row>"
    change = hidden_data.instead("content.xml", "<table:table-row>", rows)
    return hidden_data.ods(change)


def written_template(language: str) -> bytes:
    return templates()["follow_up"].write(order(language))


def never_calculated(*, is_plain: bool) -> bytes:
    """A library wrote 0 as the result of each formula, for a program to calculate them."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, ["a", 0, 0.5])
        sheet.write_formula("A2", "=B1+C1")
        sheet.write_formula("B2", '=HYPERLINK("http://example.org","b")')
    if is_plain:
        return stream.getvalue()
    parts = parts_of(stream.getvalue())
    hidden_data.instead(hidden_data.SHEET, "<v>0</v>", "<!-- unusual --><v>0</v>")(parts)
    return hidden_data.zip_of(parts)


def raised_parts(*, is_shared: bool) -> bytes:
    """A year with a raised number of a note, as offices write it."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet, raised = book.add_worksheet("Data"), book.add_format({"font_script": 1})
        sheet.write_rich_string("A1", "2020", raised, "1", book.add_format({"bold": True}))
    if is_shared:
        return stream.getvalue()
    parts = parts_of(stream.getvalue())
    runs = parts["xl/sharedStrings.xml"].partition(b"<si>")[2].partition(b"</si>")[0].decode()
    cell = f'<c r="B1" t="inlineStr"><is>{runs}</is></c></row>'
    hidden_data.instead(hidden_data.SHEET, "</row>", cell)(parts)
    return hidden_data.zip_of(parts)


def general_in_capitals() -> bytes:
    """As LibreOffice wrote the format of every number."""
    parts = parts_of(hidden_data.workbook())
    formats = '<numFmts count="1"><numFmt numFmtId="164" formatCode="GENERAL"/></numFmts><fonts'
    hidden_data.styled("<fonts", formats)(parts)
    hidden_data.styled('<xf numFmtId="0"', '<xf numFmtId="164"')(parts)
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(b'numFmtId="0"', b'numFmtId="164"')
    return hidden_data.zip_of(parts)


WORKBOOKS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "many kinds of cells": (".xlsx", many_cells),
    "openpyxl": (".xlsx", written_by_openpyxl),
    "unusual XML": (".xlsx", unusual_rows),
    "formulas never calculated": (".xlsx", partial(never_calculated, is_plain=True)),
    "the same in unusual XML": (".xlsx", partial(never_calculated, is_plain=False)),
    "raised part of a number": (".xlsx", partial(raised_parts, is_shared=True)),
    "the same in its cell": (".xlsx", partial(raised_parts, is_shared=False)),
    "format General in capitals": (".xlsx", general_in_capitals),
    "OpenDocument": (".ods", open_document),
    "text": (".csv", 'a;b\r\n"c\nd";Ä\n'.encode),
    "text in UTF-16": (".csv", lambda: "a;b\nΑ;1\n".encode("utf-16")),
    "text in Windows 1252": (".csv", lambda: "maa;määrä\nFI;1\n".encode("cp1252")),
    **{
        f"template in {language}": (".xlsx", partial(written_template, language))
        for language in languages()
    },
}


@pytest.mark.parametrize("name", WORKBOOKS)
def test_the_copy_reads_to_the_same_cells_and_is_its_own_copy(tmp_path: Path, name: str) -> None:
    suffix, write = WORKBOOKS[name]
    contents, copy = read_and_copied(tmp_path, write(), suffix)
    again, second = read_and_copied(tmp_path, copy, suffix)

    assert reader_answers.cells_of(
        reader_answers.encode_contents(again)
    ) == reader_answers.cells_of(reader_answers.encode_contents(contents))
    assert again.stamp == contents.stamp
    assert [text for text in again.texts if text.kind == "comment"] == [
        text for text in contents.texts if text.kind == "comment"
    ]
    assert second == copy


@pytest.mark.parametrize("is_plain", [True, False])
def test_a_formula_that_was_never_calculated_is_kept_as_one(tmp_path: Path, is_plain: bool) -> None:
    contents, copy = read_and_copied(tmp_path, never_calculated(is_plain=is_plain), ".xlsx")

    assert contents.sheets[0].rows[1][:2] == [{"formula": "=B1+C1"}, {"formula": "=…"}]
    assert b"B1+C1" in parts_of(copy)[hidden_data.SHEET]


def test_a_copy_opens_with_its_layout_in_another_program(tmp_path: Path) -> None:
    _, copy = read_and_copied(tmp_path, templates()["follow_up"].write(order()), ".xlsx")
    sent = openpyxl.load_workbook(BytesIO(templates()["follow_up"].write(order())))
    book = openpyxl.load_workbook(BytesIO(copy))

    assert book.sheetnames == sent.sheetnames
    for page, other in zip(book.worksheets, sent.worksheets, strict=True):
        assert page.freeze_panes == other.freeze_panes
        assert page.merged_cells.ranges == other.merged_cells.ranges
        assert page.protection.sheet == other.protection.sheet
        assert page.sheet_state == other.sheet_state
        widths = {letter: column.width for letter, column in page.column_dimensions.items()}
        sent_widths = {letter: col.width for letter, col in other.column_dimensions.items()}
        assert widths == pytest.approx(sent_widths, abs=0.005)
        assert page["A1"].font.b == other["A1"].font.b
        lists = {str(own.sqref) for own in page.data_validations.dataValidation}
        assert lists <= {str(own.sqref) for own in other.data_validations.dataValidation}
    assert any(page.data_validations.dataValidation for page in book.worksheets)


@pytest.mark.parametrize(
    ("code", "plain"),
    [
        ('0" Anna Virtanen"', "0"),
        (r"0\ \A\v\i", r"0\ "),
        ("[$Anna-40B]d.m.yyyy", "d.m.yyyy"),
        ('[Red]0.0%;"none"', "0.0%;"),
        ("[h]:mm", "[h]:mm"),
        ('"only a text"', '"<"'),
        ("# ##0", "# ##0"),
    ],
)
def test_a_number_format_keeps_no_text(code: str, plain: str) -> None:
    assert plain_format(code) == plain


# Digits of a telephone number, in the places of numbers.
DIGITS = "0.358401234567"
NUMBERS_OF_LAYOUT = {
    "width": hidden_data.before(
        hidden_data.SHEET, "<sheetData>", f'<cols><col min="1" max="1" width="{DIGITS}"/></cols>'
    ),
    "height": hidden_data.instead(hidden_data.SHEET, '<row r="1"', f'<row r="1" ht="{DIGITS}"'),
    "zoom": hidden_data.instead(
        hidden_data.SHEET, 'workbookViewId="0"', f'workbookViewId="0" zoomScale="{DIGITS}"'
    ),
    "shade": hidden_data.styled('theme="1"', f'theme="1" tint="{DIGITS}"'),
    "limit": hidden_data.validation(f"<formula1>{DIGITS}</formula1>"),
    "merged cells": hidden_data.after_cells('<mergeCells><mergeCell ref="A4:A1234567"/></mergeCells>'),
    "filter": hidden_data.after_cells('<autoFilter ref="A1234567"/>'),
    "parts of a formula": hidden_data.typed_cell("n", "<f>358&amp;40&amp;1234567</f>"),
    "numbers of a formula": hidden_data.typed_cell("n", "<f>SUM(358,40,123,4567)</f>"),
    "day in a formula": hidden_data.typed_cell("n", "<f>DATE(1990,1,1)</f>"),
    "stamp": hidden_data.custom("empact_language", "358401234567"),
}  # fmt: skip


@pytest.mark.parametrize("name", NUMBERS_OF_LAYOUT)
def test_numbers_of_the_layout_have_few_digits(tmp_path: Path, name: str) -> None:
    content = hidden_data.xlsx(NUMBERS_OF_LAYOUT[name])
    _, copy = read_and_copied(tmp_path, content, ".xlsx")
    kept = b"".join(parts_of(copy).values())

    assert not [digits for digits in (b"1234567", b"123,4567", b"1990,1,1") if digits in kept]


def test_the_keys_of_the_stamp_are_those_of_the_templates() -> None:
    assert {*STAMPED} == STAMP_KEYS


# As Excel writes them: a structure of Windows with the name of a printer in two bytes a letter.
PRINTER = "Office-Printer 2\0".encode("utf-16-le")
PRINTER_SETTINGS = PRINTER.ljust(64, b"\0") + bytes(range(256)) * 3 + b"\xff\xfe<\0a\0"


@pytest.mark.parametrize("settings", [PRINTER_SETTINGS, b"\xff" * 900])
def test_settings_of_printers_are_binary_and_are_left_out(tmp_path: Path, settings: bytes) -> None:
    change = hidden_data.linked(
        "xl/printerSettings/printerSettings1.bin",
        settings,
        "printerSettings",
        hidden_data.SHEET_LINKS,
    )
    contents, copy = read_and_copied(tmp_path, hidden_data.xlsx(change), ".xlsx")

    assert contents.remarks == ["printer_settings"]
    assert cells_of(contents) == cells_of(
        read_and_copied(tmp_path, hidden_data.workbook(), ".xlsx")[0]
    )
    assert not [name for name in parts_of(copy) if "printer" in name.lower()]
    assert settings not in copy


@pytest.mark.parametrize("name", ["xl/printerSettings/printerSettings1.bin", "xl/other1.bin"])
def test_markup_in_a_binary_part_is_no_way_around_the_refusal_of_entities(
    tmp_path: Path, name: str
) -> None:
    change = hidden_data.linked(name, LAUGHS, "printerSettings", hidden_data.SHEET_LINKS)

    with pytest.raises(UnreadableError, match="declares a document type"):
        read_and_copied(tmp_path, hidden_data.xlsx(change), ".xlsx")
