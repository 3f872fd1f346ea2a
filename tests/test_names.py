"""A search for a name finds one thing: the conventions on names, held over the whole project."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted(
    path for package in ("metrics", "dashboard") for path in (ROOT / package).rglob("*.py")
)
# One name by interface: what a registry or a library looks for in each module.
INTERFACES = {"METHOD", "judge", "layout", "upgrade", "TEMPLATE", "FORMAT", "T", "__all__"}
MOST_IN_THREE_MODULES = 15
NO_NAMES = {"told", "said", "shown", "of", "made", "place", "each"}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_bytes())


def module_level(path: Path) -> Iterator[str]:
    for node in tree(path).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            yield from bound(node)


def bound(node: ast.AST) -> Iterator[str]:
    """The names that a statement or an expression binds."""
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
            yield part.id
        elif isinstance(part, ast.arg):
            yield part.arg
        elif isinstance(part, ast.FunctionDef | ast.ClassDef):
            yield part.name


def test_few_names_are_defined_in_three_modules() -> None:
    modules = defaultdict(set)
    for path in SOURCES:
        for name in module_level(path):
            modules[name].add(path.relative_to(ROOT).as_posix())

    repeated = {name: places for name, places in modules.items() if len(places) >= 3}
    assert len(repeated.keys() - INTERFACES) <= MOST_IN_THREE_MODULES, repeated


def test_no_two_classes_have_one_name() -> None:
    modules = defaultdict(list)
    for path in SOURCES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef):
                modules[node.name].append(path.relative_to(ROOT).as_posix())

    assert {name: places for name, places in modules.items() if len(places) > 1} == {}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_name_is_a_participle_or_a_preposition_alone(path: Path) -> None:
    assert {*bound(tree(path))} & NO_NAMES == set()


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_private_name_is_imported_from_another_package(path: Path) -> None:
    """What begins with an underscore is its module's own business."""
    package = path.relative_to(ROOT).parts[:2]
    private = [
        f"{node.module}.{alias.name}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").split(".")[0] in {"metrics", "dashboard"}
        for alias in node.names
        if alias.name.startswith("_") and tuple((node.module or "").split(".")[:2]) != package
    ]

    assert private == []


@pytest.mark.parametrize(
    "path",
    [path for path in SOURCES if path.name == "__init__.py"],
    ids=lambda path: path.parent.relative_to(ROOT).as_posix(),
)
def test_every_package_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(tree(path))
