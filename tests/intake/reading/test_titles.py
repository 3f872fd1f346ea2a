"""A title or name of another State is asked about where the table does not say whose it is."""

import pytest

from metrics.catalogue.loader import catalogue
from metrics.intake.reading import ingest
from metrics.intake.reading.figure_words import figure_words
from metrics.intake.workbook import MergedCells, Sheet, Workbook
from metrics.messages import OFFICIAL_LANGUAGES
from tests.sheets import BELONGS, drawn, figures, odd, read, sheet

TABLE = "Indicator|Value\nICSE_VICTIMS|12"


@pytest.mark.parametrize(
    ("title", "state"),
    [
        ("Reports in Sweden|", "SE"),
        ("Sweden|", "SE"),
        ("SE|", "SE"),
        ("SE 2024|", "SE"),
        ("Country: Sweden|", "SE"),
        ("Ruotsin poliisi|", "SE"),
        ("ΣΤΟΙΧΕΊΑ ΓΕΡΜΑΝΊΑΣ|", "DE"),
        ("Αστυνομία Βελγίου|", "BE"),
        ("Στοιχεία της Κύπρου|", "CY"),
        ("Trestná činnost – Česká republika|", "CZ"),
        ("|Deutschlands Polizei", "DE"),
        ("Estonia and Latvia|", "EE, LV"),
        ("Kaznivadejanja v Sloveniji|", "SI"),
        ("Policija Republike Slovenije|", "SI"),
        ("Lietuvos policija|", "LT"),
        ("Dane dla Polski|", "PL"),
        ("Przestępstwa w Niemczech|", "DE"),
        ("Slovenskej republiky|", "SK"),
        ("Kriminalita v České republice|", "CZ"),
        ("u Hrvatskoj|", "HR"),
        ("Poliţia României|", "RO"),
        ("Irlannin poliisi|", "IE"),
        ("Viron luvut|", "EE"),
        ("Danijos|", "DK"),
        ("Itālijas policija|", "IT"),
        ("των Κάτω Χωρών|", "NL"),
    ],
)
def test_a_title_of_another_state_is_asked_about(title: str, state: str) -> None:
    reading = read(f"{title}\n{TABLE}")

    assert ("title_with_area", state, "FI") in odd(reading, "understood", "expected")


@pytest.mark.parametrize(
    "title",
    [
        "Reports in Finland",
        "Finland and Sweden",
        "Latin America",
        "IT report",
        "Suomessa",
        "Slovenska policija",
        "Suomijos",
    ],
)
def test_other_titles_are_only_not_read(title: str) -> None:
    assert "title_with_area" not in {rule for (rule,) in odd(read(f"{title}|\n{TABLE}"))}


def test_a_title_beside_a_column_of_states_is_no_question() -> None:
    reading = read("Sweden||\nIndicator|Area|Value\nICSE_VICTIMS|FI|12")

    assert odd(reading, "cell") == []


def test_an_empty_column_of_states_does_not_say_whose_the_figures_are() -> None:
    reading = read("Sweden||\nIndicator|Area|Value\nICSE_VICTIMS||12")

    assert ("title_with_area", "A1", "SE") in odd(reading, "cell", "understood")


def test_what_stands_beside_the_headings_is_a_title_too() -> None:
    reading = read("Indicator|Value||Reporting area|XQ – Suonaa\nICSE_VICTIMS|12|||")

    assert ("area_unknown", "E1") in odd(reading, "cell")


@pytest.mark.parametrize(
    "title",
    [
        "Sample of 10 police districts",
        "Otos poliisilaitoksista",
        "Persons under 15 only",
        "Nur Bayern",
        "Luvut ilman tuomioistuimia",
        "Μόνο κορίτσια",
    ],
)
def test_a_title_about_a_part_is_questioned(title: str) -> None:
    assert odd(read(f"{title}|\n{TABLE}"), "cell") == [("title_with_limit", "A1")]


def test_a_note_below_the_table_is_no_title() -> None:
    reading = read(f"{TABLE}\n\n|including cases of Sweden")

    assert "title_with_area" not in {rule for (rule,) in odd(reading)}


