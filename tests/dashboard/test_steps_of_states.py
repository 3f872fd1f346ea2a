"""The step of a State is a step on its ladder, never a number of Member States."""

import importlib
from itertools import cycle
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.contents.figure_columns import compared_in_words
from dashboard.data import Release
from dashboard.released.series import read_series
from dashboard.texts import texts
from metrics.catalogue.codelists import member_states
from metrics.catalogue.loader import catalogue
from metrics.core.series import format_series
from metrics.core.tables import EU
from metrics.messages import languages
from tests.dashboard.reading import of_type, with_class, words
from tests.dashboard.test_downloads import rows

pytestmark = pytest.mark.usefixtures("home", "client")

EN = texts("en")
LADDER = catalogue().indicators["LEGAL_INSTRUMENT"].ladder
OF_UNION = [
    (goal.code, format_series(target.indicator, codes=target.at))
    for goal in catalogue().goals.values()
    for target in goal.targets
    if target.rule == "all_areas_by_date"
]


def goal_page(**query: str) -> Any:
    return importlib.import_module("dashboard.pages.goal").layout(**query)


def cells_by_state(page: Any) -> dict[str, list[str]]:
    """The cells of the table of States; its first table is that of the trend."""
    tables = [of_type(card, "Table") for card in with_class(page, "card")]
    body = of_type(next(found[0] for found in tables if found), "Tbody")
    return {
        words(of_type(row, "Th")): [words(cell) for cell in of_type(row, "Td")]
        for row in of_type(body, "Tr")
    }


@pytest.mark.parametrize(
    ("language", "of_union"), [*zip(cycle(languages()), OF_UNION, strict=False)], ids=str
)
def test_beside_the_union_each_state_has_a_step(language: str, of_union: tuple[str, str]) -> None:
    goal, indicator = of_union
    text = texts(language)
    page = goal_page(goal=goal, indicator=indicator, area=EU, view="states", lang=language)
    found = cells_by_state(page)
    assert text.code("area", "FI") in found
    ladder = catalogue().indicators[indicator.partition("[")[0]].ladder
    steps = {text.code("step", step) for step in ladder}
    for name, (value, *_) in found.items():
        assert name in {text.code("area", area) for area in member_states()}
        assert value in steps or not any(letter.isdigit() for letter in value)
        assert text.code("unit", "STATES") not in value


@pytest.mark.parametrize(
    ("place", "cells"),
    [
        (4.0, ["evaluated", "in force", "1 step beyond"]),
        (3.0, ["in force", "in force", "reached"]),
        (2.0, ["adopted", "in force", "1 step short"]),
        (0.0, ["not started", "in force", "3 steps short"]),
    ],
)
def test_target_and_gap_of_a_state_are_named_by_their_steps(
    release: Release, place: float, cells: list[str]
) -> None:
    series = read_series(release, "LEGAL_INSTRUMENT", "FI", {"instrument": "DIR_2011_93"})
    row = {"period": "2025", "value": place, "path": 3.0, "gap": place - 3.0}
    assert compared_in_words(row, series, EN) == cells


def test_without_a_step_there_is_no_gap(release: Release) -> None:
    """The step that stands from an earlier period is assessed; the period itself has none."""
    series = read_series(release, "LEGAL_INSTRUMENT", "FI", {"instrument": "DIR_2011_93"})
    row = {"period": "2025", "value": None, "observation_status": "O", "confidentiality_status": "F",
           "path": 3.0, "gap": -1.0}  # fmt: skip
    assert compared_in_words(row, series, EN)[1:] == ["in force", "–"]


@pytest.mark.parametrize("area", [EU, "FI"])
def test_the_file_of_the_states_says_that_a_value_is_a_step(client: FlaskClient, area: str) -> None:
    found = rows(client, f"/download/states.csv?goal=GA-2.1&area={area}")
    assert {(row["component"], row["unit"]) for row in found} == {("step", "STEP")}
    known = [row for row in found if row["value"]]
    assert len(known) > len(LADDER)
    assert [row["value_step"] for row in known] == [
        LADDER[int(float(row["value"]))] for row in known
    ]
    assert {row["path_step"] for row in known} <= {"", "in_force"}


def test_the_file_of_the_union_still_counts_states(client: FlaskClient) -> None:
    found = rows(client, f"/download/trend.csv?goal=GA-2.1&area={EU}")
    assert {(row["component"], row["unit"]) for row in found} == {("reached", "STATES")}
    assert "value_step" not in found[0]
