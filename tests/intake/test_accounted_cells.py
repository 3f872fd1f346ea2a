"""Nothing is unaccounted for: every filled cell is read, asked about, or left out and why."""

import pytest

from metrics.catalogue.loader import catalogue
from metrics.intake.accounted_cells import CELL_COLUMNS
from metrics.intake.reading.headings import vocabulary
from metrics.intake.rules import rules
from metrics.intake.stated_figures import Handling
from metrics.intake.workbook import MergedCells, NonValue, Sheet
from tests.intake.accounting import account_for, handled
from tests.sheets import drawn, order, sheet, written

LIST = """
    Title of the table |      |        |     |       |          |
    indicator          | area | period | sex | value | status   | Remark | Own notes
    ICSE_VICTIMS       | FI   | 2024   |     | 12    | P        | first  | mine
    ICSE_VICTIMS       | FI   | 2024   | F   | '7 b  |          |        |
    NO_SUCH_THING      | FI   | 2024   |     | 3     |          |        |
    Source: register   |      |        |     |       |          |        |
"""
# Why a cell is left out where no finding is needed; other reasons are names of rules.
LEFT_OUT_REASONS = (
    "our_sheet", "our_text", "last_period_printed", "row_not_filled_in", "heading_repeated",
    "column_repeated", "column_empty", "format_attribute",
)  # fmt: skip
CASES = {
    "a list": LIST,
    "two levels of headings": "indicator | Value |\n | 2023 | 2024\nICSE_VICTIMS | 1 | 2",
    "tables beside one another": """
        indicator    | Value 2024 | | indicator      | Value 2024
        ICSE_VICTIMS | 5          | | TRAININGS_HELD | 6
    """,
    "a header that is repeated": "indicator|Value 2024\nICSE_VICTIMS|1\nindicator|Value 2024",
    "a table without values": "indicator | area | period\nICSE_VICTIMS | FI | 2024",
    "no table": "Date | Course\n1 | Basics",
    "actions": """
        description | status             | policy target | goals
        Campaign    | already undertaken | GA-1          | GA-1.1
        Another     |                    |               |
                    | already undertaken | GA-1          | GA-1.1
    """,
    "a region": "indicator | region | Value 2024\nTRAININGS_HELD | North | 10",
    "months": "indicator | 2024-01 | 2024-02\nTRAININGS_HELD | 1 | 2",
    "only a remark": "indicator | Value 2024 | remark\nTRAININGS_HELD | 1 |\n | | see above",
    "only a status": "indicator | Value 2024 | status\nTRAININGS_HELD | | M",
    "two columns of areas": "indicator | area | area | Value 2024\nTRAININGS_HELD | FI | SE | 1",
    "two columns of remarks": "indicator|Value 2024|remark|note\nTRAININGS_HELD|1|a|b",
    "unfilled columns": "indicator | Value 2024 | remark | mine\nTRAININGS_HELD | 1 | |",
}


@pytest.mark.parametrize("case", CASES)
def test_every_filled_cell_is_there_once_and_has_a_reason_if_it_is_not_read(case: str) -> None:
    cells = account_for(CASES[case])

    filled = {
        (number, column)
        for number, row in enumerate(drawn(CASES[case]), 1)
        for column, cell in enumerate(row)
        if cell is not None
    }
    assert [*cells.columns] == [*CELL_COLUMNS]
    assert len(cells) == len(filled) == cells["cell"].nunique()
    assert (cells["reason"][cells["handling"] != Handling.READ] != "").all()
    reasons = {part for reason in cells["reason"] for part in reason.split(";")}
    assert reasons <= {"", *rules(), *LEFT_OUT_REASONS}


def test_a_list_cell_by_cell() -> None:
    cells = account_for(LIST)

    accounted = handled(cells)
    assert accounted["A1"] == "left_out: text_outside_table"
    assert {accounted[cell] for cell in ("A2", "G2", "A3", "B3", "C3", "E3", "F3", "G3")} == {
        "read"
    }
    assert accounted["H2"] == accounted["H3"] == "left_out: column_unknown"
    assert {accounted[cell] for cell in ("A5", "B5", "C5", "E5")} == {"asked: series_unknown"}
    assert accounted["A6"] == "left_out: text_outside_table"


def test_a_value_says_what_was_understood() -> None:
    cells = account_for(LIST).set_index("cell")

    names = ["role", "typed", "value", "series", "area", "period", "unit", "observation_status"]
    assert [*cells.loc["E3", names]] == [
        "value", "12", 12.0, "ICSE_VICTIMS", "FI", "2024", "PERSONS", "P",
    ]  # fmt: skip
    assert [*cells.loc["E4", names]][1:4] == ["7 b", 7.0, "ICSE_VICTIMS[sex=F]"]
    assert cells.loc["F3", "understood"] == "P"


def test_the_words_of_what_is_left_out_stay_in_the_file() -> None:
    cells = account_for("Anna's table | 12 |\nindicator | Value 2024\nICSE_VICTIMS | 1")

    assert [*cells["typed"][:2]] == ["", "12"]


def test_an_error_beside_a_value_is_about_the_whole_row() -> None:
    cells = account_for(CASES["a region"])

    assert handled(cells)["C2"] == "asked: part_of_area"


