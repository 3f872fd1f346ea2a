"""Load all definitions and check them against one another."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

from metrics.catalogue import codelists
from metrics.catalogue.checks import DefinitionLocation
from metrics.catalogue.checks.codelists import check_codelist, check_letters
from metrics.catalogue.checks.collections import check_collection
from metrics.catalogue.checks.goals import check_framework, check_goal, check_order
from metrics.catalogue.checks.indicators import check_indicator
from metrics.catalogue.checks.materiality import check_materiality
from metrics.catalogue.checks.translations import check_translations
from metrics.catalogue.collections import collections
from metrics.catalogue.definitions.catalogue import Catalogue
from metrics.catalogue.frameworks import frameworks
from metrics.catalogue.goals import goals
from metrics.catalogue.indicators import indicators
from metrics.catalogue.materiality import materiality
from metrics.core.discover import digest_of_definitions, file_names
from metrics.core.errors import DefinitionError, KeyedText
from metrics.core.load_once import load_once
from metrics.core.version import shorten_digest

__all__ = ["Catalogue", "catalogue", "find_contradictions"]

FOLDERS = tuple(
    f"metrics.catalogue.{name}"
    for name in ("codelists", "collections", "frameworks", "goals", "indicators")
)


@load_once()
def catalogue() -> Catalogue:
    """The catalogue; DefinitionError lists every inconsistency, one per line."""
    lists = file_names(codelists.__name__, ".csv")
    raise_contradictions([
        *(error for name in lists for error in check_codelist(name)), *check_letters()
    ])  # fmt: skip
    wrong: list[KeyedText] = []
    found = Catalogue(
        load_definitions(frameworks, wrong),
        load_definitions(goals, wrong),
        load_definitions(indicators, wrong),
        load_definitions(collections, wrong),
        shorten_digest(digest_of_definitions(*FOLDERS)),
    )
    raise_contradictions(
        wrong
    )  # against a folder that could not be read, the others would only seem wrong
    raise_contradictions(find_contradictions(found))
    return found


def raise_contradictions(wrong: Iterable[KeyedText]) -> None:
    if faults := list(wrong):
        raise DefinitionError.of_faults(faults)


class Coded(Protocol):
    @property
    def code(self) -> str: ...


C = TypeVar("C", bound=Coded)


def load_definitions(folder: Callable[[], Iterable[C]], wrong: list[KeyedText]) -> dict[str, C]:
    try:
        found = list(folder())
    except DefinitionError as error:
        wrong += error.faults
        return {}
    counts = Counter(definition.code for definition in found)
    wrong += DefinitionLocation(f"{folder.__name__}/").duplicates("code", list(counts.elements()))
    return {definition.code: definition for definition in found}


def find_contradictions(found: Catalogue) -> Iterator[KeyedText]:
    """Inconsistencies between definitions, each with file, field, value and correction."""
    for framework in found.frameworks.values():
        yield from check_framework(framework)
    for goal in found.goals.values():
        yield from check_goal(goal, found.frameworks, found.indicators)
    yield from check_order(found.goals)
    for indicator in found.indicators.values():
        yield from check_indicator(indicator, found.indicators, found.goals)
    for collection in found.collections.values():
        yield from check_collection(collection, found.frameworks)
    yield from check_materiality(materiality(), found.indicators)
    for kind in (found.frameworks, found.goals, found.indicators, found.collections):
        for definition in kind.values():
            yield from check_translations(definition)
