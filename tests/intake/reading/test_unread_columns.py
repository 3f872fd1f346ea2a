"""What is not read beside the figures is asked about where it may change them."""

import re

import pytest

from tests.sheets import figures, odd, read

MANY = {"collection": "published-figures", "round": "2026"}


@pytest.mark.parametrize(
    ("heading", "cells", "rule"),
    [
        ("Annata", ("2023", "2023"), "column_in_doubt"),
        ("Kausi alkaa", ("2024-01", "2024-02"), "column_in_doubt"),
        ("Nazione", ("Italy", "IT"), "column_in_doubt"),
        ("Value 2024 (old method)", ("7", "8"), "column_in_doubt"),
        ("Checked", ("7", "yes"), "column_of_numbers_unknown"),
        ("Checked", ("yes", "yes"), "column_unknown"),
        ("Police district", ("Uusimaa", "Uusimaa"), "column_of_parts"),
        ("NUTS 2", ("FI1B", "FI1C"), "column_of_parts"),
        ("Police region / Polisregion", ("", "Syd"), "column_of_parts"),
        ("Estado", ("estimado", "provisional"), "column_in_doubt"),
        ("Provisional", ("no", "no"), "column_unknown"),
        ("Confidential data", ("confidential", "confidential"), "column_in_doubt"),
        ("Vertraulich", ("N", "N"), "confidentiality_in_doubt"),
        ("Confidentiel", ("N", "C"), "confidentiality_in_doubt"),
        ("Luottamuksellinen?", ("", "K"), "confidentiality_in_doubt"),
        ("Bizalmas", ("C", "N"), "confidentiality_in_doubt"),
        ("Pubblicabile", ("S", "S"), "confidentiality_in_doubt"),
        ("Julkinen", ("E", "E"), "confidentiality_in_doubt"),
        ("Agency", ("Customs", "Customs"), "column_of_groups"),
        ("Agency", ("Customs", "Police"), "column_unknown"),
        ("Agency", ("ok", "ok"), "column_unknown"),
        (
            "Checked by us",
            ("Done by the office in May", "Done by the office in May"),
            "column_unknown",
        ),
        ("Mood", ("good", ""), "column_unknown"),
    ],
)
def test_an_unknown_column_is_asked_about_by_what_it_holds(
    heading: str, cells: tuple[str, str], rule: str
) -> None:
    reading = read(
        f"Indicator|{heading}|Value\nICSE_VICTIMS|{cells[0]}|1\nVIDTF_EXPERTS|{cells[1]}|2"
    )

    assert odd(reading, "cell", "typed") == [(rule, "B1", heading)]


@pytest.mark.parametrize(
    ("heading", "no", "yes"),
    [
        ("Confidencial", "no", "sí"), ("Vertraulich", "nein", "Ja"), ("Confidential", "No", "yes"),
        ("Luottamuksellinen", "ei", "kyllä"), ("Εμπιστευτικό", "Όχι", "Ναι"), ("Poufne", "0", "1"),
    ],
)  # fmt: skip
def test_a_column_that_asks_whether_figures_are_confidential(
    heading: str, no: str, yes: str
) -> None:
    reading = read(f"Indicator|{heading}|Value\nICSE_VICTIMS|{no}|1\nVIDTF_EXPERTS|{yes}|2")

    assert [*reading.observations["confidentiality_status"]] == ["F", "C"]
    assert odd(reading) == []


@pytest.mark.parametrize("heading", ["Poliisilaitos", "Град", "Αστυνομική Διεύθυνση", "City"])
def test_a_figure_of_a_city_or_police_district_is_asked_about(heading: str) -> None:
    reading = read(f"Indicator|{heading}|Value\nICSE_VICTIMS|Somewhere|1")

    assert odd(reading, "cell") == [("part_of_area", "B2")]


