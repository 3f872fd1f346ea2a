"""Text files with columns, as programs of all countries write them."""

from pathlib import Path

import pytest

from metrics.core.errors import UnreadableError
from metrics.intake.formats.__main__ import read_and_copy
from metrics.intake.formats.delimited_text import find_separator
from metrics.intake.formats.recognise import read_file
from metrics.intake.formats.shared.charset import decode_text
from metrics.intake.formats.submitted_file import SubmittedFile

TABLE = "area;period;value;remark\nFI;2024;1,5;estimated\nSE;2024;2,5;\n"


def rows_of(tmp_path: Path, content: bytes) -> list[list[object]]:
    path = tmp_path / "figures.csv"
    path.write_bytes(content)
    return read_file(SubmittedFile(path, path.name)).sheets[0].rows


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_found_in_the_content(separator: str, tmp_path: Path) -> None:
    text = "area;value\nFI;12\nSE;13\n".replace(";", separator)
    assert rows_of(tmp_path, text.encode()) == [["area", "value"], ["FI", "12"], ["SE", "13"]]


def test_a_decimal_comma_is_no_separator(tmp_path: Path) -> None:
    assert rows_of(tmp_path, TABLE.encode())[1] == ["FI", "2024", "1,5", "estimated"]


def test_semicolons_in_a_remark_do_not_outweigh_the_commas() -> None:
    assert find_separator('a,b,c\n1,2,"x;y"\n3,4,5\n') == ","


@pytest.mark.parametrize("first", [b"sep=;\n", b"SEP=;\r\n", b'"sep=;"\n'])
def test_excel_says_its_separator_in_the_first_line(first: bytes, tmp_path: Path) -> None:
    rows = rows_of(tmp_path, first + b"area;value\nFI;1,5\n")
    assert rows == [[None, None], ["area", "value"], ["FI", "1,5"]]


def test_an_empty_line_keeps_its_number(tmp_path: Path) -> None:
    assert rows_of(tmp_path, b"a;b\n\n1;2\n")[2] == ["1", "2"]


def test_a_line_break_within_a_cell_makes_no_new_row(tmp_path: Path) -> None:
    assert rows_of(tmp_path, b'a;b\n"two\nlines";2\n')[1] == ["two\nlines", "2"]


OPEN = (
    'a;b;c\nX;1;"first count\nY;2;\nZ;3;\n',  # never closed
    'a;b;c\nX;1;"first count”\nY;2;\nZ;3;\n',  # closed by another mark
    'a;b;c\nX;1;"first\nY;2;\nZ;3;"second"\n',  # closed by the mark of another cell
    'a;b;c\nX;1;"first\nY;2;\nZ;3;second"\n',
    'a;b;c\nX;1;"first" count\nY;2;\n',
)


@pytest.mark.parametrize("text", OPEN)
def test_a_quotation_mark_that_stays_open_loses_no_row(text: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="quotation mark in the row that begins on line 2"):
        rows_of(tmp_path, text.encode())


def test_a_remark_of_several_lines_is_one_cell(tmp_path: Path) -> None:
    remark = 'counted by two units;\nsee the ""annual"" report\n\nrevised'
    rows = rows_of(tmp_path, f'a;b;c\nX;1;"{remark}"\nY;2;\n'.encode())
    assert rows[1:] == [["X", "1", remark.replace('""', '"')], ["Y", "2", None]]


@pytest.mark.parametrize(
    "text",
    ["a,b,c\nX,1,2\nY,12,5,3\n", "Title,,\na,b,c\nX,12,5,3\n", "a,b\n1,2\n\nc,d\n12,5,3\n"],
)
def test_a_row_longer_than_its_headings_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(
        UnreadableError, match="cells may be shifted, for example by a decimal comma"
    ):
        rows_of(tmp_path, text.encode())


@pytest.mark.parametrize(
    "text", ["a,b\n1,2\n\nc,d,e\n1,2,3\n", "a,b,c\n1,2,3,,\n", "T\na,b\n1,2\n"]
)
def test_tables_of_several_widths_are_read(text: str, tmp_path: Path) -> None:
    assert rows_of(tmp_path, text.encode())


