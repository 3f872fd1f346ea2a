"""Are actions described well enough to be followed up, without contradictions?"""

import re
from collections.abc import Sequence
from typing import Literal, get_args

import pandas as pd

from metrics.intake.findings import Severity, ValidationContext
from metrics.intake.issue_names import IssueName
from metrics.intake.rules import rule
from metrics.intake.rules.codes import current_round
from metrics.intake.rules.structure import locate_cells, read_issues

DeclaredField = Literal[
    "policy_target", "goals", "status", "timeframe", "progress", "partner", "theme",
]  # fmt: skip

YEAR_NUMBER = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
SHORT_SPAN = re.compile(r"(?<!\d)(?P<first>(?:19|20)\d\d) ?[-–/] ?(?P<last>\d\d)(?![\d./-])")
LONG_NUMBER = re.compile(r"(?<![\d.,])\d{4,}(?![\d.,]\d|\d)")
MONTH_DIGITS = r"(?:0[1-9]|1[0-2])"
DAY_DIGITS = r"(?:0[1-9]|[12]\d|3[01])"
YEAR_MONTH_OR_DAY = re.compile(
    rf"(?:19|20)\d\d(?:{MONTH_DIGITS}{DAY_DIGITS}?)?"
)  # 2026, 202603, 20260331
MONTHS_OF_YEAR = 12


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


@rule(Severity.WARNING)
def timeframe_contradicts_status(context: ValidationContext) -> pd.DataFrame:
    """A new plan for a time that is over, an undertaken action of the future, or years that fall.

    An action of an earlier round has its progress beside it, so that it may be late.
    """
    actions, asked = context.reading.actions, current_round(context)
    timed = actions[(actions["timeframe"] != "") & (actions["description"] != "")]
    if asked is None or timed.empty:
        return timed.iloc[:0]
    first = min((period.year for period in asked.periods), default=asked.due.year)
    years = timed["timeframe"].map(_years_in)
    falls = years.map(lambda own: [*own] != sorted(own))
    is_over = years.map(lambda own: max(own, default=first) < first)
    is_new_plan = (timed["status"] == "planned") & (timed["progress"] == "")
    is_ahead = years.map(lambda own: min(own, default=0) > asked.due.year)
    is_undertaken = (timed["status"] == "undertaken") | (timed["progress"] == "done")
    offends = falls | (is_over & is_new_plan) | (is_ahead & is_undertaken)
    timed = timed[offends.astype(bool)]
    return locate_cells(timed, "timeframe", typed=timed["timeframe"]).assign(
        when=", ".join(map(str, asked.periods)) or asked.code
    )


@rule(Severity.WARNING)
def timeframe_without_year(context: ValidationContext) -> pd.DataFrame:
    """A long number in a timeframe that is neither a year nor a date, such as 20266."""
    actions = context.reading.actions
    timed = actions[(actions["timeframe"] != "") & (actions["description"] != "")]
    numbers = timed["timeframe"].map(_mistyped_year)
    offends = numbers != ""
    return locate_cells(timed[offends], "timeframe", typed=timed["timeframe"][offends]).assign(
        given=numbers[offends].to_numpy()
    )


def _mistyped_year(timeframe: str) -> str:
    """The first long number that cannot be a year; empty without one."""
    numbers = LONG_NUMBER.findall(timeframe)
    return next((number for number in numbers if not YEAR_MONTH_OR_DAY.fullmatch(number)), "")


def _years_in(timeframe: str) -> Sequence[int]:
    """The years of a timeframe in their order; `2025-26` has two."""
    spelt = SHORT_SPAN.sub(_in_full, timeframe)
    return [int(year) for year in YEAR_NUMBER.findall(spelt)]


def _in_full(span: re.Match[str]) -> str:
    """A span of years with both in full; `2025-03` may be a month."""
    first, last = span["first"], span["last"]
    is_month = int(last) <= MONTHS_OF_YEAR and int(last) < int(first[2:])
    return span[0] if is_month else f"{first}-{first[:2]}{last}"


@rule(Severity.WARNING)
def goal_of_other_target(context: ValidationContext) -> pd.DataFrame:
    """An action under a goal that belongs to another policy target than the one beside it."""
    actions = context.reading.actions
    stated = actions[(actions["policy_target"] != "") & (actions["goals"] != "")]
    pairs = zip(stated["policy_target"], stated["goals"], strict=True)
    others = [_goals_of_others(target, goals.split(";"), context) for target, goals in pairs]
    stated = stated.assign(others=pd.Series(others, stated.index, dtype="str"))
    stated = stated[stated["others"] != ""]
    if stated.empty:
        return stated
    return locate_cells(
        stated, "goals", typed=stated["goals"], expected=stated["policy_target"],
        others=stated["others"],
    )  # fmt: skip


def _goals_of_others(target: str, goals: Sequence[str], context: ValidationContext) -> str:
    """The goals that belong neither to a policy target nor to a framework of this code."""
    known = [context.goals[code] for code in goals if code in context.goals]
    others = [goal for goal in known if target not in {goal.policy_target, goal.framework}]
    return ", ".join(f"{goal.code} ({goal.policy_target or goal.framework})" for goal in others)


@rule(Severity.NOTE)
def duplicate_action(context: ValidationContext) -> pd.DataFrame:
    """The same words under two goals are fine; under one goal they were probably pasted twice."""
    actions = context.reading.actions
    described = actions[actions["description"] != ""]
    again = described.duplicated(["policy_target", "goals", "status", "description"])
    return described.loc[again, ["sheet", "cell"]]


def _cell_index(cells: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(cells[["sheet", "cell"]])
