"""What a merged cell says holds for the rows that it covers, and for no other row."""

import sys
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.core.cells import cell_address
from metrics.intake.reading.merged_cells import clear_covered_cells
from metrics.intake.workbook import MergedCells, Sheet
from tests.sheets import figures, odd, read, sheet


def merged(text: str, *blocks: tuple[int, int, int, int]) -> Sheet:
    return replace(sheet(text), merged=tuple(MergedCells(*block) for block in blocks))


def test_merged_cells_stand_for_the_rows_that_they_cover() -> None:
    table = """
        Indicator    | Period | Sex | Value
        ICSE_VICTIMS | 2024   | F   | 1
                     |        | M   | 2
        VIDTF_EXPERTS| 2024   |     | 3
    """
    reading = read(merged(table, (1, 0, 2, 0), (1, 1, 2, 1)))

    assert figures(reading, "indicator", "sex", "period", "key_cell") == [
        ("ICSE_VICTIMS", "F", "2024", "A2"),
        ("ICSE_VICTIMS", "M", "2024", "A2"),
        ("VIDTF_EXPERTS", "_T", "2024", "A4"),
    ]


@pytest.mark.parametrize(
    ("column", "typed", "read_as"),
    [
        ("Sex", "F", {"sex": "F"}),
        ("Confidentiality status", "N", {"confidentiality_status": "N"}),
        ("Observation status", "E", {"observation_status": "E"}),
        ("Remark", "from two units", {"remark": "from two units"}),
        ("Area", "FI", {"area": "FI"}),
    ],
)
def test_what_a_merged_cell_says_holds_for_every_row_that_it_covers(
    column: str, typed: str, read_as: dict[str, str]
) -> None:
    table = f"""
        Indicator    | Age    | {column} | Value
        ICSE_VICTIMS | Y4T8   | {typed}  | 1
        ICSE_VICTIMS | Y9T12  |          | 2
        ICSE_VICTIMS | Y13T15 |          | 3
        VIDTF_EXPERTS|        |          | 4
    """
    reading = read(merged(table, (1, 2, 3, 2)))

    ((name, expected),) = read_as.items()
    assert [*reading.observations[name]][:3] == [expected] * 3
    assert [*reading.observations[name]][3] != expected or name == "area"
    assert odd(reading) == []


def test_no_empty_cell_takes_the_text_above_it_without_a_merge() -> None:
    reading = read(
        "Indicator|Area|Value\nICSE_VICTIMS|SE|1\nICSE_VICTIMS|FI|2\nICSE_VICTIMS||9000",
        asked={"collection": "published-figures", "round": "2024"},
    )

    assert ("area_missing", "B4") in odd(reading, "cell")
    assert figures(reading, "area", "value")[2] == ("", 9000.0)


def test_a_status_beside_one_row_says_nothing_of_the_next() -> None:
    reading = read("Indicator|Confidentiality status|Value\nICSE_VICTIMS|N|1\nVIDTF_EXPERTS||2")

    assert figures(reading, "confidentiality_status") == [("N",), ("F",)]


@pytest.mark.parametrize(("hidden", "named"), [("99", "99"), ("'x', ''", "")])
def test_what_lies_under_a_merged_cell_is_not_read(hidden: str, named: str) -> None:
    reading = read(merged(f"Series|Value\nICSE_VICTIMS|12\nVIDTF_EXPERTS|{hidden}", (1, 1, 2, 1)))

    assert figures(reading, "typed") == [("12",), ("",)]
    assert ("covered_cell_not_read", "B3", named) in odd(reading, "cell", "understood")


def test_a_value_for_several_rows_is_asked() -> None:
    reading = read(merged("Series|Value\nICSE_VICTIMS|12\nVIDTF_EXPERTS|", (1, 1, 2, 1)))

    assert odd(reading, "cell", "typed") == [("value_cells_merged", "B2", "12")]


