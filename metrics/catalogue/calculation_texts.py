"""The steps of a calculation as text, in the reader's language and number format."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from importlib.resources import files
from string import Formatter
from typing import Any
from urllib.parse import urlsplit

import yaml
from babel.units import format_unit

from metrics.catalogue.codelists import name_of_code
from metrics.catalogue.materiality import names_of_sources
from metrics.core.load_once import load_once
from metrics.core.tables import EITHER_LIMIT, LOWER_LIMIT, UPPER_LIMIT
from metrics.core.verdict_codes import Step
from metrics.core.verdicts import CalculationStep
from metrics.messages import counted, messages, readable
from metrics.messages.local_formats import (
    EXACT_NUMBER,
    UNGROUPED_NUMBER,
    format_day,
    format_exact,
    format_period,
    locale_of,
    separate_thousands,
)

LIMIT_SIGNS = {LOWER_LIMIT: ">", UPPER_LIMIT: "<", EITHER_LIMIT: "≈"}
# How the value of a step is written that is not simply a number or one of the `words`.
VALUE_FORMATS: Mapping[str, str] = {
    Step.VALUE_LIMIT: "{limit:limit} {value}",
    Step.STEP: "{value:step}",
    Step.STEP_REQUIRED: "{value:step}",
    Step.STEP_REPORTED_FOR: "{value:period}",
    Step.STATUS_BY_METHOD: "{value:status}",
    Step.SOURCE_OF_THRESHOLD: "{value:source}",
    Step.DAY_AGREED: "{value:day}",
    Step.DAY_OF_ACCESSION: "{value:day}",
    "day_reached": "{value:day}",
    "day_of_the_release": "{value:day}",
    "date": "{value:period}",
    "break": "{value:period}",
    "no_finite_value": "{value:period}",
    "two_values": "{value:period}",
    "latest_period_due": "{value:period}",
    "middle_of_the_latest_period": "{value:time}",
    "time_at_which_the_path_passes_the_value": "{value:time}",
}


@dataclass(frozen=True)
class StepText:
    """What is computed, how, and the result; empty where a step has no formula or value."""

    name: str
    formula: str
    value: str


def describe_step(step: CalculationStep, language: str) -> StepText:
    """Write a step of a calculation in a language."""
    words = messages(language, "calculation")
    formula = formula_of(step, words["formulas"])
    template = VALUE_FORMATS.get(step.key, "{value}")
    fill = ReaderFormatter(language).format
    return StepText(
        words["steps"].get(step.key, readable(step.key)),
        fill(formula, **step.parameters),
        "" if step.value is None else fill(template, **{**step.parameters, "value": step.value}),
    )


def formula_of(step: CalculationStep, in_words: Mapping[str, str]) -> str:
    """The formula of a step; the key in readable form if no file has it."""
    known = in_words.get(step.formula) or neutral_formulas().get(step.formula)
    return readable(step.formula) if known is None else known


@load_once()
def neutral_formulas() -> Mapping[str, str]:
    """The formulas without words, by key."""
    text = files(__package__).joinpath("formulas.yaml").read_text(encoding="utf-8")
    found: Mapping[str, str] = yaml.safe_load(text)
    return found


class MissingParameter(str):
    """Stands for a parameter that a formula names and its step lacks: `[years]`."""

    __slots__ = ()


class ReaderFormatter(Formatter):
    """Formats parameters for readers: `{start:period}` with `FORMATS["period"]`.

    Without a format, numbers are written exactly, several areas as a list, and codes in words.
    """

    def __init__(self, language: str) -> None:
        self.language = language

    def get_value(self, key: int | str, args: Any, kwargs: Any) -> Any:  # noqa: ANN401  # as in string
        """The parameter itself, or its name if the step lacks it."""
        known = key in kwargs
        return super().get_value(key, args, kwargs) if known else MissingParameter(f"[{key}]")

    def format_field(self, value: Any, format_spec: str) -> str:  # noqa: ANN401  # as in string
        if isinstance(value, MissingParameter):
            return value
        return FORMATS[format_spec](value, self.language)


def _plain(value: object, language: str) -> str:
    if isinstance(value, int | float):
        return format_exact(value, language)
    if isinstance(value, str):
        return _word(value, language)
    return _areas(value, language) if isinstance(value, Sequence) else ""


def _word(code: str, language: str) -> str:
    """A code in words; other texts, such as an arrow, unchanged."""
    return str(messages(language, "calculation")["words"].get(code, code))


def _areas(codes: Sequence[str], language: str) -> str:
    names = [name_of_code("area", code, language) for code in codes]
    return ", ".join(names) or _word("none", language)


def _step(step: str | float, language: str) -> str:
    """A step of a ladder by its name; a step typed as a number has none."""
    return name_of_code("step", step, language) if isinstance(step, str) else _plain(step, language)


def _status(code: str, language: str) -> str:
    return str(messages(language, "interface").get(f"status.{code}", readable(code)))


def _source(address: str, _language: str) -> str:
    return names_of_sources().get(address) or urlsplit(address).netloc


def _day(written: str, language: str) -> str:
    """A day, or the word that stands for it, such as `none`."""
    return format_day(written, language) if written[:1].isdigit() else _word(written, language)


def _observation_status(letters: str, language: str) -> str:
    """`provisional value`; a status of several letters has several names."""
    return ", ".join(name_of_code("observation_status", letter, language) for letter in letters)


def _states(number: int, language: str) -> str:
    return counted(number, messages(language, "calculation")["states"])


def _time_span(unit: str, number: float, language: str) -> str:
    shortened, locale = Decimal(f"{number:.10g}"), locale_of(language)
    written = format_unit(shortened, unit, "long", format=EXACT_NUMBER, locale=locale)
    return separate_thousands(written, language)


def _sum(values: Sequence[float], language: str) -> str:
    return " + ".join(format_exact(value, language) for value in values)


FORMATS: Mapping[str, Callable[[Any, str], str]] = {
    "": _plain,
    "english": lambda written, _language: str(written),
    "period": format_period,
    "day": _day,
    "time": lambda year, language: format_exact(float(year), language, UNGROUPED_NUMBER),
    "step": _step,
    "observation_status": _observation_status,
    "status": _status,
    "source": _source,
    "limit": lambda code, _language: LIMIT_SIGNS[code],
    "states": _states,
    "years": partial(_time_span, "duration-year"),
    "days": partial(_time_span, "duration-day"),
    "sum": _sum,
}
