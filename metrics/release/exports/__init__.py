"""File formats for released figures: one module each, from a table to bytes.

`empact export FORMAT` and the pages offer what `exports` lists.
"""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING

from metrics.core.discover import definitions_in, discover, index_by_name, module_names
from metrics.messages import ENGLISH

if TYPE_CHECKING:
    import pandas as pd

    from metrics.catalogue.definitions.collections import Collection
    from metrics.release.store import StoredRelease


@dataclass(frozen=True)
class ExportContext:
    """What a file contains besides its table, and for whom it is written."""

    release: Mapping[str, str] = field(default_factory=dict)  # columns before the table's own
    language: str = ENGLISH
    for_spreadsheet: bool = False  # with Excel's line ends and byte order mark


@dataclass(frozen=True)
class Export:
    """A format, and the function that writes a table in it.

    The table already has columns for the release, and for units and statuses in words: see
    `metrics.release.exported_table`.
    """

    name: str
    suffix: str
    media_type: str
    write: Callable[["pd.DataFrame", ExportContext], bytes]


@cache
def exports() -> Mapping[str, Export]:
    """Every format, by name; one that cannot be imported is offered under its module's name."""
    formats = {id(export): export for name in module_names(_package()) for export in _load(name)}
    return index_by_name(sorted(formats.values(), key=lambda export: export.name), "exports")


def check_exports() -> None:
    """Raise the error of a format that cannot be imported."""
    discover(_package(), Export)
    exports()


def _package() -> ModuleType:
    return sys.modules[__name__]


def _load(module: str) -> list[Export]:
    """The formats of a module; in their place, if it fails, one that raises the error."""
    try:
        return definitions_in(module, Export)
    except Exception as error:  # noqa: BLE001  # a module may fail in any way
        return [_failed_export(module.rpartition(".")[2], error)]


def _failed_export(name: str, error: Exception) -> Export:
    def write(_table: "pd.DataFrame", _context: ExportContext) -> bytes:
        raise error

    return Export(name, f".{name}", "application/octet-stream", write)


def describe_release(
    release: "StoredRelease", collection: "Collection", language: str
) -> dict[str, str]:
    """The columns that must accompany every exported figure."""
    return {
        "collection": collection.code,
        "collection_name": collection.name(language),
        "release": release.label,
        "as_of": release.as_of,
    }
