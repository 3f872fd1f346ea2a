"""Find what writes a picture or a document for a command: a function that a package declares.

Commands import nothing from the dashboard. What draws its charts and slides is declared under the
name of the command that needs it, as an entry point of the group `empact.documents` in
`pyproject.toml`.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import entry_points
from pathlib import Path

import click

from metrics.core.errors import MetricsError

GROUP = "empact.documents"
HOME_VARIABLE = "EMPACT_HOME"


def load_document_writer(command: str) -> Callable[..., bytes]:
    """The function for a command; MetricsError if nothing that is installed declares one."""
    for declared in entry_points(group=GROUP, name=command):
        write: Callable[..., bytes] = declared.load()
        return write
    raise MetricsError("no_document_writer", command=command, group=GROUP)


@contextmanager
def dashboard_home(home: Path) -> Iterator[None]:
    """Let the dashboard read its releases from the workspace of a command."""
    before = os.environ.get(HOME_VARIABLE)
    os.environ[HOME_VARIABLE] = str(home)
    try:
        yield
    finally:
        if before is None:
            del os.environ[HOME_VARIABLE]
        else:
            os.environ[HOME_VARIABLE] = before


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal: how many steps of all are done."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=100, label=label, file=sys.stderr, hidden=hidden) as bar:

        def advance(done: int, total: int) -> None:
            bar.update(100 * done // total - bar.pos)

        yield advance
