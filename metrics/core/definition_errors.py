"""Say what is wrong with the fields of a definition, and how to correct it."""

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from metrics.core.errors import KeyedText, fault_at, unknown_name

LEGIBLE = 120  # characters of a value that an error message quotes
# The types of errors of pydantic: our text, and the value of the error that it names. Others have
# pydantic's own text.
PYDANTIC_FAULTS: Mapping[str, tuple[str, str]] = {
    "greater_than": ("must_be_above", "gt"),
    "greater_than_equal": ("must_be_at_least", "ge"),
    "less_than": ("must_be_below", "lt"),
    "less_than_equal": ("must_be_at_most", "le"),
    "literal_error": ("must_be_one_of", "expected"),
    "enum": ("must_be_one_of", "expected"),
    "union_tag_invalid": ("must_be_one_of", "expected_tags"),
    "union_tag_not_found": ("must_have_field", "discriminator"),
    "string_too_short": ("must_have_characters", "min_length"),
    "string_too_long": ("may_have_characters", "max_length"),
    "too_short": ("must_have_entries", "min_length"),
    "too_long": ("may_have_entries", "max_length"),
    "string_pattern_mismatch": ("must_match", "pattern"),
    **dict.fromkeys(("string_type", "string_sub_type"), ("must_be_text", "")),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), ("must_be_whole", "")),
    **dict.fromkeys(("float_type", "float_parsing"), ("must_be_number", "")),
    **dict.fromkeys(("bool_type", "bool_parsing"), ("must_be_true_or_false", "")),
    **dict.fromkeys(
        ("date_type", "date_parsing", "date_from_datetime_parsing"), ("must_be_day", "")
    ),
    **dict.fromkeys(("tuple_type", "list_type"), ("must_be_list", "")),
    **dict.fromkeys(
        ("model_type", "model_attributes_type", "dict_type", "mapping_type"),
        ("fault_no_fields", ""),
    ),
}


class InvalidDefinitionError(ValueError):
    """What a validator of a definition refuses; pydantic passes it on."""

    def __init__(self, text: KeyedText) -> None:
        super().__init__(str(text))
        self.text = text


def describe_errors(
    where: str, wrong: ValidationError, kind: type[BaseModel] | None = None
) -> list[KeyedText]:
    """One fault for each error: its field with those above it, what is wrong, and the value.

    For a definition of a known kind, an unknown field is compared with those that it has there.
    """
    return [_described(where, error, kind) for error in wrong.errors()]


def _described(where: str, error: Any, kind: type[BaseModel] | None) -> KeyedText:  # noqa: ANN401  # pydantic's own
    field = ".".join(map(str, error["loc"]))
    fault = _fault(error, kind)
    if not isinstance(error["input"], dict):  # pydantic's own for a missing field is no help
        fault = KeyedText.filled("fault_says", fault=fault, value=shorten(error["input"]))
    if not field:
        return KeyedText.filled("definition_whole", place=where, fault=fault)
    return fault_at(f"{where}: {field}", fault)


def _fault(error: Any, kind: type[BaseModel] | None) -> KeyedText:  # noqa: ANN401  # pydantic's own
    *above, name = error["loc"] or ("",)
    refused = error.get("ctx", {}).get("error")
    if error["type"] == "missing":
        return KeyedText("fault_missing")
    if error["type"] == "extra_forbidden" and kind is not None:
        return unknown_name(KeyedText("a_field_here"), str(name), _fields_at(kind, above))
    if isinstance(refused, InvalidDefinitionError):
        return refused.text
    if error["type"] in PYDANTIC_FAULTS:
        key, named = PYDANTIC_FAULTS[error["type"]]
        return KeyedText(key, {"limit": _legible(error["ctx"][named])} if named else {})
    return KeyedText.filled("fault_other", message=str(error["msg"]))


def _legible(limit: object) -> str:
    return f"{limit:g}" if isinstance(limit, float) else str(limit)


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


def shorten(value: object) -> str:
    text = repr(value)
    return text if len(text) <= LEGIBLE else f"{text[:LEGIBLE]} …"
