"""Check that the rounds of a collection are consistent, and the frameworks it asks for."""

from collections.abc import Iterator, Mapping

from metrics.catalogue.checks import DefinitionLocation
from metrics.catalogue.definitions.collections import Collection, Round
from metrics.catalogue.definitions.frameworks import Framework


def check_collection(collection: Collection, frameworks: Mapping[str, Framework]) -> Iterator[str]:
    location = DefinitionLocation(f"collections/{collection.code}.yaml")
    yield from location.unknown("frameworks", collection.frameworks, frameworks, "a framework")
    yield from location.duplicates("frameworks", collection.frameworks)
    yield from location.duplicates("rounds", [exercise.code for exercise in collection.rounds])
    asked = [frameworks[code] for code in collection.frameworks if code in frameworks]
    for exercise in collection.rounds:
        at = location.within(f"rounds.{exercise.code}")
        yield from check_application(at, exercise, asked)
        if exercise.opens > exercise.due:
            yield at.error("due", str(exercise.due), f"is before the round opens, {exercise.opens}")
        for period in exercise.periods:
            if period.end > exercise.due.year + 1:
                yield at.error(
                    "periods", str(period), f"is not over in {exercise.due.year}, when due"
                )


def check_application(
    location: DefinitionLocation, exercise: Round, asked: list[Framework]
) -> Iterator[str]:
    """A round may ask only for periods in which one of its frameworks applied."""
    for period in exercise.periods:
        if asked and not any(framework.applies_in(period) for framework in asked):
            documents = [document for framework in asked for document in framework.documents]
            codes = ", ".join(document.code for document in documents)
            yield location.error(
                "periods", str(period), f"is a period in which none applied of {codes}"
            )
