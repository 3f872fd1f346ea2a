"""What the command line refuses is said in the language that it was asked for."""

from pathlib import Path

import pytest

from metrics.__main__ import report_error, requested_language, run
from metrics.core.errors import SubmissionError

PLACE = ["--collection", "empact-cse", "--round", "2024"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["withdraw", "--area", "FI", "--reason", "counted twice"], "mitään ei voi perua"),
        (
            ["withdraw", "--area", "Fnland", "--reason", "counted twice"],
            "ei ole alue; vaihtoehdot: BE, BG",
        ),
        (["template", "--area", "GB"], "ei ole jäsenvaltio, ja vain ne raportoivat"),
    ],
)
def test_an_error_is_said_in_the_language_of_the_command(
    arguments: list[str], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--home", str(tmp_path), *arguments, *PLACE, "--language", "fi"]) != 0

    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "language"),
    [
        (["validate", "--language", "el", "a.csv"], "el"),
        (["validate", "--language=fi", "a.csv"], "fi"),
        (["validate", "--language", "xx"], ""),
        (["validate", "a.csv"], ""),
        (["validate", "--language"], ""),
    ],
)
def test_the_language_of_a_command_is_known_before_it_runs(
    arguments: list[str], language: str
) -> None:
    assert requested_language(arguments) == language


@pytest.mark.parametrize(
    ("variable", "sentence"),
    [
        ("el", "δεν έχει ακόμη έκδοση"),
        ("fi", "ei ole vielä julkistusta"),
        ("", "has no release yet"),
        ("xx", "has no release yet"),
    ],
)
def test_a_command_without_the_option_speaks_the_language_of_the_environment(
    variable: str,
    sentence: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("EMPACT_LANGUAGE", variable)

    assert run(["--home", str(tmp_path), "assess", "empact-cse"]) == 10

    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ([], "puuttuu arkistosta"),
        (["--language", "el"], "δεν υπάρχει στην αρχειοθήκη"),
    ],
)
def test_an_error_on_a_file_is_in_its_language_unless_another_is_asked_for(
    typed: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    error = SubmissionError("not_archived", file="sample/2024/FI/a.csv").worded_in("fi")

    assert report_error(error, typed) == error.exit_code

    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize(
    ("language", "sentence"), [("fi", "kirjoitettu: "), ("el", "γράφτηκε: "), ("en", "wrote ")]
)
def test_a_written_file_is_announced_in_the_language_of_the_command(
    language: str, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "FI.xlsx"

    written = ["template", "--area", "FI", *PLACE, "--language", language, "-o", str(file)]
    assert run(["--home", str(tmp_path), *written]) == 0

    assert capsys.readouterr().err == f"{sentence}{file}\n"
