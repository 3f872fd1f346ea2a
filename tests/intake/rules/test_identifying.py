"""Data about a person is refused, wherever it stands, and never repeated; counts are left alone."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.catalogue.codelists import member_states
from metrics.intake.findings import ValidationContext
from metrics.intake.rules import rules
from metrics.intake.sandbox import unpack
from metrics.intake.validate import validate
from metrics.intake.workbook import Sheet, TextFragment, Workbook
from metrics.submissions.desk import Desk
from tests.tables import COLLECTION, case, workbook

FAMILY = {name: member for name, member in rules().items() if member.family == "identifying"}

EXAMPLES = [
    ("email_address", "matti.meikalainen@example.fi"),
    ("email_address", "ask Matti: matti (at) example.fi"),
    ("phone_number", "+358 40 123 4567"),
    ("phone_number", "00358401234567"),
    ("phone_number", "0401234567"),
    ("phone_number", "call 040 123 4567 for questions"),
    ("phone_number", "tel. 09 1234567"),
    ("phone_number", "τηλ. 210 1234567"),
    ("ip_address", "192.168.0.1"),
    ("ip_address", "seen at 203.0.113.77, twice"),
    ("ip_address", "2001:db8::8a2e:370:7334"),
    ("mac_address", "00:1B:44:11:3A:B7"),
    ("mac_address", "00-1b-44-11-3a-b7"),
    ("web_address_in_doubt", "https://example.com/x"),
    ("web_address_in_doubt", "see www.example.org/a"),
    ("web_address", "hxxp://example.com/x"),
    ("web_address", "example.onion"),
    ("web_address", "http://203.0.113.77/x"),
    ("web_address", "https://example.org/profile/anna"),
    ("web_address", "https://anna@example.org/x"),
    ("web_address", "https://www.dropbox.com/s/x"),
    ("web_address", "tor://example"),
    ("web_address", "https://example.org/a and https://t.me/anna"),
    ("bank_account", "FI21 1234 5600 0007 85"),
    ("bank_account", "paid to DE89370400440532013000 in May"),
    ("payment_card", "4111 1111 1111 1111"),
    ("hash_value", "d41d8cd98f00b204e9800998ecf8427e"),
    ("hash_value", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
    ("hash_value", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("hash_value", "cf83e1357eefb8bd" * 8),
    ("hash_value", "1B2M2Y8AsgTpgAmY7PhCfg=="),
    ("hash_value", "2jmj7l5rSw0yVb/vlWAYkK/YBwk="),
    ("hash_value", "known as 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
    ("hash_value", "Zm9v" * 47 + "YmE9"),
    ("national_number", "henkilötunnus 131052-308X"),
    ("national_number", "personal number: 880320-0017"),
    ("unique_identifier", "123e4567-e89b-12d3-a456-426614174000"),
    ("coordinates", "60.16990, 24.93840"),
    ("coordinates", "60,1699 N; 24,9384 E"),
    ("coordinates", "60°10'15\"N 24°56'15\"E"),
    ("person_named", "Counted by Anna Virtanen in the unit"),
    ("person_named", "Μαρία Παπαδοπούλου"),
    ("person_named", "asked of Anna-Maria Berg-Olsen, twice"),
    # A word that also begins the name of a street, but here begins a sentence, a list, a path.
    ("person_named", "Place of report unclear; Anna Virtanen was counted twice"),
    ("person_named", "Place: Anna Virtanen was counted twice"),
    ("person_named", "Via email from Anna Virtanen in May"),
    ("person_named", "Al contar, Anna Virtanen figura dos veces"),
    ("person_named", "group C, Anna Virtanen was counted"),
    ("person_named", "C:\\Cases\\Anna Virtanen.docx"),
    ("date_of_birth", "born 1.2.2010"),
    ("date_of_birth", "girl, syntynyt 12.3.2009"),
    ("date_of_birth", "ημερομηνία γέννησης: 12/03/2009"),
    ("date_of_birth", "geb. 3. 4. 2011"),
]
# Examples in the documentation of python-stdnum, and made by the published rule for HU, LU and MT.
NATIONAL = {
    "AT": "1237 010180", "BE": "85.07.30-033.28", "BG": "7523169263", "CZ": "710319/2745",
    "DK": "211062-5629", "DE": "36 574 261 809", "EE": "36805280109", "IE": "6433435F",
    "EL": "01013099997", "ES": "54362315-K", "FR": "2 95 10 99 126 111 93", "HR": "33392005961",
    "IT": "RCCMNL83S18D969H", "CY": "00123123T", "LV": "161175-19997", "LT": "33309240064",
    "LU": "1980010112302", "HU": "2-720216-1673", "MT": "0123456M", "NL": "1112.22.333",
    "PL": "44051401359", "PT": "00000000 0 ZZ4", "RO": "1630615123457", "SI": "0101006500006",
    "SK": "710319/2745", "FI": "131052-308T", "SE": "880320-0016",
}  # fmt: skip
HARMLESS = [
    "Victims identified", "about forty", "run with the Anna Lindh Foundation", "Operation Max Power",
    "Sofia City Court", "Victoria Station", "Partner country: Svalbard and Jan Mayen",
    "Adam", "Santa Maria", "in Frankfurt am Main", "Prokuratura Krajowa", "Poliisi ja Tulli", "Lastensuojelu/Viranomaiset/Tiedot/Koulut/2024",
    "Σχολεία==2024", "a" * 43 + "=", "reference number 12/2024", "a code of 44 letters", "2022 2023 2024", "2024-01", "2024-Q3", "01.02.2024",
    "31/12/2024", "Directive 2011/93/EU", "ICSE_VICTIMS[sex=F;age=Y13T15]", "1 234 567",
    "12.345, 67.890", "1.234.567", "see section 1.2.3.4", "1.2.3.4 Trainings held",
    "the law of 12.3.2024 entered into force on 1.5.2024", "the helpline 116 111 had 12 345 calls",
    "e.g. children", "n/a", "12,5 %", "3-7 d", "COM(2022) 209 final", "CELEX:32011L0093", "GA-1.1",
    "at 10:30", "Art. 5(1)(a)", "v1.2.3.4", "0", "007", "00100 Helsinki", "12862/19",
    "8 October 2019", "2024-03-31T0915Z", "EU27_2020", "Y_LT4", "2023-01/P8M", "in 2024, 123456789",
    "Älä ilmoita henkilöiden nimiä.", "Μην αναφέρετε ονόματα προσώπων.", "counted 12345678 twice",
]  # fmt: skip


NOTHING = case().reading


def around(
    *cells: object, text_fragments: tuple[TextFragment, ...] = (), area: str = "FI"
) -> ValidationContext:
    """A workbook with the cells one under the other in column A."""
    sheet = Sheet("Notes", [[cell] for cell in cells])
    return holding(workbook(sheet, text_fragments=text_fragments), area)


def holding(book: Workbook, area: str = "FI") -> ValidationContext:
    reading = replace(NOTHING, workbook=book, area=area)
    return ValidationContext(reading, COLLECTION, {}, {})


def kinds(whole: ValidationContext) -> set[str]:
    return {name for name, member in FAMILY.items() if len(member.offends(whole))}


@pytest.mark.parametrize(("kind", "text"), EXAMPLES)
def test_a_text_about_a_person_is_found(kind: str, text: str) -> None:
    assert kind in kinds(around("A heading", None, text))


@pytest.mark.parametrize("state", member_states())
def test_the_personal_number_of_every_member_state_is_found(state: str) -> None:
    found = FAMILY["national_number"].offends(around("note", f"suspect {NATIONAL[state]} again"))

    assert list(found["cell"]) == ["A2"]


# Danish numbers since 2007, and those of Malta, have no check digit.
@pytest.mark.parametrize("state", sorted(set(member_states()) - {"DK", "MT"}))
def test_a_personal_number_with_a_wrong_check_digit_is_none(state: str) -> None:
    number = NATIONAL[state]
    places = [place for place, letter in enumerate(number) if letter.isdigit()]
    wrong = [number[:at] + str((int(number[at]) + 1) % 10) + number[at + 1 :] for at in places]

    passing = FAMILY["national_number"].offends(around(*wrong))["cell"].unique()

    assert len(passing) < len(wrong) / 2


@pytest.mark.parametrize("text", HARMLESS)
def test_an_ordinary_text_is_left_alone(text: str) -> None:
    assert kinds(around(text)) == set()


@settings(deadline=None, max_examples=20)
@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=30))
def test_an_ordinary_count_is_left_alone(counts: list[int]) -> None:
    texts = [str(count) for count in counts]

    assert kinds(around(*map(float, counts), *texts)) == set()


@settings(deadline=None, max_examples=20)
@given(st.integers(10**9, 10**15))
def test_a_number_in_a_value_cell_is_never_anything_else(count: int) -> None:
    whole = around(str(count))
    counted = case(
        f"indicator | typed | sheet | cell\nAA | {count} | Notes | A1",
        workbook=whole.reading.workbook,
    )

    assert kinds(counted) == set()


@pytest.mark.parametrize("kind", ["comment", "name", "property", "header", "drawing"])
def test_texts_outside_the_cells_are_searched(kind: str) -> None:
    snippet = TextFragment(kind, "Notes", "B7", "matti@example.fi")  # type: ignore[arg-type]

    found = FAMILY["email_address"].offends(around("x", text_fragments=(snippet,)))

    assert found[["sheet", "where"]].to_numpy().tolist() == [["Notes", kind]]


def test_a_hidden_sheet_is_searched() -> None:
    hidden = Sheet("Working", [[None], [None, "+358401234567"]], visible=False)

    found = FAMILY["phone_number"].offends(holding(workbook(Sheet("A", []), hidden)))

    assert found[["sheet", "cell"]].to_numpy().tolist() == [["Working", "B2"]]


def test_the_author_that_the_program_wrote_is_a_note_only() -> None:
    author = TextFragment("property", "", "creator", "matti@example.fi")

    whole = around("x", text_fragments=(author,))

    assert kinds(whole) == set()
    assert len(rules()["author_not_kept"].offends(whole)) == 1


def test_the_label_of_an_organisation_is_left_alone() -> None:
    label = TextFragment(
        "property", "", "MSIP_Label_1_SiteId", "123e4567-e89b-12d3-a456-426614174000"
    )

    assert kinds(around("x", text_fragments=(label,))) == set()


@pytest.mark.parametrize(
    ("address", "refused"),
    [
        ("https://example.eu/report-2024.pdf", False),
        ("https://example.eu/list?page=2", False),
        ("https://example.eu/user/matti", True),
        ("https://example.eu/?email=m@example.eu", True),
        ("https://www.facebook.com/someone", True),
    ],
)
def test_a_reference_to_a_publication_may_stand_in_its_column(address: str, refused: bool) -> None:
    empty: list[list[object]] = [[None]] * 4
    sheet = Sheet("Figures", [*empty, [*[None] * 5, 12.0, address]])
    drawn = f"indicator | value | reference\nAA | 12 | {address}"

    found = FAMILY["web_address"].offends(case(drawn, workbook=workbook(sheet)))

    assert list(found["cell"]) == ["G5"] * refused


@pytest.mark.parametrize(
    "heading",
    ["Surname", "First name", "Sukunimi", "Επώνυμο", "Nachname", "příjmení", "last_name:"],
)
def test_a_column_headed_as_names_is_found(heading: str) -> None:
    sheet = Sheet("List", [[None, heading], [1.0, "Meikäläinen"], [2.0, "Smith"], [3.0, None]])

    found = FAMILY["column_of_names"].offends(holding(workbook(sheet)))

    assert list(found["cell"]) == ["B2", "B3"]


def test_a_column_that_looks_like_names_is_found_without_a_heading() -> None:
    names = ["Matti Virtanen", "Anna Korhonen", "Juha Nieminen", "Maria Mäkinen", "Kari Laine"]

    found = FAMILY["column_of_names"].offends(around(*names))

    assert len(found) == 5


@pytest.mark.parametrize(
    "cells",
    [
        ["Name", "Operation Alpha", "Operation Beta", "Safer Internet"],
        ["Name", "Victims identified", "Suspects identified"],
        ["Czech Republic", "United Kingdom", "The Netherlands", "European Union"],
        ["Weibliche Opfer", "Männliche Opfer", "Andere Opfer", "Gesamt Opfer"],
        ["Lanzarote Convention", "Palermo Protocol", "Optional Protocol"],
    ],
)
def test_other_names_are_left_alone(cells: list[str]) -> None:
    assert kinds(around(*cells)) == set()


def persons(rows: int, age: float | str = 14.0) -> Sheet:
    body: list[list[object]] = [[f"K-{row}", age, "F"] for row in range(rows)]
    return Sheet("Cases", [["Case", "Age", "Sex"], *body])


def test_a_row_for_each_person_is_found() -> None:
    found = FAMILY["row_per_person"].offends(holding(workbook(persons(8))))

    assert list(found["cell"]) == [f"B{row}" for row in range(2, 10)]


@pytest.mark.parametrize("sheet", [persons(3), persons(8, age="Y13T15"), persons(8, age=2024.0)])
def test_a_table_of_counts_by_age_and_sex_is_left_alone(sheet: Sheet) -> None:
    assert "row_per_person" not in kinds(holding(workbook(sheet)))


IRREGULAR = [
    date(2010, 5, 3),
    date(2008, 1, 9),
    date(2012, 7, 1),
    date(2009, 2, 2),
    date(2011, 3, 4),
]


@pytest.mark.parametrize(
    ("heading", "beside", "days", "found"),
    [
        ("Day", "Sex", IRREGULAR, True),
        ("Day", "Case", IRREGULAR, True),
        ("Accessed", "Case", IRREGULAR, False),
        ("Day", "Deaths", IRREGULAR, False),
        ("Day", "Case", sorted(IRREGULAR), False),
        ("Day", "Case", sorted(IRREGULAR, reverse=True), False),
    ],
)
def test_irregular_days_in_a_table_of_persons_are_dates_of_birth(
    heading: str, beside: str, days: list[date], found: bool
) -> None:
    rows: list[list[object]] = [[heading, beside]]
    rows += [[day, f"K{number}"] for number, day in enumerate(days)]

    assert ("date_of_birth" in kinds(holding(workbook(Sheet("List", rows))))) is found


def test_coordinates_in_two_columns_are_found() -> None:
    sheet = Sheet("Places", [["Lat", "Lon"], [60.1, 24.9]])

    found = FAMILY["coordinates"].offends(holding(workbook(sheet)))

    assert set(found["cell"]) == {"A2", "B2"}


@pytest.mark.parametrize("state", ["NL", "PT", "HR"])
def test_a_doubtful_number_is_believed_after_a_word(state: str) -> None:
    number = {"NL": "111222333", "PT": "501964843", "HR": "33392005961"}[state]

    assert kinds(around(f"personal number {number}")) == {"national_number"}


def test_a_doubtful_number_is_believed_where_a_whole_column_passes() -> None:
    sheet = Sheet("List", [["x"], ["111222333"], ["100000009"], ["123456782"]])

    assert kinds(holding(workbook(sheet))) == {"national_number"}


def test_no_finding_of_any_rule_repeats_a_value() -> None:
    texts = [text for _, text in EXAMPLES]
    rows = "\n".join(f"AA | {text} | Notes | A{row}" for row, text in enumerate(texts, 1))
    typed = case(f"indicator | typed | sheet | cell\n{rows}").reading
    book = workbook(
        Sheet("Notes", [[text] for text in texts]), *(Sheet(text, []) for text in texts)
    )

    findings = validate(ValidationContext(replace(typed, workbook=book), COLLECTION, {}, {}))

    assert {finding.rule for finding in findings} >= {kind for kind, _ in EXAMPLES}
    assert "number_not_understood" not in {finding.rule for finding in findings}
    assert not [finding for finding in findings for text in texts if text in repr(finding)]


def test_the_words_say_the_place_and_not_the_value() -> None:
    found = FAMILY["national_number"].offends(around("131052-308T"))

    assert found.to_dict("records") == [
        {"sheet": "Notes", "cell": "A1", "where": "cell", "state": "FI"}
    ]


def test_no_rule_of_the_family_gives_anything_but_the_place_and_the_kind() -> None:
    whole = around(*(text for _, text in EXAMPLES), *NATIONAL.values())
    given_columns = {name for member in FAMILY.values() for name in member.offends(whole).columns}

    assert given_columns <= {"sheet", "cell", "where", "state"}


@settings(deadline=None, max_examples=20)
@given(st.text(max_size=200))
def test_any_text_can_be_searched(text: str) -> None:
    assert kinds(around(text)) <= set(FAMILY)


@pytest.mark.parametrize("letter", ["a", "1", ".", "@", "a.", "0 ", "+1", ":a", "1,", "A1-"])
def test_a_hostile_text_is_searched_in_time(letter: str) -> None:
    text = letter * (32_767 // len(letter))

    assert isinstance(kinds(around(text)), set)


def test_a_sheet_name_about_a_person_is_given_as_a_number() -> None:
    named = workbook(Sheet("Figures", []), Sheet("matti@example.fi", [["text"]]))

    findings = validate(holding(named))

    assert [
        (finding.sheet, finding.values["where"])
        for finding in findings
        if finding.rule == "email_address"
    ] == [("#2", "sheet")]


def test_findings_are_tables_of_text() -> None:
    found = FAMILY["email_address"].offends(around("a@example.fi"))

    assert all(pd.api.types.is_string_dtype(found[name]) for name in found)
    assert re.fullmatch(r"[A-Z]+\d+", found["cell"].iloc[0])


@pytest.mark.parametrize("language", ["en", "fi", "el"])
@pytest.mark.parametrize("area", ["FI", "EL"])
def test_a_template_as_it_is_sent_holds_nothing_about_a_person(
    tmp_path: Path, area: str, language: str
) -> None:
    path = tmp_path / "sent.xlsx"
    path.write_bytes(Desk(tmp_path).template("empact-cse", area, "2025", language))

    assert not kinds(holding(unpack(path)))
