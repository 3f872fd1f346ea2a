"""A search for a name finds one thing: the conventions on names, held over the whole project."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCES = sorted(
    path for package in ("metrics", "dashboard") for path in (ROOT / package).rglob("*.py")
)
# One name by interface: what a registry or a library looks for in each module.
INTERFACES = {
    "METHOD", "assess", "layout", "TEMPLATE", "FORMAT", "T", "__all__",
    "upgrade", "revision", "down_revision",
}  # fmt: skip
NO_NAMES = {"told", "said", "shown", "of", "made", "place", "each"}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_bytes())


def module_level(path: Path) -> Iterator[str]:
    for node in tree(path).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                yield from bound(target)
        elif isinstance(node, ast.AnnAssign):
            yield from bound(node.target)


def bound(node: ast.AST) -> Iterator[str]:
    """The names that a statement or an expression binds."""
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
            yield part.id
        elif isinstance(part, ast.arg):
            yield part.arg
        elif isinstance(part, ast.FunctionDef | ast.ClassDef):
            yield part.name


def test_no_name_is_defined_in_three_modules() -> None:
    modules = defaultdict(set)
    for path in SOURCES:
        for name in module_level(path):
            modules[name].add(path.relative_to(ROOT).as_posix())

    repeated = {
        name: sorted(files)
        for name, files in modules.items()
        if len(files) >= 3 and name not in INTERFACES
    }
    listed = "\n".join(f"  {name}: {', '.join(files)}" for name, files in repeated.items())
    assert not repeated, (
        "these names are defined at the top of three or more modules. Give the one that you added a "
        "name that says what it is there (MINUTES_OF_A_LINK, not LIMIT), or import it from the "
        f"module that has it:\n{listed}"
    )


def test_no_two_classes_have_one_name() -> None:
    modules = defaultdict(list)
    for path in SOURCES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef):
                modules[node.name].append(path.relative_to(ROOT).as_posix())

    doubled = {name: files for name, files in modules.items() if len(files) > 1}
    assert not doubled, f"give one class of each pair another name: {doubled}"


def test_no_name_is_a_participle_or_a_preposition_alone() -> None:
    found = {path.relative_to(ROOT): {*bound(tree(path))} & NO_NAMES for path in SOURCES}
    vague = [f"{path}: {', '.join(sorted(names))}" for path, names in found.items() if names]
    assert not vague, (
        f"{'; '.join(vague)}. Name a function by verb and "
        "object (`read_release`), a variable by what it holds (`row`, `goal`); say `collection` or "
        "`cell` for a place"
    )


def private_imports(path: Path) -> Iterator[str]:
    """The private names that a module imports from other packages."""
    package = path.relative_to(ROOT).parts[:2]
    yield from (
        f"{path.relative_to(ROOT)} imports {node.module}.{alias.name}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").split(".")[0] in {"metrics", "dashboard"}
        for alias in node.names
        if alias.name.startswith("_") and tuple((node.module or "").split(".")[:2]) != package
    )


def test_no_private_name_is_imported_from_another_package() -> None:
    """What begins with an underscore is its module's own business."""
    private = [found for path in SOURCES for found in private_imports(path)]
    assert not private, (
        f"{'; '.join(private)}: they begin with an underscore because they are "
        "no part of what their package offers. Use a public function of that package; if it offers "
        "none, rename this one there without the underscore and give it a docstring"
    )


def test_every_package_says_what_it_is_for() -> None:
    packages = [path for path in SOURCES if path.name == "__init__.py"]
    silent = [str(path.relative_to(ROOT)) for path in packages if not ast.get_docstring(tree(path))]
    assert not silent, (
        f"{', '.join(silent)} needs a docstring: what the package is for, and the few public "
        "functions with which to begin, as in metrics/intake/rules/__init__.py"
    )


def test_docstring_of_a_package_names_modules_that_exist() -> None:
    """In a list of two columns or in parentheses, as in `metrics.core` and `metrics.intake.reading`."""
    unknown = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in SOURCES
        if path.name == "__init__.py"
        for name in listed_modules(ast.get_docstring(tree(path)) or "")
        if not any((folder / name).with_suffix(end).exists()
                   for folder in (path.parent, path.parents[1]) for end in ("", ".py"))
    ]  # fmt: skip

    assert unknown == []


def listed_modules(docstring: str) -> list[str]:
    in_parentheses = " ".join(re.findall(r"\(((?:`[a-z_]+`[,\s]*)+)\)", docstring))
    return [
        *re.findall(r"^([a-z_]+)  +\S", docstring, re.MULTILINE),
        *re.findall(r"[a-z_]+", in_parentheses),
    ]