@pytest.mark.parametrize(
    ("note", "asked"), [("", [("row_marked", "B2", "2024*")]), ("* as published in May", [])]
)
def test_a_star_beside_a_year_is_asked_about_unless_a_note_explains_it(
    note: str, asked: list[tuple[str, ...]]
) -> None:
    reading = read(
        f"Indicator|Year|Value\nICSE_VICTIMS|2024*|1\nVIDTF_EXPERTS|2024|2\n||\n{note}||"
    )

    marked = [row for row in odd(reading, "cell", "understood") if row[0] == "row_marked"]
    assert marked == asked


def test_years_beside_periods_are_no_question() -> None:
    reading = read("Indicator|Period|Founded|Value\nICSE_VICTIMS|2024|1999|1")

    assert odd(reading, "cell") == [("column_of_numbers_unknown", "C1")]


@pytest.mark.parametrize(
    ("header", "rows", "rule"),
    [
        ("Area|Area", "FI|SE", "column_doubled"),
        ("Area|Country", "FI|Finland", "column_doubled"),
        ("Area|Country", "FI|FI", None),
        ("Sex|Gender", "F|M", "column_doubled"),
        ("Observation status|Flag", "E|P", "column_doubled"),
        ("Remark|Note", "first|second", "column_unknown"),
    ],
)
def test_two_columns_of_one_kind_that_differ_are_asked_about(
    header: str, rows: str, rule: str | None
) -> None:
    issues = odd(read(f"Indicator|{header}|Value\nICSE_VICTIMS|{rows}|1"), "cell")

    assert [issue for issue in issues if issue[1] == "C1"] == ([(rule, "C1")] if rule else [])


@pytest.mark.parametrize(
    "title", ["Reports in thousands", "Tausend Meldungen", "Ilmoitukset tuhansina", "(x 1000)"]
)
def test_a_title_in_thousands_is_asked_about(title: str) -> None:
    reading = read(f"{title}||\nIndicator|Period|Value\nICSE_VICTIMS|2024|12")

    assert odd(reading, "cell") == [("title_with_multiplier", "A1")]


@pytest.mark.parametrize("title", ["Reporting year|2023", "|Victims in 2023"])
def test_a_title_of_another_year_is_asked_about(title: str) -> None:
    reading = read(f"{title}\nIndicator|Value\nICSE_VICTIMS|12")

    assert ("title_with_period", "B1", "2023", "2024") in odd(
        reading, "cell", "understood", "expected"
    )


@pytest.mark.parametrize(
    ("title", "table"),
    [
        ("Victims in 2024", "Indicator|Value\nICSE_VICTIMS|12"),
        ("Printed on 3 March 2025", "Indicator|Value\nICSE_VICTIMS|12"),
    ],
)
def test_other_titles_change_nothing(title: str, table: str) -> None:
    assert [rule for (rule,) in odd(read(f"{title}|\n{table}"))] == ["text_outside_table"]


def test_a_year_with_a_mark_gives_its_figures_that_status() -> None:
    reading = read(
        "Indicator|Area|2022|2023 (estimated)|2024 p\nCYBERTIPLINE_REPORTS|FR|5|4|3", asked=MANY
    )

    assert figures(reading, "period", "value", "observation_status") == [
        ("2022", 5.0, "A"), ("2023", 4.0, "E"), ("2024", 3.0, "P"),
    ]  # fmt: skip
    assert odd(reading, "cell") == [("status_read_from_heading", "E1")]


def test_flags_in_columns_without_a_heading_belong_to_the_values_before_them() -> None:
    reading = read(
        "Indicator|Area|2022||2023||2024|\nCYBERTIPLINE_REPORTS|FR|5|b|4||3|p", asked=MANY
    )

    assert figures(reading, "value", "observation_status") == [(5.0, "B"), (4.0, "A"), (3.0, "P")]
    assert odd(reading) == []


def test_flags_beside_a_column_of_statuses_are_asked_about() -> None:
    table = "Indicator|Value 2024|Status|\nICSE_VICTIMS|5||b\nTRAININGS_HELD|7|E|"

    assert odd(read(table), "cell") == [("column_doubled", "D1")]


