"""What is said about a file, a verdict, a definition: a line for people, a shape for programs."""

import operator
from typing import Any

import pytest

from metrics.catalogue.loader import catalogue
from metrics.commands.assessment_report import format_assessment, unit_of_verdict
from metrics.commands.documents import (
    DEFINITION_KINDS,
    catalogue_as_json,
    definitions_of,
    list_definitions,
)
from metrics.core.errors import UnknownNameError
from metrics.messages import counted, messages
from metrics.release.queries import find_assessments, find_series
from metrics.statistics.aggregation.rates import conform_values
from tests.tables import observations, table

VERDICT: dict[str, Any] = {
    "goal": "GA-1.1", "target": "GA-1.1/1", "area": "FI", "period": "2024", "status": "not_assessed",
    "indicator": "ICSE_VICTIMS", "method": "yearly_growth", "official": True,
    "override_status": "", "override_reason": "",
    "override_by": "", "override_on": "", "reason": "", "arithmetic": "", "category": "", "unit": "",
}  # fmt: skip
VERDICTS = """
    goal   | target   | area | official | method
    GA-1.1 | GA-1.1/1 | FI   | yes      | a
    GA-1.1 | GA-1.1/1 | FI   | no       | b
    GA-1.1 | GA-1.1/1 | SE   | yes      | a
    GA-2.1 | GA-2.1/1 | FI   | yes      | a
"""
VALUES = """
    indicator    | component | sex | area | period | value
    ICSE_VICTIMS | value     | _T  | FI   | 2023   | 1
    ICSE_VICTIMS | value     | _T  | FI   | 2024   | 2
    ICSE_VICTIMS | value     | F   | FI   | 2024   | 1
    ICSE_VICTIMS | value     | _T  | SE   | 2024   | 9
"""


def said(**fields: object) -> list[str]:
    return list(format_assessment({**VERDICT, **fields}))


def verdicts(goal: str = "", area: str = "") -> list[tuple[str, str, str]]:
    drawn = table(VERDICTS)
    rows = find_assessments(drawn.assign(official=drawn["official"] == "yes"), goal, area)
    return list(zip(rows["goal"], rows["area"], rows["method"], strict=True))


def found(series: str, area: str) -> list[float]:
    values: list[float] = find_series(observations(VALUES), catalogue(), series, area)[
        "value"
    ].tolist()
    return values


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        (
            {},
            "GA-1.1 GA-1.1/1 ICSE_VICTIMS FI 2024: not assessed; method: Growth each year and on the compounded path",
        ),
        (
            {"status": "on_track"},
            "GA-1.1 GA-1.1/1 ICSE_VICTIMS FI 2024: on track; method: Growth each year and on the compounded path",
        ),
        (
            {"status": "behind", "method": "projected_gap", "category": "cloud"},
            "GA-1.1 GA-1.1/1 ICSE_VICTIMS FI 2024: behind (symbol “cloud”, the second least favourable of four); method: Projection of the last five years",
        ),
        (
            {"period": ""},
            "GA-1.1 GA-1.1/1 ICSE_VICTIMS FI: not assessed; method: Growth each year and on the compounded path",
        ),
        (
            {"official": False},
            "GA-1.1 GA-1.1/1 ICSE_VICTIMS FI 2024: not assessed; method: Growth each year and on the compounded path (additional method)",
        ),
    ],
)
def test_a_verdict_is_one_line(fields: dict[str, object], line: str) -> None:
    assert said(**fields)[0] == line


def test_a_verdict_says_in_what_its_values_are_counted() -> None:
    assert said(unit="persons")[1:] == ["  unit: persons"]
    assert said(unit="persons", period="")[1:] == []


