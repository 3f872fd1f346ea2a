"""Denominators of rates: a CSV file each, with its source in a YAML file beside it."""

from functools import cache

from metrics.catalogue.definitions.base import CatalogueEntry, Words
from metrics.core.discover import read_csv, read_definition, read_definitions


class Denominator(CatalogueEntry):
    """A table of `area,year,persons…`, and its source."""

    folder = "denominators"

    name: Words
    note: Words
    source: Words
    address: str
    version: str
    projected_after: int


@cache
def denominators() -> tuple[Denominator, ...]:
    return tuple(read_definitions(__name__, Denominator))


@cache
def denominator(code: str) -> Denominator:
    return read_definition(__name__, f"{code}.yaml", Denominator)


@cache
def children() -> dict[tuple[str, int], float]:
    """Persons aged 0 to 17 by area and year. Years that the table lacks have no rate."""
    return {
        (row["area"], int(row["year"])): float(row["persons_aged_0_17"])
        for row in read_csv(__name__, "children.csv")
    }


@cache
def children_near(area: str, year: int) -> float:
    """As a weight, from the nearest year in the table; 0 for an area that the table lacks."""
    years = [known for known_area, known in children() if known_area == area]
    nearest = min(years, key=lambda known: abs(known - year), default=year)
    return children().get((area, nearest), 0.0)
