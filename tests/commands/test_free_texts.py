"""On the command line, texts beside figures are listed, and confirmed by an option."""

import json
from pathlib import Path

import pytest

from metrics.__main__ import run
from metrics.submissions.desk import Desk

PLACE = ["--collection", "empact-cse", "--area", "FI", "--round", "2024"]
REMARK = "includes adults"


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    path = tmp_path / "fi.csv"
    path.write_text(f"series,period,value,remark\nICSE_VICTIMS,2024,12,{REMARK}\n")
    return path


def test_texts_are_listed_and_kept_once_they_are_confirmed(
    tmp_path: Path, sent: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = ["--home", str(tmp_path / "home")]

    assert run([*home, "submit", str(sent), *PLACE, "--yes"]) != 0
    refused = capsys.readouterr()
    quoted = f"fi!D2: in the column “remark”: {REMARK} (Victims identified in the ICSE database)"
    assert quoted in refused.out
    assert "--texts-confirmed" in refused.err
    assert Desk(tmp_path / "home").store.current("empact-cse") == []

    assert run([*home, "submit", str(sent), *PLACE, "--texts-confirmed"]) == 0
    (kept,) = Desk(tmp_path / "home").store.current("empact-cse")
    report = Desk(tmp_path / "home").ledger.report(kept)
    assert report is not None
    assert [own["text"] for own in report.texts["listed"]] == [REMARK]


def test_of_several_files_none_is_kept_without_the_confirmation(
    tmp_path: Path, sent: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.csv"
    other.write_text("series,period,value,remark\nTRAININGS_HELD,2024,3,\n")

    assert run(["--home", str(tmp_path / "home"), "submit", str(other), str(sent), *PLACE]) != 0

    assert "--texts-confirmed" in capsys.readouterr().err
    assert Desk(tmp_path / "home").store.current("empact-cse") == []


def test_the_answer_in_json_has_the_texts(
    tmp_path: Path, sent: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--home", str(tmp_path / "home"), "validate", str(sent), *PLACE, "--json"]) == 0

    (answer,) = json.loads(capsys.readouterr().out)["files"]
    assert answer["texts"]["number"] == 1
    assert answer["texts"]["listed"][0]["location"] == "fi!D2"
