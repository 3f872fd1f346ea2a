"""A number beside an empty figure is asked about, wherever it is in its row."""

import pytest

from tests.intake.accounting import account_for, handled
from tests.sheets import odd, read

HEADINGS = (
    "Series|Indicator|Breakdown|Unit|Value 2024|Observation status|Confidentiality|Date|"
    "Public reference|Remark|Own column"
)
OTHER_ROW = "\nTRAININGS_HELD||||7||||||"


def row_with(column: int, cell: str) -> str:
    cells = ["ICSE_VICTIMS", "Victims identified", "total", "persons", *[""] * 7]
    cells[column] = cell
    return f"{HEADINGS}\n{'|'.join(cells)}{OTHER_ROW}"


@pytest.mark.parametrize("column", [0, 1, 2, 3, 5, 6, 7, 8, 9, 10])
@pytest.mark.parametrize("typed", ["8", "'1 234", "'<5"])
def test_a_number_in_any_other_column_is_asked_about(column: int, typed: str) -> None:
    letter = "ABCDEFGHIJK"[column]

    reading = read(row_with(column, typed))

    text = typed.removeprefix("'")
    assert ("figure_in_other_column", f"{letter}2", text, "E2") in odd(
        reading, "cell", "typed", "expected"
    )


@pytest.mark.parametrize(
    ("column", "cell"),
    [(8, "2019"), (8, "Act 12/2019"), (9, "12 girls"), (7, "2024-03-01"), (5, "Q"), (10, "done")],
)
def test_what_is_no_figure_is_not_asked_about(column: int, cell: str) -> None:
    rules = {rule for (rule,) in odd(read(row_with(column, cell)))}

    assert "figure_in_other_column" not in rules


def test_numbers_beside_all_figures_are_those_of_the_sender() -> None:
    reading = read("No.|Indicator|Value\n1|ICSE_VICTIMS|\n2|TRAININGS_HELD|7")

    assert "figure_in_other_column" not in {rule for (rule,) in odd(reading)}


def test_a_step_in_the_column_of_statuses_is_asked_about() -> None:
    reading = read("Series|Value|Status\nHOTLINE_SUPPORT||in place\nTRAININGS_HELD|7|")

    assert ("figure_in_other_column", "C2", "in place", "B2") in odd(
        reading, "cell", "typed", "expected"
    )


def test_its_cell_gets_no_advice_for_codes() -> None:
    cells = handled(account_for(row_with(2, "8")))

    assert cells["C2"] == "asked: figure_in_other_column"
