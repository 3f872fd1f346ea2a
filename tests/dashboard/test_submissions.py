"""The list of submissions: what was sent, its state, and the way to withdraw it."""

import importlib
from pathlib import Path
from types import ModuleType

import pytest
from flask.testing import FlaskClient

from dashboard.components.submission.receipt import receipt_address, withdrawal_address
from dashboard.intake import desk
from dashboard.view import View
from tests.dashboard.reading import of_type, with_class, words
from tests.submitted import FINLAND, csv

SENT = ("sent-121.csv", "sent-122.csv", "sent-123.csv")
ADDRESS = {"collection": "empact-cse", "area": "FI"}


@pytest.fixture
def page(client: FlaskClient, empty_home: Path) -> ModuleType:
    return importlib.import_module("dashboard.pages.submissions")


def links(drawn: object) -> list[str]:
    return [link.href for link in of_type(drawn, "Link")]


def test_without_a_submission_the_page_says_so(page: ModuleType) -> None:
    assert "Nothing has been submitted yet." in words(page.layout(**ADDRESS))


def test_a_submission_is_listed_with_its_receipt_and_can_be_withdrawn(
    page: ModuleType, tmp_path: Path
) -> None:
    sent = desk().submit(csv(tmp_path / "figures.csv"), **FINLAND)

    drawn = page.layout(**ADDRESS, lang="fi")
    listed = words(drawn)
    assert "figures.csv" in listed
    assert "voimassa" in listed
    assert sent.digest[:12] in listed
    assert "huomio" in listed
    assert sent.submission is not None
    assert withdrawal_address(sent.submission, View(lang="fi")) in links(drawn)
    assert "määräpäivän jälkeen" in listed
    assert receipt_address([sent.submission], View(lang="fi")) in links(drawn)


def test_many_submissions_are_listed_in_numbered_pages(
    page: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "SUBMISSIONS_OF_A_PAGE", 2)
    for opened in ("121", "122", "123"):
        desk().submit(csv(tmp_path / f"sent-{opened}.csv", INVESTIGATIONS_OPENED=opened), **FINLAND)

    first, second = (words(page.layout(**ADDRESS, page=number)) for number in ("", "2"))
    assert [name for name in SENT if name in first] == ["sent-122.csv", "sent-123.csv"]
    assert [name for name in SENT if name in second] == ["sent-121.csv"]
    assert "Page 1 of 2" in first


def test_single_figures_that_were_withdrawn_leave_the_rest_in_force(
    page: ModuleType, tmp_path: Path
) -> None:
    submitted = desk().submit(csv(tmp_path / "figures.csv"), **FINLAND).submission
    assert submitted is not None
    desk().withdraw(submitted, "counted twice by mistake", ["ICSE_VICTIMS FI 2024"])

    listed = words(page.layout(**ADDRESS))
    assert "in force in part; single figures were withdrawn on" in listed
    assert "replaced" not in listed


def test_what_was_not_accepted_is_listed_with_its_findings(
    page: ModuleType, tmp_path: Path
) -> None:
    refused = csv(tmp_path / "wrong.csv", INVESTIGATIONS_OPENED="-1")
    digest = desk().submit(refused, **FINLAND).digest

    address = page.layout(**ADDRESS)
    assert f"/submissions?collection=empact-cse&area=FI&checked={digest}" in links(address)
    (finding,) = with_class(page.layout(**ADDRESS, checked=digest), "finding-error")
    assert "negative" in words(finding)


def test_what_was_withdrawn_is_listed_with_its_reason(page: ModuleType, tmp_path: Path) -> None:
    submitted = desk().submit(csv(tmp_path / "figures.csv"), **FINLAND).submission
    assert submitted is not None
    desk().withdraw(submitted, "counted twice by mistake", [])

    drawn = page.layout(**ADDRESS)
    assert "withdrawal of the whole submission" in words(drawn)
    assert "counted twice by mistake" in words(drawn)
    assert "replaced" not in words(drawn)
    assert not [address for address in links(drawn) if address.startswith("/withdraw")]
    assert "figures.csv" not in words(page.layout(collection="empact-cse", area="SE"))


def test_a_closed_intake_lists_nothing(
    page: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk().submit(csv(tmp_path / "figures.csv"), **FINLAND)
    monkeypatch.setenv("EMPACT_INTAKE", "closed")

    assert "figures.csv" not in words(page.layout(**ADDRESS))


def test_submit_leads_to_the_list(page: ModuleType) -> None:
    submit = importlib.import_module("dashboard.pages.submit")

    assert "/submissions?collection=empact-cse" in links(submit.layout(collection="empact-cse"))
