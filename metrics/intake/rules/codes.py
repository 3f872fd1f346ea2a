"""Are the codes in their lists, and the periods and days possible?"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, Literal

import pandas as pd

from metrics.catalogue.codelists import codelist, find_nearest_code
from metrics.catalogue.codelists.groups import last_day
from metrics.catalogue.codelists.instruments import adoption_days
from metrics.catalogue.definitions.collections import Round
from metrics.catalogue.definitions.indicators import Indicator
from metrics.core.keys import is_among
from metrics.core.period import ReferencePeriod, parse_periods
from metrics.core.tables import BREAKDOWNS, NORMAL, STEP, TOTAL
from metrics.intake.findings import Severity, ValidationContext
from metrics.intake.rules import remember_result, rule
from metrics.intake.rules.structure import add_series, locate_cells, name_steps, read_issues

# Milestones of other rows than those of instruments are hardly older.
EARLIEST_MILESTONE = date(1990, 1, 1)
# The columns of observations that hold codes of the list of their name.
CodedColumn = Literal["observation_status", "confidentiality_status", "limit"]


def find_unlisted_codes(context: ValidationContext, column: CodedColumn) -> pd.DataFrame:
    """Texts that are not in the code list of the column, with the nearest code."""
    cells = context.reading.observations
    cells = cells[(cells[column] == "") & (cells[f"{column}_typed"] != "")]
    if cells.empty:
        return cells
    typed = cells[f"{column}_typed"]
    found = locate_cells(cells, column, typed=typed, nearest=_nearest_codes(typed, column))
    return found.assign(expected=", ".join(codelist(column))).drop_duplicates(["sheet", "cell"])


def _nearest_codes(typed: pd.Series, codes: str) -> pd.Series:
    nearest = {text: find_nearest_code(text, codes) for text in typed.unique()}
    return typed.map(nearest).astype(object)


@rule(Severity.ERROR)
def period_in_future(context: ValidationContext) -> pd.DataFrame:
    cells, due = _filled_cells(context), _due_date(context)
    periods = parse_periods(cells["period"].unique())
    late = [text for text, period in periods.items() if last_day(period) > due]
    return _period_cells(cells[cells["period"].isin(late)]).assign(due=str(due))


@rule(Severity.ERROR)
def period_not_asked(context: ValidationContext) -> pd.DataFrame:
    cells, current = _filled_cells(context), current_round(context)
    expected = [str(period) for period in current.periods] if current else []
    is_other = ~cells["period"].isin([*expected, *_parts_of_asked(cells, current)])
    cells = cells[is_other] if expected else cells.iloc[:0]
    return _period_cells(cells).assign(expected=", ".join(expected))


@rule(Severity.ERROR)
def parts_of_period(context: ValidationContext) -> pd.DataFrame:
    """Months or quarters where the round asks for the year: one finding for each sheet."""
    cells, current = _filled_cells(context), current_round(context)
    wholes = _parts_of_asked(cells, current)
    if not wholes:
        return cells.iloc[:0]
    cells = cells[cells["period"].isin(wholes)]
    found = cells.assign(whole=cells["period"].map(wholes).astype("str"))
    rows = []
    for (sheet, whole), parts in found.groupby(["sheet", "whole"], sort=False):
        first, named = locate_cells(parts, "period").iloc[0], sorted({*parts["period"]})
        months = ReferencePeriod.parse(named[0]).months
        number = ReferencePeriod.parse(whole).months // months
        rows.append((sheet, first["cell"], ", ".join(named), whole, str(len(named)), str(number)))
    columns = ["sheet", "cell", "typed", "expected", "there", "number"]
    return pd.DataFrame(rows, columns=columns, dtype="str")


def _parts_of_asked(cells: pd.DataFrame, current: Round | None) -> dict[str, str]:
    """The periods of the cells that are a part of one that the round asks for, with that one."""
    periods = parse_periods(cells["period"].unique())
    return {
        text: str(whole)
        for text, period in periods.items()
        for whole in (current.periods if current else ())
        if period.months < whole.months and period in whole.parts(period.months)
    }


@remember_result
def _filled_cells(context: ValidationContext) -> pd.DataFrame:
    cells = context.reading.observations
    return cells[(cells["period"] != "") & (cells["form"] != "empty")]


def _period_cells(cells: pd.DataFrame) -> pd.DataFrame:
    return locate_cells(cells, "period", typed=cells["period"]).drop_duplicates(["sheet", "cell"])


def current_round(context: ValidationContext) -> Round | None:
    code = context.asked.get("round") or context.reading.round
    return next((entry for entry in context.collection.rounds if entry.code == code), None)


def _due_date(context: ValidationContext) -> date:
    """When the round is due, or else today: later periods cannot be reported yet."""
    current = current_round(context)
    return current.due if current else datetime.now(UTC).date()


@rule(Severity.ERROR)
def indicator_not_asked(context: ValidationContext) -> pd.DataFrame:
    """Figures of an indicator that another collection asks for."""
    cells = context.reading.observations
    stated = (cells["form"] != "empty") | (cells["observation_status"] != NORMAL)
    offends = stated & ~cells["indicator"].isin(context.indicators)
    is_known = context.reading.collection == context.collection.code
    return cells.loc[offends & is_known, ["sheet", "cell", "typed", "indicator"]]


@rule(Severity.ERROR)
def breakdown_not_valid(context: ValidationContext) -> pd.DataFrame:
    """Figures of a breakdown that was asked for in other periods."""
    cells = _filled_cells(context)
    changed = [code for code, indicator in context.indicators.items() if indicator.changes]
    cells = cells[cells["indicator"].isin(changed)]
    if cells.empty:
        return cells
    cells = add_series(cells)
    valid = [
        _periods_of_part(context.indicators[row["indicator"]], row)
        for row in cells.to_dict("records")
    ]
    cells = cells.assign(valid=pd.Series(valid, cells.index, dtype="str"))
    return cells.loc[cells["valid"] != "", ["sheet", "cell", "series", "valid"]]


def _periods_of_part(indicator: Indicator, row: Mapping[Any, str]) -> str:
    """The periods for which a part was asked, if that of the row is not among them."""
    codes = {by: row[by] for by in BREAKDOWNS if row[by] != TOTAL}
    asked = indicator.in_period(ReferencePeriod.parse(row["period"]))
    if not codes or asked.has_part(codes):
        return ""
    versions = indicator.versions().items()
    return ", ".join(periods for periods, version in versions if version.has_part(codes))


@rule(Severity.ERROR)
def step_unknown(context: ValidationContext) -> pd.DataFrame:
    """A step that is not on the ladder of its indicator."""
    cells = context.reading.observations
    offends = (cells["component"] == STEP) & cells["value"].isna() & (cells["form"] != "empty")
    cells = cells[offends]
    if cells.empty:
        return cells
    ladders = {code: ", ".join(indicator.ladder) for code, indicator in context.indicators.items()}
    return cells[["sheet", "cell", "typed"]].assign(
        step_nearest=_nearest_codes(cells["typed"], "step"),
        steps=cells["indicator"].map(ladders).astype(object),
    )


@remember_result
def _milestone_cells(context: ValidationContext) -> pd.DataFrame:
    cells = context.reading.observations
    return cells[cells["component"] == STEP]


@rule(Severity.WARNING)
def day_missing(context: ValidationContext) -> pd.DataFrame:
    """The first step of a ladder needs no day, because nothing has begun."""
    cells = _milestone_cells(context)
    cells = cells[(cells["value"] > 0) & (cells["since"] == "") & (cells["since_typed"] == "")]
    if cells.empty:
        return cells
    step_now = name_steps(context, cells["indicator"], cells["value"])
    return locate_cells(cells, "since", typed=cells["typed"], step_now=step_now)


@rule(Severity.ERROR)
def day_impossible(context: ValidationContext) -> pd.DataFrame:
    cells = _milestone_cells(context)
    cells = cells[(cells["since"] == "") & (cells["since_typed"] != "")]
    if cells.empty:
        return cells
    found = locate_cells(cells, "since", typed=cells["since_typed"])
    return found[~is_among(found, read_issues(context, "day_ambiguous"), ["sheet", "cell"])]


@rule(Severity.ERROR)
def day_after_period(context: ValidationContext) -> pd.DataFrame:
    cells = _milestone_cells(context)
    cells = cells[(cells["since"] != "") & (cells["period"] != "")]
    if cells.empty:
        return cells
    periods = parse_periods(cells["period"].unique())
    last_days = {text: str(last_day(period)) for text, period in periods.items()}
    expected = cells["period"].map(last_days)
    found = locate_cells(cells, "since", typed=cells["since"], expected=expected)
    return found[found["typed"] > found["expected"]]


@rule(Severity.WARNING)
def day_too_early(context: ValidationContext) -> pd.DataFrame:
    """A day before the instrument of the row was adopted, or before any milestone is known."""
    cells = _milestone_cells(context)
    cells = cells[cells["since"] != ""]
    if cells.empty:
        return cells
    days = {code: str(day) for code, day in adoption_days().items()}
    expected = cells["instrument"].map(days).fillna(str(EARLIEST_MILESTONE))
    found = locate_cells(cells, "since", typed=cells["since"], expected=expected)
    return found[found["typed"] < found["expected"]]
