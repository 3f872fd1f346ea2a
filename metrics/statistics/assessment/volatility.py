"""Add a note to a verdict on a change that is smaller than the usual change of the series."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from metrics.catalogue.definitions.targets import DirectionOnly, GrowthPerYear, Target
from metrics.catalogue.methods import ROUNDING
from metrics.core.verdict_codes import Reason, Step
from metrics.core.verdicts import CalculationStep, Status, Verdict, calculation_step
from metrics.statistics.assessment.materiality import STATUSES_BY_CHANGE
from metrics.statistics.assessment.reasons import add_reason

FEWEST_CHANGES = 3  # fewer do not show what is usual
VALUE_STEPS = {Step.VALUE, Step.VALUE_CARRIED_BACK}


def name_volatility(verdict: Verdict, target: Target) -> Verdict:
    """Add a note if what decides the status is less than the mean moving range.

    The status is kept. Control charts of individual values estimate the usual variation from the
    mean moving range; docs/methods.md cites the sources.
    """
    values = [value for _, value in assessed_values(verdict)]
    changes = [abs(later - earlier) for earlier, later in pairwise(values)]
    if not _is_assessed_by_change(verdict, target) or len(changes) < FEWEST_CHANGES:
        return verdict
    key, size = _what_decides(verdict, target, values)
    usual = sum(changes) / len(changes)
    if size >= usual * (1 - ROUNDING):
        return verdict
    arithmetic = (*verdict.arithmetic, *_volatility_steps(changes, usual, key, size))
    return add_reason(replace(verdict, arithmetic=arithmetic), Reason.VOLATILE)


def assessed_values(verdict: Verdict) -> list[tuple[str, float]]:
    """Period and value of each value that a method compared, as they are in its calculation."""
    return [
        (str(step.parameters["period"]), float(step.value))
        for step in verdict.arithmetic
        if step.key in VALUE_STEPS and isinstance(step.value, int | float)
    ]


def _is_assessed_by_change(verdict: Verdict, target: Target) -> bool:
    """Whether a change or a distance decides the status; a level kept or reached does not."""
    return (
        isinstance(target, DirectionOnly | GrowthPerYear) and verdict.status in STATUSES_BY_CHANGE
    )


def _what_decides(verdict: Verdict, target: Target, values: Sequence[float]) -> tuple[str, float]:
    """The distance from the path of a growth, or else the change since the baseline.

    A value that is worse than the baseline is moving away whatever the path.
    """
    is_on_path = isinstance(target, GrowthPerYear) and verdict.status is not Status.MOVING_AWAY
    if is_on_path and verdict.gap is not None:
        return "distance_from_the_path_beside_it", abs(verdict.gap)
    return "size_of_the_change_beside_it", abs(values[-1] - values[0])


def _volatility_steps(
    changes: Sequence[float], usual: float, key: str, size: float
) -> tuple[CalculationStep, ...]:
    return (
        calculation_step(
            "mean_change_from_one_value_to_the_next",
            usual,
            "mean",
            values=tuple(changes),
            number=len(changes),
        ),
        calculation_step(key, size, "less_than", value=size, other=usual),
    )
