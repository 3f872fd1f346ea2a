"""Figures in the column of the last period, which is printed and not read."""

import pytest

from tests.intake.rules.broken import AA, LAW
from tests.intake.rules.offences import find_offences
from tests.tables import case, observations

SUBMITTED = observations("indicator | period | value\nAA | 2023 | 40")
TYPED = (
    "indicator | value | last_period_typed | last_period_cell | last_period\nAA | {} | {} | E5 | {}"
)


@pytest.mark.parametrize("value", ["", "7"])
@pytest.mark.parametrize("period", ["", "2023"])
def test_what_was_submitted_may_stand_there(value: str, period: str) -> None:
    whole = case(TYPED.format(value, "40", period), AA, history=SUBMITTED)

    assert find_offences("figure_in_last_period", whole) == []


@pytest.mark.parametrize("value", ["", "7"])
def test_another_figure_is_questioned_beside_what_was_submitted(value: str) -> None:
    whole = case(TYPED.format(value, "41", "2023"), AA, history=SUBMITTED)

    [found] = find_offences("figure_in_last_period", whole)
    assert (found["cell"], found["typed"], found["was"], found["when"]) == (
        "E5",
        "41",
        "40",
        "2023",
    )


def test_without_an_earlier_submission_nothing_is_printed_there() -> None:
    [found] = find_offences("figure_in_last_period", case(TYPED.format("", "40", ""), AA))

    assert found["was"] == ""


@pytest.mark.parametrize(("typed", "found"), [("in force", False), ("adopted", True)])
def test_a_step_is_compared_by_its_meaning(typed: str, found: bool) -> None:
    submitted = observations("indicator | component | period | value\nLAW | step | 2023 | 2")
    text = "indicator | component | value | last_period_typed | last_period_cell\nLAW | step | | {} | E5"

    whole = case(text.format(typed), LAW, history=submitted)

    assert bool(find_offences("figure_in_last_period", whole)) is found
