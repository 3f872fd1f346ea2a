"""What a method takes and returns: the points of a series, and a verdict.

pydantic converts verdicts to plain values and back, for released tables and for JSON alike.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from math import isfinite
from typing import Annotated, Any

from pydantic import PlainSerializer, TypeAdapter

from metrics.core.older_calculations import step_with_key
from metrics.core.period import ReferencePeriod
from metrics.core.tables import FREE, NORMAL
from metrics.core.verdict_codes import AGE_REASONS

REASON_SEPARATOR = ";"


class Status(StrEnum):
    """The status that all methods share; `category` is the method's own classification.

    In the order of a scale: first achieved, last failed or not assessed.
    """

    ACHIEVED = "achieved"
    ACHIEVED_LATE = "achieved_late"
    ON_TRACK = "on_track"  # on the path to an agreed level or growth, or beyond it
    BEST_VALUE = "best_value"  # no level was agreed, and the value cannot improve further
    WANTED_DIRECTION = "wanted_direction"  # no level was agreed, only a direction
    NO_CLEAR_CHANGE = "no_clear_change"  # the change is below the threshold of materiality
    BEHIND = "behind"  # short of the path, and no worse than at the start
    UNWANTED_DIRECTION = "unwanted_direction"
    MOVING_AWAY = "moving_away"  # worse than at the start of the path
    NOT_YET_DUE = "not_yet_due"  # its date is still to come
    NOT_YET_MET = "not_yet_met"  # it has no date
    NOT_ACHIEVED = "not_achieved"  # its date has passed
    NOT_ASSESSED = "not_assessed"


REACHED = frozenset({Status.ACHIEVED, Status.ACHIEVED_LATE})


@dataclass(frozen=True)
class Point:
    """One value of a series, as methods take it."""

    period: ReferencePeriod
    value: float  # NaN if there is none
    observation_status: str = NORMAL
    confidentiality_status: str = FREE
    since: str = ""  # the day when a milestone was reached
    limit: str = ""  # LOWER or UPPER if the true value is more or less than this, EITHER for both


# `int` is listed, so that a count of States is read back as a whole number.
PlainValue = int | float | str | tuple[str, ...] | tuple[float, ...] | None


def finite_or_symbol(value: PlainValue) -> PlainValue:
    """Write an infinity as a symbol, because JSON has none."""
    if isinstance(value, float) and not isfinite(value):
        return "∞" if value > 0 else "−∞"
    return value


StepValue = Annotated[PlainValue, PlainSerializer(finite_or_symbol, return_type=Any)]


@dataclass(frozen=True)
class CalculationStep:
    """One step of a calculation, as a reader would do it by hand.

    It holds codes and numbers; `metrics.catalogue.calculation_texts` makes sentences of them.
    """

    key: str  # what is computed: of the messages `calculation.steps`
    value: StepValue = None
    formula: str = ""  # how: of the messages `calculation.formulas`
    parameters: Mapping[str, StepValue] = field(default_factory=dict)


def calculation_step(
    key: str, value: PlainValue, formula: str, /, **parameters: PlainValue
) -> CalculationStep:
    """A step with the parameters of its formula."""
    return CalculationStep(key, value, formula, parameters)


def is_current(status: str, reasons: Iterable[str]) -> bool:
    """Whether a status is of the latest round; what was reached stays so."""
    return status in REACHED or AGE_REASONS.isdisjoint(reasons)


def split_reasons(reason: str) -> tuple[str, ...]:
    """The codes of a cell with reasons, as tables and verdicts hold them."""
    return tuple(filter(None, reason.split(REASON_SEPARATOR)))


def join_reasons(*reasons: str) -> str:
    """Write reasons as a cell of a table, each once."""
    return REASON_SEPARATOR.join(dict.fromkeys(reasons))


@dataclass(frozen=True)
class Verdict:
    """The result of a method for a series and a target, with its whole calculation."""

    status: Status
    category: str = ""  # the method's own classification
    reason: str = ""  # why there is no verdict, or what qualifies it: codes separated by `;`
    period: str = ""  # the latest period assessed
    value: float | None = None
    baseline_period: str = ""
    baseline_value: float | None = None
    expected_value: float | None = None  # the value on the path in that period
    gap: float | None = None  # value - expected, in units; positive is better
    months_late: float | None = None
    score: float | None = None
    path: tuple[tuple[float, float], ...] = ()  # (year on the axis, value) to draw
    arithmetic: tuple[CalculationStep, ...] = ()

    @property
    def reasons(self) -> tuple[str, ...]:
        """The codes in `reason`, most of them of `verdict_codes.Reason`."""
        return split_reasons(self.reason)


VERDICTS = TypeAdapter(Verdict)
ARITHMETIC = TypeAdapter(tuple[CalculationStep, ...])
VERDICT_FIELDS = tuple(field.name for field in fields(Verdict))
VERDICT_JSON_FIELDS = ("path", "arithmetic")  # lists, stored in tables as JSON text


def verdict_as_record(verdict: Verdict) -> dict[str, Any]:
    """Convert a verdict to a dictionary of lists and plain values."""
    record: dict[str, Any] = VERDICTS.dump_python(verdict, mode="json")
    return record


def verdict_as_row(verdict: Verdict) -> dict[str, Any]:
    """Convert a verdict to cells of a table: as `verdict_as_record`, with lists as JSON text."""
    row = verdict_as_record(verdict)
    return row | {name: _write_list(row[name]) for name in VERDICT_JSON_FIELDS}


def arithmetic_as_cell(verdict: Verdict) -> str:
    """Write the calculation of a verdict as a cell of a table, as `verdict_as_row` does."""
    return _write_list(ARITHMETIC.dump_python(verdict.arithmetic, mode="json"))


def arithmetic_from_cell(cell: str) -> tuple[CalculationStep, ...]:
    """Read a calculation from a cell of a table; none from an empty cell."""
    return ARITHMETIC.validate_python(list(map(step_with_key, json.loads(cell or "[]"))))


def _write_list(items: object) -> str:
    return json.dumps(items, ensure_ascii=False, allow_nan=False)


def verdict_from_row(row: Mapping[str, Any]) -> Verdict:
    """Read a verdict from a row of a table of assessments; other columns are ignored.

    Its calculation is left out: few readers want it, and it takes most of the time and memory.
    """
    names = (name for name in VERDICT_FIELDS if name != "arithmetic")
    cells = {name: None if row[name] != row[name] else row[name] for name in names}
    return VERDICTS.validate_python(cells | {"path": json.loads(cells["path"] or "[]")})
