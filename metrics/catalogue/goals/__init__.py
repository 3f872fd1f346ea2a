"""Operational goals and commitments: one YAML file each, with wording, source and targets."""

from functools import cache

from metrics.catalogue.definitions import Goal
from metrics.core.discover import definitions


@cache
def goals() -> tuple[Goal, ...]:
    return tuple(sorted(definitions(__name__, Goal), key=lambda each: each.order))
