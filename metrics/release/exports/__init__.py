"""Formats in which released figures leave the house: one module each, from a table to bytes."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from metrics.core.discover import discover

if TYPE_CHECKING:
    import pandas as pd

    from metrics.catalogue.definitions import Collection
    from metrics.release.store import StoredRelease


@dataclass(frozen=True)
class Export:
    """A name and a function of indicator values and of what is stated beside every row."""

    name: str
    suffix: str
    media_type: str
    write: Callable[["pd.DataFrame", Mapping[str, str]], bytes]


@cache
def exports() -> dict[str, Export]:
    return {each.name: each for each in discover(sys.modules[__name__], Export)}


def describe_release(release: "StoredRelease", collection: "Collection") -> dict[str, str]:
    """What must stand beside every figure that is taken away."""
    return {
        "collection": collection.code,
        "collection_name": collection.name.en,
        "release": release.label,
        "as_of": release.as_of,
    }
