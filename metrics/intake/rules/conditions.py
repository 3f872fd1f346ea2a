"""Rules without a function of their own: `conditions.yaml` declares what each looks for."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

import pandas as pd

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
    condition: str, parameters: list[str], case: ValidationContext
) -> pd.DataFrame:
    return CONDITIONS[condition](case, *parameters)


def _declared_rules() -> Iterator[Rule]:
    for family, members in read_yaml(__package__, "conditions.yaml").items():
        for name, (severity, condition, *parameters) in members.items():
            if severity not in {*Severity} or condition not in CONDITIONS:
                raise DefinitionError(
                    f"rules/conditions.yaml: {family}.{name}: [{severity}, {condition}] must begin "
                    f"with one of {[*map(str, Severity)]} and one of {[*CONDITIONS]}"
                )
            offends = partial(_apply_condition, condition, parameters or [name])
            yield Rule(name, family, Severity(severity), offends)


DECLARED_RULES = tuple(_declared_rules())