def test_the_line_of_a_damaged_letter_is_named(tmp_path: Path) -> None:
    greek = "δείκτης;τιμή\nθύματα;12\n".encode()
    with pytest.raises(UnreadableError, match=r"1 of its bytes, the first on line 3 \(0xe4\)"):
        rows_of(tmp_path, greek + b"m\xe4r;5\n")


def test_short_rows_are_filled_up_with_nothing(tmp_path: Path) -> None:
    assert rows_of(tmp_path, b"a;b;c\n1\n2;3;4\n")[1] == ["1", None, None]


def test_what_was_typed_is_left_as_it_is(tmp_path: Path) -> None:
    typed = "0012; 1\xa0234,5 ;12 %;NA;1e3;2024-03-01"
    rows = rows_of(tmp_path, f"a;b;c;d;e;f\n{typed}\n".encode())
    assert rows[1] == typed.split(";")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_unicode_is_read_in_all_its_forms(encoding: str, tmp_path: Path) -> None:
    rows = rows_of(tmp_path, TABLE.replace("estimated", "Ελλάδα").encode(encoding))
    assert rows[:2] == [["area", "period", "value", "remark"], ["FI", "2024", "1,5", "Ελλάδα"]]


def test_several_marks_of_the_byte_order_are_no_part_of_the_first_heading(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_bytes(f"\ufeff\ufeff{TABLE}".encode())

    assert '"area"' in read_and_copy(path, path.name, tmp_path / "copy.csv")


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("cp1252", "Málaga Übermittlung für Länder"),
        ("cp1252", "Déclaré à l’été, où ça"),
        ("cp1253", "Στοιχεία για την Ελλάδα"),
        ("iso-8859-7", "Στοιχεία για την ελλάδα"),
        ("cp1251", "Данни за България"),
        ("cp1250", "Źródło: ćwiczenie, żółć, łódź"),
        ("cp1250", "Zdroj: příliš žluťoučký kůň"),
        ("cp1257", "Avots: šķērsām, ģimene, ņemt vērā"),
    ],
)
def test_old_encodings_are_told_by_their_letters(encoding: str, words: str) -> None:
    text, found = decode_text(f"area;remark\nFI;{words}\n".encode(encoding))
    assert words in text, found


def test_a_guessed_encoding_is_said(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_bytes("area;remark\nES;Málaga\n".encode("cp1252"))
    assert read_file(SubmittedFile(path, path.name)).remarks == ["encoding_guessed"]


def test_thousands_by_a_no_break_space_are_the_same_in_every_encoding() -> None:
    assert decode_text(b"FI;1\xa0234,5\n")[0] == "FI;1\xa0234,5\n"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"just one line of words\n", "without columns"),
        (b"\xff\xfea", "damaged at byte"),
        (b"a;b\n" + bytes(100), "neither a workbook nor text"),
        (b'{"area": "FI", "value": 1}', "in JSON"),
        (b"<table><tr><td>1</td></tr></table>", "web page"),
        (b'a;b\n"' + b"x" * 2_000_000, "a cell of more than"),
    ],
)
def test_text_that_is_no_table_is_refused(content: bytes, words: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=words):
        rows_of(tmp_path, content)


@pytest.mark.parametrize(
    ("row", "lost"),
    [
        ("TRAININGS_HELD,FI,2025,5", True),
        ("TRAININGS_HELD\tFI\t2025\t5", True),
        ("Source: register, ministry, police, customs", False),
        ("a, b", False),
    ],
)
def test_a_row_with_another_separator_is_not_lost(row: str, lost: bool, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"indicator;area;period;value\nICSE_VICTIMS;FI;2025;12\n{row};;;\n{row}\n")

    if lost:
        with pytest.raises(UnreadableError, match="has another separator in row 3"):
            read_file(SubmittedFile(path, path.name))
    else:
        assert len(read_file(SubmittedFile(path, path.name)).sheets[0].rows) == 4


