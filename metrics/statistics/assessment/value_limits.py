"""Verdicts on values of which only a lower or upper limit is published."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from metrics.catalogue.codelists.limits import opposite_limit, unite_limit_codes
from metrics.catalogue.definitions.indicators import Direction
from metrics.catalogue.definitions.targets import KeepAt
from metrics.catalogue.methods import methods
from metrics.core.tables import EITHER_LIMIT, LOWER_LIMIT, UPPER_LIMIT
from metrics.core.verdict_codes import Reason, Step
from metrics.core.verdicts import CalculationStep, Point, Status, Verdict, calculation_step
from metrics.statistics.assessment.cases import AssessmentCase
from metrics.statistics.assessment.reasons import add_reason, has_reason, withdraw

# The steps that remain if a limit leaves the status undecided: only the values.
SHOWN_STEPS = {Step.VALUE, Step.VALUE_LIMIT, Step.LIMIT}
# The statuses that apply whatever the true value is: if it is better, and if it is worse.
PROVEN = {
    LOWER_LIMIT: {
        Status.ACHIEVED,
        Status.ACHIEVED_LATE,
        Status.ON_TRACK,
        Status.NOT_YET_DUE,
        Status.NOT_YET_MET,
    },
    UPPER_LIMIT: {Status.MOVING_AWAY, Status.NOT_ACHIEVED},
}


def apply_limits(verdict: Verdict, case: AssessmentCase, points: Sequence[Point]) -> Verdict:
    """Keep a status only if every value within a limit gives it.

    A limit has no gap, score or delay, because the true one is larger or smaller.
    """
    limited = {str(point.period): point for point in points if point.limit}
    limit = _limit_of_progress(verdict, case, limited)
    if not limit or verdict.status is Status.NOT_ASSESSED:
        return verdict
    steps = [*_limit_steps(limited), *_mark_values(verdict.arithmetic, limited)]
    if verdict.status in PROVEN.get(limit, set()):
        kept = replace(verdict, gap=None, months_late=None, score=None, arithmetic=tuple(steps))
        return add_reason(kept, Reason.LIMIT)
    values = tuple(step for step in steps if step.key in SHOWN_STEPS)
    undecided = replace(withdraw(verdict), arithmetic=values)
    return add_reason(undecided, Reason.LIMIT_UNDECIDED)


def _mark_values(
    steps: Iterable[CalculationStep], limited: Mapping[str, Point]
) -> Iterator[CalculationStep]:
    """Mark values of which only a limit is published."""
    for step in steps:
        point = limited.get(str(step.parameters.get("period")))
        if point is None or step.key != Step.VALUE:
            yield step
        else:
            parameters = {**step.parameters, "limit": point.limit}
            yield replace(step, key=Step.VALUE_LIMIT, value=point.value, parameters=parameters)


def _limit_of_progress(verdict: Verdict, case: AssessmentCase, limited: Mapping[str, Point]) -> str:
    """`LOWER` if the true progress is more than computed, `UPPER` if it is less; "" if exact."""
    is_kept = isinstance(case.target, KeepAt)
    if not methods()[case.method].uses_baseline and not is_kept:
        return EITHER_LIMIT if limited else ""
    last = limited[verdict.period].limit if verdict.period in limited else ""
    base = limited[verdict.baseline_period].limit if verdict.baseline_period in limited else ""
    if has_reason(verdict, Reason.MATCHED_PANEL):  # earlier values are computed from the last
        base = last
    rise = last if is_kept else unite_limit_codes(last, opposite_limit(base))
    return _in_desired_direction(case.indicator.direction, rise)


def _in_desired_direction(direction: Direction, rise: str) -> str:
    if direction is Direction.NONE and rise:
        return EITHER_LIMIT
    return opposite_limit(rise) if direction is Direction.DOWN else rise


def _limit_steps(limited: Mapping[str, Point]) -> Iterator[CalculationStep]:
    for period, point in limited.items():
        yield calculation_step(
            Step.LIMIT, None, "limit", period=period, limit=point.limit, value=point.value
        )


def is_gap_limited(verdict: Verdict, point: Point, points: Sequence[Point]) -> bool:
    """Whether the gap of a period is that of a limit, or its path starts from a limit."""
    starts = (one.limit for one in points if str(one.period) == verdict.baseline_period)
    return bool(point.limit) or any(starts)
