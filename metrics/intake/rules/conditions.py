"""The rules that need no function of their own: `conditions.yaml` says what each looks for."""

from collections.abc import Callable, Iterator, Mapping

import pandas as pd

from metrics.core.discover import yaml_of
from metrics.intake.findings import Rule, Severity
from metrics.intake.rules.actions import left_open
from metrics.intake.rules.codes import not_in_list
from metrics.intake.rules.relations import contradicting
from metrics.intake.rules.structure import odd, remarked
from metrics.intake.rules.values import of_form

LOOKS: Mapping[str, Callable[..., pd.DataFrame]] = {
    "noted": odd,
    "remarked": remarked,
    "of_form": of_form,
    "not_in_list": not_in_list,
    "left_open": left_open,
    "contradicting": contradicting,
}


def _written() -> Iterator[Rule]:
    for family, named in yaml_of(__package__, "conditions.yaml").items():
        for name, (severity, look, *of) in named.items():
            yield _rule(name, family, Severity(severity), LOOKS[look], of or [name])


def _rule(
    name: str, family: str, severity: Severity, look: Callable[..., pd.DataFrame], of: list[str]
) -> Rule:
    return Rule(name, family, severity, lambda case: look(case, *of))


WRITTEN = tuple(_written())
