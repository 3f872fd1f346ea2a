"""From indicator values to assessments: every target, area and method, with its arithmetic."""

import json
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from math import isfinite
from typing import Any

import pandas as pd

from metrics.catalogue.loader import Catalogue
from metrics.core.tables import BREAKDOWNS, TOTAL
from metrics.core.verdicts import Verdict
from metrics.statistics.assessment.cases import AssessmentCase, cases_on
from metrics.statistics.assessment.histories import histories
from metrics.statistics.assessment.judging import among_states, judged
from metrics.statistics.assessment.overrides import Override, overridden

NUMBERS = ("value", "baseline_value", "expected_value", "gap", "months_late", "score")
FIELDS = tuple(each.name for each in fields(Verdict))
COLUMNS = ("goal", "target", "indicator", *BREAKDOWNS, "area", "method", "official", *FIELDS)


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
    row = told(verdict)
    row |= {name: as_json(row[name]) for name in ("path", "arithmetic")}
    return [*place, case.method, case.official, *(row[name] for name in FIELDS)]


def told(verdict: Verdict) -> dict[str, Any]:
    """A verdict in lists and plain values, by the names of its fields."""
    return vars(verdict) | {
        "status": verdict.status.value,
        "path": [list(point) for point in verdict.path],
        "arithmetic": [{**vars(line), "value": finite(line.value)} for line in verdict.arithmetic],
    }


def as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def finite(value: float | str | None) -> float | str | None:
    """JSON knows no infinity: it is written as people write it."""
    if isinstance(value, float) and not isfinite(value):
        return "∞" if value > 0 else "−∞"
    return value
