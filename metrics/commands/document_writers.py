"""Find what writes a picture or a document for a command: a function that a package declares.

Commands import nothing of the dashboard. What draws its charts and slides is declared under the
name of the command that needs it, as an entry point of the group `empact.documents` in
`pyproject.toml`.
"""

from collections.abc import Callable
from importlib.metadata import entry_points

from metrics.core.errors import MetricsError

GROUP = "empact.documents"


def load_document_writer(command: str) -> Callable[..., bytes]:
    """The function for a command; MetricsError if nothing that is installed declares one."""
    for declared in entry_points(group=GROUP, name=command):
        write: Callable[..., bytes] = declared.load()
        return write
    raise MetricsError("no_document_writer", command=command, group=GROUP)
