"""Digests of source code: with which code something was read or computed."""

import ast
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
DEFINITIONS_AND_CODE = {".py", ".yaml", ".csv"}
DIGITS = 12
Documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


@cache
def product_version() -> str:
    """The version of the product, with a digest of all its code and definitions."""
    return f"{version('empact-metrics')}+{digest_of_source('.')}"


@cache
def digest_of_source(*parts: str) -> str:
    """Digest modules (`core/period.py`) and folders (`statistics`), byte by byte."""
    return digest_of_files(source_files(parts), Path.read_bytes)


@cache
def digest_of_behaviour(*parts: str) -> str:
    """As `digest_of_source`, but ignore docstrings, comments and layout of Python code."""
    return digest_of_files(source_files(parts), without_docstrings)


def source_files(parts: Iterable[str], package: Path = PACKAGE) -> Iterator[tuple[str, Path]]:
    """Code and definitions in the named modules and folders, with their names, in order."""
    found = {
        path for part in parts for root in [package / part] for path in (root, *root.rglob("*"))
    }
    for path in sorted(found):
        if path.suffix in DEFINITIONS_AND_CODE and path.is_file():
            yield path.relative_to(package).as_posix(), path


def digest_of_files(files: Iterable[tuple[str, Path]], content_of: Callable[[Path], bytes]) -> str:
    digest = sha256()
    for name, path in files:
        digest.update(f"{name}\0".encode() + content_of(path))
    return digest.hexdigest()[:DIGITS]


def without_docstrings(path: Path) -> bytes:
    if path.suffix != ".py":
        return path.read_bytes()
    tree = ast.parse(path.read_bytes())
    for node in ast.walk(tree):
        if isinstance(node, Documented) and ast.get_docstring(node, clean=False) is not None:
            del node.body[0]
    return ast.dump(tree).encode()
