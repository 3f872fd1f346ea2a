"""Verdicts as lines of text, with their calculation, and with units for JSON."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from metrics.catalogue.calculation_texts import describe_step
from metrics.catalogue.codelists import codelist
from metrics.catalogue.codelists.components import unit_of_component
from metrics.catalogue.definitions.indicators import Indicator, Kind
from metrics.catalogue.loader import catalogue
from metrics.catalogue.methods import category_name, methods, reason_sentences
from metrics.core.series import format_series
from metrics.core.tables import AREAS_REACHED, EU, VALUE
from metrics.core.verdicts import (
    CalculationStep,
    Verdict,
    arithmetic_from_cell,
    verdict_as_record,
)
from metrics.messages import ENGLISH, readable
from metrics.release.state_statuses import statuses_by_series

if TYPE_CHECKING:
    import pandas as pd


def format_overview(assessments: "pd.DataFrame") -> Iterator[str]:
    """The official verdict on each series of the Union, and how many States have which status."""
    for goal in catalogue().goals.values():
        rows = assessments[assessments["official"] & (assessments["goal"] == goal.code)]
        states, in_union = statuses_by_series(_records(rows)), rows[rows["area"] == EU]
        if len(in_union):
            yield f"{goal.code}: {goal.name.en}"
        for row in _records(in_union):
            yield f"  {_series_of(row)}{_status_line(row)}"
            yield from (f"    {sentence}" for sentence in reason_sentences(row["reason"]))
            counted = Counter(states.get(format_series(row["indicator"], VALUE, row), ()))
            if counted and catalogue().indicators[row["indicator"]].kind is not Kind.MILESTONE:
                parts = [f"{readable(status)} {count}" for status, count in counted.most_common()]
                yield f"    Member States: {'; '.join(parts)}"


def _records(rows: "pd.DataFrame") -> Iterator[dict[str, Any]]:
    for row in rows.to_dict("records"):
        yield {str(name): cell for name, cell in row.items()}


def _series_of(row: Mapping[str, Any]) -> str:
    return f"{format_series(row['indicator'], VALUE, row)} {row['area']}"


def format_assessments(assessments: "pd.DataFrame") -> Iterator[str]:
    """Each released verdict, with its calculation line by line."""
    for row in _records(assessments):
        yield from format_assessment(row)


def format_assessment(row: Mapping[str, Any]) -> Iterator[str]:
    official = "" if row["official"] else " (beside the official method)"
    yield f"{row['goal']} {row['target']} {_series_of(row)}{_status_line(row)}{official}"
    if row["override_status"]:
        why = f"{row['override_reason']} ({row['override_by']}, {row['override_on']})"
        yield f"  overridden: {readable(row['override_status'])}, {why}"
    if row["unit"] and row["period"]:
        yield f"  unit: {row['unit']}"
    yield from _calculation(row["reason"], arithmetic_from_cell(row["arithmetic"]))


def format_verdict(verdict: Verdict, method: str) -> Iterator[str]:
    """One verdict on a series given as arguments."""
    yield _status_line({**verdict_as_record(verdict), "method": method}).lstrip(" :")
    yield from _calculation(verdict.reason, verdict.arithmetic)


def _status_line(row: Mapping[str, Any]) -> str:
    period = f" {row['period']}" if row["period"] else ""
    status = readable(row["status"])
    category = category_name(row["method"], row["category"]) if row["category"] else ""
    in_brackets = f" ({category})" if category not in {"", status} else ""
    return f"{period}: {status}{in_brackets}, by {row['method']}"


def _calculation(reason: str, steps: Iterable[CalculationStep]) -> Iterator[str]:
    yield from (f"  {sentence}" for sentence in reason_sentences(reason))
    for step in steps:
        described = describe_step(step, ENGLISH)
        result = " = ".join(filter(None, (described.formula, described.value)))
        yield f"  {described.name}: {result}".rstrip()


def with_verdict_units(assessments: "pd.DataFrame") -> "pd.DataFrame":
    """Add a column with the unit of the values to assessments."""
    indicators = catalogue().indicators
    keys = zip(*(assessments[name] for name in ("indicator", "method", "area")), strict=True)
    units = [unit_of_verdict(indicators.get(code), method, area) for code, method, area in keys]
    return assessments.assign(unit=units)


def unit_of_verdict(indicator: Indicator | None, method: str, area: str = "") -> str:
    """The unit; empty without the indicator in the catalogue. States are compared by rates.

    For the Union a milestone is a number of States.
    """
    if indicator is None:
        return ""
    if indicator.kind is Kind.MILESTONE and area == EU:
        return codelist("unit")[unit_of_component(AREAS_REACHED, indicator.unit)].en
    compares_states = method in methods() and methods()[method].compares_states
    rate = indicator.per_100_000_children and compares_states
    unit = codelist("unit")[indicator.unit].en
    return f"{unit} per 100,000 children" if rate else unit
