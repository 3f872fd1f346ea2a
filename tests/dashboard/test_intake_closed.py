"""A dashboard for readers gives nothing of what was sent but not released."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import dash
import pytest
from flask.testing import FlaskClient

from dashboard.intake import desk
from dashboard.texts import texts
from metrics.core.errors import SubmissionError
from metrics.messages import languages
from metrics.submissions.desk import Desk
from tests.dashboard.reading import of_type, words
from tests.submitted import FINLAND, csv

TEMPLATE = "/download/template.xlsx?collection=empact-cse&area=FI&round=2024"
SENDER = {"X-Requested-With": "EMPACT", "X-File-Name": "finland.csv"}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Figures of Finland, and the digest of a file that waits there for confirmation."""
    home = tmp_path_factory.mktemp("workspace")
    path = csv(tmp_path_factory.mktemp("files") / "finland.csv")
    own = Desk(home)
    own.submit(path, **FINLAND)
    with path.open("rb") as stream:
        return home, own.receive_upload(stream, path.name)


@pytest.fixture
def sent(workspace: tuple[Path, str], monkeypatch: pytest.MonkeyPatch) -> str:
    home, digest = workspace
    monkeypatch.setenv("EMPACT_HOME", str(home))
    return digest


@pytest.fixture
def closed(sent: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("EMPACT_INTAKE", "closed")
    return sent


def test_an_open_intake_gives_the_workbook(client: FlaskClient, sent: str) -> None:
    assert client.get(TEMPLATE).status_code == 200


@pytest.mark.parametrize("what", ["annotated.xlsx", "findings.csv", "template.xlsx"])
def test_no_file_is_given(client: FlaskClient, closed: str, what: str) -> None:
    _, _, asked = TEMPLATE.partition("?")
    answer = client.get(f"/download/{what}?{asked}&checked={closed}")

    assert answer.status_code == 403
    assert texts("en")("submit.closed") in answer.text
    assert not answer.data.startswith(b"PK")
    assert b"ICSE_VICTIMS" not in answer.data


@pytest.mark.parametrize("language", languages())
def test_no_file_is_taken(client: FlaskClient, closed: str, language: str) -> None:
    address = f"/upload?lang={language}"
    answer = client.post(address, data=b"series,period,value", headers=SENDER)

    assert answer.status_code == 403
    assert answer.json == {"error": texts(language)("submit.closed")}


@pytest.mark.parametrize("language", languages())
def test_the_page_only_says_so(client: FlaskClient, closed: str, language: str) -> None:
    page = page_of("/submit")(checked=closed, lang=language)

    assert texts(language)("submit.closed") in words(page)
    assert not of_type(page, "Button")
    assert not of_type(page, "Table")


def page_of(path: str) -> Callable[..., Any]:
    found: Callable[..., Any] = next(
        each["layout"] for each in dash.page_registry.values() if each["path"] == path
    )
    return found


@pytest.mark.parametrize("word", ["closed", "none", "Open", "0", ""])
def test_any_other_word_closes_it(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    monkeypatch.setenv("EMPACT_INTAKE", word)

    with pytest.raises(SubmissionError, match="shows published figures only"):
        desk()


def test_it_is_closed_unless_somebody_opened_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EMPACT_INTAKE")

    with pytest.raises(SubmissionError, match="shows published figures only"):
        desk()


@pytest.mark.parametrize(
    ("sender", "host", "status"),
    [
        ("127.0.0.1", "localhost", 200),
        ("127.0.0.1", "127.0.0.1:8050", 200),
        ("::1", "localhost:8050", 200),
        ("192.0.2.7", "localhost", 403),
        ("127.0.0.1", "metrics.example.org", 403),
    ],
)
@pytest.mark.usefixtures("sent")
def test_a_local_intake_is_open_to_this_machine_only(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, sender: str, host: str, status: int
) -> None:
    monkeypatch.setenv("EMPACT_INTAKE", "local")
    monkeypatch.setitem(
        client.application.config,
        "TRUSTED_HOSTS",
        ["localhost", "127.0.0.1", "metrics.example.org"],
    )
    answer = client.get(TEMPLATE, headers={"Host": host}, environ_base={"REMOTE_ADDR": sender})

    assert answer.status_code == status
