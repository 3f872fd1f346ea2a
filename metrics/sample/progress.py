"""The progress of building the sample: a file that pages show while the process runs."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from metrics.core.atomic_files import AtomicFile, make_folder

SAMPLE = "sample"  # the collection
PROGRESS_FILE = Path("data", "staging", "sample-progress.json")


@dataclass(frozen=True)
class SampleProgress:
    """`submissions` counts workbooks sent; a release has no count."""

    stage: Literal["submissions", "release"]
    done: int = 0
    total: int = 0
    process: int = field(default_factory=os.getpid)


ADAPTER = TypeAdapter(SampleProgress)


def write_progress(home: Path, progress: SampleProgress) -> None:
    path = home / PROGRESS_FILE
    make_folder(path.parent, home)
    with AtomicFile(path) as writing:
        writing.file.write(ADAPTER.dump_json(progress))


@contextmanager
def progress_of_build(home: Path) -> Iterator[Callable[[SampleProgress], None]]:
    """Return a function that reports progress; after the block nothing is shown."""
    try:
        yield partial(write_progress, home)
    finally:
        (home / PROGRESS_FILE).unlink(missing_ok=True)


def read_progress(home: Path) -> SampleProgress | None:
    """The progress of a running process; None if none runs."""
    try:
        progress = ADAPTER.validate_json((home / PROGRESS_FILE).read_bytes())
    except (OSError, ValidationError):
        return None
    return progress if is_running(progress.process) else None


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it runs for somebody else
        pass
    return True
