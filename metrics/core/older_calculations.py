"""Calculation steps of releases built before steps had keys: English labels and formulas."""

import re
from collections.abc import Mapping
from typing import Any

AS_WRITTEN = "as_written"  # the key of a formula that is kept in English
LIST_OF_AREAS = re.compile(r"[A-Z]{2}(?: [A-Z]{2})*")
SPACED_WORDS = re.compile(r"[a-z]+(?: [a-z]+)+")
TWO_PERIODS = re.compile(r"(?P<start>\S+) → (?P<end>\S+)")
COUNT = re.compile(r"of (?P<number>\d+)")
RENAMED_KEYS = {
    "growth_a_year_not_judged": "growth_a_year_not_assessed",
    "smallest_baseline_that_is_judged": "smallest_baseline_that_is_assessed",
}


def step_with_key(step: Mapping[str, Any]) -> Mapping[str, Any]:
    """A stored step as it is written today."""
    if "label" not in step:
        renamed = RENAMED_KEYS.get(step["key"])
        return {**step, "key": renamed} if renamed else step
    formula, parameters = _formula_with_key(step["formula"])
    value = _value_with_key(step["value"], step["label"])
    key = _key_of_label(step["label"])
    return {
        "key": RENAMED_KEYS.get(key, key),
        "value": value,
        "formula": formula,
        "parameters": parameters,
    }


def _key_of_label(label: str) -> str:
    """`value − path` as `value_less_path`."""
    return "_".join(re.findall(r"\w+", label.lower().replace("−", "less")))


def _value_with_key(value: object, label: str) -> object:
    if not isinstance(value, str):
        return value
    if LIST_OF_AREAS.fullmatch(value) and label.startswith("states"):
        return value.split()
    return value.replace(" ", "_") if SPACED_WORDS.fullmatch(value) else value


def _formula_with_key(written: str) -> tuple[str, Mapping[str, object]]:
    if not written:
        return "", {}
    if periods := TWO_PERIODS.fullmatch(written):
        return "between", periods.groupdict()
    if count := COUNT.fullmatch(written):
        return "of_number", {"number": int(count["number"])}
    return AS_WRITTEN, {"text": written}
