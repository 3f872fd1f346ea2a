"""Rules without a function of their own: `conditions.yaml` declares what each looks for."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from inspect import Signature, signature
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pandas as pd
import yaml

from metrics.core.discover import Loader, read_text
from metrics.core.errors import DefinitionError, unknown_name
from metrics.intake.findings import Rule, Severity, ValidationContext
from metrics.intake.rules.actions import find_open_fields
from metrics.intake.rules.codes import find_unlisted_codes
from metrics.intake.rules.relations import contradicting_cells
from metrics.intake.rules.structure import file_remarks, read_issues
from metrics.intake.rules.values import find_form

FILE = "conditions.yaml"
FORM_OF_A_RULE = "write `name: [severity, condition, parameters]`"
CONDITIONS: Mapping[str, Callable[..., pd.DataFrame]] = {
    "noted": read_issues,
    "remarked": file_remarks,
    "of_form": find_form,
    "not_in_list": find_unlisted_codes,
    "left_open": find_open_fields,
    "contradicting": contradicting_cells,
}
# What the parameters of conditions are, as a message calls them.
PARAMETER_NAMES = {
    "name": "an issue of metrics/intake/issue_names.py",
    "unknown": "an issue of metrics/intake/issue_names.py",
    "remarks": "a remark with a rule of its own (FileRemark in rules/structure.py)",
    "form": "a form of a cell (CellForm in intake/workbook.py)",
    "column": "a column of codes (CodedColumn in rules/codes.py)",
    "field": "a field of an action (DeclaredField in rules/actions.py)",
}


def _apply_condition(
    condition: str, parameters: list[str], context: ValidationContext
) -> pd.DataFrame:
    return CONDITIONS[condition](context, *parameters)


def fault_of_declaration(name: str, declared: object) -> str:
    """What is wrong with the line of a rule, and how to correct it; empty if nothing is."""
    try:
        _check_declaration(name, declared)
    except DefinitionError as error:
        return str(error)
    return ""


def _check_declaration(name: str, declared: object) -> None:
    if not isinstance(declared, list) or len(declared) < len(("severity", "condition")):
        raise DefinitionError(f"{declared!r} declares no rule; {FORM_OF_A_RULE}")
    severity, condition, *parameters = declared
    if severity not in {*Severity}:
        raise DefinitionError(unknown_name("a severity", str(severity), map(str, Severity)))
    if condition not in CONDITIONS:
        raise DefinitionError(unknown_name("a condition", str(condition), CONDITIONS))
    _check_parameters(condition, parameters or [name])


def _check_parameters(condition: str, parameters: list[object]) -> None:
    """Try the parameters on the annotations of the function: a list of names, or a check."""
    called, types = _signature_of(condition)
    try:
        bound = called.bind(None, *parameters).arguments
    except TypeError as error:
        takes = ", ".join(list(called.parameters)[1:])
        raise DefinitionError(f"{condition}: {error}; it takes {takes}") from error
    for name, value in list(bound.items())[1:]:
        for single in value if isinstance(value, tuple) else [value]:
            _check_parameter(name, types[name], str(single))


@cache
def _signature_of(condition: str) -> tuple[Signature, Mapping[str, Any]]:
    function = CONDITIONS[condition]
    return signature(function), get_type_hints(function, include_extras=True)


def _check_parameter(name: str, expected: Any, value: str) -> None:  # noqa: ANN401  # a type
    if get_origin(expected) is Literal and value not in get_args(expected):
        raise DefinitionError(unknown_name(PARAMETER_NAMES[name], value, get_args(expected)))
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
        raise DefinitionError(
            "\n".join(
                f"rules/{FILE}, line {lines[name]}: {family}.{name}: {fault}"
                for family, name, fault in faults
            )
        )


def _read_declarations() -> Mapping[str, Mapping[str, Any]]:
    try:
        declared: Mapping[str, Mapping[str, Any]] = Loader(
            read_text(__package__, FILE)
        ).get_single_data()
    except yaml.YAMLError as error:
        raise DefinitionError(
            f"rules/{FILE} is not YAML: {' '.join(str(error).split())}"
        ) from error
    for family, members in declared.items():
        if not isinstance(members, Mapping):
            raise DefinitionError(f"rules/{FILE}: {family}: {members!r}: {FORM_OF_A_RULE} below it")
    return declared


DECLARED_RULES = tuple(_declared_rules())
