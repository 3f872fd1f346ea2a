"""Find the definitions in a folder by their type, so that the folder is the registry."""

import csv
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, Protocol, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from metrics.core.definition_errors import describe_errors
from metrics.core.error_origins import import_part
from metrics.core.errors import DefinitionError, KeyedText, fault_at

READ_SUFFIXES = (".yaml", ".csv", ".py", ".pyc")

T = TypeVar("T")
D = TypeVar("D", bound=BaseModel)


def discover(package: ModuleType, kind: type[T]) -> list[T]:
    """Import every module of a package and collect its definitions of one kind."""
    found: dict[int, T] = {}
    for name in module_names(package):
        found |= {id(value): value for value in definitions_in(name, kind)}  # imported ones once
    return list(found.values())


def module_names(package: ModuleType) -> list[str]:
    return [f"{package.__name__}.{info.name}" for info in iter_modules(package.__path__)]


def definitions_in(module: str, kind: type[T]) -> list[T]:
    """Import a module for its definitions of one kind; DefinitionError if it has none."""
    found = [value for value in vars(import_part(module)).values() if isinstance(value, kind)]
    if not found:
        raise DefinitionError("defines_none", module=module, kind=kind.__name__)
    return found


class Named(Protocol):
    @property
    def name(self) -> str: ...


N = TypeVar("N", bound=Named)


def index_by_name(entries: Iterable[N], folder: str) -> dict[str, N]:
    """The entries of a registry by name; DefinitionError if two have the same name."""
    found = list(entries)
    counts = Counter(entry.name for entry in found)
    if twice := [name for name, count in counts.items() if count > 1]:
        raise DefinitionError("two_entries", folder=folder, names=str(twice))
    return {entry.name: entry for entry in found}


def read_definitions(package: str, kind: type[D]) -> list[D]:
    """Read every YAML file of a folder; DefinitionError lists all faults."""
    found: list[D] = []
    wrong = list(misnamed_files(package))
    for name in yaml_files(package):
        try:
            found.append(read_definition(package, name, kind))
        except DefinitionError as error:
            wrong += error.faults
    if wrong:
        raise DefinitionError.of_faults(wrong)
    return found


def yaml_files(package: str) -> list[str]:
    return file_names(package, ".yaml")


def file_names(package: str, suffix: str) -> list[str]:
    return sorted(path.name for path in files(package).iterdir() if path.name.endswith(suffix))


def misnamed_files(package: str) -> Iterator[KeyedText]:
    """Report files that would be ignored silently, such as GA-5.yml or GA-5.yaml.txt."""
    for path in files(package).iterdir():
        hidden = path.name.startswith((".", "_")) or path.name.endswith("~")
        if path.is_file() and not hidden and not path.name.endswith(READ_SUFFIXES):
            where = f"{folder_name(package)}/{path.name}"
            yield fault_at(where, KeyedText("fault_ending"))


def read_definition(package: str, name: str, kind: type[D]) -> D:
    where = f"{folder_name(package)}/{name}"
    try:
        definition = kind.model_validate(Loader(read_text(package, name)).get_single_data())
    except ValidationError as wrong:
        raise DefinitionError.of_faults(describe_errors(where, wrong, kind)) from wrong
    except (yaml.YAMLError, UnicodeDecodeError) as wrong:
        reason = " ".join(str(wrong).split())
        raise DefinitionError("not_yaml", place=where, reason=reason) from wrong
    code = getattr(definition, "code", name.removesuffix(".yaml"))
    if f"{code}.yaml" != name:
        raise DefinitionError("code_not_name", place=where, code=code)
    return definition


def folder_name(package: str) -> str:
    return package.rpartition(".")[2]


class Loader(yaml.CSafeLoader):
    """Reject duplicate keys, of which PyYAML silently keeps the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [str(key.value) for key, _ in node.value]
        if twice := {key for key in keys if keys.count(key) > 1}:
            what = f"{sorted(twice)} is written twice in one place"
            raise yaml.constructor.ConstructorError(None, None, what, node.start_mark)
        return super().construct_mapping(node, deep)


def read_text(package: str, name: str) -> str:
    """Read UTF-8, with or without the byte order mark that spreadsheet programs write."""
    return files(package).joinpath(name).read_text(encoding="utf-8-sig")


def read_csv(package: str, name: str) -> list[dict[str, str]]:
    """Read the rows of a CSV table by the names in its first line."""
    return list(csv.DictReader(read_text(package, name).splitlines()))


def read_yaml(package: str, name: str) -> dict[str, Any]:
    """Read a YAML file that is not a definition, such as a list of words."""
    written: dict[str, Any] = yaml.load(read_text(package, name), Loader=yaml.CSafeLoader)
    return written


@cache
def digest_of_definitions(*packages: str) -> str:
    """Compute the version of the definitions in some folders; it changes with any file."""
    digest = sha256()
    for package in packages:
        for path in sorted(files(package).iterdir(), key=lambda path: path.name):
            if path.name.endswith((".yaml", ".csv", ".py")):
                digest.update(f"{package}/{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()
