"""Work in a process of its own, within limits: one piece at a time in each worker."""

from collections.abc import Callable
from threading import BoundedSemaphore
from typing import TypeVar

from dashboard.progress import Advance, no_advance
from metrics.core.errors import SubmissionError, UnreadableError
from metrics.intake.limited_process import Ask, WorkLimits, run_limited

Result = TypeVar("Result")


class NotInTimeError(SubmissionError):
    """Work exceeds its limits, or waits too long for other work."""


class OneAtATime:
    """NotInTimeError, by the key `refusal`, if work is not done in time."""

    def __init__(self, limits: WorkLimits, waiting_seconds: float, refusal: str) -> None:
        self.limits, self.waiting_seconds, self.refusal = limits, waiting_seconds, refusal
        self.turn = BoundedSemaphore(1)

    def run(
        self, work: Callable[..., Result], *arguments: object, advance: Advance = no_advance
    ) -> Result:
        """The result of `work(ask, *arguments)`, which reports its steps by `advance_of(ask)`."""
        if not self.turn.acquire(timeout=self.waiting_seconds):
            raise NotInTimeError(self.refusal)
        try:
            return run_limited(
                work, self.limits, "", *arguments, answer=lambda steps: advance(*steps)
            )
        except UnreadableError as error:
            raise NotInTimeError(self.refusal) from error
        finally:
            self.turn.release()


def advance_of(ask: Ask) -> Advance:
    """Report the steps of a piece of work to the process that waits for it."""
    return lambda done, total: ask((done, total))
