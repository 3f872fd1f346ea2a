"""The table behind the list of declared actions: one row for each action and goal."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from dashboard.context import PageContext
from dashboard.data import Release, order_by_area, records
from dashboard.released.series import AssessedSeries, headline_series
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
        series = headline_series(goal, row["area"], release)
        yield {
            "collection": context.collection.code,
            "release": release.label,
            "area": row["area"],
            "policy_target": goal.policy_target or "",
            "goal": goal.code,
            "goal_name": goal.name(context.language),
            **{name: row[name] for name in DECLARED},
            **(headline_figure_cells(series) if series else {}),
        }


def headline_figure_cells(series: AssessedSeries) -> Mapping[str, Any]:
    """The latest figure of a series and its official status, each with its period."""
    latest = series.last_known or {}
    return {
        "series": series.name,
        "figure_period": latest.get("period", ""),
        "figure": latest.get("value"),
        "unit": series.unit,
        "official_status": str(series.status) if series.official else "",
        "status_period": series.official.verdict.period if series.official else "",
    }


def progress_name(progress: str, text: Text) -> str:
    """A code in the reader's language; other words as they were submitted."""
    return text.code("progress", progress) if progress in codelist("progress") else progress or "–"
