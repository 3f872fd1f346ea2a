"""The status of every period as if assessed at its end: how an assessment developed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from metrics.catalogue.definitions.targets import StepTarget
from metrics.catalogue.methods import day_after
from metrics.core.period import ReferencePeriod
from metrics.core.schemas import TARGETED_SERIES, conform_table
from metrics.core.series_window import is_observed
from metrics.core.tables import AREAS_REACHED, EU, STEP
from metrics.core.verdict_codes import Reason
from metrics.core.verdicts import Verdict, arithmetic_as_cell
from metrics.statistics.assessment.basis import AssessmentBasis
from metrics.statistics.assessment.case_verdicts import assess_cases, points_of_target
from metrics.statistics.assessment.cases import AssessmentCase
from metrics.statistics.assessment.relative_gaps import add_relative_gaps
from metrics.statistics.assessment.timeliness import AssessmentDay

VERDICT_CELLS = (
    "status", "category", "reason", "value", "baseline_period", "expected_value", "gap",
)  # fmt: skip
SERIES_AND_METHOD = (*TARGETED_SERIES, "method")
HISTORY_CELLS = (
    *SERIES_AND_METHOD, "period", *VERDICT_CELLS, "areas_reporting", "areas_expected", "arithmetic",
)  # fmt: skip
# Why there is no verdict as of a period, where the figures of the series themselves show it.
SEEN_IN_FIGURES = {
    Reason.NO_VALUE, Reason.MISSING, Reason.NOT_APPLICABLE, Reason.SUPPRESSED,
    Reason.TOO_FEW_POINTS, Reason.BREAK_IN_SERIES, Reason.NOT_BOUND,
}  # fmt: skip
Periods = Mapping[AssessmentCase, list[ReferencePeriod]]
Row = tuple[Any, ...]


@dataclass(frozen=True)
class EarlierHistory:
    """Rows of the status history of an earlier release, for series that have the same values now.

    Made by the same code from the same definitions.
    """

    rows: pd.DataFrame
    on: date  # the day of that release


def status_history(basis: AssessmentBasis, before: Sequence[EarlierHistory] = ()) -> pd.DataFrame:
    """One row for each period of a targeted series that can be assessed, by the official method.

    Each period is assessed from the figures up to its end, including those of other areas, against
    the target and by the method of the release. The day of that verdict is the day after the
    period, or the day of the release if that is earlier: a milestone that is overdue today may not
    have been due then. The figures are those of the release, with all later revisions.

    A period has a row if the figures up to then give a verdict on it: not if it has no figure, or
    if there are too few for the method. If it has a figure but no verdict, for a reason that its
    own series does not show, such as a confidential growth, its row has that reason. The step of a
    milestone counts in every period in which any State reported, until the State reports another.

    The last row of each series is its official assessment, as of the day of the release. If that
    gives no verdict, the row has the latest period of the series, and the reason. Periods that
    `before` has are not assessed again.
    """
    periods = _periods_by_case(basis)
    rows_before = _rows_assessed_before(periods, before)
    lacking = {case: own[:-1] for case, own in periods.items() if case not in rows_before}
    assessed = _assess_earlier(basis, lacking)
    rows: list[Row] = []
    for case, own in periods.items():
        rows += rows_before.get(case, ())
        rows += (
            _row(basis, case, period, verdict)
            for period in lacking.get(case, ())
            if _is_kept(period, verdict := assessed[period][case], case, basis)
        )
        rows.append(_row(basis, case, own[-1], basis.verdicts[case]))
    table = pd.DataFrame(rows, columns=list(HISTORY_CELLS))
    return conform_table("status_history", add_relative_gaps(table, basis.cases))


def _row(
    basis: AssessmentBasis, case: AssessmentCase, period: ReferencePeriod, verdict: Verdict
) -> Row:
    return (
        *case.key,
        case.method,
        str(period),
        *(getattr(verdict, name) for name in VERDICT_CELLS),
        *_coverage(basis, case, period),
        arithmetic_as_cell(verdict),
    )


def _coverage(
    basis: AssessmentBasis, case: AssessmentCase, period: ReferencePeriod
) -> tuple[int, int]:
    """How many States are in a figure of the Union, of how many; 0 of 0 for a State."""
    if case.area != EU:
        return 0, 0
    component = AREAS_REACHED if _is_milestone(case) else case.indicator.headline
    code = case.indicator.code
    return basis.histories.covered(code, component, case.codes, str(period), (0, 0))


def _is_milestone(case: AssessmentCase) -> bool:
    return isinstance(case.target, StepTarget)


def _periods_by_case(basis: AssessmentBasis) -> dict[AssessmentCase, list[ReferencePeriod]]:
    """The periods of each official case that has any, up to that of its verdict."""
    by_case: dict[AssessmentCase, list[ReferencePeriod]] = {}
    for case in basis.official:
        if periods := _periods_of(case, basis):
            verdict = basis.verdicts[case]
            is_of_latest = not verdict.period or _is_milestone(case)
            last = periods[-1] if is_of_latest else ReferencePeriod.parse(verdict.period)
            by_case[case] = [*(period for period in periods if period.end < last.end), last]
    return by_case


def _is_kept(
    period: ReferencePeriod, verdict: Verdict, case: AssessmentCase, basis: AssessmentBasis
) -> bool:
    """Whether a verdict is on a period, or has the reason why the figure of the period has none."""
    if verdict.period:
        return verdict.period == str(period) or _is_milestone(case)
    if SEEN_IN_FIGURES.issuperset(verdict.reasons):
        return False
    points = points_of_target(case, basis.histories)
    return any(is_observed(point) for point in points if point.period == period)


def _rows_assessed_before(
    periods: Periods, before: Iterable[EarlierHistory]
) -> dict[AssessmentCase, list[Row]]:
    """The rows of earlier periods, by case, where all would be assessed in the same way today."""
    cases = {(*case.key, case.method): case for case in periods}
    columns, width = list(HISTORY_CELLS), len(SERIES_AND_METHOD)
    rows_before: dict[AssessmentCase, list[Row]] = {}
    for history in before:
        # A release has the goals of one series side by side, so the rows of a goal may be apart.
        rows_of_key = defaultdict[Row, list[Row]](list)
        for row in history.rows[columns].itertuples(index=False, name=None):
            rows_of_key[row[:width]].append(row)
        for key, (*earlier, last) in rows_of_key.items():
            case = cases.get(key)
            if case and _are_assessed_alike(periods[case], last[width], history.on):
                rows_before[case] = earlier
    return rows_before


def _are_assessed_alike(periods: Sequence[ReferencePeriod], last: str, on: date) -> bool:
    """Whether the periods end with the last one assessed then, and the others were over by then."""
    return str(periods[-1]) == last and all(day_after(period) <= on for period in periods[:-1])


def _periods_of(case: AssessmentCase, basis: AssessmentBasis) -> list[ReferencePeriod]:
    """The periods of a series in order; for a milestone, from the State's first step on."""
    own = sorted({point.period for point in points_of_target(case, basis.histories)})
    if not _is_milestone(case) or not own:
        return own
    everywhere = basis.histories.periods_reported(case.indicator.code, STEP, case.codes)
    return sorted({*own, *(period for period in everywhere if period.end > own[0].end)})


def _assess_earlier(
    basis: AssessmentBasis, periods_of_case: Periods
) -> dict[ReferencePeriod, dict[AssessmentCase, Verdict]]:
    """The cases that have each period, assessed together as of that period."""
    cases_by_period: dict[ReferencePeriod, list[AssessmentCase]] = {}
    for case, periods in periods_of_case.items():
        for period in periods:
            cases_by_period.setdefault(period, []).append(case)
    return {
        period: assess_cases(
            cases,
            basis.histories.until(period),
            AssessmentDay(min(day_after(period), basis.on), due=period),
        )
        for period, cases in cases_by_period.items()
    }
