"""A column of years beside one of quarters, half-years or months names the parts of the years."""

import pytest

from tests.sheets import figures, odd, read


@pytest.mark.parametrize(
    ("headings", "part", "period"),
    [
        ("Vuosi|Neljännes", "IV", "2024-Q4"), ("Year|Quarter", "4", "2024-Q4"),
        ("Year|Quarter", "Q4", "2024-Q4"), ("Έτος|Τρίμηνο", "4ο", "2024-Q4"),
        ("Rok|Półrocze", "II", "2024-S2"), ("Vuosi|Puolivuosi", "2.", "2024-S2"),
        ("Vuosi|Kuukausi", "12", "2024-12"), ("Jahr|Monat", "Dezember", "2024-12"),
        ("Year|Month", "2024-12", "2024-12"), ("Quarter|Year", "", "2024"),
    ],
)  # fmt: skip
def test_a_year_and_its_part_are_one_period(headings: str, part: str, period: str) -> None:
    cells = "|2024" if headings.startswith("Quarter") else f"2024|'{part}"
    reading = read(f"Indicator|{headings}|Value\nTRAININGS_HELD|{cells}|5")

    assert figures(reading, "period", "value") == [(period, 5.0)]
    assert "column_doubled" not in {rule for rule, *_ in odd(reading, "cell")}


def test_a_part_that_is_none_is_asked_about() -> None:
    reading = read("Indicator|Year|Quarter|Value\nTRAININGS_HELD|2024|'5|7")

    assert ("period_not_understood", "C2", "2024 5") in odd(reading, "cell", "typed")


def test_quarters_without_a_column_of_years_are_periods() -> None:
    reading = read("Indicator|Quarter|Value\nTRAININGS_HELD|Q3 2024|5")

    assert figures(reading, "period", "value") == [("2024-Q3", 5.0)]


@pytest.mark.parametrize("below", ["|Girls|Boys|Total", "|2024|Remark|Source"])
def test_a_second_row_of_headings_belongs_to_the_first(below: str) -> None:
    above = "2024" if "Girls" in below else "January–June"
    reading = read(f"Indicator|{above}||\n{below}\nICSE_VICTIMS|30|12|42")

    assert figures(reading, "value") == []
    assert {rule for rule, *_ in odd(reading, "cell")} & {"heading_not_of_values", "header_missing"}


def test_a_row_of_units_is_no_row_of_headings() -> None:
    reading = read("Indicator|2023|2024\n|kpl|kpl\nICSE_VICTIMS|30|12")

    assert figures(reading, "period", "value") == [("2024", 12.0)]
