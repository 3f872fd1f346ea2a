"""A format is added by one module: it is recognised, read, and named wherever formats are."""

import json
from pathlib import Path

import pytest

from metrics.intake.formats import (
    FileFormat,
    file_formats,
    readable_suffixes,
    recommended_suffixes,
)
from metrics.messages import messages
from tests.package_copy import ROOT, copy_package, run_copy

JSON_TABLE = '''"""Lists of lists in JSON."""

import json

from metrics.intake.formats import FileFormat
from metrics.intake.formats.contents import FileContents, SheetContents
from metrics.intake.formats.submitted_file import SubmittedFile


def read(file: SubmittedFile) -> FileContents:
    return FileContents([SheetContents("Figures", json.loads(file.text))])


JSON = FileFormat(
    "json", (".json",), "text",
    lambda file: file.text.startswith("["), read,
)
'''
JSON_LINES = (
    JSON_TABLE.replace(
        '"json", (".json",)',
        '"jsonl", (".jsonl",)',
    )
    .replace(
        'file.text.startswith("["), read,',
        "file.text.startswith('{\"row\"'), read, recommended=False,",
    )
    .replace(
        "json.loads(file.text)", '[json.loads(line)["row"] for line in file.text.splitlines()]'
    )
)
FIGURES = '[["series", "period", "value"], ["ICSE_VICTIMS", "2024", "twelve"]]'
LOADED = """
import sys
from pathlib import Path
from metrics.intake.formats.recognise import read_file
from metrics.intake.formats.submitted_file import SubmittedFile
read_file(SubmittedFile(Path(sys.argv[1]), "figures.csv"))
print(*sys.modules)
"""
NAMED = """
from metrics.intake.formats import readable_suffixes, recommended_suffixes
print(*readable_suffixes())
print(*recommended_suffixes().parameters.values())
"""


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program in which one module was added, as CONTRIBUTING says."""
    folder = copy_package(tmp_path_factory.mktemp("package"))
    (folder / "metrics/intake/formats/json_table.py").write_text(JSON_TABLE)
    (folder / "metrics/intake/formats/json_lines.py").write_text(JSON_LINES)
    return folder


def validate(package: Path, path: Path) -> str:
    run = run_copy(package, "-m", "metrics", "--home", str(path.parent / "home"), "validate",
                   "--collection", "empact-cse", "--area", "FI", "--round", "2024", str(path))  # fmt: skip
    return run.stdout + run.stderr


def test_a_format_that_is_added_is_read(extended: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(FIGURES)

    answer = validate(extended, path)

    assert "Figures!C2" in answer
    assert "twelve" in answer


def test_a_format_is_read_although_another_of_its_beginning_is_refused(
    extended: Path, tmp_path: Path
) -> None:
    path = tmp_path / "a.jsonl"
    rows = [["series", "period", "value"], ["ICSE_VICTIMS", "2024", "twelve"]]
    path.write_text("\n".join(json.dumps({"row": row}) for row in rows))

    assert "twelve" in validate(extended, path)


def test_a_format_that_is_added_is_named_where_formats_are(extended: Path, tmp_path: Path) -> None:
    page, misnamed = tmp_path / "a.xml", tmp_path / "b.json"
    page.write_text("<?xml version='1.0'?><a/>")
    misnamed.write_text("series;value\nICSE_VICTIMS;1\n")
    readable, recommended = run_copy(extended, "-c", NAMED).stdout.splitlines()

    assert {".json", ".jsonl", *readable_suffixes()} == {*readable.split()}
    assert recommended.split() == [".xlsx,", ".ods,", ".json", ".csv"]
    assert "send the figures as .xlsx, .ods, .json or .csv" in validate(extended, page)
    assert "not .json as its name says; rename it to .csv, or save it as .json" in validate(
        extended, misnamed
    )


def test_without_it_the_format_is_refused_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(FIGURES)

    answer = validate(ROOT, path)

    assert "is in JSON, which is not read; send the figures as .xlsx, .ods or .csv" in answer


def test_what_states_send_is_read_and_excel_recommended_first() -> None:
    assert {".xlsx", ".xlsm", ".ods", ".csv", ".tsv", ".tab", ".txt"} <= {*readable_suffixes()}
    assert str(recommended_suffixes().parameters["others"]).startswith(".xlsx, ")


@pytest.mark.parametrize("suffix", readable_suffixes())
def test_an_ending_is_documented(suffix: str) -> None:
    accepted = (ROOT / "docs/files.md").read_text("utf-8").split("## Accepted")[1].split("## ")[0]

    assert f"`{suffix}`" in accepted


@pytest.mark.parametrize("file_format", file_formats(), ids=lambda file_format: file_format.name)
def test_a_format_is_saved_under_an_ending_of_its_own(file_format: FileFormat) -> None:
    first = file_format.suffixes[0]

    assert first in messages("en", "refusals")["phrases"][f"kind_{file_format.name}"]
    assert [other.suffixes[0] for other in file_formats()].count(first) == 1


def test_the_reading_process_loads_no_reader_but_the_one_it_needs(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_text("series;value\nICSE_VICTIMS;1\n")

    loaded = run_copy(ROOT, "-c", LOADED, str(path)).stdout.split()

    assert "metrics.intake.formats.delimited_text" in loaded
    assert not {"pandas", "pydantic", "python_calamine", "xml.etree.ElementTree"} & {*loaded}
