"""Try every method and every formula of an indicator on an example: one line per fault."""

import traceback
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from metrics.catalogue.calculation_texts import describe_step
from metrics.catalogue.checks.calculations import (
    faults_of_parameters,
    faults_of_steps,
    known_formulas,
)
from metrics.catalogue.definitions.indicators import Direction, Indicator
from metrics.catalogue.indicators import indicators
from metrics.catalogue.methods import Method, methods, parse_points, parse_target
from metrics.core.errors import KeyedText, fault_at, fault_in_line, unknown_name
from metrics.core.schemas import conform_table
from metrics.core.verdicts import CalculationStep, Verdict
from metrics.messages import ENGLISH, messages

# A target of each rule, as `assess_series` takes it.
EXAMPLE_TARGETS: Mapping[str, Mapping[str, Any]] = {
    "growth_per_year": {"percent": 10},
    "level_by_date": {"value": 100, "by": 2026},
    "keep_at": {"value": 100},
    "direction_only": {},
    "milestone_by_date": {"step": "evaluated", "by": "2024-12-31"},
    "all_areas_by_date": {"rule": "all_areas_by_date", "step": "evaluated", "by": "2024-12-31"},
}
EXAMPLE_DAYS = (date(2024, 6, 1), date(2027, 1, 1))
EXAMPLE_SERIES = tuple(
    {2018 + year: values[year // 2] for year in range(6)}
    for values in (
        (-2, -1, 0),
        (0, 0, 30),
        (1, 20, -1),
        (40, 120, 150),
        (100, 80, 99),
        (40, 120, 40),
    )
)
COLUMNS_OF_FORMULAS = ("area", "period", "component", "value")

T = TypeVar("T")


def faults_of_calculations() -> Iterator[KeyedText]:
    """Every fault of the methods, of the formulas of indicators, and of their steps."""
    yield from faults_of_steps()
    for method in methods().values():
        yield from faults_of_method(method)
    for indicator in indicators():
        if indicator.formula is not None:
            yield from faults_of_formula(indicator, indicator.formula)


def faults_of_method(method: Method) -> Iterator[KeyedText]:
    """What is wrong with a method's declaration and with its verdicts on the examples."""
    for counterpart in filter(None, (method.union_method, method.state_method)):
        if counterpart not in methods():
            unknown = unknown_name(KeyedText("a_method"), counterpart, methods())
            yield fault_at(f"methods: {method.name}", unknown)
    for rule in sorted(method.rules - EXAMPLE_TARGETS.keys()):
        unknown = unknown_name(KeyedText("a_rule_of_targets"), rule, EXAMPLE_TARGETS)
        yield fault_at(f"methods: {method.name}", unknown)
    found = _faults_of_trials(method)
    yield from {str(fault): fault for fault in found}.values()


def _faults_of_trials(method: Method) -> Iterator[KeyedText]:
    for assess in _trials(method):
        result, fault = _try(assess)
        if fault:
            yield fault_at(f"methods: {method.name}", fault)
        verdicts = [result] if isinstance(result, Verdict) else (result or {}).values()
        for verdict in verdicts:
            yield from _faults_of_verdict(method.name, verdict)


def _trials(method: Method) -> Iterator[Callable[[], Verdict | Mapping[str, Verdict]]]:
    """Let a method assess each example by each of its rules, and compare examples if it does."""
    examples = [*map(parse_points, EXAMPLE_SERIES)]
    for rule in sorted(method.rules & EXAMPLE_TARGETS.keys()):
        target = parse_target(EXAMPLE_TARGETS[rule])
        for points, day in product(examples, EXAMPLE_DAYS):
            yield partial(method.assess, points, target, Direction.UP, day)
    if method.assess_all is not None:
        states = dict(zip("ABCDEF", examples, strict=True))
        yield partial(method.assess_all, states, indicators()[0])


def _faults_of_verdict(method: str, verdict: Verdict) -> Iterator[KeyedText]:
    categories = messages(ENGLISH, "categories")
    key = f"{method}.{verdict.category}"
    if verdict.category and key not in categories:
        yield fault_at("methods", KeyedText.filled("fault_no_words", key=key))
    for step in verdict.arithmetic:
        yield from (fault_at(f"methods: {method}", fault) for fault in _faults_of_step(step))


def _faults_of_step(step: CalculationStep) -> Iterator[KeyedText]:
    if step.formula in known_formulas():
        given = frozenset(map(str, step.parameters))
        yield from faults_of_parameters(step.key, step.formula, given)
    _, fault = _try(partial(describe_step, step, ENGLISH))
    if fault:
        values = str(dict(step.parameters))
        unshown = KeyedText.filled("fault_cannot_show", values=values, reason=fault)
        yield fault_at(f"calculation/steps/{step.key}", unshown)


def faults_of_formula(indicator: Indicator, formula: Callable[[Any], Any]) -> Iterator[KeyedText]:
    """Try a formula on a table with the totals that it is derived from."""
    sources = {source.code: source for source in indicators()}
    rows = [
        {"indicator": code, "component": component, "area": "FI", "period": year, "value": 1.0}
        for code, year in product(indicator.derived_from, ("2023", "2024"))
        for component in (sources[code].components if code in sources else ())
    ]
    table = conform_table("indicator_values", pd.DataFrame(rows))
    found, fault = _try(partial(formula, table))
    where = f"indicators: {indicator.code}: formula"
    if fault:
        yield fault_at(where, fault)
    elif not isinstance(found, pd.DataFrame):
        yield fault_at(where, KeyedText.filled("fault_returns", type=type(found).__name__))
    elif missing := [name for name in COLUMNS_OF_FORMULAS if name not in found]:
        yield fault_at(where, KeyedText.filled("fault_table_lacks", columns=", ".join(missing)))


def _try(compute: Callable[[], T]) -> tuple[T | None, KeyedText | None]:
    """A result and no fault; or none, and the error with its place in the catalogue."""
    try:
        return compute(), None
    except Exception as error:  # noqa: BLE001  # a definition may fail in any way
        folder = str(Path(__file__).parents[1])
        frames = [
            frame
            for frame in traceback.extract_tb(error.__traceback__)
            if frame.filename.startswith(folder) and frame.filename != __file__
        ]
        raised = KeyedText.filled("fault_other", message=f"{type(error).__name__}: {error}")
        if not frames:
            return None, raised
        return None, fault_in_line(Path(frames[-1].filename).name, frames[-1].lineno or 0, raised)
