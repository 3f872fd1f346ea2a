"""The command groups of `empact`: one module each. None imports pandas before it runs."""

import json
import sys
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from contextvars import ContextVar
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from metrics.core.errors import MetricsError

if TYPE_CHECKING:
    from metrics.messages import Messages

T = TypeVar("T")
LONG_LIST = 1000  # entries of a list in JSON
WORKBOOK = b"PK\x03\x04"

LANGUAGE_VARIABLE = "EMPACT_LANGUAGE"
# The language that a command was asked for, by its option or by the environment.
REQUESTED = ContextVar("REQUESTED", default="")

json_option = click.option("--json", "json_", is_flag=True)
output_option = click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False))


class Home:
    """The workspace that a command works in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder


pass_home = click.make_pass_decorator(Home)


def print_json(content: object) -> None:
    click.echo(json_text(content))


def json_text(content: object, depth: int = 0) -> str:
    """JSON with an entry a line; of a long list each entry is one line, which is fast to write."""
    ends, indent = ("{}" if isinstance(content, dict) else "[]"), " " * (depth + 1)
    if isinstance(content, dict):
        entries = [
            f"{_encode(str(key))}: {json_text(value, depth + 1)}" for key, value in content.items()
        ]
    elif isinstance(content, list | tuple):
        write = _encode if len(content) > LONG_LIST else partial(json_text, depth=depth + 1)
        entries = [*map(write, content)]
    else:
        return _encode(content)
    if not entries:
        return ends
    lines = f",\n{indent}".join(entries)
    return f"{ends[0]}\n{indent}{lines}\n{' ' * depth}{ends[1]}"


_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def spoken_language(asked: str = "") -> str:
    """The language that is named or was asked for, otherwise English."""
    from metrics.messages import ENGLISH

    return asked or REQUESTED.get() or ENGLISH


def command_texts(language: str = "") -> "Messages":
    """The texts of the command line, in the language that was asked for."""
    from metrics.messages import messages

    return messages(spoken_language(language), "commands")


def write_output(content: bytes, output: Path | None, language: str = "") -> None:
    """Write to the file, never over a workbook, which somebody may have filled in."""
    if output is None:
        sys.stdout.buffer.write(content)
        return
    if content.startswith(WORKBOOK) and output.exists():
        raise MetricsError("file_exists", file=str(output))
    output.write_bytes(content)
    print_note(command_texts(language)["written"].format(file=output))


def print_note(sentence: str) -> None:
    """Write a message for people to standard error; standard output holds the result."""
    click.echo(sentence, err=True)


def progress(steps: Sequence[T], label: str) -> AbstractContextManager[Iterable[T]]:
    """Show a progress bar on a terminal, and nothing elsewhere."""
    hidden = not sys.stderr.isatty()
    return click.progressbar(steps, label=label, file=sys.stderr, hidden=hidden)


def with_progress_bar(steps: Sequence[T]) -> Iterable[T]:
    """Show a progress bar while the desk reads submissions."""
    with progress(steps, command_texts()["reading"]) as bar:
        yield from bar
