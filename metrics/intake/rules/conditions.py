"""Rules without a function of their own: `conditions.yaml` declares what each looks for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from inspect import signature
from typing import get_type_hints

import pandas as pd
from pydantic import TypeAdapter, ValidationError

from metrics.core.discover import read_yaml
from metrics.core.errors import DefinitionError
from metrics.intake.findings import Rule, Severity, ValidationContext
from metrics.intake.rules.actions import find_open_fields
from metrics.intake.rules.codes import find_unlisted_codes
from metrics.intake.rules.relations import contradicting_cells
from metrics.intake.rules.structure import file_remarks, read_issues
from metrics.intake.rules.values import find_form

CONDITIONS: Mapping[str, Callable[..., pd.DataFrame]] = {
    "noted": read_issues,
    "remarked": file_remarks,
    "of_form": find_form,
    "not_in_list": find_unlisted_codes,
    "left_open": find_open_fields,
    "contradicting": contradicting_cells,
}


def _apply_condition(
    condition: str, parameters: list[str], context: ValidationContext
) -> pd.DataFrame:
    return CONDITIONS[condition](context, *parameters)


def fault_of_declaration(name: str, declared: Sequence[str]) -> str:
    """What is wrong with the line of a rule; empty if nothing is."""
    line = f"[{', '.join(declared)}]"
    severity, condition, *parameters = [*declared, "", ""][: max(len(declared), 2)]
    if severity not in {*Severity} or condition not in CONDITIONS:
        severities = [*map(str, Severity)]
        return f"{line} must begin with one of {severities} and one of {[*CONDITIONS]}"
    try:
        _check_parameters(CONDITIONS[condition], parameters or [name])
    except (TypeError, ValidationError) as error:
        return f"{line}: {error}"
    return ""


def _check_parameters(condition: Callable[..., pd.DataFrame], parameters: Sequence[str]) -> None:
    """Raise `TypeError` or `ValidationError` if the function takes no such parameters."""
    bound = signature(condition).bind(None, *parameters)
    types = get_type_hints(condition)
    for name, value in list(bound.arguments.items())[1:]:
        for single in value if isinstance(value, tuple) else [value]:
            TypeAdapter(types[name]).validate_python(single)


def _declared_rules() -> Iterator[Rule]:
    for family, members in read_yaml(__package__, "conditions.yaml").items():
        for name, declared in members.items():
            if fault := fault_of_declaration(name, declared):
                raise DefinitionError(f"rules/conditions.yaml: {family}.{name}: {fault}")
            severity, condition, *parameters = declared
            offends = partial(_apply_condition, condition, parameters or [name])
            yield Rule(name, family, Severity(severity), offends)


DECLARED_RULES = tuple(_declared_rules())
