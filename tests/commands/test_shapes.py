"""The shape of every answer in JSON, and the exit code and the sentence of every refusal."""

import json
from pathlib import Path

import pytest

from metrics.__main__ import run
from metrics.core.errors import MetricsError
from tests.submitted import csv

FILE = {
    "file", "digest", "size", "format", "outcome", "sentence", "collection", "area", "round",
    "observations", "actions", "action_changes", "counts", "findings", "already", "again",
    "replaces", "submitted", "difference", "passed_over", "extent", "not_asked", "texts",
}  # fmt: skip
FINDING = {"rule", "severity", "sheet", "cell", "what", "expected", "correction", "values"}
FINLAND = ("--collection", "empact-cse", "--area", "FI", "--round", "2024")


class Answered:
    """Types a command, and reads what came back."""

    def __init__(self, home: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.home, self.capture = home, capture

    def __call__(self, *arguments: object) -> tuple[int, str, str]:
        code = run(["--home", str(self.home), *map(str, arguments)])
        said = self.capture.readouterr()
        return code, said.out, said.err

    def json(self, *arguments: object) -> dict[str, object]:
        answered: dict[str, object] = json.loads(self(*arguments, "--json")[1])
        return answered


@pytest.fixture
def empact(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Answered:
    return Answered(tmp_path / "home", capsys)


def file_of(answer: dict[str, object]) -> dict[str, object]:
    files = answer["files"]

    assert isinstance(files, list)
    assert (set(answer), len(files)) == ({"files"}, 1)
    return dict(files[0])


@pytest.mark.parametrize(
    ("figures", "outcome"),
    [
        ({}, "accepted"),
        ({"INVESTIGATIONS_OPENED": "-5"}, "has_errors"),
        ({"INVESTIGATIONS_OPENED": "a@b.eu"}, "identifying"),
    ],
)
def test_a_file_has_one_shape_whatever_its_outcome(
    empact: Answered, tmp_path: Path, figures: dict[str, str], outcome: str
) -> None:
    file = file_of(empact.json("validate", csv(tmp_path / "fi.csv", **figures), *FINLAND))

    assert (set(file), file["outcome"]) == (FILE, outcome)


def test_a_finding_has_one_shape(empact: Answered, tmp_path: Path) -> None:
    path = csv(tmp_path / "fi.csv", INVESTIGATIONS_OPENED="-5", ICSE_VICTIMS="x")
    findings = file_of(empact.json("validate", path, *FINLAND))["findings"]

    assert isinstance(findings, list)
    assert len(findings) >= 2
    assert all(set(finding) == FINDING for finding in findings)


def test_what_identifies_a_person_is_not_repeated(empact: Answered, tmp_path: Path) -> None:
    path = csv(tmp_path / "fi.csv", INVESTIGATIONS_OPENED="jane.doe@police.eu")
    said = "".join(empact("validate", path, *FINLAND, "--json")[1:])

    assert "jane.doe" not in said
    assert "fi" in said


def test_a_file_that_cannot_be_read_has_the_shape_too(empact: Answered, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"%PDF-1.7")
    file = file_of(empact.json("validate", tmp_path / "a.xlsx", *FINLAND))

    assert (set(file), file["outcome"]) == (FILE, "unreadable")
    assert "PDF" in str(file["sentence"])


def test_an_empty_register_is_a_list_of_nothing(empact: Answered) -> None:
    assert empact.json("register") == {"submissions": []}


@pytest.mark.parametrize(
    ("kind", "least"), [("frameworks", 1), ("goals", 5), ("indicators", 10), ("collections", 2)]
)
def test_the_catalogue_is_counted_by_kind(empact: Answered, kind: str, least: int) -> None:
    counted, shown = empact.json("catalogue", "check"), empact.json("catalogue", "show")

    assert isinstance(listed := shown[kind], list)
    assert counted[kind] == len(listed) >= least


@pytest.mark.parametrize("code", ["GA-1.1", "ICSE_VICTIMS", "empact-cse"])
def test_a_definition_is_answered_with_its_code(empact: Answered, code: str) -> None:
    assert empact.json("catalogue", "show", code)["code"] == code


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("lineage", "--collection", "empact-cse", "--indicator", "X", "--area", "FI",
          "--period", "2024"), 10, "has no release yet; build one with"),
        (("export", "csv", "--collection", "empact-cse", "--indicator", "X", "--area", "FI"), 10,
         "“empact-cse” has no release yet"),
        (("assess", "sampel"), 13, "did you mean “sample”"),
        (("catalogue", "show", "icse_victim"), 13, "did you mean “ICSE_VICTIMS”"),
        (("template", "--collection", "x", "--area", "FI", "--round", "2024"), 13,
         "“x” is not a collection"),
        (("template", "--collection", "empact-cse", "--area", "FX", "--round", "2024"), 13,
         "“FX” is not an area"),
        (("catalogue",), 64, "Usage"),
        (("export", "pdf"), 64, "pdf"),
    ],
)  # fmt: skip
def test_a_refusal_has_its_code_and_says_the_way_out(
    empact: Answered, arguments: tuple[str, ...], code: int, said: str
) -> None:
    found, out, err = empact(*arguments)

    assert (found, out) == (code, "")
    assert said in err


def test_every_error_has_an_exit_code_of_its_own() -> None:
    codes = [error.exit_code for error in MetricsError.__subclasses__()]

    assert len(codes) == len({*codes})
    assert not {0, 1} & {*codes}  # those say that all is well, or that a file has errors
