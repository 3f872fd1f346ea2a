"""Parts compared with their total, in every shape in which parts are reported."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.catalogue.definitions.indicators import Indicator
from metrics.intake.rules import rules
from tests.intake.rules.offences import Offences, find_offences
from tests.tables import case, indicator

CODES = {"sex": ("F", "M"), "age": ("A", "B")}
BY_SEX = indicator("AA", by=("sex",), codes={"sex": ("F", "M")})
CROSSED = indicator("AA", by=("sex+age",), codes=CODES)
SUMS = ("parts_above_total", "parts_below_total", "total_left_out", "part_above_total")


def offends(rule: str, drawn: str, *indicators: Indicator) -> Offences:
    return find_offences(rule, case(drawn, *indicators))


def told(drawn: str, *indicators: Indicator) -> list[str]:
    whole = case(drawn, *indicators)
    return [rule for rule in SUMS if len(rules()[rule].offends(whole))]


def by_sex(total: object, girls: object, boys: object) -> str:
    return f"indicator | sex | value\nAA | _T | {total}\nAA | F | {girls}\nAA | M | {boys}"


@settings(max_examples=8, deadline=None)
@given(girls=st.integers(0, 500), boys=st.integers(0, 500), more=st.integers(-3, 3))
def test_a_total_is_the_sum_of_its_parts_or_is_told(girls: int, boys: int, more: int) -> None:
    expected = ["parts_above_total"] * (more < 0) + ["parts_below_total"] * (more > 0)

    assert told(by_sex(girls + boys + more, girls, boys), BY_SEX) == expected


IN_POSTS = BY_SEX.model_copy(update={"unit": "FTE"})  # which need not be whole


def test_what_is_told_names_the_total_the_parts_and_how_far_apart_they_are() -> None:
    (found,) = offends("parts_above_total", by_sex(10, 6, 5.5), IN_POSTS)

    names = ("cell", "cells", "by", "total", "parts", "difference")
    assert [found[name] for name in names] == ["F5", "F6:F7", "sex", "10", "11.5", "+1.5"]
    (found,) = offends("parts_below_total", by_sex(10, 6, 1), IN_POSTS)
    assert found["difference"] == "-3"


def test_parts_that_are_not_below_each_other_are_named_one_by_one() -> None:
    """A range would take in the cells between, which belong to other totals."""
    crossed = [f"AA | {sex} | {age} | 5" for sex in "FM" for age in "AB"]
    rows = "\n".join(["indicator | sex | age | value", "AA | _T | A | 1", *crossed])

    (found,) = offends("parts_above_total", rows, CROSSED)

    assert (found["cell"], found["cells"]) == ("F5", "F6, F8")


def test_a_large_sum_is_written_without_an_exponent() -> None:
    """An exponent has a decimal point in every language."""
    (found,) = offends("parts_above_total", by_sex(30, 987654321012, 6), BY_SEX)

    assert (found["parts"], found["difference"]) == ("987654321018", "+987654320988")


@pytest.mark.parametrize(
    ("drawn", "rules_"),
    [
        ("AA | _T | FI | 2024 | 10\nAA | F | SE | 2024 | 20", []),
        ("AA | _T | FI | 2024 | 10\nAA | F | FI | 2023 | 20", []),
        ("AA | _T | FI | 2024 | 10\nAA | F | FI | 2024 | 20", ["parts_above_total"]),
    ],
)
def test_parts_are_of_the_same_state_and_period(drawn: str, rules_: list[str]) -> None:
    assert told(f"indicator | sex | area | period | value\n{drawn}", BY_SEX) == rules_


def test_parts_are_of_the_same_component() -> None:
    share = indicator("AA", by=("sex",), kind="share", unit="PC", numerator={"en": "some"},
                      denominator={"en": "all"}, codes={"sex": ("F", "M")})  # fmt: skip
    drawn = """
        indicator | component   | sex | value
        AA        | numerator   | _T  | 5
        AA        | denominator | _T  | 20
        AA        | denominator | F   | 12
        AA        | denominator | M   | 8
    """

    assert told(drawn, share) == []


@pytest.mark.parametrize(
    ("kind", "component"),
    [({"kind": "duration", "unit": "HOURS"}, "median"),
     ({"kind": "milestone", "unit": "STEP", "ladder": ("adopted", "in_force")}, "step")],
)  # fmt: skip
def test_neither_medians_nor_steps_add_up(kind: dict[str, Any], component: str) -> None:
    drawn = (
        f"indicator | component | sex | value\nAA | {component} | _T | 1\nAA | {component} | F | 9"
    )

    assert told(drawn, indicator("AA", by=("sex",), codes={"sex": ("F",)}, **kind)) == []


@pytest.mark.parametrize(
    ("codes", "rules_"), [({"sex": ("F", "M")}, ["parts_below_total"]), ({}, [])]
)
def test_the_parts_are_all_there_when_every_code_that_is_asked_for_is(
    codes: dict[str, tuple[str, ...]], rules_: list[str]
) -> None:
    assert told(by_sex(10, 6, 3), indicator("AA", by=("sex",), codes=codes)) == rules_


def test_an_indicator_without_total_is_held_against_none() -> None:
    assert told(by_sex(10, 6, 9), BY_SEX.model_copy(update={"has_total": False})) == []


@pytest.mark.parametrize(("status", "asked"), [("A", True), ("O", False), ("Q", False)])
def test_a_total_that_is_withheld_or_missing_is_not_asked_for(status: str, asked: bool) -> None:
    drawn = f"""
        indicator | sex | value | status
        AA        | _T  |       | {status}
        AA        | F   | 6     | A
        AA        | M   | 4     | A
    """

    found = offends("total_left_out", drawn, BY_SEX)
    assert [(finding["cell"], finding["parts"]) for finding in found] == [("F5", "10")] * asked


@pytest.mark.parametrize(
    ("unit", "parts", "rules_"),
    [
        ("FTE", (0.504, 0.505), []),
        ("FTE", (0.506, 0.506), ["parts_above_total"]),
        ("FTE", (0.495, 0.496), []),
        ("FTE", (0.494, 0.494), ["parts_below_total"]),
        ("CASES", (1, 1), ["parts_above_total"]),
        ("CASES", (0.504, 0.505), []),  # no counts: only that is reported
    ],
)
def test_only_what_is_measured_may_have_been_rounded(
    unit: str, parts: tuple[float, float], rules_: list[str]
) -> None:
    assert told(by_sex(1, *parts), BY_SEX.model_copy(update={"unit": unit})) == rules_


ALONG_BOTH = """
    indicator | sex | age | value
    AA        | _T  | _T  | {}
    AA        | F   | A   | 1
    AA        | F   | B   | 2
    AA        | M   | A   | 3
    AA        | M   | B   | 4
