"""Work on a submitted text ends with its process: done, at a limit, or when nobody waits."""

import gc
import os
from collections.abc import Callable
from time import monotonic, sleep

import numpy as np
import pandas as pd
import pytest

from metrics.core.crash_reports import ReportedFaultError
from metrics.core.error_origins import name_faulty_part
from metrics.core.errors import SubmissionError, UnreadableError
from metrics.intake.formats.limits import NICENESS
from metrics.intake.limited_process import (
    AbandonedError,
    WorkLimits,
    abandoned_when,
    run_limited,
)

LIMITS = WorkLimits(1, 64, "to examine")
PERSON = "Anna Virtanen"  # invented
Ask = Callable[[int], int]


def double(ask: Ask, number: int) -> tuple[int, int]:
    return ask(number), os.getpid()


def test_the_work_runs_elsewhere_and_may_ask_a_question() -> None:
    answer, process = run_limited(double, LIMITS, "a.csv", 21, answer=lambda asked: 2 * asked)

    assert answer == 42
    assert process != os.getpid()


def count_searched(_ask: Ask) -> int:
    return len(gc.get_objects())


def test_what_came_with_the_fork_is_never_searched_for_garbage() -> None:
    """To look at an object is to copy its page of memory."""
    held = [[number] for number in range(5_000)]

    assert run_limited(count_searched, LIMITS, "a.csv") < len(held) < len(gc.get_objects())


def large_table(_ask: Ask, rows: int) -> pd.DataFrame:
    texts = [f"text {row}" for row in range(rows)]
    return pd.DataFrame({"number": range(rows), "half": np.arange(rows) / 2, "text": texts})


def test_a_result_that_is_larger_than_a_message_arrives_whole() -> None:
    table = run_limited(large_table, WorkLimits(20, 640, "to examine"), "a.csv", 100_000)

    pd.testing.assert_frame_equal(table, large_table(int, 100_000))


def without_end(_ask: Ask) -> None:
    while True:
        pass


def without_bound(_ask: Ask) -> int:
    return len(bytearray(1 << 30))


def end_early(_ask: Ask) -> None:
    os._exit(3)


class Endless:
    """A result that ends its process while it is sent."""

    def __reduce__(self) -> tuple[type, tuple[bytes]]:
        return bytes, (bytes(1 << 30),)


def end_late(_ask: Ask) -> Endless:
    return Endless()


@pytest.mark.parametrize(
    ("work", "sentence"),
    [
        (without_end, "a.csv takes longer to examine than the 1 s of processor time"),
        (without_bound, "a.csv needs more than 64 MB of memory to examine"),
        (end_early, "a.csv needs more than 64 MB of memory to examine"),
        (end_late, "a.csv needs more than 64 MB of memory to examine"),
    ],
)
def test_a_limit_is_named_with_the_file(work: Callable[[Ask], object], sentence: str) -> None:
    with pytest.raises(UnreadableError, match=sentence):
        run_limited(work, LIMITS, "a.csv")


def refuse(_ask: Ask) -> None:
    raise SubmissionError("not like this")


def fail(_ask: Ask) -> None:
    with name_faulty_part("rule large_change"):
        raise KeyError(PERSON)


def test_an_error_of_the_work_is_raised_here() -> None:
    with pytest.raises(SubmissionError, match="not like this"):
        run_limited(refuse, LIMITS, "a.csv")


def test_a_fault_is_described_without_a_text_of_the_file() -> None:
    with pytest.raises(ReportedFaultError) as caught:
        run_limited(fail, LIMITS, "a.csv")

    assert caught.value.fault == "KeyError in rule large_change"
    assert PERSON not in caught.value.description


def name_process(ask: Callable[[object], object]) -> None:
    ask(os.getpid())
    sleep(60)


def test_what_nobody_waits_for_is_ended() -> None:
    begun: list[int] = []
    before = monotonic()

    with abandoned_when(lambda: bool(begun)), pytest.raises(AbandonedError):
        run_limited(name_process, LIMITS, "a.csv", answer=begun.append)

    assert monotonic() - before < 30
    with pytest.raises(ProcessLookupError):
        os.kill(begun[0], 0)


def niceness(_ask: object = None) -> int:
    return os.getpriority(os.PRIO_PROCESS, 0)


def test_work_on_a_file_gives_way_to_readers() -> None:
    assert run_limited(niceness, LIMITS, "a.csv") == min(niceness() + NICENESS, 19)
