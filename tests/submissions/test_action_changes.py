"""Declared actions are compared with those of the vintage that a file would replace."""

from pathlib import Path

import pytest

from metrics.__main__ import run
from metrics.core.actions import actions_table
from metrics.submissions.action_changes import compare_actions
from metrics.submissions.desk import Desk, RequestedScope
from tests.submitted import FINLAND

SCOPE = ["--collection", "empact-cse", "--area", "FI", "--round", "2024"]
FIRST = (
    "GA-1.1,planned,Train police,2025,\nGA-1.1,planned,Open a hotline,2025,\n"
    "GA-1.1,undertaken,Publish a report,2024,completed"
)
SECOND = "GA-1.1,undertaken,Train police,2025,\nGA-1.1,planned,Open a hotline,2025,\nGA-1.1,planned,Hire staff,2026,"


def declaration(path: Path, rows: str) -> Path:
    path.write_text(f"goals,status,description,timeframe,progress\n{rows}\n")
    return path


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    opened = Desk(tmp_path / "home")
    assert opened.submit(declaration(tmp_path / "1.csv", FIRST), **FINLAND).submission
    return opened


def test_actions_are_new_changed_unchanged_and_removed(desk: Desk, tmp_path: Path) -> None:
    examination = desk.examiner.examine(declaration(tmp_path / "2.csv", SECOND), **FINLAND)

    changes = examination.action_changes
    assert dict(zip(changes["description"], changes["change"], strict=True)) == {
        "Train police": "changed", "Open a hotline": "unchanged", "Hire staff": "new",
        "Publish a report": "removed",
    }  # fmt: skip
    trained = changes.set_index("description").loc["Train police"]
    assert (trained["previous_status"], trained["status"]) == ("planned", "undertaken")
    assert (trained["cell"], [*changes["cell"]][-1]) == ("C2", "")


def test_a_part_without_actions_leaves_them(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "part.csv"
    path.write_text("series,period,value\nICSE_VICTIMS,2024,12\n")
    part: RequestedScope = {**FINLAND, "extent": "part"}

    assert desk.examiner.examine(path, **part).action_changes.empty
    assert [*desk.examiner.examine(path, **FINLAND).action_changes["change"]] == ["removed"] * 3


def test_the_first_actions_are_all_new() -> None:
    declared = actions_table(
        {"area": "FI", "goals": "GA-1.1", "description": text, "row": number}
        for number, text in enumerate(("Train", "Hire"), 2)
    )

    changes = compare_actions(declared.head(0), declared)

    assert [*changes["change"]] == ["new", "new"]
    assert {*changes["previous_status"]} == {""}


def test_the_command_lists_what_becomes_of_each_action(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(declaration(tmp_path / "2.csv", SECOND))

    assert run(["--home", str(desk.home), "validate", file, *SCOPE]) == 0
    told = capsys.readouterr().out
    assert "declared actions: 1 new, 1 changed, 1 unchanged, 1 removed" in told
    assert "2!C2 GA-1.1 Train police; will be undertaken -> already undertaken; 2025" in told
    assert "Publish a report" in told
    assert "Open a hotline" not in told

    assert run(["--home", str(desk.home), "validate", file, "--values", *SCOPE]) == 0
    assert capsys.readouterr().out.count("Open a hotline") == 1
