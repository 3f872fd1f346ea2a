"""A data format is a file in `metrics/release/exports`: what reads the folder offers it."""

import json
from pathlib import Path

import pytest

from metrics.core.tables import KEY
from metrics.release.publish import publish
from tests.package_copy import copy_package, run_copy
from tests.tables import observations

JSON_LINES = """
from metrics.release.exports import Export, ExportContext

def write(table, context: ExportContext) -> bytes:
    return table.to_json(orient="records", lines=True, force_ascii=False).encode()

JSON_LINES = Export("jsonl", ".jsonl", "application/x-ndjson", write)
"""
SERIES = ("--collection", "sample", "--indicator", "ICSE_VICTIMS", "--area", "FI")


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program with two formats more, one broken, and a release of one figure."""
    folder = copy_package(tmp_path_factory.mktemp("package"))
    formats = folder / "metrics/release/exports"
    (formats / "json_lines.py").write_text(JSON_LINES, "utf-8")
    (formats / "broken.py").write_text("import no_such_module\n", "utf-8")
    values = observations("indicator | area | value\nICSE_VICTIMS | FI | 12")
    columns = [*KEY, "value", "observation_status", "confidentiality_status"]
    facts = {"inputs": "1f3a9c", "as_of": "2026-05-03"}
    release = folder / "data" / "processed" / "sample" / "spring"
    publish({"indicator_values": values[columns]}, facts, release)
    return folder


def test_the_registry_lists_a_new_format(extended: Path) -> None:
    program = (
        "from metrics.release.exports import exports\n"
        "print([(export.name, export.suffix, export.media_type) for export in exports().values()])"
    )

    answer = run_copy(extended, "-c", program)

    assert "('jsonl', '.jsonl', 'application/x-ndjson')" in answer.stdout, answer.stderr


def test_the_command_line_offers_a_new_format(extended: Path) -> None:
    listed = run_copy(extended, "-m", "metrics", "export", "--help").stdout
    options = run_copy(extended, "-m", "metrics", "export", "jsonl", "--help").stdout

    assert "  jsonl " in listed
    assert "  csv " in listed
    assert "a .jsonl file" in options
    assert all(option in options for option in ("--collection", "--indicator", "--area", "-o,"))


def test_the_command_line_writes_a_new_format(extended: Path) -> None:
    written = run_copy(extended, "-m", "metrics", "--home", ".", "export", "jsonl", *SERIES)

    row = json.loads(written.stdout)
    assert (row["indicator"], row["value"]) == ("ICSE_VICTIMS", 12)
    assert (row["release"], row["unit_name"]) == ("spring", "persons"), "what every file must say"


def test_a_format_that_cannot_be_imported_is_named(extended: Path) -> None:
    written = run_copy(extended, "-m", "metrics", "--home", ".", "export", "broken", *SERIES)
    checked = run_copy(extended, "-m", "metrics", "--home", ".", "catalogue", "check")

    assert written.returncode == 70
    for answer in (written, checked):
        assert "ModuleNotFoundError in " in answer.stderr
        assert "module metrics.release.exports.broken" in answer.stderr


def test_a_format_that_nobody_wrote_is_refused(extended: Path) -> None:
    answer = run_copy(extended, "-m", "metrics", "export", "sdmx-csv", *SERIES)

    assert answer.returncode == 64
    assert "No such command 'sdmx-csv'" in answer.stderr
