"""Are the codes beside the values in their lists, and the periods and days possible?"""

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pandas as pd

from metrics.catalogue.codelists import codelist, nearest
from metrics.catalogue.codelists.groups import last_day
from metrics.catalogue.definitions import Round
from metrics.core.period import ReferencePeriod
from metrics.core.tables import STEP
from metrics.intake.findings import Severity, ValidationContext
from metrics.intake.rules import rule
from metrics.intake.rules.structure import at


def not_in_list(case: ValidationContext, column: str) -> pd.DataFrame:
    """Where no code of the list of the same name was understood, with the nearest one."""
    cells = case.reading.observations
    cells = cells[(cells[column] == "") & (cells[f"{column}_typed"] != "")]
    typed = cells[f"{column}_typed"]
    found = at(cells, column, typed=typed, nearest=_nearest(typed, column))
    return found.assign(expected=", ".join(codelist(column))).drop_duplicates(["sheet", "cell"])


def _nearest(typed: pd.Series, codes: str) -> pd.Series:
    return typed.map({text: nearest(text, codes) for text in typed.unique()}).astype(object)


@rule(Severity.ERROR)
def period_in_future(case: ValidationContext) -> pd.DataFrame:
    cells = _reported(case)
    known = {text: ReferencePeriod.parse(text) for text in cells["period"].unique()}
    late = [text for text, period in known.items() if last_day(period) > _last_due(case)]
    cells = cells[cells["period"].isin(late)]
    return _periods(cells).assign(due=str(_last_due(case)))


@rule(Severity.ERROR)
def period_not_asked(case: ValidationContext) -> pd.DataFrame:
    cells = _reported(case)
    asked = [str(period) for each in rounds(case).values() for period in each.periods]
    cells = cells[~cells["period"].isin(asked)] if asked else cells.iloc[:0]
    return _periods(cells).assign(expected=", ".join(asked))


def _reported(case: ValidationContext) -> pd.DataFrame:
    cells = case.reading.observations
    return cells[(cells["period"] != "") & (cells["form"] != "empty")]


def _periods(cells: pd.DataFrame) -> pd.DataFrame:
    return at(cells, "period", typed=cells["period"]).drop_duplicates(["sheet", "cell"])


def rounds(case: ValidationContext) -> Mapping[str, Round]:
    """The round of the reading, where the collection has it."""
    code = case.asked.get("round") or case.reading.round
    return {each.code: each for each in case.collection.rounds if each.code == code}


def _last_due(case: ValidationContext) -> date:
    """The day after which nothing can be reported yet: a figure of the round is older than that."""
    return min((each.due for each in rounds(case).values()), default=datetime.now(UTC).date())


@rule(Severity.ERROR)
def step_unknown(case: ValidationContext) -> pd.DataFrame:
    """A step that is not on the ladder of its indicator."""
    cells = case.reading.observations
    offends = (cells["component"] == STEP) & cells["value"].isna() & (cells["form"] != "empty")
    cells = cells[offends]
    ladders = {code: ", ".join(each.ladder) for code, each in case.indicators.items()}
    return cells[["sheet", "cell", "typed"]].assign(
        step_nearest=_nearest(cells["typed"], "step"),
        steps=cells["indicator"].map(ladders).astype(object),
    )


def _milestones(case: ValidationContext) -> pd.DataFrame:
    cells = case.reading.observations
    return cells[cells["component"] == STEP]


@rule(Severity.WARNING)
def day_missing(case: ValidationContext) -> pd.DataFrame:
    """The first step of a ladder, where nothing has begun, has no day."""
    cells = _milestones(case)
    cells = cells[(cells["value"] > 0) & (cells["since"] == "") & (cells["since_typed"] == "")]
    return at(cells, "since", typed=cells["typed"])


@rule(Severity.ERROR)
def day_impossible(case: ValidationContext) -> pd.DataFrame:
    cells = _milestones(case)
    cells = cells[(cells["since"] == "") & (cells["since_typed"] != "")]
    return at(cells, "since", typed=cells["since_typed"])


@rule(Severity.ERROR)
def day_after_period(case: ValidationContext) -> pd.DataFrame:
    cells = _milestones(case)
    cells = cells[(cells["since"] != "") & (cells["period"] != "")]
    last = {text: str(last_day(ReferencePeriod.parse(text))) for text in cells["period"].unique()}
    found = at(cells, "since", typed=cells["since"], expected=cells["period"].map(last))
    return found[found["typed"] > found["expected"]]
