"""`empact report`: a file of the current release, or a sentence that says what is wrong."""

from pathlib import Path

import pytest

from dashboard.progress import no_advance
from dashboard.server.report_files import write_report
from metrics.__main__ import run
from metrics.core.errors import MetricsError, SubmissionError, UnknownNameError

ASKED = {"collection": "sample", "release": "", "language": "fi"}


def test_the_ending_decides_the_format_and_the_steps_end_with_all(home: Path) -> None:
    steps: list[tuple[int, int]] = []

    written = write_report("third-countries", ".PDF", **ASKED,
                           advance=lambda done, total: steps.append((done, total)))  # fmt: skip

    assert written.startswith(b"%PDF-")
    assert steps[-1] == (100, 100)
    assert steps == sorted(steps)


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("name", "ending", "changed", "error", "words"),
    [
        ("follow", ".pdf", {}, UnknownNameError, "follow-up"),
        ("follow-up", ".odt", {}, MetricsError, ".odt is not the ending of a document"),
        ("follow-up", ".xlsx", {}, MetricsError, ".docx, .pdf"),
        ("follow-up", ".pdf", {"release": "2001"}, UnknownNameError, "2026-04-10"),
        ("follow-up", ".pdf", {"collection": "sampel"}, UnknownNameError, "sample"),
        ("follow-up", ".pdf", {"collection": "empact-cse"}, SubmissionError, "empact-cse"),
    ],
)
def test_what_is_wrong_is_named(
    name: str, ending: str, changed: dict[str, str], error: type[MetricsError], words: str
) -> None:
    with pytest.raises(error) as raised:
        write_report(name, ending, **(ASKED | changed), advance=no_advance)

    assert words in str(raised.value)


@pytest.mark.parametrize(("language", "name"), [("en", "NAME"), ("fi", "NIMI"), ("el", "ΟΝΟΜΑ")])
def test_the_usage_names_the_argument_as_its_explanation_does(
    capsys: pytest.CaptureFixture[str], language: str, name: str
) -> None:
    assert run(["report", "--help", "--language", language]) == 0

    usage, _, explanation = capsys.readouterr().out.partition("\n")
    assert usage.endswith(f" [{name}]")
    assert f"{name} " in explanation
