"""What passes between the reading process and ours, and the small laws of it."""

import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.core.cells import cell_address, column_letters, column_number
from metrics.core.errors import KeyedText, UnreadableError
from metrics.intake.formats.contents import FileContents, SheetContents
from metrics.intake.formats.reader_answers import (
    decode_answer,
    encode_contents,
    encode_refusal,
    format_duration,
)
from metrics.intake.formats.shared.percent import format_percent
from metrics.intake.formats.shared.stamp import constant_text, read_stamp, stamp_key
from metrics.intake.formats.xlsx.cells import parse_position
from metrics.intake.reading.numbers import decimal_marks
from metrics.intake.workbook import Percent

CELLS = {"error": str, "formula": str, "date": date.fromisoformat,
         "datetime": datetime.fromisoformat}  # fmt: skip


def sent(value: object) -> object:
    contents = FileContents([SheetContents("Data", [[value, "beside"]])], format="xlsx")
    answer = encode_contents(contents).encode()
    return decode_answer(answer, CELLS)["sheets"][0]["rows"][0][0]


@given(st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
       | st.dates() | st.datetimes())  # fmt: skip
def test_a_cell_arrives_as_it_was_sent(value: object) -> None:
    arrived = sent(value)
    assert (type(arrived), arrived) == (type(value), value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (time(12, 30), "12:30:00"),
        (timedelta(hours=36), "36:00:00"),
        (timedelta(minutes=-90), "-1:30:00"),
        (float("inf"), "Infinity"),
        ({"error": "#N/A"}, "#N/A"),
    ],
)
def test_what_is_no_figure_arrives_as_text(value: object, text: str) -> None:
    assert sent(value) == text


def test_a_duration_of_days_is_counted_in_hours() -> None:
    assert format_duration(timedelta(days=2, hours=1, seconds=1)) == "49:00:01"


def test_a_refusal_is_raised_on_our_side() -> None:
    with pytest.raises(UnreadableError, match="is empty"):
        decode_answer(encode_refusal(KeyedText("empty")).encode(), CELLS)


@pytest.mark.parametrize("refused", ["a sentence", None, {"key": "empty"}])
def test_a_refusal_without_a_key_is_no_answer(refused: object) -> None:
    with pytest.raises(UnreadableError, match="reading it was interrupted"):
        decode_answer(json.dumps({"refused": refused}).encode(), CELLS)


def test_half_an_answer_is_no_answer() -> None:
    with pytest.raises(UnreadableError, match="reading it was interrupted"):
        decode_answer(json.dumps({"format": "xlsx"}).encode()[:-1], CELLS)


@pytest.mark.parametrize(
    ("fraction", "text"),
    [
        (0.12, "12%"),
        (0.07, "7%"),
        (1.0, "100%"),
        (0.0, "0%"),
        (-0.5, "-50%"),
        (0.125, "12.5%"),
        (0.12345, "12.3450%"),
        (1e-7, "0.00001%"),
        (12345.0, "1234500%"),
    ],
)
def test_a_share_is_written_as_it_was_typed(fraction: float, text: str) -> None:
    assert format_percent(fraction) == text


@given(st.floats(-1e9, 1e9))
def test_a_share_in_per_cent_says_exactly_the_same_number(fraction: float) -> None:
    text = format_percent(fraction).removesuffix("%")
    assert float(Decimal(text).scaleb(-2)) == fraction
    assert len(text.partition(".")[2]) != 3


def test_the_point_of_a_share_says_nothing_of_how_the_submitter_writes() -> None:
    assert decimal_marks([Percent("12.5%"), "1,5"]) == ","


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("empact_area", "area"),
        ("empact.area", "area"),
        ("Empact area", "area"),
        ("EMPACT_AREA", "area"),
        ("area", ""),
        ("empact", ""),
    ],
)
def test_a_property_is_ours_by_its_name(name: str, key: str) -> None:
    assert stamp_key(name) == key


@pytest.mark.parametrize("written", ['"FI"', '="FI"', 'of:="FI"', " FI ", "=FI"])
def test_a_name_may_stand_for_a_text(written: str) -> None:
    assert constant_text(written) == "FI"


def test_the_stamp_on_the_hidden_sheet_is_read_where_nothing_else_says_it() -> None:
    page = SheetContents("empact", [["area", "FI"], ["round", 2024.0], [None, "x"]], visible=False)
    said = read_stamp([page], [("empact_area", '"SE"')], [])
    assert dict(said) == {"area": "SE", "round": "2024"}


def test_a_sheet_that_is_shown_is_no_stamp() -> None:
    assert read_stamp([SheetContents("empact", [["area", "FI"]])], [], []) == []


@given(st.integers(0, 1_048_575), st.integers(0, 16_383))
def test_an_address_leads_back_to_its_parse_position(row: int, column: int) -> None:
    assert parse_position(cell_address(row, column)) == (row, column)


@pytest.mark.parametrize(("letters", "number"), [("A", 1), ("Z", 26), ("AA", 27), ("XFD", 16_384)])
def test_columns_are_counted_as_excel_counts_them(letters: str, number: int) -> None:
    assert (column_number(letters), column_letters(number)) == (number, letters)


def test_rows_without_content_are_written_as_empty_ones() -> None:
    contents = FileContents([SheetContents("Data", [["a", 0.0], [None, None], [False, None]])])
    answer = encode_contents(contents)

    assert '"rows":[["a",0.0],[],[false,null]]' in answer
