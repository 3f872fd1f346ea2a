"""Let two files be examined at a time in a workspace, by whatever process; others wait in turn.

Each place is a lock on a file, which the kernel frees when its holder ends.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import monotonic, sleep, time, time_ns

from metrics.core.atomic_files import make_folder
from metrics.core.errors import SubmissionError
from metrics.intake.limited_process import AbandonedError, refuse_abandoned

AT_ONCE = 2  # files that are examined: a small machine has two cores
WAITING = 6  # files that wait for their turn
# Longer than all files ahead in the queue can take, so that each one with a place is answered.
PATIENCE_SECONDS = 600
POLL_SECONDS = 0.25
ASKED_SECONDS = 15  # a page asks every other second, or more seldom where it is in the background


class BusyError(SubmissionError):
    """As many files as the server allows are being examined or waiting."""

    def __init__(self) -> None:
        super().__init__("busy", at_once=AT_ONCE, waiting=WAITING)


class WaitingError(SubmissionError):
    """It is not yet the turn of a file; its page asks again."""

    def __init__(self, before: int) -> None:
        super().__init__("waiting", n=before)
        self.before = before


class ExaminationQueue:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def reserve(self) -> Iterator[None]:
        """Take a place among files that are examined or wait; BusyError if none is free."""
        with self._lock_one("place", AT_ONCE + WAITING) as is_free:
            if not is_free:
                raise BusyError
            yield

    @contextmanager
    def turn(self, work: str) -> Iterator[None]:
        """Wait for the turn of a piece of work; BusyError if as many wait as may."""
        with ExitStack() as held:
            try:
                self._await_turn(work, held)
            except (AbandonedError, BusyError):
                self._leave(work)
                raise
            yield

    def _await_turn(self, work: str, held: ExitStack) -> None:
        until = monotonic() + PATIENCE_SECONDS
        while monotonic() < until:
            refuse_abandoned()
            try:
                return held.enter_context(self.turn_at_once(work))
            except WaitingError:
                sleep(POLL_SECONDS)
        raise BusyError

    @contextmanager
    def turn_at_once(self, work: str) -> Iterator[None]:
        """Take a turn if it is that of the work on a file, or line up and raise WaitingError.

        A waiting request holds nothing; a page that does not ask again soon loses its place.
        BusyError if as many wait as may.
        """
        before = self._line_up(work)
        with self._lock(f"examining-{work}") as is_alone:
            if before or not is_alone:
                raise WaitingError(before)
            with self._lock_one("turn", AT_ONCE) as is_free:
                if not is_free:
                    raise WaitingError(before)
                self._leave(work)
                yield

    def _line_up(self, work: str) -> int:
        """Keep or give a place in the queue to a piece of work; return how many are ahead."""
        make_folder(self.folder, self.folder.parent)
        waiting = sorted(filter(self._is_asked_for, self.folder.glob("waiting-*")))
        lined_up = [ticket.name.rpartition("-")[2] for ticket in waiting]
        if work in lined_up:
            waiting[lined_up.index(work)].touch()
            return lined_up.index(work)
        if len(waiting) >= WAITING:
            raise BusyError
        (self.folder / f"waiting-{time_ns():020}-{work}").touch(0o600)
        return len(waiting)

    def _is_asked_for(self, ticket: Path) -> bool:
        try:
            is_recent = ticket.stat().st_mtime > time() - ASKED_SECONDS
        except FileNotFoundError:
            return False
        if not is_recent:
            ticket.unlink(missing_ok=True)
        return is_recent

    def _leave(self, work: str) -> None:
        for ticket in self.folder.glob(f"waiting-*-{work}"):
            ticket.unlink(missing_ok=True)

    @contextmanager
    def _lock(self, name: str) -> Iterator[bool]:
        """Whether a lock of this name is free; its file is gone when the block ends."""
        with self._lock_one(name, 1) as is_free:
            try:
                yield is_free
            finally:
                if is_free:
                    (self.folder / f"{name}-0").unlink(missing_ok=True)

    @contextmanager
    def _lock_one(self, name: str, most: int) -> Iterator[bool]:
        """Whether one of so many locks is free; it is kept until the block ends."""
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
