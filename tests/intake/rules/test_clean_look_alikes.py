"""What only looks like data about a person refuses no file: codes, amounts, offices, cohorts."""

import random
from datetime import date, timedelta

import pytest

from metrics.intake.rules import rules
from metrics.intake.validate import holds_personal_data, validate
from metrics.intake.workbook import Sheet
from tests.intake.rules.test_identifying import around, holding, kinds
from tests.tables import workbook

LOOK_ALIKES = [
    "EUR 12345678903", "amount 44051401359 EUR", "12345678903 €", "36 574 261 809",
    "4 111 111 111 111", "Class 10.71.1.2", "see 4.3.2.1", "NACE 1.13.2.4 and 10.71.1.2",
    "Maria Laach", "Santa Maria Capua Vetere", "Sveti Ivan Zelina", "St. Peter Port",
    "Operation Anna Lindqvist", "Storm Daniel", "Friuli-Venezia Giulia", "Jan Feb Mar",
    "Staff@1.1.2025", "children born 1.1.2010 to 31.12.2015", "born after 1.1.2010",
    "born before 1 January 2010", "geboren vom 1.1.2010 bis 31.12.2015",
    "syntyneet ennen 1.1.2010", "Source: https://example.org/yearbook.pdf",
    "https://ec.europa.eu/eurostat/data", "www.stat.fi", "https://www.destatis.de/x",
    "A B C D E F", "1 2 3 4 5 6 7 8 9 10", "12%20", "R&amp;D", "25.006226257777904", "2,00529197305099", "Staff @ home. Please", "anna.html",
    "Rīgas un visas Latvijas Metropolīta Aleksandra (Kudrjašova) Grāveru pamatskola", "Alice Castello", "Piazza Elena,2",
    "the Via Generale Giuseppe Garibaldi", "Rue du Général Charles Leclerc 3", "C/ Ana Torres 12", "Calle de la Ana Torres 3",
    "Via dell'Anna Rossi 2", "Ul. gen. Jana Henryka Dąbrowskiego 3", "Piazza dei Martiri Giuseppe Rossi 3",
    "Aleksandra Čaka iela 102, Rīga", "Borgo San Giovanni - Lagomaggio - Marina Lido",
    "Maria: yhteensä", "Constantin (oraș)", "Adrian=estimate", "Marina Bay", "Christian Aid",
    "Adam,Eva,Karl", "MariaDB", "figures as of 19900131", "Annex II. 1990", "β-blockers 2024",
    "https://statistics.example.org/tables", "Ministry of Justice", "hotline 116 111",
]  # fmt: skip
OFFICES = [
    "info@statistics.example", "press@example.gov.ie", "stat@stat.ee", "hotline 0800 116 111",
    "kirjaamo@example.fi", "Contact: demography@example.gov.uk",
    "Mortality Analysis Team (mortality@ons.gov.uk or telephone: +44 (0)1633 456935)",
]  # fmt: skip
GIVEN = ["Anna", "Maria", "Elena", "Laura", "Anna Maria"]


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_what_looks_alike_is_no_person(text: str) -> None:
    assert kinds(around(text, area="FI")) <= {"office_contact"}


@pytest.mark.parametrize("text", OFFICES)
def test_what_belongs_to_an_office_is_a_warning(text: str) -> None:
    assert kinds(around(text, area="FI")) == {"office_contact"}
    assert not holds_personal_data(validate(around(text)))


@pytest.mark.parametrize("mailbox", ["anna.virtanen@stat.fi", "a.korhonen@example.gov.ie"])
def test_the_mailbox_of_a_person_in_an_office_is_refused(mailbox: str) -> None:
    assert "email_address" in kinds(around(mailbox))


def test_codes_with_a_zero_before_them_are_no_telephone_numbers() -> None:
    codes = [f"{number:02}00000" for number in range(2, 33, 2)]

    assert kinds(around("Kod", *codes, area="FI")) == set()