def test_a_column_of_another_kind_is_asked_about_as_a_whole() -> None:
    accounted = handled(account_for(CASES["two columns of areas"]))

    assert accounted["C1"] == accounted["C2"] == "asked: column_doubled"
    assert accounted["B2"] == "read"


def test_a_value_that_is_not_what_is_shown_is_asked_about() -> None:
    rows: list[list[object]] = [
        ["indicator", "Value 2024"],
        ["ICSE_VICTIMS", NonValue("disguised", "2")],
    ]

    assert handled(account_for(Sheet("Figures", rows)))["B2"] == "asked: number_not_shown"


def test_what_lies_under_a_merged_cell_is_left_out() -> None:
    rows: list[list[object]] = [
        ["indicator", "sex", "Value 2024"],
        ["ICSE_VICTIMS", "F", 2.0],
        ["ICSE_VICTIMS", "M", 3.0],
    ]
    merged = Sheet("Figures", rows, merged=(MergedCells(1, 1, 2, 1),))

    assert handled(account_for(merged))["B3"].startswith("left_out: covered_cell_not_read")


def test_hidden_sheets_and_our_own_are_left_out() -> None:
    hidden = Sheet("Old", drawn("indicator | Value 2023\nICSE_VICTIMS | 4"), visible=False)

    cells = account_for(
        "indicator | Value 2024\nICSE_VICTIMS | 1", hidden, sheet("a | b", "empact")
    )

    reasons = cells.groupby("sheet", observed=True)["reason"].unique().map(list).to_dict()
    assert reasons == {
        "Figures": [""],
        "Old": ["hidden_sheet_with_values"],
        "empact": ["our_sheet"],
    }


def test_a_sheet_whose_name_may_be_about_a_person_goes_by_its_number() -> None:
    table = Sheet("040-123 4567", drawn("indicator | Value 2024\nICSE_VICTIMS | 1"))

    assert {*account_for(table)["sheet"]} == {"#1"}


def test_our_workbook_has_no_cell_without_a_role_or_a_reason() -> None:
    book = written(order())
    sheets = [
        Sheet(page.title, [[cell.value for cell in row] for row in page.iter_rows()])
        for page in book.worksheets
    ]

    cells = account_for(*sheets, stamp={"template": "follow_up", "catalogue": catalogue().version})

    assert (cells["reason"][(cells["role"] == "") | (cells["handling"] != "read")] != "").all()
    reasons = {*cells["reason"][cells["handling"] != "read"]}
    assert reasons <= {"our_sheet", "our_text", "row_not_filled_in"}


@pytest.mark.parametrize(
    ("kind", "key", "row", "unread"),
    [
        (
            "observations",
            "indicator|Value 2024",
            "ICSE_VICTIMS|1",
            ["format_attribute", "previous"],
        ),
        ("actions", "description|status", "Campaign|already undertaken", []),
    ],
)
def test_every_known_heading_is_read_but_those_that_say_nothing_of_a_value(
    kind: str, key: str, row: str, unread: list[str]
) -> None:
    """A heading that is known, but of which nothing is made, would lose its column in silence."""
    words = {role: word for word, role in vocabulary(kind).items()}
    others = sorted({*words} - {"value", "series", "indicator", "description", "status"})
    table: list[list[object]] = [
        [*key.split("|"), *(words[role] for role in others)],
        [*row.split("|"), *["x"] * len(others)],
    ]

    cells = account_for(Sheet("Figures", table))

    left_out = cells[(cells["row"] == 2) & (cells["handling"] == Handling.LEFT_OUT)]
    assert [*left_out["role"]] == unread


def test_empty_rows_between_cells_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rows of a large file are looked at part by part, of which some may be empty."""
    monkeypatch.setattr("metrics.intake.accounted_cells.CELLS_AT_ONCE", 4)
    empty = "\n | " * 12

    cells = account_for(f"a | b{empty}\n1 | 2")

    assert list(cells["cell"]) == ["A1", "B1", "A14", "B14"]


def test_texts_beside_a_figure_are_listed_as_read_and_a_remark_without_a_figure_is_not() -> None:
    cells = account_for("""
        indicator      | Value 2024 | Remark         | Public reference | Web address
        TRAININGS_HELD | 12         | counted twice  | Report 4         | https://example.org/x
        ICSE_VICTIMS   |            | not yet known  |                  |
    """)

    read = dict(zip(cells["cell"], cells["understood"], strict=True))
    assert [read[cell] for cell in ("C2", "D2", "E2")] == [
        "counted twice", "Report 4", "https://example.org/x"
    ]  # fmt: skip
    assert handled(cells)["C3"] == "left_out: remark_without_value"


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("ICSE_VICTIMS", {"A1"}),
        ("N", {"A1"}),
        ("Indicator|Value\nICSE_VICTIMS|1\nN|", {"A1", "B1", "A2", "B2", "A3"}),
        ("Indicator|Value|Status\nICSE_VICTIMS|1|\n||C", {"A1", "B1", "C1", "A2", "B2", "C3"}),
    ],
)
def test_a_lone_code_is_accounted_for(text: str, cells: set[str]) -> None:
    accounted = account_for(text)

    assert {*accounted["cell"]} == cells
    assert not ((accounted["handling"] != "read") & (accounted["reason"] == "")).any()
