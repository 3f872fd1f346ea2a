"""The status that each period had, or would have had: how the assessment of a target moved."""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from metrics.catalogue.methods import day_after
from metrics.core.period import ReferencePeriod
from metrics.core.schemas import columns_of, conform_table
from metrics.core.verdicts import Verdict
from metrics.statistics.assessment.caseload import Caseload
from metrics.statistics.assessment.cases import AssessmentCase
from metrics.statistics.assessment.judging import judge_cases, points_of_target

VERDICT_CELLS = ("period", "status", "category", "reason", "value", "expected_value", "gap")


def status_history(caseload: Caseload) -> pd.DataFrame:
    """One row for each period of a targeted series that can be judged, by the official method.

    A period is judged with the figures up to its end, those of other areas too, against the
    target and by the method of the release. The day of such a verdict is the day after the period,
    or that of the release where the period ends later: a milestone that is overdue today was not
    yet due then. The figures are those of today; what was revised since is not set back.

    Periods that can be judged are those of which the figures up to then give a verdict: not those
    without a figure, before there are enough points, or on the other side of a break.

    The last row of each series is its official assessment, as of the day of the release. Where
    that gives no verdict, it stands at the latest period of the series, with its reason.
    """
    rows = [
        (*case.key, case.method, *(getattr(verdict, name) for name in VERDICT_CELLS))
        for case, verdict in _verdicts_by_period(caseload)
    ]
    return conform_table("status_history", pd.DataFrame(rows, columns=columns_of("status_history")))


def _verdicts_by_period(caseload: Caseload) -> Iterator[tuple[AssessmentCase, Verdict]]:
    """Case by case, its verdicts in the order of time."""
    earlier_periods, official = {}, {}
    for case in caseload.official:
        if periods := _periods_of(case, caseload):
            verdict = caseload.verdicts[case]
            official[case] = replace(verdict, period=verdict.period or str(max(periods)))
            latest = ReferencePeriod.parse(official[case].period)
            earlier_periods[case] = [period for period in periods if period.end < latest.end]
    earlier = _judge_earlier(caseload, earlier_periods)
    for case, verdict in official.items():
        for period in earlier_periods[case]:
            judged = earlier[period][case]
            if judged.period == str(period):
                yield case, judged
        yield case, verdict


def _periods_of(case: AssessmentCase, caseload: Caseload) -> list[ReferencePeriod]:
    points = points_of_target(case, caseload.histories)
    return sorted({point.period for point in points})


def _judge_earlier(
    caseload: Caseload, periods_of_case: dict[AssessmentCase, list[ReferencePeriod]]
) -> dict[ReferencePeriod, dict[AssessmentCase, Verdict]]:
    """The cases that have each period, judged together as of that period."""
    cases_by_period: dict[ReferencePeriod, list[AssessmentCase]] = {}
    for case, periods in periods_of_case.items():
        for period in periods:
            cases_by_period.setdefault(period, []).append(case)
    return {
        period: judge_cases(
            cases, caseload.histories.until(period), min(day_after(period), caseload.on)
        )
        for period, cases in cases_by_period.items()
    }
