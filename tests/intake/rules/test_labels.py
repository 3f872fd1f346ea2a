"""A label and its value in neighbouring cells are found; headings of tables and metadata are not."""

from datetime import datetime

import pytest

from metrics.intake.rules.identifying.headings import listed_words
from metrics.intake.workbook import Sheet
from tests.intake.rules.test_identifying import holding, kinds
from tests.tables import workbook

BIRTHDAY = datetime(1990, 1, 1)  # noqa: DTZ001 - cells know no time zone

# All invented; the names are on no list of given names.
FORMS: list[tuple[str, object, str]] = [
    ("Date of birth", "1.1.1990", "date_of_birth"),
    ("Date of birth:", BIRTHDAY, "date_of_birth"),
    ("Syntymäaika", "1 tammikuuta 1990", "date_of_birth"),
    ("Ημερομηνία γέννησης", "01/01/1990", "date_of_birth"),
    ("Name", "Jane Doe", "person_named"),
    ("NAME *", "Doe, Jane", "person_named"),
    ("Full name", "JANE DOE", "person_named"),
    ("Nimi", "Jooa Doemäki", "person_named"),
    ("Ονοματεπώνυμο", "Τζέιν Ντόου", "person_named"),
    ("Surname", "Doe", "person_named"),
    ("Prepared by", "Jane Doe", "person_named"),
    ("Victim", "Anna Doe", "person_named"),
    ("Victim", "J. Doe", "person_named"),
    ("Passport number", "P1234567", "national_number"),
    ("Henkilötunnus", "880320-0016", "national_number"),
    ("ΑΜΚΑ", 1013099997.0, "national_number"),
    ("Mobile", "40 123 4567", "phone_number"),
]  # fmt: skip
METADATA: list[tuple[str, object]] = [
    ("Name", "Population Statistics"), ("Name", "Statistics Finland"), ("Name", "Czech Republic"),
    ("Name", "Anna Lindh Foundation"), ("Name", "of the indicator"), ("Name", 14.0),
    ("Victim", "Sexual Abuse"), ("Victim", "A. Total"), ("Offender", "Family Member"), ("Child", "Total Number"),
    ("Date of birth", "not asked"), ("Date of birth", 2010.0),
    ("Id number", "2024-25"), ("TIN", "n/a"), ("Contact person", "see the cover page"),
    ("Unit", "Per cent"), ("Unit", "Persons"), ("Telephone", "116 111"), ("Passport number", 12.0),
]  # fmt: skip


def found_beside(label: str, value: object) -> set[str]:
    notes = Sheet("Notes", [["Notes", None, None], [None, label, value], ["Remark", "as agreed"]])
    return kinds(holding(workbook(Sheet("Figures", [["indicator", "value"]]), notes)))


def found_below(label: str, value: object) -> set[str]:
    return kinds(holding(workbook(Sheet("Notes", [["Notes"], [label], [value], [None], ["End"]]))))


@pytest.mark.parametrize(("label", "value", "rule"), FORMS)
def test_a_value_beside_or_below_its_label_is_found(label: str, value: object, rule: str) -> None:
    assert rule in found_beside(label, value)
    assert {rule, "column_of_names"} & found_below(label, value)


@pytest.mark.parametrize(("label", "value"), METADATA)
def test_what_describes_the_figures_is_not(label: str, value: object) -> None:
    assert found_beside(label, value) <= {"office_contact"}


@pytest.mark.parametrize("label", sorted(listed_words("born") - {"s."}))
def test_every_declared_label_counts(label: str) -> None:
    assert "date_of_birth" in found_beside(label, "1.1.1990")


def test_a_record_of_labels_one_below_the_other_is_found_whole() -> None:
    record: list[list[object]] = [
        ["Name", "Jane Doe"],
        ["Date of birth", BIRTHDAY],
        ["Passport number", "P1234567"],
    ]

    found = kinds(holding(workbook(Sheet("Notes", record))))
    assert found == {"person_named", "date_of_birth", "national_number"}


@pytest.mark.parametrize(
    "table",
    [
        [["Name", "Births"], ["North Karelia", 400.0], ["South Karelia", 300.0]],
        [["Given name", "Anzahl der Träger"], ["Anna", 400.0], ["Maria", 300.0], ["Eva", 200.0]],
        [["Name", "Label"], ["Geo", "Geopolitical Entity"], ["Sex", "Sex"]],
        [["Victim", "Offender"], ["Own Child", "Close Relative"], ["Other Child", "Other Person"]],
    ],
)
def test_the_heading_of_a_table_is_no_label(table: list[list[object]]) -> None:
    assert kinds(holding(workbook(Sheet("Table", table)))) == set()
