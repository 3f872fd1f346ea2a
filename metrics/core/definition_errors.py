"""Say what is wrong with the fields of a definition, and how to correct it."""

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from metrics.core.errors import unknown_name

LEGIBLE = 120  # characters of a value that an error message quotes


def describe_errors(
    where: str, wrong: ValidationError, kind: type[BaseModel] | None = None
) -> list[str]:
    """One line for each error: its field with those above it, the fault, and the value.

    For a definition of a known kind, an unknown field is compared with those that it has there.
    """
    return [
        f"{where}: {'.'.join(map(str, error['loc'])) or 'the whole file'}: "
        f"{_fault(error, kind)}{_quoted_value(error['input'])}"
        for error in wrong.errors()
    ]


def _fault(error: Any, kind: type[BaseModel] | None) -> str:  # noqa: ANN401  # pydantic's own
    *above, name = error["loc"] or ("",)
    if error["type"] == "missing":
        return "is missing; write it"
    if error["type"] == "extra_forbidden" and kind is not None:
        return unknown_name("a field here", str(name), _fields_at(kind, above))
    if error["type"] == "model_type":
        return "must be fields with values"
    return str(error["msg"])


def _fields_at(kind: type[BaseModel], location: list[int | str]) -> list[str]:
    """The fields of the models at a place within a definition."""
    models = [kind]
    for name in location:
        fields = [model.model_fields[name] for model in models if name in model.model_fields]
        if fields:
            models = [model for field in fields for model in _models_in(field.annotation)]
    return sorted(
        {field.alias or name for model in models for name, field in model.model_fields.items()}
    )


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401  # any type
    """The models that a type is made of: those of a tuple, a union, a mapping."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


def _quoted_value(value: object) -> str:
    """Quote a value; for a missing field pydantic returns the whole mapping, which is no help."""
    return "" if isinstance(value, dict) else f" (it says {shorten(value)})"


def shorten(value: object) -> str:
    text = repr(value)
    return text if len(text) <= LEGIBLE else f"{text[:LEGIBLE]} …"
