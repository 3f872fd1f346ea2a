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
    Status,
    Verdict,
    arithmetic_from_cell,
    verdict_as_record,
)
from metrics.messages import ENGLISH, Messages, messages
from metrics.messages.local_formats import format_period
from metrics.messages.sentences import list_clauses
from metrics.release.official_statuses import NOT_CURRENT, official_status, statuses_by_series

if TYPE_CHECKING:
    import pandas as pd


def format_overview(assessments: "pd.DataFrame", language: str = ENGLISH) -> Iterator[str]:
    """The official verdict on each series of the Union, and how many States have which status."""
    for goal in catalogue().goals.values():
        rows = assessments[assessments["official"] & (assessments["goal"] == goal.code)]
        states, in_union = statuses_by_series(_records(rows)), rows[rows["area"] == EU]
        if len(in_union):
            yield f"{goal.code}: {goal.name(language)}"
        for row in _records(in_union):
            counted = Counter(states.get(format_series(row["indicator"], VALUE, row), ()))
            is_sum = catalogue().indicators[row["indicator"]].kind is not Kind.MILESTONE
            shared = _sharing_states(row, counted, language) if is_sum else ""
            yield f"  {_series_of(row)}{_status_line(row, language)}{shared}"
            yield from (f"    {sentence}" for sentence in reason_sentences(row["reason"], language))
            if counted and is_sum:
                parts = [
                    f"{_status_name(status, language)} {count}"
                    for status, count in counted.most_common()
                ]
                text = _report_texts(language)["member_states"]
                yield f"    {text.format(counts=list_clauses(parts, language))}"


def _sharing_states(row: Mapping[str, Any], counted: Mapping[str, int], language: str) -> str:
    """In how many States the status is the same; empty where the Union has none."""
    status = official_status(row)
    apart = (Status.NOT_ASSESSED, NOT_CURRENT)
    assessed = sum(number for name, number in counted.items() if name not in apart)
    if status == Status.NOT_ASSESSED or not assessed:
        return ""
    text = _report_texts(language)["same_status"]
    return f"; {text.format(n=counted.get(status, 0), assessed=assessed)}"


def _records(rows: "pd.DataFrame") -> Iterator[dict[str, Any]]:
    for row in rows.to_dict("records"):
        yield {str(name): cell for name, cell in row.items()}


def _series_of(row: Mapping[str, Any]) -> str:
    return f"{format_series(row['indicator'], VALUE, row)} {row['area']}"


def _report_texts(language: str) -> Messages:
    texts: Messages = messages(language, "commands")["report"]
    return texts


def _status_name(status: str, language: str) -> str:
    return str(messages(language, "interface")[f"status.{status}"]).lower()


def format_assessments(assessments: "pd.DataFrame", language: str = ENGLISH) -> Iterator[str]:
    """Each released verdict, with its calculation line by line."""
    for row in _records(assessments):
        yield from format_assessment(row, language)


def format_assessment(row: Mapping[str, Any], language: str = ENGLISH) -> Iterator[str]:
    texts = _report_texts(language)
    additional = "" if row["official"] else f" {texts['additional']}"
    line = _status_line(row, language)
    yield f"{row['goal']} {row['target']} {_series_of(row)}{line}{additional}"
    if row["override_status"]:
        yield "  " + texts["overridden"].format(
            status=_status_name(row["override_status"], language),
            reason=row["override_reason"],
            who=row["override_by"],
            day=row["override_on"],
        )
    if row["unit"] and row["period"]:
        yield f"  {texts['unit'].format(unit=row['unit'])}"
    yield from _calculation(row["reason"], arithmetic_from_cell(row["arithmetic"]), language)


def format_verdict(verdict: Verdict, method: str, language: str = ENGLISH) -> Iterator[str]:
    """One verdict on a series given as arguments."""
    yield _status_line({**verdict_as_record(verdict), "method": method}, language).lstrip(" :")
    yield from _calculation(verdict.reason, verdict.arithmetic, language)


def _status_line(row: Mapping[str, Any], language: str) -> str:
    period = f" {format_period(row['period'], language)}" if row["period"] else ""
    status = _status_name(row["status"], language)
    category = category_name(row["method"], row["category"], language) if row["category"] else ""
    in_brackets = f" ({category})" if category not in {"", status} else ""
    line = _report_texts(language)["by_method"]
    method = _method_name(row["method"], language)
    return f"{period}: {line.format(status=status + in_brackets, method=method)}"


def _method_name(code: str, language: str) -> str:
    """In words; a method of an earlier release may exist no longer."""
    known = methods().get(code)
    return str(known.title(language)) if known else code


def _calculation(reason: str, steps: Iterable[CalculationStep], language: str) -> Iterator[str]:
    yield from (f"  {sentence}" for sentence in reason_sentences(reason, language))
    for step in steps:
        described = describe_step(step, language)
        result = " = ".join(filter(None, (described.formula, described.value)))
        yield f"  {described.name}: {result}".rstrip()


def with_verdict_units(assessments: "pd.DataFrame", language: str = ENGLISH) -> "pd.DataFrame":
    """Add a column with the unit of the values to assessments."""
    indicators = catalogue().indicators
    keys = zip(*(assessments[name] for name in ("indicator", "method", "area")), strict=True)
    units = [
        unit_of_verdict(indicators.get(code), method, area, language) for code, method, area in keys
    ]
    return assessments.assign(unit=units)


def unit_of_verdict(
    indicator: Indicator | None, method: str, area: str = "", language: str = ENGLISH
) -> str:
    """The unit; empty without the indicator in the catalogue. States are compared by rates.

    For the Union a milestone is a number of States.
    """
    if indicator is None:
        return ""
    if indicator.kind is Kind.MILESTONE and area == EU:
        return codelist("unit")[unit_of_component(AREAS_REACHED, indicator.unit)].name(language)
    compares_states = method in methods() and methods()[method].compares_states
    rate = indicator.per_100_000_children and compares_states
    unit = codelist("unit")[indicator.unit].name(language)
    return _report_texts(language)["per_children"].format(unit=unit) if rate else unit
