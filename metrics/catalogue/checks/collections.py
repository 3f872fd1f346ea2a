"""Check that the rounds of a collection are consistent, and the frameworks it asks for."""

from collections.abc import Iterator, Mapping

from metrics.catalogue.checks import DefinitionLocation
from metrics.catalogue.definitions.collections import Collection, Round
from metrics.catalogue.definitions.frameworks import Framework
from metrics.core.errors import KeyedText


def check_collection(
    collection: Collection, frameworks: Mapping[str, Framework]
) -> Iterator[KeyedText]:
    location = DefinitionLocation(f"collections/{collection.code}.yaml")
    yield from location.unknown(
        "frameworks", collection.frameworks, frameworks, KeyedText("a_framework")
    )
    yield from location.duplicates("frameworks", collection.frameworks)
    yield from location.duplicates("rounds", [exercise.code for exercise in collection.rounds])
    asked = [frameworks[code] for code in collection.frameworks if code in frameworks]
    for exercise in collection.rounds:
        at = location.within(f"rounds.{exercise.code}")
        yield from check_application(at, exercise, asked)
        if exercise.opens > exercise.due:
            why = KeyedText.filled("fault_before_opens", opens=str(exercise.opens))
            yield at.error("due", str(exercise.due), why)
        for period in exercise.periods:
            if period.end > exercise.due.year + 1:
                why = KeyedText.filled("fault_not_over_when_due", year=str(exercise.due.year))
                yield at.error("periods", str(period), why)


def check_application(
    location: DefinitionLocation, exercise: Round, asked: list[Framework]
) -> Iterator[KeyedText]:
    """A round may ask only for periods in which one of its frameworks applied."""
    for period in exercise.periods:
        if asked and not any(framework.applies_in(period) for framework in asked):
            documents = [document for framework in asked for document in framework.documents]
            codes = ", ".join(document.code for document in documents)
            why = KeyedText.filled("fault_none_applied", documents=codes)
            yield location.error("periods", str(period), why)
