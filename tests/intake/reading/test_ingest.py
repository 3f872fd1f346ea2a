"""A workbook is read by its words: wherever the table stands, every value keeps its address."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.catalogue.codelists import codelist
from metrics.catalogue.loader import catalogue
from metrics.core.cells import column_letters
from metrics.intake.issue_names import IssueName
from metrics.intake.reading.observations import MOST_DOUBTFUL, OBSERVATION_COLUMNS
from metrics.intake.workbook import MergedCells, NonValue, Sheet
from tests.sheets import BELONGS, drawn, figures, odd, read, sheet

NO_ROUND = {"collection": "empact-cse", "area": "FI"}
LONG = """
    indicator      | area | period | sex | value | observation_status | remark
    ICSE_VICTIMS   | FI   | 2024   |     | 12    |                    |
    ICSE_VICTIMS   | FI   | 2024   | F   | 7     | P                  | first count
    JOINT_OPERATIONS | FI | 2024   |     | 0     |                    |
"""


def test_a_long_list() -> None:
    reading = read(LONG)

    assert figures(reading, "indicator", "sex", "period", "value", "cell") == [
        ("ICSE_VICTIMS", "_T", "2024", 12.0, "E2"),
        ("ICSE_VICTIMS", "F", "2024", 7.0, "E3"),
        ("JOINT_OPERATIONS", "_T", "2024", 0.0, "E4"),
    ]
    assert odd(reading) == []


def test_the_columns_are_those_of_the_contract() -> None:
    observations = read(LONG).observations

    assert list(observations.columns) == list(OBSERVATION_COLUMNS)
    assert observations.drop(columns=["value", "row"]).notna().all(axis=None)
    assert set(observations.drop(columns=["value", "row"]).dtypes.astype(str)) == {"str"}


def test_a_status_left_empty_is_normal_and_free() -> None:
    columns = ("observation_status", "observation_status_typed", "confidentiality_status")

    assert figures(read(LONG), *columns)[:2] == [("A", "", "F"), ("P", "P", "F")]


def test_what_stands_beside_the_value_keeps_its_address() -> None:
    columns = ("remark", "remark_cell", "key_cell", "area_cell", "period_cell", "since_cell")

    assert figures(read(LONG), *columns)[1] == ("first count", "G3", "A3", "B3", "C3", "")


def test_an_empty_cell_is_an_observation_too() -> None:
    reading = read("Series|Value 2024\nICSE_VICTIMS|\nVIDTF_EXPERTS|3")

    assert figures(reading, "indicator", "form", "typed") == [
        ("ICSE_VICTIMS", "empty", ""),
        ("VIDTF_EXPERTS", "number", "3"),
    ]


def test_a_wide_table_has_one_observation_for_each_period() -> None:
    reading = read("""
        Indicator                                | 2020 | 2021 | '2022 | Remark
        Victims identified in the ICSE database  | 1    | 2    | 3     | revised
    """)

    assert figures(reading, "period", "value", "cell", "period_cell", "remark") == [
        ("2020", 1.0, "B2", "B1", "revised"),
        ("2021", 2.0, "C2", "C1", "revised"),
        ("2022", 3.0, "D2", "D1", "revised"),
    ]


@pytest.mark.parametrize(
    "header",
    [
        "Indicator | Value 2023 | Observation status 2023 | Value 2024 | Observation status 2024",
        " | 2023 | | 2024 | \nIndicator | Value | Observation status | Value | Observation status",
    ],
)
def test_each_period_has_its_own_status(header: str) -> None:
    reading = read(f"{header}\nICSE_VICTIMS | 1 | E | 2 | P", asked=NO_ROUND)

    assert figures(reading, "period", "value", "observation_status") == [
        ("2023", 1.0, "E"),
        ("2024", 2.0, "P"),
    ]


def test_periods_may_stand_below_a_merged_heading() -> None:
    table = "Indicator|Value||Remark\n|2023|2024|\nICSE_VICTIMS|1|2|as agreed"

    reading = read(table, asked=NO_ROUND)

    assert figures(reading, "period", "value", "cell", "remark") == [
        ("2023", 1.0, "B3", "as agreed"),
        ("2024", 2.0, "C3", "as agreed"),
    ]


@pytest.mark.parametrize(
    "header",
    [
        "Series | Value 2024 | Remark",
        "SERIES | value (2024) | Remarks:",
        "Sarja | Arvo 2024 | Huomautus",
        "Σειρά | Τιμή 2024 | Παρατήρηση",
        "Indicator code | OBS_VALUE | OBS_COMMENT",
        "Mittari | Lukumäärä | Kommentti",
        "Indikator | Wert | Bemerkung",
        "Indicateur | Valeur | Remarque",
    ],
)
def test_headings_are_known_in_many_words(header: str) -> None:
    reading = read(f"{header}\nICSE_VICTIMS | 5 | sure")

    assert figures(reading, "period", "value", "remark") == [("2024", 5.0, "sure")]


@pytest.mark.parametrize(
    ("heading", "period"),
    [
        ("Value 2024", "2024"),
        ("2024-Q1", "2024-Q1"),
        ("Q3/2024", "2024-Q3"),
        ("H1 2024", "2024-S1"),
        ("03/2024", "2024-03"),
        ("2024-01/P8M", "2024-01/P8M"),
        ("Year 2023", "2023"),
    ],
)
def test_a_heading_names_its_period(heading: str, period: str) -> None:
    assert figures(read(f"Indicator|{heading}\nICSE_VICTIMS|1"), "period") == [(period,)]


def test_a_spreadsheet_may_have_made_a_day_of_a_month() -> None:
    rows: list[list[object]] = [["Indicator", date(2024, 3, 1)], ["ICSE_VICTIMS", 1.0]]

    assert figures(read(Sheet("A", rows)), "period", "period_typed") == [("2024-03", "2024-03")]


@pytest.mark.parametrize(
    "typed",
    ["ICSE_VICTIMS[sex=F]", "icse_victims [ sex = f ]", "ICSE_VICTIMS[sex=girls and women]"],
)
def test_a_series_is_understood_as_people_write_it(typed: str) -> None:
    assert figures(read(f"Series|Value\n{typed}|1"), "indicator", "sex") == [("ICSE_VICTIMS", "F")]


@pytest.mark.parametrize("language", ["en", "fi", "el"])
@pytest.mark.parametrize("spelt", [str, str.upper, lambda name: f"  {name} "])
def test_an_indicator_may_be_named_in_words(language: str, spelt: Callable[[str], str]) -> None:
    name = spelt(catalogue().indicators["ICSE_VICTIMS"].name(language))

    assert figures(read(f"Indicator|Value\n{name}|1"), "indicator") == [("ICSE_VICTIMS",)]


@pytest.mark.parametrize(
    ("words", "sex", "age"),
    [
        ("total", "_T", "_T"),
        ("", "_T", "_T"),
        ("Sex: girls and women", "F", "_T"),
        ("girls", "F", "_T"),
        ("Sukupuoli: pojat ja miehet; Ikä: 4–8 vuotta", "M", "Y4T8"),
        ("Φύλο: αγόρια και άνδρες", "M", "_T"),
    ],
)
def test_a_breakdown_may_be_named_in_words(words: str, sex: str, age: str) -> None:
    reading = read(f"Indicator|Breakdown|Value\nICSE_VICTIMS|{words}|1")

    assert figures(reading, "sex", "age") == [(sex, age)]


@pytest.mark.parametrize("total", ["", "_T", "total", "Total", "yhteensä", "σύνολο"])
def test_a_total_is_known_in_a_column_of_breakdowns(total: str) -> None:
    assert figures(read(f"Indicator|Sex|Value\nICSE_VICTIMS|{total}|1"), "sex") == [("_T",)]


@pytest.mark.parametrize(
    ("row", "component", "band"),
    [
        ("TAKEDOWN_TIME[component=cases;band=LE24H] ||", "cases", "LE24H"),
        ("TAKEDOWN_TIME | cases | within 24 hours", "cases", "LE24H"),
        ("TAKEDOWN_TIME | median in hours |", "median", "_T"),
        ("TAKEDOWN_TIME | | 24 to 48 hours", "cases", "H24_48"),
        ("VICTIMS_ASSISTED | numerator |", "numerator", "_T"),
        ("LEGAL_INSTRUMENT[instrument=LANZAROTE] | |", "step", "_T"),
    ],
)
def test_the_component_of_a_row(row: str, component: str, band: str) -> None:
    reading = read(f"Indicator|Component|Band|Value\n{row}|1")

    assert figures(reading, "component", "band") == [(component, band)]


def test_several_tables_on_one_sheet() -> None:
    table = """
        Series       | Value 2023 |   | Series         | Value 2023
        ICSE_VICTIMS | 1          |   | VIDTF_EXPERTS  | 2
                     |            |   |                |
        Remark       | Value 2024 | Indicator |        |
        good         | 3          | ICSE_VICTIMS |     |
    """

    reading = read(table, asked=NO_ROUND)

    assert figures(reading, "indicator", "period", "value", "cell") == [
        ("ICSE_VICTIMS", "2023", 1.0, "B2"),
        ("VIDTF_EXPERTS", "2023", 2.0, "E2"),
        ("ICSE_VICTIMS", "2024", 3.0, "B5"),
    ]


@pytest.mark.parametrize(
    "row",
    [
        "TRAININGS_HELD|FI|2024|5|figure",
        "TRAININGS_HELD|FI|2024|5|measure",
        "TRAININGS_HELD|FI|2024|5|Value",
        "TRAININGS_HELD|FI|2024|5|country",
    ],
)
def test_a_word_of_a_row_does_not_make_it_a_header(row: str) -> None:
    reading = read(f"Indicator|Area|Period|Value|Remark\n{row}\nICSE_VICTIMS|FI|2024|12|{row[-6:]}")

    assert figures(reading, "value", "remark")[0] == (5.0, row.rpartition("|")[2])
    assert len(reading.observations) == 2


def test_a_header_that_is_repeated_for_print_is_no_row() -> None:
    reading = read("Series|Value\nICSE_VICTIMS|1\nSeries|Value\nVIDTF_EXPERTS|2")

    assert figures(reading, "indicator", "cell") == [
        ("ICSE_VICTIMS", "B2"),
        ("VIDTF_EXPERTS", "B4"),
    ]
    assert odd(reading) == []


def test_a_hidden_sheet_is_not_read_but_mentioned() -> None:
    hidden = Sheet("Old", drawn("Series|Value\nICSE_VICTIMS|1"), visible=False)

    reading = read("Series|Value\nICSE_VICTIMS|2", hidden)

    assert figures(reading, "value") == [(2.0,)]
    assert odd(reading, "sheet", "detail") == [("hidden_sheet_with_values", "Old", "4")]


STEPS = [
    ("not started", 0.0),
    ("valmisteilla", 1.0),
    ("εγκρίθηκε", 2.0),
    ("in_force", 3.0),
    ("In force", 3.0),
    ("evaluated", 4.0),
]


@pytest.mark.parametrize(("typed", "position"), STEPS)
def test_a_step_is_its_place_on_the_ladder(typed: str, position: float) -> None:
    reading = read(f"Series|Value\nLEGAL_INSTRUMENT[instrument=OPSC]|{typed}")

    assert figures(reading, "form", "value") == [("number", position)]


@pytest.mark.parametrize("typed", ["signed", "ratified", "transposed", "ratifié", "podpisana"])
def test_a_word_of_law_that_may_be_another_step_is_none(typed: str) -> None:
    reading = read(f"Series|Value\nLEGAL_INSTRUMENT[instrument=LANZAROTE]|{typed}")

    assert figures(reading, "form", "understood") == [("text", "")]


@pytest.mark.parametrize("typed", ["soon", "connected", "voluntary", "'3", "3"])
def test_a_number_or_a_step_of_another_ladder_is_no_step(typed: str) -> None:
    reading = read(f"Series|Value\nLEGAL_INSTRUMENT[instrument=OPSC]|{typed}")

    assert figures(reading, "form", "typed") == [("text", typed.strip("'"))]


def test_a_milestone_has_a_day_and_a_reference() -> None:
    reading = read("""
        Series                            | Value    | Date      | Public reference
        LEGAL_INSTRUMENT[instrument=OPSC] | in force | 30.6.2012 | Treaty Series 41/2012
    """)

    columns = ("understood", "since", "since_typed", "since_cell", "reference")
    assert figures(reading, *columns) == [
        ("in_force", "2012-06-30", "30.6.2012", "C2", "Treaty Series 41/2012")
    ]


@pytest.mark.parametrize(
    ("typed", "form", "value"),
    [("12", "number", 12.0), ("'1 234,5", "number", 1234.5), ("12 %", "percent", 12.0)],
)
def test_a_typed_number_keeps_its_form(typed: str, form: str, value: float) -> None:
    reading = read(f"Series|Value\nICSE_VICTIMS|{typed}")

    assert figures(reading, "form", "value") == [(form, value)]


def test_a_column_of_texts_is_read_with_the_mark_that_it_proves() -> None:
    reading = read("Series|Value\nICSE_VICTIMS|'1.234\nVIDTF_EXPERTS|'1,5")

    assert figures(reading, "typed", "value") == [("1.234", 1234.0), ("1,5", 1.5)]


def test_a_column_that_proves_no_mark_stays_ambiguous() -> None:
    reading = read("Series|Value\nICSE_VICTIMS|'1.234")

    assert figures(reading, "form", "understood") == [("ambiguous", "1234 / 1.234")]


def test_of_a_long_column_only_the_first_cells_show_how_it_was_read() -> None:
    rows: list[list[object]] = [["Series", "Value"], ["VIDTF_EXPERTS", "0.5"]]
    rows += [["ICSE_VICTIMS", "1.250"]] * (MOST_DOUBTFUL + 5)

    assert len(odd(read(Sheet("A", rows)))) == MOST_DOUBTFUL


def test_sheets_that_prove_different_marks_decide_nothing() -> None:
    reading = read(
        sheet("Series|Value\nICSE_VICTIMS|'1.234\nVIDTF_EXPERTS|'1,5", "police"),
        sheet("Series|Value\nTRAININGS_HELD|'2.345\nCONTENT_REMOVED|'7.25", "ministry"),
    )

    assert figures(reading, "typed", "form") == [
        ("1.234", "ambiguous"), ("1,5", "number"), ("2.345", "ambiguous"), ("7.25", "number"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "status", "form"),
    [
        ("NaN", "M", "empty"), ("nan", "O", "empty"), (":", "L", "empty"), (":", "Q", "empty"),
        ("NaN", "", "text"), ("NaN", "A", "text"), ("NaN", "P", "text"), ("none", "M", "text"),
    ],
)  # fmt: skip
def test_a_mark_for_no_value_beside_a_status_that_says_why_is_that_missing_value(
    typed: str, status: str, form: str
) -> None:
    rows: list[list[object]] = [["Series", "OBS_VALUE", "OBS_STATUS"], ["ICSE_VICTIMS", typed, status or None]]  # fmt: skip

    assert figures(read(Sheet("A", rows)), "form", "observation_status") == [(form, status or "A")]


@pytest.mark.parametrize(
    ("cell", "form", "typed"),
    [
        (NonValue("error", "#N/A"), "error", "#N/A"),
        (NonValue("formula", "=B1+B2"), "formula", "=B1+B2"),
        (date(2024, 3, 1), "date", "2024-03-01"),
        (True, "bool", "TRUE"),
        ("none", "text", "none"),
    ],
)
def test_cells_without_a_number_say_what_they_hold(cell: object, form: str, typed: str) -> None:
    rows: list[list[object]] = [["Series", "Value"], ["ICSE_VICTIMS", cell]]

    assert figures(read(Sheet("A", rows)), "form", "typed") == [(form, typed)]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("P", "P"),
        ("P – provisional value", "P"),
        ("provisional", "P"),
        ("ennakkotieto", "P"),
        (":", "O"),
        ("W", ""),
        ("M – not applicable", "M"),
        ("z – not applicable", "M"),
        ("Z – nobody knows", ""),  # the letter alone may be a slip
    ],
)
def test_a_status_is_understood_in_words(typed: str, code: str) -> None:
    reading = read(f"Series|Value|Status\nICSE_VICTIMS|1|{typed}")

    assert figures(reading, "observation_status", "observation_status_typed") == [(code, typed)]


@pytest.mark.parametrize(
    ("typed", "status", "expected"),
    [("12 p", "", ("P", "p", "B2")), ("12 p", "E", ("E", "E", "C2")), ("12", "", ("A", "", "C2"))],
)
def test_a_flag_behind_a_number_gives_way_to_the_status(
    typed: str, status: str, expected: tuple[str, ...]
) -> None:
    reading = read(f"Series|Value|Status\nICSE_VICTIMS|'{typed}|{status}")

    columns = ("observation_status", "observation_status_typed", "observation_status_cell")
    assert figures(reading, *columns) == [expected]


@pytest.mark.parametrize(
    ("typed", "column", "status", "is_asked"),
    [
        ("12 c", "Confidentiality", "F", True), ("12 c", "Confidentiality", "N", True),
        ("12 c", "Confidentiality", "C", False), ("12 c", "Status", "E", False),
        ("12 e", "Status", "A", True), ("12 p", "Status", "P – provisional value", False),
    ],
)  # fmt: skip
def test_a_flag_that_contradicts_the_status_beside_it_is_asked_about(
    typed: str, column: str, status: str, *, is_asked: bool
) -> None:
    reading = read(f"Series|Value|{column}\nICSE_VICTIMS|{typed}|{status}")

    asked = [issue for issue in odd(reading, "understood") if issue[0] == "flag_contradicts_status"]
    assert asked == [("flag_contradicts_status", typed[-1])] * is_asked


def test_a_letter_c_behind_a_number_makes_it_confidential() -> None:
    assert figures(read("Series|Value\nICSE_VICTIMS|12 c"), "value", "confidentiality_status") == [
        (12.0, "C")
    ]


# Every oddity with a sheet that has it, and the cell and text that it names.
ODD: dict[str, tuple[str, str, str]] = {
    "submission_empty": ("Series|Value\nICSE_VICTIMS|", "", ""),
    "sheet_not_understood": ("Colour|Shape\nred|round", "", ""),
    "header_missing": ("ICSE_VICTIMS[sex=F]|12", "A1", "ICSE_VICTIMS[sex=F]"),
    "column_missing": ("Indicator|Area|Remark\nICSE_VICTIMS|FI|x", "A1", "Indicator"),
    "heading_not_of_values": ("Indicator|Period|Value (%)\nICSE_VICTIMS|2024|1", "C1", "Value (%)"),
    "column_unknown": ("Series|Value|Mood\nICSE_VICTIMS|1|ok", "C1", "Mood"),
    "text_outside_table": ("Table of something\nSeries|Value\nICSE_VICTIMS|1", "A1", ""),
    "series_unknown": ("Series|Value\nICSE_VICTIM|1", "A2", "ICSE_VICTIM"),
    "series_contradicted": (
        "Series|Indicator|Value\nICSE_VICTIMS|Trainings held|1",
        "A2",
        "ICSE_VICTIMS",
    ),
    "series_missing": ("Series|Value\nICSE_VICTIMS|1\n|2", "A3", ""),
    "component_unknown": ("Series|Component|Value\nVICTIMS_ASSISTED|part|1", "B2", "part"),
    "breakdown_unknown": ("Indicator|Sex|Value\nICSE_VICTIMS|femal|1", "B2", "femal"),
    "letter_in_doubt": ("Indicador|Sexo|Valor\nICSE_VICTIMS|M|1", "B2", "M"),
    "breakdown_not_asked": ("Series|Value\nVIDTF_EXPERTS[sex=F]|1", "A2", "VIDTF_EXPERTS[sex=F]"),
    "area_unknown": ("Indicator|Area|Value\nICSE_VICTIMS|Finlnd|1", "B2", "Finlnd"),
    "area_mismatch": ("Indicator|Area|Value\nICSE_VICTIMS|SE|1\nTRAININGS_HELD|FI|1", "B2", "SE"),
    "file_of_other_area": ("Indicator|Area|Value\nICSE_VICTIMS|Sweden|1", "B2", "SE"),
    "area_not_reporting": ("Indicator|Area|Value\nICSE_VICTIMS|EU27|1", "B2", "EU27_2020"),
    "period_not_understood": ("Indicator|Period|Value\nICSE_VICTIMS|2023/24|1", "B2", "2023/24"),
    "day_instead_of_period": ("Indicator|Period|Value\nICSE_VICTIMS|1.7.2024|1", "B2", "1.7.2024"),
    "year_read_from_day": ("Indicator|Period|Value\nICSE_VICTIMS|1.1.2024|1", "B2", "1.1.2024"),
    "unit_of_other_counts": ("Indicator|Unit|Value\nICSE_VICTIMS|cases|1", "B2", "cases"),
    "number_read_from_text": (
        "Series|Value\nICSE_VICTIMS|'1.234\nVIDTF_EXPERTS|'1,5",
        "B2",
        "1.234",
    ),
    "flag_contradicts_status": ("Series|Value|Status\nICSE_VICTIMS|'12 p|E", "B2", "12 p"),
    "round_mismatch": ("Round|2025\nSeries|Value\nICSE_VICTIMS|1", "B1", "2025"),
    "collection_mismatch": ("Collection|sample\nSeries|Value\nICSE_VICTIMS|1", "B1", "sample"),
    "goal_unknown": ("Description|Status|Goal\nWe did|planned|GA-9.9", "C2", "GA-9.9"),
    "policy_target_unknown": ("Description|Status|Policy target\nX|planned|Peace", "C2", "Peace"),
    "action_status_unknown": ("Description|Status\nWe did|perhaps", "B2", "perhaps"),
}
# Those that are about the file, or that take more than a drawn sheet, have tests of their own.
TESTED_ELSEWHERE = {
    "template_unknown", "template_outdated", "catalogue_changed", "collection_unknown",
    "round_unknown", "hidden_sheet_with_values", "collection_not_said", "round_not_said",
    "several_rounds", "several_areas", "scope_cell_changed",
    "area_not_said", "area_missing", "covered_cell_not_read", "value_cells_merged", "unit_differs",
    "unit_unknown", "multiplier_stated", "row_deleted", "part_of_area", "period_ambiguous",
    "column_of_numbers_unknown", "column_in_doubt", "confidentiality_in_doubt", "heading_marked", "heading_letter_in_doubt", "status_read_from_heading", "column_doubled",
    "title_with_multiplier",
    "title_with_period", "breakdown_missing", "period_missing", "periods_passed_over",
    "title_with_area", "name_with_area", "title_with_limit", "name_with_period", "column_of_parts", "column_of_groups",
    "title_with_rate_or_part", "margin_on_figures", "comment_on_figures", "comment_not_read", "result_changes", "formula_circular", "formulas_in_doubt", "results_may_be_old", "figure_unseen", "figures_hidden", "zeros_not_shown", "zero_of_empty_cells", "texts_not_shown",
    "title_not_of_one_period", "title_with_status", "row_marked", "remark_on_figure", "remark_on_part", "day_ambiguous",
    "name_of_other_year", "name_of_other_state", "action_withheld", "row_without_indicator", "name_of_row_changed", "figure_in_other_column",
}  # fmt: skip


@pytest.mark.parametrize("rule", ODD)
def test_what_does_not_fit_is_named_with_its_cell(rule: str) -> None:
    text, cell, typed = ODD[rule]

    assert (rule, cell, typed) in odd(read(text), "cell", "typed")


def test_an_issue_holds_no_words_of_one_language() -> None:
    (issue,) = odd(read(ODD["action_status_unknown"][0]), "typed", "understood", "expected")

    assert issue == ("action_status_unknown", "perhaps", "", "")


def test_every_oddity_is_shown_above() -> None:
    untested = {*get_args(IssueName)} - {*ODD, *TESTED_ELSEWHERE}
    assert not untested, (
        f"add to ODD a sheet in which reading finds {sorted(untested)}; or, if it takes more than a "
        "drawn sheet, test it elsewhere and list it in TESTED_ELSEWHERE"
    )
    assert {*ODD, *TESTED_ELSEWHERE} <= {*get_args(IssueName)}


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("Series|Value\nICSE_VICTIM|1", "ICSE_VICTIMS"),
        ("Indicator|Sex|Value\nICSE_VICTIMS|gils|1", "F"),
        ("Indicator|Area|Value\nICSE_VICTIMS|Finlnd|1", "FI"),
        ("Description|Status|Goal\nWe did|planned|GA 1.1", "GA-1.1"),
        ("Description|Status|Goal\nWe did|planned|PCFI", "PC-FI"),
        ("Description|Status|Goal\nWe did|planned|GA-1.9", ""),
        ("Description|Status|Goal\nWe did|planned|FI", ""),
        ("Indicator|Area|Value\nICSE_VICTIMS|PC-FI|1", ""),
    ],
)
def test_the_nearest_known_one_is_offered(text: str, nearest: str) -> None:
    assert odd(read(text), "nearest")[0][1] == nearest


def test_a_row_that_only_says_something_in_words_is_no_error() -> None:
    reading = read("Series|Value\nICSE_VICTIMS|1\nSource: national police|")

    assert odd(reading, "cell", "detail") == [("text_outside_table", "A3", "text")]


def test_a_number_beside_the_table_is_not_lost_in_silence() -> None:
    reading = read("Series|Value|||\nICSE_VICTIMS|1|||\n||||77")

    assert odd(reading, "cell", "detail") == [("text_outside_table", "E3", "number")]


def test_words_outside_a_table_are_not_repeated() -> None:
    reading = read("Ann Example, tel. 1234\nSeries|Value\nICSE_VICTIMS|1")

    assert (
        not reading.issues.astype(str)
        .apply(lambda column: column.str.contains("Ann"))
        .any(axis=None)
    )


def test_a_row_of_another_indicator_is_not_guessed() -> None:
    reading = read("Series|Value\nICSE_VICTIM|1\nICSE_VICTIMS|2")

    assert figures(reading, "value") == [(2.0,)]


BELONGING = [
    ({}, BELONGS, ("empact-cse", "FI", "2024")),
    (BELONGS, {}, ("empact-cse", "FI", "2024")),
    ({"area": "GR"}, {"collection": "sample", "round": "2023"}, ("sample", "EL", "2023")),
]


@pytest.mark.parametrize(("stamp", "asked", "expected"), BELONGING)
def test_where_a_workbook_belongs(
    stamp: dict[str, str], asked: dict[str, str], expected: tuple[str, ...]
) -> None:
    reading = read("Series|Value\nICSE_VICTIMS|1", stamp=stamp, asked=asked)

    assert (reading.collection, reading.area, reading.round) == expected


def test_cells_beside_a_label_say_where_it_belongs() -> None:
    reading = read("""
        Collection: | EMPACT, sexual exploitation of children
        Country     | Greece
        Round       | 2024
        Series      | Value
        ICSE_VICTIMS| 1
    """, asked={})  # fmt: skip

    assert (reading.collection, reading.area, reading.round) == ("empact-cse", "EL", "2024")
    assert odd(reading) == []


def test_rows_say_where_it_belongs_when_nothing_else_does() -> None:
    reading = read(LONG, asked={"collection": "empact-cse"})

    assert (reading.area, reading.round) == ("FI", "2024")


@pytest.mark.parametrize(
    ("rows", "asked", "found"),
    [
        ("ICSE_VICTIMS|EU27|2024|1", "", [("area_not_reporting", "B2", "EU27_2020")]),
        ("ICSE_VICTIMS|European Union|2024|1", "FI", [("area_not_reporting", "B2", "EU27_2020")]),
        ("ICSE_VICTIMS||2024|1", "EU-27", [("area_not_reporting", "B2", "EU27_2020")]),
        (
            "ICSE_VICTIMS|EU|2024|9\nICSE_VICTIMS|FI|2024|1",
            "",
            [("area_not_reporting", "B2", "EU27_2020")],
        ),
        (
            "ICSE_VICTIMS|EU|2024|9\nICSE_VICTIMS|FI|2024|1\nICSE_VICTIMS|SE|2024|1",
            "",
            [("area_not_reporting", "B2", "EU27_2020"), ("several_areas", "", "")],
        ),
    ],
)
def test_figures_of_the_union_are_not_reported(
    rows: str, asked: str, found: list[tuple[str, str, str]]
) -> None:
    scope = {"collection": "empact-cse"} | ({"area": asked} if asked else {})
    reading = read(f"Indicator|Area|Period|Value\n{rows}", asked=scope)

    areas = ("area_not_reporting", "several_areas", "area_mismatch", "file_of_other_area")
    assert [issue for issue in odd(reading, "cell", "typed") if issue[0] in areas] == found


@pytest.mark.parametrize(
    ("stamp", "asked", "rule", "typed", "expected"),
    [
        ({"area": "FI"}, {"area": "SE"}, "file_of_other_area", "FI", "SE"),
        ({"round": "2024"}, {"round": "2025"}, "round_mismatch", "2024", "2025"),
        ({"collection": "sample"}, {"collection": "empact-cse"}, "collection_mismatch", "sample", "empact-cse"),
        ({}, {}, "collection_not_said", "", None),
        ({}, {"collection": "sample"}, "round_not_said", "", None),
        ({}, {"collection": "sample", "round": "2024"}, "area_not_said", "", None),
        ({}, {"collection": "other"}, "collection_unknown", "other", None),
        ({}, {"collection": "empact-cse", "round": "1999"}, "round_unknown", "1999", None),
        ({"template": "follow_up", "template_version": "99"}, {}, "template_unknown", "follow_up 99", None),
        ({"template": "other", "template_version": "1"}, {}, "template_unknown", "other 1", None),
        ({"template": "follow_up", "template_version": "1", "catalogue": "old"}, {}, "catalogue_changed", "old", None),
    ],
)  # fmt: skip
def test_what_contradicts_is_named(
    stamp: dict[str, str], asked: dict[str, str], rule: str, typed: str, expected: str | None
) -> None:
    reading = read("Series|Value\nICSE_VICTIMS|1", stamp=stamp, asked=asked)

    found = {name: (said, wanted) for name, said, wanted in odd(reading, "typed", "expected")}
    assert found[rule][0] == typed
    assert expected in {None, found[rule][1]}


@pytest.mark.parametrize(
    ("table", "cause"),
    [
        ("Area|Indicator|Period|Value thousand\nFI|ICSE_VICTIMS|2024|1", "heading_not_of_values"),
        ("Area|Indicator|Period|Sphere|Value\nFI|ICSE_VICTIMS|2024|without Crete|1", "breakdown_unknown"),
        ("Area|Indicator|Period|Value\nFI|ICSE_VICTIMS|mid-year|1", "period_not_understood"),
    ],
)  # fmt: skip
def test_state_and_round_of_rows_that_could_not_be_read_are_not_asked_for(
    table: str, cause: str
) -> None:
    rules = {rule for (rule,) in odd(read(table, asked={"collection": "empact-cse"}))}

    assert cause in rules
    assert rules.isdisjoint({"area_not_said", "round_not_said"})


TARGET_AND_GOALS_MERGED = (MergedCells(1, 0, 2, 0), MergedCells(1, 1, 2, 1))
ACTIONS = replace(sheet("""
    Policy target                | Operational goals | Undertaken or planned | Description of the action | Timeframe | Progress since
    Policy target No. 1: victims | GA-1.1; GA-2.1    | already undertaken    | We looked.                | 2012      | done
                                 |                   | will be undertaken    | We shall look.            | 2013-2014 | nobody knows
                                 |                   |                       |                           |           |
    4                            | GA-4.2 – Faster   | planned               | Faster.                   |           |
