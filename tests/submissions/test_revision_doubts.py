"""The workbook of an earlier round, filled in with the figures of a later one, is noticed."""

from datetime import date
from pathlib import Path

import pytest

from metrics.__main__ import run
from metrics.catalogue.loader import catalogue
from metrics.core.errors import SubmissionError
from metrics.submissions.desk import Desk
from metrics.submissions.revision_doubts import doubted_round, names_round
from tests.submitted import csv, place

COLLECTION = catalogue().collections["empact-cse"]
IN_2026 = date(2026, 6, 1)
OTHER_YEAR = {"INVESTIGATIONS_OPENED": "131", "ICSE_VICTIMS": "16", "ICSE_VICTIMS[sex=F]": "12"}


def doubted(
    tmp_path: Path,
    name: str,
    changes: dict[str, str],
    on: date = IN_2026,
    *,
    named: bool = False,
) -> str:
    desk = Desk(tmp_path / "home")
    desk.submit(csv(tmp_path / "first.csv"), **place("FI", "2024"))
    examination = desk.examiner.examine(csv(tmp_path / name, **changes), **place("FI", "2024"))
    return doubted_round(examination, COLLECTION, on, is_round_named=named)


@pytest.mark.parametrize(
    ("name", "changes", "later"),
    [
        ("FI-2025.csv", {"INVESTIGATIONS_OPENED": "121"}, "2025"),
        ("FI-2024.csv", {"INVESTIGATIONS_OPENED": "121"}, ""),
        ("FI-2024-2025.csv", {"INVESTIGATIONS_OPENED": "121"}, ""),
        ("report.csv", OTHER_YEAR, "2025"),
        ("report.csv", {"INVESTIGATIONS_OPENED": "121"}, ""),
    ],
)
def test_the_name_of_the_file_and_the_share_of_changed_figures_are_signs(
    tmp_path: Path, name: str, changes: dict[str, str], later: str
) -> None:
    assert doubted(tmp_path, name, changes) == later


def test_before_the_deadline_and_before_a_later_round_opens_nothing_is_asked(
    tmp_path: Path,
) -> None:
    assert doubted(tmp_path, "FI-2025.csv", OTHER_YEAR, date(2025, 3, 1)) == ""


def test_who_names_the_round_has_answered(tmp_path: Path) -> None:
    assert doubted(tmp_path, "FI-2025.csv", OTHER_YEAR, named=True) == ""


def test_a_year_within_a_longer_number_is_no_round() -> None:
    assert [names_round(name, "2025") for name in ("a-2025.xlsx", "120251.xlsx", "FI2025x")] == [
        True, False, True
    ]  # fmt: skip


def test_the_command_asks_for_the_round(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = tmp_path / "home"
    Desk(home).submit(csv(tmp_path / "first.csv"), **place("FI", "2024"))
    sent = csv(tmp_path / "FI-2025.csv", **OTHER_YEAR)
    command = ["--home", str(home), "submit", str(sent), "--collection", "empact-cse",
               "--area", "FI", "--yes"]  # fmt: skip

    assert run(command) == SubmissionError.exit_code
    assert "--round 2024" in capsys.readouterr().err
    assert run([*command, "--round", "2024"]) == 0
