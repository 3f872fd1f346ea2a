"""The receipt has an address of its own, and says what was received, changed and found."""

import importlib
import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.components.submission.receipt import (
    receipt_address,
    release_with,
    withdrawal_address,
)
from dashboard.intake import desk
from dashboard.view import View
from metrics.release.store import FACTS, POINTER
from metrics.submissions.ledger import Submission
from tests.dashboard.reading import of_type, words
from tests.submitted import FINLAND, csv

REASON = "counted twice by mistake"


@pytest.fixture
def sent(client: FlaskClient, empty_home: Path, tmp_path: Path) -> Submission:
    submission = desk().submit(csv(tmp_path / "figures.csv"), **FINLAND).submission
    assert submission is not None
    return submission


def drawn_receipt(address: str) -> object:
    page = importlib.import_module("dashboard.pages.receipt")
    query = vars(View.parse(address.partition("?")[2]))
    return page.layout(**{name: value for name, value in query.items() if value})


@pytest.mark.parametrize(
    ("language", "facts"),
    [
        ("en", ["Received: Finland, round 2024", "figures.csv", "4 (new 4, changed 0", "in force"]),
        ("fi", ["Vastaanotettu: Suomi, kierros 2024", "koko raportti", "4 (uusia 4", "voimassa"]),
        ("el", ["Παρελήφθη: Φινλανδία, γύρος 2024", "ολόκληρη η αναφορά", "4 (νέα 4", "σε ισχύ"]),
    ],
)
def test_a_receipt_can_be_opened_again_and_saved_as_text(
    client: FlaskClient, sent: Submission, language: str, facts: list[str]
) -> None:
    address = receipt_address([sent], View(lang=language))

    page = words(drawn_receipt(address))
    assert all(fact in page for fact in [*facts, sent.digest, sent.sent_digest or ""])
    answer = client.get(receipt_address([sent], View(lang=language), "/download/receipt.txt"))
    assert all(fact in answer.text for fact in facts[1:])
    assert f"http://localhost{address}" in answer.text
    assert answer.headers["Content-Disposition"].endswith(".txt")


def test_findings_stand_in_the_receipt_with_the_way_to_withdraw(sent: Submission) -> None:
    drawn = drawn_receipt(receipt_address([sent], View()))

    assert [link.href for link in of_type(drawn, "Link") if "withdraw" in link.href] == [
        withdrawal_address(sent, View())
    ]
    assert "due by 31 March 2025" in words(drawn)
    assert "UTC; after the due date" in words(drawn)
    assert "Findings in the file" in words(drawn)
    assert "indicator_left_out" in words(of_type(drawn, "Details"))


@pytest.mark.parametrize(
    ("until", "release"), [("2099-01-01T0000Z", "2099-01-01"), ("2020-01-01T0000Z", "")]
)
def test_the_release_that_was_built_after_a_submission_is_named(
    sent: Submission, empty_home: Path, until: str, release: str
) -> None:
    folder = empty_home / "data" / "processed" / "empact-cse" / "2099-01-01"
    folder.mkdir(parents=True)
    (folder / FACTS).write_text(json.dumps({"submissions": [{"vintage": until}]}))
    (folder.parent / POINTER).write_text(folder.name)

    assert release_with(sent) == release


def test_a_withdrawal_has_a_receipt_and_is_named_on_that_of_its_file(sent: Submission) -> None:
    entry = desk().withdraw(sent, REASON)

    withdrawal = words(drawn_receipt(receipt_address([entry], View())))
    file = words(drawn_receipt(receipt_address([sent], View())))

    assert "4 figures withdrawn" in withdrawal
    assert f"Reason {REASON}" in withdrawal
    assert f": {REASON}" in file
    assert "withdrawn on" in file
    assert "in force" not in file
    assert "replaced" not in file


def test_files_that_were_submitted_together_have_one_page(sent: Submission, tmp_path: Path) -> None:
    other = desk().submit(csv(tmp_path / "b.csv"), **FINLAND | {"area": "SE"}).submission
    assert other is not None

    page = words(drawn_receipt(receipt_address([sent, other], View())))
    assert all(name in page for name in ("Finland, round 2024", "Sweden, round 2024"))


def test_an_unknown_receipt_is_answered_with_404(client: FlaskClient, empty_home: Path) -> None:
    page = client.get("/receipt?lang=en&receipt=empact-cse/2024/FI/x")

    assert (page.status_code, "There is no receipt" in page.text) == (404, True)
    assert client.get("/download/receipt.txt?receipt=a/b/c/d").status_code == 404
    assert client.get("/download/receipt.txt?lang=en").status_code == 404


def test_a_closed_intake_shows_no_receipt(
    sent: Submission, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EMPACT_INTAKE", "closed")

    assert "figures.csv" not in words(drawn_receipt(receipt_address([sent], View())))
