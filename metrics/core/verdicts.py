"""What a method is given and what it returns: the points of a series, and a verdict.

A verdict is written to plain values and read back by pydantic, for the tables of a release and
for answers in JSON alike.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from math import isfinite
from typing import Annotated, Any

from pydantic import PlainSerializer, TypeAdapter

from metrics.core.period import ReferencePeriod
from metrics.core.tables import FREE, NORMAL

NOT_YET_MET = "not_yet_met"  # category of a milestone without a day, which is never due


class Status(StrEnum):
    """The status that all methods share; `category` keeps the class of the method itself."""

    ACHIEVED = "achieved"
    ACHIEVED_LATE = "achieved_late"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    MOVING_AWAY = "moving_away"
    NOT_YET_DUE = "not_yet_due"
    NOT_ACHIEVED = "not_achieved"  # its date has passed
    NOT_ASSESSED = "not_assessed"


@dataclass(frozen=True)
class Point:
    """One value of one series: what a method is given to judge."""

    period: ReferencePeriod
    value: float  # NaN where there is none
    observation_status: str = NORMAL
    confidentiality_status: str = FREE
    since: str = ""  # the day a milestone was reached


def finite_or_symbol(value: float | str | None) -> float | str | None:
    """Write an infinity as people do, since JSON knows none."""
    if isinstance(value, float) and not isfinite(value):
        return "∞" if value > 0 else "−∞"
    return value


# `int` of its own, so that a count of states is read back as the whole number it was.
StepValue = Annotated[int | float | str | None, PlainSerializer(finite_or_symbol, return_type=Any)]


@dataclass(frozen=True)
class ArithmeticStep:
    """One line of the arithmetic, as a reader would do it by hand."""

    label: str
    formula: str
    value: StepValue


@dataclass(frozen=True)
class Verdict:
    """The result of a method for a series and a target, with its whole arithmetic."""

    status: Status
    category: str = ""  # the class by which the method itself calls it
    reason: str = ""  # why there is no verdict, or what must be said beside it
    period: str = ""  # the latest period that was judged
    value: float | None = None
    baseline_period: str = ""
    baseline_value: float | None = None
    expected_value: float | None = None  # where the path stands at that period
    gap: float | None = None  # value - expected, in units; positive is better
    months_late: float | None = None
    score: float | None = None
    path: tuple[tuple[float, float], ...] = ()  # (year on the axis, value) to draw
    arithmetic: tuple[ArithmeticStep, ...] = ()


VERDICTS = TypeAdapter(Verdict)
VERDICT_FIELDS = tuple(field.name for field in fields(Verdict))
VERDICT_JSON_FIELDS = ("path", "arithmetic")  # lists, which a table holds as JSON text


def verdict_as_record(verdict: Verdict) -> dict[str, Any]:
    """Give a verdict by the names of its fields, in lists and plain values."""
    record: dict[str, Any] = VERDICTS.dump_python(verdict, mode="json")
    return record


def verdict_as_row(verdict: Verdict) -> dict[str, Any]:
    """Give the cells of a verdict in a table: as `verdict_as_record`, its lists as JSON text."""
    row = verdict_as_record(verdict)
    texts = {
        name: json.dumps(row[name], ensure_ascii=False, allow_nan=False)
        for name in VERDICT_JSON_FIELDS
    }
    return row | texts


def verdict_from_row(row: Mapping[str, Any]) -> Verdict:
    """Read the verdict in a row of a table of assessments, of which other columns are ignored."""
    cells = {name: None if row[name] != row[name] else row[name] for name in VERDICT_FIELDS}
    lists = {name: json.loads(cells[name] or "[]") for name in VERDICT_JSON_FIELDS}
    return VERDICTS.validate_python(cells | lists)