@pytest.mark.parametrize(
    ("code", "method", "unit"),
    [
        ("ICSE_VICTIMS", "yearly_growth", "persons"),
        ("ICSE_VICTIMS", "level_and_change", "persons per 100,000 children"),
        ("TAKEDOWN_MEAN_DAYS", "level_and_change", "days"),
        ("NO_MORE_KNOWN", "keep_at", ""),
    ],
)
def test_states_are_compared_by_rates(code: str, method: str, unit: str) -> None:
    assert unit_of_verdict(catalogue().indicators.get(code), method) == unit


@pytest.mark.parametrize(
    ("area", "unit"), [("EU27_2020", "Member States"), ("FI", "steps on the ladder")]
)
def test_the_union_counts_states_and_a_state_has_a_step(area: str, unit: str) -> None:
    indicator = catalogue().indicators["LEGAL_INSTRUMENT"]

    assert unit_of_verdict(indicator, "all_areas_by_date", area) == unit


def test_an_overridden_verdict_says_by_whom_and_why() -> None:
    by = {"override_reason": "late law", "override_by": "FI", "override_on": "2025-04-01"}

    assert said(override_status="on_track", **by)[1] == (
        "  set by a reviewer: on track, late law (FI, 2025-04-01)"
    )


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (
            '{"label": "growth", "formula": "12 / 10 - 1", "value": 0.2}',
            "  growth: 12 / 10 - 1 = 0.2",
        ),
        ('{"label": "asked", "formula": "", "value": 1000}', "  asked: 1,000"),
        ('{"label": "note", "formula": "none", "value": null}', "  note: none"),
        ('{"label": "on", "formula": "", "value": "2024"}', "  on: 2024"),
    ],
)
def test_each_step_of_the_arithmetic_is_a_line(line: str, shown: str) -> None:
    assert said(arithmetic=f"[{line}]")[1:] == [shown]


def test_the_official_verdict_stands_before_those_beside_it() -> None:
    assert verdicts("GA-1.1") == [
        ("GA-1.1", "FI", "a"), ("GA-1.1", "FI", "b"), ("GA-1.1", "SE", "a"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("goal", "area", "count"),
    [("", "", 4), ("", "FI", 3), ("", "Finland", 3), ("GA-1.1", "SE", 1), ("GA-2.1", "SE", 0)],
)
def test_verdicts_are_chosen_by_goal_and_area(goal: str, area: str, count: int) -> None:
    assert len(verdicts(goal, area)) == count


@pytest.mark.parametrize(
    ("goal", "area", "message"),
    [
        ("GA-1.l", "", "“GA-1.l” is not a goal that is assessed; did you mean “GA-1.1”"),
        ("X", "", "there are GA-1.1, GA-2.1"),
        ("", "Suommi", "“Suommi” is not an area"),
    ],
)
def test_a_goal_or_area_that_is_none_is_named(goal: str, area: str, message: str) -> None:
    with pytest.raises(UnknownNameError, match=message):
        verdicts(goal, area)


@pytest.mark.parametrize(
    ("series", "area", "values"),
    [
        ("ICSE_VICTIMS", "FI", [1, 2]),
        ("icse_victims", "Suomi", [1, 2]),
        ("ICSE_VICTIMS[sex=F]", "FI", [1]),
        ("ICSE_VICTIMS", "SE", [9]),
    ],
)
def test_a_series_is_every_period_of_one_area(series: str, area: str, values: list[float]) -> None:
    assert found(series, area) == values


@pytest.mark.parametrize(
    ("series", "area", "message"),
    [
        ("ICSE_VICTIMS", "DE", "this release has no ICSE_VICTIMS of DE, only of FI, SE"),
        ("ICSE_VICTIMS[sex=M]", "FI", "no ICSE_VICTIMS"),
        ("ICSE_VICTIM", "FI", "did you mean “ICSE_VICTIMS”"),
        ("ICSE VICTIMS", "FI", "is not a series"),
        ("ICSE_VICTIMS", "FX", "“FX” is not an area"),
    ],
)
def test_a_series_that_is_not_there_is_named(series: str, area: str, message: str) -> None:
    with pytest.raises(UnknownNameError, match=message):
        found(series, area)


@pytest.mark.parametrize("kind", DEFINITION_KINDS)
def test_every_definition_is_found_by_its_code(kind: str) -> None:
    definitions = getattr(catalogue(), kind)
    found = (definitions_of(catalogue(), code)[kind[:-1]] for code in definitions)
    assert all(map(operator.is_, found, definitions.values()))


def test_a_code_of_two_kinds_is_shown_as_both() -> None:
    shown = list_definitions(catalogue(), "PC-FI")

    assert all(f"{kind} PC-FI\ncode: PC-FI\n" in shown for kind in ("framework", "goal"))
    assert set(catalogue_as_json(catalogue(), "PC-FI")) == {"framework", "goal"}


@pytest.mark.parametrize(
    "code", ["ICSE_VICTIMS", "GA-1.1", "empact-cse", "LEGISLATION_EVALUATION_AGE"]
)
def test_a_definition_is_plain_and_has_its_code(code: str) -> None:
    assert catalogue_as_json(catalogue(), code)["code"] == code


def test_the_whole_catalogue_is_plain_by_kind() -> None:
    assert {*DEFINITION_KINDS} <= {*catalogue_as_json(catalogue())}


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("ICSE_VICTIMES", "did you mean “ICSE_VICTIMS”"),
        ("zzzzzz", "“zzzzzz” is not in the catalogue"),
    ],
)
def test_a_code_that_is_none_is_answered_with_the_nearest(typed: str, message: str) -> None:
    with pytest.raises(UnknownNameError, match=message):
        definitions_of(catalogue(), typed)


