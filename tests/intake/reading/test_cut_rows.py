"""A row that was cut in two loses nothing without a question."""

import pytest

from tests.sheets import odd, read

TABLE = "indicator|area|period|value|remark\nICSE_VICTIMS|FI|2024|1|\n"


@pytest.mark.parametrize("row", ["2024|14", "I|2024|14", "ICSE_VIC|F", "Total|FI|all"])
def test_an_unknown_series_beside_something_misplaced_is_asked_about(row: str) -> None:
    assert ("series_unknown", "A3", row.partition("|")[0]) in odd(
        read(TABLE + row), "cell", "typed"
    )


@pytest.mark.parametrize(
    "row", ["VIDTF_EXPERTS,12", "ICSE_VICTIMS[sex=F];FI;2024;13", "VIDTF_EXPERTS\t7"]
)
def test_a_row_with_another_separator_is_asked_about(row: str) -> None:
    assert ("series_unknown", "A3", row) in odd(read(TABLE + row), "cell", "typed")


@pytest.mark.parametrize("row", ["Reports", "Reports|Finland", "Reports|FI|2024"])
def test_a_title_of_rows_with_its_area_and_period_is_only_not_read(row: str) -> None:
    assert ("text_outside_table", "A3") in odd(read(TABLE + row), "cell")
