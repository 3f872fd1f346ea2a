"""Under which code something was read or computed: only a change that can matter is another."""

import os
import subprocess
import sys
from collections.abc import Callable
from inspect import getfile
from pathlib import Path

import pytest

from metrics.core.version import (
    PACKAGE,
    digest_of_behaviour,
    digest_of_files,
    digest_of_source,
    shorten_digest,
    source_files,
    without_docstrings,
)
from metrics.intake.reading.version import READING
from metrics.intake.validate import accepted_observations
from metrics.release.build import COMPUTING
from metrics.release.suppression_cache import SuppressionCache
from metrics.submissions.desk import Desk

LOADED = """
import sys
import metrics.intake.reading, metrics.intake.sandbox, metrics.intake.formats.ods.reader
import metrics.intake.formats.xlsx.reader
print(*{module.__file__ for name, module in sys.modules.items() if name.startswith("metrics.")})
"""


def test_all_that_reading_loads_counts_as_reading() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True
    )

    counted = {str(path) for _, path in source_files(READING)}
    docstrings_alone = {str(PACKAGE / "intake" / "__init__.py")}
    assert set(ended.stdout.split()) <= counted | docstrings_alone


@pytest.mark.parametrize("step", [accepted_observations, Desk.actions, SuppressionCache.pattern])
def test_what_decides_about_a_figure_counts_as_computing(step: Callable[..., object]) -> None:
    assert Path(getfile(step)) in {path for _, path in source_files(COMPUTING)}


@pytest.mark.parametrize("part", COMPUTING)
def test_what_computes_figures_is_there(part: str) -> None:
    assert (PACKAGE / part).exists()


@pytest.mark.parametrize(
    ("source", "is_same"),
    [
        ('"""Another."""\nx = 1  # one\n', True),
        ("x = 1\n\ndef f(): return 1\n", False),
        ("x = 2", False),
        ("x = 1.0", False),
        ("x = 1\ny = 2", False),
    ],
)
def test_a_docstring_or_a_comment_is_no_change(
    tmp_path: Path, source: str, *, is_same: bool
) -> None:
    file = tmp_path / "a.py"
    file.write_text('"""One."""\nx = 1')
    before = digest_of_files(source_files(["."], tmp_path), without_docstrings)
    file.write_text(source)

    assert (digest_of_files(source_files(["."], tmp_path), without_docstrings) == before) is is_same


FUNCTION = """
def f(a, /, b, *, c=1):
    \"\"\"{}\"\"\"
    return a in {{"one", "two", "{}"}} or (lambda: {} - c)()
"""


@pytest.mark.parametrize(
    ("words", "is_same"),
    [(("Other.", "three", "b"), True), (("", "four", "b"), False), (("", "three", "a"), False)],
)
def test_a_function_counts_without_its_docstring(
    tmp_path: Path, words: tuple[str, str, str], *, is_same: bool
) -> None:
    first, second = tmp_path / "a.py", tmp_path / "b.py"
    first.write_text(FUNCTION.format("One.", "three", "b"))
    second.write_text(f"# Further down\n{FUNCTION.format(*words)}")

    assert (without_docstrings(first) == without_docstrings(second)) is is_same


def test_the_digest_of_behaviour_is_the_same_in_every_process() -> None:
    code = (
        "from metrics.core.version import digest_of_behaviour; print(digest_of_behaviour('core'))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True, text=True, check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }  # fmt: skip

    assert found == {digest_of_behaviour("core")}


def test_definitions_count_as_they_are_written(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("a: 1")
    before = digest_of_files(source_files(["."], tmp_path), without_docstrings)
    file.write_text("a: 1  # one")

    assert digest_of_files(source_files(["."], tmp_path), without_docstrings) != before


def test_a_page_and_a_sentence_have_no_part_in_figures() -> None:
    counted = [name for name, _ in source_files(COMPUTING)]

    loaded = ["messages/__init__.py", "messages/compiled.py", "messages/language_marks.py"]
    assert [name for name in counted if name.startswith("messages")] == loaded
    assert not any(name.startswith(("commands", "sample")) for name in counted)
    assert digest_of_source("core") != digest_of_behaviour("core")


@pytest.mark.parametrize(
    ("digest", "version"),
    [
        ("8672a9090338" + "f" * 52, "8672a9090338"),
        ("867249090338" + "f" * 52, "67249090338f"),
        ("1" * 20 + "a" + "2" * 43, "11111111111a"),
    ],
)
def test_a_version_is_never_digits_alone(digest: str, version: str) -> None:
    assert shorten_digest(digest) == version
