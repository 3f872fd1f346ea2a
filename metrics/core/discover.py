"""Finds the definitions in a folder by their type: a folder is its own registry."""

from collections.abc import Hashable, Iterator
from functools import cache
from hashlib import sha256
from importlib import import_module
from importlib.resources import files
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from metrics.core.errors import DefinitionError

READ = (".yaml", ".csv", ".py", ".pyc")
LEGIBLE = 120  # characters of what a field says that help to find it

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
    found: list[D] = []
    wrong = list(misnamed(package))
    for name in yaml_files(package):
        try:
            found.append(read(package, name, kind))
        except DefinitionError as error:
            wrong.append(str(error))
    if wrong:
        raise DefinitionError("\n".join(wrong))
    return found


def yaml_files(package: str) -> list[str]:
    return files_of(package, ".yaml")


def files_of(package: str, suffix: str) -> list[str]:
    return sorted(path.name for path in files(package).iterdir() if path.name.endswith(suffix))


def misnamed(package: str) -> Iterator[str]:
    """Files that would be passed over in silence: GA-5.yml, GA-5.yaml.txt."""
    for path in files(package).iterdir():
        hidden = path.name.startswith((".", "_")) or path.name.endswith("~")
        if path.is_file() and not hidden and not path.name.endswith(READ):
            yield f"{folder(package)}/{path.name}: the name must end in .yaml, or nothing reads it"


def read(package: str, name: str, kind: type[D]) -> D:
    where = f"{folder(package)}/{name}"
    try:
        definition = kind.model_validate(Loader(text_of(package, name)).get_single_data())
    except ValidationError as wrong:
        raise DefinitionError("\n".join(contradictions(where, wrong))) from wrong
    except (yaml.YAMLError, UnicodeDecodeError) as wrong:
        raise DefinitionError(f"{where} is not YAML: {' '.join(str(wrong).split())}") from wrong
    code = getattr(definition, "code", name.removesuffix(".yaml"))
    if f"{code}.yaml" != name:
        raise DefinitionError(f"{where}: code: {code!r} is not the file's name; make them the same")
    return definition


def folder(package: str) -> str:
    return package.rpartition(".")[2]


def contradictions(where: str, wrong: ValidationError) -> list[str]:
    return [
        f"{where}: {'.'.join(map(str, each['loc'])) or 'the whole file'}: "
        f"{each['msg']}{_typed(each['input'])}"
        for each in wrong.errors()
    ]


def _typed(value: object) -> str:
    """What stands there; of a field that is missing it would be all the others."""
    return "" if isinstance(value, dict) else f" (it says {shortened(value)})"


def shortened(value: object) -> str:
    text = repr(value)
    return text if len(text) <= LEGIBLE else f"{text[:LEGIBLE]} …"


class Loader(yaml.CSafeLoader):
    """YAML as it is written; of a field that is written twice the first would go unread."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [str(key.value) for key, _ in node.value]
        if twice := {key for key in keys if keys.count(key) > 1}:
            what = f"{sorted(twice)} is written twice in one place"
            raise yaml.constructor.ConstructorError(None, None, what, node.start_mark)
        return super().construct_mapping(node, deep)


def text_of(package: str, name: str) -> str:
    """Spreadsheet programs and some editors begin a file with a byte order mark."""
    return files(package).joinpath(name).read_text(encoding="utf-8-sig")


def yaml_of(package: str, name: str) -> dict[str, Any]:
    """Words and lists, as they are written."""
    written: dict[str, Any] = yaml.load(text_of(package, name), Loader=yaml.CSafeLoader)
    return written


@cache
def digest_of(*packages: str) -> str:
    """The version of all definitions in the folders: changes when any of their files does."""
    digest = sha256()
    for package in packages:
        for path in sorted(files(package).iterdir(), key=lambda path: path.name):
            if path.name.endswith((".yaml", ".csv", ".py")):
                digest.update(f"{package}/{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()
