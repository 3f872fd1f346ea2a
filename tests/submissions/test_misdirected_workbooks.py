"""A workbook of an earlier round, or of another collection than the chosen one, is noticed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from metrics.__main__ import run
from metrics.catalogue.loader import catalogue
from metrics.core.errors import SubmissionError
from metrics.submissions.desk import Desk, Examination, Outcome, RequestedScope
from metrics.submissions.misdirected_workbooks import doubted_collection, doubted_round, names_round
from tests.submitted import FINLAND, PreparedWorkspaces, csv, place

COLLECTION = catalogue().collections["empact-cse"]
IN_2026 = date(2026, 6, 1)
OTHER_YEAR = {"INVESTIGATIONS_OPENED": "131", "ICSE_VICTIMS": "16", "ICSE_VICTIMS[sex=F]": "12"}


@pytest.fixture
def home(workspaces: PreparedWorkspaces, tmp_path: Path) -> Path:
    return workspaces.copy(tmp_path / "home", (csv(tmp_path / "first.csv"), FINLAND)).home


@pytest.fixture(scope="module")
def examinations(
    workspaces: PreparedWorkspaces, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Examination]:
    """Of files with one changed figure, with those of another year, with none, and of a first."""
    folder = tmp_path_factory.mktemp("doubts")
    desk = workspaces.copy(folder / "home", (csv(folder / "first.csv"), FINLAND))
    changed = {
        "one": {"INVESTIGATIONS_OPENED": "121"},
        "all": OTHER_YEAR,
        "none": {"CONTENT_REMOVED": ""},
    }
    found = {
        name: desk.examiner.examine(csv(folder / f"{name}.csv", **changes), **FINLAND)
        for name, changes in changed.items()
    }
    return found | {"first": desk.examiner.examine(folder / "one.csv", **place("SE"))}


def doubted(examination: Examination, name: str, on: date = IN_2026, *, named: bool = False) -> str:
    sent = replace(examination, received=replace(examination.received, name=name))
    return doubted_round(sent, COLLECTION, on, is_round_named=named)


@pytest.mark.parametrize(
    ("name", "changed", "later"),
    [
        ("FI-2025.csv", "one", "2025"),
        ("FI-2024.csv", "one", "2025"),
        ("report.csv", "all", "2025"),
        ("report.csv", "one", "2025"),
        ("report.csv", "first", "2025"),
        ("FI-2025.csv", "none", ""),
    ],
)
def test_a_file_for_a_round_that_is_over_is_doubted_if_it_changes_figures(
    examinations: Mapping[str, Examination], name: str, changed: str, later: str
) -> None:
    assert doubted(examinations[changed], name) == later


@pytest.mark.parametrize(
    ("outcome", "later"), [(Outcome.HAS_ERRORS, "2025"), (Outcome.IDENTIFYING, "")]
)
def test_a_file_with_errors_is_doubted_too(
    examinations: Mapping[str, Examination], outcome: Outcome, later: str
) -> None:
    assert doubted(replace(examinations["all"], outcome=outcome), "report.csv") == later


def test_before_the_deadline_and_before_a_later_round_opens_nothing_is_asked(
    examinations: Mapping[str, Examination],
) -> None:
    assert doubted(examinations["all"], "FI-2025.csv", date(2025, 3, 1)) == ""


def test_the_later_round_is_that_of_the_name_or_else_the_open_one(
    examinations: Mapping[str, Examination],
) -> None:
    in_2027 = date(2027, 6, 1)

    assert doubted(examinations["all"], "FI-2025.csv", in_2027) == "2025"
    assert doubted(examinations["all"], "report.csv", in_2027) == "2026"


def test_a_workbook_of_another_collection_than_the_chosen_one_is_doubted(
    examinations: Mapping[str, Examination],
) -> None:
    assert doubted_collection(examinations["one"], "interim-regulation") == "interim-regulation"
    assert doubted_collection(examinations["one"], "empact-cse") == ""
    unreadable = replace(examinations["one"], outcome=Outcome.UNREADABLE)
    assert doubted_collection(unreadable, "interim-regulation") == ""


@pytest.mark.parametrize(
    ("first_row", "collection"),
    [("Collection,sample,,", "sample"), ("Figures,,,", "empact-cse"), ("Collection,EMPAKT,,", "")],
)
def test_the_presumed_collection_gives_way_to_the_one_that_the_file_names(
    first_row: str, collection: str, tmp_path: Path
) -> None:
    path = csv(tmp_path / "own.csv")
    path.write_text(f"{first_row}\n{path.read_text()}")

    scope = RequestedScope(presumed="empact-cse", area="FI", round_="2024")
    examination = Desk(tmp_path / "home").examiner.examine(path, **scope)

    assert examination.collection == collection
    assert "collection_mismatch" not in {found.rule for found in examination.findings}


def test_who_names_the_round_has_answered(examinations: Mapping[str, Examination]) -> None:
    assert doubted(examinations["all"], "FI-2025.csv", named=True) == ""


def test_a_year_within_a_longer_number_is_no_round() -> None:
    assert [names_round(name, "2025") for name in ("a-2025.xlsx", "120251.xlsx", "FI2025x")] == [
        True, False, True
    ]  # fmt: skip


def test_the_command_asks_for_the_round(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sent = csv(tmp_path / "FI-2025.csv", **OTHER_YEAR)
    command = ["--home", str(home), "submit", str(sent), "--collection", "empact-cse",
               "--area", "FI", "--yes"]  # fmt: skip

    assert run(command) == SubmissionError.exit_code
    assert "--round 2024" in capsys.readouterr().err
    assert run([*command, "--round", "2024"]) == 0
