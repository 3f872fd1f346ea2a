"""Declared actions: the same one, declared again, is followed up and not repeated."""

import pandas as pd
import pytest

from metrics.core.actions import ACTION_COLUMNS, actions_table, latest_actions

ROUNDS = ("2023", "2024", "2025")


def declared(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """Area, round, description and progress of each action."""
    names = ("area", "round", "description", "progress")
    said: list[dict[str, object]] = [
        {"row": 1} | dict(zip(names, row, strict=True)) for row in rows
    ]
    return actions_table(said).assign(round=[str(row["round"]) for row in said])


def test_an_action_declared_again_stands_once_with_its_latest_progress() -> None:
    actions = declared(("FI", "2024", "A campaign", "done"), ("FI", "2023", "A campaign", "begun"))
    last = latest_actions(actions, ROUNDS)
    assert last[["round", "first_round", "progress"]].to_numpy().tolist() == [
        ["2024", "2023", "done"]
    ]


@pytest.mark.parametrize("other", [("SE", "A campaign"), ("FI", "Another campaign")])
def test_another_area_or_description_is_another_action(other: tuple[str, str]) -> None:
    actions = declared(("FI", "2023", "A campaign", ""), (other[0], "2024", other[1], ""))
    assert len(latest_actions(actions, ROUNDS)) == 2


def test_rounds_follow_the_calendar_and_not_the_alphabet() -> None:
    actions = declared(
        ("FI", "spring", "A campaign", "begun"), ("FI", "autumn", "A campaign", "done")
    )
    assert latest_actions(actions, ("spring", "autumn"))["progress"].tolist() == ["done"]


def test_no_action_is_a_table_all_the_same() -> None:
    assert set(ACTION_COLUMNS) < set(latest_actions(declared(), ROUNDS).columns)
