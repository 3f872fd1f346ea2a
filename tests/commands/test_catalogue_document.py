"""The catalogue as a page: complete, linked, and as fresh as the definitions."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.loader import catalogue
from metrics.commands.catalogue_document import catalogue_markdown, describe_target
from tests.generated_documents import assert_up_to_date

PAGE = catalogue_markdown(catalogue())
COMMITTED = Path(__file__).parents[2] / "docs" / "catalogue.md"


def test_the_committed_page_is_fresh() -> None:
    assert_up_to_date(COMMITTED, PAGE)


@pytest.mark.parametrize("code", catalogue().goals)
def test_every_goal_stands_on_the_page_with_its_words(code: str) -> None:
    goal = catalogue().goals[code]

    assert f"### {code} {goal.name.en}\n" in PAGE
    assert all(goal.wording(language).strip().split("\n")[-1] in PAGE for language in goal.official)


@pytest.mark.parametrize("code", catalogue().indicators)
def test_every_indicator_stands_on_the_page_with_what_must_be_said(code: str) -> None:
    caveat = catalogue().indicators[code].caveat

    assert f"### {code}\n" in PAGE
    assert not caveat or f"> Read with care: {caveat.en.strip()}\n" in PAGE


@pytest.mark.parametrize("code", catalogue().collections)
def test_every_collection_stands_on_the_page_with_its_calendar(code: str) -> None:
    part = PAGE[PAGE.index(f"### {code}\n") :]

    assert all(f"| {turn.code} | " in part for turn in catalogue().collections[code].rounds)


def test_every_link_leads_somewhere() -> None:
    links = set(re.findall(r"\(#([^)]*)\)", PAGE))

    assert links
    assert links <= set(re.findall(r'<a id="([^"]*)">', PAGE))


def test_no_row_has_a_cell_too_many() -> None:
    tables = re.findall(r"(?:^\|.*\n)+", PAGE, flags=re.MULTILINE)

    assert all(len({row.count("|") for row in table.splitlines()}) == 1 for table in tables)


def test_a_summary_is_never_called_official() -> None:
    part = PAGE[PAGE.index("### CC2019-9 ") : PAGE.index("### CC2019-10 ")]

    assert "*English, summary:* The Council notes" in part
    assert "*Finnish, official wording:* Neuvosto toteaa" in part
    assert "*Greek, official wording:* Το Συμβούλιο" in part


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"rule": "growth_per_year", "percent": 10}, "changes by at least +10 % each year"),
        ({"rule": "growth_per_year", "percent": -5}, "changes by at least -5 % each year"),
        ({"rule": "level_by_date", "value": 90, "by": "2030"}, "reaches 90 % by 2030 (linear path)"),
        ({"rule": "keep_at", "value": 100}, "stays at 100 % in every period"),
        ({"rule": "direction_only"}, "moves in the desired direction"),
        ({"rule": "milestone_by_date", "step": "connected"}, "reaches *connected*; no date was agreed"),
        ({"rule": "milestone_by_date", "step": "adopted", "by": "2030-06-30"}, "reaches *adopted* by 2030-06-30"),
        ({"rule": "all_areas_by_date", "step": "in_force"}, "*in force* in every Member State; no date was agreed"),
    ],
)  # fmt: skip
def test_a_target_is_said_in_words(written: dict[str, object], said: str) -> None:
    goal = catalogue().goals["GA-1"].model_dump(exclude={"targets"})
    target = {"id": "a", "indicator": "VICTIMS_ASSISTED", "method": "m", **written}

    agreed = Goal.model_validate({**goal, "targets": [target]})

    assert describe_target(agreed.targets[0], "%") == said


def test_a_catalogue_without_goals_is_still_a_page() -> None:
    page = catalogue_markdown(replace(catalogue(), goals={}, indicators={}))

    assert page.startswith("# The catalogue\n")
    assert "### GA-1" not in page
