"""The table behind the list of declared actions: one row for each action and goal."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from dashboard.context import PageContext
from dashboard.data import Release, order_by_area, records
from dashboard.released.scoreboard import ScoreboardRow, read_row
from dashboard.rows_by_key import Record
from dashboard.texts import Text
from metrics.catalogue.codelists import codelist, find_code
from metrics.catalogue.definitions.goals import Goal

GOAL_SEPARATOR = ";"
PROGRESS_ORDER = ("done", "under_way", "not_started", "postponed", "abandoned")
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


FIGURE = (
    "series",
    "figure_period",
    "figure",
    "unit",
    "official_status",
    "last_status",
    "status_period",
)
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
        "official_status": row.own.mark,
        "last_status": row.own.last,
        "status_period": row.own.period,
    }


def progress_name(progress: str, text: Text) -> str:
    """A code in the reader's language; other words as they were submitted."""
    return text.code("progress", progress) if progress in codelist("progress") else progress or "–"


def goals_in_order(context: PageContext) -> list[str]:
    """The codes of the goals in the order of the report."""
    definitions = context.definitions
    return [goal.code for framework in definitions.frameworks
            for goal in definitions.goals.values() if goal.framework == framework]  # fmt: skip


def first_goal_named(goals: str, order: Sequence[str]) -> str:
    """The first goal of the report that an action names: there it is listed."""
    return min(set(goals.split(GOAL_SEPARATOR)) & {*order}, key=order.index)


def named_code(by: str, typed: str, text: Text) -> str:
    """The name of an area, partner or theme; in the submitter's own words if it is no code."""
    return text.code(by, find_code(typed, by) or typed) if typed else "–"


def progress_counts(rows: Sequence[Record], text: Text) -> str:
    counts = Counter(str(row["progress"]) for row in rows)
    ordered = [*(code for code in PROGRESS_ORDER if counts.get(code)),
               *(code for code in counts if code not in PROGRESS_ORDER)]  # fmt: skip
    return text.listed(f"{progress_words(code, text)} {text.number(counts[code], 0)}"
                       for code in ordered)  # fmt: skip


def progress_words(code: str, text: Text) -> str:
    return progress_name(code, text) if code else text("slides.no_progress")
