"""An upload is opened, read and validated once, whatever is asked about it, unless data changed."""

import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from types import FrameType

import pandas as pd
import pytest
from openpyxl import load_workbook
from pandas.testing import assert_frame_equal

from metrics.core.errors import UnknownNameError, UnreadableError
from metrics.intake.findings import Finding
from metrics.intake.limited_process import run_limited
from metrics.intake.templates import findings_sheets
from metrics.submissions import examination_store
from metrics.submissions.desk import Desk, Examination, Outcome
from metrics.submissions.examination import examine_opened
from metrics.submissions.examination_store import OPENED
from tests.submitted import FINLAND, csv, place

PERSONAL = "jane.doe@example.org"
ONCE = {"process": 1, "examination": 1}
ONLY_EXAMINED = {"examination": 1}  # an upload is opened once, whatever follows
counters: list[Counter[str]] = []


def count_processes(event: str, _arguments: object) -> None:
    if event == "subprocess.Popen":
        for counter in counters:
            counter["process"] += 1


sys.addaudithook(count_processes)


@contextmanager
def counting() -> Iterator[Counter[str]]:
    """Count the processes that read a file, and those that examine one."""
    counter: Counter[str] = Counter()

    def count_call(frame: FrameType, event: str, _called: object) -> None:
        is_start = event == "call" and frame.f_code is run_limited.__code__
        if is_start and frame.f_locals["work"] is examine_opened:
            counter["examination"] += 1

    counters.append(counter)
    sys.setprofile(count_call)
    try:
        yield counter
    finally:
        sys.setprofile(None)
        counters.remove(counter)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "home")


def upload(desk: Desk, path: Path) -> str:
    return desk.receive_upload(BytesIO(path.read_bytes()), path.name)


@pytest.fixture
def uploaded(desk: Desk, tmp_path: Path) -> str:
    return upload(desk, csv(tmp_path / "fi.csv"))


def files(desk: Desk) -> list[str]:
    return sorted(path.name for path in desk.uploads.folder.iterdir())


def test_page_findings_annotated_copy_and_confirmation_examine_a_file_once(
    desk: Desk, uploaded: str
) -> None:
    with counting() as counter:
        page = desk.examine_upload(uploaded, "fi", **FINLAND)
        copy = desk.annotate_upload(uploaded, "fi", **FINLAND)
        listed = Desk(desk.home).examine_upload(uploaded, "en", **FINLAND)
        confirmed = desk.confirm_upload(uploaded, "", **FINLAND)

    assert counter == ONCE
    assert (page.language, listed.language) == ("fi", "en")
    assert page.findings == listed.findings == confirmed.findings
    assert findings_sheets() & {*load_workbook(BytesIO(copy)).sheetnames}
    assert confirmed.submission is not None
    assert confirmed.submission.digest == uploaded


def test_an_annotated_copy_of_a_file_takes_one_examination(desk: Desk, tmp_path: Path) -> None:
    path = csv(tmp_path / "fi.csv", INVESTIGATIONS_OPENED="-5")
    found: list[Examination] = []
    with counting() as counter:
        copy = desk.annotate_file(path, examined=found.append, **FINLAND)

    assert counter == ONCE
    assert findings_sheets() & {*load_workbook(BytesIO(copy)).sheetnames}
    assert [one.outcome for one in found] == [Outcome.HAS_ERRORS]


def test_the_tables_of_an_examination_hold_no_object_for_each_text(
    desk: Desk, tmp_path: Path
) -> None:
    """A file of 100,000 rows would take a gigabyte in the two processes that hold them."""
    found = desk.examiner.examine(csv(tmp_path / "fi.csv"), **FINLAND)

    assert found.difference is not None
    for table in (found.observations, found.difference):
        texts = [dtype for dtype in table.dtypes if isinstance(dtype, pd.StringDtype)]
        assert {dtype.storage for dtype in texts} == {"pyarrow"}
    assert found.cells.empty


def assert_same(one: Examination, other: Examination) -> None:
    for name in ("digest", "outcome", "language", "format", "collection", "area", "round",
                 "findings", "groups", "same_as_current", "replaces"):  # fmt: skip
        assert getattr(one, name) == getattr(other, name), name
    for name in ("observations", "actions", "difference", "cells"):
        assert_frame_equal(as_in_a_file(getattr(one, name)), as_in_a_file(getattr(other, name)))


def as_in_a_file(table: pd.DataFrame) -> pd.DataFrame:
    """The same table with its texts kept in the same way, whoever made it."""
    return pd.read_parquet(BytesIO(table.reset_index(drop=True).to_parquet()))


@pytest.mark.parametrize("typed", ["150", "about forty"])
def test_what_is_stored_is_what_was_found(desk: Desk, tmp_path: Path, typed: str) -> None:
    desk.submit(csv(tmp_path / "1.csv"), **FINLAND)
    path = csv(tmp_path / "2.csv", INVESTIGATIONS_OPENED=typed)
    digest = upload(desk, path)
    desk.examine_upload(digest, **FINLAND)

    alone = desk.examiner.examine(path, with_cells=True, **FINLAND)
    assert_same(desk.examine_upload(digest, **FINLAND), alone)