def test_a_text_in_a_column_without_a_heading_is_no_flag() -> None:
    reading = read("Indicator|Area|2022|\nCYBERTIPLINE_REPORTS|FR|5|by hand", asked=MANY)

    assert figures(reading, "observation_status") == [("A",)]
    assert odd(reading, "cell") == [("text_outside_table", "D2")]


@pytest.mark.parametrize(
    ("days", "is_asked"),
    [
        (("31.12.2023", "31.12.2023"), True),
        (("As at 2023-12-31", "2023-12-31"), True),
        (("31.12.2024", "31.12.2024"), False),  # of the round
        (("15.6.2023", "31.12.2023"), False),
        (("31.12.2023", ""), True),
    ],
)
def test_last_days_of_other_years_are_periods(days: tuple[str, str], is_asked: bool) -> None:
    first, second = days
    reading = read(f"Indicator|As at|Value\nICSE_VICTIMS|{first}|7\nTRAININGS_HELD|{second}|8")

    assert (("column_in_doubt", "B1") in odd(reading, "cell")) == is_asked


def test_a_year_of_two_digits_is_no_period() -> None:
    reading = read("Indicator|Yr|Value\nICSE_VICTIMS|'24|7")

    assert odd(reading, "cell") == [("period_not_understood", "B2")]


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("Stand: 31.12.2023|", "2023"),
        ("Figures as at 2023-12-31|", "2023"),
        ("Stand: 31.12.2024|", ""),
        ("Printed on 12.3.2025|", ""),
        ("Act of 13.12.2011|", ""),
        ("31.12.2022 and 31.12.2023|", ""),
    ],
)
def test_a_title_with_the_last_day_of_another_year_is_asked_about(title: str, year: str) -> None:
    reading = read(f"{title}\nIndicator|Value\nICSE_VICTIMS|12")

    asked = [row for row in odd(reading, "understood") if row[0] == "title_with_period"]
    assert asked == ([("title_with_period", year)] if year else [])


@pytest.mark.parametrize(
    "heading",
    ["Arvo (tuhatta)", "Τιμή σε χιλιάδες", "Wert in Tsd.", "Valeur (milliers)", "(1 000)"],
)
def test_an_unknown_heading_in_thousands_is_asked_about_for_what_it_says(heading: str) -> None:
    """Whoever replaces the heading by a known one must not lose the thousands."""
    reading = read(f"Indicator|Period|{heading}\nICSE_VICTIMS|2024|12")

    assert ("title_with_multiplier", "C1") in odd(reading, "cell")


@pytest.mark.parametrize(
    ("heading", "cells", "marked"),
    [
        ("Valid", ("no", "yes"), "no"),
        ("Valid", ("0", "1"), "0"),
        ("Checked", ("no", "yes"), "no"),
        ("Estimated?", ("yes", "no"), "yes"),
        ("Confidential data?", ("x", ""), "x"),
        ("Έγκυρο", ("Όχι", "Ναι"), "Όχι"),
        ("Arvioitu?", ("kyllä", "ei"), "kyllä"),
        ("Проверено", ("не", "да"), "не"),
        ("Geprüft", ("nein", "ja"), "nein"),
        ("Quality", ("estimated", "good"), "estimated"),
        ("Control", ("invalid", "ok"), "invalid"),
        ("Control", ("ei tarkistettu", "ok"), ""),
        ("Valid", ("", "x"), ""),
    ],
)
def test_a_row_marked_as_not_valid_or_estimated_is_asked_about(
    heading: str, cells: tuple[str, str], marked: str
) -> None:
    reading = read(
        f"Indicator|{heading}|Value\nICSE_VICTIMS|{cells[0]}|1\nVIDTF_EXPERTS|{cells[1]}|2"
    )

    asked = [row for row in odd(reading, "cell", "understood") if row[0] == "row_marked"]
    assert asked == ([("row_marked", "B2", marked)] if marked else [])
    assert ("column_unknown", "B1") in odd(reading, "cell")


