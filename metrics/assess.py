"""From indicator values to assessments: every target, area and method, with its arithmetic."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date
from itertools import product
from math import isfinite

import pandas as pd

from metrics.catalogue import Catalogue
from metrics.codelists import codelist, member_states
from metrics.definitions import Goal, Indicator, Target
from metrics.histories import Codes, histories
from metrics.judging import OF_ALL, OF_ONE, Case, among_states, judged
from metrics.model import Verdict
from metrics.overrides import Override, overridden
from metrics.tables import BREAKDOWNS, EU, TOTAL

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


def cases_on(catalogue: Catalogue, on: date) -> Iterator[Case]:
    """Every target that is valid on the day, for each of its areas, official method first."""
    for goal in catalogue.goals.values():
        for target in goal.targets:
            if is_valid(target, on):
                yield from _cases(goal, target, catalogue.indicators[target.indicator])


def is_valid(target: Target, on: date) -> bool:
    return (target.valid_from or on) <= on <= (target.valid_to or on)


def _cases(goal: Goal, target: Target, indicator: Indicator) -> Iterator[Case]:
    names = (target.method, *target.beside)
    for codes, area in product(codes_of(target, indicator), areas_of(target)):
        for name in names:
            official = name == target.method
            method = _for_area(name, area)
            yield Case(goal.code, target, indicator, codes, area, method, official)


def codes_of(target: Target, indicator: Indicator) -> list[Codes]:
    """Where an indicator has no total and the target names no part, it is about each of them."""
    if indicator.has_total or target.at:
        return [target.at]
    parts = indicator.breakdowns[0]
    lists = [parts.codes.get(by) or tuple(codelist(by)) for by in parts.by]
    return [dict(zip(parts.by, codes, strict=True)) for codes in product(*lists)]


def areas_of(target: Target) -> tuple[str, ...]:
    """A target of some states is not one of the Union, unless it is about how many they are."""
    states = target.areas or member_states()
    of_union = target.applies_to == "eu" or not target.areas
    union = (EU,) if target.applies_to != "states" and of_union else ()
    return union if target.applies_to == "eu" else (*union, *states)


def _for_area(method: str, area: str) -> str:
    """A step is counted for the Union and dated for a state, whichever of the two is named."""
    if method in {OF_ALL, OF_ONE}:
        return OF_ALL if area == EU else OF_ONE
    return method


def _row(case: Case, verdict: Verdict) -> list[object]:
    codes = (case.codes.get(by, TOTAL) for by in BREAKDOWNS)
    place = (case.goal, case.target.id, case.indicator.code, *codes, case.area)
    told = vars(verdict) | {
        "status": verdict.status.value,
        "path": as_json([list(point) for point in verdict.path]),
        "arithmetic": as_json(
            [{**vars(line), "value": finite(line.value)} for line in verdict.arithmetic]
        ),
    }
    return [*place, case.method, case.official, *(told[name] for name in FIELDS)]


def as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def finite(value: float | str | None) -> float | str | None:
    """JSON knows no infinity: it is written as people write it."""
    if isinstance(value, float) and not isfinite(value):
        return "∞" if value > 0 else "−∞"
    return value
