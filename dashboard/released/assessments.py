"""Assessments read from a release: verdict, reviewer's override, and extrapolated trend."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from math import isclose
from typing import Any, Self

import numpy as np

from dashboard.rows_by_key import PackedText
from metrics.catalogue.definitions.targets import Target
from metrics.core.period import ReferencePeriod
from metrics.core.status_by_rule import KEEP_AT
from metrics.core.verdict_codes import AGE_REASONS, NO_VERDICT, Reason, Step
from metrics.core.verdicts import (
    CalculationStep,
    Status,
    Verdict,
    arithmetic_from_cell,
    join_reasons,
    verdict_from_row,
)

COUNTED_RULES = {"milestone_by_date", "all_areas_by_date"}  # for the Union, a number of States
# A step or a level that is kept is assessed by itself, whatever stood at the start.
RULES_WITHOUT_BASELINE = {*COUNTED_RULES, "keep_at"}
# Reasons: the change is below the threshold of materiality, or not known to be above it.
UNCLEAR_CHANGE = frozenset({
    Reason.BELOW_THRESHOLD, Reason.SMALL_BASE, Reason.AT_LIMIT, Reason.PARTICIPANTS_UNKNOWN,
})  # fmt: skip
SHOWN_STATUSES = tuple(Status)

REPORTED_START, COMPARABLE_START = "chart.start", "chart.comparable"
KEYS_OF_START = frozenset({REPORTED_START, COMPARABLE_START})  # no agreed level


@dataclass(frozen=True)
class ReviewerOverride:
    """A status set by a named reviewer; the computed status stays visible beside it."""

    status: Status
    reason: str
    reviewer: str
    day: str

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Self | None:
        if not row["override_status"]:
            return None
        status = Status(row["override_status"])
        return cls(status, row["override_reason"], row["override_by"], row["override_on"])


@dataclass(frozen=True)
class StatusAge:
    """That a status is older than what is looked at, and of which period."""

    reason: str  # of `AGE_REASONS`
    period: str  # of the verdict
    chosen: str = ""  # the period that was chosen, if one was
    is_reported_later: bool = False  # after the chosen period
    is_special_left_out: bool = False  # there may be a value, which is compared with no other


SAME_PATH = 1e-5  # of a height that is interpolated


@dataclass(frozen=True)
class Assessment:
    """One method's verdict on one series against one target."""

    target: str
    method: str
    official: bool
    verdict: Verdict  # without its calculation
    rule: str = ""  # the rule of the target
    override: ReviewerOverride | None = None
    asked: Target | None = None
    relative_gap: float | None = None  # in per cent of the expected value
    calculation: str | PackedText = ""  # of the verdict, as a release stores it
    age_then: StatusAge | None = None  # as of a chosen period

    @classmethod
    def from_row(cls, row: Mapping[str, Any], asked: Target | None = None) -> Self:
        verdict, official = verdict_from_row(row), bool(row["official"])
        return cls(
            row["target"], row["method"], official, verdict, asked.rule if asked else "",
            ReviewerOverride.from_row(row), asked, none_if_missing(row["relative_gap"]),
            row["arithmetic"],
        )  # fmt: skip

    @property
    def arithmetic(self) -> tuple[CalculationStep, ...]:
        """The calculation of the verdict, step by step."""
        return read_calculation(self.calculation)

    @property
    def status(self) -> str:
        """The status that counts: the reviewer's, or else the computed one."""
        return self.override.status if self.override else self.computed

    @property
    def computed(self) -> str:
        return self.verdict.status

    def as_assessed(self, row: Mapping[str, Any]) -> Self:
        """The assessment of an earlier period, from its row in the status history."""
        value, expected, gap = (
            none_if_missing(row[name]) for name in ("value", "expected_value", "gap")
        )
        calculation, status = row.get("arithmetic", ""), Status(row["status"])
        is_of_none = status is Status.NOT_ASSESSED and value is None
        period = "" if is_of_none else row["period"]
        verdict = Verdict(
            status, row["category"], row["reason"],
            period_reported_for(read_calculation(calculation)) or period, value,
            baseline_period=row.get("baseline_period", ""), expected_value=expected, gap=gap,
            path=self.path_through(row["period"], expected),
        )  # fmt: skip
        relative = none_if_missing(row.get("relative_gap", np.nan))
        return replace(
            self, verdict=verdict, override=None, relative_gap=relative, calculation=calculation
        )

    def not_assessed(self, reason: str) -> Self:
        """The assessment of a time up to which the figures gave no verdict."""
        verdict = Verdict(Status.NOT_ASSESSED, reason=reason)
        return replace(self, verdict=verdict, override=None, relative_gap=None, calculation="")

    def path_through(self, period: str, expected: float | None) -> tuple[tuple[float, float], ...]:
        """The path of today, if that of the period was the same; else none."""
        if expected is None or not self.verdict.path:
            return ()
        when, height = zip(*self.verdict.path, strict=True)
        at = np.interp(ReferencePeriod.parse(period).midpoint, when, height)
        return self.verdict.path if isclose(at, expected, rel_tol=SAME_PATH) else ()

    @property
    def has_level(self) -> bool:
        """Whether an agreed level ends the path; for a direction alone it stays at the baseline."""
        return self.rule != "direction_only"

    @property
    def is_compared_with_start(self) -> bool:
        """Whether a figure is compared with that of the start, as no level was agreed."""
        return not self.has_level and bool(self.verdict.baseline_period)

    @property
    def has_comparison(self) -> bool:
        """Whether there is a level or a start with which a figure is compared."""
        return self.has_level or self.is_compared_with_start

    @property
    def age(self) -> str:
        """The reason that names the verdict as older than the latest round that closed, or ""."""
        return next((reason for reason in self.verdict.reasons if reason in AGE_REASONS), "")

    @property
    def status_age(self) -> StatusAge | None:
        """The age in full; None of a current verdict."""
        if self.age_then or not self.age:
            return self.age_then
        is_special = Reason.SPECIAL_LEFT_OUT in self.verdict.reasons
        return StatusAge(self.age, self.verdict.period, is_special_left_out=is_special)

    @property
    def reasons_for_none(self) -> tuple[str, ...]:
        """Why there is no verdict; without such a reason, all but its age."""
        reasons = self.verdict.reasons
        why = tuple(reason for reason in reasons if reason in NO_VERDICT)
        return why or tuple(reason for reason in reasons if reason not in AGE_REASONS)

    def without_age(self) -> Self:
        """The assessment as of its own period, when it was current."""
        if not self.age:
            return self
        reasons = (reason for reason in self.verdict.reasons if reason not in AGE_REASONS)
        return replace(self, verdict=replace(self.verdict, reason=join_reasons(*reasons)))

    def with_age(self, age: StatusAge) -> Self:
        """The assessment as of a later period that was chosen, for which there is no value."""
        kept = (reason for reason in self.verdict.reasons if reason != Reason.LATEST_MISSING)
        verdict = replace(self.verdict, reason=join_reasons(*kept, age.reason))
        return replace(self, verdict=verdict, age_then=age)

    @property
    def is_change_unclear(self) -> bool:
        """Whether the change since the baseline counts as none, and so has no direction."""
        return are_unclear(self.verdict.reasons)

    @property
    def is_backcast(self) -> bool:
        """Whether earlier values were computed from the latest, not reported."""
        return Reason.MATCHED_PANEL in self.verdict.reasons

    @property
    def path_key(self) -> str:
        """What is drawn: an agreed path or number, or the level at which the series started."""
        return self.key_of_path(is_backcast=self.is_backcast)

    def key_of_path(self, *, is_backcast: bool = False) -> str:
        """As `path_key`, for a period of which the start was calculated back or not."""
        if self.rule in COUNTED_RULES:
            return "chart.target"
        if self.rule == KEEP_AT:
            return "chart.level"
        if self.has_level:
            return "chart.path"
        return COMPARABLE_START if is_backcast else REPORTED_START


# A page shows the calculations of few series, some of them several times.
@lru_cache(maxsize=128)
def read_calculation(calculation: str | PackedText) -> tuple[CalculationStep, ...]:
    return arithmetic_from_cell(str(calculation))


def period_reported_for(arithmetic: Iterable[CalculationStep]) -> str:
    """The period for which a step was reported that was not confirmed since; else empty."""
    steps = (step for step in arithmetic if step.key == Step.STEP_REPORTED_FOR)
    return str(next((step.value for step in steps), ""))


def are_unclear(reasons: Collection[str]) -> bool:
    """Whether a verdict with these reasons rests on a change that may be none."""
    return not UNCLEAR_CHANGE.isdisjoint(reasons)


def none_if_missing(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


@dataclass(frozen=True)
class Outlook:
    """The recent trend extrapolated: neither a forecast nor a target."""

    target: str
    reason: str  # why there is no trend
    path: tuple[tuple[float, float, float, float], ...]  # year on the axis, value, low, high
    meets: str
    meets_in: str

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Self:
        path = tuple(
            (float(when), float(value), float(low), float(high))
            for when, value, low, high in json.loads(row["path"] or "[]")
        )
        return cls(row["target"], row["reason"], path, row["meets"], row["meets_in"])
