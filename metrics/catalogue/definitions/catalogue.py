"""The catalogue: all definitions together, whole or for one collection."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from metrics.catalogue.definitions.collections import Collection
from metrics.catalogue.definitions.frameworks import Framework
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.definitions.indicators import Indicator
from metrics.core.errors import UnknownNameError


@dataclass(frozen=True, eq=False)
class Catalogue:
    """All definitions by code, in their order; `version` changes with any of them.

    Two are equal only if they are the same object, so that results for one can be cached.
    """

    frameworks: Mapping[str, Framework]
    goals: Mapping[str, Goal]
    indicators: Mapping[str, Indicator]
    collections: Mapping[str, Collection]
    version: str

    def restrict_to(self, collection: Collection) -> "Catalogue":
        """The frameworks, goals and indicators that a collection asks for."""
        named = {code for other in self.collections.values() for code in other.frameworks}
        asked = {*collection.frameworks} or {*self.frameworks} - named
        goals = {code: goal for code, goal in self.goals.items() if goal.framework in asked}
        elsewhere = self._used_by(code for code in self.goals if code not in goals)
        own = self._used_by(goals)
        indicators = {
            code: indicator
            for code, indicator in self.indicators.items()
            if code in own or (not collection.frameworks and code not in elsewhere)
        }
        frameworks = {code: self.frameworks[code] for code in self.frameworks if code in asked}
        return replace(self, frameworks=frameworks, goals=goals, indicators=indicators)

    def _used_by(self, goals: Iterable[str]) -> set[str]:
        return {indicator for code in goals for indicator in self.goals[code].indicators}

    def collection(self, code: str) -> Collection:
        if code not in self.collections:
            raise UnknownNameError.with_hint("a_collection", code, known=self.collections)
        return self.collections[code]
