"""The workbook of an earlier round, filled in with the figures of a later one, is noticed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from metrics.__main__ import run
from metrics.catalogue.loader import catalogue
from metrics.core.errors import SubmissionError
from metrics.submissions.desk import Examination
from metrics.submissions.revision_doubts import doubted_round, names_round
from tests.submitted import FINLAND, PreparedWorkspaces, csv

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
    """Of a file with one changed figure, and of one with the figures of another year."""
    folder = tmp_path_factory.mktemp("doubts")
    desk = workspaces.copy(folder / "home", (csv(folder / "first.csv"), FINLAND))
    changed = {"one": {"INVESTIGATIONS_OPENED": "121"}, "all": OTHER_YEAR}
    return {
        name: desk.examiner.examine(csv(folder / f"{name}.csv", **changes), **FINLAND)
        for name, changes in changed.items()
    }


def doubted(examination: Examination, name: str, on: date = IN_2026, *, named: bool = False) -> str:
    sent = replace(examination, received=replace(examination.received, name=name))
    return doubted_round(sent, COLLECTION, on, is_round_named=named)


@pytest.mark.parametrize(
    ("name", "changed", "later"),
    [
        ("FI-2025.csv", "one", "2025"),
        ("FI-2024.csv", "one", ""),
        ("FI-2024-2025.csv", "one", ""),
        ("report.csv", "all", "2025"),
        ("report.csv", "one", ""),
    ],
)
def test_the_name_of_the_file_and_the_share_of_changed_figures_are_signs(
    examinations: Mapping[str, Examination], name: str, changed: str, later: str
) -> None:
    assert doubted(examinations[changed], name) == later


def test_before_the_deadline_and_before_a_later_round_opens_nothing_is_asked(
    examinations: Mapping[str, Examination],
) -> None:
    assert doubted(examinations["all"], "FI-2025.csv", date(2025, 3, 1)) == ""


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