def test_a_title_between_rows_is_asked_about() -> None:
    reading = read("Indicator|Value\nFinland|\nICSE_VICTIMS|12\nSweden|\nVIDTF_EXPERTS|3")

    assert ("title_with_area", "A4") in odd(reading, "cell")
    assert ("title_with_area", "A2") not in odd(reading, "cell")


@pytest.mark.parametrize(
    ("name", "is_asked"),
    [("Sweden", True), ("SE", True), ("Ruotsi 2024", True), ("Finland", False), ("Figures", False)],
)
def test_a_sheet_named_after_another_state_is_asked_about(name: str, is_asked: bool) -> None:
    issues = odd(read(sheet(TABLE, name)), "sheet", "typed", "understood")

    assert (("name_with_area", name, name, "SE") in issues) == is_asked


@pytest.mark.parametrize(
    ("file", "is_asked"),
    [
        ("empact-cse-2024-SE.csv", True),
        ("Suède 2024.xlsx", True),
        ("FI-2023.xlsx", False),
        ("IT-report.xlsx", False),
    ],
)
def test_a_file_named_after_another_state_is_asked_about(file: str, is_asked: bool) -> None:
    workbook = Workbook(file, "xlsx", (Sheet("Figures", drawn(TABLE)),))

    issues = odd(ingest(workbook, catalogue(), BELONGS), "sheet", "expected")

    assert (("name_with_area", "", "FI") in issues) == is_asked


@pytest.mark.parametrize(
    ("name", "is_asked"),
    [
        ("2023", True),
        ("Figures of 2022", True),
        ("Reports 2024", False),
        ("Sent 2025", False),
        ("2022-2024", False),
        ("CC2019", False),
    ],
)
def test_a_sheet_named_after_an_earlier_year_is_asked_about(name: str, is_asked: bool) -> None:
    issues = odd(read(sheet(TABLE, name)), "sheet", "expected")

    assert (("name_with_period", name, "2024") in issues) == is_asked
    dated = "Indicator|Period|Value\nICSE_VICTIMS|2024|12"
    assert odd(read(sheet(dated, name))) == [("name_of_other_year",)] * is_asked


def test_the_name_of_our_own_workbook_is_only_a_question() -> None:
    stamp = {"area": "FI", "collection": "empact-cse", "round": "2024"}
    workbook = Workbook("for Sweden.xlsx", "xlsx", (Sheet("Figures", drawn(TABLE)),), stamp=stamp)

    assert odd(ingest(workbook, catalogue(), BELONGS)) == [("name_of_other_state",)]


@pytest.mark.parametrize(
    "title", ["Reports per 100 000 residents", "Shares (%)", "Anteile in Prozent"]
)
def test_a_title_of_a_rate_is_questioned(title: str) -> None:
    assert "title_with_rate_or_part" in {rule for (rule,) in odd(read(f"{title}|\n{TABLE}"))}


@pytest.mark.parametrize(
    "title",
    [
        "January - June 2024", "Tammikuu–kesäkuu 2024", "Q1-Q3 2024", "Situation at 30 June 2024",
        "Януари – юни 2024", "Ιανουάριος – Ιούνιος 2024",
    ],
)  # fmt: skip
def test_a_part_of_the_period_is_asked_about_unless_the_table_names_its_own(title: str) -> None:
    asked = {rule for (rule,) in odd(read(f"{title}|\n{TABLE}"))}
    dated = {
        rule for (rule,) in odd(read(f"{title}||\nIndicator|Period|Value\nICSE_VICTIMS|2024|1"))
    }

    assert asked & {"title_not_of_one_period", "title_with_period"}
    assert not dated & {"title_not_of_one_period", "title_with_period"}


@pytest.mark.parametrize(
    "title",
    ["January - December 2024", "31 December 2024", "Extracted in May 2025", "Reports 2024"],
)
def test_a_title_of_the_whole_period_is_no_question(title: str) -> None:
    assert "title_with_rate_or_part" not in {rule for (rule,) in odd(read(f"{title}|\n{TABLE}"))}


