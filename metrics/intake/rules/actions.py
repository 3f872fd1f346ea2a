"""Are actions described well enough to be followed up?"""

from typing import Literal, get_args

import pandas as pd

from metrics.intake.findings import Severity, ValidationContext
from metrics.intake.issue_names import IssueName
from metrics.intake.rules import rule
from metrics.intake.rules.structure import locate_cells, read_issues

DeclaredField = Literal[
    "policy_target", "goals", "status", "timeframe", "progress", "partner", "theme",
]  # fmt: skip


@rule(Severity.ERROR)
def description_missing(context: ValidationContext) -> pd.DataFrame:
    actions = context.reading.actions
    filled = (actions[[*get_args(DeclaredField)]] != "").any(axis=1)
    return actions.loc[filled & (actions["description"] == ""), ["sheet", "cell"]]


def find_open_fields(
    context: ValidationContext, field: DeclaredField, unknown: IssueName
) -> pd.DataFrame:
    """Described actions whose field is empty, unless its text was reported as `unknown`."""
    actions = context.reading.actions
    offends = (actions[field] == "") & (actions["description"] != "")
    if not offends.any():
        return actions.iloc[:0]
    cells = locate_cells(actions[offends], field)
    return cells[~_cell_index(cells).isin(_cell_index(read_issues(context, unknown)))]


@rule(Severity.WARNING)
def planned_without_timeframe(context: ValidationContext) -> pd.DataFrame:
    actions = context.reading.actions
    offends = (actions["status"] == "planned") & (actions["timeframe"] == "")
    return locate_cells(actions[offends], "timeframe")


@rule(Severity.NOTE)
def duplicate_action(context: ValidationContext) -> pd.DataFrame:
    """The same words under two goals are fine; under one goal they were probably pasted twice."""
    actions = context.reading.actions
    described = actions[actions["description"] != ""]
    again = described.duplicated(["policy_target", "goals", "status", "description"])
    return described.loc[again, ["sheet", "cell"]]


def _cell_index(cells: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(cells[["sheet", "cell"]])