@pytest.mark.parametrize(
    ("heading", "cells"), [("Months covered", ("9", "12")), ("Type", ("plan", "plan"))]
)
def test_a_column_whose_cells_are_all_asked_about_has_no_question_of_its_own(
    heading: str, cells: tuple[str, str]
) -> None:
    reading = read(
        f"Indicator|{heading}|Value\nICSE_VICTIMS|{cells[0]}|1\nVIDTF_EXPERTS|{cells[1]}|2"
    )

    assert ("column_unknown", "B1") in odd(reading, "cell")
    assert len({rule for rule, _ in odd(reading, "cell")}) == len(("column_unknown", "of a cell"))


def test_a_mark_beside_its_status_is_no_question() -> None:
    reading = read("Indicator|Estimated?|Value|Status\nICSE_VICTIMS|yes|1|E\nVIDTF_EXPERTS|no|2|")

    assert odd(reading, "cell") == [("column_unknown", "B1")]


def test_attributes_of_the_exchange_format_are_known() -> None:
    reading = read(
        "STRUCTURE|STRUCTURE_ID|FREQ|INDICATOR|TIME_PERIOD|OBS_VALUE|DECIMALS: Decimals\n"
        "dataflow|EU:CSE(1.0)|A|ICSE_VICTIMS|2024|1|0\n"
        "dataflow|EU:CSE(1.0)|A|VIDTF_EXPERTS|2024|2|0"
    )

    assert figures(reading, "value") == [(1.0,), (2.0,)]
    assert odd(reading) == []


@pytest.mark.parametrize(
    ("heading", "cell", "rule"),
    [
        ("Source", "2023 data only", "remark_on_part"),
        ("Quelle", "nur Polizei", "remark_on_part"),
        ("Πηγή", "2023", "remark_on_part"),
        ("Source", "Police register", None),
        ("Source", "Annual report 2023", None),
        ("Publication", "no", "row_marked"),
        ("Publication", "Annual report", None),
        ("Julkaistaan", "ei", "row_marked"),
        ("Veröffentlichung", "nein", "row_marked"),
        ("Za objavo", "ne", "row_marked"),
        ("Stand", "'2023", "remark_on_part"),
        ("Zakres", "dane za 2023 r.", "remark_on_part"),
        ("Précision", "au moins", "row_marked"),
        ("Legal basis", "Act of 2012", None),
        ("Type", "cumulative", "row_marked"),
        ("Typ hodnoty", "plán", "row_marked"),
        ("Wersja", "robocza", "row_marked"),
        ("Version", "2", None),
        ("Months covered", "9", "remark_on_part"),
        ("Months covered", "12", None),
    ],
)
def test_texts_about_year_coverage_or_publication_are_asked_about(
    heading: str, cell: str, rule: str | None
) -> None:
    reading = read(
        f"Indicator|Period|Value|{heading}\nICSE_VICTIMS|2024|1|{cell}\nTRAININGS_HELD|2024|2|yes"
    )

    asked = [issue for issue in odd(reading, "cell") if issue[1] == "D2"]
    assert asked == ([(rule, "D2")] if rule else [])


@pytest.mark.parametrize("cells", [("final", "final"), ("public", "public"), ("ok", "ok")])
def test_a_column_of_words_that_mean_no_flag_is_only_not_read(cells: tuple[str, str]) -> None:
    reading = read(f"Indicator|Value|Check\nICSE_VICTIMS|1|{cells[0]}\nTRAININGS_HELD|2|{cells[1]}")

    assert [rule for (rule,) in odd(reading)] in (["column_unknown"], ["column_of_groups"])


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("Series|2023|2024*\nICSE_VICTIMS|1|2", True),
        ("Series|2023|2024*\nICSE_VICTIMS|1|2\n* provisional||", False),
        ("Series|Value*\nICSE_VICTIMS|2", False),
    ],
)
def test_a_star_beside_a_year_that_nothing_explains_is_asked_about(
    text: str, is_asked: bool
) -> None:
    marked = [own for own in odd(read(text), "cell", "understood") if own[0] == "heading_marked"]

    assert marked == ([("heading_marked", "C1", "*")] if is_asked else [])


