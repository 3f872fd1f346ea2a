"""Text of any encoding; what a stamp is; a share as it is shown in per cent."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.core.cells import cell_address, column_letters, column_number
from metrics.core.errors import UnreadableError
from metrics.intake.formats import file_formats
from metrics.intake.formats.contents import SheetContents
from metrics.intake.formats.recognise import (
    read_file,
    recognise,
    refuse_markup,
    refuse_misleading_name,
)
from metrics.intake.formats.shared.charset import decode_text
from metrics.intake.formats.shared.percent import format_percent
from metrics.intake.formats.shared.stamp import (
    constant_text,
    is_concealed,
    read_stamp,
    stamp_key,
    stamp_of_sheets,
)
from metrics.intake.formats.submitted_file import SubmittedFile
from metrics.intake.formats.xlsx.cells import parse_position
from metrics.intake.formats.xlsx.parts import refuse_repeated_names

FORMATS = {file_format.name: file_format for file_format in file_formats()}


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "Österreich; Länder; Jahr"),
        ("cp1253", "Ελλάδα; δεδομένα; έτος"),
        ("cp1251", "България; брой; година"),
        ("cp1250", "Česko; počet; případů; žádné"),
        ("cp1257", "Latvija; bērnu; skaits"),
        ("cp1257", "Lietuva; aukų skaičius; iš viso"),
        ("cp1257", "tyrimų skaičius"),
        ("cp1252", "Miljø; børn; søgning; antal på øen"),
        ("cp1252", "França; ações; março; Français; façade"),
        ("cp1252", "Città; è; però; così; perché"),
        ("cp1257", "Latvija; ziņojumu skaits; bērnu; gadā; ģimeņu; ķermeņa"),
        ("utf-8", "Ελλάδα; България; Österreich"),
        ("utf-8-sig", "Ελλάδα; България"),
        ("utf-16", "Ελλάδα; България"),
        ("utf-16-le", "Area; Year; Value of the year"),
        ("utf-16-be", "Area; Year; Value of the year"),
        ("utf-32", "Ελλάδα; България"),
        ("ascii", "Area; Year; Value"),
    ],
)
def test_the_letters_of_europe_are_read_in_every_encoding(encoding: str, text: str) -> None:
    assert decode_text(text.encode(encoding))[0] == text


NAMES_BY_ENCODING = {
    "mac_roman": "Päivi Mäkinen", "cp850": "Päivi Mäkinen", "mac_greek": "Γεώργιος Παππάς",
    "koi8_r": "Анна Виртанен", "iso8859_2": "Łukasz Wiśniewski",
    "cp775": "Jānis Bērziņš", "mac_cyrillic": "Анна Виртанен",
}  # fmt: skip


@pytest.mark.parametrize("encoding", NAMES_BY_ENCODING)
def test_a_name_in_another_encoding_than_guessed_is_searched(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "fi.csv"
    path.write_bytes(
        f"series;period;remark\na;2024;{NAMES_BY_ENCODING[encoding]}\n".encode(encoding)
    )
    contents = read_file(SubmittedFile(path, path.name))

    assert contents.remarks == ["encoding_guessed"]
    assert NAMES_BY_ENCODING[encoding] in {text.text for text in contents.left_out}


def test_each_cell_is_searched_in_other_encodings_by_itself(tmp_path: Path) -> None:
    """Numbers of neighbouring cells would otherwise be the groups of a telephone number."""
    path = tmp_path / "it.csv"
    path.write_bytes("località;codice;codice\nLocalità;526;460120000005\n".encode("cp1252"))
    contents = read_file(SubmittedFile(path, path.name))

    assert contents.left_out
    assert not [text.text for text in contents.left_out if any(map(str.isdigit, text.text))]


@pytest.mark.parametrize("encoding", ["cp037", "cp500"])
def test_text_in_the_code_of_a_mainframe_is_refused(encoding: str) -> None:
    text = "series;period;value\nICSE_VICTIMS;2024;14\n"

    with pytest.raises(UnreadableError, match="neither a workbook nor text"):
        decode_text(text.encode(encoding))


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_utf_8_is_read_as_it_was_written(text: str) -> None:
    assert decode_text(b"\xef\xbb\xbf" + text.encode())[0] == text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a;b" + bytes(40), "byte 3 is zero"),
        (bytes(range(1, 9)) * 20 + b"\xff", "160 of its first characters cannot be shown"),
        (b"\xef\xbb\xbfa;\xff", "damaged at byte 2; save it again as UTF-8"),
    ],
)
def test_what_is_no_text_says_where(content: bytes, said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        decode_text(content)


@pytest.mark.parametrize(
    ("fraction", "text"),
    [
        (0.12, "12%"), (1.0, "100%"), (0.0, "0%"), (-0.05, "-5%"), (0.1234, "12.34%"),
        (0.12345, "12.3450%"), (1e-05, "0.0010%"), (12.0, "1200%"), (0.1 + 0.2, "30.000000000000004%"),
    ],
)  # fmt: skip
def test_a_share_is_the_text_that_was_typed(fraction: float, text: str) -> None:
    assert format_percent(fraction) == text


@given(st.floats(-100, 100))
def test_nothing_of_a_share_is_lost(fraction: float) -> None:
    assert float(format_percent(fraction).removesuffix("%")) == pytest.approx(100 * fraction)


@given(st.floats(-100, 100))
def test_no_share_looks_like_thousands(fraction: float) -> None:
    assert len(format_percent(fraction).removesuffix("%").partition(".")[2]) != 3


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("empact_area", "area"), ("empact.area", "area"), ("Empact area", "area"),
        ("EMPACT-Round", "round"), (" empact:area ", "area"), ("empactarea", "area"),
        ("empact", ""), ("area", ""), ("the empact_area", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_stamp_is_known_by_its_name(name: str, key: str) -> None:
    assert stamp_key(name) == key


@pytest.mark.parametrize(
    ("refers_to", "text"),
    [('="FI"', "FI"), ('of:="FI"', "FI"), ("FI", "FI"), ('="a ""b"""', 'a "b"'), ("", "")],
)
def test_a_name_that_stands_for_a_text(refers_to: str, text: str) -> None:
    assert constant_text(refers_to) == text


