"""Frameworks: what was agreed together, with its documents; one YAML file each."""

from functools import cache

from metrics.catalogue.definitions import Framework
from metrics.core.discover import definitions


@cache
def frameworks() -> tuple[Framework, ...]:
    return tuple(sorted(definitions(__name__, Framework), key=lambda each: each.order))
