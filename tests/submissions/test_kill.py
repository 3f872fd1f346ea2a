"""A process that is killed at any moment leaves the old state or the new one.

The child ends itself with SIGKILL just before the nth call into the operating system or the
database; n grows until the child gets through. Nothing in the product knows of it.
"""

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
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
SURVIVED = 0


def killed_before(step: int, work: Callable[[], object]) -> bool:
    """Whether the work was ended before its nth step, in a process of its own."""
    child = os.fork()
    if child == 0:
        remaining = step

        def count(_frame: FrameType, event: str, called: object) -> None:
            nonlocal remaining
            if event == "c_call" and getattr(called, "__name__", "") in STEPS:
                remaining -= 1
                if remaining == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.setprofile(count)
        work()
        os._exit(SURVIVED)
    _, ended = os.waitpid(child, 0)
    assert ended in {SURVIVED, signal.SIGKILL}, "the work failed by itself"
    return ended != SURVIVED


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
    seen, step = set(), 1
    while killed_before(step, lambda: Desk(home).keep_file(second, examination, copy=second)):
        states, digests = reopened(home)
        assert digests in ([old.digest], [old.digest, examination.digest])
        assert states.count(State.CURRENT) == 1
        seen.add(len(digests))
        step += 1

    assert reopened(home) == ([State.REPLACED, State.CURRENT], [old.digest, examination.digest])
    assert seen == {1, 2}
    assert step > 20


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
    seen, step = set(), 1
    # Once both are kept, the same would be refused: the second has replaced the first.
    while 3 not in seen and killed_before(step, lambda: Desk(home).store.enter_together(files)):
        _, digests = reopened(home)
        assert digests in (both[:1], both)
        assert not list((home / "data" / "raw").rglob(".*.group"))
        seen.add(len(digests))
        step += 2  # the opening of the ledger takes most steps

    assert reopened(home) == ([State.REPLACED, State.REPLACED, State.CURRENT], both)
    assert seen == {1, 3}
    assert step > 20


def test_killed_while_it_makes_the_ledger(home: Path, tmp_path: Path) -> None:
    path = csv(tmp_path / "1.csv")
    examination = Desk(home).examiner.examine(path, **FINLAND)
    step = 1
    while killed_before(step, lambda: Desk(home).keep_file(path, examination, copy=path)):
        assert reopened(home)[1] in ([], [examination.digest])
        step += 4  # every fourth: the migration alone is a hundred steps

    assert reopened(home)[1] == [examination.digest]


def test_killed_while_it_receives_an_upload(home: Path, tmp_path: Path) -> None:
    path, desk = csv(tmp_path / "1.csv"), Desk(home)
    step = 1
    with path.open("rb") as stream:
        while killed_before(step, lambda: desk.receive_upload(stream, "1.csv")):
            waiting = [path.name for path in desk.uploads.folder.glob("*-1.csv")]
            assert all((desk.uploads.folder / name).stat().st_size for name in waiting)
            step += 1
            stream.seek(0)

    assert len(list(desk.uploads.folder.glob("*-1.csv"))) == 1


def test_killed_while_it_stores_an_examination(home: Path, tmp_path: Path) -> None:
    path, desk = csv(tmp_path / "1.csv"), Desk(home)
    digest = desk.receive_upload(BytesIO(path.read_bytes()), "1.csv")
    request = ExaminationRequest(describe_upload(path), {})
    stored = StoredExamination(desk.examiner.examine(path, **FINLAND), "en", "")
    step = 1
    while killed_before(step, lambda: desk.examiner.examinations.write(request, stored)):
        half = desk.examiner.examinations.read(request)
        assert half is None or half.examination.findings == stored.examination.findings
        step += 1

    found = desk.examiner.examinations.read(request)
    assert found is not None
    assert found.examination.findings == stored.examination.findings
    assert step > 5
    desk.uploads.drop(digest)
    assert not [*desk.uploads.folder.glob("*.zip")]


def release(home: Path, label: str) -> Path:
    """A small release, published as any other."""
    table = pd.DataFrame({"area": ["FI"], "round": [label]}, dtype="str")
    folder = home / "data" / "processed" / "empact-cse" / label
    publish({"reporting": table, "actions": table}, {"inputs": label}, folder)
    return folder


def test_killed_while_it_publishes(home: Path) -> None:
    folder = release(home, "old").parent
    ends, step = set(), 1
    while killed_before(step, partial(release, home, f"new-{step}")):
        there = folder / current_label(folder)
        assert read_facts(there)["tables"].keys() == {path.name for path in there.glob("*.parquet")}
        ends.add((there.name == f"new-{step}", (folder / f"new-{step}").exists()))
        step += 1

    # Not written; written and not pointed to yet; shown.
    assert ends == {(False, False), (False, True), (True, True)}
    assert not list(folder.rglob("*.part"))
