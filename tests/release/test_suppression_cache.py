"""What an earlier build computed changes the time that a build takes, and nothing else."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from shutil import copytree, ignore_patterns

import numpy as np
import pytest

from metrics.core.version import PACKAGE
from metrics.release import suppression_cache
from metrics.release.build import build
from metrics.release.build_cache import BuildCache
from metrics.release.suppression_cache import SuppressionCache, key_of_block
from metrics.statistics.disclosure.secondary import Pattern, SuppressionProblem, pattern_of_block
from metrics.submissions.desk import Desk
from tests.release.two_states import EMPACT, cache_of
from tests.statistics.disclosure.drawn import grid, suppression_problem

NORWAY = "2|0 P|5|7 \n 3|4|6|13 \n 5|4|11|20"


def solved_in(home: Path) -> set[str]:
    """Patterns by version of the code and key."""
    return {str(path.relative_to(cache_of(home))) for path in cache_of(home).glob("*/*")}


# What is kept


@pytest.fixture
def problem() -> SuppressionProblem:
    return suppression_problem(*grid(NORWAY))


@pytest.fixture
def cache(tmp_path: Path, problem: SuppressionProblem) -> BuildCache:
    """A cache that has the pattern of the problem."""
    cache = BuildCache(tmp_path / "blocks", "version")
    SuppressionCache(cache).pattern(problem)
    return cache


@pytest.fixture
def solved(monkeypatch: pytest.MonkeyPatch) -> list[SuppressionProblem]:
    """The problems that were solved since, rather than read."""
    problems: list[SuppressionProblem] = []

    def solve(problem: SuppressionProblem) -> Pattern:
        problems.append(problem)
        return pattern_of_block(problem)

    monkeypatch.setattr(suppression_cache, "pattern_of_block", solve)
    return problems


def test_a_block_is_solved_once(
    cache: BuildCache, problem: SuppressionProblem, solved: list[SuppressionProblem]
) -> None:
    kept, expected = SuppressionCache(cache).pattern(problem), pattern_of_block(problem)

    assert not solved
    assert kept.hidden.tolist() == expected.hidden.tolist()
    assert [(table.cells.tolist(), table.by.tolist()) for table in kept.tables] == [
        (table.cells.tolist(), table.by.tolist()) for table in expected.tables
    ]


@pytest.mark.parametrize("position", [0, 40, -1], ids=["digest", "entry", "end"])
def test_a_damaged_entry_is_solved_again(
    cache: BuildCache, problem: SuppressionProblem, solved: list[SuppressionProblem], position: int
) -> None:
    (path,) = cache.folder.iterdir()
    kept = path.read_bytes()
    damaged = bytearray(kept)
    damaged[position] ^= 1
    path.write_bytes(damaged)

    pattern = SuppressionCache(cache).pattern(problem)

    assert pattern.hidden.tolist() == pattern_of_block(problem).hidden.tolist()
    assert len(solved) == 1
    assert path.read_bytes() == kept


@pytest.mark.parametrize("content", [b"", b"short"])
def test_an_entry_that_was_cut_off_is_solved_again(
    cache: BuildCache, problem: SuppressionProblem, solved: list[SuppressionProblem], content: bytes
) -> None:
    (path,) = cache.folder.iterdir()
    path.write_bytes(content)

    assert SuppressionCache(cache).pattern(problem).hidden.any()
    assert solved


def test_no_entry_passes_for_another(cache: BuildCache, solved: list[SuppressionProblem]) -> None:
    (path,) = cache.folder.iterdir()
    table, primary = grid(NORWAY)
    other = suppression_problem(table, ~primary)
    path.rename(path.with_name(key_of_block(other)))

    pattern = SuppressionCache(cache).pattern(other)

    assert pattern.hidden.tolist() == pattern_of_block(other).hidden.tolist()
    assert solved


@pytest.mark.parametrize("name", ["primary", "may_hide", "above", "width"])
def test_another_problem_has_another_key(problem: SuppressionProblem, name: str) -> None:
    before = key_of_block(problem)
    values = getattr(problem, name)
    values[5] = not values[5] if values.dtype == bool else values[5] + 1

    assert key_of_block(problem) != before


def test_the_blocks_of_a_family_that_did_not_change_are_not_solved_again(
    revised: Path, solved: list[SuppressionProblem]
) -> None:
    assert build(Desk(revised), EMPACT).is_new
    assert not solved


def test_what_other_versions_of_the_code_computed_is_dropped(revised: Path) -> None:
    unused = cache_of(revised) / "families" / "other-version"
    unused.mkdir(parents=True)
    build(Desk(revised), EMPACT)

    assert not unused.parent.exists()


def test_the_cache_is_no_part_of_what_is_published(home: Path) -> None:
    cached = {path.name for path in cache_of(home).rglob("*") if path.is_file()}

    assert cached
    assert not cached & {path.name for path in (home / "data" / "processed").rglob("*")}


# Another version of the code

BUILD = """
import sys
from pathlib import Path
from metrics.release.build import build
from metrics.submissions.desk import Desk
desk = Desk(Path(sys.argv[1]))
print(build(desk, "empact-cse").label)
"""
DOCSTRING = ("statistics/derive.py", '"""', '"""In other words: ')
COMMENT = ("statistics/disclosure/secondary.py", "PATTERN_NODES =", "# A limit.\nPATTERN_NODES =")
COMMAND = ("commands/__init__.py", '"""', '"""In other words: ')
FORMULA = ("statistics/disclosure/secondary.py", "PATIENCE = 1", "PATIENCE = 2")


def build_with(package: Path, home: Path) -> str:
    """The label of the release that another copy of the package builds."""
    ended = subprocess.run(
        [sys.executable, "-c", BUILD, str(home)],
        capture_output=True, text=True, check=True,
        cwd=package, env=os.environ | {"PYTHONPATH": str(package)},
    )  # fmt: skip
    return ended.stdout.strip()


@pytest.mark.parametrize(
    ("changes", "is_same"),
    [((DOCSTRING, COMMENT, COMMAND), True), ((FORMULA,), False)],
    ids=["docstring, comment and command", "formula"],
)
def test_a_label_changes_with_what_can_change_figures(
    tmp_path: Path,
    home: Path,
    submitted: tuple[Path, str],
    changes: Sequence[tuple[str, str, str]],
    *,
    is_same: bool,
) -> None:
    """And with it what was solved: other code takes no block from this one."""
    label = submitted[1]
    solved = solved_in(home)
    copytree(PACKAGE, tmp_path / "code" / "metrics", ignore=ignore_patterns("*.pyc.*"))
    for name, old, new in changes:
        file = tmp_path / "code" / "metrics" / name
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new, 1))

    assert (build_with(tmp_path / "code", home) == label) is is_same
    assert bool(solved & solved_in(home)) is is_same


def test_states_count_by_their_order_alone(problem: SuppressionProblem) -> None:
    before = key_of_block(problem)
    problem.system.owner[[0, 3]] = [1, 2]
    numbered = key_of_block(problem)
    problem.system.owner[[0, 3]] = [7, 9]

    assert key_of_block(problem) == numbered != before
    assert np.unique(problem.system.owner).tolist() == [-1, 7, 9]
