"""Digests of source code: with which code something was read or computed."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from types import CodeType

PACKAGE = Path(__file__).parents[1]
DEFINITIONS_AND_CODE = {".py", ".yaml", ".csv", ".po"}
DIGITS = 12


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
    return shorten_digest(digest.hexdigest())


def shorten_digest(digest: str) -> str:
    """The first part of a digest with a letter: digits alone may be the number of a person."""
    parts = (digest[start : start + DIGITS] for start in range(len(digest) - DIGITS + 1))
    return next((part for part in parts if not part.isdecimal()), digest)


def without_docstrings(path: Path) -> bytes:
    source = path.read_bytes()
    if path.suffix != ".py":
        return source
    compiled = compile(source, "", "exec", dont_inherit=True, optimize=2)
    return repr(instructions_of(compiled)).encode()


def instructions_of(code: CodeType) -> tuple[object, ...]:
    """Compiled code without its line numbers, identical in every process."""
    constants = [
        instructions_of(constant) if isinstance(constant, CodeType)
        else sorted(constant, key=repr) if isinstance(constant, frozenset)
        else constant
        for constant in code.co_consts
    ]  # fmt: skip
    signature = (code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount, code.co_flags)
    names = (code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars)
    return code.co_name, *signature, *names, code.co_code, code.co_exceptiontable, constants