HEADINGS = "indicator;area;period;value;remark;reference"
FIRST, SECOND = "ICSE_VICTIMS;FI;2025;14;;", "ICSE_VICTIMS[sex=F];FI;2025;13;;"
SHORT_FIRST, SHORT_SECOND = "ICSE_VICTIMS;FI;2025;14;a", "ICSE_VICTIMS[sex=F];FI;2025;13;b"
JOINED = {
    "headings and first row": [HEADINGS + FIRST, SECOND],
    "damaged headings and first row": [HEADINGS[:-3] + "1.234,5CSE" + FIRST[12:], SECOND],
    "headings and first of short rows": [HEADINGS + SHORT_FIRST, SHORT_SECOND],
    "two rows": [HEADINGS, FIRST + SECOND],
    "two short rows": [HEADINGS + ";a;b;c;d", SHORT_FIRST + SHORT_SECOND],
    "two short rows, and a whole one": [HEADINGS + ";a;b;c;d", SHORT_FIRST + SHORT_SECOND, FIRST],
}
CUT = {
    "in the area": [HEADINGS, "ICSE_VICTIMS;F", "I;2025;14;;", SECOND],
    "in the period": [HEADINGS, SECOND, "ICSE_VICTIMS;FI;20", "25;14;;"],
    "in the value": [HEADINGS, SECOND, "ICSE_VICTIMS;FI;2025;1", "4;;", SECOND],
    "before the value": [HEADINGS, SECOND, "ICSE_VICTIMS;FI;2025;", "14;;", SECOND],
    "in two rows": [HEADINGS, "ICSE_VICTIMS;FI;2025;1", "4;;", "ICSE[sex=F];FI;2025;1", "3;;"],
    "in three parts": [HEADINGS, "ICSE_VICTIMS;F", "I;2025;1", "4;;", SECOND],
    "short, in the value": [HEADINGS, SHORT_SECOND[:-2], "ICSE_VICTIMS;FI;2025;1", "4"],
    "short, in the area": [HEADINGS, SHORT_SECOND, SHORT_SECOND, "ICSE_VICTIMS;F", "I;2025;14;a"],
}
LINE_ENDS = ("\n", "\r\n", "\r")


@pytest.mark.parametrize("line_end", LINE_ENDS)
@pytest.mark.parametrize("separator", [";", "\t", ","])
@pytest.mark.parametrize(
    ("lines", "refusal"),
    [
        *((lines, "the beginning of another row|decimal comma") for lines in JOINED.values()),
        *((lines, "the rest of the row above") for lines in CUT.values()),
    ],
    ids=[*JOINED, *CUT],
)
def test_a_row_that_is_joined_to_another_or_cut_is_not_lost(
    lines: list[str], refusal: str, separator: str, line_end: str, tmp_path: Path
) -> None:
    text = line_end.join(lines).replace(",", ".").replace(";", separator) + line_end
    with pytest.raises(UnreadableError, match=refusal):
        rows_of(tmp_path, text.encode())


@pytest.mark.parametrize("line_end", LINE_ENDS)
def test_a_single_line_end_of_another_kind_cuts_no_row(line_end: str, tmp_path: Path) -> None:
    text = f"{HEADINGS}\n{FIRST}\nICSE_VICTIMS[sex=M];FI;2025;1{line_end}2;;\n"
    with pytest.raises(UnreadableError, match=r"row 4 .* the rest of the row above"):
        rows_of(tmp_path, text.encode("utf-32"))


WHOLE = {
    "cells at the end left out": [HEADINGS, FIRST[:-2], SECOND[:-1], SHORT_FIRST],
    "blocks of sixteen rows in which Excel leaves out empty columns": [
        HEADINGS + ";status", *[FIRST + ";"] * 16, FIRST[:-2], SECOND[:-2]],
    "years without figures": ["indicator;area;2023;2024;2025;remark", "A;FI;1", "B;FI;2"],
    "notes below": [HEADINGS, FIRST, "Source: register", "Note: a; b; c", "2025"],
    "a remark that names a series": [HEADINGS, FIRST[:-1] + "part of ICSE_VICTIMS;x"],
    "breakdowns alike": ["sex;age;sex_2;age_2;value", "_T;Y0T17;_T;Y0T17;1", "_T;Y0T17;F;Y0T17;1"],
    "numbered rows": ["no;indicator;area;value", "1;A;FI;5", "2;B;FI;6", "3"],
    "labels above": ["Round;2025", "Area;FI", "", HEADINGS, FIRST],
}  # fmt: skip


@pytest.mark.parametrize("lines", WHOLE.values(), ids=WHOLE)
def test_short_and_long_rows_that_are_whole_are_read(lines: list[str], tmp_path: Path) -> None:
    assert len(rows_of(tmp_path, "\n".join(lines).encode())) == len(lines)
