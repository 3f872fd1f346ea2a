"""Two senders of the same bytes both see why they were refused, though nothing is kept."""

from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest

from metrics.core.errors import UnknownNameError
from metrics.submissions import refusals
from metrics.submissions.desk import Desk, Outcome
from tests.submitted import FINLAND, csv

PERSONAL = "jane.doe@example.org"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "home")


def send(desk: Desk, content: bytes) -> str:
    return desk.receive_upload(BytesIO(content), "fi.csv")


@pytest.fixture
def personal(tmp_path: Path) -> bytes:
    return csv(tmp_path / "fi.csv", INVESTIGATIONS_OPENED=PERSONAL).read_bytes()


@pytest.mark.parametrize("content", ["personal", b"\x00\x01 no table"])
def test_both_senders_see_the_refusal(
    desk: Desk, request: pytest.FixtureRequest, content: bytes | str
) -> None:
    sent = request.getfixturevalue(content) if isinstance(content, str) else content
    digest, again = send(desk, sent), send(desk, sent)
    assert digest == again
    first, second = (desk.examine_upload(digest, "fi", **FINLAND) for _ in range(2))

    assert first.outcome is second.outcome
    assert first.outcome in {Outcome.IDENTIFYING, Outcome.UNREADABLE}
    to_second = second.refusal and second.refusal.with_parameters(file=first.received.name)
    assert (first.refusal, first.findings) == (to_second, second.findings)
    # The name that the first sender gave to the file is not for the second.
    assert second.received.name == f"{digest[:8]}.csv"
    assert second.language == "fi"
    assert PERSONAL not in repr(second)
    assert list(desk.uploads.folder.iterdir()) == []


def test_a_refusal_is_told_for_an_hour(
    desk: Desk, personal: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = send(desk, personal)
    desk.examine_upload(digest, **FINLAND)

    monkeypatch.setattr(refusals, "REMEMBERED", timedelta(seconds=-2))
    with pytest.raises(UnknownNameError, match="send it again"):
        desk.examine_upload(digest, **FINLAND)


def test_a_file_that_nobody_sent_has_no_refusal(desk: Desk, personal: bytes) -> None:
    with pytest.raises(UnknownNameError, match="send it again"):
        desk.examine_upload(sha256(personal).hexdigest(), **FINLAND)
    assert not desk.home.exists()


def test_a_file_with_errors_is_no_refusal(desk: Desk, tmp_path: Path) -> None:
    digest = send(desk, csv(tmp_path / "a.csv", INVESTIGATIONS_OPENED="-5").read_bytes())
    assert desk.examine_upload(digest, **FINLAND).outcome is Outcome.HAS_ERRORS
    desk.uploads.drop(digest)

    with pytest.raises(UnknownNameError, match="send it again"):
        desk.examine_upload(digest, **FINLAND)
