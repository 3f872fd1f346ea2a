"""A column is declared once: what a submitter fills in is read, released and exported."""

import csv
from io import StringIO
from pathlib import Path

import pytest

from tests import submitted
from tests.package_copy import copy_package, run_copy

SCOPE = ("--collection", "empact-cse", "--area", "FI", "--round", "2024")
CONTACT = "Unit for statistics"


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program with one attribute more, which a file of figures fills in."""
    folder = copy_package(tmp_path_factory.mktemp("package"))
    tables = folder / "metrics/core/tables.py"
    text = tables.read_text("utf-8")
    added = text.replace('"source", "address"', '"source", "contact_office", "address"')
    assert added != text
    tables.write_text(added, "utf-8")
    heading, *lines = submitted.csv(folder / "fi.csv").read_text("utf-8").splitlines()
    rows = [f"{heading},contact_office", *(f"{line},{CONTACT}" for line in lines)]
    (folder / "fi.csv").write_text("\n".join(rows) + "\n", "utf-8")
    return folder


def run_on(folder: Path, *arguments: str) -> str:
    run = run_copy(folder, "-m", "metrics", "--home", "home", *arguments)
    assert run.returncode == 0, run.stderr
    return run.stdout


def test_a_new_attribute_is_read_released_and_exported(extended: Path) -> None:
    accepted = run_on(extended, "submit", "fi.csv", *SCOPE)
    run_on(extended, "release", "empact-cse")
    series = ("--indicator", "INVESTIGATIONS_OPENED", "--area", "FI")
    exported = run_on(extended, "export", "csv", "--collection", "empact-cse", *series)

    assert "Contact" not in accepted
    assert {row["contact_office"] for row in csv.DictReader(StringIO(exported)) if row["cell"]} == {
        CONTACT
    }


def test_pages_may_show_a_new_attribute(extended: Path) -> None:
    program = (
        "from metrics.core.schemas import page_columns; print(page_columns('indicator_values'))"
    )

    assert "'contact_office'" in run_copy(extended, "-c", program).stdout