"""), merged=TARGET_AND_GOALS_MERGED)  # fmt: skip


def test_a_table_of_actions() -> None:
    actions = read(ACTIONS).actions

    assert [*actions["policy_target"]] == ["GA-1", "GA-1", "GA-4"]
    assert [*actions["goals"]] == ["GA-1.1;GA-2.1", "GA-1.1;GA-2.1", "GA-4.2"]
    assert [*actions["status"]] == ["undertaken", "planned", "planned"]
    assert [*actions["progress"]] == ["done", "nobody knows", ""]
    assert [*actions["area"]] == ["FI", "FI", "FI"]


def test_an_action_knows_its_cells() -> None:
    action = read(ACTIONS).actions.iloc[1]

    cells = action[["cell", "timeframe_cell", "goals_cell", "sheet", "row"]]
    assert [*cells] == ["D3", "E3", "B2", "Figures", 3]


def test_the_policy_target_of_an_action_follows_from_its_goal() -> None:
    reading = read("Description|Status|Goal\nWe did|undertaken|GA-4.2")

    assert [*reading.actions["policy_target"]] == ["GA-4"]


def test_a_workbook_with_nothing_but_actions_is_not_empty() -> None:
    assert "submission_empty" not in {rule for (rule,) in odd(read(ACTIONS))}


SERIES = [
    ("ICSE_VICTIMS", "_T"),
    ("ICSE_VICTIMS[sex=F]", "F"),
    ("ICSE_VICTIMS[sex=M]", "M"),
]
HEADINGS = ("Series", "Value", "Observation status", "Remark")


@settings(max_examples=60, deadline=None)
@given(
    top=st.integers(0, 6),
    left=st.integers(0, 30),
    order=st.permutations(range(4)),
    blanks=st.lists(st.integers(0, 3), min_size=3, max_size=3),
    title=st.booleans(),
)
def test_wherever_the_table_stands_it_reads_the_same(
    top: int, left: int, order: list[int], blanks: list[int], title: bool
) -> None:
    """Rows above, columns before, their order, blank rows between, a title: all the same."""
    rows: list[list[object]] = [[] for _ in range(top)]
    if title and top:
        rows[0] = ["Figures of the year"]
    rows.append([None] * left + [HEADINGS[at] for at in order])
    expected = []
    for number, ((key, sex), blank) in enumerate(zip(SERIES, blanks, strict=True)):
        rows += [[] for _ in range(blank)]
        cells = (key, float(number), "E", f"note {number}")
        rows.append([None] * left + [cells[at] for at in order])
        place = f"{column_letters(left + order.index(1) + 1)}{len(rows)}"
        expected.append((sex, float(number), "E", f"note {number}", place))

    reading = read(Sheet("A", rows))

    assert figures(reading, "sex", "value", "observation_status", "remark", "cell") == expected


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(
            st.one_of(
                st.none(), st.booleans(), st.floats(allow_nan=False), st.text(max_size=6),
                st.dates(), st.sampled_from(["Series", "Value", "Area", "2024", "ICSE_VICTIMS", "FI"]),
            ),
            max_size=5,
        ),
        max_size=8,
    )
)  # fmt: skip
def test_no_sheet_at_all_stops_the_reading(rows: list[list[object]]) -> None:
    reading = read(Sheet("A", rows))

    assert list(reading.observations.columns) == list(OBSERVATION_COLUMNS)
    assert {*reading.issues["rule"]} <= {*get_args(IssueName)}


@pytest.mark.parametrize(
    ("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_are_lettered_as_in_a_spreadsheet(index: int, letters: str) -> None:
    assert column_letters(index + 1) == letters


def test_every_member_state_is_known_by_every_spelling() -> None:
    spellings = [
        (spelling, code.code)
        for code in codelist("member_state").values()
        for spelling in code.spellings
    ]
    rows: list[list[object]] = [["Indicator", "Area", "Value"]]
    rows += [["ICSE_VICTIMS", spelling, 1.0] for spelling, _ in spellings]

    assert [area for (area,) in figures(read(Sheet("A", rows)), "area")] == [
        code for _, code in spellings
    ]


def test_a_sheet_without_anything_is_passed_over() -> None:
    assert odd(read(sheet("", "Blank"), sheet(LONG))) == []


def test_a_form_that_nobody_can_have_filled_in_is_not_taken_apart() -> None:
    rows: list[list[object]] = []
    for number in range(300):
        rows += [["Series", "Value", f"Mood {number}"], ["ICSE_VICTIMS", 1.0, "good"]]

    reading = read(Sheet("A", rows))

    assert reading.observations.empty
    assert "header_missing" in {rule for (rule,) in odd(reading)}


def test_a_block_beside_the_table_is_mentioned_once_a_column() -> None:
    rows: list[list[object]] = [["Series", "Value", None, None]]
    rows += [["ICSE_VICTIMS", 1.0, 2.0, "x"] for _ in range(1000)]

    assert odd(read(Sheet("A", rows)), "cell", "detail") == [
        ("text_outside_table", "D2", "text"),
        ("text_outside_table", "C2", "number"),
    ]


def test_hints_are_given_within_a_budget() -> None:
    rows: list[list[object]] = [["Series", "Value"]]
    rows += [[f"ICSE_VICTIMS{number}", 1.0] for number in range(1000)]

    near = [each for _, each in odd(read(Sheet("A", rows)), "nearest")]

    assert near[:100] == ["ICSE_VICTIMS"] * 100
    assert near[-2] == ""


MANY = "indicator|area|period|value\nREFERRALS_RECEIVED|CZ|2024|1\nREFERRALS_RECEIVED|DE|2024|2"


@pytest.mark.parametrize(
    ("collection", "round_", "odd"),
    [("published-figures", "2026", False), ("empact-cse", "2024", True)],
)
def test_a_list_of_several_areas_fits_where_any_area_is_taken(
    collection: str, round_: str, odd: bool
) -> None:
    reading = read(MANY, asked={"collection": collection, "round": round_})
    assert ("several_areas" in set(reading.issues["rule"])) is odd
