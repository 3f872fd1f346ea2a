"""Code lists: what is in them, and how forgivingly they are read."""

from decimal import Decimal
from string import whitespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.catalogue.checks.codelists import check_codelist
from metrics.catalogue.codelists import (
    Code,
    code_by_spelling,
    codelist,
    find_code,
    find_nearest_code,
    fold_text,
    member_states,
)
from metrics.core.discover import file_names, read_csv
from metrics.core.tables import BREAKDOWNS, EU, TOTAL
from metrics.messages import Message

FILES = file_names("metrics.catalogue.codelists", ".csv")
PROTOCOL_ORDER = "BE BG CZ DK DE EE IE EL ES FR HR IT CY LV LT LU HU MT NL AT PL PT RO SI SK FI SE"


def test_the_27_stand_in_protocol_order() -> None:
    assert " ".join(member_states()) == PROTOCOL_ORDER
    assert list(codelist("area"))[:28] == [*member_states(), EU]


@pytest.mark.parametrize("file", FILES)
def test_a_code_list_does_not_contradict_itself(file: str) -> None:
    assert list(check_codelist(file)) == []


@pytest.mark.parametrize("name", BREAKDOWNS)
def test_every_breakdown_has_a_code_list(name: str) -> None:
    assert codelist(name)
    assert TOTAL not in codelist(name)
    assert find_code(TOTAL, name) == TOTAL


@pytest.mark.parametrize("name", [*BREAKDOWNS, "unit", "step", "component", "area"])
def test_a_breakdown_is_named_in_three_languages(name: str) -> None:
    assert all({"fi", "el"} <= {*code.names} for code in codelist(name).values())


@pytest.mark.parametrize(
    ("number", "language", "name"),
    [
        ("1", "en", "country"), ("-1", "en", "country"), ("0", "en", "countries"),
        ("1.5", "en", "countries"), ("2", "en", "countries"),
        ("1", "fi", "maa"), ("0", "fi", "maata"), ("2", "fi", "maata"), ("1.5", "fi", "maata"),
        ("1", "el", "χώρα"), ("0", "el", "χώρες"), ("21", "el", "χώρες"),
        ("1", "pl", "country"), ("2", "pl", "countries"),
    ],
)  # fmt: skip
def test_a_unit_has_the_plural_form_of_the_number(number: str, language: str, name: str) -> None:
    assert codelist("unit")["COUNTRIES"].name_beside(Decimal(number), language) == name


def test_a_language_with_four_plural_forms_uses_each() -> None:
    forms = {"one": "państwo", "few": "państwa", "many": "państw", "other": "państwa"}
    unit = Code("STATES", {"en": Message("states"), "pl": Message(forms, "pl")})

    found = [unit.name_beside(Decimal(number), "pl") for number in ("1", "3", "5", "1.5")]

    assert found == ["państwo", "państwa", "państw", "państwa"]


@pytest.mark.parametrize(
    ("typed", "name", "code"),
    [
        ("GR", "area", "EL"),
        ("el", "area", "EL"),
        (" Ελλάδα ", "area", "EL"),
        ("EU27", "area", "EU27_2020"),
        ("UK", "partner", "GB"),
        ("Turkey", "partner", "TR"),
        ("girls", "sex", "F"),
        ("13-15", "age", "Y13T15"),
        ("13–15 vuotta", "age", "Y13T15"),
        ("Directive 2011/93/EU", "instrument", "DIR_2011_93"),
        ("POLIISI  ja muut lainvalvontaviranomaiset", "authority", "POLICE"),
        ("already undertaken", "action_status", "undertaken"),
        ("ongoing", "progress", "under_way"),
        ("2024", "age", None),
        ("", "sex", None),
    ],
)
def test_what_people_write_is_understood(typed: str, name: str, code: str | None) -> None:
    assert find_code(typed, name) == code


@pytest.mark.parametrize(
    ("typed", "name", "code"),
    [("polise", "authority", "POLICE"), ("Y13T16", "age", "Y13T15"), ("qqqq", "sex", "")],
)
def test_the_nearest_code_is_offered(typed: str, name: str, code: str) -> None:
    assert find_nearest_code(typed, name) == code


@given(st.sampled_from(BREAKDOWNS), st.data())
def test_case_and_spaces_never_matter(name: str, data: st.DataObject) -> None:
    spelling = data.draw(st.sampled_from(sorted(code_by_spelling(name))))
    around = data.draw(st.text(whitespace, max_size=3))

    assert (
        find_code(f"{around}{spelling.upper().lower()}{around}", name)
        == code_by_spelling(name)[spelling]
    )


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold_text(fold_text(text)) == fold_text(text)


def test_the_time_bands_leave_no_gap_and_do_not_overlap() -> None:
    bands = read_csv("metrics.catalogue.codelists", "band.csv")

    assert bands[0]["from_hours"] == "0"
    assert [band["to_hours"] for band in bands[:-1]] == [band["from_hours"] for band in bands[1:]]
    assert bands[-1]["to_hours"] == ""


def test_the_age_bands_cover_childhood_once() -> None:
    names = [code.en for code in codelist("age").values()]

    ends = [[int(word) for word in name.split() if word.isdigit()] for name in names[:-1]]
    assert [year for first, last in ends for year in range(first, last + 1)] == [*range(18)]


def test_no_member_state_is_a_third_country() -> None:
    third = codelist("partner")

    assert not {*member_states(), "GR", EU} & {*third}
    assert {"GB", "US", "UA", "PH", "XK"} <= {*third}


def test_a_name_falls_back_to_english() -> None:
    code = Code("A", {"en": Message("English"), "fi": Message("suomi", "fi")})

    assert (code.name("fi"), code.name("el")) == ("suomi", "English")
    assert code.name("el").language == "en"
