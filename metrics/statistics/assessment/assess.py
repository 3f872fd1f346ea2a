"""From indicator values to assessments: every target, area and method, with its arithmetic."""

from collections.abc import Iterable
from datetime import date

import pandas as pd

from metrics.catalogue.loader import Catalogue
from metrics.core.tables import BREAKDOWNS, TOTAL
from metrics.core.verdicts import VERDICT_FIELDS, Verdict, verdict_as_row
from metrics.statistics.assessment.cases import AssessmentCase, cases_on
from metrics.statistics.assessment.histories import histories
from metrics.statistics.assessment.judging import among_states, judged
from metrics.statistics.assessment.overrides import Override, overridden

NUMBERS = ("value", "baseline_value", "expected_value", "gap", "months_late", "score")
COLUMNS = (
    "goal", "target", "indicator", *BREAKDOWNS, "area", "method", "official", *VERDICT_FIELDS,
)  # fmt: skip


def assess(
    values: pd.DataFrame, catalogue: Catalogue, on: date, overrides: Iterable[Override] = ()
) -> pd.DataFrame:
    """One row for each goal, target, area and method on a day, also where there is no verdict.

    `values` are indicator values that may be shown; what is suppressed has no value in them.
    DefinitionError where an override is about nothing that is assessed.
    """
    cases = list(cases_on(catalogue, on))
    found = histories(values, {case.indicator.code for case in cases})
    placed = among_states(cases, found)
    rows = [_row(case, placed.get(case) or judged(case, found, on)) for case in cases]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return overridden(table.astype(dict.fromkeys(NUMBERS, float)), overrides)


def _row(case: AssessmentCase, verdict: Verdict) -> list[object]:
    codes = (case.codes.get(by, TOTAL) for by in BREAKDOWNS)
    place = (case.goal, case.target.id, case.indicator.code, *codes, case.area)
    return [*place, case.method, case.official, *verdict_as_row(verdict).values()]
