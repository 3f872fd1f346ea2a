"""End a process cleanly on SIGTERM: what is being written is finished or rolled back."""

import sys
from signal import ITIMER_REAL, SIGALRM, SIGTERM, setitimer, signal

TRIED_AGAIN_AFTER = 0.1  # seconds


def exit_on_sigterm() -> None:
    """Raise SystemExit on SIGTERM, and once more each time that Python has ignored it.

    Python ignores exceptions in finalizers and in callbacks of weak references, and a signal may
    arrive while one of them runs.
    """
    signal(SIGTERM, end_process)
    signal(SIGALRM, end_process)
    report = sys.unraisablehook

    def try_again(ignored: "sys.UnraisableHookArgs") -> None:
        if issubclass(ignored.exc_type, SystemExit):
            setitimer(ITIMER_REAL, TRIED_AGAIN_AFTER)
        else:
            report(ignored)

    sys.unraisablehook = try_again


def end_process(*_: object) -> None:
    raise SystemExit(128 + SIGTERM)
