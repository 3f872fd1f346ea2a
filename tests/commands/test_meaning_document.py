"""The reviewed table of what a rise means: fresh, complete, and without an assessed workload."""

from pathlib import Path

import pytest

from metrics.catalogue.definitions.indicators import ASSESSED
from metrics.catalogue.loader import catalogue
from metrics.commands.meaning_document import meaning_markdown
from tests.generated_documents import assert_up_to_date

PAGE = meaning_markdown(catalogue())
COMMITTED = Path(__file__).parents[2] / "docs" / "what-a-rise-means.md"
COLUMNS = 5


def row(code: str) -> list[str]:
    """The cells of an indicator's line."""
    (line,) = (line for line in PAGE.splitlines() if line.startswith(f"| `{code}` "))
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_the_committed_page_is_fresh() -> None:
    assert_up_to_date(COMMITTED, PAGE)


@pytest.mark.parametrize("code", catalogue().indicators)
def test_every_indicator_has_a_line_that_says_why(code: str) -> None:
    cells = row(code)

    assert len(cells) == COLUMNS
    assert cells[-1].endswith(".")


@pytest.mark.parametrize("code", catalogue().goals)
def test_every_goal_stands_with_its_headline(code: str) -> None:
    goal = catalogue().goals[code]

    line = next(line for line in PAGE.splitlines() if line.startswith(f"| {code} {goal.name.en} |"))

    assert bool(goal.targets) == ("`" in line)
    assert goal.headline_why.strip() in line


def test_what_is_assessed_instead_stands_beside_the_workload() -> None:
    assert row("HOTLINE_REPORTS_PROCESSED")[2:4] == ["not assessed", "`HOTLINE_PROCESSED_SHARE`"]
    assert row("VICTIMS_RECORDED")[2:4] == ["not assessed", "no series"]
    assert row("TAKEDOWN_WITHIN_24H")[2:4] == ["GA-4.2, CC2019-12", ""]


def test_no_target_is_on_a_workload_or_on_records() -> None:
    assessed = {target.indicator for goal in catalogue().goals.values() for target in goal.targets}

    assert {catalogue().indicators[code].measures for code in assessed} == {*ASSESSED}


def test_each_word_stands_above_its_own_indicators() -> None:
    part = PAGE[PAGE.index("## Recorded") : PAGE.index("## The headline")]

    assert "`VICTIMS_RECORDED`" in part
    assert "`CONTENT_REMOVED`" not in part
