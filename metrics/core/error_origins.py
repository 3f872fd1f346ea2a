"""Say in which part of the program an unexpected error was: a rule, a method, a file format."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType


class FaultyPart(str):
    """A note on an error. Crash reports show only these notes, because others may quote a file."""

    __slots__ = ()


@contextmanager
def name_faulty_part(part: str) -> Iterator[None]:
    """Note the part on an error that leaves the block: `rule large_change`."""
    try:
        yield
    except Exception as error:
        error.add_note(FaultyPart(part))
        raise


def faulty_parts(error: BaseException) -> list[str]:
    """The parts noted on an error, the innermost first."""
    return [note for note in getattr(error, "__notes__", ()) if isinstance(note, FaultyPart)]


def import_part(module: str) -> ModuleType:
    """Import a module of a registry; an error names it, even if it has no line of its own."""
    with name_faulty_part(f"module {module}"):
        return import_module(module)