def test_a_file_is_compared_again_when_something_else_came(
    desk: Desk, uploaded: str, tmp_path: Path
) -> None:
    before = desk.examine_upload(uploaded, **FINLAND)
    other = csv(tmp_path / "2.csv", INVESTIGATIONS_OPENED="150")
    came = desk.submit(other, **FINLAND).submission
    with counting() as counter:
        after = [desk.examine_upload(uploaded, **FINLAND) for _ in range(2)]

    assert before.replaces is None
    assert [examination.replaces for examination in after] == [came, came]
    assert counter == ONLY_EXAMINED


def test_a_submission_that_is_not_compared_with_changes_nothing(
    desk: Desk, uploaded: str, tmp_path: Path
) -> None:
    desk.examine_upload(uploaded, **FINLAND)
    desk.submit(csv(tmp_path / "2.csv"), **place("FI", "2025"))
    with counting() as counter:
        desk.examine_upload(uploaded, **FINLAND)

    assert counter == {}


def test_for_another_round_a_file_is_examined_again(desk: Desk, uploaded: str) -> None:
    desk.examine_upload(uploaded, **FINLAND)
    with counting() as counter:
        desk.examine_upload(uploaded, **place("FI", "2025"))

    assert counter == ONLY_EXAMINED


def test_by_other_rules_a_file_is_examined_again(
    desk: Desk, uploaded: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.examine_upload(uploaded, **FINLAND)
    monkeypatch.setattr(examination_store, "examination_version", lambda: "another")
    with counting() as counter:
        desk.examine_upload(uploaded, **FINLAND)

    assert counter == ONLY_EXAMINED


def test_a_damaged_examination_is_made_again(desk: Desk, uploaded: str) -> None:
    before = desk.examine_upload(uploaded, **FINLAND)
    (stored,) = set(desk.uploads.folder.glob("*.zip")) - opened_files(desk)
    stored.write_bytes(stored.read_bytes()[:100])

    assert_same(desk.examine_upload(uploaded, **FINLAND), before)


def opened_files(desk: Desk) -> set[Path]:
    return {*desk.uploads.folder.glob(f"*.{OPENED}")}


def test_an_upload_whose_reading_is_damaged_is_sent_again(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "fi.csv"
    path.write_bytes(csv(path).read_text().encode("utf-16"))
    uploaded = upload(desk, path)
    before = desk.examine_upload(uploaded, **FINLAND)
    (stored,) = opened_files(desk)
    stored.write_bytes(stored.read_bytes()[:100])

    with pytest.raises(UnknownNameError, match="send it again"):
        desk.examine_upload(uploaded, **place("SE"))
    assert files(desk) == []
    assert upload(desk, path) == uploaded
    assert_same(desk.examine_upload(uploaded, **FINLAND), before)


@pytest.mark.parametrize("content", [f"series,period,value\nICSE_VICTIMS,2024,{PERSONAL}\n", "\0"])
def test_of_a_file_with_data_about_a_person_or_that_cannot_be_read_nothing_is_stored(
    desk: Desk, tmp_path: Path, content: str
) -> None:
    (tmp_path / "fi.csv").write_text(content)
    digest = upload(desk, tmp_path / "fi.csv")
    outcome = desk.examine_upload(digest, **FINLAND).outcome

    assert outcome in {Outcome.IDENTIFYING, Outcome.UNREADABLE}
    assert files(desk) == []
    with pytest.raises(UnknownNameError, match="send it again"):
        desk.uploads.path(digest)


def test_what_cannot_be_read_is_not_annotated(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "fi.xlsx").write_bytes(b"PK\x03\x04 and then nothing")
    digest = upload(desk, tmp_path / "fi.xlsx")

    with pytest.raises(UnreadableError, match=r"fi\.xlsx "):
        desk.annotate_upload(digest, **FINLAND)


def test_an_examination_is_forgotten_with_its_upload(
    desk: Desk, uploaded: str, tmp_path: Path
) -> None:
    desk.examine_upload(uploaded, **FINLAND)
    os.utime(desk.uploads.path(uploaded), (0, 0))
    upload(desk, csv(tmp_path / "2.csv", INVESTIGATIONS_OPENED="150"))

    assert [name.endswith("-2.csv") for name in files(desk)] == [True]


def test_an_examination_is_gone_when_its_upload_is_confirmed(desk: Desk, uploaded: str) -> None:
    desk.examine_upload(uploaded, **FINLAND)
    desk.confirm_upload(uploaded, **FINLAND)

    assert files(desk) == []


def test_the_file_of_findings_is_written_in_a_process_of_its_own(desk: Desk, uploaded: str) -> None:
    def write(_ask: object, findings: Sequence[Finding], language: str) -> bytes:
        return f"{os.getpid()} {len(findings)} {language}".encode()

    process, number, language = desk.write_findings(uploaded, "fi", write=write, **FINLAND).split()
    found = desk.examine_upload(uploaded, "fi", **FINLAND).findings
    assert int(process) != os.getpid()
    assert (int(number), language) == (len(found), b"fi")
