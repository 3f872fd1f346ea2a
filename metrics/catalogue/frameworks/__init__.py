"""Frameworks: commitments agreed together, with their documents; one YAML file each."""

from functools import cache
from operator import attrgetter

from metrics.catalogue.definitions.frameworks import Framework
from metrics.core.discover import read_definitions


@cache
def frameworks() -> tuple[Framework, ...]:
    return tuple(sorted(read_definitions(__name__, Framework), key=attrgetter("order")))
