"""More than was asked for is no error: periods other than the one asked for are skipped."""

from tests.sheets import figures, odd, read

ACROSS = """
    indicator      | 2022 | 2023 | 2024
    ICSE_VICTIMS   | 1    | 2    | 3
    TRAININGS_HELD | 4    | 5    |
"""


def test_earlier_years_across_are_passed_over_with_one_note() -> None:
    reading = read(ACROSS)

    assert figures(reading, "period", "cell", "typed") == [("2024", "D2", "3"), ("2024", "D3", "")]
    assert odd(reading, "cell", "typed", "detail") == [
        ("periods_passed_over", "B1", "2022, 2023", "4")
    ]
    assert [*reading.other_periods["cell"]] == ["B2", "C2", "B3", "C3"]


def test_an_earlier_year_in_a_row_of_its_own_is_passed_over() -> None:
    reading = read("""
        indicator    | period | value
        ICSE_VICTIMS | 2023   | 1
        ICSE_VICTIMS | 2024   | 2
    """)

    assert figures(reading, "period", "value") == [("2024", 2.0)]


def test_an_earlier_year_alone_is_not_passed_over() -> None:
    """Nobody would notice that the only figure of an indicator is not taken."""
    reading = read("""
        indicator      | period | value
        ICSE_VICTIMS   | 2024   | 1
        TRAININGS_HELD | 2023   | 2
    """)

    assert figures(reading, "period") == [("2024",), ("2023",)]


def test_a_later_year_of_another_round_is_passed_over_with_a_note() -> None:
    reading = read("indicator | 2024 | 2025\nICSE_VICTIMS | 1 | 2")

    assert figures(reading, "period") == [("2024",)]
    assert odd(reading, "cell", "typed") == [("periods_passed_over", "C1", "2025")]


def test_months_are_passed_over_beside_the_figure_of_the_year() -> None:
    reading = read("indicator | 2024-01 | 2024-02 | 2024\nICSE_VICTIMS | 1 | 2 | 9")

    assert figures(reading, "period", "value") == [("2024", 9.0)]


def test_months_are_kept_where_the_figure_of_the_year_is_left_empty() -> None:
    reading = read("indicator | 2024-01 | 2024-02 | 2024\nICSE_VICTIMS | 1 | 2 |")

    assert figures(reading, "period") == [("2024-01",), ("2024-02",), ("2024",)]


def test_an_earlier_year_is_not_wrong_beside_a_heading_that_is_not_read() -> None:
    reading = read("indicator | 2023 | 2024 (I–IX)\nICSE_VICTIMS | 1 | 2")

    assert figures(reading, "period") == []
    assert odd(reading, "cell") == [("column_in_doubt", "C1")]
