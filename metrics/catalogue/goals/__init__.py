"""Operational goals and commitments: one YAML file each, with wording, source and targets."""

from functools import cache
from operator import attrgetter

from metrics.catalogue.definitions.goals import Goal
from metrics.core.discover import read_definitions


@cache
def goals() -> tuple[Goal, ...]:
    return tuple(sorted(read_definitions(__name__, Goal), key=attrgetter("order")))
