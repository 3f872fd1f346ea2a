"""Finds the definitions in a folder by their type: a folder is its own registry."""

from functools import cache
from hashlib import sha256
from importlib import import_module
from importlib.resources import files
from pkgutil import iter_modules
from types import ModuleType
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from metrics.errors import DefinitionError

T = TypeVar("T")
D = TypeVar("D", bound=BaseModel)


def discover(package: ModuleType, kind: type[T]) -> list[T]:
    """Every definition of one kind in the modules of a package. There is no list to keep."""
    found: dict[int, T] = {}
    for info in iter_modules(package.__path__):
        module = import_module(f"{package.__name__}.{info.name}")
        definitions = [value for value in vars(module).values() if isinstance(value, kind)]
        if not definitions:
            raise DefinitionError(f"{module.__name__} defines no {kind.__name__}")
        found |= {id(each): each for each in definitions}  # one imported elsewhere counts once
    return list(found.values())


def definitions(package: str, kind: type[D]) -> list[D]:
    """Every YAML file of a folder as a definition; what is wrong names file, field and value."""
    return [read(package, name, kind) for name in yaml_files(package)]


def yaml_files(package: str) -> list[str]:
    return sorted(path.name for path in files(package).iterdir() if path.name.endswith(".yaml"))


def read(package: str, name: str, kind: type[D]) -> D:
    try:
        written = yaml.load(text_of(package, name), Loader=yaml.CSafeLoader)
        return kind.model_validate(written)
    except ValidationError as wrong:
        raise DefinitionError("\n".join(contradictions(f"{package}/{name}", wrong))) from wrong
    except yaml.YAMLError as wrong:
        raise DefinitionError(f"{package}/{name} is not YAML: {wrong}") from wrong


def contradictions(where: str, wrong: ValidationError) -> list[str]:
    return [
        f"{where}: {'.'.join(map(str, each['loc'])) or 'the whole file'}: "
        f"{each['msg']} (it says {each['input']!r})"
        for each in wrong.errors()
    ]


def text_of(package: str, name: str) -> str:
    return files(package).joinpath(name).read_text(encoding="utf-8")


@cache
def digest_of(*packages: str) -> str:
    """The version of all definitions in the folders: changes when any of their files does."""
    digest = sha256()
    for package in packages:
        for path in sorted(files(package).iterdir(), key=lambda path: path.name):
            if path.name.endswith((".yaml", ".csv", ".py")):
                digest.update(f"{package}/{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()
