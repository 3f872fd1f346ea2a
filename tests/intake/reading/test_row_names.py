"""What a row is called is compared with its key, and rows of the sender's own are left out."""

import pytest

from tests.intake.accounting import account_for, handled
from tests.sheets import figures, odd, read


@pytest.mark.parametrize(
    ("name", "is_asked"),
    [
        ("Suspects arrested", True),
        ("Victims of other crimes", True),
        ("ICSE_VICTIMS", False),
        ("", False),
    ],
)
def test_a_row_with_another_name_than_its_key_is_asked_about(name: str, is_asked: bool) -> None:
    reading = read(f"Series|Indicator|Value\nICSE_VICTIMS|{name}|1")

    issues = odd(reading, "cell", "typed", "expected")
    assert issues == ([("name_of_row_changed", "B2", name, "ICSE_VICTIMS")] if is_asked else [])
    assert figures(reading, "value") == [(1.0,)]


@pytest.mark.parametrize(
    ("key", "breakdown", "other"),
    [
        ("ICSE_VICTIMS[sex=F]", "total", "_T"),
        ("VICTIMS_ASSISTED[component=numerator]", "denominator", "denominator"),
        ("VICTIMS_ASSISTED[component=numerator;sex=F]", "denominator; Sex: girls", "denominator"),
    ],
)
def test_words_of_another_part_than_that_of_the_key_are_an_error(
    key: str, breakdown: str, other: str
) -> None:
    reading = read(f"Series|Breakdown|Value\n{key}|{breakdown}|1")

    assert odd(reading, "cell", "typed", "expected")[0] == ("series_contradicted", "A2", key, other)


@pytest.mark.parametrize(
    "row",
    [
        "Total|19|", "Grand total|19|", "Yhteensä|19|", "Σύνολο|19|", "Общо|19|", "Razem|19|",
        "Summe|19|", "Gesamtsumme|19|", "Suma|19|", "Łącznie|19|", "Total général|19|",
        "Prepared by: statistics unit||ok", "Signature|Unit 3|", "Утвърдил:|Дирекция|",
        "Date of signature|2025-02-12|",
    ],
)  # fmt: skip
def test_a_total_or_signature_below_the_table_is_left_out(row: str) -> None:
    table = f"Indicator|Value|Remark\nICSE_VICTIMS|12|\nTRAININGS_HELD|7|\n{row}"

    reading = read(table)

    assert odd(reading, "cell") == [("row_without_indicator", "A4")]
    assert figures(reading, "value") == [(12.0,), (7.0,)]


def test_the_cells_of_a_row_that_is_left_out_say_so() -> None:
    cells = handled(account_for("Indicator|Value\nICSE_VICTIMS|12\nTotal|12"))

    assert cells["B2"] == "read"
    assert {cells["A3"], cells["B3"]} == {"left_out: row_without_indicator"}


@pytest.mark.parametrize(
    "row",
    [
        "Police officers trained|19|",
        "ICSE_VICTIM_X|19|",
        "Arrests|n/a|",
        "Arrests||",
        "TRAININGS|5|",
    ],
)
def test_a_row_that_may_be_a_figure_of_an_indicator_stays_an_error(row: str) -> None:
    table = f"Indicator|Value|Status\nICSE_VICTIMS|12|\n{row.removesuffix('|')}|Q"

    assert odd(read(table)) == [("series_unknown",)]


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        ("||Total|19|", "C4"),  # its key is empty
        ("|||19|", "D4"),  # the sum of the figures above it
    ],
)
def test_a_total_without_a_key_is_left_out(row: str, cell: str) -> None:
    table = (
        "Period|Indicator|Breakdown|Value|Remark\n2024|ICSE_VICTIMS||12|\n2024|TRAININGS_HELD||7|\n"
    )

    assert odd(read(table + row), "cell") == [("row_without_indicator", cell)]


@pytest.mark.parametrize("row", ["|||20|", "|||19|extra"])
def test_another_number_without_a_key_is_an_error(row: str) -> None:
    table = (
        "Period|Indicator|Breakdown|Value|Remark\n2024|ICSE_VICTIMS||12|\n2024|TRAININGS_HELD||7|\n"
    )

    assert odd(read(table + row), "cell") == [("series_missing", "B4")]


def test_a_signature_with_a_day_in_the_column_of_periods_is_left_out() -> None:
    table = "Indicator|Period|Value\nICSE_VICTIMS|2024|12\nSignature|12.2.2025|"

    assert odd(read(table), "cell") == [("row_without_indicator", "A3")]


@pytest.mark.parametrize(
    ("names", "issues"),
    [
        (("Trainings held", "Trainings by civil society"), []),
        (
            ("Trainings by civil society", "Trainings held"),
            [("series_contradicted", "A2"), ("series_contradicted", "A3")],
        ),
    ],
)
def test_codes_of_indicators_beside_their_names_are_keys(
    names: tuple[str, str], issues: list[tuple[str, str]]
) -> None:
    reading = read(
        f"Code|Indicator|Value\nTRAININGS_HELD|{names[0]}|40\nNGO_TRAININGS|{names[1]}|5"
    )

    contradicted = [row for row in odd(reading, "cell") if row[0] == "series_contradicted"]
    assert contradicted == issues
    assert len(reading.observations) == (0 if issues else 2)
