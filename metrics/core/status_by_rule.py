"""The status that a rule allows: a direction has no path, and a level is kept or not."""

from collections.abc import Mapping
from dataclasses import replace

from metrics.core.verdict_codes import Reason, Step
from metrics.core.verdicts import CalculationStep, Status, Verdict, join_reasons

DIRECTION_ONLY, KEEP_AT = "direction_only", "keep_at"

STATUS_BY_RULE: Mapping[str, Mapping[str, Status]] = {
    DIRECTION_ONLY: {
        Status.ON_TRACK: Status.WANTED_DIRECTION,
        Status.MOVING_AWAY: Status.UNWANTED_DIRECTION,
    },
    KEEP_AT: {Status.BEHIND: Status.NOT_ACHIEVED, Status.MOVING_AWAY: Status.NOT_ACHIEVED},
}


def name_by_rule(verdict: Verdict, rule: str) -> Verdict:
    """Replace a status that the rule of the target does not allow."""
    status = _status_of_new(verdict.status, rule, verdict.reasons)
    is_further = rule == KEEP_AT and verdict.status is Status.MOVING_AWAY
    further = [Reason.FURTHER_FROM_LEVEL] if is_further else []
    reason = join_reasons(*verdict.reasons, *further)
    steps = tuple(_step_by_rule(step, rule) for step in verdict.arithmetic)
    return replace(verdict, status=status, reason=reason, arithmetic=steps)


def _step_by_rule(step: CalculationStep, rule: str) -> CalculationStep:
    if step.key != Step.STATUS_BY_METHOD:
        return step
    return replace(step, value=str(_status_of_new(str(step.value), rule)))


def _status_of_new(status: str, rule: str, reasons: tuple[str, ...] = ()) -> Status:
    """As `status_by_rule`; without a path, what has not moved is behind nothing.

    Stored releases keep their word: those of an earlier version gave it to slow movements too.
    """
    if rule == DIRECTION_ONLY and status == Status.BEHIND:
        return Status.NO_CLEAR_CHANGE
    return status_by_rule(status, rule, reasons)


def status_by_rule(status: str, rule: str, reasons: tuple[str, ...] = ()) -> Status:
    """A direction is "on track" to no level; one that cannot improve further is at its best."""
    is_at_limit = rule == DIRECTION_ONLY and Reason.AT_LIMIT in reasons
    if is_at_limit and status == Status.ON_TRACK:
        return Status.BEST_VALUE
    return STATUS_BY_RULE.get(rule, {}).get(status, Status(status))