@pytest.mark.parametrize(
    ("sheet", "visible", "hidden"),
    [
        ("empact", False, False),
        ("Empact", False, False),
        ("Old", False, True),
        ("Old", True, False),
    ],
)
def test_only_our_own_sheet_may_be_hidden(sheet: str, visible: bool, hidden: bool) -> None:
    assert is_concealed(sheet, visible) is hidden


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["area", "FI"], [("area", "FI")]),
        (["empact_Area", "FI", "more"], [("area", "FI")]),
        (["round", 2024.0], [("round", "2024")]),
        (["round", None], [("round", "")]),
        (["area"], []),
        ([3.0, "FI"], []),
        ([None, "FI"], []),
    ],
)
def test_the_hidden_sheet_holds_pairs(row: list[object], said: list[tuple[str, str]]) -> None:
    assert list(stamp_of_sheets([SheetContents("empact", [row], visible=False)])) == said


@pytest.mark.parametrize(("name", "visible"), [("empact", True), ("Sheet1", False)])
def test_no_other_sheet_is_a_stamp(name: str, visible: bool) -> None:
    assert list(stamp_of_sheets([SheetContents(name, [["area", "FI"]], visible)])) == []


def test_of_three_stamps_the_properties_are_believed() -> None:
    sheet = SheetContents("empact", [["area", "A"], ["round", "1"]], visible=False)

    said = read_stamp([sheet], [("empact_area", '="B"')], [("empact_area", "C")])
    assert dict(said) == {"area": "C", "round": "1"}


@given(st.integers(1, 16_384))
def test_a_column_is_named_as_in_a_spreadsheet(number: int) -> None:
    assert column_number(column_letters(number)) == number


@given(st.integers(0, 1_048_575), st.integers(0, 16_383))
def test_an_address_is_read_as_it_is_written(row: int, column: int) -> None:
    assert parse_position(cell_address(row, column)) == (row, column)


@pytest.mark.parametrize("typed", ["", "A", "17", "A0", "1A", "A-1"])
def test_what_is_no_address_is_shown(typed: str) -> None:
    with pytest.raises(UnreadableError, match="is not the address of a cell"):
        parse_position(typed)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], "has no sheet"),
        (["A", "B", "A"], "its sheet 1 has the name of another"),
        (["B", "C", "C"], "its sheet 2 has"),
    ],
)
def test_sheets_have_names_of_their_own(names: list[str], said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        refuse_repeated_names(names)


@pytest.mark.parametrize(
    ("head", "what"),
    [
        (b"", "is empty"), (b"%PDF-1.7", "a PDF document"), (b"PAR1", "a Parquet file"),
        (b"\x89PNG\r\n", "a picture"), (b"SQLite format 3\0", "a database"), (b"MZ\x90", "a program"),
        (b"{\\rtf1", "a text document"), (b"\x1f\x8b\x08", "a compressed archive"),
    ],
)  # fmt: skip
def test_a_file_of_another_kind_is_called_by_its_name(
    head: bytes, what: str, tmp_path: Path
) -> None:
    path = tmp_path / "figures"
    path.write_bytes(head)

    with pytest.raises(UnreadableError, match=what):
        recognise(SubmittedFile(path, path.name))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("<!DOCTYPE html><p>", "a web page"), ("\ufeff <table>", "a web page"), ("<svg>", "a picture"),
        ('{"a": 1}', "in JSON"), ("[1, 2]", "in JSON"), ("<?xml version='1.0'?><a/>", "an XML file"),
    ],
)  # fmt: skip
def test_text_that_is_no_table_is_called_by_its_name(text: str, what: str) -> None:
    with pytest.raises(UnreadableError, match=what):
        refuse_markup(text)


@pytest.mark.parametrize(
    ("name", "found", "said"),
    [
        (
            "a.csv",
            "xlsx",
            "an Excel workbook .* not .csv .* rename it to .xlsx, or save it as .csv",
        ),
        ("a.XLSX", "ods", "an OpenDocument spreadsheet"),
        ("a.pdf", "csv", "rename it to .csv$"),
    ],
)
def test_a_name_that_says_something_else_is_not_passed_over(
    name: str, found: str, said: str
) -> None:
    with pytest.raises(UnreadableError, match=said):
        refuse_misleading_name(name, FORMATS[found])


@pytest.mark.parametrize(
    ("name", "found"), [("a.xlsx", "xlsm"), ("a.tsv", "csv"), ("a", "ods"), ("a.dat", "csv")]
)
def test_a_name_that_promises_nothing_else_is_kept(name: str, found: str) -> None:
    refuse_misleading_name(name, FORMATS[found])
