"""A collection held against its own calendar."""

from collections.abc import Iterator

from metrics.catalogue.checks import DefinitionLocation
from metrics.catalogue.definitions import Collection


def of_collection(collection: Collection) -> Iterator[str]:
    place = DefinitionLocation(f"collections/{collection.code}.yaml")
    yield from place.twice("rounds", [each.code for each in collection.rounds])
    for each in collection.rounds:
        at = place.within(f"rounds.{each.code}")
        if each.opens > each.due:
            yield at.wrong("due", str(each.due), f"is before the round opens, {each.opens}")
        for period in each.periods:
            if period.end > each.due.year + 1:
                yield at.wrong("periods", str(period), f"is not over in {each.due.year}, when due")
