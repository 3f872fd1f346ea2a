"""A finding about persons is contested on the page where only users of this machine send files."""

import importlib
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from dashboard.intake import desk, requested_scope
from dashboard.view import View
from metrics.submissions.desk import Outcome
from tests.dashboard.reading import words

REASON = "The name of a street, checked with the register of addresses"
CONTENT = (
    b"indicator;area;period;value;remark\nICSE_VICTIMS;FI;2024;14;Anna Virtanen has 2 offices\n"
)
ADDRESS = "/upload?collection=empact-cse&area=FI&round=2024"
SENT = {"X-Requested-With": "EMPACT", "X-File-Name": "fi.csv"}


@pytest.fixture
def local(client: FlaskClient, empty_home: Path, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    monkeypatch.setenv("EMPACT_INTAKE", "local")
    assert empty_home.is_dir()
    return client


def send(
    client: FlaskClient, reason: str | None = None, address: str = "127.0.0.1"
) -> tuple[int, View]:
    headers = SENT | ({} if reason is None else {"X-Not-Personal": quote(reason)})
    answer = client.post(
        ADDRESS, data=CONTENT, headers=headers, environ_base={"REMOTE_ADDR": address}
    )
    found = (answer.get_json(silent=True) or {}).get("search", "")
    return answer.status_code, View.parse(found)


def shown(view: View) -> str:
    submit = importlib.import_module("dashboard.pages.submit")
    context = submit.submission_context(view)
    return words(list(submit.examined_sections(context)))


def test_a_file_sent_again_with_a_reason_is_confirmed_and_the_reason_kept(
    local: FlaskClient,
) -> None:
    _, refused = send(local)
    before = shown(refused)
    _, contested = send(local, REASON)
    after = shown(contested)
    submit = importlib.import_module("dashboard.pages.submit")
    texts_of_file = desk().examine_upload(contested.checked, **requested_scope(contested))
    confirmed = contested.with_changes(texts=texts_of_file.texts.digest)
    (kept,) = submit.confirm_files(confirmed, "")

    assert "Is none of this about a person?" in before
    assert "Is none of this about a person?" not in after
    assert REASON in after
    assert kept.outcome is Outcome.ACCEPTED
    assert list(desk().explanations()["explained"]) == [REASON]
    assert not [*desk().uploads.folder.glob(f"{contested.checked}*")]


def test_a_reason_holds_for_the_file_that_it_came_with(local: FlaskClient) -> None:
    send(local, REASON)
    _, again = send(local)

    assert "Is none of this about a person?" in shown(again)


@pytest.mark.parametrize("reason", ["", " ", "no", "It is Anna Virtanen of our office herself"])
def test_a_reason_that_says_nothing_or_names_a_person_is_refused(
    local: FlaskClient, reason: str
) -> None:
    assert send(local, reason)[0] == 413
    assert not [*desk().uploads.folder.glob("*")]


def test_the_answer_to_a_contest_without_a_reason_is_that_one_is_needed(
    local: FlaskClient,
) -> None:
    answer = local.post(ADDRESS, data=CONTENT, headers=SENT | {"X-Not-Personal": ""})

    assert "can only be contested with a reason" in answer.get_json()["error"]
    assert answer.get_json()["field"] == "contest-reason"


@pytest.mark.parametrize(("intake", "address"), [("open", "127.0.0.1"), ("local", "192.0.2.1")])
def test_others_cannot_contest(
    local: FlaskClient, monkeypatch: pytest.MonkeyPatch, intake: str, address: str
) -> None:
    """Neither where anyone may send, nor from another machine; a kept reason counts no more."""
    _, contested = send(local, REASON)
    monkeypatch.setenv("EMPACT_INTAKE", intake)

    assert send(local, REASON, address)[0] == 403
    if intake == "open":
        assert "contested" not in requested_scope(contested)
        assert "cannot be contested on this page" not in shown(contested)
        assert "Is none of this about a person?" not in shown(contested)
