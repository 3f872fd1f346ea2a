"""The validation rules: one module or folder per family, one function per rule.

Rules that differ only in a condition are entries of `conditions.yaml` instead. A rule takes a
`ValidationContext` and returns a table of offending rows: `sheet`, `cell`, and a column for each
placeholder of its texts, which are in `metrics/messages`. `rules` lists every rule.
"""

from collections.abc import Callable
from functools import cache
from pkgutil import walk_packages
from typing import TYPE_CHECKING, TypeVar
from weakref import finalize

from metrics.core.discover import index_by_name
from metrics.core.error_origins import import_part
from metrics.intake.findings import Finding, Rule, Severity, ValidationContext

if TYPE_CHECKING:
    import pandas as pd

# Earlier names of rules, which stored reports contain.
RENAMED_RULES = {
    "far_from_last": "large_change",
    "zero_where_counted": "unexpected_zero",
    "revised_strongly": "large_revision",
    "described_alike": "duplicate_action",
    "unlike_own_history": "outlier_in_history",
    "macros_ignored": "contains_macros",
}

K = TypeVar("K")
T = TypeVar("T")


def rule(severity: Severity) -> Callable[[Callable[[ValidationContext], "pd.DataFrame"]], Rule]:
    """Make the decorated function a rule with the function's name."""

    def decorate(offends: Callable[[ValidationContext], "pd.DataFrame"]) -> Rule:
        family = offends.__module__.removeprefix(f"{__name__}.").split(".")[0]
        return Rule(offends.__name__, family, severity, offends)

    return decorate


def remember_result(make: Callable[[K], T]) -> Callable[[K], T]:
    """Cache a result that several rules need for as long as its argument exists."""
    results: dict[int, T] = {}

    def remember(argument: K) -> T:
        if id(argument) not in results:
            results[id(argument)] = make(argument)
            finalize(argument, results.pop, id(argument), None)
        return results[id(argument)]

    return remember


def current_rule_name(name: str) -> str:
    """The present name of a rule that an earlier version stored with a finding."""
    return RENAMED_RULES.get(name, name)


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its name, family after family."""
    modules = [import_part(module.name) for module in walk_packages(__path__, f"{__name__}.")]
    found = [
        value for module in modules for value in vars(module).values() if isinstance(value, Rule)
    ]
    found += [declared for module in modules for declared in getattr(module, "DECLARED_RULES", ())]
    return index_by_name(sorted(found, key=lambda entry: entry.family), "rules")


def is_about_person(finding: Finding) -> bool:
    """Whether a finding is, or may be, about data on a person."""
    return rules()[finding.rule].finds_persons
