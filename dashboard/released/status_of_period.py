"""The status as of an earlier period: of that period, or an older one that says so, or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.released.assessments import Assessment, StatusAge
from dashboard.rows_by_key import Record
from metrics.catalogue.codelists.statuses import NOT_FREE
from metrics.core.period import ReferencePeriod
from metrics.core.tables import BREAK, EU, FORECAST, NOT_APPLICABLE, SPECIAL_EVENT, STEP, WITHHELD
from metrics.core.verdict_codes import Reason

LEFT_OUT = frozenset({FORECAST, SPECIAL_EVENT})  # values that no method compares
# Whatever the figures of any period are, there is no verdict.
TIMELESS = frozenset({
    Reason.NOT_BOUND, Reason.OTHER_RULE, Reason.CONTEXT_ONLY, Reason.NOT_COMPARABLE,
})  # fmt: skip


@dataclass(frozen=True)
class AssessedUntil:
    """A series up to a period, with the history of its status.

    The last row of the history is the official assessment; a release without a history has None.
    """

    period: ReferencePeriod
    rows: Sequence[Record]  # until the period
    history: Mapping[str, Record | None]
    area: str
    component: str
    is_reported_later: bool = False  # after the period

    def assessments(self, official: Assessment, every: Sequence[Assessment]) -> list[Assessment]:
        """The official assessment as of the period; by all methods, if it is that of today."""
        if not TIMELESS.isdisjoint(official.verdict.reasons):
            return [*every]
        assessed = self.assessed_period
        is_of_today = bool(assessed) and assessed == [*self.history][-1]
        if is_of_today and not official.verdict.period:
            return [*every]
        reason = self.reason_for_none(assessed)
        if reason is not None:
            return [official.not_assessed(reason)]
        if is_of_today:
            return [self.with_age(own.without_age()) for own in every]
        row = self.history[assessed]
        if row is None:
            return [official.not_assessed(Reason.NOT_KEPT)]
        return [self.with_age(official.as_assessed(row))]

    @property
    def assessed_period(self) -> str:
        """The latest assessed period by then; empty without one."""
        by_then = [own for own in self.history if own and is_over(own, self.period)]
        return by_then[-1] if by_then else ""

    def reason_for_none(self, assessed: str) -> str | None:
        """Why there is no status as of the period; None if the one assessed last counts."""
        observed = [row for row in self.rows if is_observed(row)]
        statements = [row for row in self.rows if is_answer(row) or self.is_stated_missing(row)]
        last = statements[-1] if statements else {}
        if is_suppressed(last):
            return Reason.SUPPRESSED
        if is_not_applicable(last):
            return Reason.NOT_APPLICABLE
        if assessed:
            later = [row for row in observed if not is_over(row["period"], parsed(assessed))]
            return self.reason_of_values(later, Reason.NOT_KEPT) if later else None
        if observed:
            return self.reason_of_values(observed[1:], Reason.TOO_FEW_POINTS)
        return Reason.SUPPRESSED if any(map(is_suppressed, self.rows)) else Reason.NO_VALUE

    def reason_of_values(self, compared: Sequence[Record], otherwise: str) -> str:
        """Why values have no status: a break; for the Union, one may be a change of its States."""
        is_broken = any(BREAK in str(row.get("observation_status")) for row in compared)
        return Reason.BREAK_IN_SERIES if is_broken and self.area != EU else otherwise

    def is_stated_missing(self, row: Record) -> bool:
        """Whether a row says that there is no value; what was said about a milestone holds."""
        return self.component != STEP and bool(row.get("observation_status"))

    def with_age(self, assessment: Assessment) -> Assessment:
        """Say that a verdict is of a period that was over before this one began."""
        own = assessment.verdict.period
        if not own or not is_over(own, self.period.just_before):
            return assessment
        reason = Reason.NOT_CONFIRMED if self.component == STEP else Reason.NOT_CURRENT
        is_special = any(
            is_special_value(row) for row in self.rows if not is_over(row["period"], parsed(own))
        )
        age = StatusAge(reason, own, str(self.period), self.is_reported_later, is_special)
        return assessment.without_age().with_age(age)


def parsed(period: str) -> ReferencePeriod:
    return ReferencePeriod.parse(period)


def is_over(period: str, by: ReferencePeriod) -> bool:
    return parsed(period).end <= by.end


def is_observed(row: Record) -> bool:
    """Whether a row has a value that a method compares."""
    return not pd.isna(row["value"]) and LEFT_OUT.isdisjoint(str(row.get("observation_status")))


def is_special_value(row: Record) -> bool:
    return not pd.isna(row["value"]) and SPECIAL_EVENT in str(row.get("observation_status"))


def is_suppressed(row: Mapping[str, object]) -> bool:
    is_withheld = WITHHELD in str(row.get("observation_status"))
    return is_withheld or row.get("confidentiality_status") in NOT_FREE


def is_not_applicable(row: Mapping[str, object]) -> bool:
    return NOT_APPLICABLE in str(row.get("observation_status"))


def is_answer(row: Record) -> bool:
    """Whether a row says something: a missing one changes nothing that was said before."""
    return is_observed(row) or is_suppressed(row) or is_not_applicable(row)
