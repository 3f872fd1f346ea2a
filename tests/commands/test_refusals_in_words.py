"""What the command line refuses is said in the language that it was asked for."""

from pathlib import Path

import pytest

from metrics.__main__ import requested_language, run
from metrics.intake.refusal_texts import translate_refusal

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
        (["validate", "--language", "xx"], "en"),
        (["validate", "a.csv"], "en"),
        (["validate", "--language"], "en"),
    ],
)
def test_the_language_of_a_command_is_known_before_it_runs(
    arguments: list[str], language: str
) -> None:
    assert requested_language(arguments) == language


@pytest.mark.parametrize("language", ["fi", "el"])
@pytest.mark.parametrize(
    "sentence",
    [
        "empact-cse/2024/FI has no submission in force, so nothing can be withdrawn",
        "'x' is no reason: say in a few words why the figures are withdrawn",
        "'A' is not a figure; write it as ICSE_VICTIMS[sex=F] FI 2025",
        "A FI 2024 is not among the figures that are in force",
        "empact-cse/2024/FI was submitted meanwhile; look at it again",
        "a.csv and b.csv hold figures of the same indicators; send one of them",
        "a.csv was changed after it was read; send it again",
        "nothing was submitted to sample yet; see `empact submit`",
        "'2031' is not a round of empact-cse; there are 2024, 2025",
        "'2031' is not a round of any collection; there are 2024, 2025",
    ],
)
def test_a_refused_submission_has_a_sentence_in_every_language(
    sentence: str, language: str
) -> None:
    said = translate_refusal(sentence, language)

    assert said != sentence
    assert not {"the", "is", "not", "a", "of", "was", "send"} & {*said.split()}
