"""Withdrawing on the page: what leaves is shown first, and a reason is asked for."""

import importlib
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest
from flask.testing import FlaskClient

from dashboard.intake import desk
from dashboard.texts import texts
from dashboard.view import View
from metrics.submissions.desk import RequestedScope
from metrics.submissions.ledger import Extent
from metrics.submissions.receipts import receipt_number
from tests.dashboard.reading import of_type, with_class, words
from tests.submitted import FINLAND, PreparedWorkspaces, csv

PLACE = {"collection": "empact-cse", "area": "FI", "round": "2024"}
SEARCH = View.from_query(PLACE).search
REASON = "counted twice by mistake"
OPENED = "INVESTIGATIONS_OPENED FI 2024"


@pytest.fixture
def page(
    client: FlaskClient,
    workspaces: PreparedWorkspaces,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> ModuleType:
    sent = csv(tmp_path / "figures.csv")
    monkeypatch.setenv("EMPACT_HOME", str(workspaces.copy(tmp_path / "home", (sent, FINLAND)).home))
    return importlib.import_module("dashboard.pages.withdraw")


def in_force() -> list[str]:
    _, observations = desk().figures_in_force("empact-cse", "FI", "2024")
    return sorted(set(observations["indicator"]))


def test_the_page_lists_the_figures_in_force(page: ModuleType) -> None:
    drawn = page.layout(**PLACE)
    (choices,) = of_type(drawn, "Checklist")
    assert "figures.csv" in words(drawn)
    assert "Investigations opened, 2024: 120\N{NO-BREAK SPACE}cases" in [
        option["label"] for option in choices.options
    ]
    assert choices.value == []


def test_from_a_part_only_its_own_figures_are_chosen(page: ModuleType, tmp_path: Path) -> None:
    part = tmp_path / "part.csv"
    part.write_text("series,area,period,value\nCONTENT_REMOVED,FI,2024,7\n")
    of_part = FINLAND | RequestedScope(extent=Extent.PART)
    kept = desk().submit(part, **of_part).submission
    assert kept is not None

    chosen = {}
    for one in desk().ledger.submissions("empact-cse"):
        drawn = page.layout(**PLACE, receipt=receipt_number(one))
        chosen[one.file] = [*of_type(drawn, "Checklist")[0].value]
    assert chosen["part.csv"] == ["CONTENT_REMOVED FI 2024"]
    assert OPENED in chosen["figures.csv"]


def test_without_a_state_it_is_asked_for(page: ModuleType) -> None:
    drawn = page.layout(lang="fi")

    assert "Valitse jäsenvaltio" in words(drawn)
    assert "ei ole voimassa" not in words(drawn)
    assert {"FI", "EL"} <= {option.value for option in of_type(drawn, "Option")}


@pytest.mark.parametrize("query", [{**PLACE, "area": "SE"}, {**PLACE, "round": "2025"}])
def test_where_nothing_is_in_force_the_page_says_so(
    page: ModuleType, query: dict[str, str]
) -> None:
    drawn = page.layout(**query)
    assert "nothing can be withdrawn" in words(drawn)
    assert not of_type(drawn, "Button")


def test_after_a_withdrawal_the_page_says_what_was_withdrawn_and_why(page: ModuleType) -> None:
    submission, _ = desk().figures_in_force("empact-cse", "FI", "2024")
    desk().withdraw(submission, REASON)

    drawn = words(page.layout(**PLACE))
    assert "Last submission of Finland, round 2024: figures.csv" in drawn
    assert REASON in drawn
    assert "in force." not in drawn


@pytest.mark.parametrize("reason", ["", None, "x"])
def test_a_reason_is_asked_for(page: ModuleType, reason: str | None) -> None:
    shown = page.show_withdrawal(1, [], reason, SEARCH)
    assert "why the figures are withdrawn" in words(shown)
    assert getattr(shown, "data-field") == "withdrawal-reason"


@pytest.mark.parametrize("reason", ["asked by Anna Virtanen", "call +358 40 123 4567 for it"])
def test_a_reason_with_a_person_is_refused_before_it_is_confirmed(
    page: ModuleType, reason: str
) -> None:
    shown = page.show_withdrawal(1, [OPENED], reason, SEARCH)

    assert with_class(shown, "verdict-refused")
    assert not of_type(shown, "Button")


def test_a_refusal_keeps_what_was_typed(page: ModuleType) -> None:
    submission, _ = desk().figures_in_force("empact-cse", "FI", "2024")
    reason = "asked by Anna Virtanen"

    drawn = page.confirm_withdrawal(1, submission.vintage, [OPENED], reason, SEARCH)

    assert with_class(drawn, "verdict-refused")
    assert [typed.value for typed in of_type(drawn, "Textarea")] == [reason]
    assert [choice.value for choice in of_type(drawn, "Checklist")] == [[OPENED]]


def test_parts_that_stay_in_force_are_named(page: ModuleType) -> None:
    shown = page.show_withdrawal(1, ["ICSE_VICTIMS FI 2024"], REASON, SEARCH)

    assert "2 parts of what is withdrawn stay in force" in words(shown)
    assert "boys and men, 2024: 4" in words(of_type(shown, "Ul")[1])


def test_what_leaves_is_shown_before_it_is_withdrawn(page: ModuleType) -> None:
    shown = page.show_withdrawal(1, [OPENED], REASON, SEARCH)
    assert "1 figure would be withdrawn" in words(shown)
    assert "It is left out of the next release." in words(shown)
    assert f"Reason: {REASON}" in words(shown)
    assert "stay in force" not in words(shown)
    assert [words(item).startswith("Investigations opened") for item in of_type(shown, "Li")] == [
        True
    ]
    assert in_force() == ["ICSE_VICTIMS", "INVESTIGATIONS_OPENED"]

    (vintage,) = [store.data for store in of_type(shown, "Store")]
    done = page.confirm_withdrawal(1, vintage, [OPENED], REASON, SEARCH)
    (arrival,) = of_type(done, "Location")
    assert arrival.href.startswith("/receipt?collection=empact-cse&receipt=empact-cse%2F2024%2FFI")
    assert in_force() == ["ICSE_VICTIMS"]


def test_what_is_left_of_a_file_goes_by_its_name(page: ModuleType) -> None:
    submission, _ = desk().figures_in_force("empact-cse", "FI", "2024")
    desk().withdraw(submission, REASON, [OPENED])

    drawn = words(page.layout(**PLACE))

    today = texts("en").date(datetime.now(UTC).date())
    assert "In force: figures.csv" in drawn
    assert f"Single figures of it were withdrawn on {today}: {REASON}" in drawn


@pytest.mark.parametrize(
    ("figures", "reason", "sentence"),
    [
        ([], "", "Kerro muutamalla sanalla"),
        ([], "asked by Anna Virtanen, born 1.2.2010", "Tekstissä on henkilötietoja"),
        ([], "counted 120 twice by mistake", "Syyssä on luku 120"),
        (["CONTENT_REMOVED FI 2024"], REASON, "ei ole voimassa olevien lukujen joukossa"),
    ],
)
def test_a_refusal_names_its_cause_in_the_language_of_the_page(
    page: ModuleType, figures: list[str], reason: str, sentence: str
) -> None:
    submission, _ = desk().figures_in_force("empact-cse", "FI", "2024")
    search = View.from_query({**PLACE, "lang": "fi"}).search

    answer = page.confirm_withdrawal(1, submission.vintage, figures, reason, search)

    assert sentence in words(answer)
    assert in_force() == ["ICSE_VICTIMS", "INVESTIGATIONS_OPENED"]


def test_without_a_choice_the_whole_is_withdrawn(page: ModuleType) -> None:
    shown = page.show_withdrawal(1, [], REASON, SEARCH)
    (vintage,) = [store.data for store in of_type(shown, "Store")]
    page.confirm_withdrawal(1, vintage, [], REASON, SEARCH)
    assert desk().ledger.submissions("empact-cse")[-1].extent == Extent.WITHDRAWAL


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "en",
            "all the figures of Finland, round 2024 that are in force, not only those of one file.",
        ),
        ("fi", "kaikki voimassa olevat luvut (Suomi, kierros 2024)"),
        ("el", "όλα τα στοιχεία σε ισχύ (Φινλανδία, γύρος 2024)"),
    ],
)
def test_a_whole_withdrawal_names_every_file_whose_figures_leave(
    page: ModuleType, tmp_path: Path, language: str, sentence: str
) -> None:
    part = tmp_path / "part.csv"
    part.write_text("series,period,value\nINVESTIGATIONS_OPENED,2024,130\n")
    desk().submit(part, collection="empact-cse", area="FI", round_="2024", extent=Extent.PART)
    search = View.from_query({**PLACE, "lang": language}).search

    whole = words(page.show_withdrawal(1, [], REASON, search))
    single = words(page.show_withdrawal(1, [OPENED], REASON, search))

    assert sentence in whole
    assert "figures.csv" in whole
    assert "part.csv" in whole
    assert "part.csv" not in single


def test_a_submission_that_came_meanwhile_is_not_withdrawn(
    page: ModuleType, tmp_path: Path
) -> None:
    shown = page.show_withdrawal(1, [], REASON, SEARCH)
    (vintage,) = [store.data for store in of_type(shown, "Store")]
    desk().submit(csv(tmp_path / "2.csv", INVESTIGATIONS_OPENED="130"), **FINLAND)
    answer = page.confirm_withdrawal(1, vintage, [], REASON, SEARCH)
    assert with_class(answer, "verdict-refused")
    assert in_force() == ["ICSE_VICTIMS", "INVESTIGATIONS_OPENED"]
