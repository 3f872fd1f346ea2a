"""Several files sent at once are parts of one report: all are submitted, or none."""

import importlib
import json
from io import BytesIO
from types import ModuleType, SimpleNamespace

import dash
import pytest
from flask.testing import FlaskClient

from dashboard.intake import desk
from dashboard.view import View
from metrics.core.errors import SubmissionError, SupersededError
from metrics.submissions.ledger import Extent
from metrics.submissions.several_files import confirm_parts
from tests.dashboard.reading import of_type, with_class, words
from tests.submitted import FINLAND

PLACE = View(collection="empact-cse", area="FI", round="2024")
VICTIMS, TRAININGS = "ICSE_VICTIMS", "TRAININGS_HELD"


@pytest.fixture
def page(client: FlaskClient, empty_home: object) -> ModuleType:
    return importlib.import_module("dashboard.pages.submit")


def upload(name: str, indicator: str, value: str) -> str:
    content = f"series,period,value\n{indicator},2024,{value}\n"
    return desk().receive_upload(BytesIO(content.encode()), name)


def view_of(*digests: str) -> View:
    view = PLACE
    for digest in digests:
        view = view.with_upload(digest)
    return view


def confirm(page: ModuleType, view: View, monkeypatch: pytest.MonkeyPatch) -> object:
    (button,) = of_type(page.layout(**vars(view)), "Button")
    inputs = [[{"id": button.id}]]
    monkeypatch.setattr(dash, "ctx", SimpleNamespace(inputs_list=inputs))
    return page.confirm_submission([1], view.search)


def in_force() -> dict[str, float]:
    table = desk().observations("empact-cse")
    return dict(zip(table["indicator"], table["value"], strict=True))


def test_two_files_are_confirmed_with_one_button(
    page: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = view_of(upload("a.csv", VICTIMS, "12"), upload("b.csv", TRAININGS, "3"))

    drawn = words(page.layout(**vars(view)))
    done = confirm(page, view, monkeypatch)

    assert "2 files, parts of one report" in drawn
    (arrival,) = of_type(done, "Location")
    assert len(View.parse(arrival.href.partition("?")[2]).receipts) == 2
    assert in_force() == {VICTIMS: 12, TRAININGS: 3}
    submitted = desk().ledger.submissions("empact-cse")
    assert [submission.extent for submission in submitted] == [Extent.PART] * 2


def test_several_files_without_a_state_are_asked_for_it_once(page: ModuleType) -> None:
    view = view_of(upload("a.csv", VICTIMS, "12"), upload("b.csv", TRAININGS, "3"))

    asked = page.layout(**vars(view.with_changes(area="")))
    answered = page.layout(**vars(view))

    assert words(asked).count("For which State and round is this file?") == 1
    assert "Answer the questions below first" in words(with_class(asked, "verdict")[0])
    assert "All files can be submitted." in words(answered)


def test_with_an_error_in_one_none_is_submitted(page: ModuleType) -> None:
    good, bad = upload("a.csv", VICTIMS, "12"), upload("b.csv", TRAININGS, "many")

    drawn = page.layout(**vars(view_of(good, bad)))
    kept = confirm_parts(desk(), [good, bad], ["", ""], **FINLAND)

    assert "cannot be submitted together" in words(drawn)
    assert of_type(drawn, "Button") == []
    assert [examination.submission for examination in kept] == [None, None]
    assert desk().ledger.submissions("empact-cse") == []


def test_two_files_about_the_same_figures_are_refused(page: ModuleType) -> None:
    digests = upload("a.csv", VICTIMS, "12"), upload("b.csv", VICTIMS, "13")

    drawn = page.layout(**vars(view_of(*digests)))

    assert "a.csv and b.csv contain the same figures" in words(drawn)
    with pytest.raises(SubmissionError, match="the same figures"):
        confirm_parts(desk(), digests, ["", ""], **FINLAND)


def test_what_came_meanwhile_is_not_replaced(page: ModuleType) -> None:
    digests = upload("a.csv", VICTIMS, "12"), upload("b.csv", TRAININGS, "3")
    other = upload("c.csv", "CONTENT_REMOVED", "7")
    desk().confirm_upload(other, **FINLAND)

    with pytest.raises(SupersededError):
        confirm_parts(desk(), digests, ["", ""], **FINLAND)
    assert in_force() == {"CONTENT_REMOVED": 7}


def test_the_same_file_twice_is_one_file(page: ModuleType) -> None:
    digest = upload("a.csv", VICTIMS, "12")

    assert view_of(digest, digest).uploads == [digest]


def test_the_address_of_an_upload_takes_another_one(page: ModuleType, client: FlaskClient) -> None:
    search, headers = PLACE.search, {"X-Requested-With": "EMPACT", "X-File-Name": "a.csv"}
    for number in (1, 2):
        content = f"series,period,value\n{VICTIMS},2024,{number}\n".encode()
        search = json.loads(client.post(f"/upload{search}", data=content, headers=headers).text)[
            "search"
        ]

    view = View.parse(search)
    assert (len(view.uploads), view.extent) == (2, "part")
