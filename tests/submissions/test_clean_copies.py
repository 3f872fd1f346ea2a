"""What a workspace keeps of a file: its clean copy, and the digests of both."""

from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

import openpyxl
import pytest

from metrics.core.errors import SubmissionError
from metrics.submissions.desk import Desk, Examination, Outcome
from metrics.submissions.ledger import State
from tests import hidden_data
from tests.hidden_data import MAIL, ODS, PERSON, TRACES, XLSX, XLSX_AUTHORS
from tests.hostile import parts_of
from tests.submitted import FINLAND, csv

if TYPE_CHECKING:
    from metrics.intake.findings import Finding

IDENTIFYING, HAS_ERRORS, ACCEPTED = Outcome.IDENTIFYING, Outcome.HAS_ERRORS, Outcome.ACCEPTED
EXAMPLES = {
    "unused string": (hidden_data.xlsx(XLSX["unused shared string"]), IDENTIFYING),
    "chart": (hidden_data.xlsx(XLSX["chart"]), IDENTIFYING),
    "picture": (hidden_data.xlsx(XLSX["picture"]), HAS_ERRORS),
    "comment author": (hidden_data.xlsx(XLSX_AUTHORS["author of a comment"]), ACCEPTED),
}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "home")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file that is accepted, and not its own clean copy."""
    return written(tmp_path / "fi.xlsx", EXAMPLES["comment author"][0])


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def kept_bytes(desk: Desk) -> Iterator[bytes]:
    for path in desk.home.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            yield content
            if content.startswith(b"PK"):
                yield from parts_of(content).values()


def kept_traces(desk: Desk, *answers: object) -> list[bytes]:
    contents = [*kept_bytes(desk), *(str(answer).encode() for answer in answers)]
    return [trace for trace in TRACES if any(trace in content for content in contents)]


@pytest.mark.parametrize("name", EXAMPLES)
def test_nothing_of_a_person_is_kept_of_a_file_that_is_sent(
    desk: Desk, tmp_path: Path, name: str
) -> None:
    content, outcome = EXAMPLES[name]
    examination = desk.submit(written(tmp_path / "fi.xlsx", content), **FINLAND)

    assert examination.outcome is outcome
    assert not kept_traces(desk, examination, desk.ledger.reports(), desk.ledger.submissions())


@pytest.mark.parametrize("name", EXAMPLES)
def test_nothing_of_a_person_is_kept_of_an_upload(desk: Desk, name: str) -> None:
    content, outcome = EXAMPLES[name]
    digest = desk.receive_upload(BytesIO(content), "fi.xlsx")
    examination = desk.examine_upload(digest, **FINLAND)
    traces = kept_traces(desk, examination)

    assert (examination.outcome, traces) == (outcome, [])
    if outcome is not IDENTIFYING:
        copy = desk.annotate_upload(digest, **FINLAND)
        assert not [trace for trace in TRACES for part in parts_of(copy).values() if trace in part]
    if outcome is ACCEPTED:
        desk.confirm_upload(digest, **FINLAND)
        assert not kept_traces(desk)


def test_an_open_document_with_a_hidden_person_is_refused(desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path / "fi.ods", hidden_data.ods(ODS["tracked changes"]))

    assert desk.submit(path, **FINLAND).outcome is IDENTIFYING
    assert not kept_traces(desk)


def digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def test_the_ledger_has_the_digests_of_the_file_as_sent_and_as_kept(desk: Desk, path: Path) -> None:
    kept = desk.submit(path, **FINLAND).submission

    assert kept is not None
    assert kept.sent_digest == digest(path)
    assert kept.digest == digest(desk.archive.path(kept.key)) != kept.sent_digest
    assert kept.key.endswith(f"{kept.digest[:8]}.xlsx")
    assert kept.size == desk.archive.path(kept.key).stat().st_size
    desk.store.verify([kept])


def sent_again(desk: Desk, path: Path) -> Examination:
    again = desk.submit(path, **FINLAND)
    assert again.submission is None
    assert len(desk.ledger.submissions()) == 1
    return again


def test_the_same_file_again_and_the_kept_copy_change_nothing(desk: Desk, path: Path) -> None:
    kept = desk.submit(path, **FINLAND).submission
    assert kept is not None

    for other in (path, desk.archive.path(kept.key)):
        assert sent_again(desk, other).same_as_current == kept


def test_a_file_that_differs_only_in_what_is_left_out_is_the_same(
    desk: Desk, path: Path, tmp_path: Path
) -> None:
    kept = desk.submit(path, **FINLAND).submission
    parts = parts_of(path.read_bytes())
    parts["docProps/core.xml"] = parts["docProps/core.xml"].replace(b"</dc:", b"Ministry</dc:", 1)
    other = written(tmp_path / "saved-again.xlsx", hidden_data.zip_of(parts))

    assert sent_again(desk, other).same_as_current == kept
    digest = desk.receive_upload(BytesIO(other.read_bytes()), other.name)
    assert desk.examine_upload(digest, **FINLAND).same_as_current == kept


def test_a_lost_ledger_still_knows_a_file_that_is_sent_again(
    desk: Desk, path: Path, tmp_path: Path
) -> None:
    kept = desk.submit(path, **FINLAND).submission
    assert kept is not None
    desk.close()
    for name in ("ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite-shm"):
        (desk.home / "data" / name).unlink(missing_ok=True)
    rmtree(desk.home / "data" / "staging")
    rebuilt = Desk(desk.home)
    (found,) = rebuilt.ledger.submissions()

    assert (found.key, found.digest, found.sent_digest) == (kept.key, kept.digest, None)
    again = rebuilt.submit(path, **FINLAND)
    assert again.same_as_current is not None
    assert again.same_as_current.state == State.CURRENT


def test_an_archive_of_files_as_they_were_sent_can_be_read(desk: Desk, path: Path) -> None:
    kept = desk.submit(path, **FINLAND).submission
    assert kept is not None
    old = desk.archive.path(kept.key).with_name(f"{kept.vintage}-{digest(path)[:8]}.xlsx")
    desk.archive.path(kept.key).unlink()
    written(old, path.read_bytes())
    desk.close()
    for name in ("ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite-shm"):
        (desk.home / "data" / name).unlink(missing_ok=True)
    rmtree(desk.home / "data" / "staging")
    before = Desk(desk.home)

    assert len(before.observations("empact-cse")) == 1
    assert before.submit(path, **FINLAND).same_as_current is not None


def test_the_annotated_copy_is_made_of_the_clean_copy(desk: Desk, path: Path) -> None:
    copy = desk.annotate_file(path, **FINLAND)
    comment = openpyxl.load_workbook(BytesIO(copy))["Figures"]["D2"].comment

    assert comment is not None
    assert comment.text.startswith("estimated")
    assert MAIL not in comment.author


def test_a_name_that_holds_data_about_a_person_is_not_written(desk: Desk, tmp_path: Path) -> None:
    content = csv(tmp_path / "fi.csv").read_bytes()

    with pytest.raises(SubmissionError, match="name of the file contains data about a person"):
        desk.receive_upload(BytesIO(content), f"{MAIL} 131052-308T.csv")
    assert not [*desk.home.rglob("*-*")]


def test_the_findings_of_a_refused_place_repeat_nothing(desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path / "fi.xlsx", hidden_data.xlsx(XLSX["pivot cache"]))
    findings: tuple[Finding, ...] = desk.examiner.examine(path, **FINLAND).findings

    assert findings
    assert PERSON not in str(findings)


def test_the_name_of_a_file_that_cannot_be_read_is_not_kept(desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path / "Anna Virtanen.xlsx", b"PK\x03\x04 and then nothing")
    examination = desk.submit(path, **FINLAND)

    assert examination.refusal is not None
    assert examination.refusal.parameters["file"] == "Anna Virtanen.xlsx"
    assert not kept_traces(desk, desk.ledger.reports()[0].refusal)


@pytest.fixture
def sent_twice(desk: Desk, path: Path) -> str:
    """An upload that was examined; then the file as sent took the place of its clean copy."""
    for _ in range(2):
        digest = desk.receive_upload(BytesIO(path.read_bytes()), path.name)
        desk.examine_upload(digest, "", **FINLAND)
    return desk.receive_upload(BytesIO(path.read_bytes()), path.name)


def test_the_clean_copy_of_an_upload_that_is_sent_again_is_kept(
    desk: Desk, sent_twice: str
) -> None:
    confirmed = desk.confirm_upload(sent_twice, "", **FINLAND)

    assert confirmed.submission is not None
    assert confirmed.submission.digest != sent_twice
    assert not kept_traces(desk)


def test_an_upload_that_is_sent_again_is_annotated(desk: Desk, sent_twice: str) -> None:
    copy = desk.annotate_upload(sent_twice, "", **FINLAND)

    assert not [trace for trace in TRACES for part in parts_of(copy).values() if trace in part]
    assert not kept_traces(desk)
