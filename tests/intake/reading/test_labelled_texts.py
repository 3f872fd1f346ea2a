"""Area, collection, round and period in labelled cells, titles and names: known, or asked about."""

import pytest

from tests.sheets import BELONGS, figures, odd, read, sheet

TABLE = "Indicator|Value\nICSE_VICTIMS|12"


@pytest.mark.parametrize(
    ("text", "rule", "cell", "nearest"),
    [
        ("Reporting area|XQ – Suonaa", "area_unknown", "B1", ""),
        ("Reporting area: XQ – Suonaa|", "area_unknown", "A1", ""),
        ("Raportoiva alue|Suonaa", "area_unknown", "B1", ""),
        ("Land|Schwedn", "area_unknown", "B1", "SE"),
        ("Country|FI – Sverige", "area_unknown", "B1", ""),
        ("Country|Finland and Sweden", "area_unknown", "B1", ""),
        ("Round|2O24", "round_unknown", "B1", ""),
        ("Kierros|2024-2025", "round_unknown", "B1", ""),
        ("Collection|EMPAKT", "collection_unknown", "B1", ""),
        ("Tiedonkeruu: EMPAKT|", "collection_unknown", "A1", ""),
        ("Reporting year|2O24", "period_not_understood", "B1", ""),
        ("Raportointivuosi: 202|", "period_not_understood", "A1", ""),
        ("Berichtsjahr|laufend", "period_not_understood", "B1", ""),
        ("Reporting State|Suonaa", "area_unknown", "B1", ""),
        ("Reporting area|\nSuonaa|", "area_unknown", "A2", ""),
        ("|Reporting year\n|2O24", "period_not_understood", "B2", ""),
        ("Erhebung|Interim", "collection_unknown", "B1", ""),
        ("XQ – Suonaa|", "area_unknown", "A1", ""),
        ("Figures of XQ – Suonaa 2024|", "area_unknown", "A1", ""),
        ("Sweeden 2024|", "area_unknown", "A1", "SE"),
    ],
)
def test_a_fact_that_is_not_known_is_asked_about_at_its_cell(
    text: str, rule: str, cell: str, nearest: str
) -> None:
    reading = read(f"{text}\n{TABLE}")

    assert (rule, cell, nearest) in odd(reading, "cell", "nearest")
    assert len({found for found, own in odd(reading, "cell") if own == cell}) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Reporting area|FI – Suomi", "Country: Finnland|", "Round|2024", "Reporting year: 2024|",
        "Period|January to December 2024", "Collection|EMPACT, sexual exploitation of children",
        "Country|Value 2024", "ID – Identifier|", "EC – European Commission|", "JD – Jane Doe|", "IT – systems|",
    ],
)  # fmt: skip
def test_what_agrees_or_names_no_fact_is_no_question(text: str) -> None:
    assert {rule for (rule,) in odd(read(f"{text}\n{TABLE}"))} <= {"text_outside_table"}


def test_an_unknown_fact_on_the_cover_of_our_workbook_is_asked_about() -> None:
    cover = sheet(
        "Collection|EMPACT, sexual exploitation of children\nReporting area|XQ – Suonaa\nRound|2024",
        "Cover",
    )

    reading = read(cover, TABLE, stamp=BELONGS)

    assert odd(reading, "sheet", "cell") == [("scope_cell_changed", "Cover", "B2")]


def test_a_label_in_a_list_of_other_things_states_nothing() -> None:
    others = sheet("Country|Number of officers\nSuonaa|12", "Contacts")

    assert "area_unknown" not in {rule for (rule,) in odd(read(others, TABLE))}


@pytest.mark.parametrize(
    ("name", "is_asked"),
    [
        ("Sweeden", True),
        ("XQ – Suonaa", True),
        ("Police", False),
        ("part", False),
        ("test", False),
        ("strike", False),
    ],
)
def test_a_sheet_with_the_name_of_an_unknown_state_is_asked_about(
    name: str, *, is_asked: bool
) -> None:
    assert (("area_unknown", name) in odd(read(sheet(TABLE, name)), "sheet")) == is_asked


def test_a_fact_that_nothing_else_states_is_one_finding() -> None:
    reading = read(f"Country|Suonaa\n{TABLE}", asked={"collection": "empact-cse", "round": "2024"})

    assert odd(reading, "cell") == [("area_unknown", "B1")]


def test_a_code_with_the_name_of_another_is_neither() -> None:
    reading = read(
        "Indicator|Area|Sex|Value\nICSE_VICTIMS|FI – Sverige|F – girls and women|1\nICSE_VICTIMS|FI|F – boys and men|2"
    )

    assert figures(reading, "area", "sex") == [("", "F")]
    assert {("area_unknown", "B2"), ("breakdown_unknown", "C3")} <= {*odd(reading, "cell")}


@pytest.mark.parametrize(
    "title",
    ["Year: 2023|", "|Vuosi 2023", "Reporting year 2023|", "Situation on 31 December 2023|",
     "Tilanne 31. joulukuuta 2023|", "A 31 de diciembre de 2023|", "Stand 31. Dezember 2023|"],
)  # fmt: skip
def test_a_year_in_words_above_the_headings_is_that_of_the_figures(title: str) -> None:
    reading = read(f"{title}\n{TABLE}")

    periods = {period for (period,) in figures(reading, "period")}
    assert periods == {"2023"} or ("title_with_period", "2023") in odd(reading, "understood")


@pytest.mark.parametrize("title", ["SE – Sweden|", "SE - Sverige|", "Sweden (SE)|", "SE / Sweden|"])
def test_code_and_name_of_another_state_above_a_table_are_asked_about(title: str) -> None:
    assert ("title_with_area", "SE") in odd(read(f"{title}\n{TABLE}"), "understood")
