"""File formats for released figures: one module each, from a table to bytes.

`empact export FORMAT` and the pages offer what `exports` lists.
"""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from metrics.core.discover import discover, index_by_name
from metrics.messages import ENGLISH

if TYPE_CHECKING:
    import pandas as pd

    from metrics.catalogue.definitions.collections import Collection
    from metrics.release.store import StoredRelease


@dataclass(frozen=True)
class ExportContext:
    """What a file says besides its table, and for whom it is written."""

    release: Mapping[str, str] = field(default_factory=dict)  # columns before the table's own
    language: str = ENGLISH
    for_spreadsheet: bool = False  # with Excel's line ends and byte order mark


@dataclass(frozen=True)
class Export:
    """A format, and the function that writes a table in it.

    The table says already of which release it is, and units and statuses in words: see
    `metrics.release.exported_table`.
    """

    name: str
    suffix: str
    media_type: str
    write: Callable[["pd.DataFrame", ExportContext], bytes]


@cache
def exports() -> Mapping[str, Export]:
    """Every format, by name."""
    found = discover(sys.modules[__name__], Export)
    return index_by_name(sorted(found, key=lambda export: export.name), "exports")


def describe_release(release: "StoredRelease", collection: "Collection") -> dict[str, str]:
    """The columns that must accompany every exported figure."""
    return {
        "collection": collection.code,
        "collection_name": collection.name.en,
        "release": release.label,
        "as_of": release.as_of,
    }
