"""The status of every period as if judged at its end: how an assessment developed."""

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

    Each period is judged from the figures up to its end, including those of other areas, against
    the target and by the method of the release. The day of that verdict is the day after the
    period, or the release's day if that is earlier: a milestone that is overdue today was not yet
    due then. The figures are today's, with all later revisions.

    A period has a row if the figures up to then give a verdict: not if it has no figure, if there
    were too few points, or if a break separates it from its baseline.

    The last row of each series is its official assessment, as of the day of the release. If that
    gives no verdict, the row has the series' latest period, and the reason.
    """
    rows = [
        (*case.key, case.method, *(getattr(verdict, name) for name in VERDICT_CELLS))
        for case, verdict in _verdicts_by_period(caseload)
    ]
    return conform_table("status_history", pd.DataFrame(rows, columns=columns_of("status_history")))


def _verdicts_by_period(caseload: Caseload) -> Iterator[tuple[AssessmentCase, Verdict]]:
    """The verdicts on each case in turn, in the order of time."""
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
