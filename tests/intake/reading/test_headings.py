"""What headings mean, where tables stand, what cells are called."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.intake.findings import format_ranges
from metrics.intake.reading.headings import (
    Heading,
    may_be_heading,
    parse_heading,
    parse_period,
    period_in_text,
    split_period,
)
from metrics.intake.reading.layout import find_layout, square_rows
from metrics.intake.reading.suggestions import MOST_SUGGESTIONS, Suggestions
from metrics.intake.workbook import Sheet

ROWS = st.lists(
    st.lists(st.one_of(st.none(), st.text(max_size=3), st.floats()), max_size=5), max_size=5
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Value", Heading("value")),
        ("Value 2024", Heading("value", "2024")),
        ("2024", Heading("value", "2024")),
        ("Year 2024", Heading("value", "2024")),
        ("2024-Q1", Heading("value", "2024-Q1")),
        ("Observation status:", Heading("observation_status")),
        ("Observation status 2024", Heading("observation_status", "2024")),
        ("Year", Heading("period")),
        ("Favourite colour", None),
        ("Favourite colour 2024", None),
        ("", None),
        ("Value " * 30, None),
    ],
)
def test_a_heading_says_which_column_and_of_which_period(text: str, found: Heading | None) -> None:
    assert parse_heading(text, "observations") == found


@pytest.mark.parametrize("text", ["2024", "Value 2024", "Year 2024"])
def test_actions_have_no_columns_of_periods(text: str) -> None:
    assert parse_heading(text, "actions") is None


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2024", "2024"), ("2024 Q1", "2024-Q1"), ("Q1/2024", "2024-Q1"), ("H2 2023", "2023-S2"),
        ("03/2024", "2024-03"), ("2024-03", "2024-03"), ("2023-01/P8M", "2023-01/P8M"),
        ("1824", ""), ("2024-2025", ""), ("12.2024", ""), ("12024", ""), ("2024/25", ""), ("Q5 2024", ""),
        ("Value 2024", ""), ("", ""), ("rok 2025", "2025"), ("Année 2024", "2024"), ("FY2025", ""),
    ],
)  # fmt: skip
def test_a_period_is_known_as_people_write_it(text: str, period: str) -> None:
    assert period_in_text(text) == period


@pytest.mark.parametrize(
    ("cell", "period"),
    [
        (date(2024, 3, 1), "2024-03"), (date(2024, 3, 2), ""), (date(2024, 1, 1), ""),
        (2024, "2024"), ("2024", "2024"), (3.5, ""),
    ],
)  # fmt: skip
def test_the_first_of_a_month_may_have_been_a_month(cell: object, period: str) -> None:
    assert parse_period(cell) == period


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("value 2024", ("2024", "value")), ("2024 value", ("2024", "value")),
        ("value (2024)", ("2024", "value")), ("value 2023 2024", ("", "value 2023 2024")),
        ("value", ("", "value")),
    ],
)  # fmt: skip
def test_one_period_is_taken_out_of_a_text(text: str, parts: tuple[str, str]) -> None:
    assert split_period(text) == parts


@given(st.text(max_size=200))
def test_whatever_is_a_heading_is_worth_asking_for(text: str) -> None:
    assert may_be_heading(text) or parse_heading(text, "observations") is None


@given(ROWS)
def test_squared_rows_are_of_one_length_and_show_no_blanks(rows: list[list[object]]) -> None:
    found = square_rows(rows)

    assert len({len(row) for row in found}) <= 1
    assert not [cell for row in found for cell in row if isinstance(cell, str) and not cell.strip()]


HEADER: list[object] = ["Series", "Value"]
ROW: list[object] = ["ICSE_VICTIMS", 3.0]


@pytest.mark.parametrize(
    ("rows", "places"),
    [
        ([HEADER, ROW], [(0, 1, 2)]),
        ([[None, None], HEADER, ROW, ROW], [(1, 2, 4)]),
        ([HEADER, ROW, HEADER, ROW], [(0, 1, 4)]),  # said again, as for print
        ([HEADER, ROW, ["Value", "Series"], ROW], [(0, 1, 2), (2, 3, 4)]),
        ([ROW, ROW], []),
        ([], []),
    ],
)
def test_a_table_reaches_from_its_header_to_the_next(
    rows: list[list[object]], places: list[tuple[int, int, int]]
) -> None:
    found = find_layout(Sheet("Figures", rows)).tables

    assert [(table.top, table.first, table.last) for table in found] == places


@pytest.mark.parametrize(
    ("header", "missing"), [(["Series", "Observation status", "Remark"], "value")]
)
def test_a_header_without_its_value_is_broken(header: list[object], missing: str) -> None:
    (broken,) = find_layout(Sheet("Figures", [header, [None] * len(header)])).broken

    assert broken.missing == missing


def test_tables_beside_one_another_are_parted_by_an_empty_column() -> None:
    rows = [[*HEADER, None, *HEADER], [*ROW, None, *ROW]]

    assert [len(table.columns) for table in find_layout(Sheet("Figures", rows)).tables] == [2, 2]


def test_hints_end_with_their_budget() -> None:
    hints, names = Suggestions(), {"finland": "FI"}
    found = [hints.nearest(f"finlan{at}", names) for at in range(MOST_SUGGESTIONS + 2)]

    assert found[:1] == ["FI"]
    assert found[MOST_SUGGESTIONS:] == ["", ""]


@pytest.mark.parametrize(
    ("cells", "written"),
    [
        ([], ""), (["F3"], "F3"), (["F3", "F4", "F5"], "F3:F5"), (["F3", "F5"], "F3, F5"),
        (["F3", "F4", "G5"], "F3:F4, G5"), (["F3", "F3"], "F3"), (["F9", "F10"], "F9:F10"),
    ],
)  # fmt: skip
def test_cells_are_written_as_people_write_them(cells: list[str], written: str) -> None:
    assert format_ranges(cells) == written


@pytest.mark.parametrize(
    "text",
    [
        "Antal (st)", "Anzahl (Personen)", "Nombre (unités)", "Liczba (szt.)", "Skaičius (vnt.)",
        "Numero", "Número", "Darab", "Quantidade", "Number of events", "Anzahl Personen",
        "Lukumäärä (kpl)", "Arvo (pv)", "Počet (ks)", "Αριθμός (τεμ.)", "Брой (бр.)",
    ],
)  # fmt: skip
def test_a_word_for_a_number_with_what_it_counts_is_a_heading_of_values(text: str) -> None:
    heading = parse_heading(text, "observations")

    assert heading is not None
    assert heading.role == "value"


@pytest.mark.parametrize("text", ["Value (%)", "Wert (Plan)", "No.", "Number of the row"])
def test_a_percentage_plan_or_number_of_a_row_is_no_heading_of_values(text: str) -> None:
    assert parse_heading(text, "observations") is None


class CountedRow(list[object]):
    """A row that counts how often a cell of any row is read."""

    reads = 0

    def __getitem__(self, index: Any) -> Any:
        CountedRow.reads += 1
        return super().__getitem__(index)


def test_a_header_in_every_row_is_read_in_linear_time() -> None:
    headers = ("Indicator", "No.", None), ("Indicator", None, "No.")
    rows: list[list[object]] = [CountedRow(headers[number % 2]) for number in range(400)]
    find_layout(Sheet("Figures", rows))

    assert CountedRow.reads < 10 * len(rows)