def test_a_code_with_the_letters_of_per_cent_names_no_rate_and_no_state() -> None:
    reading = read("PC-FI|\nIndicator|Value\nICSE_VICTIMS|12", asked={**BELONGS, "area": "BG"})

    assert [rule for (rule,) in odd(reading)] == []


def test_an_empty_period_beside_others_is_asked_for() -> None:
    reading = read("Indicator|Period|Value\nICSE_VICTIMS|2024|12\nVIDTF_EXPERTS||3")

    assert odd(reading, "cell") == [("period_missing", "C3")]


@pytest.mark.parametrize(
    ("typed", "is_asked"), [("3: Thousands", True), ("0: Units", False), ("0", False)]
)
def test_a_multiplier_of_sdmx_may_have_its_label(typed: str, is_asked: bool) -> None:
    reading = read(f"Indicator|UNIT_MULT: Unit multiplier|Value\nICSE_VICTIMS|{typed}|12")

    assert odd(reading, "cell") == ([("multiplier_stated", "B2")] if is_asked else [])


@pytest.mark.parametrize(
    "title",
    [
        "Cumulative since 2015",
        "Average of 3 years",
        "Year to date",
        "Victims to date",
        "Years 2022–2024",
        "School year 2023/24",
        "Since 2020",
        "Kertymä vuoden alusta",
        "Kolmen vuoden keskiarvo",
        "Μέσος όρος τριετίας",
        "ΣΩΡΕΥΤΙΚΆ ΣΤΟΙΧΕΊΑ",
        "С натрупване от началото на годината",
        "Durchschnitt 2022 bis 2024",
        "Moyenne annuelle",
        "Narastająco od początku roku",
        "2018 óta",
        "Средно за 2022–2024 г.",
    ],
)
def test_figures_that_are_cumulative_or_averaged_are_asked_about(title: str) -> None:
    for text in (f"{title}|\n{TABLE}", f"{TABLE}\n|\n|\n{title}|"):
        assert "title_not_of_one_period" in {rule for (rule,) in odd(read(f"{text}"))}


@pytest.mark.parametrize(
    ("title", "table"),
    [
        ("Victims since 2020", "Indicator|Period|Value\nICSE_VICTIMS|2024|12\nICSE_VICTIMS|2023|9"),
        ("2022-2024", "Indicator|2023|2024\nICSE_VICTIMS|11|12"),
        ("Ø = average", TABLE),
        ("Social media", TABLE),
        ("Confidence interval", TABLE),
        ("p = provisional", TABLE),
    ],
)
def test_titles_of_series_and_legends_are_no_question(title: str, table: str) -> None:
    asked = {rule for (rule,) in odd(read(f"{title}||\n{table}"))}

    assert not asked & {"title_not_of_one_period", "title_with_status"}


@pytest.mark.parametrize(
    "title",
    ["Preliminary", "Ennakkotietoja", "Προσωρινά στοιχεία", "Оценъчни данни", "Streng vertraulich"],
)
def test_a_title_with_a_status_is_asked_about_unless_each_figure_has_one(title: str) -> None:
    rows = "Indicator|Value|Status|Confidentiality\nICSE_VICTIMS|12"
    asked = {rule for (rule,) in odd(read(f"{title}|||\n{rows}||"))}
    answered = {rule for (rule,) in odd(read(f"{title}|||\n{rows}|P|C"))}

    assert "title_with_status" in asked
    assert "title_with_status" not in answered


@pytest.mark.parametrize("name", ["Cumulative", "Ennakkotietoja", "avg_3y"])
def test_a_sheet_named_so_is_asked_about(name: str) -> None:
    asked = odd(read(sheet(TABLE, name)), "sheet")

    assert {("title_not_of_one_period", name), ("title_with_status", name)} & {*asked}


def test_what_a_file_is_called_says_nothing_of_its_figures() -> None:
    """Unlike the name of a sheet: files are named after what they were made for."""
    workbook = Workbook(
        "cumulative preliminary.csv", "csv", (sheet(TABLE, "cumulative preliminary"),)
    )

    assert odd(ingest(workbook, catalogue(), BELONGS)) == []


