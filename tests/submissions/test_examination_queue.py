"""Two files are examined at a time, some wait, and the next is refused."""

import os
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from threading import Thread
from time import sleep

import pytest

from metrics.intake.limited_process import AbandonedError, abandoned_when
from metrics.submissions import examination_queue
from metrics.submissions.desk import Desk
from metrics.submissions.examination_queue import (
    AT_ONCE,
    WAITING,
    BusyError,
    ExaminationQueue,
    WaitingError,
)
from tests.submitted import FINLAND, csv


@pytest.fixture
def queue(tmp_path: Path) -> ExaminationQueue:
    return ExaminationQueue(tmp_path / "staging" / "queue")


def test_the_queue_is_bounded_and_says_so(queue: ExaminationQueue) -> None:
    with ExitStack() as held:
        for _ in range(AT_ONCE + WAITING):
            held.enter_context(queue.reserve())
        with pytest.raises(BusyError, match=f"{AT_ONCE} files .* and {WAITING} wait"):
            held.enter_context(ExaminationQueue(queue.folder).reserve())

    with queue.reserve():
        pass


def test_only_so_many_have_their_turn(
    queue: ExaminationQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examination_queue, "PATIENCE_SECONDS", 0.2)
    with ExitStack() as held:
        for number in range(AT_ONCE):
            held.enter_context(queue.turn(f"held{number}"))
        with pytest.raises(BusyError):
            held.enter_context(queue.turn("a"))

    with queue.turn("a"):
        pass


def test_who_has_left_does_not_wait(queue: ExaminationQueue) -> None:
    with abandoned_when(lambda: True), pytest.raises(AbandonedError), queue.turn("a"):
        pass
    assert not [*queue.folder.glob("waiting-*")]


def test_the_turn_of_a_process_that_ends_is_free(queue: ExaminationQueue) -> None:
    child = os.fork()
    if not child:
        for _ in range(AT_ONCE + WAITING):
            ExitStack().enter_context(queue.reserve())
        os._exit(0)
    os.waitpid(child, 0)

    with queue.reserve():
        pass


def test_an_upload_waits_for_its_turn_but_what_was_examined_does_not(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "home")
    first, second = (csv(tmp_path / name) for name in ("first.csv", "second.csv"))
    second.write_text(second.read_text() + "\n")
    examined, waiting = (
        desk.receive_upload(BytesIO(path.read_bytes()), path.name) for path in (first, second)
    )
    found = desk.examine_upload(examined, **FINLAND)

    with ExitStack() as held:
        for _ in range(AT_ONCE + WAITING):
            held.enter_context(desk.queue.reserve())
        assert desk.examine_upload(examined, **FINLAND).findings == found.findings
        with pytest.raises(BusyError):
            desk.examine_upload(waiting, **FINLAND)

    assert desk.examine_upload(waiting, **FINLAND).digest == waiting


def ask(queue: ExaminationQueue, name: str) -> int | None:
    """How many wait before a file; None if it has its turn at once."""
    try:
        with queue.turn_at_once(name):
            return None
    except WaitingError as wait:
        return wait.before


def test_who_asks_again_keeps_the_place_in_the_line(queue: ExaminationQueue) -> None:
    with ExitStack() as held:
        for number in range(AT_ONCE):
            held.enter_context(queue.turn(f"held{number}"))
        assert [ask(queue, name) for name in ("a", "b", "c", "b", "a")] == [0, 1, 2, 1, 0]

    assert [ask(queue, name) for name in ("c", "b", "a")] == [2, 1, None]
    assert [ask(queue, name) for name in ("c", "b", "c")] == [1, None, None]


def test_who_does_not_ask_again_has_left_the_line(
    queue: ExaminationQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ExitStack() as held:
        for number in range(AT_ONCE):
            held.enter_context(queue.turn(f"held{number}"))
        assert [ask(queue, name) for name in ("a", "b")] == [0, 1]
        monkeypatch.setattr(examination_queue, "ASKED_SECONDS", -1)

        assert ask(queue, "b") == 0


def test_the_line_is_bounded(queue: ExaminationQueue) -> None:
    with ExitStack() as held:
        for number in range(AT_ONCE):
            held.enter_context(queue.turn(f"held{number}"))
        for number in range(WAITING):
            assert ask(queue, str(number)) == number
        with pytest.raises(BusyError):
            ask(queue, "one more")


def test_a_file_is_examined_once_at_a_time(queue: ExaminationQueue) -> None:
    with queue.turn_at_once("a"):
        assert (ask(queue, "a"), ask(queue, "b")) == (0, 1)
    assert [ask(queue, name) for name in ("a", "b")] == [None, None]
    assert not [*queue.folder.glob("examining-*"), *queue.folder.glob("waiting-*")]


def test_who_waits_for_a_download_stands_in_the_same_line(queue: ExaminationQueue) -> None:
    order: list[str] = []

    def download(name: str) -> None:
        with queue.turn(name):
            order.append(name)

    with ExitStack() as held:
        for number in range(AT_ONCE):
            held.enter_context(queue.turn(f"held{number}"))
        downloads = [Thread(target=download, args=(name,)) for name in ("a", "b")]
        for number, thread in enumerate(downloads, 1):
            thread.start()
            while len([*queue.folder.glob("waiting-*")]) < number:
                sleep(0.01)
        assert ask(queue, "c") == len(downloads)
    for thread in downloads:
        thread.join()

    assert order == ["a", "b"]
    assert ask(queue, "c") is None