def test_several_states_are_a_group_of_ones_own() -> None:
    rows = find_series(conform_values(observations(VALUES)), catalogue(), "ICSE_VICTIMS", "SE+fi")

    assert set(rows["area"]) == {"SE+FI"}
    assert rows.set_index(["component", "period"]).loc[("value", "2024"), "areas_reporting"] == 2


@pytest.mark.parametrize(("area", "named"), [("FI+XX", "XX"), ("EU28", "EU28")])
def test_a_group_without_figures_is_named(area: str, named: str) -> None:
    with pytest.raises(UnknownNameError, match=named):
        find_series(conform_values(observations(VALUES)), catalogue(), "ICSE_VICTIMS", area)


@pytest.mark.parametrize(
    ("area", "sentence"),
    [("EU27_2020+FI", "“EU27_2020” is a group itself"), ("FI+SE+fi", "“FI” occurs twice")],
)
def test_no_area_is_added_up_twice(area: str, sentence: str) -> None:
    with pytest.raises(UnknownNameError, match=sentence):
        find_series(conform_values(observations(VALUES)), catalogue(), "ICSE_VICTIMS", area)


@pytest.mark.parametrize(("language", "vintage"), [("fi", "versio"), ("el", "εκδοχ")])
def test_a_vintage_is_called_as_on_the_page_and_not_as_a_release(
    language: str, vintage: str
) -> None:
    said = messages(language, "commands")

    refused = messages(language, "refusals")["sentences"]["replacement_unconfirmed"]
    confirm = (said["confirm"]["ask"], refused)
    for text in (said["outcome"]["again"], said["difference"]["beside"], *confirm):
        assert vintage in text


@pytest.mark.parametrize(
    ("number", "language", "name", "said_so"),
    [
        (1, "en", "observation", "1 observation"), (0, "en", "observation", "0 observations"),
        (2, "fi", "observation", "2 havaintoa"), (1, "fi", "action", "1 toimi"),
        (1, "el", "error", "1 σφάλμα"), (3, "el", "error", "3 σφάλματα"),
    ],
)  # fmt: skip
def test_a_number_has_its_word_in_the_plural_form_of_the_language(
    number: int, language: str, name: str, said_so: str
) -> None:
    assert counted(number, messages(language, "commands")[name]) == said_so