def test_a_source_on_a_sheet_of_notes_is_known_by_its_heading() -> None:
    notes = Sheet("Notes", [["Website", "https://example.org/a"], ["Link"], ["www.example.org/b"]])
    figures = Sheet("Notes", [["Comment", "https://example.org/a"]])

    assert kinds(holding(workbook(notes))) == set()
    assert kinds(holding(workbook(figures))) == {"web_address_in_doubt"}


@pytest.mark.parametrize("digits", [9, 10, 11, 13])
def test_a_column_of_amounts_refuses_nothing(digits: int) -> None:
    drawn = random.Random(digits)
    amounts = [str(drawn.randrange(10 ** (digits - 1), 10**digits)) for _ in range(40)]

    assert kinds(around("Amount", *amounts, area="DE")) == set()


@pytest.mark.parametrize("text", ["code 12345678903", "12345678903"])
def test_a_lone_number_that_passes_is_a_warning_in_its_own_state(text: str) -> None:
    assert kinds(around(text, area="HR")) == {"possible_national_number"}
    assert kinds(around(text, area="FI")) == set()


@pytest.mark.parametrize("heading", ["Given name", "Etunimi", "Vorname", "Name", "Surname"])
def test_statistics_of_names_name_no_persons(heading: str) -> None:
    rows: list[list[object]] = [[name, 2023.0, 400.0 - n] for n, name in enumerate(GIVEN)]

    assert kinds(holding(workbook(Sheet("Births", [[heading, "Year", "Births"], *rows])))) == set()


@pytest.mark.parametrize("beside", [["Surname", "Virtanen"], ["Age", 14.0], ["Count", 1.0]])
def test_names_of_single_persons_are_no_statistics(beside: list[object]) -> None:
    rows: list[list[object]] = [[name, beside[1]] for name in GIVEN]

    found = kinds(holding(workbook(Sheet("List", [["First name", beside[0]], *rows]))))

    assert "column_of_names" in found


def test_the_days_of_a_time_series_are_no_births() -> None:
    days = [date(2024, 1, 1) + timedelta(days) for days in range(30)]
    rows: list[list[object]] = [[day, "F", 12.0] for day in days]

    assert kinds(holding(workbook(Sheet("Daily", [["Day", "Sex", "Deaths"], *rows])))) == set()


def test_a_name_among_many_places_is_a_place() -> None:
    places = [f"{first}{second}" for first in "BDFGHKLMNP" for second in
              ("anheim", "eldorf", "ilstadt", "olberg", "umfeld", "orbach", "irkowo", "asjärvi",
               "essola", "ivoli", "antua")]  # fmt: skip

    assert kinds(around("Commune", *places, "Johanna Talvela")) == set()
    assert kinds(around("Commune", *places[:10], "Johanna Talvela")) == {"person_named"}


NAMES = ["Vieno Testinen", "Aatu Mallikas", "Hilma Esimerkki", "Urho Kokeilu", "Toivo Talvinen"]


def test_rows_of_one_with_unlisted_names_are_questioned() -> None:
    rows: list[list[object]] = [["ICSE_VICTIMS", name, 2025.0, 1.0] for name in NAMES]
    more: list[list[object]] = [["ICSE_VICTIMS", name, 2025.0, 31.0] for name in NAMES]
    ticked: list[list[object]] = [[True, *row] for row in rows]  # which is equal to 1

    for columns, letter in ((rows, "B"), (ticked, "C")):
        found = rules()["possible_names"].offends(holding(workbook(Sheet("Figures", columns))))
        assert list(found["cell"]) == [f"{letter}{row}" for row in range(1, 6)]
    assert kinds(holding(workbook(Sheet("Figures", more)))) == set()


def test_a_column_of_respondents_is_questioned() -> None:
    assert kinds(around("Respondent", *NAMES)) == {"possible_names"}
    assert kinds(around("Respondent", "National Police", "Central Court", "Social Services",
                        "Labour Inspectorate", "Child Helpline")) == set()  # fmt: skip
