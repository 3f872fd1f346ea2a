"""What nobody foresaw is one sentence, with a report that quotes nothing."""

from pathlib import Path

import click
import pytest

from metrics.__main__ import run
from metrics.core.crash_reports import REPORT_FOLDER, UnforeseenError, report_unexpected
from metrics.core.errors import SubmissionError

PERSONAL = "Matti Testinen"
PLACE = ("--collection", "empact-cse", "--area", "FI", "--round", "2024")


def stopped(home: Path, wrong: Exception) -> UnforeseenError:
    with pytest.raises(UnforeseenError) as output, report_unexpected(home):
        raise wrong
    return output.value


@pytest.mark.parametrize("wrong", [ValueError(PERSONAL), KeyError(PERSONAL), OSError(PERSONAL)])
def test_a_fault_is_one_sentence_with_a_report(tmp_path: Path, wrong: Exception) -> None:
    output = stopped(tmp_path, wrong)

    assert output.report.parent == tmp_path / REPORT_FOLDER
    assert str(output.report) in str(output)
    assert type(wrong).__name__ in str(output)
    assert output.exit_code == 70


def test_a_report_says_where_and_quotes_nothing(tmp_path: Path) -> None:
    cause = ValueError(PERSONAL)
    wrong = RuntimeError(PERSONAL)
    wrong.__cause__ = cause
    report = stopped(tmp_path, wrong).report.read_text()

    assert PERSONAL not in report
    assert all(word in report for word in ("RuntimeError", "ValueError", "test_crash_reports.py"))


def test_a_workspace_that_cannot_be_written_has_its_reports_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("no folder")
    report = stopped(tmp_path, ValueError()).report

    assert report.exists()
    assert not report.is_relative_to(tmp_path)
    report.unlink()


@pytest.mark.parametrize(
    "wrong",
    [
        SubmissionError("said"),
        FileNotFoundError(2, "No such file", "x"),
        KeyboardInterrupt(),
        click.Abort(),
    ],
)
def test_what_was_foreseen_passes(tmp_path: Path, wrong: BaseException) -> None:
    with pytest.raises(type(wrong)), report_unexpected(tmp_path, click.Abort):
        raise wrong
    assert not (tmp_path / REPORT_FOLDER).exists()


def test_a_command_that_meets_a_fault_shows_no_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    release = tmp_path / "data" / "processed" / "empact-cse" / "one"
    release.mkdir(parents=True)
    (release.parent / "current").write_text("one")
    (release / "build.json").write_text('{"tables": 3}')

    assert run(["--home", str(tmp_path), "assess", "empact-cse"]) == 70
    (output,) = capsys.readouterr().err.splitlines()
    assert output.startswith("empact: an internal error (")


@pytest.mark.parametrize(
    "arguments",
    [
        ("template", *PLACE, "-o", "/nowhere/at/all.xlsx"),
        ("catalogue", "show", "-o", "/nowhere/at/all.md"),
    ],
)
def test_a_place_that_cannot_be_written_is_named(
    arguments: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--home", str(tmp_path), *arguments]) == 3
    assert capsys.readouterr().err.startswith("empact: /nowhere/at/all")
