"""What is in a value cell, compared with what the indicator counts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.catalogue.codelists import codelist
from metrics.catalogue.definitions.indicators import Indicator
from metrics.core.tables import WITHOUT_VALUE
from metrics.intake.findings import ValidationContext
from metrics.intake.rules import rules
from metrics.intake.rules.values import DESCRIBES_VALUE, intended_status
from tests.intake.rules.offences import offending_cells
from tests.tables import case, indicator

AA = indicator("AA")
RATIO = indicator("RATIO", kind="published_ratio", unit="PC")
SHARE = indicator(
    "SHARE", kind="share", unit="PC", numerator={"en": "some"}, denominator={"en": "all"}
)
TIME = indicator("TIME", kind="duration", unit="HOURS", by=("band",))
LAW = indicator("LAW", kind="milestone", unit="STEP", ladder=("not_started", "in_force"))
KNOWN = (AA, RATIO, SHARE, TIME, LAW)


def one(
    text: str, *, code: str = "AA", component: str = "value", form: str = "number"
) -> ValidationContext:
    drawn = f"indicator | component | typed | form\n{code} | {component} | {text} | {form}"
    return case(drawn, *KNOWN)


def counted(value: float, unit: str) -> ValidationContext:
    return case(f"indicator | value\nUU | {value}", indicator("UU", unit=unit))


@pytest.mark.parametrize("language", ["en", "fi", "el"])
@pytest.mark.parametrize("code", codelist("observation_status"))
def test_the_words_of_a_status_mean_the_status(code: str, language: str) -> None:
    assert (
        intended_status(f" {codelist('observation_status')[code].name(language)} ".upper()) == code
    )


@pytest.mark.parametrize(
    ("typed", "code"),
    [("N/A", "O"), ("no  data", "O"), ("x", "O"), ("c", "Q"), ("z", "M"), ("e", ""), ("forty", ""), ("", "")],
)  # fmt: skip
def test_what_people_write_where_they_have_no_number(typed: str, code: str) -> None:
    assert intended_status(typed) == code


@pytest.mark.parametrize(
    ("code", "component", "offends"),
    [("AA", "value", True), ("RATIO", "value", False), ("SHARE", "numerator", True),
     ("TIME", "cases", True), ("TIME", "median", True)],
)  # fmt: skip
def test_a_percentage_belongs_only_where_per_cent_is_asked_for(
    code: str, component: str, offends: bool
) -> None:
    whole = one("12", code=code, component=component, form="percent")

    assert offending_cells("percent_instead_of_count", whole) == (["F5"] if offends else [])


def test_a_percentage_that_is_no_count_is_told_the_unit_that_is_asked_for() -> None:
    (found,) = rules()["percent_instead_of_count"].offends(one("12", form="percent"))["unit"]

    assert found == "CASES"


@pytest.mark.parametrize(
    ("text", "code", "component", "form", "offends"),
    [
        ("2", "AA", "value", "number", False),
        ("2.5", "AA", "value", "number", True),
        ("2.5", "AA", "value", "percent", False),
        ("2.5", "RATIO", "value", "number", False),
        ("2.5", "SHARE", "denominator", "number", True),
        ("2.5", "TIME", "cases", "number", True),
        ("2.5", "TIME", "median", "number", False),
        ("0.5", "LAW", "step", "number", False),
        ("2.5", "UNKNOWN", "value", "number", True),
    ],
)
def test_half_a_case_is_no_case(
    text: str, code: str, component: str, form: str, offends: bool
) -> None:
    whole = one(text, code=code, component=component, form=form)

    assert offending_cells("fraction_of_whole", whole) == (["F5"] if offends else [])


def test_a_published_ratio_of_persons_may_be_a_fraction() -> None:
    ratio = indicator("UU", kind="published_ratio", unit="PERSONS")

    assert offending_cells("fraction_of_whole", case("indicator | value\nUU | 2.5", ratio)) == []


@pytest.mark.parametrize(
    ("unit", "largest"),
    [("PERSONS", 5e8), ("FTE", 5e6), ("USERS", 5e9), ("HOURS", 1e5), ("DAYS", 1e5), ("YEARS", 200.0), ("EVENTS", 1e6), ("SCHOOLS", 1e7), ("CASES", 1e12)],
)  # fmt: skip
def test_more_than_there_can_be_is_a_slip_of_the_keyboard(unit: str, largest: float) -> None:
    assert offending_cells("value_beyond_reason", counted(largest, unit)) == []
    (found,) = rules()["value_beyond_reason"].offends(counted(largest + 1, unit)).to_dict("records")
    assert (found["unit"], found["largest"]) == (unit, f"{largest:.0f}")


@pytest.mark.parametrize(
    ("value", "offends"), [("0", False), ("-0", False), ("-0.5", True), ("-1", True)]
)
def test_nothing_is_counted_below_zero(value: str, offends: bool) -> None:
    assert bool(offending_cells("value_negative", one(value))) is offends


@pytest.mark.parametrize(
    ("text", "code", "component", "offends"),
    [
        ("100", "RATIO", "value", False),
        ("100.5", "RATIO", "value", True),
        ("900", "AA", "value", False),
        ("900", "SHARE", "numerator", False),
    ],
)
def test_more_than_all_is_asked_about(text: str, code: str, component: str, offends: bool) -> None:
    assert (
        bool(offending_cells("percent_above_100", one(text, code=code, component=component)))
        is offends
    )


@pytest.mark.parametrize("code", codelist("observation_status"))
def test_a_status_goes_with_a_value_or_without_one(code: str) -> None:
    drawn = f"indicator | value | status\nAA | 5 | {code}\nAA | | {code}"

    assert offending_cells("value_with_missing_status", case(drawn, AA)) == ["F5"] * (
        code in WITHOUT_VALUE
    )
    assert offending_cells("status_without_value", case(drawn, AA)) == ["F6"] * (
        code in DESCRIBES_VALUE
    )


def test_only_a_derogation_and_a_special_event_go_with_a_value_and_without() -> None:
    decided = {*WITHOUT_VALUE, *DESCRIBES_VALUE}

    assert len(decided) == len(WITHOUT_VALUE) + len(DESCRIBES_VALUE)
    assert {*codelist("observation_status")} - decided == {"A", "J", "S"}


@pytest.mark.parametrize(
    ("status", "confidentiality", "offends"),
    [("Q", "F", True), ("Q", "C", False), ("Q", "", False), ("O", "F", False)],
)
def test_what_is_withheld_is_not_free(status: str, confidentiality: str, offends: bool) -> None:
    drawn = "indicator | value | status | confidentiality_status\nAA |  | {} | {}"
    whole = case(drawn.format(status, confidentiality), AA)

    assert bool(offending_cells("suppressed_but_free", whole)) is offends


@pytest.mark.parametrize(
    ("text", "said"),
    [("1 234", True), ("1,5", True), ("1'234", True), ("1’234", True), ("1\u00a0234", True),
     ("1234", False), ("1234.5", False)],
)  # fmt: skip
def test_separators_that_were_understood_are_said(text: str, said: bool) -> None:
    drawn = f"indicator | typed | value | form\nAA | {text} | 1234 | {{}}"

    assert bool(offending_cells("number_read_from_text", case(drawn.format("number"), AA))) is said
    assert offending_cells("number_read_from_text", case(drawn.format("ambiguous"), AA)) == []


@pytest.mark.parametrize(
    ("rule", "form"),
    [
        ("cell_shows_error", "error"),
        ("formula_not_calculated", "formula"),
        ("date_instead_of_number", "date"),
        ("truth_value_instead_of_number", "bool"),
        ("number_ambiguous", "ambiguous"),
        ("number_not_understood", "text"),
    ],
)
def test_each_kind_of_cell_offends_its_own_rule_and_no_step_does(rule: str, form: str) -> None:
    step = one("forty", code="LAW", component="step", form=form)

    assert offending_cells(rule, one("forty", form=form)) == ["F5"]
    assert offending_cells(rule, step) == offending_cells(rule, one("12")) == []


@pytest.mark.parametrize(
    ("typed", "whole", "decimal"),
    [("1.234.567", "1234567", "1.234.567"), (" 12,345 ", "12345", "12.345"), ("1.240.", "1240", "1.240"), ("1,2345", "1,2345", "1.2345")],
)  # fmt: skip
def test_an_ambiguous_number_is_read_both_ways(typed: str, whole: str, decimal: str) -> None:
    ambiguous = rules()["number_ambiguous"].offends(one(typed, form="ambiguous"))

    assert ambiguous[["whole", "decimal"]].to_numpy().tolist() == [[whole, decimal]]


def test_a_number_in_brackets_is_read_with_both_signs() -> None:
    ambiguous = rules()["number_ambiguous"].offends(one("(123)", form="ambiguous"))

    assert ambiguous[["positive", "negative", "whole"]].to_numpy().tolist() == [["123", "-123", ""]]


@pytest.mark.parametrize(
    ("values", "period", "offends"),
    [
        (("2024", "5", "7"), "2024", ["F5"]),
        (("2023", "2023", "2023"), "2024", ["F5", "F6", "F7"]),
        (("2023", "2023", "7"), "2024", []),
        (("2023", "2023", ""), "2024", []),
        (("12", "12", "12"), "2024", []),
        (("2025", "5", "7"), "2024", []),
    ],
)
def test_a_year_in_the_place_of_a_figure_is_asked_about(
    values: tuple[str, ...], period: str, offends: list[str]
) -> None:
    codes = [indicator(code) for code in ("AA", "BB", "CC")]
    rows = [
        f"{own.code} | {value} | {period} | F{number}"
        for number, (own, value) in enumerate(zip(codes, values, strict=True), 5)
    ]
    table = "\n".join(["indicator | value | period | cell", *rows])

    found = rules()["year_instead_of_number"].offends(case(table, *codes))

    assert list(found["cell"]) == offends


@pytest.mark.parametrize(
    ("value", "unit", "in_unit"),
    [("1234567", "MIO_ITEMS", "1.234567"), ("35000", "MIO_ITEMS", ""), ("100000.5", "MIO_ITEMS", ""),
     ("1234567", "CASES", "")],
)  # fmt: skip
def test_millions_typed_in_full_are_asked_about(value: str, unit: str, in_unit: str) -> None:
    table = case(f"indicator | value\nAA | {value}", indicator("AA", unit=unit))

    found = rules()["millions_in_full"].offends(table)

    assert list(found["in_unit"] if len(found) else []) == ([in_unit] if in_unit else [])


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([AA, indicator("AA", unit="PERSONS")]))
def test_a_whole_number_of_things_offends_no_rule_of_values(count: int, counts: Indicator) -> None:
    whole = case(f"indicator | value\nAA | {count}", counts)
    family = [member for member in rules().values() if member.family == "values"]

    assert [member.name for member in family if len(member.offends(whole))] == []


@pytest.mark.parametrize(
    ("typed", "value", "is_noted"),
    [
        ("1.000.000", "1000000", True), ("1’234", "1234", True), ("40e", "40", True), ("1,5", "1.5", True),
        ("2.5E-1", "0.25", True), ("40 p", "40", True), ("12", "12", False), (" 12.50 ", "12.5", False),
        ("-3", "-3", False), ("1e+20", "1e20", False),
    ],
)  # fmt: skip
def test_the_sender_sees_how_a_text_was_read_as_a_number(
    typed: str, value: str, *, is_noted: bool
) -> None:
    drawn = f"indicator | typed | form | value\nAA | {typed} | number | {value}"

    assert offending_cells("number_read_from_text", case(drawn, AA)) == ["F5"] * is_noted


@pytest.mark.parametrize(
    ("column", "status_cell", "rule"),
    [
        ("confidentiality_status", "F5", "status_read_from_number"),
        ("observation_status", "F5", "status_read_from_number"),
        ("observation_status", "G5", "number_read_from_text"),
    ],
)
def test_a_status_read_from_the_cell_of_a_number_is_asked_about(
    column: str, status_cell: str, rule: str
) -> None:
    whole = case(
        f"indicator | typed | value | {column} | {column}_cell\nAA | 450 c | 450 | C | {status_cell}",
        AA,
    )
    rules_of_numbers = ("status_read_from_number", "number_read_from_text")

    assert [name for name in rules_of_numbers if offending_cells(name, whole)] == [rule]


@pytest.mark.parametrize(
    ("observation", "confidentiality", "cells"),
    [
        ("N", "", ["G5"]), ("d", "", ["G5"]), ("S", "", ["G5"]), ("", "D", ["H5"]), ("", "S", ["H5"]),
        ("", "N", []), ("E", "", []), ("", "C", []), ("N", "F", []), ("A", "D", []),
        ("N – not significant", "", []),
    ],
)  # fmt: skip
def test_a_code_of_both_columns_of_statuses_is_asked_about(
    observation: str, confidentiality: str, cells: list[str]
) -> None:
    head = "observation_status_typed | observation_status_cell | confidentiality_status_typed"
    drawn = f"""
        indicator | value | {head} | confidentiality_status_cell
        AA        | 12    | {observation} | G5 | {confidentiality} | H5
    """

    assert offending_cells("status_in_either_column", case(drawn, AA)) == cells
