"""A layout is a folder that a collection names."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from shutil import copyfile, copytree

import pytest

from metrics.catalogue.loader import catalogue
from metrics.core.errors import DefinitionError
from metrics.intake.sandbox import unpack
from metrics.intake.templates import check_templates, template_of
from tests.package_copy import copy_package, run_copy
from tests.sheets import order

NEW = "annual_short"


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program with one layout more, and one collection that names it."""
    folder = copy_package(tmp_path_factory.mktemp("package"))
    layouts = folder / "metrics/intake/templates"
    (layouts / NEW).mkdir()
    for name in ("__init__.py", "writer.py"):
        copyfile(layouts / "follow_up" / name, layouts / NEW / name)
    sample = folder / "metrics/catalogue/collections/sample.yaml"
    text = sample.read_text("utf-8")
    sample.write_text(text.replace("template: follow_up", f"template: {NEW}"), "utf-8")
    for collection in ("sample", "empact-cse"):
        asked = ("--collection", collection, "--area", "FI", "--round", "2025")
        command = ("template", *asked, "-o", f"{collection}.xlsx")
        run = run_copy(folder, "-m", "metrics", "--home", "home", *command)
        assert run.returncode == 0, run.stderr
    return folder


def test_a_new_layout_is_written_for_the_collection_that_names_it(extended: Path) -> None:
    assert unpack(extended / "sample.xlsx").stamp["template"] == NEW


def test_a_new_layout_changes_nothing_for_the_others(extended: Path) -> None:
    assert unpack(extended / "empact-cse.xlsx").stamp["template"] == "follow_up"


def test_a_workbook_in_the_new_layout_is_read_back(extended: Path) -> None:
    checking = ("validate", "--json", "sample.xlsx")

    run = run_copy(extended, "-m", "metrics", "--home", "home", *checking)

    (examined,) = json.loads(run.stdout)["files"]
    assert (examined["collection"], examined["area"], examined["round"]) == ("sample", "FI", "2025")
    assert "template_unknown" not in run.stdout


def test_a_layout_that_nobody_wrote_is_a_contradiction() -> None:
    sample = catalogue().collections["sample"].model_copy(update={"template": "folow_up"})

    with pytest.raises(DefinitionError) as refused:
        check_templates([sample])

    assert str(refused.value) == (
        "collections/sample.yaml: template: “folow_up” is not a template; did you mean “follow_up”?"
    )
    with pytest.raises(DefinitionError, match="there are follow_up"):
        template_of(sample.model_copy(update={"template": "x"}))


def test_every_collection_names_a_layout() -> None:
    check_templates(catalogue().collections.values())


def test_two_layouts_of_one_name_are_refused(extended: Path) -> None:
    folder = copytree(extended, extended.parent / "twice", ignore=lambda *_: {"home"})
    declared = folder / f"metrics/intake/templates/{NEW}/__init__.py"
    text = declared.read_text("utf-8")
    declared.write_text(text.replace('__name__.rpartition(".")[2]', '"follow_up"'), "utf-8")

    run = run_copy(folder, "-m", "metrics", "catalogue", "check")

    assert run.returncode != 0
    assert "templates/: ['follow_up'] are two entries each" in run.stderr


def test_a_workbook_is_read_without_the_program_that_writes_it(tmp_path: Path) -> None:
    path = tmp_path / "sent.xlsx"
    path.write_bytes(template_of(order().collection).write(replace(order(), language="fi")))
    program = f"""
import sys
from pathlib import Path
from metrics.catalogue.loader import catalogue
from metrics.intake.reading import ingest
from metrics.intake.sandbox import unpack
assert ingest(unpack(Path({str(path)!r})), catalogue(), {{}}).collection == "empact-cse"
print(sorted(name for name in sys.modules if name == "xlsxwriter" or "follow_up." in name))
"""

    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )

    assert run.stdout == "[]\n", run.stderr
