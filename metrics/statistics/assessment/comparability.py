"""From which period on a series is assessed: since its last break, or since a later baseline."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from metrics.catalogue.materiality import materiality
from metrics.core.period import ReferencePeriod
from metrics.core.series_window import is_observed, is_special, is_suppressed, observed_window
from metrics.core.verdict_codes import MoveCause, Reason, Step
from metrics.core.verdicts import CalculationStep, Point, Status, Verdict, calculation_step
from metrics.statistics.assessment.reasons import (
    add_reason,
    has_reason,
    withdraw,
    without_reason,
)

# If there is no verdict since the break for these reasons, there are too few values since then.
NOT_YET_ENOUGH = {
    Reason.TOO_FEW_POINTS,
    Reason.PARTIAL_YEAR,
    Reason.NO_BASELINE,
    Reason.SPECIAL_LEFT_OUT,
}


def assess_since_break(
    assess: Callable[[Sequence[Point]], Verdict],
    points: Sequence[Point],
    baseline: ReferencePeriod | None,
) -> Verdict:
    """The verdict on a series or, if it has a break, on its values from the last break on.

    As long as there are too few values after it, the break is the reason for no verdict.
    """
    verdict = assess(points)
    if verdict.reason != Reason.BREAK_IN_SERIES:
        return verdict
    window = observed_window(points)
    last_break = max(period for period in window.breaks if period <= window.last.period)
    since = assess([point for point in points if point.period >= last_break])
    if since.status is Status.NOT_ASSESSED and has_reason(since, *NOT_YET_ENOUGH):
        return verdict
    first = baseline or window.base.period
    start = since.baseline_period or str(last_break)
    step = _moved_step(MoveCause.BREAK, first, start)
    rebased = add_reason(without_reason(since, Reason.BASELINE_MOVED), Reason.REBASED_AFTER_BREAK)
    return replace(rebased, arithmetic=(step, *rebased.arithmetic))


def name_moved_baseline(
    verdict: Verdict, baseline: ReferencePeriod | None, points: Sequence[Point]
) -> Verdict:
    """Add a note with both years if the comparison begins later than agreed, or than the series.

    There is no verdict if there are too few years after a moved baseline.
    """
    if verdict.status is Status.NOT_ASSESSED or has_reason(verdict, Reason.REBASED_AFTER_BREAK):
        return verdict
    start, last = map(ReferencePeriod.parse, (verdict.baseline_period, verdict.period))
    first = baseline or _first_reported(points, start)
    if start <= first:
        return verdict
    step = _moved_step(_why_moved(verdict, points, first), first, start)
    moved = add_reason(
        replace(verdict, arithmetic=(step, *verdict.arithmetic)), Reason.BASELINE_MOVED
    )
    return _require_years(moved, _years_compared(points, start, last))


def _moved_step(
    cause: str, first: ReferencePeriod, start: ReferencePeriod | str
) -> CalculationStep:
    return calculation_step(
        Step.BASELINE_MOVED, str(cause), "between", start=str(first), end=str(start)
    )


def _first_reported(points: Sequence[Point], start: ReferencePeriod) -> ReferencePeriod:
    """The first period with a figure, shown or suppressed, of the length that is compared."""
    reported = [
        point.period
        for point in points
        if is_same_part_of_year(point.period, start)
        and (is_observed(point) or is_suppressed(point))
    ]
    return min(reported, default=start)


def is_same_part_of_year(period: ReferencePeriod, other: ReferencePeriod) -> bool:
    return (period.first_month, period.months) == (other.first_month, other.months)


def _why_moved(verdict: Verdict, points: Sequence[Point], first: ReferencePeriod) -> str:
    if has_reason(verdict, Reason.MATCHED_PANEL):
        return MoveCause.NO_GROWTH
    at_first = [point for point in points if point.period == first]
    if any(map(is_special, at_first)):
        return MoveCause.SPECIAL
    return MoveCause.VALUE_WITHHELD if any(map(is_suppressed, at_first)) else MoveCause.NO_VALUE


def _years_compared(points: Sequence[Point], start: ReferencePeriod, last: ReferencePeriod) -> int:
    return len(
        {
            point.period
            for point in points
            if is_observed(point)
            and not is_special(point)
            and is_same_part_of_year(point.period, start)
            and start <= point.period <= last
        }
    )


def _require_years(verdict: Verdict, years: int) -> Verdict:
    needed = materiality().fewest_years
    if years >= needed:
        return verdict
    step = calculation_step(
        "values_since_the_moved_baseline", years, "less_than", value=years, other=needed
    )
    short = add_reason(withdraw(verdict), Reason.TOO_FEW_YEARS)
    return replace(short, arithmetic=(*short.arithmetic, step))
