"""Are declared actions described so that somebody can follow them up?"""

import pandas as pd

from metrics.model import Case, Severity
from metrics.rules import rule
from metrics.rules.structure import odd

TEXTS = ["policy_target", "goals", "status", "timeframe", "progress", "partner"]


@rule(Severity.ERROR)
def goal_unknown(case: Case) -> pd.DataFrame:
    return odd(case, "goal_unknown")


@rule(Severity.ERROR)
def policy_target_unknown(case: Case) -> pd.DataFrame:
    return odd(case, "policy_target_unknown")


@rule(Severity.ERROR)
def action_status_unknown(case: Case) -> pd.DataFrame:
    return odd(case, "action_status_unknown")


@rule(Severity.ERROR)
def description_missing(case: Case) -> pd.DataFrame:
    declared = case.reading.actions
    others = (declared[TEXTS] != "").any(axis=1)
    return declared.loc[others & (declared["description"] == ""), ["sheet", "cell"]]


@rule(Severity.ERROR)
def action_status_missing(case: Case) -> pd.DataFrame:
    """Undertaken or planned: without it the action cannot be followed up."""
    declared = case.reading.actions
    offends = (declared["status"] == "") & (declared["description"] != "")
    found = _at(declared[offends], "status")
    named = odd(case, "action_status_unknown")
    return found[~_places(found).isin(_places(named))]


@rule(Severity.WARNING)
def goal_missing(case: Case) -> pd.DataFrame:
    declared = case.reading.actions
    offends = (declared["goals"] == "") & (declared["description"] != "")
    found = _at(declared[offends], "goals")
    named = odd(case, "goal_unknown")
    return found[~_places(found).isin(_places(named))]


@rule(Severity.WARNING)
def planned_without_timeframe(case: Case) -> pd.DataFrame:
    declared = case.reading.actions
    offends = (declared["status"] == "planned") & (declared["timeframe"] == "")
    return _at(declared[offends], "timeframe")


@rule(Severity.NOTE)
def described_alike(case: Case) -> pd.DataFrame:
    """The same words under two goals are fine; under the same goal they were pasted twice."""
    declared = case.reading.actions
    declared = declared[declared["description"] != ""]
    again = declared.duplicated(["policy_target", "goals", "status", "description"])
    return declared.loc[again, ["sheet", "cell"]]


def _at(declared: pd.DataFrame, column: str) -> pd.DataFrame:
    """The column's own cell; that of the description where the layout has no such column."""
    own = declared[f"{column}_cell"]
    cell = own.where(own != "", declared["cell"])
    return pd.DataFrame({"sheet": declared["sheet"], "cell": cell})


def _places(found: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(found[["sheet", "cell"]])
