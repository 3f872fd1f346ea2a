"""A folder is its own registry: what is found in it, and what is said about a file that is wrong."""

import sys
from collections.abc import Callable, Iterator
from importlib import import_module, invalidate_caches
from itertools import count
from pathlib import Path

import pytest

from metrics.catalogue import indicators as package
from metrics.catalogue.codelists import codelist
from metrics.catalogue.definitions.frameworks import Framework
from metrics.catalogue.definitions.indicators import Indicator
from metrics.core.definition_errors import shorten
from metrics.core.discover import (
    digest_of_definitions,
    discover,
    read_definitions,
    yaml_files,
)
from metrics.core.errors import DefinitionError, quoted

FRAMEWORK = """
code: A
name: {en: Alliance}
order: 1
documents: []
"""
NUMBERS = count()
Folder = Callable[..., str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Folder]:
    """Writes files into a package of its own, and gives its name."""
    monkeypatch.syspath_prepend(str(tmp_path))
    before = {*sys.modules}

    def write(**texts: str | bytes) -> str:
        name = f"frameworks_{next(NUMBERS)}"
        (tmp_path / name).mkdir()
        for stem, text in {"__init__.py": "", **texts}.items():
            written = text.encode() if isinstance(text, str) else text
            (tmp_path / name / stem).write_bytes(written)
        invalidate_caches()
        return name

    yield write
    for name in {*sys.modules} - before:
        if name.startswith("frameworks_"):
            del sys.modules[name]


def error_text(name: str) -> str:
    with pytest.raises(DefinitionError) as error:
        read_definitions(name, Framework)
    return str(error.value).replace(name, "F")


def test_every_file_is_a_definition(folder: Folder) -> None:
    name = folder(**{"A.yaml": FRAMEWORK, "B.yaml": FRAMEWORK.replace(": A\n", ": B\n")})

    assert [framework.code for framework in read_definitions(name, Framework)] == ["A", "B"]
    assert yaml_files(name) == ["A.yaml", "B.yaml"]


def test_a_byte_order_mark_does_no_harm(folder: Folder) -> None:
    name = folder(**{"A.yaml": b"\xef\xbb\xbf" + FRAMEWORK.encode()})

    assert read_definitions(name, Framework)[0].code == "A"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "F/A.yaml: the whole file: must be fields with values"),
        ("a: [1", "F/A.yaml is not YAML: while parsing a flow sequence"),
        ("a:\tb: c", "F/A.yaml is not YAML: "),
        (FRAMEWORK + "order: 2", "F/A.yaml is not YAML: ['order'] is written twice in one place"),
        (FRAMEWORK + "? [a, b]\n: c", "F/A.yaml is not YAML: "),
        (FRAMEWORK + "ordr: 2", "F/A.yaml: ordr: “ordr” is not a field here; did you mean “order”? (it says 2)"),
        (
            FRAMEWORK.replace("documents: []", "documents: [{cod: A}]"),
            "F/A.yaml: documents.0.cod: “cod” is not a field here; did you mean “code”? (it says “A”)",
        ),
        (FRAMEWORK.replace("order: 1", ""), "F/A.yaml: order: is missing; write it"),
        (FRAMEWORK.replace("order: 1", "order: first"), "(it says “first”)"),
        (FRAMEWORK.replace("{en: Alliance}", "{en: No}"), "F/A.yaml: name.en: must be a text (it says False)"),
        (FRAMEWORK.replace("code: A", "code: B"), "F/A.yaml: code: “B” is not the file's name; make them the same"),
        (FRAMEWORK.replace("Alliance", "Συμμαχία").encode("cp1253"), "F/A.yaml is not YAML: 'utf-8' codec can't decode"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_file_field_and_value(
    folder: Folder, text: str | bytes, sentence: str
) -> None:
    assert sentence in error_text(folder(**{"A.yaml": text}))


def test_a_field_that_is_not_there_says_nothing_of_the_others(folder: Folder) -> None:
    found = error_text(folder(**{"A.yaml": FRAMEWORK.replace("order: 1", "")}))

    assert found.strip() == "F/A.yaml: order: is missing; write it"


def test_all_wrong_files_are_told_at_once(folder: Folder) -> None:
    lines = error_text(
        folder(**{"A.yaml": "a: [", "B.yaml": "b: [", "C.yaml": FRAMEWORK})
    ).splitlines()

    assert [line.split(".yaml")[0] for line in lines] == ["F/A", "F/B", "F/C"]


@pytest.mark.parametrize("stem", ["A.yml", "A.yaml.txt", "A.YAML"])
def test_a_file_that_nothing_would_read_is_told(folder: Folder, stem: str) -> None:
    assert error_text(folder(**{stem: FRAMEWORK})) == (
        f"F/{stem}: the name must end in .yaml, or nothing reads it"
    )


@pytest.mark.parametrize("stem", [".A.yaml.swp", "A.yaml~", ".DS_Store"])
def test_what_an_editor_leaves_behind_does_no_harm(folder: Folder, stem: str) -> None:
    assert read_definitions(folder(**{stem: "x"}), Framework) == []


def test_definitions_are_found_in_modules_by_their_type() -> None:
    found = {indicator.code for indicator in discover(package, Indicator)}

    assert {"TAKEDOWN_WITHIN_24H", "TAKEDOWN_WITHIN_72H", "GENDER_BREAKDOWN_SHARE"} <= found


def test_a_definition_that_another_module_imports_counts_once(folder: Folder) -> None:
    name = folder(**{"a.py": "A = 'one'", "b.py": "from .a import A"})

    assert discover(import_module(name), str).count("one") == 1


def test_a_module_without_a_definition_is_refused(folder: Folder) -> None:
    name = folder(**{"a.py": "A = 1"})

    with pytest.raises(DefinitionError, match=rf"{name}.a defines no Framework"):
        discover(import_module(name), Framework)


def test_the_version_changes_with_any_definition(folder: Folder) -> None:
    name = folder(**{"A.yaml": FRAMEWORK})
    before = digest_of_definitions(name)

    Path(import_module(name).__path__[0], "A.yaml").write_text(FRAMEWORK + "# agreed in 2012")
    digest_of_definitions.cache_clear()

    assert digest_of_definitions(name) != before


def test_a_long_value_is_shortened() -> None:
    assert shorten("a") == quoted("a")
    assert shorten("a" * 500) == quoted(f"{'a' * 120} …")
    assert len(str(shorten(["a"] * 500))) < 130


def test_a_code_list_saved_by_a_spreadsheet_is_read() -> None:
    assert next(iter(codelist("sex"))) == "F"
