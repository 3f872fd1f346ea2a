"""Rules without a function of their own: `conditions.yaml` declares what each looks for."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from inspect import Signature, signature
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pandas as pd
import yaml

from metrics.core.discover import Loader, read_text
from metrics.core.errors import (
    DefinitionError,
    KeyedText,
    fault_at,
    fault_in_line,
    quoted,
    unknown_name,
)
from metrics.intake.findings import Rule, Severity, ValidationContext
from metrics.intake.rules.actions import find_open_fields
from metrics.intake.rules.codes import find_unlisted_codes
from metrics.intake.rules.relations import contradicting_cells
from metrics.intake.rules.structure import file_remarks, read_issues
from metrics.intake.rules.values import find_form

FILE = "conditions.yaml"
CONDITIONS: Mapping[str, Callable[..., pd.DataFrame]] = {
    "noted": read_issues,
    "remarked": file_remarks,
    "of_form": find_form,
    "not_in_list": find_unlisted_codes,
    "left_open": find_open_fields,
    "contradicting": contradicting_cells,
}
# What the parameters of conditions are, as a message calls them.
PARAMETER_KINDS = {
    "name": KeyedText("an_issue"),
    "unknown": KeyedText("an_issue"),
    "remarks": KeyedText("a_file_remark"),
    "form": KeyedText("a_cell_form"),
    "column": KeyedText("a_coded_column"),
    "field": KeyedText("an_action_field"),
}


def _apply_condition(
    condition: str, parameters: list[str], context: ValidationContext
) -> pd.DataFrame:
    return CONDITIONS[condition](context, *parameters)


def fault_of_declaration(name: str, declared: object) -> KeyedText | None:
    """What is wrong with the line of a rule, and how to correct it; None if nothing is."""
    try:
        _check_declaration(name, declared)
    except DefinitionError as error:
        return error.text
    return None


def _check_declaration(name: str, declared: object) -> None:
    if not isinstance(declared, list) or len(declared) < len(("severity", "condition")):
        raise DefinitionError("declares_no_rule", declared=quoted(declared))
    severity, condition, *parameters = declared
    if severity not in {*Severity}:
        fault = unknown_name(KeyedText("a_severity"), str(severity), map(str, Severity))
        raise DefinitionError.of_text(fault)
    if condition not in CONDITIONS:
        fault = unknown_name(KeyedText("a_condition"), str(condition), CONDITIONS)
        raise DefinitionError.of_text(fault)
    _check_parameters(condition, parameters or [name])


def _check_parameters(condition: str, parameters: list[object]) -> None:
    """Try the parameters on the annotations of the function: a list of names, or a check."""
    called, types = _signature_of(condition)
    try:
        bound = called.bind(None, *parameters).arguments
    except TypeError as error:
        takes = ", ".join(list(called.parameters)[1:])
        raise DefinitionError(
            "condition_takes", condition=condition, reason=str(error), names=takes
        ) from error
    for name, value in list(bound.items())[1:]:
        for single in value if isinstance(value, tuple) else [value]:
            _check_parameter(name, types[name], str(single))


@cache
def _signature_of(condition: str) -> tuple[Signature, Mapping[str, Any]]:
    function = CONDITIONS[condition]
    return signature(function), get_type_hints(function, include_extras=True)


def _check_parameter(name: str, expected: Any, value: str) -> None:  # noqa: ANN401  # a type
    if get_origin(expected) is Literal and value not in get_args(expected):
        fault = unknown_name(PARAMETER_KINDS[name], value, get_args(expected))
        raise DefinitionError.of_text(fault)
    for check in getattr(expected, "__metadata__", ()):
        check(value)


def declaration_lines() -> Mapping[str, int]:
    """The line of each rule in the file that declares it."""
    found = yaml.compose(read_text(__package__, FILE), Loader=yaml.CSafeLoader)
    families = found.value if found else []
    return {
        name.value: name.start_mark.line + 1 for _, members in families for name, _ in members.value
    }


def _declared_rules() -> Iterator[Rule]:
    """Every rule of the file; DefinitionError names each line that declares none."""
    faults = []
    for family, members in _read_declarations().items():
        for name, declared in members.items():
            if fault := fault_of_declaration(name, declared):
                faults.append((family, name, fault))
            else:
                severity, condition, *parameters = declared
                offends = partial(_apply_condition, condition, parameters or [name])
                yield Rule(name, family, Severity(severity), offends)
    if faults:
        lines = declaration_lines()
        raise DefinitionError.of_faults(
            fault_in_line(f"rules/{FILE}", lines[name], fault_at(f"{family}.{name}", fault))
            for family, name, fault in faults
        )


def _read_declarations() -> Mapping[str, Mapping[str, Any]]:
    try:
        declared: Mapping[str, Mapping[str, Any]] = Loader(
            read_text(__package__, FILE)
        ).get_single_data()
    except yaml.YAMLError as error:
        reason = " ".join(str(error).split())
        raise DefinitionError("not_yaml", place=f"rules/{FILE}", reason=reason) from error
    for family, members in declared.items():
        if not isinstance(members, Mapping):
            fault = KeyedText.filled("fault_family", members=quoted(members))
            raise DefinitionError.of_text(fault_at(f"rules/{FILE}: {family}", fault))
    return declared


DECLARED_RULES = tuple(_declared_rules())