def test_a_merged_status_holds_for_each_row_beside_a_title() -> None:
    rows = drawn("Preliminary||\nIndicator|Value|Status\nICSE_VICTIMS|1|P\nVIDTF_EXPERTS|2|")
    merged = Sheet("Figures", rows, merged=(MergedCells(2, 2, 3, 2),))

    assert "title_with_status" not in {rule for (rule,) in odd(read(merged))}


def test_an_unknown_heading_that_says_so_is_asked_about_for_what_it_says() -> None:
    """Whoever replaces the heading by a known one must not lose that the figure is an average."""
    reading = read("Indicator|Period|Value (average)\nICSE_VICTIMS|2024|12")

    assert ("title_not_of_one_period", "C1") in odd(reading, "cell")


def test_every_language_has_words_for_what_figures_are() -> None:
    for by_language in figure_words().values():
        assert by_language.keys() == {*OFFICIAL_LANGUAGES}


def test_words_have_a_star_only_at_their_end_where_it_is_read() -> None:
    for by_language in figure_words().values():
        assert not [word for words in by_language.values() for word in words if "*" in word[:-1]]


MULTIPLIER, RATE, PART, STATUS = (
    "title_with_multiplier", "title_with_rate_or_part", "title_with_limit", "title_with_status",
)  # fmt: skip


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("in hundreds", MULTIPLIER),
        ("σε εκατοντάδες", MULTIPLIER),
        ("satoina", MULTIPLIER),
        ("в стотици", MULTIPLIER),
        ("tuhansissa", MULTIPLIER),
        ("в хил. лица", MULTIPLIER),
        ("(000s)", MULTIPLIER),
        ("ανά 100.000", RATE),
        ("на 100 000 души", RATE),
        ("prosentteina", RATE),
        ("σε ποσοστά", RATE),
        ("up to 30.9.", PART),
        ("έως 30.9.", PART),
        ("30.9. mennessä", PART),
        ("до 30.9.", PART),
        ("bis zum 30. September", PART),
        ("vain Helsinki", PART),
        ("DRAFT 2", STATUS),
        ("luonnos", STATUS),
        ("чернова", STATUS),
        ("προσχέδιο", STATUS),
        ("TLP:AMBER+STRICT", STATUS),
        ("TLP RED", STATUS),
        ("προκαταρκτικά στοιχεία", STATUS),
        ("по оценка", STATUS),
        ("ennuste", STATUS),
        ("käyttö rajoitettu", STATUS),
        ("служебна тайна", STATUS),
        ("περιορισμένης χρήσης", STATUS),
    ],
)
def test_words_that_qualify_figures_are_found_in_titles_and_names_of_sheets(
    words: str, rule: str
) -> None:
    alone = read(f"{words}||\n||\n{TABLE}")
    within = read(f"Victims of sexual abuse, {words}||\n||\n{TABLE}")
    name = read(sheet(TABLE, words.replace(":", " ")))

    assert {own for own, *_ in odd(alone)} == {rule}
    assert {own for own, *_ in odd(within)} == {rule}
    assert {own for own, *_ in odd(name)} == {rule}


@pytest.mark.parametrize(
    "words", ["TLP:CLEAR", "up to 31.12.", "rose up to 3.5", "draft law of May on aid"]
)
def test_words_that_do_not_qualify_figures_are_no_specific_question(words: str) -> None:
    assert odd(read(f"{words}||\n||\n{TABLE}"), "cell") == [("text_outside_table", "A1")]


def test_a_heading_may_give_its_values_a_status() -> None:
    reading = read("Indicator|Value (provisional)\nICSE_VICTIMS|12")

    assert figures(reading, "value", "observation_status") == [(12.0, "P")]
    assert odd(reading) == []


@pytest.mark.parametrize(
    ("title", "is_asked"), [("Stand: 30.06.2024", True), ("Stand: 31.01.2025", False)]
)
def test_a_title_of_a_day_within_the_year_of_the_table_is_asked_about(
    title: str, is_asked: bool
) -> None:
    reading = read(f"{title}\nSeries|Period|Value\nICSE_VICTIMS|2024|1")

    assert (("title_with_limit",) in odd(reading)) == is_asked
