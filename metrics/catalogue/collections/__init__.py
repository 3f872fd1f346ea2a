"""Collections: reporting exercises that are never combined; one YAML file each."""

from functools import cache

from metrics.catalogue.definitions.collections import Collection
from metrics.core.discover import read_definitions


@cache
def collections() -> tuple[Collection, ...]:
    return tuple(read_definitions(__name__, Collection))