@pytest.mark.parametrize(
    ("heading", "rule", "status"),
    [
        *((text, "heading_letter_in_doubt", re.sub(r"[^A-Z]", "", text.upper())) for text in (
            "N 2025", "n 2025", "2025 N", "2025 (n)", "2025 S", "D 2025", "2025 B", "2025 F",
            "2025 M", "2025 G", "2025 U", "2025 V", "2025 I", "E2025", "P 2025",
        )),
        ("2025 p", "status_read_from_heading", "P"),
        ("2025 (e)", "status_read_from_heading", "E"),
        ("2025p", "status_read_from_heading", "P"),
        ("2025 (provisional)", "", ""),
        ("2025 a", "", ""),
        ("2025", "", ""),
    ],
)  # fmt: skip
def test_a_letter_beside_a_year_is_asked_about_or_said_to_be_a_status(
    heading: str, rule: str, status: str
) -> None:
    reading = read(f"Series|{heading}\nICSE_VICTIMS|2")

    names = {"heading_letter_in_doubt", "status_read_from_heading"}
    found = [own for own in odd(reading, "cell", "typed", "nearest") if own[0] in names]
    assert found == ([(rule, "B1", heading, status)] if rule else [])
    if rule == "heading_letter_in_doubt":
        assert [*reading.observations["observation_status"]] == ["A"]


@pytest.mark.parametrize("heading", ["Checked by", "Tarkastaja"])
def test_initials_of_who_checked_a_row_are_no_mark_on_its_figure(heading: str) -> None:
    reading = read(f"Indicator|{heading}|Value\nICSE_VICTIMS|AB|1")

    assert "row_marked" not in {rule for (rule,) in odd(reading)}


@pytest.mark.parametrize("initials", ["NO", "EI", "FI", "I.T."])
@pytest.mark.parametrize("heading", ["Checked by", "Tarkastaja", "Ελέγχθηκε από", "Zatwierdził"])
def test_initials_are_neither_a_state_nor_an_answer(heading: str, initials: str) -> None:
    reading = read(f"Indicator|{heading}|Value\nICSE_VICTIMS|{initials}|1")

    assert odd(reading, "cell") == [("column_unknown", "B1")]


@pytest.mark.parametrize("heading", ["No.", "Nº", "Nr.", "№", "N:o", "Αρ.", "Č."])
def test_a_sign_for_numbers_heads_the_only_figures_and_no_running_numbers(heading: str) -> None:
    rows = "ICSE_VICTIMS|2024|{}\nTRAININGS_HELD|2024|{}"
    figure = read(f"Indicator|Year|{heading}\n{rows.format(12, 5)}")
    running = read(f"Indicator|Year|{heading}\n{rows.format(1, 2)}")
    beside = read(f"{heading}|Indicator|Value\n1|ICSE_VICTIMS|12\n2|TRAININGS_HELD|5")

    assert (figures(figure, "value"), odd(figure)) == ([(12.0,), (5.0,)], [])
    assert figures(running, "value") == []
    assert (figures(beside, "value"), odd(beside)) == ([(12.0,), (5.0,)], [("column_unknown",)])


@pytest.mark.parametrize(
    ("heading", "rule"),
    [
        ("Value (revised)", "column_doubled"),
        ("Wert neu", "column_doubled"),
        ("Oikaistu arvo", "column_doubled"),
        ("New cases", "column_of_numbers_unknown"),
    ],
)
def test_two_columns_of_values_are_asked_about(heading: str, rule: str) -> None:
    reading = read(f"Indicator|Value|{heading}\nICSE_VICTIMS|14|15")

    assert odd(reading, "cell") == [(rule, "C1")]