@pytest.mark.parametrize(
    ("table", "block"),
    [
        ("Series|Value 2023|Value 2024\nICSE_VICTIMS|12|", (1, 1, 1, 2)),
        ("Series|Value|Status|Confidentiality status\nICSE_VICTIMS|12|N|", (1, 2, 1, 3)),
        ("Series|Value|Remark\nICSE_VICTIMS|12|", (1, 1, 1, 2)),
    ],
)
def test_a_value_or_status_for_several_columns_is_asked(
    table: str, block: tuple[int, int, int, int]
) -> None:
    _, left, _, _ = block
    cell = "ABCD"[left] + "2"

    assert ("value_cells_merged", cell) in odd(read(merged(table, block)), "cell")


def test_a_remark_over_several_columns_is_no_question() -> None:
    table = "Series|Value|Remark|Source\nICSE_VICTIMS|12|as counted|"

    assert odd(read(merged(table, (1, 2, 1, 3)))) == []


def test_a_title_over_whole_rows_is_no_value() -> None:
    reading = read(merged("Series|Value\nOther figures|\n|\nICSE_VICTIMS|1", (1, 0, 2, 1)))

    assert "value_cells_merged" not in [rule for (rule,) in odd(reading)]


def test_an_action_takes_nothing_from_the_one_above_without_a_merge() -> None:
    table = "Description|Status|Goal\nWe did|undertaken|GA-1.1\nWe did more||"

    assert odd(read(table)) == []
    assert [*read(table).actions["status"]] == ["undertaken", ""]
    assert [*read(merged(table, (1, 1, 2, 1), (1, 2, 2, 2))).actions["goals"]] == ["GA-1.1"] * 2


def test_a_status_without_a_description_is_an_action_that_lacks_it() -> None:
    reading = read("""
        description | status             | policy target | goals
        Campaign    | already undertaken | GA-1          | GA-1.1
                    | already undertaken | GA-1          | GA-1.1
    """)

    assert [*reading.actions["description"]] == ["Campaign", ""]
    assert [*reading.actions["status"]] == ["undertaken", "undertaken"]


def covered_one_by_one(rows: int, columns: int, blocks: Sequence[MergedCells]) -> set[str]:
    return {
        cell_address(row, column)
        for block in blocks
        for row in range(block.top, min(block.bottom + 1, rows))
        for column in range(block.left, min(block.right + 1, columns))
        if (row, column) != (block.top, block.left)
    }


@given(
    st.integers(1, 6),
    st.integers(1, 6),
    st.lists(st.tuples(*[st.integers(0, 7)] * 4).map(lambda ends: MergedCells(
        min(ends[0], ends[2]), min(ends[1], ends[3]), max(ends[0], ends[2]), max(ends[1], ends[3])
    )), max_size=6),
)  # fmt: skip
def test_cells_under_overlapping_blocks_are_named_once(
    rows: int, columns: int, blocks: list[MergedCells]
) -> None:
    filled: list[list[object]] = [[1.0] * columns for _ in range(rows)]
    covered = clear_covered_cells(Sheet("Notes", filled, merged=tuple(blocks)))

    assert [issue.cell for issue in covered] == sorted(
        covered_one_by_one(rows, columns, blocks), key=lambda cell: (int(cell[1:]), cell[0])
    )
    assert sum(row.count(None) for row in filled) == len(covered)


def count_calls(blocks: int, rows: int) -> int:
    """The calls, of Python and of C, to clear what blocks over all rows cover."""
    sheet = Sheet("Notes", [[1.0, None] for _ in range(rows)],
                  merged=tuple(MergedCells(row % rows, 0, rows, 1) for row in range(blocks)))  # fmt: skip
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        clear_covered_cells(sheet)
    finally:
        sys.setprofile(None)
    return calls


def test_many_blocks_over_many_rows_take_no_more_steps_than_few() -> None:
    """Where each block goes through its rows, a hundred times as many take as many more steps."""
    few = count_calls(blocks=20, rows=100)

    assert count_calls(blocks=2_000, rows=100) < 2 * few


@pytest.mark.parametrize(("above", "read_values"), [("In thousands", []), ("Value", [14])])
def test_a_heading_that_is_merged_over_years_stands_above_each(
    above: str, read_values: list[int]
) -> None:
    table = f"Indicator|{above}|\n|2023|2024\nICSE_VICTIMS|10|14"

    reading = read(merged(table, (0, 1, 0, 2)))

    assert [*reading.observations["value"]] == read_values
    assert (odd(reading) == [("periods_passed_over",)]) is bool(read_values)
