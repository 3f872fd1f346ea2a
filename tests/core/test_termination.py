"""A process ends on SIGTERM wherever the signal reaches it."""

import subprocess
import sys

import pytest

FINALIZER = """
class Freed:
    def __del__(self):
        raise_signal(SIGTERM)
Freed()
"""
CALLBACK = """
import weakref
class Freed: pass
freed = Freed()
reference = weakref.ref(freed, lambda _: raise_signal(SIGTERM))
del freed
"""
STATEMENT = "raise_signal(SIGTERM)"
BEGINNING = """
import time
from signal import SIGTERM, raise_signal
from metrics.core.termination import exit_on_sigterm
exit_on_sigterm()
"""


@pytest.mark.parametrize("interrupted", [STATEMENT, FINALIZER, CALLBACK])
def test_a_process_ends_wherever_the_signal_reaches_it(interrupted: str) -> None:
    program = BEGINNING + interrupted + "\ntime.sleep(120)"
    ended = subprocess.run(
        [sys.executable, "-c", program], timeout=60, capture_output=True, text=True, check=False
    )

    assert (ended.returncode, ended.stdout, ended.stderr) == (143, "", "")


def test_other_ignored_exceptions_are_still_reported() -> None:
    fails = "class Freed:\n    def __del__(self):\n        raise ValueError('a fault')\nFreed()"
    ended = subprocess.run(
        [sys.executable, "-c", BEGINNING + fails],
        timeout=60, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert "ValueError: a fault" in ended.stderr
