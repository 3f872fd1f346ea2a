"""A verdict for a reader, line by line, and for a program."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from metrics.catalogue.codelists import codelist
from metrics.catalogue.definitions import Indicator
from metrics.catalogue.loader import catalogue
from metrics.catalogue.methods import category_name, in_words, methods
from metrics.core.verdicts import NOT_YET_MET, Verdict, verdict_as_record

if TYPE_CHECKING:
    import pandas as pd


def assessed(row: Mapping[str, Any]) -> Iterator[str]:
    """One verdict of a release, with its arithmetic line by line."""
    official = "" if row["official"] else " (beside the official method)"
    yield f"{row['goal']} {row['target']} {row['area']}{_head(row)}{official}"
    if row["override_status"]:
        said = f"{row['override_reason']} ({row['override_by']}, {row['override_on']})"
        yield f"  overridden: {_words(row['override_status'])}, {said}"
    if row["unit"] and row["period"]:
        yield f"  unit: {row['unit']}"
    yield from _arithmetic(row["reason"], json.loads(row["arithmetic"] or "[]"))


def judged(verdict: Verdict, method: str) -> Iterator[str]:
    """One verdict on a series that was typed."""
    row = verdict_as_record(verdict)
    yield _head({**row, "method": method}).lstrip(" :")
    yield from _arithmetic(verdict.reason, row["arithmetic"])


def _head(row: Mapping[str, Any]) -> str:
    period = f" {row['period']}" if row["period"] else ""
    status = _words(NOT_YET_MET if row["category"] == NOT_YET_MET else row["status"])
    own = category_name(row["method"], row["category"]) if row["category"] else ""
    named = f" ({own})" if own not in {"", status} else ""
    return f"{period}: {status}{named}, by {row['method']}"


def _arithmetic(reason: str, lines: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    yield from (f"  {sentence}" for sentence in in_words(reason))
    for line in lines:
        value = "" if line["value"] is None else f" = {_number(line['value'])}"
        yield f"  {line['label']}: {line['formula']}{value}".replace(":  =", ":")


def _words(code: object) -> str:
    return str(code).replace("_", " ")


def _number(value: object) -> str:
    return f"{value:,.10g}" if isinstance(value, float | int) else str(value)


def with_units(assessments: "pd.DataFrame") -> "pd.DataFrame":
    """The assessments with a column that says what their values are counted in."""
    known = catalogue().indicators
    pairs = zip(assessments["indicator"], assessments["method"], strict=True)
    return assessments.assign(unit=[unit_of(known.get(code), how) for code, how in pairs])


def unit_of(indicator: Indicator | None, method: str) -> str:
    """Empty where the catalogue knows the indicator no more; states are compared by rates."""
    if indicator is None:
        return ""
    compares_states = method in methods() and methods()[method].compares_states
    rate = indicator.per_100_000_children and compares_states
    unit = codelist("unit")[indicator.unit].en
    return f"{unit} per 100,000 children" if rate else unit
