"""The table behind the list of declared actions: one row for each action and goal."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from dashboard.context import PageContext
from dashboard.data import Release, order_by_area, records
from dashboard.released.scoreboard import ScoreboardRow, read_row
from dashboard.texts import Text
from metrics.catalogue.codelists import codelist
from metrics.catalogue.definitions.goals import Goal

GOAL_SEPARATOR = ";"
DECLARED = (
    "status", "description", "timeframe", "progress", "partner", "theme", "first_round", "round",
)  # fmt: skip


def actions_of_goal(release: Release, code: str) -> pd.DataFrame:
    """The actions that name the goal, by Member State in the order of the code list."""
    declared = release.tables["actions"]
    names = [code in str(goals).split(GOAL_SEPARATOR) for goals in declared["goals"]]
    return order_by_area(declared.loc[np.array(names, dtype=bool)])  # an empty list names columns


def action_rows(context: PageContext) -> pd.DataFrame:
    """The actions under the goal in the address, or under all, each with a figure beside it."""
    goals = context.definitions.goals
    chosen = [goals[context.view.goal]] if context.view.goal in goals else list(goals.values())
    rows = [row for goal in chosen for row in action_rows_of_goal(goal, context)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


FIGURE = ("series", "figure_period", "figure", "unit", "official_status", "status_period")
COLUMNS = (
    "collection", "release", "area", "policy_target", "goal", "goal_name", *DECLARED, *FIGURE,
)  # fmt: skip


def action_rows_of_goal(goal: Goal, context: PageContext) -> Iterator[dict[str, Any]]:
    release = context.release
    if release is None:
        return
    for row in records(actions_of_goal(release, goal.code)):
        of_goal = read_row(goal.code, row["area"], release)
        yield {
            "collection": context.collection.code,
            "release": release.label,
            "area": row["area"],
            "policy_target": goal.policy_target or "",
            "goal": goal.code,
            "goal_name": goal.name(context.language),
            **{name: row[name] for name in DECLARED},
            **figure_of_goal(of_goal),
        }


def figure_of_goal(row: ScoreboardRow) -> Mapping[str, Any]:
    """The figure and the status of a goal, as on the scoreboard, each with its period.

    Where the headline series has no figure, another is named, and the status is still the goal's.
    """
    series = row.series
    if series is None:
        return {}
    latest = series.last_known or {}
    return {
        "series": series.name,
        "figure_period": latest.get("period", ""),
        "figure": latest.get("value"),
        "unit": series.unit,
        "official_status": row.own.status,
        "status_period": row.own.period,
    }


def progress_name(progress: str, text: Text) -> str:
    """A code in the reader's language; other words as they were submitted."""
    return text.code("progress", progress) if progress in codelist("progress") else progress or "–"
