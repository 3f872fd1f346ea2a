"""Units in the formats of figures are compared, and figures that nobody sees are named."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from metrics.catalogue.loader import catalogue
from metrics.intake.reading import ingest
from metrics.intake.workbook import CellDisplay, NonValue, ParsedSubmission, Sheet, Workbook
from tests.sheets import BELONGS, drawn, figures, odd, sheet

TABLE = "Indicator|Value\nICSE_VICTIMS|12\nTAKEDOWN_TIME|\nVIDTF_EXPERTS|3\nPEOPLE_REACHED|"


def read_shown(*displays: CellDisplay) -> ParsedSubmission:
    workbook = Workbook("drawn.xlsx", "xlsx", (Sheet("Figures", drawn(TABLE)),))
    return ingest(replace(workbook, displays=displays), catalogue(), BELONGS)


def unit(row: int, text: str) -> CellDisplay:
    return CellDisplay("unit", "Figures", row, 1, text)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("€", "unit_differs"),
        ("EUR", "unit_differs"),
        ("¤", "unit_differs"),
        ("hours", "unit_differs"),
        ("τοις εκατό", "unit_differs"),
        ("kg", "unit_unknown"),
        ("persons", None),
        ("henkilöä", None),
        ("PERSONS", None),
    ],
)
def test_the_unit_in_a_number_format_is_compared(text: str, rule: str | None) -> None:
    issues = odd(read_shown(unit(1, text)), "cell", "typed", "expected")

    assert issues == ([(rule, "B2", text, "PERSONS")] if rule else [])


def test_a_unit_of_an_empty_cell_is_no_question() -> None:
    assert odd(read_shown(unit(4, "€")), "cell") == []


def test_figures_in_hidden_rows_are_read_and_named_once() -> None:
    reading = read_shown(*(CellDisplay("hidden_row", "Figures", row, -1) for row in range(1, 5)))

    assert odd(reading, "cell", "detail") == [("figures_hidden", "B2", "2")]
    assert ("ICSE_VICTIMS", 12.0) in figures(reading, "indicator", "value")


def test_figures_in_a_hidden_column_are_named() -> None:
    reading = read_shown(CellDisplay("hidden_column", "Figures", -1, 1))

    assert odd(reading, "cell", "detail") == [("figures_hidden", "B2", "2")]


def test_hidden_rows_and_columns_without_figures_are_no_question() -> None:
    hidden = [
        CellDisplay("hidden_row", "Figures", 4, -1),
        CellDisplay("hidden_column", "Figures", -1, 0),
    ]

    assert odd(read_shown(*hidden), "cell") == []


@pytest.mark.parametrize(
    "displays",
    [
        [CellDisplay("zero", "Figures", row, 1) for row in (1, 3, 4)],
        [CellDisplay("all_zeros", "Figures", -1, -1)],
    ],
)
def test_zeros_that_are_displayed_as_a_dash_are_asked_about_once(
    displays: list[CellDisplay],
) -> None:
    zeros = sheet(
        "Indicator|Value\nICSE_VICTIMS|0\nVIDTF_EXPERTS|3\nTRAININGS_HELD|0\nPEOPLE_REACHED|"
    )
    workbook = Workbook("drawn.xlsx", "xlsx", (zeros,), displays=tuple(displays))
    reading = ingest(workbook, catalogue(), BELONGS)

    assert odd(reading, "cell", "detail") == [("zeros_not_shown", "B2", "2")]
    assert ("ICSE_VICTIMS", 0.0) in figures(reading, "indicator", "value")


def test_texts_that_their_format_displays_otherwise_are_asked_about_once() -> None:
    heading, name = (
        CellDisplay("other_text", "Figures", row, column) for row, column in ((0, 1), (1, 0))
    )
    figure = CellDisplay("other_text", "Figures", 1, 1)
    rows: list[list[object]] = [
        ["Indicator", "Value"],
        ["ICSE_VICTIMS", NonValue("disguised", "412")],
    ]
    workbook = Workbook("drawn.xlsx", "xlsx", (Sheet("Figures", rows),))

    def asked(*displays: CellDisplay) -> Sequence[object]:
        reading = ingest(replace(workbook, displays=displays), catalogue(), BELONGS)
        return odd(reading, "cell", "detail")

    assert asked(heading, name, figure) == [("texts_not_shown", "B1", "2")]
    assert asked(figure) == []


def test_a_year_with_a_word_beside_it_is_asked_about() -> None:
    rows: list[list[object]] = [
        ["Indicator", "Period", "Value"], ["ICSE_VICTIMS", 2025.0, 2025.0]
    ]  # fmt: skip
    displays = tuple(CellDisplay("unit", "Figures", 1, column, "persons") for column in (1, 2))
    workbook = Workbook("drawn.xlsx", "xlsx", (Sheet("Figures", rows),), displays=displays)

    issues = odd(ingest(workbook, catalogue(), BELONGS), "cell", "detail")

    assert ("texts_not_shown", "B2", "1") in issues


def test_a_figure_in_the_colour_of_its_background_is_named() -> None:
    reading = read_shown(CellDisplay("unseen", "Figures", 3, 1))

    assert odd(reading, "cell") == [("figure_unseen", "B4")]


def test_a_number_that_is_displayed_as_a_year_is_a_date() -> None:
    reading = read_shown(CellDisplay("year", "Figures", 1, 1, "431 (yyyy: 1901)"))

    read = reading.observations.set_index("cell").loc[["B2", "B4"]]
    assert read["form"].tolist() == ["date", "number"]
    assert read["typed"].tolist() == ["431 (yyyy: 1901)", "3"]
    assert read["value"].isna().tolist() == [True, False]


def test_a_figure_whose_row_is_struck_through_is_asked_about() -> None:
    reading = read_shown(
        CellDisplay("struck", "Figures", 1, 0), CellDisplay("struck", "Figures", 2, 0)
    )

    assert odd(reading, "cell", "typed") == [("row_deleted", "B2", "ICSE_VICTIMS")]


def test_a_result_that_its_formula_does_not_give_is_no_figure() -> None:
    text = TABLE.replace("|12", "|=old")
    sheet_of = Sheet("Figures", drawn(text))
    sheet_of.rows[1][1] = NonValue("formula", "=A1")
    workbook = Workbook("drawn.xlsx", "xlsx", (sheet_of,))
    display = CellDisplay("outdated", "Figures", 1, 1, "12 14")
    reading = ingest(replace(workbook, displays=(display,)), catalogue(), BELONGS)

    row = reading.observations.iloc[0]
    assert (row["form"], row["typed"], row["understood"]) == ("outdated", "12", "14")
    assert odd(reading, "cell") == []


@pytest.mark.parametrize(
    ("kind", "row", "found"),
    [
        ("volatile", 1, [("result_changes", "B2", "")]),
        ("circular", 1, [("formula_circular", "B2", "")]),
        ("unchecked", 1, [("results_may_be_old", "B2", "B2")]),
        ("outdated_text", 0, [("formulas_in_doubt", "B1", "1")]),
        ("volatile", 0, [("formulas_in_doubt", "B1", "1")]),
        ("unchecked", 0, []),
    ],
)
def test_formulas_in_doubt_are_named(kind: Any, row: int, found: list[tuple[str, ...]]) -> None:
    assert odd(read_shown(CellDisplay(kind, "Figures", row, 1)), "cell", "detail") == found


def test_a_text_that_nobody_sees_is_named() -> None:
    reading = read_shown(CellDisplay("unseen", "Figures", 1, 0))

    assert odd(reading, "cell", "detail") == [("texts_not_shown", "A2", "1")]


def test_zeros_that_formulas_give_of_empty_cells_are_asked_about_once() -> None:
    zeros = sheet("Indicator|Value\nICSE_VICTIMS|0\nVIDTF_EXPERTS|0\nTRAININGS_HELD|0")
    displays = [CellDisplay("zero_of_nothing", "Figures", row, 1) for row in (2, 3)]
    beside = CellDisplay("zero_of_nothing", "Figures", 9, 5)  # of no figure
    workbook = Workbook("drawn.xlsx", "xlsx", (zeros,), displays=(*displays, beside))
    reading = ingest(workbook, catalogue(), BELONGS)

    assert odd(reading, "cell", "detail") == [("zero_of_empty_cells", "B3", "2")]