"""


@pytest.mark.parametrize(
    ("total", "rules_"), [(10, []), (9, ["parts_above_total"]), (11, ["parts_below_total"])]
)
def test_crossed_parts_alone_make_the_total(total: int, rules_: list[str]) -> None:
    assert told(ALONG_BOTH.format(total), CROSSED) == rules_


@pytest.mark.parametrize(("girls", "cells"), [(3, []), (2, ["F10"]), (4, ["F10"])])
def test_crossed_parts_are_held_against_the_margin_that_was_given(
    girls: int, cells: list[str]
) -> None:
    margins = indicator("AA", by=("sex", "sex+age"), codes=CODES)
    drawn = f"{ALONG_BOTH.format(10)}AA | F | _T | {girls}\nAA | M | _T | {10 - girls}"

    said = [
        *offends("parts_above_total", drawn, margins),
        *offends("parts_below_total", drawn, margins),
    ]
    assert [finding["cell"] for finding in said if finding["cell"] == "F10"] == cells


def overlapping(**fields: Any) -> Indicator:
    return indicator("AA", overlapping=("topic",), **fields)


@pytest.mark.parametrize(("legal", "offending"), [(12, []), (13, ["F6"])])
def test_where_parts_overlap_each_stays_within_the_total(legal: int, offending: list[str]) -> None:
    drawn = f"""
        indicator | topic   | value
        AA        | _T      | 12
        AA        | LEGAL   | {legal}
        AA        | VICTIMS | 12
    """

    found = offends("part_above_total", drawn, overlapping())
    assert [finding["cell"] for finding in found] == offending
    assert all((finding["total"], finding["total_cell"]) == ("12", "F5") for finding in found)


@pytest.mark.parametrize(
    ("unit", "total", "parts", "noted"),
    [("CASES", 12, (9, 6), ["+3"]), ("CASES", 12, (9, 3), []), ("CASES", 12, (9, 2), []),
     ("CASES", 12, (13, 1), []), ("PC", 12, (9, 6), [])],
)  # fmt: skip
def test_parts_that_overlap_may_come_to_more_than_their_total(
    unit: str, total: int, parts: tuple[int, int], noted: list[str]
) -> None:
    drawn = f"""
        indicator | topic   | value
        AA        | _T      | {total}
        AA        | LEGAL   | {parts[0]}
        AA        | VICTIMS | {parts[1]}
    """

    found = offends("parts_overlap", drawn, overlapping(unit=unit))

    assert [finding["difference"] for finding in found] == noted


def test_a_part_is_held_against_the_total_of_its_own_state() -> None:
    drawn = """
        indicator | area | topic | value
        AA        | FI   | _T    | 5
        AA        | SE   | _T    | 50
        AA        | SE   | LEGAL | 30
    """

    assert told(drawn, overlapping()) == []


def test_a_row_that_stands_twice_is_added_once() -> None:
    assert told(f"{by_sex(10, 6, 4)}\nAA | F | 6", BY_SEX) == []


def test_a_case_is_added_up_for_each_indicator_by_itself() -> None:
    other = BY_SEX.model_copy(update={"code": "BB"})
    drawn = f"{by_sex(10, 6, 4)}\n" + by_sex(3, 2, 2).partition("\n")[2].replace("AA", "BB")

    found = offends("parts_above_total", drawn, BY_SEX, other)
    assert [(finding["cell"], finding["parts"]) for finding in found] == [("F8", "4")]


def test_without_parts_nothing_is_added_up() -> None:
    empty = case("indicator | value\nAA | 10", BY_SEX)

    assert all(rules()[rule].offends(empty).empty for rule in SUMS)
