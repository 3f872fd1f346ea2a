"""Formats of pictures and documents: one module each, from a chart or a deck to bytes.

Pages, addresses and commands offer what `formats_of` lists for a picture, for a deck. All workers
that serve pages import these modules: the library that writes a format is imported by its `write`.
"""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any, Generic, TypeVar

from metrics.core.discover import definitions_in, index_by_name, module_names
from metrics.core.errors import MetricsError

S = TypeVar("S")


@dataclass(frozen=True)
class DocumentFormat(Generic[S]):
    """A format of files, what is written in it, and the function that writes it."""

    name: str
    suffix: str
    media_type: str
    subject: type[S]  # such as the class of pictures, or that of decks
    write: Callable[[S], bytes]


def formats_of(subject: type[S]) -> Mapping[str, DocumentFormat[S]]:
    """The formats for pictures, or for decks, by name."""
    return index_by_name((one for one in _formats() if issubclass(subject, one.subject)), "exports")


def format_of_ending(
    formats: Iterable[DocumentFormat[S]], ending: str, refusal: str
) -> DocumentFormat[S]:
    """The format of a file name ending; MetricsError, by its key, names the endings there are."""
    by_ending = {known.suffix: known for known in formats}
    if ending.casefold() not in by_ending:
        raise MetricsError(refusal, ending=ending or "–", endings=", ".join(by_ending))
    return by_ending[ending.casefold()]


@cache
def _formats() -> Sequence[DocumentFormat[Any]]:
    """Every format; one that cannot be imported is offered under its module's name, for all."""
    found = {id(one): one for name in module_names(_package()) for one in _load(name)}
    return sorted(found.values(), key=lambda one: one.name)


def _package() -> ModuleType:
    return sys.modules[__name__]


def _load(module: str) -> list[DocumentFormat[Any]]:
    """The formats of a module; in their place, if it fails, one that raises the error."""
    try:
        return definitions_in(module, DocumentFormat)
    except Exception as error:  # noqa: BLE001  # a module may fail in any way
        return [_failed_format(module.rpartition(".")[2], error)]


def _failed_format(name: str, error: Exception) -> DocumentFormat[object]:
    def write(_subject: object) -> bytes:
        raise error

    return DocumentFormat(name, f".{name}", "application/octet-stream", object, write)
