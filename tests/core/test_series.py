"""How a series is written, and read again however it was typed."""

from time import process_time

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.catalogue.codelists import codelist
from metrics.core.series import (
    SeriesTextError,
    codes_of_rows,
    dimensions_of_rows,
    format_codes,
    format_dimensions,
    format_series,
    parse_codes,
    parse_dimensions,
    parse_series,
)
from metrics.core.tables import BREAKDOWNS, CASES, MEDIAN, NUMERATOR, STEP, TOTAL, VALUE

COMPONENTS = st.sampled_from([VALUE, NUMERATOR, CASES, MEDIAN, STEP])
CODES = st.fixed_dictionaries(
    {}, optional={by: st.sampled_from([*codelist(by), TOTAL]) for by in BREAKDOWNS}
)


@pytest.mark.parametrize(
    ("indicator", "component", "codes", "text"),
    [
        ("ICSE_VICTIMS", VALUE, {}, "ICSE_VICTIMS"),
        ("ICSE_VICTIMS", VALUE, {"sex": TOTAL}, "ICSE_VICTIMS"),
        ("ICSE_VICTIMS", VALUE, {"age": "Y9T12", "sex": "F"}, "ICSE_VICTIMS[sex=F;age=Y9T12]"),
        ("TAKEDOWN_TIME", CASES, {"band": "GT7D"}, "TAKEDOWN_TIME[component=cases;band=GT7D]"),
        ("ISPS_FILTERING", NUMERATOR, {}, "ISPS_FILTERING[component=numerator]"),
    ],
)
def test_a_series_has_one_spelling(
    indicator: str, component: str, codes: dict[str, str], text: str
) -> None:
    assert format_series(indicator, component, codes) == text


@pytest.mark.parametrize(
    "typed",
    [
        "ICSE_VICTIMS[sex=F;age=Y9T12]",
        "icse_victims[sex=F;age=Y9T12]",
        " ICSE_VICTIMS [ SEX = F , age=Y9T12; ] ",
    ],
)
def test_a_series_is_read_as_people_type_it(typed: str) -> None:
    assert parse_series(typed) == ("ICSE_VICTIMS", VALUE, {"sex": "F", "age": "Y9T12"})


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "is not a series"),
        ("ICSE VICTIMS", "is not a series; write CODE or CODE"),
        ("ICSE_VICTIMS[sex=F", "is not a series"),
        ("1CSE", "is not a series"),
        ("ICSE_VICTIMS[F]", "“F” is not of the form breakdown=code"),
        ("ICSE_VICTIMS[gender=F]", "there is no breakdown gender"),
        ("ICSE_VICTIMS[sex=F;sex=M]", "names a breakdown twice"),
        ("ICSE_VICTIMS[sex=F; SEX=F]", "names a breakdown twice"),
    ],
)
def test_what_is_no_series_is_refused(typed: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse_series(typed)


@given(COMPONENTS, CODES)
def test_what_is_written_is_read_back(component: str, codes: dict[str, str]) -> None:
    named = {by: code for by, code in codes.items() if code != TOTAL}

    assert parse_series(format_series("ICSE_VICTIMS", component, codes)) == (
        "ICSE_VICTIMS",
        component,
        named,
    )


@given(CODES)
def test_the_order_in_which_codes_are_named_does_not_matter(codes: dict[str, str]) -> None:
    backwards = dict(reversed(codes.items()))

    assert format_series("A", VALUE, codes) == format_series("A", VALUE, backwards)


@pytest.mark.parametrize(
    ("codes", "text"),
    [
        ({}, ""),
        ({"sex": TOTAL}, ""),
        ({"age": "Y9T12", "sex": "F"}, "sex=F;age=Y9T12"),
        ({"sex": "F", "indicator": "A", "period": "2024"}, "sex=F"),  # a whole row of a table
    ],
)
def test_the_codes_of_a_series_are_written_as_in_its_name(codes: dict[str, str], text: str) -> None:
    assert format_codes(codes) == text
    assert format_series("A", VALUE, codes) == (f"A[{text}]" if text else "A")


@given(CODES)
def test_codes_are_read_back(codes: dict[str, str]) -> None:
    assert parse_codes(format_codes(codes)) == {
        by: code for by, code in codes.items() if code != TOTAL
    }


def test_dimensions_are_written_in_the_order_of_the_tables() -> None:
    assert format_dimensions(["age", "sex"]) == "sex+age"


@pytest.mark.parametrize(
    ("text", "dimensions"),
    [("", ()), ("sex", ("sex",)), ("sex+age", ("sex", "age")), ("age+sex", ("age", "sex"))],
)
def test_dimensions_are_read_in_the_order_of_the_link(
    text: str, dimensions: tuple[str, ...]
) -> None:
    assert parse_dimensions(text) == dimensions


@given(st.lists(CODES, max_size=4))
def test_a_table_is_written_as_each_of_its_rows(drawn: list[dict[str, str]]) -> None:
    rows = [{**dict.fromkeys(BREAKDOWNS, TOTAL), **codes} for codes in drawn]
    table = pd.DataFrame(rows, columns=list(BREAKDOWNS))

    assert codes_of_rows(table) == [format_codes(row) for row in rows]
    assert dimensions_of_rows(table) == [
        format_dimensions(by for by, code in row.items() if code != TOTAL) for row in rows
    ]


def test_a_text_of_many_spaces_is_refused_at_once() -> None:
    began = process_time()
    with pytest.raises(SeriesTextError):
        parse_series(f"I{' ' * 100_000}CSE_VICTIMS")

    assert process_time() - began < 1
