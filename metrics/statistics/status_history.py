"""The status of every period as if judged at its end: how an assessment developed."""

from collections.abc import Iterator, Mapping

import pandas as pd

from metrics.catalogue.definitions.targets import StepTarget
from metrics.catalogue.methods import day_after
from metrics.core.period import ReferencePeriod
from metrics.core.schemas import columns_of, conform_table
from metrics.core.tables import AREAS_REACHED, EU, STEP
from metrics.core.verdicts import Verdict, arithmetic_as_cell
from metrics.statistics.assessment.basis import AssessmentBasis
from metrics.statistics.assessment.cases import AssessmentCase
from metrics.statistics.assessment.judging import judge_cases, points_of_target
from metrics.statistics.assessment.timeliness import JudgingDay

VERDICT_CELLS = (
    "status", "category", "reason", "value", "baseline_period", "expected_value", "gap",
)  # fmt: skip
Periods = Mapping[AssessmentCase, list[ReferencePeriod]]


def status_history(basis: AssessmentBasis) -> pd.DataFrame:
    """One row for each period of a targeted series that can be judged, by the official method.

    Each period is judged from the figures up to its end, including those of other areas, against
    the target and by the method of the release. The day of that verdict is the day after the
    period, or the release's day if that is earlier: a milestone that is overdue today was not yet
    due then. The figures are today's, with all later revisions.

    A period has a row if the figures up to then give a verdict of it: not if it has no figure, or
    too few for the method. The step of a milestone stands in every period in which any State
    reported, until the State says otherwise.

    The last row of each series is its official assessment, as of the day of the release. If that
    gives no verdict, the row has the series' latest period, and the reason.
    """
    rows = [
        (
            *case.key,
            case.method,
            str(period),
            *(getattr(verdict, name) for name in VERDICT_CELLS),
            *_coverage(basis, case, period),
            arithmetic_as_cell(verdict),
        )
        for case, period, verdict in _verdicts_by_period(basis)
    ]
    columns = columns_of("status_history")
    return conform_table("status_history", pd.DataFrame(rows, columns=columns))


def _coverage(
    basis: AssessmentBasis, case: AssessmentCase, period: ReferencePeriod
) -> tuple[int, int]:
    """How many States stand behind a figure of the Union, of how many; 0 of 0 for a State."""
    if case.area != EU:
        return 0, 0
    component = AREAS_REACHED if _is_milestone(case) else case.indicator.headline
    code = case.indicator.code
    return basis.histories.covered(code, component, case.codes, str(period), (0, 0))


def _is_milestone(case: AssessmentCase) -> bool:
    return isinstance(case.target, StepTarget)


def _verdicts_by_period(
    basis: AssessmentBasis,
) -> Iterator[tuple[AssessmentCase, ReferencePeriod, Verdict]]:
    """The verdicts on each case in turn, in the order of time."""
    earlier_periods: dict[AssessmentCase, list[ReferencePeriod]] = {}
    latest: dict[AssessmentCase, ReferencePeriod] = {}
    for case in basis.official:
        if periods := _periods_of(case, basis):
            verdict = basis.verdicts[case]
            stands = not verdict.period or _is_milestone(case)
            latest[case] = periods[-1] if stands else ReferencePeriod.parse(verdict.period)
            earlier_periods[case] = [period for period in periods if period.end < latest[case].end]
    earlier = _judge_earlier(basis, earlier_periods)
    for case, last in latest.items():
        for period in earlier_periods[case]:
            judged = earlier[period][case]
            if judged.period == str(period) or (judged.period and _is_milestone(case)):
                yield case, period, judged
        yield case, last, basis.verdicts[case]


def _periods_of(case: AssessmentCase, basis: AssessmentBasis) -> list[ReferencePeriod]:
    """The periods of a series in order; for a milestone, from the State's first step on."""
    own = sorted({point.period for point in points_of_target(case, basis.histories)})
    if not _is_milestone(case) or not own:
        return own
    everywhere = basis.histories.periods_reported(case.indicator.code, STEP, case.codes)
    return sorted({*own, *(period for period in everywhere if period.end > own[0].end)})


def _judge_earlier(
    basis: AssessmentBasis, periods_of_case: Periods
) -> dict[ReferencePeriod, dict[AssessmentCase, Verdict]]:
    """The cases that have each period, judged together as of that period."""
    cases_by_period: dict[ReferencePeriod, list[AssessmentCase]] = {}
    for case, periods in periods_of_case.items():
        for period in periods:
            cases_by_period.setdefault(period, []).append(case)
    return {
        period: judge_cases(
            cases,
            basis.histories.until(period),
            JudgingDay(min(day_after(period), basis.on), due=period),
        )
        for period, cases in cases_by_period.items()
    }
