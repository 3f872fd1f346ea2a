"""Are declared actions described so that somebody can follow them up?"""

import pandas as pd

from metrics.intake.findings import Severity, ValidationContext
from metrics.intake.rules import rule
from metrics.intake.rules.structure import at, odd

TEXTS = ["policy_target", "goals", "status", "timeframe", "progress", "partner"]


@rule(Severity.ERROR)
def description_missing(case: ValidationContext) -> pd.DataFrame:
    declared = case.reading.actions
    others = (declared[TEXTS] != "").any(axis=1)
    return declared.loc[others & (declared["description"] == ""), ["sheet", "cell"]]


def left_open(case: ValidationContext, column: str, unless: str) -> pd.DataFrame:
    """Described actions with nothing understood in a column, and nothing odd there either."""
    declared = case.reading.actions
    offends = (declared[column] == "") & (declared["description"] != "")
    found = at(declared[offends], column)
    return found[~_places(found).isin(_places(odd(case, unless)))]


@rule(Severity.WARNING)
def planned_without_timeframe(case: ValidationContext) -> pd.DataFrame:
    declared = case.reading.actions
    offends = (declared["status"] == "planned") & (declared["timeframe"] == "")
    return at(declared[offends], "timeframe")


@rule(Severity.NOTE)
def duplicate_action(case: ValidationContext) -> pd.DataFrame:
    """The same words under two goals are fine; under the same goal they were pasted twice."""
    declared = case.reading.actions
    declared = declared[declared["description"] != ""]
    again = declared.duplicated(["policy_target", "goals", "status", "description"])
    return declared.loc[again, ["sheet", "cell"]]


def _places(found: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(found[["sheet", "cell"]])
