"""All definitions together, checked against one another: what the steps are given."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from metrics.codelists import codelist
from metrics.collections import collections
from metrics.definitions import Collection, Framework, Goal, Indicator, Kind
from metrics.discover import digest_of
from metrics.errors import DefinitionError, UnknownNameError
from metrics.frameworks import frameworks
from metrics.goals import goals
from metrics.indicators import indicators
from metrics.methods import methods

FOLDERS = tuple(
    f"metrics.{name}" for name in ("codelists", "collections", "frameworks", "goals", "indicators")
)


@dataclass(frozen=True)
class Catalogue:
    frameworks: Mapping[str, Framework]
    goals: Mapping[str, Goal]
    indicators: Mapping[str, Indicator]
    collections: Mapping[str, Collection]
    version: str

    def collection(self, code: str) -> Collection:
        if code not in self.collections:
            known = ", ".join(self.collections)
            raise UnknownNameError(f"{code!r} is not a collection; there are {known}")
        return self.collections[code]


@cache
def catalogue() -> Catalogue:
    """The catalogue; DefinitionError names every contradiction, one a line."""
    found = Catalogue(
        {each.code: each for each in frameworks()},
        {each.code: each for each in goals()},
        {each.code: each for each in indicators()},
        {each.code: each for each in collections()},
        digest_of(*FOLDERS)[:12],
    )
    if wrong := list(contradictions(found)):
        raise DefinitionError("\n".join(wrong))
    return found


def contradictions(found: Catalogue) -> Iterator[str]:
    """Names that nothing has, each with file, field and value."""
    for goal in found.goals.values():
        yield from _of_goal(goal, found)
    for indicator in found.indicators.values():
        yield from _of_indicator(indicator, found)


def _of_goal(goal: Goal, found: Catalogue) -> Iterator[str]:
    where = f"goals/{goal.code}.yaml"
    if goal.framework not in found.frameworks:
        yield f"{where}: framework: {goal.framework!r} is not a framework"
    for code in {*goal.indicators, *(target.indicator for target in goal.targets)}:
        if code not in found.indicators:
            yield f"{where}: indicators: {code!r} is not an indicator"
    for target in goal.targets:
        for name in (target.method, *target.beside):
            if name not in methods():
                yield f"{where}: targets.{target.id}: {name!r} is not a method"


def _of_indicator(indicator: Indicator, found: Catalogue) -> Iterator[str]:
    where = f"indicators/{indicator.code}"
    if indicator.unit not in codelist("unit"):
        yield f"{where}: unit: {indicator.unit!r} is not in codelists/unit.csv"
    if indicator.kind is Kind.MILESTONE and (odd := set(indicator.ladder) - set(codelist("step"))):
        yield f"{where}: ladder: {sorted(odd)} are not in codelists/step.csv"
    for breakdown in indicator.breakdowns:
        for dimension in breakdown.by:
            odd = set(breakdown.codes.get(dimension, ())) - set(codelist(dimension))
            if odd:
                yield f"{where}: breakdowns: {sorted(odd)} are not in codelists/{dimension}.csv"
    for code in (*indicator.derived_from, *filter(None, [indicator.parts_of])):
        if code not in found.indicators:
            yield f"{where}: {code!r} is not an indicator"
