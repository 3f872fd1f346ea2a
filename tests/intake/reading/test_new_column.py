"""A column that is declared once is read by its own name, and checked like every other text."""

import json
from pathlib import Path

import pytest

from tests.package_copy import copy_package, run_copy

READ = """
from pathlib import Path
from metrics.catalogue.loader import catalogue
from metrics.intake.reading import ingest
from metrics.intake.sandbox import unpack
asked = {"collection": "empact-cse", "area": "FI", "round": "2024"}
print(*ingest(unpack(Path("figures.csv")), catalogue(), asked).observations["contact_office"], sep="|")
"""
ASKED = ("--collection", "empact-cse", "--area", "FI", "--round", "2024")


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program with one attribute more: the office that answers questions."""
    folder = copy_package(tmp_path_factory.mktemp("package"))
    tables = folder / "metrics/core/tables.py"
    text = tables.read_text("utf-8")
    tables.write_text(text.replace('"source", "address"', '"source", "contact_office", "address"'))
    (folder / "figures.csv").write_text(
        "series,period,value,Contact office\nICSE_VICTIMS,2024,12,Statistics office\n"
        "INVESTIGATIONS_OPENED,2024,3,jane.doe@example.org\n"
    )
    return folder


def test_a_new_column_is_read_by_its_name(extended: Path) -> None:
    run = run_copy(extended, "-c", READ)

    assert run.stdout.strip() == "Statistics office|jane.doe@example.org", run.stderr


def test_a_new_column_is_checked_like_every_other_text(extended: Path) -> None:
    run = run_copy(extended, "-m", "metrics", "--home", "home", "validate", "--json", *ASKED,
                   "figures.csv")  # fmt: skip

    (examined,) = json.loads(run.stdout)["files"]
    findings = [(finding["rule"], finding["cell"]) for finding in examined["findings"]]
    assert ("email_address", "D3") in findings
    assert "column_unknown" not in [rule for rule, _ in findings]
