"""A process that ends at any moment leaves the old state or the new one.

The work runs once. Before each of its calls into the operating system or the database, what is on
disk is what a process that is killed there leaves: each different state is opened like any other
workspace. Nothing in the product knows of it.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from types import FrameType

import pandas as pd
import pytest

from metrics.release.publish import publish
from metrics.release.store import current_label, read_facts
from metrics.submissions.desk import Desk, RequestedScope
from metrics.submissions.examination import describe_upload
from metrics.submissions.examination_store import ExaminationRequest, StoredExamination
from metrics.submissions.ledger import State
from tests.submitted import FINLAND, csv

# What changes something that outlives a process, or decides that it does.
STEPS = {"open", "write", "fsync", "rename", "replace", "unlink", "mkdir", "rmdir"} | {
    "execute", "executemany", "commit", "rollback", "connect",
}  # fmt: skip


def before_steps(work: Callable[[], object], notice: Callable[[], None]) -> None:
    """Do the work, and call `notice` before each of its steps."""

    def count(_frame: FrameType, event: str, called: object) -> None:
        if event == "c_call" and getattr(called, "__name__", "") in STEPS:
            notice()

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)


def states_on_disk(home: Path, work: Callable[[], object]) -> Iterator[Path]:
    """A copy of the workspace as it is before each step of the work, if anything has changed."""
    states: list[Mapping[Path, bytes | None]] = []

    def notice() -> None:
        state = content_of(home)
        if state not in states[-1:]:
            states.append(state)

    before_steps(work, notice)
    assert len(states) > 3
    for number, state in enumerate(states):
        copy = home.with_name(f"killed-{number}")
        copy.mkdir()
        for path, content in state.items():
            if content is None:
                (copy / path).mkdir()
            else:
                (copy / path).write_bytes(content)
        yield copy


def content_of(home: Path) -> Mapping[Path, bytes | None]:
    """Folders and files; not the memory that connections share, which ends with them."""
    return {
        path.relative_to(home): path.read_bytes() if path.is_file() else None
        for path in sorted(home.rglob("*"))
        if not path.name.endswith("-shm")
    }


def reopened(home: Path) -> tuple[list[str], list[str]]:
    """The states of the ledger and the files of the archive; both must tell the same story."""
    desk = Desk(home)
    known = list(desk.ledger.submissions())
    desk.store.verify(known)
    assert [submission.key for submission in known] == sorted(desk.archive.keys())
    assert list(desk.archive.unfinished()) == []
    assert desk.store.recovered.strays == ()
    return [submission.state for submission in known], [submission.digest for submission in known]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_killed_while_it_submits(home: Path, tmp_path: Path) -> None:
    first, second = csv(tmp_path / "1.csv"), csv(tmp_path / "2.csv", INVESTIGATIONS_OPENED="150")
    desk = Desk(home)
    old = desk.submit(first, **FINLAND)
    examination = desk.examiner.examine(second, **FINLAND)
    desk.close()
    seen, both = set(), [old.digest, examination.digest]

    def keep(home: Path) -> None:
        Desk(home).keep_file(second, examination, copy=second)

    for killed in states_on_disk(home, lambda: keep(home)):
        states, digests = reopened(killed)
        assert digests in (both[:1], both)
        assert states.count(State.CURRENT) == 1
        seen.add(len(digests))
        keep(killed)
        assert reopened(killed) == ([State.REPLACED, State.CURRENT], both)

    assert reopened(home) == ([State.REPLACED, State.CURRENT], both)
    assert seen == {1, 2}


def test_a_killed_process_holds_no_lock(home: Path, tmp_path: Path) -> None:
    path = csv(tmp_path / "1.csv")
    examination = Desk(home).examiner.examine(path, **FINLAND)
    Desk(home).ledger.submissions()
    child = os.fork()
    if child == 0:
        with Desk(home).ledger.writing():
            os.kill(os.getpid(), signal.SIGKILL)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL

    Desk(home).keep_file(path, examination, copy=path)
    assert reopened(home)[1] == [examination.digest]


def test_killed_while_it_submits_two_parts(home: Path, tmp_path: Path) -> None:
    desk = Desk(home)
    old = desk.submit(csv(tmp_path / "old.csv"), **FINLAND)
    paths = [csv(tmp_path / f"{value}.csv", INVESTIGATIONS_OPENED=value) for value in ("1", "2")]
    part: RequestedScope = {**FINLAND, "extent": "part"}
    examined = [desk.examiner.examine(path, **part) for path in paths]
    files = [
        replace(examination.accepted_file(path), digest=examination.digest)
        for path, examination in zip(paths, examined, strict=True)
    ]
    files[1] = replace(files[1], replaces=files[0].digest)
    both = [old.digest, *(file.digest for file in files)]
    desk.close()
    seen = set()
    for killed in states_on_disk(home, lambda: Desk(home).store.enter_together(files)):
        _, digests = reopened(killed)
        assert digests in (both[:1], both)
        assert not list((killed / "data" / "raw").rglob(".*.group"))
        seen.add(len(digests))
        if len(digests) == 1:  # once both are kept, the second has replaced the first
            Desk(killed).store.enter_together(files)
        assert reopened(killed)[1] == both

    assert reopened(home) == ([State.REPLACED, State.REPLACED, State.CURRENT], both)
    assert seen == {1, 3}


def test_killed_while_it_makes_the_ledger(home: Path, tmp_path: Path) -> None:
    path = csv(tmp_path / "1.csv")
    examination = Desk(home).examiner.examine(path, **FINLAND)
    for killed in states_on_disk(home, lambda: Desk(home).keep_file(path, examination, copy=path)):
        assert reopened(killed)[1] in ([], [examination.digest])
        Desk(killed).keep_file(path, examination, copy=path)
        assert reopened(killed)[1] == [examination.digest]

    assert reopened(home)[1] == [examination.digest]


def test_killed_while_it_receives_an_upload(home: Path, tmp_path: Path) -> None:
    path = csv(tmp_path / "1.csv")

    def receive(home: Path) -> None:
        with path.open("rb") as stream:
            Desk(home).receive_upload(stream, "1.csv")

    for killed in states_on_disk(home, lambda: receive(home)):
        waiting = Desk(killed).uploads.folder
        assert all(file.stat().st_size for file in waiting.glob("*-1.csv"))
        receive(killed)
        assert len(list(waiting.glob("*-1.csv"))) == 1

    assert len(list(Desk(home).uploads.folder.glob("*-1.csv"))) == 1


def test_killed_while_it_stores_an_examination(home: Path, tmp_path: Path) -> None:
    path, desk = csv(tmp_path / "1.csv"), Desk(home)
    digest = desk.receive_upload(BytesIO(path.read_bytes()), "1.csv")
    request = ExaminationRequest(describe_upload(path), {})
    stored = StoredExamination(desk.examiner.examine(path, **FINLAND), "en", "")
    found = []
    for killed in states_on_disk(home, lambda: desk.examiner.examinations.write(request, stored)):
        reopened = Desk(killed)
        half = reopened.examiner.examinations.read(request)
        assert half is None or half.examination.findings == stored.examination.findings
        found.append(half is not None)
        reopened.uploads.drop(digest)
        assert not [*reopened.uploads.folder.glob("*.zip")]

    assert set(found) == {False, True}


def release(home: Path, label: str) -> Path:
    """A small release, published as any other."""
    table = pd.DataFrame({"area": ["FI"], "round": [label]}, dtype="str")
    folder = home / "data" / "processed" / "empact-cse" / label
    publish({"reporting": table, "actions": table}, {"inputs": label}, folder)
    return folder


def test_killed_while_it_publishes(home: Path) -> None:
    release(home, "old")
    ends = set()
    for killed in states_on_disk(home, lambda: release(home, "new")):
        folder = killed / "data" / "processed" / "empact-cse"
        there = folder / current_label(folder)
        assert read_facts(there)["tables"].keys() == {path.name for path in there.glob("*.parquet")}
        ends.add((there.name == "new", (folder / "new").exists()))
        release(killed, "next")
        assert not list(folder.rglob("*.part"))

    # Not written; written and not pointed to yet; shown.
    assert ends == {(False, False), (False, True), (True, True)}
