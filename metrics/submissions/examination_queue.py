"""Let two files be examined at a time in a workspace, by whatever process; others wait in turn.

Each place is a lock on a file, which the kernel frees when its holder ends.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from metrics.core.atomic_files import make_folder
from metrics.core.errors import SubmissionError
from metrics.intake.disposable import refuse_abandoned

AT_ONCE = 2  # files that are examined: a small machine has two cores
WAITING = 6  # files that wait for their turn
PATIENCE_SECONDS = 120
POLL_SECONDS = 0.1


class BusyError(SubmissionError):
    """As many files are examined and wait as the server allows."""

    def __init__(self) -> None:
        super().__init__(
            f"{AT_ONCE} files are being examined and {WAITING} wait, so this one was not begun; "
            "it is kept: try again in a minute"
        )


class ExaminationQueue:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def reserve(self) -> Iterator[None]:
        """Hold one of the places for those who are examined or wait; BusyError if none is free."""
        with self._lock_one("place", AT_ONCE + WAITING) as is_free:
            if not is_free:
                raise BusyError
            yield

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for the turn of a place, and keep it; BusyError if it does not come."""
        until = monotonic() + PATIENCE_SECONDS
        while monotonic() < until:
            refuse_abandoned()
            with self._lock_one("turn", AT_ONCE) as is_free:
                if is_free:
                    yield
                    return
            sleep(POLL_SECONDS)
        raise BusyError

    @contextmanager
    def _lock_one(self, name: str, most: int) -> Iterator[bool]:
        """Whether one of so many locks is free; it is held until the block ends."""
        make_folder(self.folder, self.folder.parent)
        for number in range(most):
            handle = os.open(self.folder / f"{name}-{number}", os.O_CREAT | os.O_RDWR, 0o600)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(handle)
                continue
            try:
                yield True
            finally:
                os.close(handle)
            return
        yield False
