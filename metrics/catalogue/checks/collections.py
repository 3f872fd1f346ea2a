"""Check that the rounds of a collection are consistent."""

from collections.abc import Iterator

from metrics.catalogue.checks import DefinitionLocation
from metrics.catalogue.definitions import Collection


def check_collection(collection: Collection) -> Iterator[str]:
    location = DefinitionLocation(f"collections/{collection.code}.yaml")
    yield from location.duplicates("rounds", [exercise.code for exercise in collection.rounds])
    for exercise in collection.rounds:
        at = location.within(f"rounds.{exercise.code}")
        if exercise.opens > exercise.due:
            yield at.error("due", str(exercise.due), f"is before the round opens, {exercise.opens}")
        for period in exercise.periods:
            if period.end > exercise.due.year + 1:
                yield at.error(
                    "periods", str(period), f"is not over in {exercise.due.year}, when due"
                )
